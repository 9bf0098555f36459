#include "node/domain/table_layout.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"

namespace hansa::node::domain {
namespace {

using catalogue::Catalogue;

// Rows under a header with years that may show which column names the rows.
constexpr std::size_t kNameRowsMax = 200;

std::string HeaderName(absl::string_view text) { return absl::AsciiStrToLower(absl::StripAsciiWhitespace(text)); }

bool IsBlank(absl::string_view text) { return absl::StripAsciiWhitespace(text).empty(); }

// '2015', '2015.0' as some programs save it, '2015년' or '2015년도'.
std::optional<int> YearOf(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  for (const char* ending : {".0", "\xEB\x85\x84\xEB\x8F\x84", "\xEB\x85\x84"}) text = absl::StripSuffix(text, ending);
  return ParseYear(absl::StripAsciiWhitespace(text));
}

bool HasColumn(const TableRow& row, absl::string_view name) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [&](const std::string& cell) { return HeaderName(cell) == name; });
}

bool HasYears(const TableRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return YearOf(cell).has_value(); });
}

bool NamesRows(const TableRow& row) { return HasColumn(row, "cell") || HasColumn(row, "measurement_id"); }
bool HoldsAnswers(const TableRow& row) { return HasColumn(row, "value") || HasColumn(row, "no_data_reason"); }

// What a person may write between a title and the name of a part, and what two hands write differently.
std::string Plain(absl::string_view text) {
  std::string marks = absl::StrReplaceAll(FoldedName(text), {{":", " "},
                                                             {"(", " "},
                                                             {")", " "},
                                                             {",", " "},
                                                             {"-", " "},
                                                             {"/", " "},
                                                             {"\xE2\x80\x93", " "},
                                                             {"\xE2\x80\x94", " "},
                                                             {"\xC2\xA0", " "}});
  absl::RemoveExtraAsciiWhitespace(&marks);
  return marks;
}

// Finds the cell that a person means by its id, or by the words of the catalogue.
class Titles {
 public:
  explicit Titles(const Catalogue& catalogue) {
    for (const catalogue::Measurement& measurement : catalogue.measurements()) {
      Take(measurement.id, measurement.id);
      for (const std::string& language : catalogue.languages()) Take(measurement.title.In(language), measurement.id);
      for (const std::string& id : measurement.cells) TakeCell(catalogue, measurement, id);
    }
  }

  // Id of a cell, or of a measurement where nothing says which part; empty for words of another kind.
  std::string Find(absl::string_view text) const {
    const auto found = ids_.find(Plain(text));
    return found == ids_.end() ? "" : found->second;
  }

 private:
  void Take(absl::string_view words, const std::string& id) { ids_.emplace(Plain(words), id); }

  void TakeCell(const Catalogue& catalogue, const catalogue::Measurement& measurement, const std::string& id) {
    Take(id, id);
    const catalogue::BreakdownMember* member = catalogue.FindCell(id)->member;
    if (member == nullptr) return;
    for (const std::string& language : catalogue.languages()) {
      const std::string& title = measurement.title.In(language);
      Take(absl::StrCat(title, " ", member->label.In(language)), id);
      Take(absl::StrCat(title, " ", member->code), id);
    }
  }

  std::map<std::string, std::string> ids_;
};

// Adds the columns of `row` that hold something under no heading.
void AddNameless(const TableRow& header, const TableRow& row, std::set<std::size_t>& nameless) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool has_heading = i < header.cells.size() && !IsBlank(header.cells[i]);
    if (!has_heading && !IsBlank(row.cells[i])) nameless.insert(i);
  }
}

