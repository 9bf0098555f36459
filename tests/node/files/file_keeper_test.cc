#include "node/files/file_keeper.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/desk/file_desk.h"
#include "storage/file_chunks.h"
#include "tests/node/files/files_fixture.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
namespace domain = node::domain;
using node::files::ErasureRest;
using node::files::FileCount;
using node::files::FileKeeper;
using node::files::FileState;
using node::files::NamingEntry;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// The tables of a node on a disk that may refuse to erase.
class StubbornTables final : public storage::Tables {
 public:
  explicit StubbornTables(storage::Tables& tables) : tables_(tables) {}

  absl::StatusOr<std::string> Get(storage::Table table, absl::string_view key) const override {
    return tables_.Get(table, key);
  }
  absl::Status Apply(absl::Span<const storage::Write> writes, storage::Durability durability) override {
    return tables_.Apply(writes, durability);
  }
  absl::StatusOr<std::vector<storage::KeyValue>> Scan(storage::Table table, absl::string_view prefix,
                                                      absl::string_view from, std::size_t count_max) const override {
    return tables_.Scan(table, prefix, from, count_max);
  }
  absl::Status Clear(storage::Table table) override { return tables_.Clear(table); }
  absl::Status Erase(storage::Table table, absl::string_view prefix) override {
    absl::Status answer = std::exchange(next, always);
    if (answer.ok() || absl::IsResourceExhausted(answer)) answer.Update(tables_.Erase(table, prefix));
    return answer;
  }

  absl::Status next;    // of the next call to erase
  absl::Status always;  // of those after it

 private:
  storage::Tables& tables_;
};

// A node whose tables are these.
class NodeWithTables final : public node::RunningNode {
 public:
  NodeWithTables(FakeNode& node, storage::Tables& tables) : node_(node), tables_(tables) {}

  node::NodeView View() const override { return node_.View(); }
  absl::StatusOr<std::vector<node::Published>> Publish(const std::vector<node::Publication>& batch) override {
    return node_.Publish(batch);
  }
  std::vector<node::HolderView> HoldersOf(const replication::FeedId& feed, replication::Sequence seq) const override {
    return node_.HoldersOf(feed, seq);
  }
  absl::StatusOr<replication::Sequence> PublishRoster(replication::Kind kind, const replication::RecordId& record,
                                                      replication::Bytes payload) override {
    return node_.PublishRoster(kind, record, std::move(payload));
  }
  absl::Status TakeRoot(const replication::SignedRoot& next) override { return node_.TakeRoot(next); }
  absl::StatusOr<std::uint64_t> EndFeeds() override { return node_.EndFeeds(); }
  absl::Status ConfirmFeed(const node::FeedPoint& end) override { return node_.ConfirmFeed(end); }
  absl::StatusOr<replication::Statement> Sign(replication::StatementType type, replication::Bytes body) override {
    return node_.Sign(type, std::move(body));
  }
  std::vector<node::Followed> Following() const override { return node_.Following(); }
  absl::Status SetFollowing(const std::vector<node::Followed>& following) override {
    return node_.SetFollowing(following);
  }
  absl::StatusOr<std::uint64_t> SetKeep(node::Keep keep) override { return node_.SetKeep(keep); }
  absl::Status AddPeer(const std::string& address) override { return node_.AddPeer(address); }
  absl::Status RemovePeer(const std::string& address) override { return node_.RemovePeer(address); }
  absl::StatusOr<std::uint64_t> Reindex() override { return node_.Reindex(); }
  absl::StatusOr<node::BackupMade> Backup(const std::string& folder,
                                          const std::function<bool()>& is_unwanted) override {
    return node_.Backup(folder, is_unwanted);
  }
  absl::Status AwaitViews() override { return node_.AwaitViews(); }
  void WantFile(const replication::WantedFile& file) override { node_.WantFile(file); }
  void StopWanting(const replication::Hash& file) override { node_.StopWanting(file); }
  void OnChunk(ChunkTold told) override { node_.OnChunk(std::move(told)); }
  const storage::FeedStore& feeds() const override { return node_.feeds(); }
  storage::Tables& tables() override { return tables_; }

 private:
  FakeNode& node_;
  storage::Tables& tables_;
};

class FileKeeperTest : public FilesFixture {
 protected:
  // Chunks on Bonn's disk of two files that nothing is known of, as a stop may leave them.
  void LeaveTwoStrays() {
    for (const char* each : {"one", "two"}) {
      const replication::Hash hash = replication::SodiumCrypto().Sha256(each);
      const storage::Write chunk{storage::Table::kFiles, storage::ChunkKey(hash, 0), each};
      Must(bonn_.node.tables().Apply({&chunk, 1}, storage::Durability::kSynced));
    }
  }
  std::vector<storage::KeyValue> ShelfOf(Office& office) {
    return Must(office.node.tables().Scan(storage::Table::kFiles, "", "", 100));
  }
};

