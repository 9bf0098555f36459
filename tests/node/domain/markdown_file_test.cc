// Markdown with a TOML head becomes one JSON object; what is wrong is said with its line.
#include "node/domain/markdown_file.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using nlohmann::json;
using node::domain::JsonOfMarkdown;
using node::domain::OfferPlan;
using node::domain::PracticePlan;

absl::StatusOr<std::string> Try(const std::string& file) { return JsonOfMarkdown(file, PracticePlan()); }
json Practice(const std::string& file) { return json::parse(Must(Try(file))); }
json Offer(const std::string& file) { return json::parse(Must(JsonOfMarkdown(file, OfferPlan()))); }

auto IsRefused(const std::string& how) { return StatusIs(StatusCode::kInvalidArgument, how); }

TEST(MarkdownFileTest, TheHeadIsTakenAsItIs) {
  const json object = Practice("+++\ntitle = 'T'\nyear = 2019\ntags = ['a', 'b']\ncontact = {role = 'r'}\n+++\n");
  EXPECT_EQ(object, json::parse(R"({"title": "T", "year": 2019, "tags": ["a", "b"], "contact": {"role": "r"}})"));
  EXPECT_EQ(Practice("+++\nday = 2025-03-31\n+++")["day"], "2025-03-31");
  EXPECT_EQ(Practice("+++\n+++"), json::object());
}

TEST(MarkdownFileTest, SectionsGoWhereTheirHeadingsSay) {
  const json object = Practice("+++\n+++\n\n## Problem\n\nFew read.\n\n### At home\n\nNobody.\n## DONE\nEvenings.\n");
  EXPECT_EQ(object["problem"], "Few read.\n\n### At home\n\nNobody.");
  EXPECT_EQ(object["done"], "Evenings.");
  EXPECT_FALSE(object.contains("outcome"));
  const json korean = Practice("+++\n+++\n## 문제\n가\n## 한 일\n나\n## 결과\n다\n");
  EXPECT_EQ(korean, json::parse(R"({"problem": "가", "done": "나", "outcome": "다"})"));
}

TEST(MarkdownFileTest, AllOfAnOfferIsItsText) {
  EXPECT_EQ(Offer("+++\n+++\nFirst.\n\n## Second\n\nThird.\n")["text"], "First.\n\n## Second\n\nThird.");
  EXPECT_FALSE(Offer("+++\ntitle = 'T'\n+++\n\n  \n").contains("text"));
}

TEST(MarkdownFileTest, LineEndsAndSpacesAfterTheFenceDoNotMatter) {
  const json object = Practice("+++ \r\ntitle = 'T'\r\n+++\r\n## Problem\r\none\r\ntwo\r\n");
  EXPECT_EQ(object, json::parse(R"({"title": "T", "problem": "one\ntwo"})"));
}

TEST(MarkdownFileTest, AHeadThatIsNotOneIsSaidWithItsLine) {
  EXPECT_THAT(Try("+++ toml\n+++\n"), IsRefused("1: the first line must be +++"));
  EXPECT_THAT(Try("+++\ntitle = 'T'\n"), IsRefused("1: the head has no end"));
  EXPECT_THAT(Try("+++"), IsRefused("1: the head has no end"));
  EXPECT_THAT(Try("+++\ntitle = 'T'\nyear = \n+++\n"), IsRefused("3:"));
  EXPECT_THAT(Try("+++\ntitle = 'T'\n\nlanguage: en\n+++\n"), IsRefused("4:9: this is not TOML"));
  EXPECT_THAT(Try("+++\ntitle = 'T'\ntitle = 'U'\n+++\n"), IsRefused("3:"));
}

TEST(MarkdownFileTest, TextThatBelongsNowhereIsSaidWithItsLine) {
  EXPECT_THAT(Try("+++\n+++\n\nStray.\n## Problem\nx\n"), IsRefused("4: this text stands under no heading"));
  EXPECT_THAT(
      Try("+++\n+++\n## Problem\nx\n## Budget\ny\n"),
      IsRefused("5: there is no section 'budget'; there are: ## Problem, ## What was done, ## What came of it"));
  EXPECT_THAT(Try("+++\n+++\n## Problem\nx\n## problem\ny\n"),
              IsRefused("5: the section 'problem' stands there twice"));
  EXPECT_THAT(Try("+++\n+++\n## Done\nx\n## What was done\ny\n"), IsRefused("stands there twice"));
  EXPECT_THAT(Try("+++\nproblem = 'x'\n+++\n## Problem\ny\n"), IsRefused("problem stands in the head and in the text"));
}

}  // namespace
}  // namespace hansa::testing
