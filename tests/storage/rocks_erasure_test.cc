// P19: what was erased, and what was dropped from quarantine, is in no file of the store, whatever state the files were
// in, whoever was reading, and wherever the power was cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "storage/file_chunks.h"
#include "storage/layout.h"
#include "storage/rocks_database.h"
#include "storage/rocks_engine.h"
#include "tests/storage/noise.h"
#include "tests/storage/stored_network.h"
#include "tests/testing/feeds.h"

namespace hansa::storage {
namespace {

using replication::Checkpoint;
using replication::FeedId;
using replication::SaltedPayload;
using replication::Sequence;
using replication::VerifiedUnit;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Must;
using ::testing::Not;
using testing::ReadFile;
using ::testing::SizeIs;
using testing::StatusIs;
using testing::TestAuthor;
using testing::WriteFile;

class RocksErasureTest : public ::testing::Test {
 protected:
  RocksErasureTest() : database_(Must(Database::Open(store_))) {}

  FeedStore& feeds() { return database_->feeds(); }
  void CloseAndOpen() {
    Must(database_->Close());
    database_ = Must(Database::Open(store_));
  }
  // Publishes in feeds beside the city's, so that its payloads lie among others.
  void PublishAround(int rounds) {
    for (int i = 0; i < rounds; ++i)
      Must(feeds().Append({PublishNoise(before_, 1, 3000), PublishNoise(after_, 1, 3000)}));
  }
  std::vector<std::string> FilesWith(const SaltedPayload& payload) const { return storage::FilesWith(store_, payload); }
  static const SaltedPayload& PayloadIn(const VerifiedUnit& unit, std::size_t i) {
    return *unit.unit().entries[i].payload;
  }
  Checkpoint Seal() {
    const replication::FeedTail& tail = city_.tail();
    return {city_.feed(), tail.len, tail.head,
            city_.signer().Sign(CheckpointMessage(testing::TestNetwork(), city_.feed(), tail.len, tail.head))};
  }

  testing::TempFolder folder_;
  const std::string store_ = folder_ / "store";
  std::unique_ptr<Database> database_;
  TestAuthor before_{10};
  TestAuthor city_{11};
  TestAuthor after_{12};
};

TEST_F(RocksErasureTest, FromTheLog) {
  PublishAround(1);
  const VerifiedUnit unit = PublishNoise(city_, 3, 5000);
  Must(feeds().Append({unit}));
  PublishAround(1);
  ASSERT_THAT(FilesWith(PayloadIn(unit, 1)), SizeIs(1));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(2)}), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 1)), IsEmpty());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 0)), SizeIs(1));
  EXPECT_THAT(FilesWith(PayloadIn(unit, 2)), SizeIs(1));
}

TEST_F(RocksErasureTest, P19_ErasedChunksOfAFileAreInNoFile) {
  const VerifiedUnit unit = PublishNoise(city_, 3, 5000);  // noise, of which three payloads are the chunks here
  const replication::Hash file = *replication::Hash::From(std::string(replication::Hash::kSize, '\xff'));
  const replication::Hash other = *replication::Hash::From(std::string(replication::Hash::kSize, '\1'));
  const auto put = [&](const replication::Hash& of, std::uint32_t index, std::size_t entry) {
    Must(database_->tables().Apply({Write{Table::kFiles, ChunkKey(of, index), PayloadIn(unit, entry).payload}},
                                   Durability::kSynced));
  };
  put(file, 0, 0);
  put(other, 0, 1);
  CloseAndOpen();  // into a table of RocksDB's; the next one stays in the log
  put(file, 1, 2);
  ASSERT_THAT(database_->tables().Erase(Table::kFiles, ChunkKeys(file)), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 0)), IsEmpty());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 2)), IsEmpty());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 1)), Not(IsEmpty()));
  EXPECT_THAT(database_->tables().Get(Table::kFiles, ChunkKey(other, 0)), IsOk());
}

