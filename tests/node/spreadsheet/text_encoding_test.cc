#include "node/spreadsheet/text_encoding.h"

#include "tests/testing/status_matchers.h"

namespace hansa::node::spreadsheet {
namespace {

using hansa::testing::IsOkAndHolds;
using hansa::testing::StatusIs;

TEST(Encoding, ReadsWhatKoreanSpreadsheetsWrite) {
  // 똠방 holds a syllable that only the Windows extension of EUC-KR has.
  for (const char* name : {"CP949", "cp949", "UHC", "EUC-KR"}) {
    EXPECT_THAT(ToUtf8("\x8C\x63\xB9\xE6,1", name), IsOkAndHolds("똠방,1")) << name;
  }
}

TEST(Encoding, ReadsLatinAndUtf16) {
  EXPECT_THAT(ToUtf8("Bogot\xE1", "ISO-8859-1"), IsOkAndHolds("Bogotá"));
  EXPECT_THAT(ToUtf8(absl::string_view("a\0b\0", 4), "UTF-16LE"), IsOkAndHolds("ab"));
  EXPECT_THAT(ToUtf8("", "CP949"), IsOkAndHolds(""));
}

TEST(Encoding, NamesTheRowThatIsSomethingElse) {
  EXPECT_THAT(ToUtf8("a,b\n\xC0\xCC,1\n\xC0\x20,2\n", "CP949"),
              StatusIs(absl::StatusCode::kInvalidArgument, "row 3 is not CP949"));
}

TEST(Encoding, RefusesAnEncodingThatDoesNotExist) {
  EXPECT_THAT(ToUtf8("a", "KLINGON-8"), StatusIs(absl::StatusCode::kInvalidArgument, "no encoding 'KLINGON-8'"));
}

}  // namespace
}  // namespace hansa::node::spreadsheet
