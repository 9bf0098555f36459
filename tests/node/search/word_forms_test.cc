#include "node/search/word_forms.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hansa::testing {
namespace {

using node::search::Folded;
using node::search::PairsOf;
using node::search::PiecesOf;
using node::search::WithoutParticle;
using node::search::Word;
using node::search::WordsIn;
using ::testing::ElementsAre;

std::vector<std::string> Forms(absl::string_view text) {
  std::vector<std::string> forms;
  for (const Word& word : WordsIn(text)) forms.push_back(word.form);
  return forms;
}

TEST(WordForms, AreWithoutCaseAndAccents) {
  EXPECT_EQ(Folded("Medellín"), "medellin");
  EXPECT_EQ(Folded("MEDELLI\u0301N"), "medellin");
  EXPECT_EQ(Folded("Straße"), "strasse");
  EXPECT_EQ(Folded("Tromsø Łódź"), "tromso lodz");
  EXPECT_EQ(Folded("Αθήνα"), "αθηνα");
  EXPECT_EQ(Folded("ＡＢＣ１"), "abc1");
}

TEST(WordForms, OfArabicAreWithoutPointsAndOneAlef) {
  EXPECT_EQ(Folded("مَدِينَة"), "مدينه");
  EXPECT_EQ(Folded("أحمد"), Folded("احمد"));
}

TEST(WordForms, SignsThatAreLettersOfTheirScriptStay) {
  EXPECT_EQ(Folded("が"), "が");
  EXPECT_EQ(Folded("학습"), "학습");
  EXPECT_EQ(Folded("हिन्दी"), "हिन्दी");
}

TEST(WordForms, WordsAreWhereTheLanguageBreaksThem) {
  EXPECT_THAT(Forms("Well-being, 2024!"), ElementsAre("well", "being", "2024"));
  EXPECT_THAT(Forms("Volkshochschule"), ElementsAre("volkshochschule"));
  EXPECT_THAT(Forms("l’école de l'été; the city's"), ElementsAre("ecole", "de", "ete", "the", "city"));
  EXPECT_THAT(Forms("ICT교육 도시"), ElementsAre("ict", "교육", "도시"));
  EXPECT_THAT(Forms(""), ElementsAre());
}

TEST(WordForms, AWordKnowsWhereItStands) {
  const std::string text = "Né à Cali";
  const std::vector<Word> words = WordsIn(text);
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(text.substr(words[2].begin, words[2].end - words[2].begin), "Cali");
  EXPECT_EQ(words[0].cased, "né");
  EXPECT_EQ(words[0].form, "ne");
}

TEST(WordForms, WhatIsNoUtf8IsNoDisaster) { EXPECT_THAT(Forms("good \xff\xfe day"), ElementsAre("good", "day")); }

TEST(WordForms, RunsAreTakenPieceByPiece) {
  EXPECT_THAT(PairsOf("평생학습"), ElementsAre("생학", "평생", "학습"));
  EXPECT_THAT(PairsOf("책"), ElementsAre("책"));
  EXPECT_THAT(PiecesOf("책을"), ElementsAre("을", "책", "책을"));
}

TEST(WordForms, AKoreanParticleIsKnownByItsEnd) {
  EXPECT_EQ(WithoutParticle("학습도시를"), "학습도시");
  EXPECT_EQ(WithoutParticle("도서관에서"), "도서관");
  EXPECT_EQ(WithoutParticle("책을"), "책을");
  EXPECT_EQ(WithoutParticle("终身学习"), "终身学习");
}

}  // namespace
}  // namespace hansa::testing
