#include "node/exports/xlsx_export.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/formula_guard.h"
#include "node/domain/indicator_csv_writer.h"
#include "node/exports/csv_columns.h"
#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/template_definitions.h"
#include "node/spreadsheet/workbook_writer.h"

namespace hansa::node::exports {
namespace {

using spreadsheet::Place;
using spreadsheet::Sheet;
using spreadsheet::Style;

// In characters.
constexpr int kNarrow = 14;
constexpr int kWide = 36;

// What stands in a workbook is text already. Only what a reader would take for a guard gets one more.
std::string Plain(const std::string& text) { return domain::Unguarded(text) == text ? text : domain::Guarded(text); }

std::vector<domain::Field> FieldsOf(const ExportRow& row) {
  std::vector<domain::Field> fields = domain::FieldsOf(row.observation);
  const CellParts parts = PartsOf(row.observation.cell);
  fields.insert(fields.end(), {{"member", row.member},
                               {"city", row.name},
                               {"country", row.country},
                               {"region", row.region},
                               {"framework", row.framework_version},
                               {"year", absl::StrCat(row.year)},
                               {"revision", absl::StrCat(row.revision)},
                               {"feature", std::string(parts.feature)},
                               {"measurement_id", std::string(parts.measurement)},
                               {"breakdown", std::string(parts.breakdown)},
                               {"record", row.record}});
  return fields;
}

class FigureSheet {
 public:
  FigureSheet(const catalogue::Catalogue& catalogue, Sheet sheet) : sheet_(sheet) {
    std::int64_t number = 0;
    for (const CsvColumn& column : CsvColumns(catalogue)) {
      columns_[column.name] = ++number;
      sheet_.Width(number, absl::StrContains(column.name, "note") || column.name == "source" ? kWide : kNarrow);
      sheet_.Text({1, number}, column.name, Style::kHeader);
    }
    sheet_.Freeze({2, 1});
  }

  void Add(const ExportRow& row) {
    ++row_;
    for (const auto& [name, text] : FieldsOf(row)) {
      const auto column = columns_.find(name);
      if (column == columns_.end() || text.empty()) continue;
      const Place place{row_, column->second};
      if (name == "value") {
        sheet_.Number(place, *row.observation.value, Style::kPlain);
      } else {
        sheet_.Text(place, Plain(text), Style::kPlain);
      }
    }
  }

 private:
  Sheet sheet_;
  std::map<std::string, std::int64_t> columns_;
  std::int64_t row_ = 1;
};

}  // namespace

absl::StatusOr<std::string> XlsxExport(const catalogue::Catalogue& catalogue, absl::Span<const ExportRow> rows,
                                       absl::string_view language) {
  if (rows.size() > kXlsxRowsMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("the export has more than ", kXlsxRowsMax,
                     " rows, the most a workbook is made of; ask for one year or one member, or for csv"));
  }
  const bool korean = absl::StartsWith(language, "ko");
  spreadsheet::WorkbookWriter workbook;
  FigureSheet figures(catalogue, workbook.AddSheet(korean ? "값" : "figures"));
  for (const ExportRow& row : rows) figures.Add(row);
  spreadsheet::WriteTemplateDefinitions({.catalogue = catalogue,
                                         .language = std::string(language),
                                         .year = 0,
                                         .city = {},
                                         .country = {},
                                         .cells = {},
                                         .standing = {},
                                         .last_year = {},
                                         .department = {}},
                                        workbook);
  return std::move(workbook).Bytes();
}

}  // namespace hansa::node::exports