TEST_F(FileKeeperTest, FilesOfAMemberAreCountedByItsCollections) {
  Must(Attach("report.pdf", content_));
  const std::string offer =
      Must(bonn_.offers.Publish({.name = "r.json", .content = R"({"title": "T", "language": "en"})"})).id.hex();
  Must(bonn_.desk.Attach({.id = offer, .name = "a.txt", .content = "abc"}).status());
  ArrivesInEspoo();
  bonn_.Pass();
  const replication::Member bonn = bonn_.node.View().member;
  const FileCount all{2, content_.size() + 3, 0, 0};
  EXPECT_EQ(espoo_.keeper->CountOf(bonn, {}), all);
  EXPECT_EQ(espoo_.keeper->CountOf(bonn, {replication::kOffers}), (FileCount{1, 3, 0, 0}));
  EXPECT_EQ(bonn_.keeper->CountOf(bonn, {replication::kOffers}), (FileCount{1, 3, 1, 3}));
  EXPECT_EQ(espoo_.keeper->CountOf(espoo_.node.View().member, {}), FileCount());
  const auto each = bonn_.keeper->CountEach(
      {{bonn, {replication::kOffers}}, {espoo_.node.View().member, {}}, {bonn, {replication::kPractices}}});
  EXPECT_THAT(each, ElementsAre(FileCount{1, 3, 1, 3}, FileCount(), FileCount{1, content_.size(), 1, content_.size()}));
}

TEST_F(FileKeeperTest, AnErasureIsCompleteOnceAPassHasSeenToTheFiles) {
  Must(Attach("report.pdf", content_));
  bonn_.Pass();
  const replication::FeedId feed = Must(bonn_.node.feeds().Feeds()).front().feed;
  const NamingEntry named{feed, replication::Sequence(2)};
  EXPECT_EQ(bonn_.keeper->CountOnlyIn({named}), 1u);
  EXPECT_EQ(bonn_.keeper->CountOnlyIn({{feed, replication::Sequence(1)}}), 0u);
  EXPECT_EQ(bonn_.keeper->RestOf(bonn_.node.View().erasures), ErasureRest());
  auto& feeds = const_cast<storage::MemoryFeedStore&>(bonn_.node.feeds());
  Must(feeds.ErasePayloads(feed, {&named.seq, 1}));
  bonn_.node.look = [](node::NodeView& view) { view.erasures.done = 1; };
  EXPECT_EQ(bonn_.keeper->RestOf(bonn_.node.View().erasures), (ErasureRest{1, 0}))
      << "its payload is gone, not its file";
  Must(bonn_.node.Reindex().status());
  Must(bonn_.keeper->Pass());
  EXPECT_EQ(bonn_.keeper->RestOf(bonn_.node.View().erasures), ErasureRest());
}

TEST_F(FileKeeperTest, AFileOfAnotherIsFetchedWhenAskedFor) {
  Must(Attach("report.pdf", content_));
  ArrivesInEspoo();
  EXPECT_EQ(Only(espoo_).standing.state, FileState::kNotHere);
  EXPECT_THAT(espoo_.node.wanted, IsEmpty());
  EXPECT_EQ(Must(espoo_.desk.Fetch({id_}, "report.pdf")).standing.state, FileState::kComing);
  const replication::Hash hash = Only(espoo_).hash;
  ASSERT_TRUE(espoo_.node.wanted.contains(hash));
  for (std::uint32_t i = 0; i < 3; ++i) {
    espoo_.node.BringChunk(hash, i, Must(bonn_.desk.ReadChunk({id_}, "report.pdf", i)));
    EXPECT_EQ(Only(espoo_).standing.chunks_here, i + 1);
  }
  EXPECT_EQ(Only(espoo_).standing.state, FileState::kHere);
}

TEST_F(FileKeeperTest, WhatIsAskedForBeforeAnyPassHasReadItsRecordIsWantedAfterARestartToo) {
  Must(Attach("report.pdf", content_));
  for (; told_ < bonn_.node.units().size(); ++told_) espoo_.node.Receive(bonn_.node.units()[told_]);
  EXPECT_EQ(Must(espoo_.desk.Fetch({id_}, "report.pdf")).standing.state, FileState::kComing);
  const replication::Hash hash = Only(espoo_).hash;
  EXPECT_TRUE(espoo_.node.wanted.contains(hash));

  espoo_.node.wanted.clear();
  espoo_.keeper.reset();
  FileKeeper again(espoo_.node, espoo_.node.feeds(), espoo_.node.views());
  Must(again.Pass());
  EXPECT_TRUE(espoo_.node.wanted.contains(hash));
}

