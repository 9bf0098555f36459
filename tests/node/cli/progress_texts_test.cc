// A city's own past as a person reads it: the line that draws it, its own target, and what it does.
#include <gmock/gmock.h>

#include <string>

#include "hansa/v1/node.pb.h"
#include "node/cli/json_of.h"
#include "node/cli/series_chart.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const Layout kTerminal{.columns = 80, .charts = true};

v1::CellProgress CellNamed(const char* cell) {
  v1::CellProgress progress;
  progress.set_cell(cell);
  progress.set_unit("percent");
  return progress;
}

v1::ProgressPoint& Add(v1::CellProgress& progress, std::uint32_t year, const char* value, bool joins = true) {
  v1::ProgressPoint& point = *progress.add_series();
  point.mutable_row()->set_year(year);
  if (*value != '\0') point.mutable_row()->set_value(value);
  point.set_joins(joins);
  return point;
}

TEST(SeriesChart, ARatingIsDrawnWithinItsSteps) {
  v1::CellProgress rated = CellNamed("2.6.1/advocacy-for-learning");
  Add(rated, 2020, "1", false);
  Add(rated, 2021, "3");
  Add(rated, 2022, "4");
  EXPECT_EQ(ChartLine(rated, kTerminal), "▁▅▇  2020–2022, from 1 to 5");
}

TEST(SeriesChart, AShareIsDrawnWithinTheCitysOwnValues) {
  v1::CellProgress literacy = CellNamed("1.1.1/adult-literacy-rate#total");
  Add(literacy, 2020, "97.1", false);
  Add(literacy, 2021, "98");
  Add(literacy, 2022, "99");
  EXPECT_EQ(ChartLine(literacy, kTerminal), "▁▄█  2020–2022, from 97.1 to 99");
}

TEST(SeriesChart, LeavesAGapWhereThereIsNoValueAndBreaksWhereTheFootingChanges) {
  v1::CellProgress literacy = CellNamed("1.1.1/adult-literacy-rate#total");
  Add(literacy, 2018, "99", false);
  Add(literacy, 2020, "");  // answered: no data
  Add(literacy, 2021, "99.5", false);
  EXPECT_EQ(ChartLine(literacy, kTerminal), "▁··|█  2018–2021, from 99 to 99.5");
}

TEST(SeriesChart, IsDrawnWithinTheCitysOwnValuesWhereTheRowHasNoBounds) {
  v1::CellProgress unknown = CellNamed("9.9.9/of-another-framework");
  Add(unknown, 2020, "1500", false);
  Add(unknown, 2021, "1750");
  Add(unknown, 2022, "2000.50");
  EXPECT_EQ(ChartLine(unknown, kTerminal), "▁▄█  2020–2022, from 1500 to 2000.50");
}

TEST(SeriesChart, IsLeftOutWhereItCannotBeSeen) {
  v1::CellProgress literacy = CellNamed("1.1.1/adult-literacy-rate#total");
  Add(literacy, 2020, "98", false);
  EXPECT_EQ(ChartLine(literacy, kTerminal), "") << "one value is no course";
  Add(literacy, 2021, "99");
  EXPECT_NE(ChartLine(literacy, kTerminal), "");
  EXPECT_EQ(ChartLine(literacy, {.columns = 80}), "") << "no such characters";
  EXPECT_EQ(ChartLine(literacy, {.columns = 20, .charts = true}), "") << "too narrow";
}

v1::ListProgressReply Literacy() {
  v1::ListProgressReply reply;
  v1::CellProgress& cell = *reply.add_cells();
  cell = CellNamed("1.1.1/adult-literacy-rate#total");
  Add(cell, 2020, "98", false);
  Add(cell, 2021, "99");
  cell.mutable_target()->set_value("99.5");
  cell.mutable_target()->set_by_year(2030);
  v1::StrategySummary& strategy = *cell.add_strategies();
  strategy.set_title("Reading\x1b[31m city");
  strategy.set_kind("strategy");
  strategy.set_starts_on("2021-03-01");
  v1::StrategySummary& action = *cell.add_strategies();
  action.set_title("Book bus");
  action.set_starts_on("2022-01-01");
  action.set_ends_on("2024-12-31");
  return reply;
}

TEST(ProgressTexts, TargetAndStrategiesStandUnderTheSeries) {
  const std::string text = TextOf(Literacy(), kTerminal);
  EXPECT_THAT(text, AllOf(HasSubstr("\n  target: 99.5 by 2030\n"), HasSubstr("\n  2022–2024: Book bus (action)\n"),
                          HasSubstr("since 2021: Reading"), HasSubstr("city (strategy)\n"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(TextOf(Literacy(), {.columns = 80, .words = words::Words(words::Language::kKorean)}),
              AllOf(HasSubstr("목표: 2030년까지 99.5"), HasSubstr("(전략)")));
}

TEST(ProgressTexts, WhatDiffersIsSaidWithWhatItWasAndIs) {
  v1::CompareIndicatorsReply reply;
  v1::IndicatorDifference& cell = *reply.add_cells();
  cell.mutable_before()->set_value("98");
  cell.mutable_after()->set_value("98.5");
  cell.mutable_before()->set_source("city register");
  cell.mutable_after()->set_source("census");
  cell.mutable_after()->set_note(std::string(200, 'x'));
  cell.mutable_after()->set_approved_by("mayor");
  for (const char* field : {"approved_by", "note", "source", "value"}) cell.add_fields(field);
  EXPECT_THAT(TextOf(reply, {}),
              HasSubstr("approved_by: not given → mayor; note; source: city register → census; value\n"));
}

TEST(ProgressTexts, JsonHasThemAsFieldsAndNoPicture) {
  const std::string json = JsonOf(Literacy());
  EXPECT_THAT(json,
              AllOf(HasSubstr("\"by_year\": 2030"), HasSubstr("\"starts_on\": \"2021-03-01\""), Not(HasSubstr("█"))));
  v1::ListProgressReply bare;
  Add(*bare.add_cells(), 2020, "98");
  EXPECT_THAT(JsonOf(bare), AllOf(HasSubstr("\"target\": null"), HasSubstr("\"strategies\": []")));
}

}  // namespace
}  // namespace hansa::node::cli
