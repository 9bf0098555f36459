#include "node/summary/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "node/catalogue/current.h"

namespace hansa::node::summary {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

const catalogue::Catalogue& TheCatalogue() { return catalogue::CurrentCatalogue(); }

Answered Cells(std::initializer_list<std::size_t> positions) {
  Answered cells(TheCatalogue().cells().size());
  for (const std::size_t position : positions) cells[position] = true;
  return cells;
}

TEST(CoverageTest, CountsCellsCitiesAndRegions) {
  const std::vector<CityAnswers> cities = {
      {"Europe and North America", true, Cells({0, 1}), Cells({0, 1, 2})},
      {"Africa", true, Cells({0}), Cells({0})},
      {"Africa", false, {}, Cells({5})},
      {"", false, {}, {}},
  };
  const Coverage coverage = CoverageOf(TheCatalogue(), cities);
  EXPECT_EQ(coverage.members, 4u);
  EXPECT_EQ(coverage.reporting, 2u);
  ASSERT_THAT(coverage.cells, SizeIs(TheCatalogue().cells().size()));
  const auto cell = [&](std::size_t i) { return std::pair(coverage.cells[i].reporting, coverage.cells[i].chosen); };
  EXPECT_EQ(cell(0), std::pair(2ul, 2ul));
  EXPECT_EQ(cell(1), std::pair(1ul, 1ul));
  EXPECT_EQ(cell(2), std::pair(0ul, 1ul));
  EXPECT_EQ(cell(5), std::pair(0ul, 1ul));
  EXPECT_THAT(coverage.by_region,
              ElementsAre(Field(&RegionCoverage::region, ""), Field(&RegionCoverage::region, "Africa"),
                          Field(&RegionCoverage::region, "Europe and North America")));
  EXPECT_EQ(coverage.by_region[1].members, 2u);
  EXPECT_EQ(coverage.by_region[1].reporting, 1u);
  EXPECT_EQ(coverage.by_region[1].cells[0].reporting, 1u);
}

TEST(CoverageTest, ASetWithoutAnswersIsASet) {
  const CityAnswers city{"Africa", true, Cells({}), Cells({})};
  EXPECT_EQ(CoverageOf(TheCatalogue(), {&city, 1}).reporting, 1u);
}

TEST(CoverageTest, WhatIsAnsweredNowIsChosen) {
  const CityAnswers city{"Africa", true, Cells({3}), {}};
  EXPECT_EQ(CoverageOf(TheCatalogue(), {&city, 1}).cells[3].chosen, 1u);
}

TEST(CoverageTest, NobodyIsNobody) {
  const Coverage coverage = CoverageOf(TheCatalogue(), {});
  EXPECT_EQ(coverage.members, 0u);
  EXPECT_THAT(coverage.by_region, SizeIs(0));
  EXPECT_THAT(coverage.cells, SizeIs(TheCatalogue().cells().size()));
}

}  // namespace
}  // namespace hansa::node::summary
