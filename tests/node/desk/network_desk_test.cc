#include "node/desk/network_desk.h"

#include <algorithm>
#include <deque>
#include <random>
#include <string>

#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kPoverty = "1.2.1/urban-poverty";

// Bonn, Aachen, and six cities more.
class NetworkDeskTest : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    for (const char* slug : {"de-essen", "de-gotha", "de-hagen", "de-jena", "de-kiel", "de-trier"}) {
      Other& other = others_.emplace_back(Other{CityNamed(slug, "DEU"), {}, {}});
      other.number = network_.AdmitCity(other.applicant, germany_);
    }
    node_.Refresh();
    for (Other& other : others_) {
      other.writer.emplace(network_.id(), *network_.roster().PresentFeed(other.number, replication::kIndicators),
                           other.applicant.writer);
    }
  }
  // Literacy rates of the six, in their order.
  void OthersPublish(int year, const std::vector<std::string>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      node_.Receive(
          others_[i].writer->Publish({EntryOf(RecordNamed(absl::StrCat(others_[i].applicant.application.slug, year)),
                                              SetOf(year, {ObservationOf(kLiteracy, values[i])}))}));
    }
    Must(node_.AwaitViews());
  }
  // One of the six under another version of the framework, as a record of its own.
  void OtherPublishesUnder(const std::string& version, std::size_t place, int year, const std::string& value) {
    Other& other = others_[place];
    node::domain::IndicatorSet set = SetOf(year, {ObservationOf(kLiteracy, value)});
    set.framework_version = version;
    const std::string label = absl::StrCat(other.applicant.application.slug, year, version);
    node_.Receive(other.writer->Publish({EntryOf(RecordNamed(label), set)}));
    Must(node_.AwaitViews());
  }
  // Shares of people in poverty of the six, each with the line that was used.
  void OthersPublishByLine(int year, const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      node::domain::Observation o = ObservationOf(kPoverty, "12");
      if (!lines[i].empty()) o.attributes = {{"poverty_line", lines[i]}};
      node_.Receive(others_[i].writer->Publish(
          {EntryOf(RecordNamed(absl::StrCat(others_[i].applicant.application.slug, year)), SetOf(year, {o}))}));
    }
    Must(node_.AwaitViews());
  }
  node::desk::NetworkSummary Summary(int year) {
    return Must(network_desk_.Summary({.year = year, .part = kLiteracy}));
  }

  node::desk::NetworkDesk network_desk_{node_, node::catalogue::CurrentCatalogue(), node_.views()};

 private:
  struct Other {
    Applicant applicant;
    replication::Member number;
    std::optional<FeedWriter> writer;
  };
  std::deque<Other> others_;
};

TEST_F(NetworkDeskTest, SumsUpWhatCitiesHavePublished) {
  OthersPublish(2023, {"90", "91", "92", "93", "94"});
  const auto summary = Summary(2023);
  EXPECT_EQ(summary.cities, 5u);
  ASSERT_THAT(summary.regions, SizeIs(1));
  ASSERT_THAT(summary.regions[0].cells, SizeIs(1));
  EXPECT_EQ(summary.regions[0].cells[0].spread.median, "92");
  EXPECT_TRUE(summary.regions[0].cells[0].movement_withheld);
  EXPECT_EQ(Summary(2022).cities, 0u);
  EXPECT_THAT(Summary(2022).regions[0].cells, IsEmpty());
}

TEST_F(NetworkDeskTest, CountsWhatCitiesChoseForAnAttribute) {
  using node::summary::AttributeCounts;
  OthersPublishByLine(2023, {"other", "1.25_ppp_2005", "other", "other", "1.25_ppp_2005", ""});
  const auto whole = Must(network_desk_.Summary({.year = 2023, .part = kPoverty}));
  ASSERT_THAT(whole.regions[0].cells, SizeIs(1));
  EXPECT_EQ(whole.regions[0].cells[0].n, 6u);
  EXPECT_THAT(whole.regions[0].cells[0].attributes, ElementsAre(AttributeCounts{"poverty_line", 5, false, {2, 3}}));
  const auto regions = Must(network_desk_.Summary({.year = 2023, .part = kPoverty, .by_region = true}));
  ASSERT_THAT(regions.regions, SizeIs(1));
  EXPECT_THAT(regions.regions[0].cells[0].attributes, ElementsAre(AttributeCounts{"poverty_line", 5, false, {2, 3}}));
  OthersPublishByLine(2024, {"other", "1.25_ppp_2005", "other", "other", "", ""});
  const auto few = Must(network_desk_.Summary({.year = 2024, .part = kPoverty}));
  EXPECT_THAT(few.regions[0].cells[0].attributes, ElementsAre(AttributeCounts{"poverty_line", 4, true, {}}));
}

TEST_F(NetworkDeskTest, WhoHoldsTheSameSaysTheSameAndACorrectionIsSeen) {
  OthersPublish(2023, {"90", "91", "92", "93", "94"});
  const std::string digest = Summary(2023).inputs_digest;
  EXPECT_THAT(digest, SizeIs(64));
  EXPECT_EQ(Must(network_desk_.Summary({.year = 2023})).inputs_digest, digest) << "whatever part is asked for";
  OthersPublish(2023, {"90.5"});
  EXPECT_NE(Summary(2023).inputs_digest, digest);
}