TEST_F(RocksErasureTest, P19_WhatItWasDraftedAsLeavesTheFilesToo) {
  const VerifiedUnit unit = PublishNoise(city_, 2, 5000);
  const std::string text = PayloadIn(unit, 0).payload;
  for (const Table table : {Table::kDrafts, Table::kSettings}) {
    Must(database_->tables().Apply({Write{table, "draft", text}}, Durability::kSynced));
    CloseAndOpen();  // into a table of RocksDB's
    Must(database_->tables().Apply({Write{table, "draft", std::nullopt}}, Durability::kSynced));
  }
  Must(feeds().Append({unit}));
  ASSERT_THAT(FilesWith(PayloadIn(unit, 0)), Not(IsEmpty()));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(1)}), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 0)), IsEmpty());
}

TEST_F(RocksErasureTest, P19_WhatATableThatIsEmptiedSaidLeavesTheFiles) {
  const VerifiedUnit unit = PublishNoise(city_, 1, 5000);
  const std::string text = PayloadIn(unit, 0).payload;
  for (const Table table : {Table::kRecords, Table::kObservations}) {
    Must(database_->tables().Apply({Write{table, "row", text}}, Durability::kLazy));
    CloseAndOpen();
    Must(database_->tables().Apply({Write{table, "row", "another"}}, Durability::kLazy));
    ASSERT_THAT(FilesWith(PayloadIn(unit, 0)), Not(IsEmpty()));
    ASSERT_THAT(database_->tables().Clear(table), IsOk());
    EXPECT_THAT(FilesWith(PayloadIn(unit, 0)), IsEmpty());
  }
}

TEST_F(RocksErasureTest, FromTablesInEveryLevel) {
  const VerifiedUnit unit = PublishNoise(city_, 3, 5000);
  Must(feeds().Append({unit}));
  PublishAround(3);
  CloseAndOpen();  // everything is flushed to a table
  ASSERT_THAT(FilesWith(PayloadIn(unit, 1)), SizeIs(1));
  // The first erasure moves the others to the last level.
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(1)}), IsOk());
  PublishAround(3);
  CloseAndOpen();
  ASSERT_THAT(FilesWith(PayloadIn(unit, 1)), SizeIs(1));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(2), Sequence(3)}), IsOk());
  for (std::size_t i = 0; i < 3; ++i) EXPECT_THAT(FilesWith(PayloadIn(unit, i)), IsEmpty());
  EXPECT_THAT(feeds().ReadUnit(before_.feed(), Sequence(1)), IsOk());
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(1)), IsOk());
}

TEST_F(RocksErasureTest, FromAStoreOfManyTables) {
  const VerifiedUnit unit = PublishNoise(city_, 2, 5000);
  Must(feeds().Append({unit}));
  // More than a write buffer holds: tables are flushed and compacted meanwhile.
  for (int i = 0; i < 100; ++i) {
    Must(feeds().Append({PublishNoise(before_, 1, 200000), PublishNoise(city_, 1, 200000)}));
  }
  ASSERT_THAT(FilesWith(PayloadIn(unit, 0)), Not(IsEmpty()));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(1), Sequence(2)}), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 0)), IsEmpty());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 1)), IsEmpty());
  EXPECT_THAT(feeds().ReadUnit(city_.feed(), Sequence(100)), IsOk());
}

TEST_F(RocksErasureTest, WhileOthersRead) {
  std::vector<VerifiedUnit> units;
  for (int i = 0; i < 12; ++i) {
    units.push_back(PublishNoise(city_, 1, 5000));
    Must(feeds().Append({units.back()}));
    if (i % 4 == 0) CloseAndOpen();
  }
  std::atomic<bool> done = false;
  const FeedId feed = city_.feed();
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        Must(feeds().ReadEntries(feed, Sequence(1), 12));
        Must(feeds().Feeds());
        Must(feeds().ReadHeader(feed, Sequence(12)));
      }
    });
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    ASSERT_THAT(feeds().ErasePayloads(feed, {Sequence(i + 1)}), IsOk());
    EXPECT_THAT(FilesWith(PayloadIn(units[i], 0)), IsEmpty()) << i;
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

TEST_F(RocksErasureTest, WhatTheFeedHadBeforeItWasDroppedAndCameAgain) {
  const VerifiedUnit unit = PublishNoise(city_, 2, 5000);
  Must(feeds().Append({unit}));
  CloseAndOpen();
  ASSERT_THAT(feeds().Drop({city_.feed()}), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 0)), IsEmpty());
  Must(feeds().Append({unit}));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(1)}), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 0)), IsEmpty());
  EXPECT_THAT(FilesWith(PayloadIn(unit, 1)), Not(IsEmpty()));
}

