// P8: a store that is damaged beyond its log is replaced by one with all that is whole of it, and says what it lacks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "storage/high_water.h"
#include "tests/storage/noise.h"
#include "tests/storage/stored_network.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using replication::Sequence;
using testing::IsOk;
using testing::Must;
using testing::ReadFile;
using testing::StatusIs;
using testing::WriteFile;

void FlipBits(const std::string& path, std::size_t from, std::size_t count) {
  std::string bytes = ReadFile(path);
  for (std::size_t i = from; i < std::min(from + count, bytes.size()); ++i) bytes[i] = static_cast<char>(bytes[i] ^ 1);
  WriteFile(path, bytes);
}

class RocksMendTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::unique_ptr<Database> database = Must(Database::Open(folder_ / "running"));
    for (int round = 0; round < 12; ++round) network_.PublishRound(database->feeds(), 2, 500);
    Must(database->tables().Apply({Write{Table::kDrafts, "draft", "figures"}, Write{Table::kSettings, "kept", "all"},
                                   Write{Table::kRecords, "view", "row"}},
                                  Durability::kSynced));
    published_ = network_.Published(database->id());
    before_ = Must(database->feeds().Feeds());
    Must(database->Close());
    CopyStore(folder_ / "running", pristine_);
  }

  const std::string& Fresh() {
    CopyStore(pristine_, copy_);
    return copy_;
  }

  // That what is left is whole, that nothing is in it which was not published, and that `report` speaks true.
  void ExpectHonest(Database& database, const MendReport& report, const std::string& what) {
    std::map<replication::FeedId, HeldFeed> held;
    for (const HeldFeed& feed : Must(database.feeds().Feeds())) held.emplace(feed.feed, feed);
    std::uint64_t lost = 0;
    for (const HeldFeed& was : before_) {
      const auto now = held.find(was.feed);
      const std::uint64_t kept = now == held.end() ? 0 : now->second.newest.len.value();
      lost += was.newest.len.value() - kept;
      lost += now == held.end() ? 0 : now->second.absent.size();
      for (std::uint64_t seq = 1; seq <= kept; ++seq) {
        EXPECT_THAT(database.feeds().ReadUnit(was.feed, Sequence(seq)), IsOk()) << what << ", entry " << seq;
      }
      if (kept == was.newest.len.value()) {
        EXPECT_EQ(now->second.newest.head, was.newest.head) << what;
      }
    }
    const bool is_told = !report.damaged.empty() || !report.unread.empty() || report.pieced_together;
    EXPECT_TRUE(is_told || lost == 0) << what << " lost " << lost << " and says nothing of it";
    const bool is_behind = std::any_of(before_.begin(), before_.end(), [&](const HeldFeed& was) {
      const auto now = held.find(was.feed);
      return now == held.end() || now->second.newest.len < was.newest.len;
    });
    if (is_behind) {
      EXPECT_EQ(CompareWithStore(published_, database.id(), {}, Must(database.feeds().Feeds())).fence,
                Fence::kStoreBehind)
          << what;
    }
  }

  testing::TempFolder folder_;
  const std::string pristine_ = folder_ / "pristine";
  const std::string copy_ = folder_ / "copy";
  StoredNetwork network_{3};
  HighWater published_;
  std::vector<HeldFeed> before_;
};