// A sheet with years across, from its header on.
class YearsAcross {
 public:
  YearsAcross(const Catalogue& catalogue, const Table& table, std::size_t header)
      : catalogue_(catalogue), titles_(catalogue), table_(table), header_(header) {
    const std::vector<std::string>& cells = table.rows[header].cells;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (const auto year = YearOf(cells[i])) {
        years_.emplace_back(i, *year);
      } else {
        others_.push_back(i);
      }
    }
  }

  // The column whose words name cells; nullopt if there is none.
  std::optional<std::size_t> NameColumn() const {
    for (const std::size_t column : others_) {
      const std::size_t end = std::min(table_.rows.size(), header_ + 1 + kNameRowsMax);
      for (std::size_t r = header_ + 1; r < end; ++r) {
        if (!titles_.Find(Text(table_.rows[r], column)).empty()) return column;
      }
    }
    return std::nullopt;
  }

  // `name_column` where no column of ours names the rows.
  LaidTable Lay(std::optional<std::size_t> name_column) const {
    LaidTable laid;
    laid.years_across = true;
    laid.has_header = true;
    laid.header.row = table_.rows[header_].row;
    laid.header.cells = {"year", "value"};
    if (name_column) {
      laid.name_column = std::string(absl::StripAsciiWhitespace(table_.rows[header_].cells[*name_column]));
      laid.header.cells.insert(laid.header.cells.end(), {"cell", "measurement_id"});
    }
    for (const std::size_t column : others_) {
      if (column != name_column) laid.header.cells.push_back(table_.rows[header_].cells[column]);
    }
    std::set<std::size_t> nameless;
    for (std::size_t r = header_ + 1; r < table_.rows.size(); ++r) {
      const std::size_t before = laid.rows.size();
      LayRow(table_.rows[r], name_column, laid);
      if (laid.rows.size() > before) AddNameless(table_.rows[header_], table_.rows[r], nameless);
    }
    if (name_column) nameless.erase(*name_column);
    laid.nameless.assign(nameless.begin(), nameless.end());
    return laid;
  }

 private:
  void LayRow(const TableRow& row, std::optional<std::size_t> name_column, LaidTable& laid) const {
    for (const auto& [column, year] : years_) {
      if (absl::StripAsciiWhitespace(Text(row, column)).empty()) continue;
      LaidRow value;
      value.value_column = std::string(absl::StripAsciiWhitespace(table_.rows[header_].cells[column]));
      value.value_place = column;
      value.row.row = row.row;
      value.row.cells = {absl::StrCat(year), std::string(Text(row, column))};
      if (std::binary_search(row.numbers.begin(), row.numbers.end(), column)) value.row.numbers.push_back(1);
      if (name_column) {
        const absl::string_view name = Text(row, *name_column);
        std::string found = titles_.Find(name);
        if (found.empty()) found = std::string(name);  // whoever reads the row says that there is none
        const bool is_measurement =
            catalogue_.FindCell(found) == nullptr && catalogue_.FindMeasurement(found) != nullptr;
        value.row.cells.push_back(is_measurement ? "" : found);
        value.row.cells.push_back(is_measurement ? found : "");
      }
      for (const std::size_t other : others_) {
        if (other != name_column) value.row.cells.emplace_back(Text(row, other));
      }
      laid.rows.push_back(std::move(value));
    }
  }

  static absl::string_view Text(const TableRow& row, std::size_t column) {
    return column < row.cells.size() ? absl::string_view(row.cells[column]) : absl::string_view();
  }

  const Catalogue& catalogue_;
  const Titles titles_;
  const Table& table_;
  const std::size_t header_;
  std::vector<std::pair<std::size_t, int>> years_;  // Column, year.
  std::vector<std::size_t> others_;
};

LaidTable ValueARow(const Table& table, std::size_t header) {
  LaidTable laid;
  laid.header = table.rows[header];
  laid.has_header = NamesRows(laid.header);
  // A workbook leaves out the empty cells at the end of a row, and of its header; in a CSV file a short row has lost a
  // comma, and a long one has one too many.
  std::size_t width = 0;
  if (!table.sheet.empty()) {
    for (std::size_t r = header; r < table.rows.size(); ++r) width = std::max(width, table.rows[r].cells.size());
    laid.header.cells.resize(width);
  }
  std::set<std::size_t> nameless;
  for (std::size_t r = header + 1; r < table.rows.size(); ++r) {
    laid.rows.push_back({table.rows[r], ""});
    std::vector<std::string>& cells = laid.rows.back().row.cells;
    if (cells.size() < width) cells.resize(width);
    if (cells.size() <= laid.header.cells.size()) AddNameless(laid.header, laid.rows.back().row, nameless);
  }
  laid.nameless.assign(nameless.begin(), nameless.end());
  return laid;
}

}  // namespace

LaidTable LayOut(const Catalogue& catalogue, const Table& table) {
  if (table.rows.empty()) return {};
  const std::size_t last = std::min(table.rows.size(), kHeaderRowsMax);
  for (std::size_t r = 0; r < last; ++r) {
    if (!NamesRows(table.rows[r])) continue;
    if (HoldsAnswers(table.rows[r])) return ValueARow(table, r);
    if (HasYears(table.rows[r])) return YearsAcross(catalogue, table, r).Lay(std::nullopt);
  }
  for (std::size_t r = 0; r < last; ++r) {
    if (!HasYears(table.rows[r]) || NamesRows(table.rows[r])) continue;
    const YearsAcross sheet(catalogue, table, r);
    if (const auto column = sheet.NameColumn()) return sheet.Lay(column);
  }
  return ValueARow(table, 0);
}

}  // namespace hansa::node::domain
