#include "node/search/excerpt.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace hansa::testing {
namespace {

using node::search::ExcerptOf;
using node::search::Looked;
using node::search::Word;

// With [ and ] for the two marks.
std::string Excerpt(const std::vector<absl::string_view>& parts, const std::string& form,
                    const std::vector<std::string>& runs = {}) {
  const std::string marked = ExcerptOf(parts, {[&](const Word& word) { return word.form == form; }, runs});
  return absl::StrReplaceAll(marked, {{"\x02", "["}, {"\x03", "]"}});
}

TEST(Excerpt, MarksWhatWasFoundInTheFirstPartThatHasIt) {
  EXPECT_EQ(Excerpt({"Nothing here.", "A café.\nThe Café  again."}, "cafe"), "A [café]. The [Café] again.");
}

TEST(Excerpt, IsTheBeginningWhereNothingWasFound) { EXPECT_EQ(Excerpt({"All of it."}, "none"), "All of it."); }

TEST(Excerpt, OfNothingIsNothing) { EXPECT_EQ(Excerpt({}, "none"), ""); }

TEST(Excerpt, IsAPieceAroundTheWordAndCutsNoWord) {
  std::string text;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&text, i == 50 ? "target " : "filling ");
  const std::string excerpt = Excerpt({text}, "target");
  EXPECT_THAT(excerpt, ::testing::StartsWith("…filling "));
  EXPECT_THAT(excerpt, ::testing::HasSubstr(" [target] "));
  EXPECT_THAT(excerpt, ::testing::EndsWith("filling…"));
  EXPECT_LT(excerpt.size(), 230u);
}

TEST(Excerpt, MarksAPieceOfARun) {
  EXPECT_EQ(Excerpt({"모두의 평생학습도시를 위해"}, "", {"학습도시"}), "모두의 평생[학습도시]를 위해");
}

TEST(Excerpt, CutsBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "学";
  const std::string excerpt = Excerpt({text}, "");
  EXPECT_EQ(excerpt.size(), 200 * 3 + 3u);
}

TEST(Excerpt, ATextCannotWriteTheMarks) {
  EXPECT_EQ(Excerpt({"a \x02"
                     "b\x03 c"},
                    "c"),
            "a b [c]");
}

}  // namespace
}  // namespace hansa::testing
