#include "node/report/chart_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/node/report/documents.h"

namespace hansa::node::report {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr ChartBox kBox{.width = 400, .height = 200, .text_size = 10};

std::vector<std::string> Labels(const std::vector<PlanTick>& ticks) {
  std::vector<std::string> labels;
  for (const PlanTick& tick : ticks) labels.push_back(tick.label);
  return labels;
}

Chart Of(std::vector<std::string> values, const std::string& least = "", const std::string& greatest = "") {
  Chart chart{.least = least, .greatest = greatest};
  int year = 2000;
  for (std::string& value : values) chart.dots.push_back({year++, std::move(value), false});
  return chart;
}

TEST(ChartPlan, LinesJoinOnlyWhatMayBeCompared) {
  const ChartPlan plan = PlanChart(SomeChart(), kBox);
  EXPECT_THAT(plan.dots, SizeIs(3)) << "a year without a value has no dot";
  ASSERT_THAT(plan.lines, SizeIs(1)) << "2018 to 2020, and none to 2021";
  EXPECT_EQ(plan.lines[0].from.x, plan.dots[0].x);
  EXPECT_EQ(plan.lines[0].to.x, plan.dots[1].x);
  EXPECT_GT(plan.dots[1].y, plan.dots[0].y) << "a lesser value stands lower";
}

TEST(ChartPlan, MarksStandAtTheirYearsAndTargetsAtTheirValues) {
  const ChartPlan plan = PlanChart(SomeChart(), kBox);
  ASSERT_THAT(plan.marks, SizeIs(2));
  EXPECT_EQ(plan.marks[0].letters, "A");
  EXPECT_EQ(plan.marks[0].x, plan.dots[1].x);
  EXPECT_FALSE(plan.marks[0].y);
  EXPECT_EQ(plan.marks[1].letters, "B");
  EXPECT_EQ(plan.marks[1].x, plan.right) << "the axis goes on to the year of the target";
  ASSERT_TRUE(plan.marks[1].y);
  EXPECT_GT(*plan.marks[1].y, plan.dots[1].y);
}

TEST(ChartPlan, LinesInOnePlaceShareTheirLetters) {
  Chart chart = Of({"1", "2"});
  chart.marks = {{2000, "one", ""}, {2000, "two", ""}, {2001, "three", ""}};
  const ChartPlan plan = PlanChart(chart, kBox);
  ASSERT_THAT(plan.marks, SizeIs(2));
  EXPECT_EQ(plan.marks[0].letters, "A B");
  EXPECT_EQ(plan.marks[1].letters, "C");
}

TEST(ChartPlan, TheAxisBeginsWithTheLeastAndEndsWithTheGreatestThatIsOfUse) {
  EXPECT_THAT(Labels(PlanChart(Of({"60", "93.6"}, "0", "100"), kBox).values),
              ElementsAre("0", "20", "40", "60", "80", "100"));
  EXPECT_THAT(Labels(PlanChart(Of({"3", "8"}, "0", "100"), kBox).values), ElementsAre("0", "2", "4", "6", "8"));
  EXPECT_THAT(Labels(PlanChart(Of({"2", "3"}, "1", "5"), kBox).values), ElementsAre("1", "2", "3", "4", "5"))
      << "a scale is shown whole";
  EXPECT_THAT(Labels(PlanChart(Of({"0.02", "0.05"}, "0"), kBox).values),
              ElementsAre("0.00", "0.01", "0.02", "0.03", "0.04", "0.05"));
  EXPECT_THAT(Labels(PlanChart(Of({"-4", "4"}), kBox).values), ElementsAre("-4", "-2", "0", "2", "4"));
}

TEST(ChartPlan, EverythingLiesInTheBox) {
  for (const Chart& chart :
       {SomeChart(), Of({"123456789", "123456790"}, "0"), Of({"5"}), Of({"0", "0"}, "0"),
        Of({"999999999999999.999999999", "-999999999999999"}), Of({"", "1"}), Of({"1e400", "x", "2"})}) {
    const ChartPlan plan = PlanChart(chart, kBox);
    for (const PlanPoint& dot : plan.dots) {
      EXPECT_GE(dot.x, plan.left);
      EXPECT_LE(dot.x, plan.right + 1e-6);
      EXPECT_GE(dot.y, plan.top - 1e-6);
      EXPECT_LE(dot.y, plan.bottom + 1e-6);
    }
    EXPECT_LE(plan.values.size(), 12u);
    EXPECT_LT(plan.left, plan.right);
  }
  EXPECT_THAT(PlanChart(Chart{}, kBox).dots, IsEmpty());
}

TEST(ChartPlan, LongSeriesNameOnlySomeYears) {
  EXPECT_THAT(Labels(PlanChart(Of(std::vector<std::string>(200, "1")), kBox).years), SizeIs(::testing::Le(14)));
  EXPECT_THAT(Labels(PlanChart(Of({"1", "2", "3"}), kBox).years), ElementsAre("2000", "2001", "2002"));
}

TEST(ChartPlan, LettersGoOn) {
  EXPECT_EQ(LetterOf(0), "A");
  EXPECT_EQ(LetterOf(25), "Z");
  EXPECT_EQ(LetterOf(26), "AA");
}

}  // namespace
}  // namespace hansa::node::report
