#include "node/importing/reading_answer.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "node/domain/csv_table.h"

namespace hansa::node::importing {
namespace {

using spreadsheet::TableFile;

// Records: 'file' with what was read, 'sheet' for each name, 'row' with its number, the positions of numbers and its
// cells, 'fault', and at the very end 'end', without which the answer is not whole.
constexpr char kFile[] = "file";
constexpr char kSheet[] = "sheet";
constexpr char kRow[] = "row";
constexpr char kFault[] = "fault";
constexpr char kEnd[] = "end";
constexpr std::size_t kRowHead = 3;

absl::Status NotWhole() {
  return absl::DataLossError("reading the file ended before it was done; import a smaller file, or one saved anew");
}

class AnswerReader {
 public:
  // False to stop reading.
  bool Take(const std::vector<std::string>& cells) {
    whole_ = false;
    if (cells[0] == kFile && cells.size() == 5) {
      file_.kind = cells[1];
      file_.encoding = cells[2];
      file_.separator = cells[3];
      file_.table.sheet = cells[4];
    } else if (cells[0] == kSheet && cells.size() == 2) {
      file_.sheets.push_back(cells[1]);
    } else if (cells[0] == kRow) {
      return TakeRow(cells);
    } else if (cells[0] == kFault && cells.size() == 5) {
      file_.fault = domain::CsvFault{0, cells[2], cells[3], cells[4]};
      return absl::SimpleAtoi(cells[1], &file_.fault->row);
    } else {
      whole_ = cells[0] == kEnd;
      return false;
    }
    return true;
  }

  absl::StatusOr<TableFile> Done() {
    if (!whole_) return NotWhole();
    return std::move(file_);
  }

 private:
  bool TakeRow(const std::vector<std::string>& cells) {
    domain::TableRow row;
    if (cells.size() <= kRowHead || !absl::SimpleAtoi(cells[1], &row.row)) return false;
    const bool ascending = file_.table.rows.empty() || file_.table.rows.back().row < row.row;
    if (row.row < 1 || !ascending) return false;
    row.cells.assign(cells.begin() + kRowHead, cells.end());
    for (const absl::string_view position : absl::StrSplit(cells[2], ' ', absl::SkipEmpty())) {
      std::size_t number = 0;
      if (!absl::SimpleAtoi(position, &number) || number >= row.cells.size()) return false;
      if (!row.numbers.empty() && row.numbers.back() >= number) return false;
      row.numbers.push_back(number);
    }
    file_.table.rows.push_back(std::move(row));
    return true;
  }

  TableFile file_;
  bool whole_ = false;
};

}  // namespace

std::string AnswerOf(const TableFile& file) {
  std::string answer;
  const auto add = [&](const std::vector<std::string>& cells) { answer += domain::CsvRecord(cells); };
  add({kFile, file.kind, file.encoding, file.separator, file.table.sheet});
  for (const std::string& sheet : file.sheets) add({kSheet, sheet});
  for (const domain::TableRow& row : file.table.rows) {
    std::vector<std::string> cells = {kRow, absl::StrCat(row.row), absl::StrJoin(row.numbers, " ")};
    cells.insert(cells.end(), row.cells.begin(), row.cells.end());
    add(cells);
  }
  if (file.fault) {
    add({kFault, absl::StrCat(file.fault->row), file.fault->rule, file.fault->what, file.fault->remedy});
  }
  add({kEnd});
  return answer;
}

absl::StatusOr<TableFile> ReadAnswer(absl::string_view answer) {
  domain::CsvLimits limits;
  limits.rows_max *= 2;  // Rows, and as many of every other kind.
  limits.columns_max += kRowHead;
  AnswerReader reader;
  const auto fault =
      domain::ReadCsv(answer, limits, [&](const domain::TableRow& record) { return reader.Take(record.cells); });
  if (fault) return NotWhole();
  return reader.Done();
}

}  // namespace hansa::node::importing
