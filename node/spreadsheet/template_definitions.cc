#include "node/spreadsheet/template_definitions.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/spreadsheet/template_rows.h"
#include "node/spreadsheet/template_words.h"

namespace hansa::node::spreadsheet {
namespace {

using catalogue::Measurement;

struct DefinitionColumn {
  Text label;
  double width = 0;
  std::string (*text)(const TemplateRequest& request, const catalogue::Cell& cell, absl::string_view language);
};

// The framework gives a direction to some rows only; of the others nothing is said.
std::string Direction(const Measurement& measurement, absl::string_view language) {
  if (measurement.direction == "higher_is_better") return Words().rise.In(language);
  if (measurement.direction == "lower_is_better") return Words().fall.In(language);
  return "";
}

std::string Checks(const Measurement& measurement, absl::string_view language) {
  std::vector<std::string> texts;
  for (const catalogue::Check& check : measurement.checks) {
    if (check.rule == "total_between_members") {
      texts.push_back(Words().total_between_members.In(language));
    } else if (check.rule == "sum_at_most_100") {
      texts.push_back(Words().sum_at_most_100.In(language));
    } else {
      texts.push_back(check.text.In(language));
    }
  }
  return absl::StrJoin(texts, "\n");
}

std::string Notes(const Measurement& measurement, absl::string_view language) {
  std::vector<std::string> texts;
  for (const catalogue::Note& note : measurement.notes) texts.push_back(note.text.In(language));
  return absl::StrJoin(texts, "\n");
}

std::string Feature(const catalogue::Catalogue& catalogue, const Measurement& measurement, absl::string_view language) {
  const catalogue::Feature* const feature = catalogue.FindFeature(measurement.feature);
  if (feature == nullptr) return measurement.feature;
  return absl::StrCat(feature->id, " ", feature->statement.In(language));
}

std::string UnitName(const catalogue::Catalogue& catalogue, const Measurement& measurement,
                     absl::string_view language) {
  const catalogue::Unit* const unit = catalogue.FindUnit(measurement.unit);
  if (unit == nullptr) return measurement.unit;
  const std::string& name = unit->display.In(language);
  return name == unit->id ? name : absl::StrCat(name, " (", unit->id, ")");
}

std::string PopulationText(const std::optional<catalogue::Population>& population, absl::string_view language) {
  return population ? population->text.In(language) : "";
}

using Request = const TemplateRequest&;
using Cell = const catalogue::Cell&;
using Language = absl::string_view;

std::vector<DefinitionColumn> DefinitionColumns() {
  const TemplateWords& w = Words();
  return {
      {w.feature, 36, [](Request r, Cell c, Language l) { return Feature(r.catalogue, *c.measurement, l); }},
      {w.cell, 30, [](Request, Cell c, Language) { return c.id; }},
      {w.measurement, 30, [](Request, Cell c, Language l) { return CellTitle(c, l); }},
      {w.definition, 46, [](Request, Cell c, Language l) { return c.measurement->definition.In(l); }},
      {w.counted, 18,
       [](Request, Cell c, Language l) { return c.measurement->counted ? c.measurement->counted->In(l) : ""; }},
      {w.population, 24, [](Request, Cell c, Language l) { return PopulationText(c.measurement->population, l); }},
      {w.denominator, 24, [](Request, Cell c, Language l) { return PopulationText(c.measurement->denominator, l); }},
      {w.reference_period, 30, [](Request, Cell c, Language l) { return c.measurement->reference_period.text.In(l); }},
      {w.unit, 22, [](Request r, Cell c, Language l) { return UnitName(r.catalogue, *c.measurement, l); }},
      {w.range, 18, [](Request, Cell c, Language l) { return RangeText(*c.measurement, l); }},
      {w.source_kinds, 26,
       [](Request r, Cell c, Language l) { return ExpectedSource(r.catalogue, *c.measurement, l); }},
      {w.direction, 24, [](Request, Cell c, Language l) { return Direction(*c.measurement, l); }},
      {w.checks, 30, [](Request, Cell c, Language l) { return Checks(*c.measurement, l); }},
      {w.notes, 60, [](Request, Cell c, Language l) { return Notes(*c.measurement, l); }},
  };
}

}  // namespace

void WriteTemplateDefinitions(const TemplateRequest& request, WorkbookWriter& workbook) {
  const absl::string_view language = TemplateLanguage(request.language);
  Sheet sheet = workbook.AddSheet(Words().definitions_sheet.In(language));
  std::int64_t position = 0;
  const std::vector<TemplateRow> rows = TemplateRows(request);
  for (const DefinitionColumn& column : DefinitionColumns()) {
    Place place{1, ++position};
    sheet.Width(position, column.width);
    sheet.Text(place, column.label.In(language), Style::kHeader);
    for (const TemplateRow& row : rows) {
      ++place.row;
      sheet.Text(place, column.text(request, *row.cell, language), Style::kReference);
    }
  }
  sheet.Freeze({2, 4});
  sheet.Print({.pages_wide = 2, .rows_above = 1, .columns_left = 3});
}

}  // namespace hansa::node::spreadsheet
