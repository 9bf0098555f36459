// The build's own check of the rules, shown to fail: each case spoils one thing in the real file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "node/catalogue/embedded.h"
#include "node/catalogue/soundness.h"

namespace hansa::node::catalogue {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CheckSoundnessTest, FindsNothingWrongWithTheRulesOfTheBuild) {
  EXPECT_THAT(FindFaultsOfChecks({CheckRulesJson(), KeyFeaturesJson()}), IsEmpty());
}

struct Spoiling {
  const char* from;
  const char* to;
  const char* fault;
};

class SoundnessOfChecks : public ::testing::TestWithParam<Spoiling> {};

TEST_P(SoundnessOfChecks, NamesTheFault) {
  const Spoiling& spoiling = GetParam();
  ASSERT_THAT(std::string(CheckRulesJson()), HasSubstr(spoiling.from));
  const std::string spoiled = absl::StrReplaceAll(CheckRulesJson(), {{spoiling.from, spoiling.to}});
  EXPECT_THAT(absl::StrJoin(FindFaultsOfChecks({spoiled, KeyFeaturesJson()}), "\n"), HasSubstr(spoiling.fault));
}

INSTANTIATE_TEST_SUITE_P(
    EachRule, SoundnessOfChecks,
    ::testing::Values(
        Spoiling{"\"rules\"", "\"rule\"", "check_rules.json: structure"},
        Spoiling{"\"schema_version\": 1", "\"schema_version\": 2", "schema_version: is not 1"},
        Spoiling{"\"id\": \"source-named\"", "\"id\": \"in-range\"", "rules: 'in-range' stands twice"},
        Spoiling{"\"id\": \"source-named\"", "\"id\": \"Source\"", "Source: malformed id"},
        Spoiling{"\"kind\": \"missing_source\"", "\"kind\": \"guess\"", "source-named: unknown kind 'guess'"},
        Spoiling{"\"kind\": \"missing_source\"", "\"kind\": \"range\"", "missing_source: no rule is of this kind"},
        Spoiling{"\"severity\": \"error\"", "\"severity\": \"fatal\"", "severity is neither"},
        Spoiling{"\"ko\": \"지역 이름을 쓰십시오\"", "\"ko\": \"the region\"", "region-named: the Korean text"},
        Spoiling{"\"1.1.3/gender-equality-in-politics\"", "\"1.1.3/politics\"", "names cells '1.1.3/politics'"},
        Spoiling{"[\"years\"]", "[\"moons\"]", "names units 'moons', which no row has"},
        Spoiling{"[\"years\"]", "[]", "'units' is empty"},
        Spoiling{"[\"integer\"]", "[\"share\"]", "names value_types 'share'"},
        Spoiling{"\"to\": \"20\"", "\"to\": 20", "likely-schooling: 'to' is not"},
        Spoiling{"\"from\": \"1\"", "\"least\": \"1\"", "'least' means nothing to a rule of kind likely"},
        Spoiling{"\"from\": \"1\"", "\"units\": [\"percent\"]", "likely-share: has none of from, to"},
        Spoiling{"\"first\": \"20\"", "\"first\": \"200\"", "'points' is not what it may be"},
        Spoiling{"\"first\": \"1.5\", \"more\": \"0.25\"}", "\"first\": \"0.5\", \"more\": \"0.25\"}",
                 "jump-of-schooling: 'factor' is not"},
        Spoiling{"\"at_least\": \"20\"", "\"at_most\": \"20\"", "jump-of-a-count: lacks 'at_least'"},
        Spoiling{"\"within\": \"2\"", "\"within\": \"0.5\"", "'within' is not"},
        Spoiling{"[100, 1000]", "[1]", "'times' is not"}, Spoiling{"[100, 1000]", "[]", "'times' is not"},
        Spoiling{"\"members\"]", "\"neighbours\"]", "'against' is not"},
        Spoiling{"\"answered_by\": \"note\"", "\"answered_by\": \"new_note\"",
                 "departure-stated: unknown 'answered_by'"},
        Spoiling{"\"years_before\": 3", "\"years_before\": -1", "'years_before' is not"}));

}  // namespace
}  // namespace hansa::node::catalogue