TEST_F(FileKeeperTest, FilesOfAFollowedCollectionAreWantedByThemselvesAndAfterARestart) {
  const replication::Member bonn = bonn_.node.View().member;
  Must(espoo_.node.SetFollowing({{bonn, {replication::kPractices}}}));
  Must(Attach("report.pdf", content_));
  ArrivesInEspoo();
  const replication::Hash hash = Only(espoo_).hash;
  ASSERT_TRUE(espoo_.node.wanted.contains(hash));
  espoo_.node.BringChunk(hash, 1, Must(bonn_.desk.ReadChunk({id_}, "report.pdf", 1)));

  espoo_.node.wanted.clear();
  espoo_.keeper.reset();
  FileKeeper again(espoo_.node, espoo_.node.feeds(), espoo_.node.views());
  Must(again.Pass());
  ASSERT_TRUE(espoo_.node.wanted.contains(hash));
  EXPECT_EQ(espoo_.node.wanted[hash].held, std::set<std::uint32_t>{1});
}

TEST_F(FileKeeperTest, AnAlteredChunkIsFoundAndWantedAgain) {
  Must(Attach("report.pdf", content_));
  bonn_.Pass();
  const replication::Hash hash = Only(bonn_).hash;
  const storage::Write rot{storage::Table::kFiles, storage::ChunkKey(hash, 1), std::string(262'144, 'y')};
  Must(bonn_.node.tables().Apply({&rot, 1}, storage::Durability::kSynced));
  EXPECT_THAT(bonn_.desk.ReadChunk({id_}, "report.pdf", 1).status(), StatusIs(StatusCode::kDataLoss, "altered"));
  bonn_.Pass();
  EXPECT_TRUE(bonn_.node.wanted.contains(hash));
  EXPECT_EQ(Only(bonn_).standing.chunks_here, 2u);
}

TEST_F(FileKeeperTest, NothingIsLeftOnceNoEntryThatNamesItHasItsPayload) {
  Must(Attach("report.pdf", content_));
  ArrivesInEspoo();
  Must(espoo_.desk.Fetch({id_}, "report.pdf").status());
  const replication::Hash hash = Only(espoo_).hash;
  espoo_.node.BringChunk(hash, 0, Must(bonn_.desk.ReadChunk({id_}, "report.pdf", 0)));
  auto& feeds = const_cast<storage::MemoryFeedStore&>(espoo_.node.feeds());
  const replication::FeedId feed = Must(feeds.Feeds()).front().feed;
  const replication::Sequence seq(2);
  Must(feeds.ErasePayloads(feed, {&seq, 1}));
  Must(espoo_.node.Reindex().status());
  Must(espoo_.keeper->Pass());
  EXPECT_THAT(Must(espoo_.node.tables().Scan(storage::Table::kFiles, "", "", 10)), IsEmpty());
  EXPECT_FALSE(espoo_.node.wanted.contains(hash));
}

TEST_F(FileKeeperTest, FilesOfWhatIsHiddenGoOnceTheDiskHasDestroyedIt) {
  Must(Attach("report.pdf", content_));
  FakeNode disk(network_, CityNamed("fi-espoo", "FIN"));  // what is stored; Espoo shows less of it
  disk.Refresh();
  for (const replication::VerifiedUnit& unit : bonn_.node.units()) disk.Receive(unit);
  espoo_.keeper.reset();
  FileKeeper keeper(espoo_.node, disk.feeds(), espoo_.node.views());
  for (const replication::VerifiedUnit& unit : bonn_.node.units()) espoo_.node.Receive(unit);
  Must(espoo_.node.AwaitViews());
  Must(keeper.Pass());
  const replication::FeedId feed = Must(disk.feeds().Feeds()).front().feed;
  const replication::Sequence seq(2);
  Must(const_cast<storage::MemoryFeedStore&>(espoo_.node.feeds()).ErasePayloads(feed, {&seq, 1}));
  Must(espoo_.node.Reindex().status());
  Must(keeper.Pass());
  EXPECT_THAT(Must(espoo_.node.tables().Scan(storage::Table::kFiles, "", "", 10)), Not(IsEmpty()));

  Must(const_cast<storage::MemoryFeedStore&>(disk.feeds()).ErasePayloads(feed, {&seq, 1}));
  Must(keeper.Pass());  // nothing else has changed
  EXPECT_THAT(Must(espoo_.node.tables().Scan(storage::Table::kFiles, "", "", 10)), IsEmpty());
}

TEST_F(FileKeeperTest, AFailureToEraseOneFileForgetsNoOther) {
  LeaveTwoStrays();
  StubbornTables tables(bonn_.node.tables());
  NodeWithTables node(bonn_.node, tables);
  FileKeeper keeper(node, bonn_.node.feeds(), bonn_.node.views());
  tables.next = absl::DataLossError("the disk is damaged");
  EXPECT_THAT(keeper.Pass(), StatusIs(StatusCode::kDataLoss, "the disk is damaged"));
  EXPECT_THAT(ShelfOf(bonn_), SizeIs(2));
  Must(keeper.Pass());
  EXPECT_THAT(ShelfOf(bonn_), IsEmpty());
}

TEST_F(FileKeeperTest, AFileForWhichThereWasNoRoomToRewriteIsCountedAndErasedAgain) {
  LeaveTwoStrays();
  StubbornTables tables(bonn_.node.tables());
  NodeWithTables node(bonn_.node, tables);
  FileKeeper keeper(node, bonn_.node.feeds(), bonn_.node.views());
  tables.next = absl::ResourceExhaustedError("the disk is full");
  Must(keeper.Pass());
  EXPECT_THAT(ShelfOf(bonn_), IsEmpty()) << "the other was gone on with";
  EXPECT_EQ(keeper.RestOf(bonn_.node.View().erasures), (ErasureRest{0, 1}));
  Must(keeper.Pass());
  EXPECT_EQ(keeper.RestOf(bonn_.node.View().erasures), ErasureRest());
}

TEST_F(FileKeeperTest, AStopWhileAFileGoesIsMadeGoodAtTheNextStart) {
  Must(Attach("report.pdf", content_));
  bonn_.Pass();
  StubbornTables tables(bonn_.node.tables());
  NodeWithTables node(bonn_.node, tables);
  auto& feeds = const_cast<storage::MemoryFeedStore&>(bonn_.node.feeds());
  const replication::FeedId feed = Must(feeds.Feeds()).front().feed;
  const replication::Sequence seq(2);
  {
    FileKeeper keeper(node, feeds, bonn_.node.views());
    Must(keeper.Pass());
    Must(feeds.ErasePayloads(feed, {&seq, 1}));
    Must(bonn_.node.Reindex().status());
    tables.next = tables.always = absl::DataLossError("the machine stops");
    EXPECT_THAT(keeper.Pass(), StatusIs(StatusCode::kDataLoss, "the machine stops"));
    EXPECT_THAT(ShelfOf(bonn_), Not(IsEmpty()));
  }
  tables.next = tables.always = absl::OkStatus();
  // What is put and waits to be published stays; this was published once.
  bonn_.node.look = [](node::NodeView& view) { view.outbox.waiting = 1; };
  FileKeeper again(node, feeds, bonn_.node.views());
  Must(again.Pass());
  EXPECT_THAT(ShelfOf(bonn_), IsEmpty());
}

TEST_F(FileKeeperTest, BeforeTheFirstPassAnErasureIsCompleteOnlyWhereThereAreNoFiles) {
  Must(Attach("report.pdf", content_));
  bonn_.Pass();
  bonn_.node.look = [](node::NodeView& view) { view.erasures.done = 3; };
  const node::ErasuresView erasures = bonn_.node.View().erasures;
  FileKeeper again(bonn_.node, bonn_.node.feeds(), bonn_.node.views());
  EXPECT_EQ(again.RestOf(erasures), (ErasureRest{3, 0}));
  EXPECT_EQ(espoo_.keeper->RestOf(erasures), ErasureRest()) << "nothing is on its shelf";
  Must(again.Pass());
  EXPECT_EQ(again.RestOf(erasures), ErasureRest());
}

TEST_F(FileKeeperTest, ARevisionOfATranslationAsksForTheFilesThatTheOriginalNamesNow) {
  Must(Attach("a.txt", "a"));
  const domain::RecordFile texts{.name = "t.json", .content = R"({"language": "ko", "title": "소리 내어 읽기"})"};
  const std::string translation = Must(bonn_.practices.Translate({.id = id_, .file = texts, .reason = ""})).id.hex();
  EXPECT_THAT(Must(bonn_.desk.FilesOf({id_, 1})), IsEmpty());
  EXPECT_THAT(Must(bonn_.desk.FilesOf({translation, 1})), SizeIs(1));
  EXPECT_THAT(Must(bonn_.desk.FilesOf({translation})), SizeIs(1));
}

TEST_F(FileKeeperTest, WhatWasPutAndNeverPublishedGoesAtTheNextStart) {
  bonn_.node.fence = node::Fence::kLocked;
  EXPECT_FALSE(Attach("report.pdf", content_).ok());
  bonn_.Pass();
  EXPECT_THAT(Must(bonn_.node.tables().Scan(storage::Table::kFiles, "", "", 10)), IsEmpty());
}

}  // namespace
}  // namespace hansa::testing
