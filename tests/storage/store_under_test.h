// The two stores that keep one contract, and how a test closes and opens each again.
#ifndef HANSA_TESTS_STORAGE_STORE_UNDER_TEST_H_
#define HANSA_TESTS_STORAGE_STORE_UNDER_TEST_H_

#include <memory>
#include <string>

#include "storage/memory_store.h"
#include "storage/rocks_database.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {

class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  virtual FeedStore& feeds() = 0;
  virtual Tables& tables() = 0;
  // Closes and opens again, where there is something to close.
  virtual void CloseAndOpen() = 0;
};

class MemoryUnderTest final : public StoreUnderTest {
 public:
  FeedStore& feeds() override { return feeds_; }
  Tables& tables() override { return tables_; }
  void CloseAndOpen() override {}

 private:
  MemoryFeedStore feeds_;
  MemoryTables tables_;
};

class RocksUnderTest final : public StoreUnderTest {
 public:
  RocksUnderTest() : database_(testing::Must(Database::Open(folder_.path()))) {}
  FeedStore& feeds() override { return database_->feeds(); }
  Tables& tables() override { return database_->tables(); }
  void CloseAndOpen() override {
    testing::Must(database_->Close());
    database_ = testing::Must(Database::Open(folder_.path()));
  }

 private:
  testing::TempFolder folder_;
  std::unique_ptr<Database> database_;
};

// A name for the test's output, and how to make one.
struct StoreKind {
  const char* name;
  std::unique_ptr<StoreUnderTest> (*make)();
};

inline const StoreKind kStoreKinds[] = {
    {"Memory", []() -> std::unique_ptr<StoreUnderTest> { return std::make_unique<MemoryUnderTest>(); }},
    {"RocksDb", []() -> std::unique_ptr<StoreUnderTest> { return std::make_unique<RocksUnderTest>(); }},
};

}  // namespace hansa::storage

#endif  // HANSA_TESTS_STORAGE_STORE_UNDER_TEST_H_
