// Surveys and ratings in what the network says together: a city counts once in each group, with the word that goes
// first; every expert's rating counts at its level; a word that the list of keys does not bear out counts nowhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "node/desk/network_desk.h"
#include "node/desk/progress_desk.h"
#include "node/desk/summary_desk.h"
#include "tests/testing/reviews.h"

namespace hansa::testing {
namespace {

using node::desk::NetworkCoverage;
using node::summary::CellSummary;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kCulture[] = "1.2.4/participation-in-cultural-activities";
constexpr int kYear = 2025;

// Six cities, and the hub.
class NetworkWordsTest : public ::testing::Test {
 protected:
  struct City {
    Applicant applicant;
    replication::Member number;
    std::optional<FeedWriter> sets, reviews;
    std::optional<Rated> report = {};
  };

  NetworkWordsTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kReviews);
    network_.AdmitAuthority(germany_);
    for (const char* slug : {"de-bonn", "de-essen", "de-gotha", "de-hagen", "de-jena", "de-kiel"}) {
      City& city = cities_.emplace_back(City{CityNamed(slug, "DEU"), {}, {}, {}});
      city.number = network_.AdmitCity(city.applicant, germany_);
    }
    for (const Applicant* signer : {&expert_, &second_, &agency_}) ListKey(network_, *signer);
    for (City& city : cities_) {
      const auto feed = [&](replication::Collection collection) {
        return FeedWriter(network_.id(), *network_.roster().PresentFeed(city.number, collection),
                          city.applicant.writer);
      };
      city.sets.emplace(feed(replication::kIndicators));
      city.reviews.emplace(feed(replication::kReviews));
    }
    for (const replication::VerifiedUnit& unit : network_.units()) hub_.Receive(unit);
    hub_.Refresh();
  }

