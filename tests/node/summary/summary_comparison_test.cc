#include "node/summary/summary_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/words/words.h"
#include "replication/collections.h"

namespace hansa::testing {
namespace {

using namespace node::summary;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kRate = "1.1.1/adult-literacy-rate#total";

PublishedCell CellOf(const std::string& region, std::uint64_t n) {
  PublishedCell cell;
  cell.cell = kRate;
  cell.group.source_kind = node::domain::SourceKind::kOfficialData;
  cell.region = region;
  cell.n = n;
  cell.spread = {"1", "2", "3", "2.5"};
  cell.levels = {{"5", 3}, {"4", 2}};
  return cell;
}

PublishedSummary Summary() {
  PublishedSummary summary;
  summary.year = 2024;
  summary.inputs = {{replication::kIndicators, replication::Member(10), replication::Incarnation(1), {}}};
  summary.inputs_digest = InputsDigest(summary.inputs);
  summary.members = 9;
  summary.reporting = 7;
  summary.cells = {CellOf("", 7), CellOf("Africa", 5)};
  summary.regions = {{"Africa", 6, 5}};
  return summary;
}

TEST(SummaryComparisonTest, TheSameIsTheSameWhereverTheListOfMembersStood) {
  PublishedSummary computed = Summary();
  computed.roster.len = replication::Sequence(12);
  EXPECT_THAT(DifferencesOf(Summary(), computed), IsEmpty());
}

TEST(SummaryComparisonTest, EachFigureThatDiffersIsNamedWithBothValues) {
  PublishedSummary published = Summary();
  published.reporting = 8;
  published.regions[0].members = 7;
  published.cells[0].spread.median = "2.000000001";
  published.cells[1].spread.mean = "";
  published.cells[1].levels[0].count = 4;
  published.cells[1].movement.up = 1;
  EXPECT_THAT(DifferencesOf(published, Summary()),
              ElementsAre("the number of cities that reported was published as 8, and the feeds give 7",
                          "Africa: the number of cities was published as 7, and the feeds give 6",
                          absl::StrCat(
                              kRate, " (official_data): the median was published as 2.000000001, and the feeds give 2"),
                          absl::StrCat(kRate,
                                       " (official_data, Africa): the mean was published as no figure, and the feeds "
                                       "give 2.5"),
                          absl::StrCat(kRate,
                                       " (official_data, Africa): the number of ratings at level 5 was published as 4, "
                                       "and the feeds give 3"),
                          absl::StrCat(kRate,
                                       " (official_data, Africa): the number of cities that moved up was published as "
                                       "1, and the feeds give 0")));
}

TEST(SummaryComparisonTest, WhatIsTooMuchOrTooLittleIsNamed) {
  PublishedSummary published = Summary();
  published.cells[1].region = "Arab States";
  published.cells.push_back(published.cells[0]);
  published.cells[0].withheld = true;
  published.inputs_digest = {};
  EXPECT_THAT(
      DifferencesOf(published, Summary()),
      ElementsAre("the digest of what was read is not that of the feeds it names",
                  absl::StrCat(kRate, " (official_data): it stands there twice"),
                  absl::StrCat(kRate, " (official_data): it was withheld, and the cities are enough to give it"),
                  absl::StrCat(kRate, " (official_data, Africa): the feeds give figures, and none were published"),
                  absl::StrCat(kRate,
                               " (official_data, Arab States): figures were published, and the feeds "
                               "give none")));
}

TEST(SummaryComparisonTest, AnotherOrderIsADifference) {
  PublishedSummary published = Summary();
  std::swap(published.cells[0], published.cells[1]);
  EXPECT_THAT(DifferencesOf(published, Summary()),
              ElementsAre("the figures do not stand in the order of the catalogue"));
}

TEST(SummaryComparisonTest, AtMostAHundredAreTold) {
  PublishedSummary published = Summary(), computed = Summary();
  for (int i = 0; i < 200; ++i) computed.cells.push_back(CellOf(absl::StrCat("Region ", i), 5));
  EXPECT_THAT(DifferencesOf(published, computed), SizeIs(kDifferencesMax));
}

TEST(SummaryComparisonTest, ADifferenceIsSaidInKorean) {
  PublishedSummary published = Summary();
  published.cells[0].spread.median = "2.5";
  const node::words::Words korean(node::words::Language::kKorean);
  EXPECT_EQ(korean.Translated(DifferencesOf(published, Summary()).at(0)),
            absl::StrCat(kRate, " (official_data): 중앙값: 발행된 값 2.5, 피드에서 나오는 값 2"));
}

// A summary that counts choices, with those of the whole network.
PublishedSummary WithChoices() {
  PublishedSummary summary = Summary();
  summary.counts_choices = true;
  summary.choices = {{"1.2.1/urban-poverty", {}, "", "poverty_line", 7, false, {{"1.25_ppp_2005", 5}, {"other", 2}}}};
  return summary;
}

TEST(SummaryComparisonTest, AnOlderOneIsNotBlamedForChoicesThatItDidNotCount) {
  EXPECT_THAT(DifferencesOf(Summary(), WithChoices()), IsEmpty());
}

TEST(SummaryComparisonTest, ChoicesThatDifferAreNamed) {
  EXPECT_THAT(DifferencesOf(WithChoices(), WithChoices()), IsEmpty());
  PublishedSummary published = WithChoices();
  published.choices[0].choices[1].count = 3;
  EXPECT_THAT(
      DifferencesOf(published, WithChoices()),
      ElementsAre("1.2.1/urban-poverty: the number of cities that answered poverty_line with other was published "
                  "as 3, and the feeds give 2"));
  published.choices[0].withheld = true;
  published.choices[0].choices.clear();
  EXPECT_THAT(
      DifferencesOf(published, WithChoices()),
      ElementsAre("1.2.1/urban-poverty: it was withheld, and the cities are enough to give it",
                  "1.2.1/urban-poverty: the number of cities that answered poverty_line with 1.25_ppp_2005 was "
                  "published as 0, and the feeds give 5",
                  "1.2.1/urban-poverty: the number of cities that answered poverty_line with other was published "
                  "as 0, and the feeds give 2"));
  published.choices.clear();
  EXPECT_THAT(DifferencesOf(published, WithChoices()), SizeIs(3));
}

}  // namespace
}  // namespace hansa::testing