TEST_F(RocksErasureTest, AlsoFromQuarantine) {
  const VerifiedUnit common = PublishNoise(city_, 2, 5000);
  Must(feeds().Append({common, PublishNoise(city_, 1, 5000)}));
  CloseAndOpen();
  Must(feeds().CutFeed(Checkpoint{city_.feed(), Sequence(0), {}, {}}));
  Must(feeds().Append({common}));
  ASSERT_THAT(FilesWith(PayloadIn(common, 1)), Not(IsEmpty()));
  ASSERT_THAT(feeds().ErasePayloads(city_.feed(), {Sequence(2)}), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(common, 1)), IsEmpty());
  EXPECT_THAT(FilesWith(PayloadIn(common, 0)), Not(IsEmpty()));
  EXPECT_EQ(Must(feeds().Quarantined(city_.feed())).entries, 3u);
}

TEST_F(RocksErasureTest, WhatIsDroppedFromQuarantine) {
  const VerifiedUnit kept = PublishNoise(city_, 1, 5000);
  const Checkpoint seal = Seal();
  const VerifiedUnit tail = PublishNoise(city_, 2, 5000);
  PublishAround(2);
  Must(feeds().Append({kept, tail}));
  CloseAndOpen();
  ASSERT_THAT(feeds().CutFeed(seal), IsOk());
  CloseAndOpen();
  ASSERT_THAT(FilesWith(PayloadIn(tail, 1)), SizeIs(1));  // in quarantine, and there alone
  ASSERT_THAT(feeds().DropQuarantine(city_.feed()), IsOk());
  EXPECT_THAT(FilesWith(PayloadIn(tail, 0)), IsEmpty());
  EXPECT_THAT(FilesWith(PayloadIn(tail, 1)), IsEmpty());
  // Nor their headers, by a part of each that stands nowhere else.
  for (const replication::EntryHeader& header : tail.headers()) {
    EXPECT_THAT(FilesWith({replication::Salt::From(header.payload_commit.view()).value(), ""}), IsEmpty());
  }
  EXPECT_THAT(FilesWith(PayloadIn(kept, 0)), SizeIs(1));
}

TEST_F(RocksErasureTest, LogsThatASalvageSetAsideGoToo) {
  const VerifiedUnit unit = PublishNoise(city_, 2, 5000);
  Must(feeds().Append({unit}));
  Must(feeds().Append({PublishNoise(city_, 1, 5000)}));
  const std::string copy = folder_ / "copy";
  CopyStore(store_, copy);
  std::string log;
  for (const std::string& path : RocksFiles(copy, ".log")) {
    if (ReadFile(path).size() > log.size()) log = path;
  }
  std::string bytes = ReadFile(log);
  bytes[bytes.size() - 100] = static_cast<char>(bytes[bytes.size() - 100] ^ 1);
  WriteFile(log, bytes);
  const std::unique_ptr<Database> salvaged = Must(Database::Salvage(copy));
  ASSERT_EQ(Must(salvaged->feeds().Feed(city_.feed())).newest.len, Sequence(2));
  ASSERT_TRUE(std::filesystem::exists(copy + "/quarantine/1"));
  ASSERT_THAT(salvaged->feeds().ErasePayloads(city_.feed(), {Sequence(1)}), IsOk());
  EXPECT_THAT(storage::FilesWith(copy, PayloadIn(unit, 0)), IsEmpty());
  EXPECT_THAT(storage::FilesWith(copy, PayloadIn(unit, 1)), Not(IsEmpty()));
}

