#include "node/files/file_keeper.h"

#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/desk/file_desk.h"
#include "node/desk/practice_desk.h"
#include "storage/file_chunks.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::FileDesk;
using node::desk::ListedFile;
using node::desk::PracticeDesk;
using node::files::FileKeeper;
using node::files::FileState;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Bonn attaches; Espoo has what Bonn published, and its files when somebody brings them.
class FileKeeperTest : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who) : node(network, std::move(who)) {}
    void Pass() {
      Must(node.AwaitViews());
      Must(keeper->Pass());
    }
    FakeNode node;
    PracticeDesk practices{node, node::catalogue::CurrentCatalogue(), node.views()};
    std::unique_ptr<FileKeeper> keeper = std::make_unique<FileKeeper>(node, node.feeds(), node.views());
    FileDesk desk{node, practices, *keeper};
  };

  FileKeeperTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitAuthority(finland_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("fi-espoo", "FIN"), finland_);
    bonn_.node.Refresh();
    espoo_.node.Refresh();
    const std::string practice = R"({"title": "Reading aloud", "language": "en", "summary": "S"})";
    id_ = Must(bonn_.practices.Add({.name = "p.json", .content = practice})).id.hex();
  }

  absl::Status Attach(const std::string& name, const std::string& content) {
    return bonn_.desk.Attach({.id = id_, .name = name, .content = content}).status();
  }
  void ArrivesInEspoo() {
    for (; told_ < bonn_.node.units().size(); ++told_) espoo_.node.Receive(bonn_.node.units()[told_]);
    espoo_.Pass();
  }
  ListedFile Only(Office& office) {
    const std::vector<ListedFile> files = Must(office.desk.FilesOf(id_));
    EXPECT_THAT(files, SizeIs(1));
    return files.at(0);
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant finland_ = AuthorityOf("FIN");
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office espoo_{network_, CityNamed("fi-espoo", "FIN")};
  std::string id_;
  std::size_t told_ = 0;
  const std::string content_ = std::string(600'000, 'x') + "end";
};

TEST_F(FileKeeperTest, WhatIsAttachedIsHereWholeAndReadsAsItWas) {
  Must(Attach("folder/report.pdf", content_));
  bonn_.Pass();
  const ListedFile file = Only(bonn_);
  EXPECT_EQ(file.name, "report.pdf");
  EXPECT_EQ(file.media_type, "application/pdf");
  EXPECT_EQ(file.standing.state, FileState::kHere);
  ASSERT_EQ(file.standing.chunks, 3u);
  std::string read;
  for (std::uint32_t i = 0; i < 3; ++i) read += Must(bonn_.desk.ReadChunk(id_, "report.pdf", i));
  EXPECT_EQ(read, content_);
}

TEST_F(FileKeeperTest, WhatCannotBeAttachedIsRefused) {
  Must(Attach("a.txt", "a"));
  EXPECT_THAT(Attach("a.txt", "b"), StatusIs(StatusCode::kAlreadyExists, "called 'a.txt' already"));
  EXPECT_THAT(Attach("b.txt", ""), StatusIs(StatusCode::kInvalidArgument, "empty"));
  EXPECT_THAT(Attach("b.txt", std::string(26'214'401, 'x')), StatusIs(StatusCode::kInvalidArgument, "25 MiB"));
}

TEST_F(FileKeeperTest, ARevisionKeepsTheFilesAndDetachLeavesOneOut) {
  Must(Attach("a.txt", "a"));
  const std::string again = R"({"title": "Reading louder", "language": "en", "summary": "S"})";
  Must(bonn_.practices.Revise({.id = id_, .file = {.name = "p.json", .content = again}, .reason = ""}).status());
  EXPECT_EQ(Only(bonn_).name, "a.txt");
  Must(bonn_.practices.RemoveAttachment(id_, "a.txt").status());
  EXPECT_THAT(Must(bonn_.desk.FilesOf(id_)), IsEmpty());
}

TEST_F(FileKeeperTest, AFileOfAnotherIsFetchedWhenAskedFor) {
  Must(Attach("report.pdf", content_));
  ArrivesInEspoo();
  EXPECT_EQ(Only(espoo_).standing.state, FileState::kNotHere);
  EXPECT_THAT(espoo_.node.wanted, IsEmpty());
  EXPECT_EQ(Must(espoo_.desk.Fetch(id_, "report.pdf")).standing.state, FileState::kComing);
  const replication::Hash hash = Only(espoo_).hash;
  ASSERT_TRUE(espoo_.node.wanted.contains(hash));
  for (std::uint32_t i = 0; i < 3; ++i) {
    espoo_.node.BringChunk(hash, i, Must(bonn_.desk.ReadChunk(id_, "report.pdf", i)));
    EXPECT_EQ(Only(espoo_).standing.chunks_here, i + 1);
  }
  EXPECT_EQ(Only(espoo_).standing.state, FileState::kHere);
}

TEST_F(FileKeeperTest, WhatIsAskedForBeforeAnyPassHasReadItsRecordIsWantedAfterARestartToo) {
  Must(Attach("report.pdf", content_));
  for (; told_ < bonn_.node.units().size(); ++told_) espoo_.node.Receive(bonn_.node.units()[told_]);
  EXPECT_EQ(Must(espoo_.desk.Fetch(id_, "report.pdf")).standing.state, FileState::kComing);
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
  espoo_.node.BringChunk(hash, 1, Must(bonn_.desk.ReadChunk(id_, "report.pdf", 1)));

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
  EXPECT_THAT(bonn_.desk.ReadChunk(id_, "report.pdf", 1).status(), StatusIs(StatusCode::kDataLoss, "altered"));
  bonn_.Pass();
  EXPECT_TRUE(bonn_.node.wanted.contains(hash));
  EXPECT_EQ(Only(bonn_).standing.chunks_here, 2u);
}

TEST_F(FileKeeperTest, NothingIsLeftOnceNoEntryThatNamesItHasItsPayload) {
  Must(Attach("report.pdf", content_));
  ArrivesInEspoo();
  Must(espoo_.desk.Fetch(id_, "report.pdf").status());
  const replication::Hash hash = Only(espoo_).hash;
  espoo_.node.BringChunk(hash, 0, Must(bonn_.desk.ReadChunk(id_, "report.pdf", 0)));
  auto& feeds = const_cast<storage::MemoryFeedStore&>(espoo_.node.feeds());
  const replication::FeedId feed = Must(feeds.Feeds()).front().feed;
  const replication::Sequence seq(2);
  Must(feeds.ErasePayloads(feed, {&seq, 1}));
  Must(espoo_.node.Reindex().status());
  Must(espoo_.keeper->Pass());
  EXPECT_THAT(Must(espoo_.node.tables().Scan(storage::Table::kFiles, "", "", 10)), IsEmpty());
  EXPECT_FALSE(espoo_.node.wanted.contains(hash));
}

TEST_F(FileKeeperTest, WhatWasPutAndNeverPublishedGoesAtTheNextStart) {
  bonn_.node.fence = node::Fence::kLocked;
  EXPECT_FALSE(Attach("report.pdf", content_).ok());
  bonn_.Pass();
  EXPECT_THAT(Must(bonn_.node.tables().Scan(storage::Table::kFiles, "", "", 10)), IsEmpty());
}

}  // namespace
}  // namespace hansa::testing
