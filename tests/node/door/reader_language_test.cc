// In which language whoever asks reads.
#include "node/door/reader_language.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace hansa::node::door {
namespace {

words::Language LanguageOf(std::vector<std::pair<std::string, std::string>> headers) {
  return ReaderLanguage({.method = "GET", .path = "/", .query = "", .headers = std::move(headers), .body = ""});
}
words::Language Accepting(const std::string& languages) { return LanguageOf({{"accept-language", languages}}); }

constexpr auto kEnglish = words::Language::kEnglish;
constexpr auto kKorean = words::Language::kKorean;

TEST(ReaderLanguageTest, IsTheMostWantedThatHansaSpeaks) {
  EXPECT_EQ(LanguageOf({}), kEnglish);
  EXPECT_EQ(Accepting("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7"), kKorean);
  EXPECT_EQ(Accepting("en-GB, ko;q=0.9"), kEnglish);
  EXPECT_EQ(Accepting("fr, de;q=0.9, ko;q=0.2"), kKorean);
  EXPECT_EQ(Accepting("en;q=0.2, KO ; q=0.5"), kKorean);
  EXPECT_EQ(Accepting("ko;q=0, en;q=0.1"), kEnglish);
  EXPECT_EQ(Accepting("*"), kEnglish);
  EXPECT_EQ(Accepting("kok;q=1"), kEnglish) << "another language";
  EXPECT_EQ(Accepting("ko;q=much, ;;,,"), kEnglish);
}

TEST(ReaderLanguageTest, IsWhatThePageWasSetTo) {
  EXPECT_EQ(LanguageOf({{"accept-language", "ko"}, {"x-hansa-language", "en"}}), kEnglish);
  EXPECT_EQ(LanguageOf({{"accept-language", "en"}, {"x-hansa-language", "ko"}}), kKorean);
  EXPECT_EQ(LanguageOf({{"accept-language", "ko"}, {"x-hansa-language", "tlh"}}), kKorean);
}

}  // namespace
}  // namespace hansa::node::door
