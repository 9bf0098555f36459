#include "node/desk/progress_desk.h"

#include <string>

#include "node/desk/strategy_desk.h"
#include "node/desk/target_desk.h"
#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::CellDifference;
using node::desk::ParseSetChoice;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProgressDeskTest : public DeskTest {
 protected:
  ProgressDeskTest() {
    LetCitiesWrite(network_, replication::kStrategies);
    node_.Refresh();
  }
  node::desk::SetDifference Difference(const char* before, const char* after) {
    return Must(progress_.Difference("", Must(ParseSetChoice(before)), Must(ParseSetChoice(after))));
  }

  node::desk::ProgressDesk progress_{node_, node::catalogue::CurrentCatalogue(), node_.views()};
};

TEST_F(ProgressDeskTest, EachCellIsASeriesOfItsOwn) {
  for (const auto& [year, value] : std::map<int, const char*>{{2021, "97"}, {2022, "97.5"}, {2023, "98"}}) {
    ImportsRow(kLiteracy, year, value);
  }
  ImportsRow(kUnemployment, 2023, "5");
  Publishes();
  ImportsRow(kLiteracy, 2024, "50");  // a draft is nobody's progress yet
  const auto progress = Must(progress_.ProgressOf("", ""));
  EXPECT_EQ(progress.member, "de-bonn");
  ASSERT_THAT(progress.cells, SizeIs(2));
  EXPECT_EQ(progress.cells[0].cell->id, kLiteracy);
  EXPECT_THAT(progress.cells[0].series.points, SizeIs(3));
  EXPECT_EQ(progress.cells[0].series.difference, "1");
  EXPECT_EQ(progress.cells[0].series.meaning, node::domain::Meaning::kTowards);
  EXPECT_EQ(progress.cells[1].cell->id, kUnemployment);
  EXPECT_EQ(progress.cells[1].series.difference, "");
}

