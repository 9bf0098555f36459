#include "node/spreadsheet/problem_workbook.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/decimal.h"
#include "node/domain/table_layout.h"
#include "node/spreadsheet/template_words.h"
#include "node/spreadsheet/workbook_writer.h"

namespace hansa::node::spreadsheet {
namespace {

using domain::Problem;
using domain::Table;
using domain::TableRow;

// What is marked at one place.
struct Mark {
  Style style = Style::kWarning;
  std::string text;  // A line for each problem.
};

// A heading as readers of tables take it.
std::string NameOf(absl::string_view heading) { return absl::AsciiStrToLower(absl::StripAsciiWhitespace(heading)); }

// Where the header is, and which column has which name.
struct Header {
  std::int64_t row = 0;                         // 0 if there is none.
  std::map<std::string, std::int64_t> columns;  // From 1; of two alike, the first.
};

Header FindHeader(const Table& table) {
  const domain::LaidTable laid = domain::LayOut(catalogue::CurrentCatalogue(), table);
  if (!laid.has_header) return {};
  Header header{.row = laid.header.row, .columns = {}};
  const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                [&](const TableRow& each) { return each.row == laid.header.row; });
  for (std::size_t i = 0; i < row->cells.size(); ++i) {
    header.columns.emplace(NameOf(row->cells[i]), static_cast<std::int64_t>(i) + 1);
  }
  return header;
}

class ProblemBook {
 public:
  ProblemBook(const Table& table, const FoundProblems& found, absl::string_view language)
      : table_(table), found_(found), language_(TemplateLanguage(language)), header_(FindHeader(table)) {}

  absl::StatusOr<std::string> Write() {
    MarkAll(found_.errors, Style::kError);
    MarkAll(found_.warnings, Style::kWarning);
    WriteTable();
    WriteList();
    return std::move(workbook_).Bytes();
  }

 private:
  using Key = std::pair<std::int64_t, std::int64_t>;  // Row and column.

  const std::string& In(const Text& text) const { return text.In(language_); }

  static std::string Sentence(const Problem& problem) {
    return problem.remedy.empty() ? problem.what : absl::StrCat(problem.what, "; ", problem.remedy);
  }

  // 0 if the header has no such column.
  std::int64_t ColumnOf(const Problem& problem) const {
    const auto column = header_.columns.find(NameOf(problem.column));
    return problem.column.empty() || column == header_.columns.end() ? 0 : column->second;
  }

  // Marks what has a place. Errors come first, and keep their colour.
  void MarkAll(absl::Span<const Problem> problems, Style style) {
    for (const Problem& problem : problems) {
      if (problem.row < 1) continue;
      Add(rows_[problem.row], style, Sentence(problem));
      const std::int64_t column = ColumnOf(problem);
      if (column > 0) Add(cells_[Key(problem.row, column)], style, Sentence(problem));
    }
  }

  static void Add(Mark& mark, Style style, absl::string_view sentence) {
    if (mark.text.empty()) mark.style = style;
    absl::StrAppend(&mark.text, mark.text.empty() ? "" : "\n", sentence);
  }

