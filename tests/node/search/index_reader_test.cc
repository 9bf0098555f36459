// The index follows the views: what they show is found, and what they do not show is not.
#include "node/search/index_reader.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/practices.pb.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using node::search::FoundRecord;
using node::search::IndexReader;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class IndexReaderTest : public ::testing::Test {
 protected:
  IndexReaderTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    node_.Refresh();
  }

  node::Published Publish(const std::string& title, std::optional<replication::RecordId> record = std::nullopt) {
    v1::Practice practice;
    practice.set_title(title);
    practice.set_language("en");
    return Must(node_.Publish(
        {{replication::kPractices, replication::kPractice, record, false, practice.SerializeAsString()}}))[0];
  }
  // As the node does once its views have read something.
  void ViewsRead(IndexReader& reader) {
    Must(node_.AwaitViews());
    reader.Await(absl::InfiniteDuration());
  }
  std::vector<std::string> Titles(const IndexReader& reader, const std::string& text) const {
    std::vector<std::string> titles;
    const auto found = reader.index().Search({.text = text}, {node_.roster(), node::catalogue::CurrentCatalogue()});
    for (const FoundRecord& hit : found.hits) titles.push_back(hit.title);
    return titles;
  }
  IndexReader::RosterOf Roster() {
    return [this] { return node_.View().roster; };
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode node_{network_, CityNamed("de-bonn", "DEU")};
};

TEST_F(IndexReaderTest, FindsWhatWasThereAndWhatComes) {
  Publish("Reading city");
  Must(node_.AwaitViews());
  IndexReader reader(node_.views(), node_.feeds(), Roster());
  reader.Await(absl::InfiniteDuration());
  EXPECT_THAT(Titles(reader, "city"), ElementsAre("Reading city"));
  EXPECT_EQ(reader.unread(), 0u);
  Publish("Writing city");
  ViewsRead(reader);
  EXPECT_THAT(Titles(reader, "city"), ElementsAre("Reading city", "Writing city"));
  EXPECT_THAT(Titles(reader, "bonn"), ElementsAre("Reading city", "Writing city")) << "by the name of its author";
}

TEST_F(IndexReaderTest, ShowsTheLastRevisionAndNothingThatWasTakenBack) {
  IndexReader reader(node_.views(), node_.feeds(), Roster());
  const node::Published first = Publish("Reading city");
  const node::Published second = Publish("Writing city");
  ViewsRead(reader);
  Publish("Counting city", first.record);
  Must(node_.Publish({{replication::kPractices, replication::kPracticeWithdrawal, second.record, false, "\n\x01x"}}));
  ViewsRead(reader);
  EXPECT_THAT(Titles(reader, ""), ElementsAre("Counting city"));
  Must(node_.Publish({{replication::kPractices, replication::kPractice, first.record, true}}));
  ViewsRead(reader);
  EXPECT_THAT(Titles(reader, ""), IsEmpty());
}

TEST_F(IndexReaderTest, P19_WhatWasErasedIsNotFoundAndLeavesNothing) {
  IndexReader reader(node_.views(), node_.feeds(), Roster());
  const node::Published kept = Publish("Reading city");
  const node::Published erased = Publish("Secret city");
  ViewsRead(reader);
  ASSERT_THAT(Titles(reader, "secret"), ElementsAre("Secret city"));
  const replication::FeedId feed = node_.units().back().end().feed;
  Must(const_cast<storage::MemoryFeedStore&>(node_.feeds()).ErasePayloads(feed, {&erased.seq, 1}));
  reader.Clear();
  EXPECT_THAT(Titles(reader, ""), IsEmpty()) << "until it is read anew";
  EXPECT_EQ(reader.index().size(), 0u);
  Must(node_.Reindex());
  reader.Await(absl::InfiniteDuration());
  EXPECT_THAT(Titles(reader, ""), ElementsAre("Reading city"));
  EXPECT_EQ(reader.index().size(), 1u);
  EXPECT_EQ(kept.seq.value(), 1u);
}

TEST_F(IndexReaderTest, AReaderThatIsStoppedLetsNobodyWait) {
  IndexReader reader(node_.views(), node_.feeds(), Roster());
  reader.Stop();
  reader.Await(absl::InfiniteDuration());
}

}  // namespace
}  // namespace hansa::testing
