#include "node/report/pdf_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace hansa::node::report {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

TEST(ColumnWidths, AddUpToTheWidthAndGiveEachWhatItAsksFor) {
  EXPECT_THAT(ColumnWidths({{20, 50}, {20, 150}}, 400), ElementsAre(100, 300)) << "stretched";
  EXPECT_THAT(ColumnWidths({{20, 50}, {40, 400}}, 300), ElementsAre(50, 250)) << "a narrow one is not broken";
  EXPECT_THAT(ColumnWidths({{50, 100}, {50, 300}}, 250), ElementsAre(75, 175)) << "each gives up the same part";
  EXPECT_THAT(ColumnWidths({{100, 300}, {300, 300}}, 200), ElementsAre(50, 150)) << "not even the words fit";
  for (const double width : {50.0, 120.0, 499.0}) {
    const auto widths = ColumnWidths({{30, 60}, {10, 10}, {45, 900}}, width);
    EXPECT_THAT(std::accumulate(widths.begin(), widths.end(), 0.0), DoubleNear(width, 1e-6));
  }
  EXPECT_THAT(ColumnWidths({{0, 0}, {0, 0}}, 100), ElementsAre(50, 50));
}

}  // namespace
}  // namespace hansa::node::report
