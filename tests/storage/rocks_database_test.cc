// What only the database on disk does: one process, one version, one id, and how it closes.
#include "storage/rocks_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "storage/layout.h"
#include "storage/rocks_engine.h"
#include "tests/storage/stored_network.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using replication::Sequence;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::Must;
using testing::ReadFile;
using testing::StatusIs;
using testing::WriteFile;

constexpr absl::StatusCode kFailedPrecondition = absl::StatusCode::kFailedPrecondition;

class RocksDatabaseTest : public ::testing::Test {
 protected:
  std::unique_ptr<Database> Open() { return Must(Database::Open(store_)); }

  testing::TempFolder folder_;
  const std::string store_ = folder_ / "made/when/absent";
};

TEST_F(RocksDatabaseTest, KeepsItsIdAndGivesEachDatabaseAnother) {
  const DatabaseId id = Open()->id();
  EXPECT_FALSE(id.is_zero());
  EXPECT_EQ(Open()->id(), id);
  EXPECT_NE(Must(Database::Open(folder_ / "other"))->id(), id);
}

TEST_F(RocksDatabaseTest, ASecondOpeningSaysWhoHasTheFolder) {
  const std::unique_ptr<Database> first = Open();
  EXPECT_THAT(Database::Open(store_),
              StatusIs(kFailedPrecondition, absl::StrCat("in use by process ", ::getpid(), " (")));
  EXPECT_THAT(Database::Salvage(store_), StatusIs(kFailedPrecondition, "in use by"));
}

TEST_F(RocksDatabaseTest, ClosingLetsGoOfTheFolderAndEndsEveryCall) {
  const std::unique_ptr<Database> first = Open();
  testing::TestAuthor city(10);
  ASSERT_THAT(first->Close(), IsOk());
  EXPECT_THAT(first->Close(), IsOk());
  EXPECT_THAT(first->feeds().Append({city.PublishSome(1)}), StatusIs(kFailedPrecondition, "is closed"));
  EXPECT_THAT(first->feeds().Feeds(), StatusIs(kFailedPrecondition, "is closed"));
  EXPECT_THAT(first->tables().Get(Table::kDrafts, "key"), StatusIs(kFailedPrecondition, "is closed"));
  EXPECT_THAT(first->tables().Clear(Table::kDrafts), StatusIs(kFailedPrecondition, "is closed"));
  EXPECT_THAT(first->Reopen(), StatusIs(kFailedPrecondition, "is closed"));
  EXPECT_THAT(Database::Open(store_), IsOk());
}

TEST_F(RocksDatabaseTest, AClosedDatabaseHasNothingToReplay) {
  StoredNetwork network(3);
  std::unique_ptr<Database> database = Open();
  network.PublishRound(database->feeds(), 20, 1000);
  ASSERT_THAT(database->Close(), IsOk());
  // Without any log: everything is in flushed files.
  for (const std::string& log : RocksFiles(store_, ".log")) std::filesystem::remove(log);
  EXPECT_EQ(network.Judge(store_, network.Published(database->id())), Outcome::kWhole);
}

TEST_F(RocksDatabaseTest, AHalfMadeDatabaseIsMadeAnew) {
  std::filesystem::create_directories(store_ + "/rocksdb.new");
  WriteFile(store_ + "/rocksdb.new/CURRENT", "MANIFEST-000");
  EXPECT_THAT(Database::Open(store_), IsOk());
  EXPECT_FALSE(std::filesystem::exists(store_ + "/rocksdb.new"));
}

TEST_F(RocksDatabaseTest, RefusesANewerLayout) {
  Open().reset();
  std::unique_ptr<Engine> engine = Must(Engine::Open(store_, Recovery::kRefuseDamage));
  {
    absl::MutexLock lock(&engine->write_mutex());
    Engine::Batch batch(*engine);
    batch.Put(Family::kMeta, kMetaVersion, EncodeU32(kLayoutVersion + 1));
    Must(engine->Commit(batch, Durability::kSynced));
  }
  engine.reset();
  EXPECT_THAT(Database::Open(store_), StatusIs(kFailedPrecondition, "written by a newer Hansa (layout 2"));
}

