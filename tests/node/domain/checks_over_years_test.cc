// A set against the city's own earlier years: what is asked, what a note answers, and what is never compared.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/checks.h"
#include "node/domain/problem_rules.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kToday = 2025;
constexpr char kUnemployment[] = "1.2.2/unemployment-rate#total";
constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";

Observation Of(absl::string_view cell, absl::string_view value, absl::string_view note = "") {
  Observation o;
  o.cell = std::string(cell);
  o.value = Decimal::Parse(value).value();
  o.source = "register";
  o.note = std::string(note);
  return o;
}

// "rule cell: what", one for each finding.
std::vector<std::string> Found(const PastValues& past, std::vector<Observation> observations, int year = 2022) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  const IndicatorSet set = MakeIndicatorSet(catalogue, year, std::move(observations));
  std::vector<std::string> lines;
  for (const Finding& finding : FindingsIn(CurrentCheckRules(), catalogue, set, past, kToday)) {
    lines.push_back(absl::StrCat(finding.rule, ": ", finding.problem.what));
  }
  return lines;
}
PastValues PastOf(const Observation& observation, int year = 2021) {
  PastValues past;
  past.Set(year, observation);
  return past;
}

TEST(ChecksOverYearsTest, AsksAboutAJump) {
  const PastValues past = PastOf(Of(kLiteracy, "80.50"));
  EXPECT_THAT(Found(past, {Of(kLiteracy, "59.5")}),
              ElementsAre("jump-of-a-percentage: the value went from 80.50 in 2021 to 59.5"));
  EXPECT_THAT(Found(past, {Of(kLiteracy, "60.5")}), IsEmpty());
  EXPECT_THAT(Found(past, {Of(kLiteracy, "59.5")}, 2024), IsEmpty()) << "over three years it may";
  EXPECT_THAT(Found(past, {Of(kLiteracy, "59.5")}, 2020), IsEmpty()) << "a later year is not looked at";
}

TEST(ChecksOverYearsTest, JumpsAreMeasuredByTheUnitOfTheRow) {
  const auto found = [](const char* cell, const char* before, const char* now) {
    return Found(PastOf(Of(cell, before)), {Of(cell, now)});
  };
  EXPECT_THAT(found("1.1.4/crime-level", "900", "2700"), IsEmpty());
  EXPECT_THAT(found("1.1.4/crime-level", "900", "2701"),
              ElementsAre("jump-of-an-incidence: the value went from 900 in 2021 to 2701"));
  EXPECT_THAT(found("2.1.2/mean-years-of-schooling#total", "8", "12.1"),
              ElementsAre("jump-of-schooling: the value went from 8 in 2021 to 12.1"));
  EXPECT_THAT(found("1.1.3/gender-equality-in-politics", "10", "24"), IsEmpty()) << "there was an election";
}

TEST(ChecksOverYearsTest, ANoteOfItsOwnExplainsAJump) {
  const PastValues past = PastOf(Of(kUnemployment, "5", "model-based"));
  EXPECT_THAT(Found(past, {Of(kUnemployment, "12", "the mill closed")}), IsEmpty());
  EXPECT_THAT(Found(past, {Of(kUnemployment, "12", "model-based")}),
              ElementsAre("jump-of-a-percentage: the value went from 5 in 2021 to 12"))
      << "what stands beside both values explains no change";
  Observation derived = Of(kUnemployment, "12");
  derived.derivation_note = "people in training are counted from 2022 on";
  EXPECT_THAT(Found(past, {derived}), IsEmpty());
}

TEST(ChecksOverYearsTest, ASlipOfUnitIsAskedAboutInSpiteOfNotes) {
  const PastValues past = PastOf(Of(kUnemployment, "4.9", "model-based"));
  EXPECT_THAT(Found(past, {Of(kUnemployment, "0.051", "as published")}),
              ElementsAre("slip-among-years-and-members: 0.051 is about 1/100 of 4.9, the value of 2021"));
  EXPECT_THAT(Found(PastOf(Of("1.3.1/co2-emissions", "8.93")), {Of("1.3.1/co2-emissions", "9.1")}), IsEmpty());
  EXPECT_THAT(Found(PastOf(Of("1.3.1/co2-emissions", "0.93")), {Of("1.3.1/co2-emissions", "91")}),
              ElementsAre("slip-among-years: 91 is about 100 times 0.93, the value of 2021"));
}

TEST(ChecksOverYearsTest, AShareOfOneIsFoundAmongTheMembersAndWithoutAnyPast) {
  EXPECT_THAT(Found({}, {Of("1.2.2/unemployment-rate#male", "5.3"), Of("1.2.2/unemployment-rate#female", "0.048")}),
              ElementsAre("slip-among-years-and-members: 0.048 is about 1/100 of 5.3, the value of "
                          "1.2.2/unemployment-rate#male"));
  EXPECT_THAT(Found({}, {Of(kLiteracy, "0.95")}),
              ElementsAre("likely-share: 0.95 is less than 1, the least that is likely here"));
  EXPECT_THAT(Found({}, {Of(kUnemployment, "0.95")}), IsEmpty()) << "there are such cities";
  EXPECT_THAT(Found({}, {Of("3.3.1/distribution-of-public-education-expenditure#basic", "80"),
                         Of("3.3.1/distribution-of-public-education-expenditure#adult-and-continuing", "0.8")}),
              IsEmpty())
      << "parts of a whole may be far apart";
}

