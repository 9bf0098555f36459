// A summary published at the hub and computed again at a city's node.
#include "node/desk/summary_desk.h"

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "node/desk/news_words.h"
#include "node/desk/summary_records.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::PublishedEntry;
using node::desk::VerifiedSummary;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";
constexpr int kYear = 2023;

// Six cities, the hub and the node of the first city.
class SummaryDeskTest : public ::testing::Test {
 protected:
  SummaryDeskTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    for (const char* slug : {"de-bonn", "de-essen", "de-gotha", "de-hagen", "de-jena", "de-kiel"}) {
      const Applicant city = CityNamed(slug, "DEU");
      const replication::Member number = network_.AdmitCity(city, germany_);
      cities_.emplace_back(network_.id(), *network_.roster().PresentFeed(number, replication::kIndicators),
                           city.writer);
    }
    NodesLearnTheRoster({&hub_, &city_});
  }

  void NodesLearnTheRoster(const std::vector<FakeNode*>& nodes) {
    for (FakeNode* node : nodes) {
      for (const replication::VerifiedUnit& unit : network_.units()) {
        const absl::StatusOr<storage::HeldFeed> held = node->feeds().Feed(unit.unit().feed);
        if (!held.ok() || held->newest.len < unit.unit().from) node->Receive(unit);
      }
      node->Refresh();
    }
  }
  // A city's set of a year, as it arrives at nodes.
  replication::VerifiedUnit Signed(std::size_t city, int year, std::vector<node::domain::Observation> observations) {
    return cities_[city].Publish(
        {EntryOf(RecordNamed(absl::StrCat("city ", city, " ", year)), SetOf(year, std::move(observations)))});
  }
  void Publishes(std::size_t city, int year, std::vector<node::domain::Observation> observations) {
    const replication::VerifiedUnit unit = Signed(city, year, std::move(observations));
    hub_.Receive(unit);
    city_.Receive(unit);
  }
  void AllPublish(int year, int first) {
    for (std::size_t i = 0; i < cities_.size(); ++i) {
      Publishes(i, year, {ObservationOf(kLiteracy, absl::StrCat(first + static_cast<int>(i)))});
    }
  }
  std::vector<PublishedEntry> HubPublishes(const std::string& reason = "") {
    std::vector<PublishedEntry> entries = Must(hub_desk_.Publish(kYear, reason));
    Hand();
    return entries;
  }
  // What the hub has signed comes to the city's node.
  void Hand() {
    for (; handed_ < hub_.units().size(); ++handed_) city_.Receive(hub_.units()[handed_]);
    Must(city_.AwaitViews());
  }
  // The published summary again, altered, signed by the hub.
  void HubPublishesAltered(const std::function<void(v1::NetworkSummary&)>& alter) {
    const std::vector<node::desk::SummaryRecord> parts = Standing();
    ASSERT_THAT(parts, SizeIs(1));
    v1::NetworkSummary altered = *parts[0].content;
    alter(altered);
    Must(hub_.Publish({{replication::kAggregates, replication::kNetworkSummary, parts[0].record.key.id, false,
                        altered.SerializeAsString()}}));
    Hand();
  }
  // The hub's parts of the year, as the city's node has them.
  std::vector<node::desk::SummaryRecord> Standing() {
    return Must(node::desk::SummaryRecordsOf(city_.feeds(), city_.views(), hub_.View().member))[kYear];
  }
  VerifiedSummary Verified() {
    const std::vector<VerifiedSummary> all = Must(city_desk_.Verify(kYear));
    EXPECT_THAT(all, SizeIs(1));
    return all.empty() ? VerifiedSummary() : all.front();
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  std::deque<FeedWriter> cities_;
  FakeNode hub_{network_, network_.hub()};
  FakeNode city_{network_, CityNamed("de-bonn", "DEU")};
  node::desk::SummaryDesk hub_desk_{hub_, node::catalogue::CurrentCatalogue(), hub_.views()};
  node::desk::SummaryDesk city_desk_{city_, node::catalogue::CurrentCatalogue(), city_.views()};
  std::size_t handed_ = 0;
};

TEST_F(SummaryDeskTest, WhoHoldsTheFeedsComputesTheSame) {
  AllPublish(2022, 70);
  AllPublish(kYear, 90);
  const std::vector<PublishedEntry> entries = HubPublishes("not kept at the first");
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].revision, 1u);
  EXPECT_EQ(entries[0].title, "summary of 2023");
  const VerifiedSummary verified = Verified();
  EXPECT_TRUE(verified.ok) << (verified.differences.empty() ? verified.why_not : verified.differences[0]);
  EXPECT_EQ(verified.member, "int-uil");
  EXPECT_EQ(verified.cells, 2u) << "of the network, and of the one region";

  const v1::NetworkSummary published = *Standing().at(0).content;
  EXPECT_EQ(published.members(), 6u);
  EXPECT_EQ(published.reporting(), 6u);
  EXPECT_THAT(published.revision_reason(), IsEmpty());
  EXPECT_EQ(published.inputs(0).feeds_size(), 6);
  EXPECT_EQ(published.inputs(0).feeds(0).length(), 2u);
  EXPECT_EQ(published.cells(0).group().region(), "");
  EXPECT_EQ(published.cells(0).median(), "92.5");
  EXPECT_EQ(published.cells(0).moved_up(), 6u);
  EXPECT_EQ(published.cells(1).group().region(), published.regions(0).region());
}