TEST_F(RocksDatabaseTest, RefusesAPartItDoesNotKnow) {
  Open().reset();
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  std::vector<std::string> names;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, store_ + "/rocksdb", &names).ok());
  families.reserve(names.size() + 1);
  for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  families.emplace_back("holograms", rocksdb::ColumnFamilyOptions());
  rocksdb::DBOptions options;
  options.create_missing_column_families = true;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, store_ + "/rocksdb", families, &handles, &db).ok());
  for (rocksdb::ColumnFamilyHandle* handle : handles) delete handle;
  delete db;
  EXPECT_THAT(Database::Open(store_), StatusIs(kFailedPrecondition, "a part named 'holograms'"));
}

TEST_F(RocksDatabaseTest, KeepsRocksDbsDiaryBesideTheDatabase) {
  Open().reset();
  EXPECT_THAT(ReadFile(store_ + "/rocksdb.log"), HasSubstr("Shutdown"));
  EXPECT_FALSE(std::filesystem::exists(store_ + "/rocksdb/LOG"));
}

TEST_F(RocksDatabaseTest, ReopensInPlace) {
  StoredNetwork network(2);
  const std::unique_ptr<Database> database = Open();
  network.PublishRound(database->feeds(), 5, 100);
  ASSERT_THAT(database->Reopen(), IsOk());
  network.PublishRound(database->feeds(), 5, 100);
  EXPECT_THAT(database->feeds().Feeds(), testing::IsOkAndHolds(::testing::SizeIs(2)));
  EXPECT_THAT(Database::Open(store_), StatusIs(kFailedPrecondition, "in use by"));
}

TEST_F(RocksDatabaseTest, AnEntryThatNoLongerChainsIsNotServed) {
  testing::TestAuthor city(10);
  Must(Open()->feeds().Append({city.PublishSome(5)}));
  {
    const std::unique_ptr<Engine> engine = Must(Engine::Open(store_, Recovery::kRefuseDamage));
    absl::MutexLock lock(&engine->write_mutex());
    std::string header = Must(engine->Get(Family::kHeader, PositionKey(1, Sequence(3))));
    header[85] ^= 1;  // of the time its author claimed: a header as good as the other, but not the one signed
    Engine::Batch batch(*engine);
    batch.Put(Family::kHeader, PositionKey(1, Sequence(3)), header);
    Must(engine->Commit(batch, Durability::kSynced));
  }
  const std::unique_ptr<Database> database = Open();
  EXPECT_THAT(database->feeds().ReadUnit(city.feed(), Sequence(1)),
              StatusIs(absl::StatusCode::kDataLoss, "entry 4: does not follow the one before it"));
  EXPECT_THAT(database->feeds().ReadEntries(city.feed(), Sequence(1), 5), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(database->feeds().ReadUnit(city.feed(), Sequence(4)), IsOk());
}

TEST_F(RocksDatabaseTest, AnAlteredLastEntryOrPayloadIsNotServed) {
  testing::TestAuthor city(10);
  testing::TestAuthor other(11);
  testing::TestAuthor third(12);
  Must(Open()->feeds().Append({city.PublishSome(2), other.PublishSome(2), third.PublishSome(2)}));
  {
    const std::unique_ptr<Engine> engine = Must(Engine::Open(store_, Recovery::kRefuseDamage));
    absl::MutexLock lock(&engine->write_mutex());
    Engine::Batch batch(*engine);
    std::string header = Must(engine->Get(Family::kHeader, PositionKey(1, Sequence(2))));
    header[85] ^= 1;
    batch.Put(Family::kHeader, PositionKey(1, Sequence(2)), header);
    std::string payload = Must(engine->Get(Family::kPayload, PositionKey(2, Sequence(1))));
    payload.back() ^= 1;
    batch.Put(Family::kPayload, PositionKey(2, Sequence(1)), payload);
    batch.Delete(Family::kPayload, PositionKey(3, Sequence(1)));
    Must(engine->Commit(batch, Durability::kSynced));
  }
  const std::unique_ptr<Database> database = Open();
  const auto unit_of = [&](const testing::TestAuthor& author) {
    return database->feeds().ReadUnit(author.feed(), Sequence(1));
  };
  EXPECT_THAT(unit_of(city), StatusIs(absl::StatusCode::kDataLoss, "the checkpoint vouches for"));
  EXPECT_THAT(unit_of(other), StatusIs(absl::StatusCode::kDataLoss, "the payload is not what"));
  EXPECT_THAT(unit_of(third), StatusIs(absl::StatusCode::kDataLoss, "the payload of entry 1 is missing"));
}

}  // namespace
}  // namespace hansa::storage