TEST(ChecksOverYearsTest, WhatIsNotComparableIsNotCompared) {
  const PastValues past = PastOf(Of(kUnemployment, "5"));
  Observation region = Of(kUnemployment, "40");
  region.level = AreaLevel::kRegion;
  region.area = "the whole province";
  EXPECT_THAT(Found(past, {region}), IsEmpty());
  Observation proxy = Of(kUnemployment, "40", "registered only");
  proxy.match = DefinitionMatch::kProxy;
  EXPECT_THAT(Found(past, {proxy}), IsEmpty());
}

TEST(ChecksOverYearsTest, AFaultOfRangeIsSaidOnce) {
  const auto lines = Found(PastOf(Of(kUnemployment, "5")), {Of(kUnemployment, "510")});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0], "in-range: 510 is more than 100");
}

// Sets at random, mostly sound; some values are far off.
class RandomSets {
 public:
  explicit RandomSets(std::uint32_t seed) : chance_(seed) {}

  std::vector<Observation> Next() {
    std::vector<Observation> observations;
    for (const catalogue::Cell& cell : catalogue::CurrentCatalogue().cells()) {
      if (chance_() % 3 == 0) continue;
      Observation o = Of(cell.id, absl::StrCat(chance_() % 120, ".", chance_() % 1000), Note());
      if (chance_() % 8 == 0) o.source = "another register";
      if (chance_() % 8 == 0) o.source_kind = static_cast<SourceKind>(chance_() % 4);
      if (chance_() % 8 == 0) o.match = static_cast<DefinitionMatch>(chance_() % 5);
      if (chance_() % 8 == 0) o.level = static_cast<AreaLevel>(chance_() % 3);
      if (chance_() % 8 == 0) o.period = absl::StrCat("school year ", 2010 + chance_() % 20, "/21");
      observations.push_back(std::move(o));
    }
    return observations;
  }

 private:
  std::string Note() { return chance_() % 2 == 0 ? "" : absl::StrCat("note ", chance_() % 3); }
  std::mt19937 chance_;
};

TEST(ChecksOverYearsTest, WhateverASetSaysEveryFindingNamesItsRuleAndARemedy) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  // And what such sets may lack in their form.
  std::set<std::string> known = {rule_id::kAttributeGiven, rule_id::kSourceKindGiven, rule_id::kSelfRated};
  const std::set<RuleKind> of_size = {RuleKind::kUnitSlip, RuleKind::kLikely, RuleKind::kJump};
  std::set<std::string> sizes;
  for (const CheckRule& rule : CurrentCheckRules().all()) {
    known.insert(rule.id);
    if (of_size.contains(rule.kind)) sizes.insert(rule.id);
  }
  RandomSets sets(2);
  PastValues past;
  std::set<std::string> met;
  for (int year = 1990; year < 2020; ++year) {
    IndicatorSet set = MakeIndicatorSet(catalogue, year, sets.Next());
    const auto findings = FindingsIn(CurrentCheckRules(), catalogue, set, past, kToday);
    std::set<std::string> doubted;
    for (const Finding& finding : findings) {
      EXPECT_TRUE(known.contains(finding.rule)) << finding.rule;
      EXPECT_NE(finding.problem.what, "");
      EXPECT_NE(finding.problem.remedy, "") << finding.problem.what;
      met.insert(finding.rule);
      const bool again = sizes.contains(finding.rule) && !doubted.insert(finding.problem.cell).second;
      EXPECT_FALSE(again) << "asked twice: " << finding.problem.cell;
    }
    EXPECT_EQ(FindingsIn(CurrentCheckRules(), catalogue, set, past, kToday), findings)
        << "the same set, the same answer";
    // Whatever is noted answers questions and raises none.
    for (Observation& o : set.observations) o.note = absl::StrCat("of ", year);
    EXPECT_LE(FindingsIn(CurrentCheckRules(), catalogue, set, past, kToday).size(), findings.size());
    for (const Observation& o : set.observations) past.Set(year, o);
    // A year that repeats the one before has neither jumped nor slipped in time.
    const IndicatorSet repeated = MakeIndicatorSet(catalogue, year + 1, set.observations);
    for (const Finding& finding : FindingsIn(CurrentCheckRules(), catalogue, repeated, past, kToday)) {
      EXPECT_FALSE(finding.rule.starts_with("jump")) << finding.problem.what;
      EXPECT_NE(finding.rule, "slip-among-years");
    }
  }
  EXPECT_GE(met.size(), 15u) << "the sets are too tame";
}

}  // namespace
}  // namespace hansa::node::domain
