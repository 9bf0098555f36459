// The rules as they are read, and that people can read them in their own language.
#include "node/domain/check_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/words/words.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

const catalogue::Cell& CellOf(const char* id) { return *catalogue::CurrentCatalogue().FindCell(id); }

std::string IdOf(const CheckRule* rule) { return rule == nullptr ? "none" : rule->id; }

// One rule, with `more` members after the ones that every rule has.
std::string FileOf(absl::string_view kind, absl::string_view more = "", absl::string_view severity = "warning") {
  return absl::StrCat(R"({"rules": [{"id": "a", "kind": ")", kind, R"(", "severity": ")", severity,
                      R"(", "text": {"en": "look", "ko": "보십시오"})", more, "}]}");
}

TEST(CheckRulesTest, TheFirstRuleThatHoldsForACellSpeaksForIt) {
  const CheckRules& rules = CurrentCheckRules();
  EXPECT_EQ(IdOf(rules.Find(RuleKind::kJump, CellOf("1.1.3/gender-equality-in-politics"))), "jump-after-an-election");
  EXPECT_EQ(IdOf(rules.Find(RuleKind::kJump, CellOf("1.2.2/unemployment-rate#male"))), "jump-of-a-percentage");
  EXPECT_EQ(IdOf(rules.Find(RuleKind::kJump, CellOf("2.1.2/mean-years-of-schooling#total"))), "jump-of-schooling");
  EXPECT_EQ(IdOf(rules.Find(RuleKind::kLikely, CellOf("1.2.2/unemployment-rate#total"))), "none");
  EXPECT_EQ(IdOf(rules.Find(RuleKind::kLikely, CellOf("1.1.1/adult-literacy-rate#male"))), "likely-share");
  EXPECT_EQ(IdOf(rules.Find(RuleKind::kFutureYear)), "year-has-come");
}

TEST(CheckRulesTest, EveryCellHasARuleAgainstJumps) {
  for (const catalogue::Cell& cell : catalogue::CurrentCatalogue().cells()) {
    EXPECT_NE(CurrentCheckRules().Find(RuleKind::kJump, cell), nullptr) << cell.id;
  }
}

TEST(CheckRulesTest, WhatMustNotBePublishedIsAnError) {
  for (const CheckRule& rule : CurrentCheckRules().all()) {
    const std::set<RuleKind> blocking = {RuleKind::kRange,      RuleKind::kFutureYear, RuleKind::kSource,
                                         RuleKind::kSourceKind, RuleKind::kDeparture,  RuleKind::kRegion,
                                         RuleKind::kTotalSource};
    EXPECT_EQ(rule.severity == Severity::kError, blocking.contains(rule.kind)) << rule.id;
  }
}

TEST(CheckRulesTest, ReadsWhereARuleHoldsAndHowStrictlyItApplies) {
  const auto rules = CheckRules::Parse(FileOf(
      "jump",
      R"(, "cells": ["1.2.2/unemployment-rate#male"], "points": {"first": "2.5", "more": "1"}, "at_least": "0.5")"));
  ASSERT_THAT(rules, testing::IsOk());
  const CheckRule* rule = rules->Find(RuleKind::kJump, CellOf("1.2.2/unemployment-rate#male"));
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rules->Find(RuleKind::kJump, CellOf("1.2.2/unemployment-rate#female")), nullptr);
  const JumpLimits& limits = std::get<JumpLimits>(rule->limits);
  EXPECT_EQ(limits.points->first.text(), "2.5");
  EXPECT_FALSE(limits.factor);
  EXPECT_EQ(limits.at_least.text(), "0.5");
  EXPECT_EQ(rule->answered_by, AnsweredBy::kNothing);
}

TEST(CheckRulesTest, SaysWhatItCannotRead) {
  const auto fault_of = [](const std::string& json) {
    const auto rules = CheckRules::Parse(json);
    EXPECT_THAT(rules, StatusIs(absl::StatusCode::kInvalidArgument)) << json;
    EXPECT_THAT(std::string(rules.status().message()), HasSubstr("; mend the JSON file"));
    return std::string(rules.status().message());
  };
  EXPECT_THAT(fault_of("{"), HasSubstr("reading the rules of the checks"));
  EXPECT_THAT(fault_of(FileOf("guess")), HasSubstr("'guess'"));
  EXPECT_THAT(fault_of(FileOf("range", "", "grave")), HasSubstr("'grave'"));
  EXPECT_THAT(fault_of(FileOf("range", R"(, "value_types": ["share"])")), HasSubstr("'share'"));
  EXPECT_THAT(fault_of(FileOf("likely", R"(, "from": "1,5")")), HasSubstr("'1,5'"));
  EXPECT_THAT(fault_of(FileOf("jump")), HasSubstr("at_least"));
}

TEST(CheckRulesTest, WhatARuleAdvisesIsSaidInKorean) {
  const words::Words korean(words::Language::kKorean);
  for (const CheckRule& rule : CurrentCheckRules().all()) {
    EXPECT_EQ(korean.Translated(rule.text.en), rule.text.ko) << rule.id;
    EXPECT_THAT(rule.text.en, Not(HasSubstr("; "))) << "advice stands after the last of these: " << rule.id;
  }
}

TEST(CheckRulesTest, WhatWasFoundIsSaidInKorean) {
  const words::Words korean(words::Language::kKorean);
  EXPECT_EQ(korean.Translated("0.95 is about 1/100 of 93.1, the value of 2021"),
            "0.95은(는) 2021의 값 93.1의 약 100분의 1입니다");
  EXPECT_EQ(
      korean.Translated(
          "2022: the value went from 80 in 2021 to 12; check the value, and say in a note what changed since"),
      "2022: 값이 2021년 80에서 12(으)로 바뀌었습니다; 값을 확인하고, 그사이 무엇이 달라졌는지 비고에 적으십시오");
}

}  // namespace
}  // namespace hansa::node::domain