TEST_F(SummaryDeskTest, FewerThanFiveAreWithheldAndNoDataIsCounted) {
  for (std::size_t i = 0; i < 4; ++i) Publishes(i, kYear, {ObservationOf(kLiteracy, "90")});
  node::domain::Observation none;
  none.cell = kLiteracy;
  none.no_data_reason = "not counted";
  Publishes(4, kYear, {none});
  HubPublishes();
  const v1::NetworkSummary published = *Standing().at(0).content;
  EXPECT_EQ(published.reporting(), 5u);
  ASSERT_EQ(published.cells_size(), 4);
  EXPECT_EQ(published.cells(0).n(), 0u);
  EXPECT_EQ(published.cells(0).no_data(), 1u);
  const v1::NetworkSummary::Cell& withheld = published.cells(2);
  EXPECT_EQ(withheld.n(), 4u);
  EXPECT_TRUE(withheld.withheld());
  EXPECT_THAT(withheld.median() + withheld.mean() + withheld.q1() + withheld.q3(), IsEmpty());
  EXPECT_EQ(withheld.moved_up() + withheld.moved_down() + withheld.stayed(), 0u);
  EXPECT_TRUE(Verified().ok);
}

TEST_F(SummaryDeskTest, ALaterCorrectionBreaksNothingAndMakesARevision) {
  AllPublish(kYear, 90);
  const std::vector<PublishedEntry> first = HubPublishes();
  Publishes(3, kYear, {ObservationOf(kLiteracy, "12.5")});
  Must(city_.AwaitViews());
  EXPECT_TRUE(Verified().ok) << "it is computed at its lengths";
  const std::vector<PublishedEntry> second = HubPublishes("a city has corrected a figure");
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].id, first[0].id);
  EXPECT_EQ(second[0].revision, 2u);
  EXPECT_EQ(Standing().at(0).content->revision_reason(), "a city has corrected a figure");
  EXPECT_EQ(Standing().at(0).content->cells(0).q1(), "90.25");
  EXPECT_TRUE(Verified().ok);
  EXPECT_EQ(Verified().revision, 2u);
}

TEST_F(SummaryDeskTest, WhatHasNotChangedIsNotSignedAgain) {
  AllPublish(kYear, 90);
  HubPublishes();
  const std::size_t units = hub_.units().size();
  network_.AdmitPartner(ApplicantNamed("de-library", replication::MemberKind::kPartner, "DEU"));
  NodesLearnTheRoster({&hub_, &city_});
  const std::vector<PublishedEntry> again = HubPublishes("for no reason");
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_TRUE(again[0].unchanged);
  EXPECT_EQ(again[0].revision, 1u);
  EXPECT_EQ(hub_.units().size(), units);
  EXPECT_TRUE(Verified().ok) << "by the list of members as it was then";
}

TEST_F(SummaryDeskTest, AnAlteredFigureIsTold) {
  AllPublish(kYear, 90);
  HubPublishes();
  HubPublishesAltered([](v1::NetworkSummary& summary) { summary.mutable_cells(0)->set_median("99"); });
  const VerifiedSummary verified = Verified();
  EXPECT_FALSE(verified.ok);
  EXPECT_THAT(verified.differences,
              ElementsAre(absl::StrCat(kLiteracy,
                                       " (official_data): the median was published as 99, and the feeds give 92.5")));
  EXPECT_THAT(verified.why_not, IsEmpty());
}

TEST_F(SummaryDeskTest, AFeedThatWasLeftOutIsTold) {
  AllPublish(kYear, 90);
  HubPublishes();
  HubPublishesAltered([](v1::NetworkSummary& summary) { summary.mutable_inputs(0)->mutable_feeds()->RemoveLast(); });
  const VerifiedSummary verified = Verified();
  EXPECT_FALSE(verified.ok);
  EXPECT_THAT(verified.differences, Contains("de-kiel/indicators: the summary left it out"));
  EXPECT_THAT(verified.differences, Contains(HasSubstr("the digest of what was read is not that of the feeds")));
}

TEST_F(SummaryDeskTest, AMissingFeedIsNamedAndNothingIsCompared) {
  AllPublish(kYear, 90);
  hub_.Receive(Signed(2, kYear, {ObservationOf(kLiteracy, "50")}));
  HubPublishes();
  const VerifiedSummary verified = Verified();
  EXPECT_FALSE(verified.ok);
  EXPECT_THAT(verified.missing, ElementsAre("de-gotha/indicators"));
  EXPECT_THAT(verified.differences, IsEmpty());
}