TEST_F(ProgressDeskTest, OwnTargetsAndStrategiesStandBesideTheFigures) {
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kUnemployment, 2023, "5");
  Publishes();
  node::desk::TargetDesk targets(node_, node::catalogue::CurrentCatalogue(), node_.views(), [] { return 2000; });
  Must(targets.Set({.cell = kLiteracy, .value = "99", .by_year = 2030}));
  node::desk::StrategyDesk strategies(node_, node::catalogue::CurrentCatalogue(), node_.views());
  Must(strategies.Add({.name = "s.json", .content = R"({"title": "Reading city", "language": "en",
      "starts_on": "2021-03-01", "features": ["1.1.1"]})"}));
  Must(strategies.Add({.name = "t.json", .content = R"({"title": "Without a day", "language": "en",
      "features": ["1.1.1"]})"}));
  const auto cells = Must(progress_.ProgressOf("", "")).cells;
  ASSERT_THAT(cells, SizeIs(2));
  ASSERT_TRUE(cells[0].target.has_value());
  EXPECT_EQ(cells[0].target->value, "99");
  ASSERT_THAT(cells[0].strategies, SizeIs(1));
  EXPECT_EQ(cells[0].strategies[0].start_year(), 2021);
  EXPECT_FALSE(cells[1].target.has_value());
  EXPECT_THAT(cells[1].strategies, IsEmpty());
  Must(targets.Withdraw(kLiteracy));
  EXPECT_FALSE(Must(progress_.ProgressOf("", "")).cells[0].target.has_value());
}

TEST_F(ProgressDeskTest, PartsOfTheFrameworkAreFound) {
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kUnemployment, 2023, "5");
  Publishes();
  const auto cells = [&](const char* part) { return Must(progress_.ProgressOf("de-bonn", part)).cells.size(); };
  EXPECT_EQ(cells("1"), 2u);
  EXPECT_EQ(cells("1.1"), 1u);
  EXPECT_EQ(cells("1.1.1"), 1u);
  EXPECT_EQ(cells("1.1.1/adult-literacy-rate"), 1u);
  EXPECT_EQ(cells(kLiteracy), 1u);
  EXPECT_EQ(cells("2"), 0u);
  EXPECT_THAT(progress_.ProgressOf("de-bonn", "1.1.9"), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(progress_.ProgressOf("de-bonn", "1."), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(progress_.ProgressOf("de-bon", ""), StatusIs(StatusCode::kNotFound, "de-bonn"));
}

TEST_F(ProgressDeskTest, TwoRevisionsDifferCellByCell) {
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  Must(desk_.Edit({.year = 2023, .cell = kLiteracy, .fields = {{"value", "98.5"}, {"note", "counted anew"}}}));
  ImportsRow(kUnemployment, 2023, "5");
  Publishes(2023, "counted anew");
  const auto difference = Difference("2023:1", "2023");
  EXPECT_EQ(difference.before.revision, 1u);
  EXPECT_EQ(difference.after.revision, 2u);
  ASSERT_THAT(difference.cells, SizeIs(2));
  EXPECT_EQ(difference.cells[0].cell, kLiteracy);
  EXPECT_THAT(difference.cells[0].fields, ElementsAre("note", "value"));
  EXPECT_EQ(difference.cells[0].before->value->text(), "98");
  EXPECT_EQ(difference.cells[0].after->value->text(), "98.5");
  EXPECT_EQ(difference.cells[1].before, std::nullopt);
  EXPECT_THAT(difference.cells[1].fields, IsEmpty());
  EXPECT_THAT(Difference("2023", "2023:2").cells, IsEmpty());
}

TEST_F(ProgressDeskTest, TwoYearsAreCompared) {
  ImportsRow(kLiteracy, 2022, "97");
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  const auto difference = Difference("2022", "2023");
  ASSERT_THAT(difference.cells, SizeIs(1));
  EXPECT_THAT(difference.cells[0].fields, ElementsAre("value"));
}

TEST_F(ProgressDeskTest, TheCityIsTheLevelOfWhatSaysNone) {
  ImportsRow(kLiteracy, 2022, "97");
  ImportsRow(kLiteracy, 2023, "97");
  ImportsRow(kUnemployment, 2022, "5");
  ImportsRow(kUnemployment, 2023, "5");
  Must(desk_.Edit({.year = 2023, .cell = kLiteracy, .fields = {{"level", "city"}}}));
  Must(desk_.Edit({.year = 2023, .cell = kUnemployment, .fields = {{"level", "region"}, {"area", "the Rhineland"}}}));
  Publishes();
  const auto difference = Difference("2022", "2023");
  ASSERT_THAT(difference.cells, SizeIs(1));
  EXPECT_EQ(difference.cells[0].cell, kUnemployment);
  EXPECT_THAT(difference.cells[0].fields, ElementsAre("area", "level"));
}

TEST_F(ProgressDeskTest, RevisionsThatAreNotThereAreSaid) {
  ImportsRow(kLiteracy, 2023, "98");
  Publishes();
  const node::desk::SetChoice standing{2023, std::nullopt};
  EXPECT_THAT(progress_.Difference("", standing, {2022, std::nullopt}),
              StatusIs(StatusCode::kNotFound, "nothing was published"));
  EXPECT_THAT(progress_.Difference("", standing, {2023, 2}), StatusIs(StatusCode::kNotFound, "the last is 1"));
  Must(desk_.Withdraw(2023, "a mistake"));
  EXPECT_THAT(progress_.Difference("", standing, {2023, 1}), StatusIs(StatusCode::kFailedPrecondition, "2023:1"));
}

TEST_F(ProgressDeskTest, AChoiceIsAYearOrARevision) {
  EXPECT_EQ(Must(ParseSetChoice("2023")).year, 2023);
  EXPECT_EQ(Must(ParseSetChoice("2023")).revision, std::nullopt);
  EXPECT_EQ(Must(ParseSetChoice("2023:4")).revision, 4u);
  for (const char* text : {"", ":", "23", "2023:", "2023:0", "2023:-1", "2023:x", "2023:1:2"}) {
    EXPECT_THAT(ParseSetChoice(text), StatusIs(StatusCode::kInvalidArgument)) << text;
  }
}

TEST_F(ProgressDeskTest, CitiesStandSideBySideByName) {
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kLiteracy, 2022, "97");
  ImportsRow(kUnemployment, 2023, "5");
  Publishes();
  AachenPublishes(2023, kLiteracy, "12");
  const auto rows = [&](node::desk::BesideRequest request) {
    std::vector<std::string> lines;
    for (const auto& row : Must(progress_.BesideEachOther(request)).rows) lines.push_back(Line(row));
    return lines;
  };
  EXPECT_THAT(rows({.part = "1.1.1/adult-literacy-rate", .members = {"de-bonn", "de-aachen", "de-bonn"}}),
              ElementsAre("de-aachen 2023 1.1.1/adult-literacy-rate#total 12 r1",
                          "de-bonn 2022 1.1.1/adult-literacy-rate#total 97 r1",
                          "de-bonn 2023 1.1.1/adult-literacy-rate#total 98 r1"));
  EXPECT_THAT(rows({.part = kLiteracy, .members = {"de-bonn", "de-aachen"}, .from = 2023, .to = 2023}), SizeIs(2));
  EXPECT_THAT(progress_.BesideEachOther({.part = kLiteracy, .members = {"de-bonn", "de-bonn"}}),
              StatusIs(StatusCode::kInvalidArgument, "at least two"));
  EXPECT_THAT(
      progress_.BesideEachOther({.part = kLiteracy, .members = {"de-bonn", "de-aachen"}, .from = 2023, .to = 2022}),
      StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace hansa::testing
