// The past of a city's cells, by Aachen's desk: Bonn's sets, surveys and ratings as they were published.
#include "node/desk/cell_past.h"

#include <cstdint>
#include <string>
#include <vector>

#include "tests/node/desk/desk_fixture.h"
#include "tests/testing/reviews.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::HistoryRequest;
using node::desk::HistoryRow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "2025 CELL r1 61.4 signed by agency int-institute", and that it was taken back, and its fault.
std::string PastLine(const HistoryRow& row) {
  const std::string value = !row.observation         ? "-"
                            : row.observation->value ? row.observation->value->text()
                                                     : row.observation->no_data_reason;
  return absl::StrCat(row.year, " ", row.cell, " r", row.revision, " ", value, row.word_of.empty() ? "" : " ",
                      row.word_of, row.withdrawn ? ", taken back" : "", row.fault.empty() ? "" : "; ", row.fault);
}

class CellPastTest : public DeskTest {
 protected:
  CellPastTest() {
    LetCitiesWrite(network_, replication::kReviews);
    ListKey(network_, expert_);
    ListKey(network_, agency_);
    node_.Refresh();
  }
  void SetUp() override {
    DeskTest::SetUp();
    reviews_.emplace(network_.id(), *network_.roster().PresentFeed(aachen_number_, replication::kReviews),
                     aachen_.writer);
  }

  // Aachen publishes `entry` on that day.
  Rated Publishes(FeedWriter& writer, replication::NewEntry entry, std::uint64_t day) {
    entry.claimed_time_ms = day * 86'400'000;
    const replication::VerifiedUnit unit = writer.Publish({std::move(entry)});
    node_.Receive(unit);
    Must(node_.AwaitViews());
    return RatedIn(unit);
  }
  void PublishesSet(int year, const std::vector<std::pair<const char*, const char*>>& values, std::uint64_t day) {
    std::vector<node::domain::Observation> observations;
    for (const auto& [cell, value] : values) observations.push_back(ObservationOf(cell, value));
    Publishes(*aachen_writer_, EntryOf(RecordNamed(absl::StrCat(year)), SetOf(year, std::move(observations))), day);
  }
  void TakesBack(replication::Kind kind, const char* record, std::uint64_t day) {
    Publishes(*reviews_, Retraction(kind, RecordNamed(record)), day);
  }
  std::vector<std::string> Past(const HistoryRequest& request) {
    std::vector<std::string> lines;
    for (const HistoryRow& row : Must(desk_.History(request))) {
      EXPECT_EQ(row.member, "de-aachen");
      lines.push_back(PastLine(row));
    }
    return lines;
  }
  std::vector<std::string> Past(const std::string& cell, std::optional<int> year = {}) {
    return Past(HistoryRequest{.cell = cell, .member = "de-aachen", .year = year});
  }

  Applicant expert_ = ExpertNamed("int-expert"), agency_ = AgencyNamed("int-institute"),
            stranger_ = AgencyNamed("int-stranger");
  std::optional<FeedWriter> reviews_;
};

TEST_F(CellPastTest, OfEveryCellStandsInTheOrderOfTheCatalogueThenByYear) {
  PublishesSet(2024, {{kUnemployment, "5"}}, 1);
  PublishesSet(2023, {{kLiteracy, "98"}, {kUnemployment, "6"}}, 2);
  PublishesSet(2023, {{kLiteracy, "98.5"}}, 3);
  EXPECT_THAT(Past(""),
              ElementsAre("2023 1.1.1/adult-literacy-rate#total r1 98", "2023 1.1.1/adult-literacy-rate#total r2 98.5",
                          "2023 1.2.2/unemployment-rate#total r1 6", "2023 1.2.2/unemployment-rate#total r2 -",
                          "2024 1.2.2/unemployment-rate#total r1 5"));
  EXPECT_THAT(Past("", 2024), ElementsAre("2024 1.2.2/unemployment-rate#total r1 5"));
  EXPECT_THAT(Past(kLiteracy, 2023), ElementsAre("2023 1.1.1/adult-literacy-rate#total r1 98",
                                                 "2023 1.1.1/adult-literacy-rate#total r2 98.5"));
  EXPECT_THAT(Past("", 2022), IsEmpty());
}

