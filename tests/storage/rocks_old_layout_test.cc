// A database as it was written before absent payloads, quarantine and notes had parts of their own: it opens, and
// everything works.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include "storage/identity.h"
#include "storage/layout.h"
#include "storage/rocks_database.h"
#include "tests/testing/feeds.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using replication::Bytes;
using replication::EntryHeader;
using replication::Sequence;
using replication::VerifiedUnit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::Must;
using ::testing::SizeIs;
using testing::TestAuthor;

// The parts that there were.
const std::vector<std::string> kOldFamilies = {"default", "feed",    "hdr",     "pay",          "ckp", "settings",
                                               "drafts",  "cursors", "records", "observations", "news"};

class OldDatabase {
 public:
  explicit OldDatabase(const std::string& folder) {
    std::filesystem::create_directories(folder);
    rocksdb::DBOptions options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : kOldFamilies) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    rocksdb::DB* db = nullptr;
    if (!rocksdb::DB::Open(options, folder + "/rocksdb", families, &handles_, &db).ok()) std::abort();
    db_.reset(db);
    Put("default", "version", EncodeU32(1));
    Put("default", "database id", Bytes(DatabaseId::kSize, 'd'));
    Put("default", "next handle", EncodeU32(3));
  }
  ~OldDatabase() {
    for (rocksdb::ColumnFamilyHandle* handle : handles_) delete handle;
  }

  // As the store wrote it then; the payloads of `absent` as nothing.
  void Write(Handle handle, const VerifiedUnit& unit, const std::vector<std::uint64_t>& absent) {
    const HeldFeed held{unit.unit().feed, unit.author(), unit.end(), unit.counted_bytes()};
    Put("feed", held.feed.str(), EncodeFeedRow({handle, held}));
    for (std::size_t i = 0; i < unit.headers().size(); ++i) {
      const EntryHeader& header = unit.headers()[i];
      const Bytes key = PositionKey(handle, header.seq);
      const bool is_absent = std::find(absent.begin(), absent.end(), header.seq.value()) != absent.end();
      Put("hdr", key, unit.unit().entries[i].header);
      if (header.has_payload) Put("pay", key, is_absent ? Bytes() : EncodePayload(unit.unit().entries[i].payload));
    }
    Put("ckp", PositionKey(handle, unit.end().len), EncodeCheckpoint(unit.end()));
  }

 private:
  void Put(const std::string& family, const std::string& key, const std::string& value) {
    for (rocksdb::ColumnFamilyHandle* handle : handles_) {
      if (handle->GetName() != family) continue;
      if (!db_->Put(rocksdb::WriteOptions(), handle, key, value).ok()) std::abort();
    }
  }

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

TEST(RocksOldLayoutTest, OpensAndFindsItsAbsentPayloads) {
  testing::TempFolder folder;
  TestAuthor city(10);
  TestAuthor other(11);
  const VerifiedUnit unit = city.PublishSome(4);
  const VerifiedUnit others = other.PublishSome(2);
  {
    OldDatabase old(folder.path());
    old.Write(1, unit, {2, 4});
    old.Write(2, others, {});
  }
  for (int opening = 0; opening < 2; ++opening) {
    const std::unique_ptr<Database> database = Must(Database::Open(folder.path()));
    EXPECT_THAT(Must(database->feeds().Feed(city.feed())).absent,
                ElementsAre(AbsentPayload{Sequence(2), unit.unit().entries[1].header},
                            AbsentPayload{Sequence(4), unit.unit().entries[3].header}));
    EXPECT_THAT(Must(database->feeds().Feed(other.feed())).absent, IsEmpty());
    EXPECT_THAT(database->feeds().Feeds(), IsOkAndHolds(SizeIs(2)));
    EXPECT_THAT(database->feeds().AllQuarantined(), IsOkAndHolds(IsEmpty()));
    EXPECT_THAT(database->tables().Scan(Table::kNotes, "", "", 9), IsOkAndHolds(IsEmpty()));
    EXPECT_THAT(database->tables().Scan(Table::kFiles, "", "", 9), IsOkAndHolds(IsEmpty()));
  }
  const std::unique_ptr<Database> database = Must(Database::Open(folder.path()));
  FeedStore& feeds = database->feeds();
  ASSERT_THAT(feeds.WritePayloads(city.feed(), {{Sequence(2), *unit.unit().entries[1].payload}}), IsOk());
  ASSERT_THAT(feeds.ErasePayloads(other.feed(), {Sequence(1)}), IsOk());
  EXPECT_THAT(Must(feeds.Feed(city.feed())).absent, SizeIs(1));
  EXPECT_THAT(Must(feeds.Feed(other.feed())).absent, SizeIs(1));
  ASSERT_THAT(feeds.Append({city.PublishSome(1)}), IsOk());
  ASSERT_THAT(feeds.CutFeed(unit.end()), IsOk());
  EXPECT_EQ(Must(feeds.Quarantined(city.feed())).entries, 1u);
  ASSERT_THAT(database->tables().Apply({storage::Write{Table::kNotes, "key", "note"}}, Durability::kSynced), IsOk());
}

}  // namespace
}  // namespace hansa::storage
