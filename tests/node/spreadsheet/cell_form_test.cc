#include "node/spreadsheet/cell_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace hansa::node::spreadsheet {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(CellFormTest, CutsLongTextsBetweenCharacters) {
  EXPECT_EQ(CutTo("abcde", 5), "abcde");
  EXPECT_EQ(CutTo("abcdef", 5), "abcd…");
  EXPECT_EQ(CutTo("한국어판", 4), "한국어판");
  EXPECT_EQ(CutTo("한국어판", 3), "한국…");
  EXPECT_EQ(CutTo("", 3), "");
}

TEST(CellFormTest, CountsAsASpreadsheetDoes) {
  // Two units each.
  EXPECT_EQ(CutTo("😀😀", 4), "😀😀");
  EXPECT_EQ(CutTo("😀😀", 3), "😀…");
}

TEST(CellFormTest, KeepsFifteenDigitsAndNoMore) {
  EXPECT_THAT(KeptNumber("76.70"), Optional(76.7));
  EXPECT_THAT(KeptNumber("75.9"), Optional(75.9));
  EXPECT_THAT(KeptNumber("123456789012345"), Optional(123456789012345.0));
  EXPECT_THAT(KeptNumber("1234567890.123456"), Eq(std::nullopt));
  EXPECT_THAT(KeptNumber("percent"), Eq(std::nullopt));
}

TEST(CellFormTest, ShowsTheDecimalsThatWereWritten) {
  EXPECT_EQ(ShowsDecimalsOf("76.70"), "0.00");
  EXPECT_EQ(ShowsDecimalsOf("76"), "0");
}

TEST(CellFormTest, AnInputCellNeverHidesDecimalsTypedLater) {
  EXPECT_EQ(KeepsDecimalsOf("76.70"), "0.00#######");
  EXPECT_EQ(KeepsDecimalsOf("76.7"), "");
  EXPECT_EQ(KeepsDecimalsOf("70"), "");
}

TEST(CellFormTest, CountsLinesByWidthWithWideLettersAsTwo) {
  EXPECT_EQ(LinesIn("", 10), 1U);
  EXPECT_EQ(LinesIn("12345", 10), 1U);
  EXPECT_EQ(LinesIn("1234567890 1234567890", 10), 3U);
  EXPECT_EQ(LinesIn("one\ntwo", 10), 2U);
  EXPECT_GT(LinesIn("학습도시의 특징", 10), LinesIn("abcdefgh", 10));
}

}  // namespace
}  // namespace hansa::node::spreadsheet
