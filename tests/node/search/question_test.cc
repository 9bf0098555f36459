#include "node/search/question.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace hansa::testing {
namespace {

using node::search::AsItStands;
using node::search::Joined;
using node::search::ParseQuestion;
using node::search::Question;
using node::search::Wanted;
using node::search::WordsIn;

// "reading 'learning city' -'old school'"
std::string Line(absl::string_view text) {
  const Question question = ParseQuestion(text);
  std::string line;
  const auto add = [&line](const Wanted& wanted, const char* before) {
    std::string words;
    for (const auto& word : wanted.words) absl::StrAppend(&words, words.empty() ? "" : " ", word.form);
    const char* quote = wanted.is_phrase ? "'" : "";
    absl::StrAppend(&line, line.empty() ? "" : " ", before, quote, words, quote);
  };
  for (const Wanted& wanted : question.all) add(wanted, "");
  for (const Wanted& wanted : question.none) add(wanted, "-");
  return line;
}

bool Stands(absl::string_view phrase, absl::string_view text) {
  return absl::StrContains(Joined(WordsIn(text)), AsItStands({WordsIn(phrase), true}));
}

TEST(Question, HasWordsPhrasesAndWhatIsLeftOut) {
  EXPECT_EQ(Line("Reading adults"), "reading adults");
  EXPECT_EQ(Line("reading \"learning city\" -prison"), "reading 'learning city' -prison");
  EXPECT_EQ(Line("-\"old school\" new"), "new -'old school'");
  EXPECT_EQ(Line("«ville apprenante»"), "'ville apprenante'");
  EXPECT_EQ(Line("「学習都市」"), Line("\"学習都市\""));
}

TEST(Question, AMinusCountsOnlyBeforeAWord) {
  EXPECT_EQ(Line("well-being"), "well being");
  EXPECT_EQ(Line("-well-being"), "-'well being'");
  EXPECT_EQ(Line("- -- …"), "");
}

TEST(Question, AQuoteThatIsNotClosedGoesToTheEnd) { EXPECT_EQ(Line("a \"b c"), "a 'b c'"); }

TEST(Question, AnEmptyQuoteIsNothing) { EXPECT_EQ(Line("\"\" a"), "a"); }

TEST(Phrase, StandsTogetherAsTyped) {
  EXPECT_TRUE(Stands("Learning City", "every learning city has"));
  EXPECT_FALSE(Stands("learning city", "every learning cityscape"));
  EXPECT_FALSE(Stands("learning city", "city learning"));
  EXPECT_TRUE(Stands("평생 학습", "모두의 평생 학습을"));
  EXPECT_TRUE(Stands("终身学习", "北京的终身学习城市"));
}

}  // namespace
}  // namespace hansa::testing