TEST_F(CellPastTest, ASurveyStandsBesideTheSetsAsItWasPublished) {
  PublishesSet(2025, {{kTogether, "60"}}, 1);
  const v1::SurveyBody first = SurveyOf(aachen_number_, {{kTogether, "61"}, {kServices, "70"}});
  Publishes(*reviews_, EntryOf(RecordNamed("survey"), Entered(first)), 2);
  PublishesSet(2025, {{kTogether, "62"}}, 3);
  v1::SurveyResult corrected = Delivered(network_, agency_, SurveyOf(aachen_number_, {{kTogether, "63"}}));
  corrected.set_revision_reason("delivered by the agency");
  Publishes(*reviews_, EntryOf(RecordNamed("survey"), corrected), 4);
  TakesBack(replication::kSurveyResult, "survey", 5);
  EXPECT_THAT(Past(kTogether), ElementsAre("2025 2.5.2/learning-to-live-together r1 60",
                                           "2025 2.5.2/learning-to-live-together r1 61 entered by the city",
                                           "2025 2.5.2/learning-to-live-together r2 62",
                                           "2025 2.5.2/learning-to-live-together r2 63 signed by agency int-institute",
                                           "2025 2.5.2/learning-to-live-together r3 - signed by agency int-institute, "
                                           "taken back"));
  EXPECT_EQ(Must(desk_.History({.cell = kTogether, .member = "de-aachen"}))[3].reason, "delivered by the agency");
  EXPECT_THAT(Past(kServices), ElementsAre("2025 2.6.2/information-and-services r1 70 entered by the city",
                                           "2025 2.6.2/information-and-services r2 - signed by agency int-institute",
                                           "2025 2.6.2/information-and-services r3 - signed by agency int-institute, "
                                           "taken back"));
}

TEST_F(CellPastTest, ARatingIsOfTheYearOfItsReport) {
  const Rated report = Publishes(*reviews_, EntryOf(RecordNamed("report"), ReportNamed("Report", 2024)), 1);
  const v1::RatingBody body = RatingOf(report, expert_, 4, 0);
  Publishes(*reviews_, EntryOf(RecordNamed("rating"), SignedRating(network_, expert_, body)), 2);
  EXPECT_THAT(Past(kAdvocacy), ElementsAre("2024 2.6.1/advocacy-for-learning r1 4 signed by expert int-expert"));
  EXPECT_THAT(Past(kAdvocacy, 2025), IsEmpty());
  EXPECT_THAT(Past("", 2024), ElementsAre("2024 2.6.1/advocacy-for-learning r1 4 signed by expert int-expert"));
}

TEST_F(CellPastTest, WhatDoesNotStandIsThereWithTheReason) {
  const v1::SurveyResult delivered = Delivered(network_, stranger_, SurveyOf(aachen_number_, {{kTogether, "61"}}));
  Publishes(*reviews_, EntryOf(RecordNamed("survey"), delivered), 1);
  const std::vector<HistoryRow> past = Must(desk_.History({.cell = kTogether, .member = "de-aachen"}));
  ASSERT_EQ(past.size(), 1u);
  EXPECT_EQ(past[0].word_of, "signed by agency int-stranger");
  EXPECT_FALSE(past[0].fault.empty());
}

TEST_F(CellPastTest, YearsAndCellsThatAreNoneAreRefused) {
  EXPECT_THAT(desk_.History({.cell = "", .member = "de-aachen", .year = 1800}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(desk_.History({.cell = "9.9.9/happiness", .member = "de-aachen"}), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Past(""), IsEmpty());
}

}  // namespace
}  // namespace hansa::testing
