#include "node/domain/csv_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Reading {
  std::vector<std::string> rows;  // 'row: cell|cell'
  std::optional<CsvFault> fault;
};

Reading Read(absl::string_view bytes, const CsvLimits& limits = {}) {
  Reading reading;
  reading.fault = ReadCsv(bytes, limits, [&](const TableRow& row) {
    reading.rows.push_back(absl::StrCat(row.row, ": ", absl::StrJoin(row.cells, "|")));
    return true;
  });
  return reading;
}

TEST(CsvTableTest, ReadsQuotesCommasAndLineBreaksInCells) {
  const Reading reading = Read("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n\"two\nlines\",x\nlast,\n");
  EXPECT_FALSE(reading.fault);
  EXPECT_THAT(reading.rows, ElementsAre("1: a|b", "2: 1,5|say \"hi\"", "3: two\nlines|x", "4: last|"));
}

TEST(CsvTableTest, CountsRowsAsASpreadsheetDoes) {
  EXPECT_THAT(Read("a,b\r\n\r\n1,2\r\n\r\n\r\n3,4").rows, ElementsAre("1: a|b", "3: 1|2", "6: 3|4"));
  EXPECT_THAT(Read("a,b\n\n1,2\n  \n3,4\n").rows, ElementsAre("1: a|b", "3: 1|2", "5: 3|4"));
  EXPECT_THAT(Read("a\rb\r\rc").rows, ElementsAre("1: a", "2: b", "4: c"));
}

TEST(CsvTableTest, SkipsAByteOrderMark) {
  EXPECT_THAT(Read("\xEF\xBB\xBF"
                   "a,b\n")
                  .rows,
              ElementsAre("1: a|b"));
}

TEST(CsvTableTest, FindsNothingInAnEmptyFile) {
  EXPECT_THAT(Read("").rows, IsEmpty());
  EXPECT_FALSE(Read("").fault);
  EXPECT_THAT(Read("\n\n").rows, IsEmpty());
}

TEST(CsvTableTest, StopsWhenAsked) {
  int rows = 0;
  const auto fault = ReadCsv("1\n2\n3\n", {}, [&](const TableRow&) { return ++rows < 2; });
  EXPECT_FALSE(fault);
  EXPECT_EQ(rows, 2);
}

TEST(CsvTableTest, NamesTheRowOfWhatItCannotRead) {
  struct Case {
    std::string bytes;
    std::int64_t row;
    const char* what;
  };
  const Case cases[] = {{"a,b\n1,\"2\n3,4\n", 2, "quotation mark"},
                        {"a,b\n1,2\"3\n", 2, "quotation mark"},
                        {"a,b\n1,\"2\"3\n", 2, "quotation mark"},
                        {"a,b\n1,2\ncaf\xE9,3\n", 3, "not UTF-8"},
                        {absl::StrCat("a,b\n1,2\n3,", std::string(1, '\0'), "\n"), 3, "NUL"},
                        {"\xFF\xFE"
                         "a",
                         0, "UTF-16"},
                        {"PK\x03\x04zip", 0, "spreadsheet"},
                        {absl::StrCat("a,b\n1,", std::string(33'000, 'x'), "\n"), 2, "more than 32768 bytes"},
                        {absl::StrCat("a,b\n1,\"", std::string(400'000, 'x'), "\n"), 2, "not closed"},
                        {absl::StrCat(std::string(256, ','), "\n"), 1, "more than 256 columns"}};
  for (const Case& c : cases) {
    const Reading reading = Read(c.bytes);
    ASSERT_TRUE(reading.fault) << c.what;
    EXPECT_EQ(reading.fault->row, c.row) << c.what;
    EXPECT_THAT(reading.fault->what, HasSubstr(c.what));
    EXPECT_THAT(reading.fault->remedy, ::testing::Not(IsEmpty()));
  }
}

TEST(CsvTableTest, TakesTheMostColumnsAndRowsAndNoMore) {
  EXPECT_FALSE(Read(absl::StrCat(std::string(255, ','), "\n")).fault);
  std::string rows = "h\n";
  for (int i = 0; i < 10; ++i) rows += "1\n";
  CsvLimits limits;
  limits.rows_max = 10;
  EXPECT_FALSE(Read(rows, limits).fault);
  rows += "1\n";
  ASSERT_TRUE(Read(rows, limits).fault);
  EXPECT_EQ(Read(rows, limits).fault->row, 12);
}

// Chunks in which the parser is fed must not show.
TEST(CsvTableTest, ReadsCellsAcrossChunks) {
  std::string bytes = "h,i\n";
  for (int i = 0; i < 5000; ++i) absl::StrAppend(&bytes, "\"", i, ",\n", std::string(i % 97, 'y'), "\",z\n");
  const Reading reading = Read(bytes);
  ASSERT_FALSE(reading.fault);
  ASSERT_EQ(reading.rows.size(), 5001u);
  EXPECT_EQ(reading.rows[4000], absl::StrCat("4001: 3999,\n", std::string(3999 % 97, 'y'), "|z"));
}

}  // namespace
}  // namespace hansa::node::domain
