// What is said in a language, and lines from any depth that are put into it. The catalogue itself is held to the
// sources by tests/tidy/sentences.
#include "node/words/words.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/words/embedded.h"

namespace hansa::node::words {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const Words kKorean(Language::kKorean);
const Words kEnglish(Language::kEnglish);

std::string InKorean(absl::string_view english) { return kKorean(english); }

bool HasHangul(absl::string_view text) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    // U+AC00 to U+D7A3 in UTF-8.
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0xEA && byte <= 0xED) return true;
  }
  return false;
}

TEST(Words, LanguagesHaveTags) {
  EXPECT_EQ(LanguageNamed("ko"), Language::kKorean);
  EXPECT_EQ(LanguageNamed("en"), Language::kEnglish);
  EXPECT_EQ(LanguageNamed("tlh"), std::nullopt);
  EXPECT_STREQ(LanguageTag(Language::kKorean), "ko");
}

TEST(Words, ASentenceIsSaidInTheLanguageWithItsPlacesFilled) {
  EXPECT_EQ(kEnglish("entry {0} of a feed", 7), "entry 7 of a feed");
  EXPECT_EQ(kKorean("entry {0} of a feed", 7), "피드의 항목 7");
}

TEST(Words, OneAndManyAreTwoFormsInEnglishAndOneInKorean) {
  EXPECT_EQ(kEnglish.Counted(1, "{0} revision", "{0} revisions"), "1 revision");
  EXPECT_EQ(kEnglish.Counted(1234567, "{0} revision", "{0} revisions"), "1,234,567 revisions");
}

TEST(Words, WhatTheCatalogueLacksIsSaidInEnglish) {
  EXPECT_EQ(kKorean("nobody ever says {0}", 1), "nobody ever says 1");
  EXPECT_EQ(kKorean.Translated("nobody ever says this: at all"), "nobody ever says this: at all");
}

TEST(Words, ALineInEnglishStaysAsItIs) {
  EXPECT_EQ(kEnglish.Translated("there is no member gb-x"), "there is no member gb-x");
}

TEST(Words, ALineIsTakenApartAtItsMarks) {
  const std::string line = "a.csv:3: the row is not UTF-8; entry 7 of a feed: one officer's approval";
  EXPECT_EQ(kKorean.Translated(line), absl::StrCat("a.csv:3: ", InKorean("the row is not UTF-8"),
                                                   "; 피드의 항목 7: ", InKorean("one officer's approval")));
}

TEST(Words, AWholeSentenceIsPreferredToItsParts) {
  const std::string key = "{0} is {1}, not a practice; hansa practices list shows those";
  EXPECT_EQ(kKorean.Translated("5f0c2a91 is an offer, not a practice; hansa practices list shows those"),
            kKorean(key, "5f0c2a91", InKorean("an offer")));
}

TEST(Words, WhatPeopleWroteStays) {
  const std::string line = "there is no member 'practice: withdrawal; offer'";
  EXPECT_THAT(kKorean.Translated(line), HasSubstr("'practice: withdrawal; offer'"));
  EXPECT_EQ(kKorean.Translated("'practice'"), "'practice'");
}

TEST(Words, APlaceHoldsNoMoreThanAPartOfALine) {
  EXPECT_EQ(kKorean.Translated("the high-water mark of a: b stands at 3; it cannot go back to 2"),
            "the high-water mark of a: b stands at 3; it cannot go back to 2");
}

TEST(Words, AFewWordsAroundAPlaceRecogniseOnlyOneWord) {
  EXPECT_EQ(kKorean.Translated("7 members"), kKorean("{0} members", 7));
  EXPECT_EQ(kKorean.Translated("greet all other members"), "greet all other members");
}

TEST(Words, TypedWordsStayInEveryLanguage) {
  EXPECT_THAT(kKorean.Translated("`hansa in force` needs one of: a; see `hansa help in force`"),
              HasSubstr("`hansa in force`"));
  EXPECT_EQ(kKorean.Translated("language: publishing"), "language: publishing");
  EXPECT_EQ(kKorean.Translated("`hansa survey enter` needs FILE; type `hansa survey enter FILE`"),
            "`hansa survey enter`에는 FILE이(가) 필요합니다; `hansa survey enter FILE` 형식으로 입력하십시오");
}

TEST(Words, MarksInParenthesesTakeNothingApart) {
  EXPECT_EQ(kKorean.Translated("the store is damaged (Corruption: bad; really); stop the node and check the disk"),
            kKorean("the store is damaged ({0}); stop the node and check the disk", "Corruption: bad; really"));
}

TEST(Words, RubbishOfAnyLengthComesBack) {
  EXPECT_EQ(kKorean.Translated(""), "");
  EXPECT_EQ(kKorean.Translated(": ; : "), ": ; : ");
  const std::string marks(20'000, ';');
  EXPECT_EQ(kKorean.Translated(marks), marks);
  std::string many;
  for (int i = 0; i < 500; ++i) many += "x: ";
  EXPECT_EQ(kKorean.Translated(many), many);
  EXPECT_THAT(kKorean.Translated(std::string(100'000, 'a')), SizeIs(100'000));
}

TEST(Catalogue, EverySentenceIsRecognisedAsItself) {
  ASSERT_THAT(Sentences(), SizeIs(::testing::Gt(500u)));
  const std::vector<std::string> fillings = {"Q0", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9"};
  for (const Sentence& sentence : Sentences()) {
    if (!absl::StrContains(sentence.english, ' ')) continue;  // a single word may be what somebody types
    EXPECT_EQ(kKorean.Translated(Filled(sentence.english, fillings)), Filled(sentence.korean, fillings))
        << sentence.english;
  }
}

TEST(Catalogue, EverySentenceThatHasWordsHasThemInKorean) {
  for (const Sentence& sentence : Sentences()) EXPECT_TRUE(HasHangul(sentence.korean)) << sentence.english;
}

}  // namespace
}  // namespace hansa::node::words
