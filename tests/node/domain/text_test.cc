#include "node/domain/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;

TEST(TextTest, ComposesLettersAndAccents) {
  EXPECT_EQ(CleanText("Bogota\xCC\x81", Lines::kOne).value(), "Bogotá");
  EXPECT_EQ(CleanText("Bogotá", Lines::kOne).value(), "Bogotá");
  EXPECT_EQ(CleanText("\xE1\x84\x8B\xE1\x85\xA9", Lines::kOne).value(), "오");
}

TEST(TextTest, TakesAwayWhiteSpaceAroundAText) { EXPECT_EQ(CleanText("  a\tb \r\n", Lines::kOne).value(), "a b"); }

TEST(TextTest, KeepsLinesInANoteAndRefusesThemInAName) {
  EXPECT_EQ(CleanText("one\r\ntwo\rthree", Lines::kMany).value(), "one\ntwo\nthree");
  EXPECT_THAT(std::string(CleanText("one\ntwo", Lines::kOne).status().message()), HasSubstr("more than one line"));
}

TEST(TextTest, RefusesWhatCannotBeSeen) {
  const std::pair<const char*, const char*> texts[] = {
      {"a\x01z", "U+0001"},         {"a\x7Fz", "U+007F"},         {"a\xC2\x85z", "U+0085"},
      {"a\xE2\x80\xAEz", "U+202E"}, {"a\xE2\x81\xA6z", "U+2066"}, {"a\xE2\x80\x8Fz", "U+200F"},
      {"a\xEF\xBB\xBFz", "U+FEFF"}, {"a\xD8\x9Cz", "U+061C"},     {"a\x1B[31m", "U+001B"}};
  for (const auto& [text, point] : texts) {
    EXPECT_THAT(std::string(CleanText(text, Lines::kMany).status().message()), HasSubstr(point));
    EXPECT_THAT(std::string(CheckText(text, Lines::kMany).message()), HasSubstr(point));
  }
}

TEST(TextTest, RefusesBytesThatAreNoUtf8) {
  for (const char* text : {"\xFF", "a\xC3", "\xC0\x80", "\xED\xA0\x80", "caf\xE9"}) {
    EXPECT_FALSE(IsUtf8(text));
    EXPECT_THAT(std::string(CleanText(text, Lines::kOne).status().message()), HasSubstr("UTF-8"));
  }
  EXPECT_TRUE(IsUtf8("서울 🏙"));
}

TEST(TextTest, ChecksThatATextIsNormalised) {
  EXPECT_TRUE(CheckText("Bogotá", Lines::kOne).ok());
  EXPECT_THAT(std::string(CheckText("Bogota\xCC\x81", Lines::kOne).message()), HasSubstr("normalization form C"));
  EXPECT_FALSE(CheckText("tab\there", Lines::kMany).ok());
}

TEST(TextTest, WhatItCleansItAccepts) {
  for (const char* text : {"plain", "  Bogota\xCC\x81\t", "a\r\nb", "서울", "\xE2\x84\xAB", ""}) {
    const auto clean = CleanText(text, Lines::kMany);
    ASSERT_TRUE(clean.ok()) << text;
    EXPECT_TRUE(CheckText(*clean, Lines::kMany).ok()) << text;
    EXPECT_EQ(CleanText(*clean, Lines::kMany).value(), *clean);
  }
}

TEST(TextTest, CountsCharactersAndNotBytes) {
  EXPECT_EQ(CharacterCount(""), 0u);
  EXPECT_EQ(CharacterCount("Turin"), 5u);
  EXPECT_EQ(CharacterCount("오산시"), 3u);
  EXPECT_EQ(CharacterCount("🏙"), 1u);
}

TEST(TextTest, KnowsACityHoweverItIsWritten) {
  EXPECT_TRUE(SameName("Bogotá", "BOGOTA\xCC\x81"));
  EXPECT_TRUE(SameName("Straßburg", "STRASSBURG"));
  EXPECT_FALSE(SameName("Bogotá", "Bogota"));
  EXPECT_FALSE(SameName("\xFF", "\xFF"));
}

TEST(TextTest, QuotesSafely) {
  EXPECT_EQ(Quoted("1,5"), "'1,5'");
  EXPECT_EQ(Quoted("a\x1B[31m\xFFz"), "'a?[31m?z'");
  EXPECT_EQ(CharacterCount(Quoted(std::string(500, 'x'))), 63u);
}

TEST(TextTest, ShortensBetweenCharacters) {
  EXPECT_EQ(Shortened("오산시", 3), "오산시");
  EXPECT_EQ(Shortened("오산시", 2), "오산…");
  EXPECT_EQ(Shortened("", 0), "");
  EXPECT_EQ(Shortened("a\nb\x1B", 9), "a?b?");
}

TEST(TextTest, TellsLanguageTags) {
  for (const char* tag : {"ko", "pt-BR", "zh-Hant-TW", "fil"}) EXPECT_TRUE(IsLanguageTag(tag)) << tag;
  for (const char* tag : {"", "k", "KO", "ko_KR", "ko-", "-ko", "korean", "ko-abcdefghi"}) {
    EXPECT_FALSE(IsLanguageTag(tag)) << tag;
  }
}

}  // namespace
}  // namespace hansa::node::domain
