// The build's own check, shown to fail: each case spoils one thing in the real files.
#include "node/catalogue/soundness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_join.h"
#include "node/catalogue/embedded.h"

namespace hansa::node::catalogue {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// `text` with the first `from` made `to`.
std::string Spoiled(absl::string_view text, const std::string& from, const std::string& to) {
  std::string result(text);
  const std::size_t at = result.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? result : result.replace(at, from.size(), to);
}

std::string FaultsWithFeatures(const std::string& from, const std::string& to) {
  return absl::StrJoin(FindFaults({Spoiled(KeyFeaturesJson(), from, to), CommitmentsJson()}), "\n");
}

TEST(SoundnessTest, FindsNothingWrongWithTheFilesOfTheBuild) {
  EXPECT_THAT(FindFaults({KeyFeaturesJson(), CommitmentsJson()}), IsEmpty());
}

struct Spoiling {
  const char* from;
  const char* to;
  const char* fault;
};

class SoundnessOfFeatures : public ::testing::TestWithParam<Spoiling> {};

TEST_P(SoundnessOfFeatures, NamesTheFault) {
  const Spoiling& spoiling = GetParam();
  EXPECT_THAT(FaultsWithFeatures(spoiling.from, spoiling.to), HasSubstr(spoiling.fault));
}

INSTANTIATE_TEST_SUITE_P(
    EachRule, SoundnessOfFeatures,
    ::testing::Values(
        Spoiling{"\"schema_version\"", "schema_version", "key_features.json: structure"},
        Spoiling{"\"features\": 42", "\"features\": 41", "framework.counts: 'features' is not 42"},
        Spoiling{"\"ko\": \"성인 문해율\"", "\"ko\": \"\"", "1.1.1/adult-literacy-rate: the text in 'ko'"},
        Spoiling{"\"ko\": \"성인 문해율\"", "\"kr\": \"성인 문해율\"", "has no text in 'ko'"},
        Spoiling{"\"ko\": \"성인 문해율\"", "\"ko\": \"literacy\"", "holds no Hangul"},
        Spoiling{"\"en\": \"Adult literacy rate\"", "\"en\": \"성인\"", "the English text holds Hangul"},
        Spoiling{"\"unit\": \"percent\"", "\"unit\": \"years\"", "a percentage cannot be in 'years'"},
        Spoiling{"\"unit\": \"years\"", "\"unit\": \"moons\"", "names unit 'moons'"},
        Spoiling{"\"max\": 100", "\"max\": 101", "1.1.1/adult-literacy-rate: range"},
        Spoiling{"\"id\": \"1.1.2\"", "\"id\": \"1.1.1\"", "features: '1.1.1' stands twice"},
        Spoiling{"1.1.1/adult-literacy-rate#male", "1.1.1/adult-literacy-rate#men",
                 "1.1.1/adult-literacy-rate: cells are not"},
        Spoiling{"\"breakdown\": \"sex\"", "\"breakdown\": \"age\"", "names a breakdown that is not listed"},
        Spoiling{"\"rule\": \"total_between_members\"", "\"rule\": \"guess\"", "unknown check 'guess'"},
        Spoiling{"\"code\": \"election_year\"", "\"code\": \"Election Year\"",
                 "attribute code 'Election Year' is malformed"},
        Spoiling{"\"direction\": \"higher_is_better\"", "\"direction\": \"up\"", "unknown direction"},
        Spoiling{"\"action_point\": \"BD1.1\"", "\"action_point\": \"BD2.2\"",
                 "commitments.json: 1.1.1: its action point does not name it back"}));

TEST(SoundnessTest, NamesFaultsOfTheCommitments) {
  const auto faults =
      FindFaults({KeyFeaturesJson(), Spoiled(CommitmentsJson(), "\"id\": \"BD1.2\"", "\"id\": \"BD1.9\"")});
  EXPECT_THAT(absl::StrJoin(faults, "\n"), HasSubstr("commitments.json: BD1.9: wrongly numbered"));
  EXPECT_THAT(absl::StrJoin(FindFaults({KeyFeaturesJson(), "{}"}), "\n"), HasSubstr("commitments.json: structure"));
}

}  // namespace
}  // namespace hansa::node::catalogue
