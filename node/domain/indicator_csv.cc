#include "node/domain/indicator_csv.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/domain/csv_table.h"
#include "node/domain/indicator_columns.h"
#include "node/domain/indicator_row.h"
#include "node/domain/problem_rules.h"
#include "node/domain/table_layout.h"

namespace hansa::node::domain {
namespace {

// Puts the rows of one sheet together.
class SheetReader {
 public:
  SheetReader(const catalogue::Catalogue& catalogue, const IndicatorInput& input)
      : catalogue_(catalogue), input_(input) {}

  IndicatorCsvContent Read(const Table& table) {
    const LaidTable laid = LayOut(catalogue_, table);
    if (laid.header.cells.empty()) {
      Error({input_.file, 0, "", "", rule_id::kEmptyFile, "the file is empty",
             "begin it with a header such as cell,year,value,source"});
    } else if (TakeHeader(laid.header)) {
      name_column_ = laid.name_column;
      for (const std::size_t column : laid.nameless) WarnOfNameless(laid.header.row, column);
      for (const LaidRow& row : laid.rows) {
        if (!Take(row)) break;
      }
    }
    return std::move(content_);
  }

 private:
  struct Place {
    std::int64_t row = 0;
    std::size_t column = 0;  // Where years stand across.
  };

  // False to stop reading.
  bool Take(const LaidRow& row) {
    const auto blank = [](const std::string& text) { return absl::StripAsciiWhitespace(text).empty(); };
    if (std::all_of(row.row.cells.begin(), row.row.cells.end(), blank)) return true;
    IndicatorRow read = ReadIndicatorRow({catalogue_, input_, *columns_}, row.row);
    if (read.fate == RowFate::kSkipped) ++content_.skipped;
    if (read.fate == RowFate::kUnchanged) ++content_.unchanged;
    if (read.fate == RowFate::kAccepted) Accept(row, std::move(read.observation));
    Tell(row, read.errors, content_.errors);
    Tell(row, read.warnings, content_.warnings);
    if (content_.errors.size() + content_.warnings.size() < kProblemsMax) return true;
    Error({input_.file, row.row.row, "", "", rule_id::kTooManyProblems,
           "reading stopped here: the file has too many problems", "mend those above and import again"});
    return false;
  }

  // Problems of a row, in the columns of the sheet. Where years stand across, the value is in the column of its year,
  // and what is wrong with the row is said once for all its years.
  void Tell(const LaidRow& row, std::vector<Problem>& problems, std::vector<Problem>& told) const {
    for (Problem& problem : problems) {
      const bool of_value = problem.column == "value" || problem.column == "year";
      const bool of_name = problem.column == "cell" || problem.column == "measurement_id";
      if (of_value && !row.value_column.empty()) problem.column = row.value_column;
      if (of_name && !name_column_.empty()) problem.column = name_column_;
      const auto of_row =
          std::find_if(told.rbegin(), told.rend(), [&](const Problem& other) { return other.row != problem.row; });
      if (row.value_column.empty() || std::find(told.rbegin(), of_row, problem) == of_row) {
        told.push_back(std::move(problem));
      }
    }
  }

  bool TakeHeader(const TableRow& header) {
    columns_ = IndicatorColumns::Read(catalogue_, header, content_.errors, content_.warnings);
    if (content_.errors.empty()) CheckYear();
    for (Problem& problem : content_.errors) problem.file = input_.file;
    for (Problem& problem : content_.warnings) problem.file = input_.file;
    return content_.errors.empty();
  }

  void WarnOfNameless(std::int64_t row, std::size_t column) {
    content_.warnings.push_back({input_.file, row, "", "", rule_id::kColumnWithoutName,
                                 absl::StrCat("column ", ColumnLetters(column), " has no heading; it is not imported"),
                                 "give it one if it should be"});
  }

  // That there is a year at all. Rows are not worth reading without.
  void CheckYear() {
    if (input_.year && (*input_.year < kYearMin || *input_.year > kYearMax)) {
      Error({"", 0, "year", "", rule_id::kNotAYear, absl::StrCat(*input_.year, " is not a year from 1900 to 2200"),
             "give --year four digits, such as 2023"});
    }
    if (!input_.year && !columns_->Has("year")) {
      Error({"", 1, "year", "", rule_id::kNoYear, "nothing says which year the values are of",
             "add a column 'year', or give --year"});
    }
  }

  void Accept(const LaidRow& row, YearlyObservation observation) {
    const Place place{observation.row, row.value_place};
    const auto [first, added] = rows_.emplace(std::pair(observation.year, observation.observation.cell), place);
    if (added) {
      content_.accepted.push_back(std::move(observation));
      return;
    }
    Error({input_.file, observation.row, "", observation.observation.cell, rule_id::kCellTwice,
           first->second.row == place.row ? InColumns(observation.year, first->second, place)
                                          : absl::StrCat("the cell stands twice for ", observation.year, ": in rows ",
                                                         first->second.row, " and ", place.row),
           "keep one of them"});
  }

  static std::string InColumns(int year, const Place& first, const Place& second) {
    return absl::StrCat("the cell stands twice for ", year, ": in columns ", ColumnLetters(first.column), " and ",
                        ColumnLetters(second.column), " of its row");
  }

  void Error(Problem problem) { content_.errors.push_back(std::move(problem)); }

  const catalogue::Catalogue& catalogue_;
  const IndicatorInput& input_;
  std::optional<IndicatorColumns> columns_;            // Once the header was read.
  std::string name_column_;                            // As LaidTable.
  std::map<std::pair<int, std::string>, Place> rows_;  // (year, cell) -> where it stands.
  IndicatorCsvContent content_;
};

}  // namespace

IndicatorCsvContent ReadIndicatorTable(const catalogue::Catalogue& catalogue, const Table& table,
                                       const IndicatorInput& input) {
  return SheetReader(catalogue, input).Read(table);
}

IndicatorCsvContent ReadIndicatorCsv(const catalogue::Catalogue& catalogue, const IndicatorCsvInput& input) {
  Table table;
  const std::optional<CsvFault> fault = ReadCsv(input.bytes, CsvLimits(), [&](const TableRow& row) {
    table.rows.push_back(row);
    return true;
  });
  IndicatorCsvContent content;
  if (!fault || !table.rows.empty()) {
    content = ReadIndicatorTable(catalogue, table,
                                 {.file = input.file,
                                  .year = input.year,
                                  .city = input.city,
                                  .country = input.country,
                                  .skip_others = input.skip_others});
  }
  if (fault) content.errors.push_back({input.file, fault->row, "", "", fault->rule, fault->what, fault->remedy});
  return content;
}

}  // namespace hansa::node::domain
