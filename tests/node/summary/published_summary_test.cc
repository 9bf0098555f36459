#include "node/summary/published_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/record_form.h"
#include "replication/collections.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using namespace node::summary;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kRate = "1.1.1/adult-literacy-rate#total";
constexpr const char* kRating = "3.1.1/leadership";

Input InputOf(std::uint32_t member, std::uint32_t incarnation, std::uint64_t len,
              replication::Collection collection = replication::kIndicators) {
  return {collection, replication::Member(member), replication::Incarnation(incarnation), replication::Sequence(len)};
}

const node::catalogue::Cell& CellCalled(const char* id) { return *node::catalogue::CurrentCatalogue().FindCell(id); }

// Of a network of `feeds` cities with two feeds each, and `cells` groups of figures.
PublishedSummary SummaryOf(std::size_t feeds, std::size_t cells) {
  const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
  PublishedSummary summary;
  summary.year = 2024;
  summary.framework_id = catalogue.framework_id();
  summary.framework_version = catalogue.version();
  summary.catalogue_sha256 = *replication::Hash::From(catalogue.sha256());
  summary.roster = {1, replication::Sequence(9), replication::SodiumCrypto().Sha256("head")};
  for (const replication::Collection collection : {replication::kIndicators, replication::kReviews}) {
    for (std::size_t i = 0; i < feeds; ++i) {
      summary.inputs.push_back(InputOf(static_cast<std::uint32_t>(10 + i), 1, i, collection));
    }
  }
  summary.inputs_digest = InputsDigest(summary.inputs);
  summary.members = feeds;
  summary.reporting = feeds / 2;
  summary.regions = {{"Africa", feeds, feeds / 2}};
  for (std::size_t i = 0; i < cells; ++i) {
    PublishedCell& cell = summary.cells.emplace_back();
    cell.cell = catalogue.cells()[i % catalogue.cells().size()].id;
    cell.group.source_kind = node::domain::SourceKind::kOfficialData;
    cell.region = absl::StrCat("Region ", i / catalogue.cells().size());
    cell.n = 7;
    cell.spread = {"1.5", "2", "3.25", "2.1"};
    cell.movement = {.up = 3, .same = 1, .down = 2};
  }
  return summary;
}

constexpr const char* kPoverty = "1.2.1/urban-poverty";

// What seven cities of a region chose.
PublishedChoices ChoicesOf(const std::string& region) {
  return {kPoverty, {}, region, "poverty_line", 7, false, {{"1.25_ppp_2005", 5}, {"other", 2}}};
}

// Worked out by another program from the words of the schema.
TEST(InputsDigestTest, IsWhatTheSchemaSays) {
  const std::vector<Input> four = {InputOf(10, 1, 3), InputOf(11, 1, 7), InputOf(11, 2, 1),
                                   InputOf(10, 1, 0, replication::kReviews)};
  EXPECT_EQ(InputsDigest(four).hex(), "83336670dc2688b71a521242aad1e478f26ea398395ed67bb98e94b1f871f2f4");
  EXPECT_EQ(InputsDigest({}).hex(), "09141c13899be4f6ef417ca6945ff97d5add51938abb447164a501bbe739d297");
}

TEST(PartsTest, ASmallSummaryIsOneRecordAndComesBack) {
  const PublishedSummary summary = SummaryOf(3, 150);
  const std::vector<v1::NetworkSummary> parts = PartsOf(summary);
  ASSERT_THAT(parts, SizeIs(1));
  EXPECT_EQ(parts[0].part(), 0u);
  EXPECT_EQ(parts[0].parts(), 0u);
  EXPECT_EQ(parts[0].inputs(0).feeds(0).incarnation(), 0u) << "the first is not named";
  EXPECT_THAT(node::domain::CheckRecordForm(parts[0]), IsOk());
  EXPECT_EQ(Must(SummaryIn(parts)), summary);
}

