#include "node/importing/reading_answer.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "node/domain/problem_rules.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::importing {
namespace {

using spreadsheet::TableFile;

// Texts that a CSV file could lose: separators, quotation marks, white space, nothing.
std::string RandomText(std::mt19937& random) {
  constexpr const char* kPieces[] = {"", "a", ",", "\"", "\n", "\r\n", " ", "\t", "'=1", "성인", "1.50", "row", "end"};
  std::string text;
  for (auto i = random() % 4; i > 0; --i) text += kPieces[random() % std::size(kPieces)];
  return text;
}

TableFile RandomFile(std::mt19937& random) {
  TableFile file;
  file.kind = "csv";
  file.encoding = RandomText(random);
  file.separator = ";";
  for (auto i = random() % 3; i > 0; --i) file.sheets.push_back(RandomText(random));
  file.table.sheet = RandomText(random);
  std::int64_t number = 0;
  for (auto i = random() % 20; i > 0; --i) {
    domain::TableRow row;
    row.row = number += 1 + random() % 3;
    for (auto cells = 1 + random() % 5; cells > 0; --cells) row.cells.push_back(RandomText(random));
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
      if (random() % 2 == 0) row.numbers.push_back(column);
    }
    file.table.rows.push_back(row);
  }
  if (random() % 2 == 0) file.fault = domain::CsvFault{number, "rule", "what " + RandomText(random), "do"};
  return file;
}

TEST(Answer, IsReadBackAsItWas) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const TableFile file = RandomFile(random);
    const auto read = ReadAnswer(AnswerOf(file));
    ASSERT_TRUE(read.ok()) << i;
    // A line break inside a text is a line feed.
    EXPECT_EQ(AnswerOf(*read), AnswerOf(file)) << i;
    EXPECT_TRUE(*read == file) << i;
  }
}

TEST(Answer, OfAProcessWithoutMemoryIsAFault) {
  const auto read = ReadAnswer(kTooLargeAnswer);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_TRUE(read->fault);
  EXPECT_EQ(read->fault->rule, domain::rule_id::kWorkbookTooLarge);
  EXPECT_EQ(read->fault->remedy, "split it by year");
}

TEST(Answer, ThatIsNotWholeIsNone) {
  std::mt19937 random(9);
  const std::string answer = AnswerOf(RandomFile(random));
  for (std::size_t size = 0; size + 3 < answer.size(); ++size) {
    EXPECT_THAT(ReadAnswer(answer.substr(0, size)).status(), testing::StatusIs(absl::StatusCode::kDataLoss)) << size;
  }
  for (const char* liar : {"row,0,,x\r\nend\r\n", "row,2,,x\r\nrow,2,,y\r\nend\r\n", "row,1,7,x\r\nend\r\n",
                           "other,1\r\nend\r\n", "fault,x,a,b\r\nend\r\n", "row,1\r\nend\r\n"}) {
    EXPECT_THAT(ReadAnswer(liar).status(), testing::StatusIs(absl::StatusCode::kDataLoss)) << liar;
  }
}

}  // namespace
}  // namespace hansa::node::importing
