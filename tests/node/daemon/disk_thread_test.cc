// What the disk thread tells of what the disk refuses.
#include "node/daemon/disk_thread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/synchronization/notification.h"
#include "storage/memory_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node {
namespace {

using ::hansa::testing::IsOk;
using ::hansa::testing::Must;
using ::hansa::testing::StatusIs;

// Takes nothing while it is full.
class FullTables final : public storage::Tables {
 public:
  absl::StatusOr<std::string> Get(storage::Table table, absl::string_view key) const override {
    return rest_.Get(table, key);
  }
  absl::Status Apply(absl::Span<const storage::Write> writes, storage::Durability durability) override {
    return is_full ? absl::ResourceExhaustedError("the disk is full") : rest_.Apply(writes, durability);
  }
  absl::StatusOr<std::vector<storage::KeyValue>> Scan(storage::Table table, absl::string_view prefix,
                                                      absl::string_view from, std::size_t count_max) const override {
    return rest_.Scan(table, prefix, from, count_max);
  }
  absl::Status Clear(storage::Table table) override { return rest_.Clear(table); }
  absl::Status Erase(storage::Table table, absl::string_view prefix) override { return rest_.Erase(table, prefix); }

  bool is_full = false;

 private:
  storage::MemoryTables rest_;
};

class DiskThreadTest : public ::testing::Test {
 protected:
  // Has the disk keep root documents, and returns what whoever gave them is told.
  absl::Status KeepRoots() {
    disk_.Do(replication::KeepRoots{{"a document"}});
    absl::Status kept = absl::UnknownError("");
    absl::Notification told;
    EXPECT_TRUE(disk_.AfterRoots([&](const absl::Status& status) {
      kept = status;
      told.Notify();
    }));
    told.WaitForNotification();
    return kept;
  }

  ::hansa::testing::TempFolder folder_;
  storage::MemoryFeedStore feeds_{replication::SodiumCrypto()};
  FullTables tables_;
  std::unique_ptr<storage::HighWaterFile> high_water_ = Must(storage::HighWaterFile::Open(folder_ / "high_water"));
  std::vector<replication::Event> reported_;  // of the disk thread, until somebody was told
  StaleViews stale_views_{tables_};
  DiskThread disk_{{feeds_, tables_, *high_water_, stale_views_,
                    [this](replication::Event event) { reported_.push_back(std::move(event)); }, [] {}}};
};

TEST_F(DiskThreadTest, WhoGivesRootDocumentsHearsWhatBecameOfThem) {
  EXPECT_THAT(KeepRoots(), IsOk());
  EXPECT_THAT(reported_, ::testing::IsEmpty());
  tables_.is_full = true;
  EXPECT_THAT(KeepRoots(), StatusIs(absl::StatusCode::kResourceExhausted, "is full"));
  ASSERT_EQ(reported_.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<replication::WriteFailed>(reported_.front()));
  tables_.is_full = false;
  EXPECT_THAT(KeepRoots(), IsOk());
}

TEST(StaleViewsTest, ViewsThatBeganToBeBuiltBeforeSomethingWasErasedStayStale) {
  storage::MemoryTables tables;
  StaleViews views(tables);
  EXPECT_FALSE(views.AreStale());
  EXPECT_THAT(views.Erase([] { return absl::OkStatus(); }), IsOk());
  const std::uint64_t seen = views.erased();
  EXPECT_THAT(views.Erase([] { return absl::OkStatus(); }), IsOk());
  EXPECT_THAT(views.BuiltAgain(seen), IsOk());
  EXPECT_TRUE(StaleViews(tables).AreStale());  // also after a restart
  EXPECT_THAT(views.BuiltAgain(views.erased()), IsOk());
  EXPECT_FALSE(StaleViews(tables).AreStale());
}

TEST(StaleViewsTest, NothingIsErasedThatCouldNotBeNoted) {
  FullTables tables;
  tables.is_full = true;
  StaleViews views(tables);
  bool was_erased = false;
  EXPECT_THAT(views.Erase([&] {
    was_erased = true;
    return absl::OkStatus();
  }),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_FALSE(was_erased);
}

}  // namespace
}  // namespace hansa::node