  template <typename Record>
  replication::VerifiedUnit Publishes(City& city, const std::string& record, const Record& content) {
    const replication::VerifiedUnit unit = city.reviews->Publish({EntryOf(RecordNamed(record), content)});
    hub_.Receive(unit);
    Must(hub_.AwaitViews());
    return unit;
  }
  void IsRated(City& city, const Applicant& expert, std::uint32_t rating, std::uint32_t year = kYear) {
    if (!city.report) city.report = RatedIn(Publishes(city, "report", ReportNamed("Report")));
    Publishes(city, absl::StrCat("rating ", ++ratings_),
              SignedRating(network_, expert, RatingOf(*city.report, expert, rating, year)));
  }
  void PublishesSet(City& city, int year, const char* cell, const char* value, node::domain::SourceKind kind) {
    node::domain::Observation observation = ObservationOf(cell, value);
    observation.source_kind = kind;
    hub_.Receive(city.sets->Publish({EntryOf(RecordNamed(absl::StrCat("set ", year)), SetOf(year, {observation}))}));
    Must(hub_.AwaitViews());
  }
  std::vector<CellSummary> Summary(const char* cell, int year = kYear) const {
    const auto summary = Must(desk_.Summary({.year = year, .part = cell}));
    return summary.regions.empty() ? std::vector<CellSummary>() : summary.regions[0].cells;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant expert_ = ExpertNamed("int-expert"), second_ = ExpertNamed("int-other"), stranger_ = ExpertNamed("int-no"),
            agency_ = AgencyNamed("int-institute");
  std::deque<City> cities_;
  FakeNode hub_{network_, network_.hub()};
  node::desk::NetworkDesk desk_{hub_, node::catalogue::CurrentCatalogue(), hub_.views()};
  int ratings_ = 0;
};

TEST_F(NetworkWordsTest, EveryRatingCountsAtItsLevelAndEveryCityOnce) {
  for (std::size_t i = 0; i < 4; ++i) IsRated(cities_[i], expert_, 4);
  IsRated(cities_[0], second_, 2);
  EXPECT_TRUE(Summary(kAdvocacy)[0].withheld) << "five ratings of four cities";
  IsRated(cities_[4], expert_, 5);
  IsRated(cities_[5], stranger_, 1);
  const std::vector<CellSummary> cells = Summary(kAdvocacy);
  ASSERT_THAT(cells, SizeIs(1));
  EXPECT_EQ(cells[0].group.source_kind, node::domain::SourceKind::kExpertReview);
  EXPECT_EQ(cells[0].n, 5u);
  EXPECT_THAT(cells[0].levels, ElementsAre(0u, 1u, 0u, 4u, 1u));
  EXPECT_TRUE(cells[0].movement_withheld);
  EXPECT_EQ(Must(desk_.Summary({.year = kYear})).cities, 5u);
}

TEST_F(NetworkWordsTest, OfSeveralSurveysOfACityTheAgencysCounts) {
  using node::domain::SourceKind;
  for (City& city : cities_) PublishesSet(city, kYear, kTogether, "10", SourceKind::kSurvey);
  for (std::size_t i = 0; i < 5; ++i) {
    City& city = cities_[i];
    Publishes(city, "delivered", Delivered(network_, agency_, SurveyOf(city.number, {{kTogether, "60"}})));
    Publishes(city, "entered", Entered(SurveyOf(city.number, {{kTogether, "40"}})));
  }
  Publishes(cities_[5], "entered", Entered(SurveyOf(cities_[5].number, {{kTogether, "40"}})));
  const std::vector<CellSummary> cells = Summary(kTogether);
  ASSERT_THAT(cells, SizeIs(1));
  EXPECT_EQ(cells[0].n, 6u);
  EXPECT_EQ(cells[0].spread.q1, "60");
  EXPECT_EQ(cells[0].spread.mean, "56.666666667") << "five times 60, once 40, and never 10";
}

TEST_F(NetworkWordsTest, OfficialFiguresAndSurveysAreNeverPooled) {
  using node::domain::SourceKind;
  for (City& city : cities_) {
    PublishesSet(city, kYear, kCulture, "2", SourceKind::kOfficialData);
    Publishes(city, "entered", Entered(SurveyOf(city.number, {{kCulture, "3"}})));
  }
  const std::vector<CellSummary> cells = Summary(kCulture);
  ASSERT_THAT(cells, SizeIs(2));
  EXPECT_THAT(cells, Each(Field(&CellSummary::n, 6u)));
  EXPECT_EQ(cells[0].spread.median, "2");
  EXPECT_EQ(cells[1].spread.median, "3");
}

TEST_F(NetworkWordsTest, ASurveyMovesAgainstTheCitysLastOfItsGroup) {
  using node::domain::SourceKind;
  for (City& city : cities_) {
    PublishesSet(city, kYear - 3, kTogether, "90", SourceKind::kSurvey);
    Publishes(city, "before", Delivered(network_, agency_, SurveyOf(city.number, {{kTogether, "50"}}, kYear - 1)));
    Publishes(city, "now", Delivered(network_, agency_, SurveyOf(city.number, {{kTogether, "60"}})));
  }
  EXPECT_EQ(Summary(kTogether)[0].movement.up, 6u);
}

TEST_F(NetworkWordsTest, CoverageCountsWhatIsAnsweredByASurvey) {
  Publishes(cities_[0], "survey", Entered(SurveyOf(cities_[0].number, {{kTogether, "60"}})));
  IsRated(cities_[1], expert_, 4, kYear - 1);
  const NetworkCoverage coverage = Must(desk_.Coverage(kYear));
  EXPECT_EQ(coverage.counts.reporting, 1u);
  EXPECT_THAT(coverage.without_set, SizeIs(5));
  for (const node::summary::CellCoverage& cell : coverage.counts.cells) {
    EXPECT_EQ(cell.reporting, cell.cell == kTogether ? 1u : 0u) << cell.cell;
    EXPECT_EQ(cell.chosen, cell.cell == kTogether || cell.cell == kAdvocacy ? 1u : 0u) << cell.cell;
  }
}

TEST_F(NetworkWordsTest, TheDigestSaysWhichRecordsCounted) {
  const auto digest = [&] { return Must(desk_.Summary({.year = kYear})).inputs_digest; };
  const std::string nothing = digest();
  Publishes(cities_[0], "survey", Entered(SurveyOf(cities_[0].number, {{kTogether, "60"}})));
  const std::string one = digest();
  EXPECT_NE(one, nothing);
  Publishes(cities_[0], "survey", Entered(SurveyOf(cities_[0].number, {{kTogether, "61"}})));
  EXPECT_NE(digest(), one);
}

TEST_F(NetworkWordsTest, APublishedSummaryWithRatingsIsComputedAgain) {
  for (City& city : cities_) IsRated(city, expert_, 4);
  IsRated(cities_[0], second_, 2);
  node::desk::SummaryDesk summaries(hub_, node::catalogue::CurrentCatalogue(), hub_.views());
  Must(summaries.Publish(kYear, ""));
  const auto ok = [&] {
    const auto verified = Must(summaries.Verify(kYear));
    return verified.size() == 1 && verified[0].ok;
  };
  EXPECT_TRUE(ok());
  IsRated(cities_[1], second_, 1);
  EXPECT_TRUE(ok()) << "what has come since changes nothing";
}

TEST_F(NetworkWordsTest, ProgressHasASeriesForEachWord) {
  using node::domain::SourceKind;
  City& bonn = cities_[0];
  PublishesSet(bonn, kYear - 1, kTogether, "10", SourceKind::kSurvey);
  Publishes(bonn, "entered", Entered(SurveyOf(bonn.number, {{kTogether, "40"}}, kYear - 1)));
  Publishes(bonn, "first", Delivered(network_, agency_, SurveyOf(bonn.number, {{kTogether, "60"}}, kYear - 1)));
  Publishes(bonn, "second", Delivered(network_, agency_, SurveyOf(bonn.number, {{kTogether, "62.5"}})));
  const node::desk::ProgressDesk desk(hub_, node::catalogue::CurrentCatalogue(), hub_.views());
  const auto progress = Must(desk.ProgressOf("de-bonn", kTogether));
  ASSERT_THAT(progress.cells, SizeIs(3));
  EXPECT_EQ(progress.cells[0].series.points[0].observation.word_of, "");
  EXPECT_EQ(progress.cells[1].series.points[0].observation.word_of, "entered by the city");
  EXPECT_EQ(progress.cells[2].series.points[0].observation.word_of, "signed by agency int-institute");
  EXPECT_EQ(progress.cells[2].series.difference, "2.5");
  EXPECT_EQ(progress.cells[0].series.difference, "");
}

}  // namespace
}  // namespace hansa::testing
