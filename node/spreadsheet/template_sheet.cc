#include "node/spreadsheet/template_sheet.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/decimal.h"
#include "node/domain/observation.h"
#include "node/spreadsheet/template_rows.h"
#include "node/spreadsheet/template_words.h"

namespace hansa::node::spreadsheet {
namespace {

using catalogue::Attribute;
using catalogue::Measurement;

// In characters; what is not named here is a short text.
double WidthOf(absl::string_view column) {
  using Widths = std::map<std::string, double, std::less<>>;
  static const auto& widths = *new Widths{
      {"cell", 26},
      {"year", 7},
      {"title", 30},
      {"definition", 46},
      {"other_wording", 44},
      {"difference", 60},
      {"unit", 16},
      {"expected_source", 24},
      {"value", 14},
      {"no_data_reason", 28},
      {"last_year_value", 12},
      {"last_year_source", 24},
      {"last_year_note", 28},
      {"source_kind", 15},
      {"source", 32},
      {"level", 11},
      {"match", 13},
      {"derivation_note", 34},
      {"language", 11},
      {"note", 36},
      {"period", 14},
      {"revision", 10},
  };
  const auto found = widths.find(std::string(column));
  return found == widths.end() ? 20 : found->second;
}

// What an officer may write of a row that experts rate: why there is no data.
bool OpenToNoData(absl::string_view column) {
  return column == "no_data_reason" || column == "note" || column == "approved_by";
}

// Columns that say nothing in any row of a smaller template.
bool MayHide(const TemplateColumn& column) {
  return column.use == ColumnUse::kAttribute || column.code == "other_wording" || column.code == "difference" ||
         absl::StartsWith(column.code, "last_year_");
}

class SheetMaker {
 public:
  SheetMaker(const TemplateRequest& request, Sheet sheet)
      : request_(request),
        sheet_(sheet),
        language_(TemplateLanguage(request.language)),
        columns_(TemplateColumns(request.catalogue)),
        rows_(TemplateRows(request)) {}

  void Make() {
    WriteHead();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t c = 0; c < columns_.size(); ++c) WriteCell(rows_[i], columns_[c], At(i, c));
    }
    if (!rows_.empty()) WriteRules();
    sheet_.Freeze({kFirstCellRow, PositionOf("title") + 1});
    sheet_.Print({.pages_wide = 3, .rows_above = kCodeRow, .columns_left = PositionOf("title")});
    sheet_.Protect();
  }

 private:
  static Place At(std::size_t row, std::size_t column) {
    return {kFirstCellRow + static_cast<std::int64_t>(row), 1 + static_cast<std::int64_t>(column)};
  }

  const std::string& In(const Text& text) const { return text.In(language_); }

  // From 1.
  std::int64_t PositionOf(absl::string_view code) const {
    const auto found = std::find_if(columns_.begin(), columns_.end(),
                                    [&](const TemplateColumn& column) { return column.code == code; });
    return found - columns_.begin() + 1;
  }