TEST(PartsTest, ALargeSummaryIsSplitWithinTheLimitsAndComesBackInAnyOrder) {
  const PublishedSummary summary = SummaryOf(10'000, 76 * 18);
  std::vector<v1::NetworkSummary> parts = PartsOf(summary);
  ASSERT_THAT(parts, SizeIs(10));
  for (const v1::NetworkSummary& part : parts) {
    EXPECT_EQ(part.parts(), 10u);
    EXPECT_EQ(part.inputs_digest(), summary.inputs_digest.str());
    EXPECT_THAT(node::domain::EncodeRecord(part), IsOk()) << "part " << part.part();
  }
  EXPECT_EQ(parts[3].cells_size(), 150);
  EXPECT_EQ(parts[9].cells_size(), 76 * 18 - 9 * 150);
  EXPECT_EQ(parts[3].inputs_size(), 2);
  EXPECT_EQ(parts[3].inputs(0).feeds_size(), 2'500);
  EXPECT_THAT(parts[4].inputs(), IsEmpty());
  std::reverse(parts.begin(), parts.end());
  EXPECT_EQ(Must(SummaryIn(parts)), summary);
}

TEST(PartsTest, ChoicesAreSplitToo) {
  PublishedSummary summary = SummaryOf(3, 10);
  summary.counts_choices = true;
  for (int i = 0; i < 90; ++i) summary.choices.push_back(ChoicesOf(absl::StrCat("Region ", i)));
  summary.choices.push_back({kPoverty, {}, "few", "poverty_line", 4, true, {}});
  std::vector<v1::NetworkSummary> parts = PartsOf(summary);
  ASSERT_THAT(parts, SizeIs(3));
  for (const v1::NetworkSummary& part : parts) {
    EXPECT_TRUE(part.counts_choices());
    EXPECT_THAT(node::domain::CheckRecordForm(part), IsOk());
  }
  EXPECT_EQ(parts[0].choices_size(), 40);
  EXPECT_EQ(parts[2].choices_size(), 11);
  std::reverse(parts.begin(), parts.end());
  EXPECT_EQ(Must(SummaryIn(parts)), summary);
  parts[1].set_counts_choices(false);
  EXPECT_THAT(SummaryIn(parts), StatusIs(StatusCode::kInvalidArgument));
}

TEST(PartsTest, WithoutChoicesTheBytesAreThoseThatOlderVersionsWrote) {
  const std::vector<v1::NetworkSummary> parts = PartsOf(SummaryOf(3, 10));
  ASSERT_THAT(parts, SizeIs(1));
  const std::string bytes = Must(node::domain::EncodeRecord(parts[0]));
  EXPECT_EQ(replication::SodiumCrypto().Sha256(bytes).hex(),
            "614d5f748b09667aa2a9aff644e374b336aafe561a3aeebbd7d7b13c83ff29a1");
}

TEST(PartsTest, WhatMakesNoWholeIsRefused) {
  const std::vector<v1::NetworkSummary> parts = PartsOf(SummaryOf(3, 320));
  ASSERT_THAT(parts, SizeIs(3));
  EXPECT_THAT(SummaryIn({}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(SummaryIn({parts[0], parts[2]}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(SummaryIn({parts[0], parts[1], parts[1]}), StatusIs(StatusCode::kInvalidArgument));
  std::vector<v1::NetworkSummary> mixed = parts;
  mixed[1].set_members(4);
  EXPECT_THAT(SummaryIn(mixed), StatusIs(StatusCode::kInvalidArgument));
  std::vector<v1::NetworkSummary> twice = PartsOf(SummaryOf(3, 1));
  *twice[0].mutable_inputs(0)->add_feeds() = twice[0].inputs(0).feeds(0);
  EXPECT_THAT(SummaryIn(twice), StatusIs(StatusCode::kInvalidArgument));
  std::vector<v1::NetworkSummary> newer = PartsOf(SummaryOf(3, 1));
  newer[0].mutable_cells(0)->mutable_group()->set_source_kind(static_cast<v1::SourceKind>(77));
  EXPECT_THAT(SummaryIn(newer), StatusIs(StatusCode::kInvalidArgument));
}

std::vector<PublishedCell> Published(const char* cell, const std::vector<RegionFigures>& regions) {
  return PublishedCellsOf(node::catalogue::CurrentCatalogue(), CellCalled(cell), regions);
}

CellSummary Withheld(node::domain::SourceKind kind) {
  CellSummary group;
  group.cell = kRate;
  group.group.source_kind = kind;
  group.n = 4;
  group.withheld = true;
  group.movement_withheld = true;
  return group;
}

TEST(PublishedCellsTest, OfAWithheldGroupOnlyItsNumberIsGiven) {
  const RegionFigures whole{"", {Withheld(node::domain::SourceKind::kOfficialData)}, 0};
  const std::vector<PublishedCell> cells = Published(kRate, {whole});
  ASSERT_THAT(cells, SizeIs(1));
  PublishedCell expected;
  expected.cell = kRate;
  expected.group.source_kind = node::domain::SourceKind::kOfficialData;
  expected.n = 4;
  expected.withheld = true;
  EXPECT_EQ(cells[0], expected);
}

TEST(PublishedCellsTest, StandByGroupThenRegionAndNoDataIsAGroupOfItsOwn) {
  using node::domain::SourceKind;
  const RegionFigures whole{"", {Withheld(SourceKind::kOfficialData), Withheld(SourceKind::kSurvey)}, 6};
  const RegionFigures africa{"Africa", {Withheld(SourceKind::kSurvey)}, 6};
  std::vector<std::string> order;
  for (const PublishedCell& cell : Published(kRate, {africa, whole})) {
    order.push_back(absl::StrCat(std::string(Code(cell.group.source_kind)), " ", cell.region, " ", cell.n, " ",
                                 cell.no_data, cell.withheld ? " withheld" : ""));
  }
  EXPECT_THAT(order, ElementsAre("  0 6", " Africa 0 6", "official_data  4 0 withheld", "survey  4 0 withheld",
                                 "survey Africa 4 0 withheld"));
}

TEST(PublishedCellsTest, LevelsStandInTheOrderOfTheCatalogue) {
  CellSummary group;
  group.cell = kRating;
  group.group.source_kind = node::domain::SourceKind::kExpertReview;
  group.n = 15;
  group.levels = {1, 2, 3, 4, 5};  // from the lowest
  group.movement_withheld = true;
  const std::vector<PublishedCell> cells = Published(kRating, {RegionFigures{"", {group}, 0}});
  ASSERT_THAT(cells, SizeIs(1));
  EXPECT_THAT(cells[0].levels, ElementsAre(PublishedLevel{"5", 5}, PublishedLevel{"4", 4}, PublishedLevel{"3", 3},
                                           PublishedLevel{"2", 2}, PublishedLevel{"1", 1}));
  EXPECT_EQ(cells[0].spread, Spread());
}

TEST(PublishedChoicesTest, StandByAttributeThenGroupAndRegionInTheOrderOfTheCatalogue) {
  CellSummary survey;
  survey.group.source_kind = node::domain::SourceKind::kSurvey;
  survey.attributes = {{"poverty_line", 3, true, {}}};
  CellSummary official;
  official.group.source_kind = node::domain::SourceKind::kOfficialData;
  official.attributes = {{"poverty_line", 9, false, {7, 2}}};
  const std::vector<PublishedChoices> choices = PublishedChoicesOf(
      CellCalled(kPoverty), {RegionFigures{"Africa", {official}, 0}, RegionFigures{"", {official, survey}, 0}});
  ASSERT_THAT(choices, SizeIs(3));
  EXPECT_EQ(
      choices[0],
      (PublishedChoices{kPoverty, official.group, "", "poverty_line", 9, false, {{"1.25_ppp_2005", 7}, {"other", 2}}}));
  EXPECT_EQ(choices[1].region, "Africa");
  EXPECT_EQ(choices[2], (PublishedChoices{kPoverty, survey.group, "", "poverty_line", 3, true, {}}));
}

TEST(PublishedChoicesTest, OfARowWithoutChoicesThereAreNone) {
  EXPECT_THAT(PublishedChoicesOf(CellCalled(kRate), {RegionFigures{"", {CellSummary()}, 0}}), IsEmpty());
}

}  // namespace
}  // namespace hansa::testing