TEST_F(SummaryDeskTest, WhatCannotBeComparedIsSaidInWords) {
  AllPublish(kYear, 90);
  network_.AdmitPartner(ApplicantNamed("de-library", replication::MemberKind::kPartner, "DEU"));
  NodesLearnTheRoster({&hub_});
  HubPublishes();
  EXPECT_THAT(Verified().why_not, HasSubstr("entries of the list of members"));
  NodesLearnTheRoster({&city_});
  EXPECT_TRUE(Verified().ok);
  HubPublishesAltered([](v1::NetworkSummary& summary) { summary.mutable_roster()->set_head(std::string(32, 'x')); });
  EXPECT_THAT(Verified().why_not, HasSubstr("another list of members"));
  HubPublishesAltered([](v1::NetworkSummary& summary) { summary.set_framework_version("2030"); });
  EXPECT_THAT(Verified().why_not, HasSubstr("2030"));
  HubPublishesAltered([](v1::NetworkSummary& summary) {
    summary.set_framework_version(node::catalogue::CurrentCatalogue().version());
    summary.set_minimum(1);
  });
  EXPECT_THAT(Verified().why_not, HasSubstr("fewer than 1 cities"));
  HubPublishesAltered([](v1::NetworkSummary& summary) {
    summary.set_part(1);
    summary.set_parts(2);
  });
  EXPECT_THAT(Verified().why_not, HasSubstr("it has 2 parts, and 1 are held"));
  EXPECT_FALSE(Verified().ok);
}

TEST_F(SummaryDeskTest, WhatIsNotHeldAnyMoreMayBeBehindADifference) {
  AllPublish(2022, 80);
  for (std::size_t i = 0; i < 5; ++i) Publishes(i, kYear, {ObservationOf(kLiteracy, "90")});
  const replication::VerifiedUnit whole = Signed(5, kYear, {ObservationOf(kLiteracy, "99")});
  hub_.Receive(whole);
  replication::TransferUnit bare = whole.unit();
  bare.entries[0].payload.reset();
  const replication::FeedTail tail = Must(city_.feeds().Feed(bare.feed)).tail();
  city_.Receive(Must(
      replication::VerifiedUnit::Verify(replication::SodiumCrypto(), network_.id(), cities_[5].author(), tail, bare)));
  HubPublishes();
  const VerifiedSummary verified = Verified();
  EXPECT_FALSE(verified.ok);
  EXPECT_THAT(verified.differences, Contains(HasSubstr("the number of cities was published as 6")));
  EXPECT_THAT(verified.why_not, HasSubstr("has been erased or has not come here"));
}

TEST_F(SummaryDeskTest, PartsBeyondTheNewNumberAreTakenBack) {
  const auto everything = [](bool has_values) {
    std::vector<node::domain::Observation> all;
    for (const node::catalogue::Cell& cell : node::catalogue::CurrentCatalogue().cells()) {
      node::domain::Observation none;
      none.cell = cell.id;
      none.no_data_reason = "not counted";
      const bool fits = has_values && cell.measurement->source_kinds.front() == "official_data" &&
                        cell.measurement->attributes.empty();
      all.push_back(fits ? ObservationOf(cell.id, "1") : none);
    }
    return all;
  };
  for (std::size_t i = 0; i < cities_.size(); ++i) Publishes(i, kYear, everything(i > 0));
  EXPECT_THAT(HubPublishes(), SizeIs(2));
  EXPECT_THAT(Standing(), SizeIs(2));
  const VerifiedSummary verified = Verified();
  EXPECT_TRUE(verified.ok) << (verified.differences.empty() ? verified.why_not : verified.differences[0]);
  EXPECT_GT(verified.cells, 150u);
  AllPublish(kYear, 90);
  EXPECT_THAT(HubPublishes(), SizeIs(1));
  ASSERT_THAT(Standing(), SizeIs(1));
  EXPECT_EQ(Standing()[0].content->parts(), 0u);
  EXPECT_EQ(Verified().revision, 2u);
  EXPECT_TRUE(Verified().ok);
}

TEST_F(SummaryDeskTest, OnlyTheSecretariatPublishesAndOnlyWhatOthersCanComputeToo) {
  AllPublish(kYear, 90);
  EXPECT_THAT(city_desk_.Publish(kYear, ""), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(hub_desk_.Publish(23, ""), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(hub_desk_.Publish(kYear, std::string(201, 'x')), StatusIs(StatusCode::kInvalidArgument));
  hub_.look = [](node::NodeView& view) { view.missing = 3; };
  EXPECT_THAT(hub_desk_.Publish(kYear, ""), StatusIs(StatusCode::kFailedPrecondition, "3 entries"));
  EXPECT_THAT(hub_.units(), IsEmpty());
  EXPECT_THAT(Must(city_desk_.Verify(std::nullopt)), IsEmpty());
  EXPECT_THAT(city_desk_.Verify(23), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(SummaryDeskTest, IsNewsUnderItsYear) {
  AllPublish(kYear, 90);
  HubPublishes();
  const node::desk::NewsWords words = node::desk::WordsOf(city_.feeds(), city_.views(), Standing().at(0).record, 0);
  EXPECT_EQ(words.kind, "network summary");
  EXPECT_EQ(words.title, "summary of 2023");
}

}  // namespace
}  // namespace hansa::testing