TEST_F(NetworkDeskTest, MovementIsAgainstTheLastEarlierValue) {
  OthersPublish(2020, {"50", "50", "50", "50", "50", "50"});
  OthersPublish(2021, {"60", "95"});
  OthersPublish(2023, {"61", "94", "50", "51", "49", "50.00"});
  const auto summary = Summary(2023).regions[0].cells[0];
  EXPECT_EQ(summary.movement.up, 2u);
  EXPECT_EQ(summary.movement.down, 2u);
  EXPECT_EQ(summary.movement.same, 2u);
}

TEST_F(NetworkDeskTest, ACityCountsOnceWhateverFrameworksItReportsUnder) {
  OthersPublish(2022, {"80", "81", "82", "83", "84"});
  OthersPublish(2023, {"90", "91", "92", "93", "94"});
  const auto before = Summary(2023);
  for (const char* version : {"2009", "2030"}) {
    OtherPublishesUnder(version, 0, 2022, "99");
    OtherPublishesUnder(version, 0, 2023, "10");
  }
  const auto after = Summary(2023);
  EXPECT_EQ(after.cities, 5u);
  EXPECT_EQ(after.regions[0].cells[0].n, 5u);
  EXPECT_EQ(after.regions[0].cells[0].spread, before.regions[0].cells[0].spread) << "that of our framework counts";
  EXPECT_EQ(after.regions[0].cells[0].movement.up, 5u) << "and so before";
}

TEST_F(NetworkDeskTest, WithoutASetOfOurFrameworkTheLastOneCounts) {
  OthersPublish(2023, {"90", "91", "92", "93"});
  OtherPublishesUnder("2030", 4, 2023, "96");
  OtherPublishesUnder("2009", 4, 2023, "10");
  const auto cells = Summary(2023).regions[0].cells;
  ASSERT_THAT(cells, SizeIs(1));
  EXPECT_EQ(cells[0].n, 5u);
  EXPECT_EQ(cells[0].spread.mean, "92.4");
}

TEST_F(NetworkDeskTest, RegionsAreWithheldByThemselves) {
  OthersPublish(2023, {"90", "91", "92", "93", "94"});
  const auto summary = Must(network_desk_.Summary({.year = 2023, .part = "", .by_region = true}));
  ASSERT_THAT(summary.regions, SizeIs(1));
  EXPECT_EQ(summary.regions[0].region, network_.roster().state().Find("de-bonn")->region);
  EXPECT_FALSE(summary.regions[0].cells[0].withheld);
}

TEST_F(NetworkDeskTest, ShufflingTheValuesChangesNothingOfTheOrder) {
  std::vector<std::string> values = {"90", "91", "92", "93", "94", "95"};
  OthersPublish(2023, values);
  const auto before = Must(network_desk_.Coverage(2022)).without_set;
  const std::string median = Summary(2023).regions[0].cells[0].spread.median;
  std::shuffle(values.begin(), values.end(), std::mt19937(3));
  OthersPublish(2023, values);
  EXPECT_EQ(Must(network_desk_.Coverage(2022)).without_set, before);
  EXPECT_EQ(Summary(2023).regions[0].cells[0].spread.median, median);
}

TEST_F(NetworkDeskTest, CoverageCountsAnswersAndNamesWhoHasNone) {
  OthersPublish(2022, {"90", "91", "92", "93", "94", "95"});
  OthersPublish(2023, {"90", "91"});
  ImportsRow(kUnemployment, 2023, "5");
  const auto coverage = Must(network_desk_.Coverage(2023));
  EXPECT_EQ(coverage.counts.members, 8u);
  EXPECT_EQ(coverage.counts.reporting, 2u);
  EXPECT_THAT(coverage.without_set, ElementsAre("de-aachen", "de-bonn", "de-hagen", "de-jena", "de-kiel", "de-trier"));
  const auto position = node::catalogue::CurrentCatalogue().FindCell(kLiteracy)->position;
  EXPECT_EQ(coverage.counts.cells[position].reporting, 2u);
  EXPECT_EQ(coverage.counts.cells[position].chosen, 6u);
  ASSERT_THAT(coverage.counts.by_region, SizeIs(1));
}

TEST_F(NetworkDeskTest, ASetThatWasTakenBackIsNone) {
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  EXPECT_EQ(Must(network_desk_.Coverage(2023)).counts.reporting, 1u);
  Must(desk_.Withdraw(2023, "a mistake"));
  EXPECT_EQ(Must(network_desk_.Coverage(2023)).counts.reporting, 0u);
  EXPECT_EQ(Summary(2023).cities, 0u);
}

TEST_F(NetworkDeskTest, YearsAndPartsThatAreNoneAreRefused) {
  EXPECT_THAT(network_desk_.Coverage(23), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(network_desk_.Summary({.year = 23}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(network_desk_.Summary({.year = 2023, .part = "9"}), StatusIs(StatusCode::kNotFound));
}

}  // namespace
}  // namespace hansa::testing
