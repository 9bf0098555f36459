#include "node/domain/indicator_csv_writer.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "node/domain/formula_guard.h"

namespace hansa::node::domain {
namespace {

// In this order; attributes, ascending, come before the note.
const std::vector<std::string>& FirstColumns() {
  static const auto& columns = *new std::vector<std::string>{
      "cell",    "year",   "value", "no_data_reason", "unit",  "source_kind",     "source",  "supplier",
      "licence", "period", "area",  "level",          "match", "derivation_note", "language"};
  return columns;
}
const std::vector<std::string>& LastColumns() {
  static const auto& columns = *new std::vector<std::string>{"note", "approved_by", "word_of"};
  return columns;
}

bool IsNumber(absl::string_view column) { return column == "value" || column == "year"; }

std::string Quoted(absl::string_view text) {
  if (text.find_first_of(",\"\r\n") == absl::string_view::npos) return std::string(text);
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

}  // namespace

std::vector<Field> FieldsOf(const Observation& observation) {
  std::vector<Field> fields;
  const auto add = [&](absl::string_view column, absl::string_view text) {
    if (!text.empty()) fields.emplace_back(column, text);
  };
  add("cell", observation.cell);
  add("value", observation.value ? absl::string_view(observation.value->text()) : "");
  add("no_data_reason", observation.no_data_reason);
  add("unit", observation.unit);
  add("source_kind", Code(observation.source_kind));
  add("source", observation.source);
  add("supplier", observation.supplier);
  add("licence", observation.licence);
  add("period", observation.period);
  add("area", observation.area);
  add("level", Code(observation.level));
  add("match", Code(observation.match));
  add("derivation_note", observation.derivation_note);
  add("language", observation.definition_language);
  for (const ObservationAttribute& attribute : observation.attributes) add(attribute.key, attribute.value);
  add("note", observation.note);
  add("approved_by", observation.approved_by);
  add("word_of", observation.word_of);
  return fields;
}

std::string CsvOf(absl::Span<const std::string> columns, absl::Span<const std::vector<Field>> rows) {
  std::string csv;
  const auto end_line = [&] { csv += "\r\n"; };
  for (const std::string& column : columns) absl::StrAppend(&csv, &column == columns.data() ? "" : ",", Quoted(column));
  end_line();
  for (const std::vector<Field>& row : rows) {
    for (const std::string& column : columns) {
      if (&column != columns.data()) csv += ',';
      const auto found =
          std::find_if(row.begin(), row.end(), [&](const Field& field) { return field.first == column; });
      if (found != row.end()) csv += Quoted(IsNumber(column) ? found->second : Guarded(found->second));
    }
    end_line();
  }
  return csv;
}

std::string WriteIndicatorCsv(absl::Span<const DatedObservation> rows) {
  std::vector<std::vector<Field>> fields;
  std::set<std::string> used = {"cell", "year", "value"};
  for (const DatedObservation& row : rows) {
    fields.push_back(FieldsOf(row.observation));
    fields.back().emplace_back("year", absl::StrCat(row.year));
    for (const auto& [column, text] : fields.back()) used.insert(column);
  }
  std::vector<std::string> columns;
  const auto take = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (used.erase(name) > 0) columns.push_back(name);
    }
  };
  std::vector<std::string> last;
  take(FirstColumns());
  std::swap(columns, last);
  take(LastColumns());
  std::swap(columns, last);
  columns.insert(columns.end(), used.begin(), used.end());  // what is left are attributes
  columns.insert(columns.end(), last.begin(), last.end());
  return CsvOf(columns, fields);
}

}  // namespace hansa::node::domain
