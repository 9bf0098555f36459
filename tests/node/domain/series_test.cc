#include "node/domain/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/catalogue/current.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;

constexpr const char* kHigherIsBetter = "1.1.1/adult-literacy-rate#total";
constexpr const char* kLowerIsBetter = "1.2.2/unemployment-rate#total";

const catalogue::Measurement& MeasurementOf(const char* cell) {
  return *catalogue::CurrentCatalogue().FindCell(cell)->measurement;
}

// A direction that says nothing of better or worse.
const catalogue::Measurement& WithoutDirection() {
  for (const catalogue::Measurement& measurement : catalogue::CurrentCatalogue().measurements()) {
    if (measurement.direction != "higher_is_better" && measurement.direction != "lower_is_better") return measurement;
  }
  ADD_FAILURE() << "every row has a direction";
  return catalogue::CurrentCatalogue().measurements().front();
}

SeriesPoint Point(int year, const char* value, SourceKind kind = SourceKind::kOfficialData) {
  SeriesPoint point{.year = year, .observation = {}};
  point.observation.source_kind = kind;
  if (*value != '\0') point.observation.value = Decimal::Parse(value).value();
  return point;
}

std::vector<bool> Joins(const Series& series) {
  std::vector<bool> joins;
  for (const SeriesPoint& point : series.points) joins.push_back(point.joins);
  return joins;
}

TEST(SeriesTest, IsReadAgainstItsFirstValue) {
  const Series series =
      SeriesOf(MeasurementOf(kHigherIsBetter), {Point(2021, "98.50"), Point(2019, "97.25"), Point(2020, "99")});
  ASSERT_TRUE(series.latest && series.baseline);
  EXPECT_EQ(series.points[*series.baseline].year, 2019);
  EXPECT_EQ(series.points[*series.latest].year, 2021);
  EXPECT_EQ(series.difference, "1.25");
  EXPECT_EQ(series.moved, Moved::kUp);
  EXPECT_EQ(series.meaning, Meaning::kTowards);
  EXPECT_THAT(Joins(series), ElementsAre(false, true, true));
}

TEST(SeriesTest, WhatUpMeansIsTheRowsOwn) {
  const std::vector<SeriesPoint> rising = {Point(2019, "5"), Point(2020, "6")};
  EXPECT_EQ(SeriesOf(MeasurementOf(kHigherIsBetter), rising).meaning, Meaning::kTowards);
  EXPECT_EQ(SeriesOf(MeasurementOf(kLowerIsBetter), rising).meaning, Meaning::kAway);
  const Series without = SeriesOf(WithoutDirection(), rising);
  EXPECT_EQ(without.moved, Moved::kUp);
  EXPECT_EQ(without.meaning, Meaning::kNone);
}

TEST(SeriesTest, TheSameNumberWrittenOtherwiseIsNoMovement) {
  const Series series = SeriesOf(MeasurementOf(kHigherIsBetter), {Point(2019, "5"), Point(2020, "5.0")});
  EXPECT_EQ(series.moved, Moved::kNowhere);
  EXPECT_EQ(series.meaning, Meaning::kNone);
  EXPECT_EQ(series.difference, "0");
}

TEST(SeriesTest, NoDataIsAGapAndJoinsNothing) {
  const Series series = SeriesOf(MeasurementOf(kHigherIsBetter), {Point(2019, "5"), Point(2020, ""), Point(2021, "6")});
  EXPECT_THAT(Joins(series), ElementsAre(false, false, true)) << "the values on both sides rest on the same";
  EXPECT_EQ(series.difference, "1");
}

TEST(SeriesTest, ValuesThatRestOnOtherThingsAreNotJoinedAndNotSubtracted) {
  const Series series =
      SeriesOf(MeasurementOf(kHigherIsBetter), {Point(2018, "90"), Point(2019, "70", SourceKind::kSurvey),
                                                Point(2020, "91"), Point(2021, "72", SourceKind::kSurvey)});
  EXPECT_THAT(Joins(series), ElementsAre(false, false, false, false));
  ASSERT_TRUE(series.baseline);
  EXPECT_EQ(series.points[*series.baseline].year, 2019);
  EXPECT_EQ(series.difference, "2");
}

TEST(SeriesTest, AWiderAreaIsShownAndNotCompared) {
  std::vector<SeriesPoint> points = {Point(2018, "90"), Point(2019, "91"), Point(2020, "50")};
  points[2].observation.level = AreaLevel::kRegion;
  const Series series = SeriesOf(MeasurementOf(kHigherIsBetter), points);
  EXPECT_EQ(series.points.size(), 3u);
  EXPECT_EQ(series.difference, "1");
}

TEST(SeriesTest, OneValueIsNoProgress) {
  for (const std::vector<SeriesPoint>& points : {std::vector<SeriesPoint>{},
                                                 {Point(2019, "5")},
                                                 {Point(2019, "")},
                                                 {Point(2019, "5"), Point(2020, "6", SourceKind::kSurvey)}}) {
    const Series series = SeriesOf(MeasurementOf(kHigherIsBetter), points);
    EXPECT_FALSE(series.latest || series.baseline);
    EXPECT_EQ(series.difference, "");
    EXPECT_EQ(series.moved, Moved::kNowhere);
  }
}

}  // namespace
}  // namespace hansa::node::domain