// The power is cut after the synced write that erases and before the files are rewritten.
TEST_F(RocksErasureTest, WhatAPowerCutLeftToDoIsDoneByTheNextOpening) {
  const VerifiedUnit unit = PublishNoise(city_, 2, 5000);
  Must(feeds().Append({unit}));
  Must(database_->Close());
  database_.reset();
  {
    const std::unique_ptr<Engine> engine = Must(Engine::Open(store_, Recovery::kRefuseDamage));
    absl::MutexLock lock(&engine->write_mutex());
    Engine::Batch batch(*engine);
    batch.Put(Family::kPayload, PositionKey(1, Sequence(1)), "");
    batch.Put(Family::kAbsent, PositionKey(1, Sequence(1)), "");
    batch.NoteScrub(Family::kPayload, PositionKey(1, Sequence(1)), PositionKey(1, Sequence(2)));
    Must(engine->Commit(batch, Durability::kSynced));
    CopyStore(store_, folder_ / "cut");
  }
  ASSERT_THAT(storage::FilesWith(folder_ / "cut", PayloadIn(unit, 0)), Not(IsEmpty()));
  const std::unique_ptr<Database> database = Must(Database::Open(folder_ / "cut"));
  EXPECT_THAT(storage::FilesWith(folder_ / "cut", PayloadIn(unit, 0)), IsEmpty());
  EXPECT_THAT(storage::FilesWith(folder_ / "cut", PayloadIn(unit, 1)), Not(IsEmpty()));
  EXPECT_THAT(Must(database->feeds().Feed(city_.feed())).absent, SizeIs(1));
}

// What a call acknowledged is there after a power cut: the copy has no more than what was written.
TEST_F(RocksErasureTest, EachStepIsThereAfterAPowerCut) {
  const VerifiedUnit first = PublishNoise(city_, 2, 2000);
  const Checkpoint seal = Seal();
  Must(feeds().Append({first, PublishNoise(city_, 2, 2000)}));
  const auto after_cut = [&] {
    CopyStore(store_, folder_ / "cut");
    return Must(Database::Open(folder_ / "cut"));
  };
  Must(feeds().ErasePayloads(city_.feed(), {Sequence(1), Sequence(2)}));
  EXPECT_THAT(Must(after_cut()->feeds().Feed(city_.feed())).absent, SizeIs(2));
  Must(feeds().WritePayloads(city_.feed(), {{Sequence(1), PayloadIn(first, 0)}}));
  EXPECT_THAT(Must(after_cut()->feeds().Feed(city_.feed())).absent, SizeIs(1));
  Must(feeds().CutFeed(seal));
  EXPECT_EQ(Must(after_cut()->feeds().Feed(city_.feed())).newest, seal);
  EXPECT_EQ(Must(after_cut()->feeds().Quarantined(city_.feed())).entries, 2u);
  Must(feeds().DropQuarantine(city_.feed()));
  EXPECT_EQ(Must(after_cut()->feeds().Quarantined(city_.feed())).entries, 0u);
  EXPECT_THAT(after_cut()->feeds().ReadUnit(city_.feed(), Sequence(1)), IsOk());
}

TEST_F(RocksErasureTest, APayloadThatWasAlteredOnDiskIsNotServed) {
  const VerifiedUnit unit = PublishNoise(city_, 2, 500);
  Must(feeds().Append({unit}));
  Must(database_->Close());
  database_.reset();
  {
    const std::unique_ptr<Engine> engine = Must(Engine::Open(store_, Recovery::kRefuseDamage));
    absl::MutexLock lock(&engine->write_mutex());
    std::string payload = Must(engine->Get(Family::kPayload, PositionKey(1, Sequence(1))));
    payload.back() = static_cast<char>(payload.back() ^ 1);
    std::string header = Must(engine->Get(Family::kHeader, PositionKey(1, Sequence(2))));
    header[85] = static_cast<char>(header[85] ^ 1);
    Engine::Batch batch(*engine);
    batch.Put(Family::kPayload, PositionKey(1, Sequence(1)), payload);
    batch.Put(Family::kHeader, PositionKey(1, Sequence(2)), header);
    Must(engine->Commit(batch, Durability::kSynced));
  }
  database_ = Must(Database::Open(store_));
  EXPECT_THAT(feeds().ReadPayloads(city_.feed(), {Sequence(1)}),
              StatusIs(absl::StatusCode::kDataLoss, "the payload is not what"));
  EXPECT_THAT(feeds().ReadHeader(city_.feed(), Sequence(2)),
              StatusIs(absl::StatusCode::kDataLoss, "the checkpoint vouches for"));
  EXPECT_THAT(feeds().ReadHeader(city_.feed(), Sequence(1)), IsOk());
}

}  // namespace
}  // namespace hansa::storage