  void WriteTable() {
    Sheet sheet = workbook_.AddSheet(In(Words().table_sheet));
    std::size_t columns = 0;
    for (const TableRow& row : table_.rows) columns = std::max(columns, row.cells.size());
    const auto last = static_cast<std::int64_t>(columns) + 1;
    for (std::int64_t column = 1; column < last; ++column) sheet.Width(column, 18);
    sheet.Width(last, 70);
    for (const TableRow& row : table_.rows) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const bool is_number = std::binary_search(row.numbers.begin(), row.numbers.end(), i);
        const Place place{row.row, static_cast<std::int64_t>(i) + 1};
        if (is_number || IsFigure(place)) {
          WriteFigure(sheet, place, row.cells[i]);
        } else {
          WriteText(sheet, place, row.cells[i]);
        }
      }
    }
    for (const auto& [key, mark] : cells_) MarkCell(sheet, {key.first, key.second}, mark);
    if (header_.row > 0) sheet.Text({header_.row, last}, In(Words().problems), Style::kHeader);
    for (const auto& [row, mark] : rows_) {
      if (row != header_.row) sheet.Text({row, last}, mark.text, mark.style);
    }
    if (header_.row > 0) sheet.Freeze({header_.row + 1, 1});
  }

  Style StyleAt(Place place) const {
    const auto mark = cells_.find(Key(place.row, place.column));
    if (mark != cells_.end()) return mark->second.style;
    return place.row == header_.row ? Style::kHeader : Style::kPlain;
  }

  // Numbers stay numbers where figures stand, so that the table can be worked with.
  void WriteFigure(Sheet& sheet, Place place, absl::string_view text) const {
    const absl::StatusOr<domain::Decimal> number = domain::Decimal::Parse(text);
    if (!number.ok()) return WriteText(sheet, place, text);
    sheet.Number(place, *number, StyleAt(place));
  }

  void WriteText(Sheet& sheet, Place place, absl::string_view text) const {
    const Style style = StyleAt(place);
    if (!text.empty() || style != Style::kPlain) sheet.Text(place, text, style);
  }

  // Also where the row ended before the column whose problem it is.
  void MarkCell(Sheet& sheet, Place place, const Mark& mark) const {
    const auto row = std::lower_bound(table_.rows.begin(), table_.rows.end(), place.row,
                                      [](const TableRow& a, std::int64_t number) { return a.row < number; });
    const bool written = row != table_.rows.end() && row->row == place.row &&
                         place.column <= static_cast<std::int64_t>(row->cells.size());
    if (!written) sheet.Text(place, "", mark.style);
    sheet.Comment(place, mark.text);
  }

  bool IsFigure(Place place) const {
    for (const char* name : {"value", "year", "last_year_value"}) {
      const auto column = header_.columns.find(name);
      if (column != header_.columns.end() && column->second == place.column) return place.row > header_.row;
    }
    return false;
  }

  void WriteList() {
    Sheet sheet = workbook_.AddSheet(In(Words().problems_sheet));
    const Text* const headings[] = {&Words().kind, &Words().row,    &Words().column, &Words().cell,
                                    &Words().what, &Words().remedy, &Words().rule};
    const double widths[] = {10, 8, 20, 46, 60, 60, 30};
    for (std::int64_t column = 1; column <= 7; ++column) {
      sheet.Width(column, widths[column - 1]);
      sheet.Text({1, column}, In(*headings[column - 1]), Style::kHeader);
    }
    std::int64_t row = 1;
    for (const Problem& problem : found_.errors) List(sheet, ++row, problem, Style::kError);
    for (const Problem& problem : found_.warnings) List(sheet, ++row, problem, Style::kWarning);
    sheet.Freeze({2, 1});
    sheet.Print({.rows_above = 1});
  }

  void List(Sheet& sheet, std::int64_t row, const Problem& problem, Style style) const {
    const std::string& kind = In(style == Style::kError ? Words().error : Words().warning);
    sheet.Text({row, 1}, kind, style);
    const absl::StatusOr<domain::Decimal> number = domain::Decimal::Parse(absl::StrCat(problem.row));
    if (problem.row > 0 && number.ok()) sheet.Number({row, 2}, *number, Style::kWrapped);
    sheet.Text({row, 3}, problem.column, Style::kWrapped);
    sheet.Text({row, 4}, problem.cell, Style::kWrapped);
    sheet.Text({row, 5}, problem.what, Style::kWrapped);
    sheet.Text({row, 6}, problem.remedy, Style::kWrapped);
    sheet.Text({row, 7}, problem.rule, Style::kWrapped);
  }

  const Table& table_;
  const FoundProblems& found_;
  const absl::string_view language_;
  const Header header_;
  std::map<Key, Mark> cells_;
  std::map<std::int64_t, Mark> rows_;
  WorkbookWriter workbook_;
};

}  // namespace

absl::StatusOr<std::string> ProblemWorkbook(const Table& table, const FoundProblems& found,
                                            absl::string_view language) {
  return ProblemBook(table, found, language).Write();
}

}  // namespace hansa::node::spreadsheet
