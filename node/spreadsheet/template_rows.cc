#include "node/spreadsheet/template_rows.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/comparable.h"
#include "node/domain/observation.h"

namespace hansa::node::spreadsheet {
namespace {

using catalogue::Cell;
using catalogue::Measurement;
using domain::Observation;

// Columns that inform. The unit is among them: it is read back, and never another than the row's.
const std::set<std::string, std::less<>>& ReferenceColumns() {
  static const auto& columns = *new std::set<std::string, std::less<>>{
      "cell",           "year",    "title",           "definition",      "other_wording",
      "difference",     "unit",    "expected_source", "last_year_value", "last_year_source",
      "last_year_note", "revision"};
  return columns;
}

std::map<std::string, const Observation*> ByCell(const std::vector<Observation>& observations) {
  std::map<std::string, const Observation*> by_cell;
  for (const Observation& observation : observations) by_cell.emplace(observation.cell, &observation);
  return by_cell;
}

const Observation* Find(const std::map<std::string, const Observation*>& by_cell, const std::string& cell) {
  const auto found = by_cell.find(cell);
  return found == by_cell.end() ? nullptr : found->second;
}

// What the editors say of the languages, in one line.
std::string Difference(const Measurement& measurement, absl::string_view language) {
  std::vector<std::string> texts;
  for (const catalogue::Note& note : measurement.notes) {
    if (note.kind == "language_difference") texts.push_back(note.text.In(language));
  }
  return absl::StrJoin(texts, " ");
}

// Fills in the fields of one row.
class RowMaker {
 public:
  RowMaker(const TemplateRequest& request, const Cell& cell)
      : request_(request), measurement_(*cell.measurement), language_(TemplateLanguage(request.language)) {
    row_.cell = &cell;
    row_.by_experts = ByExpertsOnly(measurement_);
  }

  TemplateRow Make(const Observation* standing, const Observation* last_year) {
    if (row_.by_experts && standing != nullptr && standing->value) standing = nullptr;
    Inform();
    if (last_year != nullptr && !row_.by_experts) Recall(*last_year);
    if (standing != nullptr) {
      for (const auto& [column, text] : domain::FieldsOf(*standing)) {
        if (column != "cell") Add(column, text);
      }
    } else {
      Add("unit", measurement_.unit);
      if (domain::LanguagesDiffer(measurement_) && !row_.by_experts) Add("language", language_);
    }
    return std::move(row_);
  }

 private:
  void Inform() {
    Add("cell", row_.cell->id);
    Add("year", absl::StrCat(request_.year));
    Add("title", CellTitle(*row_.cell, language_));
    Add("definition", measurement_.definition.In(language_));
    if (domain::LanguagesDiffer(measurement_)) {
      Add("other_wording", measurement_.definition.In(language_ == "ko" ? "en" : "ko"));
      Add("difference", Difference(measurement_, language_));
    }
    Add("revision", absl::StrCat(request_.revision));
    const std::string source = ExpectedSource(request_.catalogue, measurement_, language_);
    Add("expected_source", row_.by_experts ? absl::StrCat(source, ". ", Words().by_experts.In(language_)) : source);
  }

  void Recall(const Observation& last_year) {
    if (last_year.value) Add("last_year_value", last_year.value->text());
    Add("last_year_source", last_year.source);
    std::vector<std::string> notes;
    if (!last_year.no_data_reason.empty()) {
      notes.push_back(absl::StrCat(Words().no_data.In(language_), last_year.no_data_reason));
    }
    if (!last_year.note.empty()) notes.push_back(last_year.note);
    Add("last_year_note", absl::StrJoin(notes, "\n"));
  }

  void Add(absl::string_view column, absl::string_view text) {
    if (!text.empty()) row_.fields.emplace_back(column, text);
  }

  const TemplateRequest& request_;
  const Measurement& measurement_;
  const absl::string_view language_;
  TemplateRow row_;
};

}  // namespace

absl::string_view TemplateRow::In(absl::string_view column) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const domain::Field& field) { return field.first == column; });
  return found == fields.end() ? absl::string_view() : absl::string_view(found->second);
}

std::vector<TemplateColumn> TemplateColumns(const catalogue::Catalogue& catalogue) {
  std::vector<TemplateColumn> columns;
  const auto take = [&](const std::vector<NamedCode>& named) {
    for (const NamedCode& column : named) {
      const bool reference = ReferenceColumns().count(column.code) > 0;
      columns.push_back(
          {column.code, column.label, column.meaning, reference ? ColumnUse::kReference : ColumnUse::kInput});
    }
  };
  take(ColumnsBeforeAttributes());
  for (const std::string& code : catalogue.attribute_codes()) {
    for (const Measurement& measurement : catalogue.measurements()) {
      const catalogue::Attribute* const attribute = measurement.FindAttribute(code);
      if (attribute == nullptr) continue;
      columns.push_back({code, attribute->label, Words().attributes_meaning, ColumnUse::kAttribute});
      break;
    }
  }
  take(ColumnsAfterAttributes());
  return columns;
}

std::vector<TemplateRow> TemplateRows(const TemplateRequest& request) {
  const std::set<std::string> asked(request.cells.begin(), request.cells.end());
  const auto standing = ByCell(request.standing);
  const auto last_year = ByCell(request.last_year);
  std::vector<TemplateRow> rows;
  for (const Cell& cell : request.catalogue.cells()) {
    if (!asked.empty() && asked.count(cell.id) == 0) continue;
    rows.push_back(RowMaker(request, cell).Make(Find(standing, cell.id), Find(last_year, cell.id)));
  }
  return rows;
}

std::string CellTitle(const Cell& cell, absl::string_view language) {
  const std::string& title = cell.measurement->title.In(language);
  return cell.member == nullptr ? title : absl::StrCat(title, ": ", cell.member->label.In(language));
}

std::string ExpectedSource(const catalogue::Catalogue& catalogue, const Measurement& measurement,
                           absl::string_view language) {
  std::vector<std::string> labels;
  for (const catalogue::SourceKindLabel& kind : catalogue.source_kinds()) {
    const std::vector<std::string>& codes = measurement.source_kinds;
    if (std::find(codes.begin(), codes.end(), kind.code) != codes.end()) labels.push_back(kind.label.In(language));
  }
  return absl::StrJoin(labels, " / ");
}

bool ByExpertsOnly(const Measurement& measurement) {
  return measurement.source_kinds == std::vector<std::string>{"expert_review"};
}

}  // namespace hansa::node::spreadsheet