TEST_F(RocksMendTest, AWholeStoreIsCopiedWhole) {
  MendReport report;
  const std::unique_ptr<Database> database = Must(Database::OpenMended(Fresh(), report));
  EXPECT_EQ(report.feeds, 3u);
  EXPECT_THAT(report.damaged, ::testing::IsEmpty());
  EXPECT_THAT(report.unread, ::testing::IsEmpty());
  EXPECT_FALSE(report.pieced_together);
  EXPECT_EQ(database->id(), published_.database);
  EXPECT_EQ(Must(database->feeds().Feeds()), before_);
  EXPECT_EQ(Must(database->tables().Get(Table::kDrafts, "draft")), "figures");
  EXPECT_EQ(Must(database->tables().Get(Table::kSettings, "kept")), "all");
  // Feeds tell it again.
  EXPECT_THAT(database->tables().Get(Table::kRecords, "view"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_TRUE(std::filesystem::exists(report.set_aside + "/rocksdb/CURRENT"));
  EXPECT_FALSE(std::filesystem::exists(copy_ + "/mending"));
  // It goes on as any other.
  network_.PublishRound(database->feeds(), 2, 100);
}

TEST_F(RocksMendTest, P8_EveryTableWithADamagedBlockIsMendedAndWhatIsLostIsSaid) {
  int damaged = 0;
  const std::size_t tables = RocksFiles(pristine_, ".sst").size();
  for (std::size_t i = 0; i < tables; ++i) {
    const std::string path = RocksFiles(Fresh(), ".sst")[i];
    const std::size_t size = ReadFile(path).size();
    for (const std::size_t at : {std::size_t{0}, size / 3, size - 60}) {
      FlipBits(RocksFiles(Fresh(), ".sst")[i], at, 40);
      MendReport report;
      const std::unique_ptr<Database> database = Must(Database::OpenMended(copy_, report));
      const std::string what = std::filesystem::path(path).filename().string() + " at " + std::to_string(at);
      ExpectHonest(*database, report, what);
      damaged += report.damaged.empty() && report.unread.empty() && !report.pieced_together ? 0 : 1;
    }
  }
  EXPECT_GT(damaged, 5);
}

TEST_F(RocksMendTest, P8_AnyFileThatIsGoneIsMended) {
  for (const std::string& path : RocksFiles(pristine_, "")) {
    const std::string name = std::filesystem::path(path).filename().string();
    Fresh();
    std::filesystem::remove(copy_ + "/rocksdb/" + name);
    MendReport report;
    const std::unique_ptr<Database> database = Must(Database::OpenMended(copy_, report));
    ExpectHonest(*database, report, name + " removed");
  }
}

TEST_F(RocksMendTest, ADamagedManifestLosesNothing) {
  for (const char* name : {"MANIFEST", "CURRENT"}) {
    const std::string path = RocksFiles(Fresh(), name).front();
    FlipBits(path, 0, 8);
    ASSERT_THAT(Database::Open(copy_), StatusIs(absl::StatusCode::kDataLoss)) << name;
    MendReport report;
    const std::unique_ptr<Database> database = Must(Database::OpenMended(copy_, report));
    EXPECT_EQ(Must(database->feeds().Feeds()), before_) << name;
    EXPECT_EQ(Must(database->tables().Get(Table::kDrafts, "draft")), "figures") << name;
  }
}

TEST_F(RocksMendTest, WhereNothingIsLeftANewStoreBegins) {
  Fresh();
  for (const std::string& path : RocksFiles(copy_, "")) WriteFile(path, "nothing");
  MendReport report;
  const std::unique_ptr<Database> database = Must(Database::OpenMended(copy_, report));
  EXPECT_THAT(Must(database->feeds().Feeds()), ::testing::IsEmpty());
  EXPECT_TRUE(report.pieced_together);
  EXPECT_EQ(CompareWithStore(published_, database->id(), {}, {}).fence, Fence::kStoreBehind);
}

TEST_F(RocksMendTest, AnOpenDatabaseIsMendedInPlace) {
  const std::unique_ptr<Database> database = Must(Database::Open(Fresh()));
  const HeldFeed& feed = before_.front();
  for (const std::string& path : RocksFiles(copy_, ".sst")) FlipBits(path, ReadFile(path).size() / 3, 40);
  int told = 0;
  database->OnTrouble([&](const absl::Status& status) { told += absl::IsDataLoss(status) ? 1 : 0; });
  bool is_damaged = false;
  for (const HeldFeed& each : before_) {
    is_damaged |= absl::IsDataLoss(database->feeds().ReadEntries(each.feed, Sequence(1), 1000).status());
  }
  ASSERT_TRUE(is_damaged);
  EXPECT_GT(told, 0);
  const MendReport report = Must(database->Mend());
  ExpectHonest(*database, report, "mended while open");
  EXPECT_EQ(database->id(), published_.database);
  const absl::StatusOr<HeldFeed> after = database->feeds().Feed(feed.feed);
  EXPECT_TRUE(after.ok() || absl::IsNotFound(after.status()));
}

TEST_F(RocksMendTest, P8_AStoreWhoseLogIsFoundDamagedWhenItIsOpenedAgainIsMended) {
  const std::unique_ptr<Database> database = Must(Database::Open(Fresh()));
  testing::TestAuthor late(40);
  Must(database->feeds().Append({late.PublishSome(1, 500)}));
  Must(database->feeds().Append({late.PublishSome(1, 500)}));
  const std::string log = RocksFiles(copy_, ".log").back();
  FlipBits(log, ReadFile(log).size() - 300, 8);
  EXPECT_THAT(database->Reopen(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(database->feeds().Feeds(), StatusIs(absl::StatusCode::kFailedPrecondition, "is closed"));
  Must(database->Mend());
  EXPECT_EQ(Must(database->feeds().Feed(late.feed())).newest.len, Sequence(1));
  EXPECT_EQ(Must(database->feeds().Feed(before_.front().feed)), before_.front());
  EXPECT_THAT(database->tables().Apply({Write{Table::kDrafts, "draft", "again"}}, Durability::kSynced), IsOk());
}

// The list of members: nobody could read it without what is in it, and nobody gives a payload of it alone.
TEST_F(RocksMendTest, P8_ARosterEndsWhereAPayloadOfItIsLost) {
  constexpr std::size_t kEntries = 6;
  testing::TestAuthor writer(0, replication::kRosterCollection);
  const std::string store = folder_ / "with a roster";
  std::vector<std::string> payloads;
  {
    const std::unique_ptr<Database> database = Must(Database::Open(store));
    for (std::size_t i = 0; i < kEntries; ++i) {
      const replication::VerifiedUnit unit = PublishNoise(writer, 1, 8000);
      payloads.push_back(unit.unit().entries.front().payload->payload);
      Must(database->feeds().Append({unit}));
    }
    Must(database->Close());
  }
  bool is_hit = false;
  for (const std::string& path : RocksFiles(store, ".sst")) {
    const std::size_t at = ReadFile(path).find(payloads[3].substr(100, 32));
    if (at == std::string::npos) continue;
    FlipBits(path, at, 1);
    is_hit = true;
  }
  ASSERT_TRUE(is_hit);
  MendReport report;
  const std::unique_ptr<Database> database = Must(Database::OpenMended(store, report));
  const HeldFeed held = Must(database->feeds().Feed(writer.feed()));
  EXPECT_GE(held.newest.len, Sequence(1));
  EXPECT_LE(held.newest.len, Sequence(3));
  EXPECT_THAT(held.absent, ::testing::IsEmpty());
  ASSERT_EQ(report.damaged.size(), 1u);
  EXPECT_EQ(report.damaged.front().kept, held.newest.len);
  EXPECT_EQ(report.damaged.front().payloads_lost, 0u);
}

TEST_F(RocksMendTest, AFolderInUseIsNotMended) {
  const std::unique_ptr<Database> database = Must(Database::Open(Fresh()));
  MendReport report;
  EXPECT_THAT(Database::OpenMended(copy_, report), StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace hansa::storage
