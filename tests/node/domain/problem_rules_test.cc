// The ids of rules: rules.md lists them all and no others, each is used, and problems have the one that they go
// against.
#include "node/domain/problem_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <regex>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/check_rules.h"
#include "node/domain/checks.h"
#include "node/domain/indicator_csv.h"

namespace hansa::node::domain {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

std::string Content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::filesystem::path Source(const char* path) { return std::filesystem::path(HANSA_SOURCE_DIR) / path; }

// The two groups of `pattern` wherever it stands in `text`, the first by the second; each once.
std::map<std::string, std::string> Found(const std::string& text, const char* pattern) {
  std::map<std::string, std::string> found;
  const std::regex looked_for(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), looked_for), end; at != end; ++at) {
    EXPECT_TRUE(found.emplace((*at)[2].str(), (*at)[1].str()).second) << (*at)[2].str() << " stands twice";
  }
  return found;
}

// Name of the constant by its id.
std::map<std::string, std::string> Constants() {
  return Found(Content(Source("node/domain/problem_rules.h")), R"re(constexpr char (k\w+)\[\] = "([a-z0-9-]+)";)re");
}

TEST(ProblemRules, AreListedAndNoOthersAre) {
  std::set<std::string> known;
  for (const auto& [id, name] : Constants()) known.insert(id);
  ASSERT_THAT(known, Contains("unknown-cell"));
  for (const CheckRule& rule : CurrentCheckRules().all()) known.insert(rule.id);
  std::set<std::string> listed;
  for (const auto& [id, rest] : Found(Content(Source("node/domain/rules.md")), R"re((\n)\| `([a-z0-9-]+)` \| .)re")) {
    listed.insert(id);
  }
  EXPECT_EQ(listed, known);
}

TEST(ProblemRules, AreEachUsed) {
  std::string sources;
  for (const char* room : {"domain", "desk", "spreadsheet", "importing"}) {
    for (const auto& file : std::filesystem::directory_iterator(Source("node") / room)) {
      if (file.path().extension() == ".cc") sources += Content(file.path());
    }
  }
  for (const auto& [id, name] : Constants()) {
    EXPECT_TRUE(absl::StrContains(sources, absl::StrCat("rule_id::", name))) << id << " is of no problem";
  }
}

TEST(ProblemRules, OfAnImportThatAreAlsoOfTheChecksHaveTheSameId) {
  const catalogue::Cell& cell = *catalogue::CurrentCatalogue().FindCell("1.1.4/crime-level");
  EXPECT_EQ(CurrentCheckRules().Find(RuleKind::kRange, cell)->id, rule_id::kInRange);
  EXPECT_EQ(CurrentCheckRules().Find(RuleKind::kDeparture, cell)->id, rule_id::kDepartureStated);
  EXPECT_EQ(CurrentCheckRules().Find(RuleKind::kRegion, cell)->id, rule_id::kRegionNamed);
}

struct Told {
  const char* header;
  std::string row;
  const char* rule;
};
void PrintTo(const Told& told, std::ostream* out) { *out << told.rule; }

class ProblemOfAFile : public ::testing::TestWithParam<Told> {};

TEST_P(ProblemOfAFile, HasItsRule) {
  const std::string bytes = absl::StrCat(GetParam().header, "\n", GetParam().row, "\n");
  const IndicatorCsvContent content = ReadIndicatorCsv(
      catalogue::CurrentCatalogue(),
      {.file = "values.csv", .bytes = bytes, .year = 2020, .city = "Turin", .country = "ITA", .skip_others = false});
  const auto& problems = content.errors.empty() ? content.warnings : content.errors;
  ASSERT_THAT(problems, Not(IsEmpty()));
  EXPECT_EQ(problems.front().rule, GetParam().rule) << Line(problems.front());
}

constexpr char kValue[] = "cell,value";
INSTANTIATE_TEST_SUITE_P(
    Rules, ProblemOfAFile,
    ::testing::Values(Told{kValue, "happiness,5", "unknown-cell"}, Told{kValue, ",5", "no-cell"},
                      Told{kValue, "1.1.4/crime-level,many", "not-a-number"},
                      Told{kValue, "1.1.4/crime-level,\"1,234\"", "two-numbers"},
                      Told{kValue, "1.1.4/crime-level,\"1,5\"", "other-decimal-sign"},
                      Told{kValue, "1.1.4/crime-level,-", "dash-for-no-value"},
                      Told{kValue, "1.1.4/crime-level,5%", "percent-sign"},
                      Told{kValue, "1.1.4/crime-level,n/a", "sign-of-no-value"},
                      Told{kValue, "1.1.1/adult-literacy-rate#total,101", "in-range"},
                      Told{"cell;value", "1.1.4/crime-level;5", "no-cell-column"},
                      Told{"cell,value,value", "1.1.4/crime-level,5,6", "column-twice"},
                      Told{"cell,value,colour", "1.1.4/crime-level,5,red", "unknown-columns"},
                      Told{"cell,value,city", "1.1.4/crime-level,5,Trieste", "of-another"},
                      Told{"cell,value,match,note", "1.1.4/crime-level,5,proxy,other", "departure-stated"},
                      Told{"cell,value,level", "1.1.4/crime-level,5,region", "region-named"},
                      Told{"cell,value,year", "1.1.4/crime-level,5,2019", "other-year"},
                      Told{"cell,value,source", "1.1.4/crime-level,5,a\x07z", "unfit-text"},
                      Told{"cell,value,conversion", "1.2.1/gdp-per-capita,60,euro", "attribute-choice"},
                      Told{kValue, "1.1.4/crime-level,caf\xE9", "not-utf-8"},
                      Told{kValue, "1.1.4/crime-level,\"5", "quotation-marks"}));

// What `set` goes against, errors and warnings.
std::set<std::string> RulesOf(const IndicatorSet& set) {
  std::set<std::string> rules;
  const CheckReport report = CheckIndicatorSet(catalogue::CurrentCatalogue(), set, 2025);
  for (const Problem& problem : report.errors) rules.insert(problem.rule);
  for (const Problem& problem : report.warnings) rules.insert(problem.rule);
  return rules;
}

TEST(ProblemRules, AreInTheReportOfACheck) {
  Observation total;
  total.cell = "1.1.1/adult-literacy-rate#total";
  total.value = Decimal::Parse("99").value();
  Observation female = total;
  female.cell = "1.1.1/adult-literacy-rate#female";
  female.value = Decimal::Parse("90").value();
  Observation male = total;
  male.cell = "1.1.1/adult-literacy-rate#male";
  male.value = Decimal::Parse("91").value();
  male.source = "census";
  const IndicatorSet set = MakeIndicatorSet(catalogue::CurrentCatalogue(), 2024, {total, female, male});
  EXPECT_THAT(RulesOf(set), ::testing::ElementsAre("source-named", "total-within-members"));
}

TEST(ProblemRules, OfTheFormOfASetAreThereToo) {
  IndicatorSet set = MakeIndicatorSet(catalogue::CurrentCatalogue(), 2024, {});
  set.framework_version = "another";
  Observation none;
  none.cell = "1.1.4/crime-level";
  set.observations = {none, none};
  EXPECT_THAT(RulesOf(set), ::testing::ElementsAre("cell-twice", "no-answer", "other-framework"));
}

}  // namespace
}  // namespace hansa::node::domain