  void WriteHead() {
    std::vector<std::string> parts = {In(Words().title), absl::StrCat(request_.city, ", ", request_.country),
                                      absl::StrCat(request_.year), In(request_.catalogue.name())};
    if (!request_.department.empty()) parts.push_back(absl::StrCat(In(Words().department), ": ", request_.department));
    sheet_.Text({kTitleRow, 1}, absl::StrJoin(parts, " · "), Style::kTitle);
    sheet_.Height(kTitleRow, 26);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const TemplateColumn& column = columns_[c];
      const std::int64_t position = At(0, c).column;
      const auto has = [&](const TemplateRow& row) {
        return column.use == ColumnUse::kAttribute ? row.cell->measurement->FindAttribute(column.code) != nullptr
                                                   : !row.In(column.code).empty();
      };
      if (MayHide(column) && std::none_of(rows_.begin(), rows_.end(), has)) {
        sheet_.Hide(position);
      } else {
        sheet_.Width(position, WidthOf(column.code));
      }
      sheet_.Text({kLabelRow, position}, In(column.label), Style::kHeader);
      sheet_.Text({kCodeRow, position}, column.code, Style::kCode);
      sheet_.Explain({{kLabelRow, position}, {kLabelRow, position}}, {column.code, In(column.meaning)});
    }
  }

  void WriteCell(const TemplateRow& row, const TemplateColumn& column, Place place) {
    const absl::string_view text = row.In(column.code);
    const Style style = StyleOf(row, column);
    const bool is_year = column.use == ColumnUse::kAttribute && style == Style::kInput &&
                         row.cell->measurement->FindAttribute(column.code)->type == catalogue::AttributeType::kYear;
    const bool is_number =
        column.code == "value" || column.code == "year" || column.code == "last_year_value" || is_year;
    if (!is_number) return sheet_.Text(place, text, style);
    const absl::StatusOr<domain::Decimal> number = domain::Decimal::Parse(text);
    if (number.ok()) return sheet_.Number(place, *number, style);
    if (text.empty()) return sheet_.Blank(place, style);
    sheet_.Text(place, text, style);
  }

  static Style StyleOf(const TemplateRow& row, const TemplateColumn& column) {
    switch (column.use) {
      case ColumnUse::kReference:
        return Style::kReference;
      case ColumnUse::kAttribute: {
        const bool asked = row.cell->measurement->FindAttribute(column.code) != nullptr;
        return asked && !row.by_experts ? Style::kInput : Style::kClosed;
      }
      case ColumnUse::kInput:
        break;
    }
    return row.by_experts && !OpenToNoData(column.code) ? Style::kClosed : Style::kInput;
  }

  void WriteRules() {
    AllowCodes("source_kind", CodesOfSources());
    AllowCodes("level", LevelCodes());
    AllowCodes("match", MatchCodes());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Measurement& measurement = *rows_[i].cell->measurement;
      AllowValue(rows_[i], {At(i, 0).row, PositionOf("value")});
      if (rows_[i].by_experts) continue;
      for (const Attribute& attribute : measurement.attributes) {
        AllowAttribute(attribute, {At(i, 0).row, PositionOf(attribute.code)});
      }
    }
    const Place last = At(rows_.size() - 1, 0);
    sheet_.Filter({{kCodeRow, 1}, {last.row, PositionOf("expected_source")}});
  }

  // What a city may say; not that it reviewed itself.
  std::vector<NamedCode> CodesOfSources() const {
    std::vector<NamedCode> codes;
    for (const catalogue::SourceKindLabel& kind : request_.catalogue.source_kinds()) {
      if (kind.code != "expert_review") codes.push_back({kind.code, kind.label, {}});
    }
    return codes;
  }

  void AllowCodes(absl::string_view column, const std::vector<NamedCode>& codes) {
    std::vector<std::string> choices;
    std::vector<std::string> lines;
    for (const NamedCode& code : codes) {
      choices.push_back(code.code);
      lines.push_back(absl::StrCat(code.code, ": ", In(code.label)));
    }
    const std::int64_t position = PositionOf(column);
    const Block block{{kFirstCellRow, position}, {At(rows_.size() - 1, 0).row, position}};
    const std::string& title = In(columns_[static_cast<std::size_t>(position - 1)].label);
    sheet_.AllowChoices(block, choices, {{title, absl::StrJoin(lines, "\n")}, Refusal(In(Words().choose))});
  }

  void AllowValue(const TemplateRow& row, Place place) {
    const Measurement& measurement = *row.cell->measurement;
    const Block block{place, place};
    const std::string title = CellTitle(*row.cell, language_);
    if (row.by_experts) return sheet_.Explain(block, {title, In(Words().by_experts)});
    const catalogue::Unit* const unit = request_.catalogue.FindUnit(measurement.unit);
    const std::string allowed =
        absl::StrCat(In(Words().unit), ": ", unit == nullptr ? measurement.unit : In(unit->display), " (",
                     RangeText(measurement, language_), ")");
    const Rule rule{{title, absl::StrCat(allowed, "\n", In(measurement.definition))}, Refusal(allowed)};
    const Bounds bounds{measurement.range.min, measurement.range.max};
    if (measurement.value_type == catalogue::ValueType::kInteger) {
      sheet_.AllowWhole(block, bounds, rule);
    } else {
      sheet_.AllowDecimals(block, bounds, rule);
    }
  }

  void AllowAttribute(const Attribute& attribute, Place place) {
    const Block block{place, place};
    if (attribute.type == catalogue::AttributeType::kYear) {
      const std::string& advice = In(Words().four_digits);
      const Rule rule{{In(attribute.label), advice}, Refusal(advice)};
      return sheet_.AllowWhole(block, {domain::kYearMin, domain::kYearMax}, rule);
    }
    std::vector<std::string> lines;
    for (const std::string& choice : attribute.choices) lines.push_back(ChoiceLine(choice, language_));
    const Rule rule{{In(attribute.label), absl::StrJoin(lines, "\n")}, Refusal(In(Words().choose))};
    sheet_.AllowChoices(block, attribute.choices, rule);
  }

  Prompt Refusal(absl::string_view text) const { return {In(Words().refused), std::string(text)}; }

  const TemplateRequest& request_;
  Sheet sheet_;
  const absl::string_view language_;
  const std::vector<TemplateColumn> columns_;
  const std::vector<TemplateRow> rows_;
};

}  // namespace

void WriteTemplateSheet(const TemplateRequest& request, WorkbookWriter& workbook) {
  SheetMaker(request, workbook.AddSheet(Words().fill_in_sheet.In(TemplateLanguage(request.language)))).Make();
}

}  // namespace hansa::node::spreadsheet
