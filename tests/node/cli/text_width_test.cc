#include "node/cli/text_width.h"

#include <gmock/gmock.h>

namespace hansa::node::cli {
namespace {

using ::testing::ElementsAre;

TEST(TextWidth, CountsWhatATerminalShows) {
  EXPECT_EQ(WidthOf(""), 0u);
  EXPECT_EQ(WidthOf("Bonn"), 4u);
  EXPECT_EQ(WidthOf("Bogotá"), 6u);
  EXPECT_EQ(WidthOf("Bogota\xCC\x81"), 6u);  // a combining accent takes no column
  EXPECT_EQ(WidthOf("오산"), 4u);
  EXPECT_EQ(WidthOf("오산시 Osan"), 11u);
  EXPECT_EQ(WidthOf("\xE1\x84\x8B\xE1\x85\xA9"), 2u);  // 오 in two parts
  EXPECT_EQ(WidthOf("ｆｕｌｌ"), 8u);
  EXPECT_EQ(WidthOf("Ａ1"), 3u);
}

TEST(TextWidth, BytesThatAreNotUtf8TakeAColumnEach) {
  EXPECT_EQ(WidthOf("\xFF\xFE"
                    "a"),
            3u);
}

TEST(TextWidth, NothingFromOthersReachesTheTerminalAsACommand) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a [31mb");
  EXPECT_EQ(Printable("a\nb\tc\x7f"), "a b c ");
  EXPECT_EQ(Printable("a\xC2\x9B"
                      "b"),
            "a b");  // the C1 form of an escape
  EXPECT_EQ(Printable("a\xE2\x80\xAE"
                      "b"),
            "a b");  // right-to-left override
  EXPECT_EQ(Printable("a\xE2\x81\xA6"
                      "b"),
            "a b");  // left-to-right isolate
  EXPECT_EQ(Printable("성인 문해율 é"), "성인 문해율 é");
}

TEST(TextWidth, WrapsAtSpacesAndInsideLongWords) {
  EXPECT_THAT(Wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrapped("abcdefghij", 4), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(Wrapped("가나다라", 5), ElementsAre("가나", "다라"));
  EXPECT_THAT(Wrapped("one\ntwo three", 0), ElementsAre("one", "two three"));
  EXPECT_THAT(Wrapped("", 10), ElementsAre(""));
}

TEST(TextWidth, NoLineIsWiderThanAsked) {
  const std::string text = "경영 분야에서의 성 평등 gender-equality-in-business-management (10위권)";
  for (std::size_t width = 2; width < 40; ++width) {
    for (const std::string& line : Wrapped(text, width)) EXPECT_LE(WidthOf(line), width) << line;
  }
}

}  // namespace
}  // namespace hansa::node::cli
