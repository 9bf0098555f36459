#include "node/exports/csv_export.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/domain/observation.h"
#include "node/exports/csv_columns.h"
#include "node/exports/escaping.h"

namespace hansa::node::exports {
namespace {

constexpr std::size_t kRowBytesUsual = 512;

// One row, cell after cell.
class Line {
 public:
  explicit Line(std::string& out) : out_(out) {}

  void Text(absl::string_view text) {
    Separate();
    AppendCsvText(text, out_);
  }
  // A number needs no guard, and must not have one: -1.5 is no formula.
  template <typename Number>
  void Figure(const Number& number) {
    Separate();
    absl::StrAppend(&out_, number);
  }
  void End() { out_ += "\r\n"; }

 private:
  void Separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }

  std::string& out_;
  bool first_ = true;
};

void AppendWhose(const ExportRow& row, Line& line) {
  line.Text(row.member);
  line.Text(row.name);
  line.Text(row.country);
  line.Text(row.region);
  line.Text(row.framework_version);
  line.Figure(row.year);
  line.Figure(row.revision);
  const CellParts parts = PartsOf(row.observation.cell);
  line.Text(parts.feature);
  line.Text(row.observation.cell);
  line.Text(parts.measurement);
  line.Text(parts.breakdown);
}

void AppendAnswer(const domain::Observation& observation, Line& line) {
  line.Figure(ValueOf(observation));
  line.Text(observation.no_data_reason);
  line.Text(observation.unit);
  line.Text(Code(observation.source_kind));
  line.Text(observation.source);
  line.Text(observation.supplier);
  line.Text(observation.licence);
  line.Text(observation.period);
  line.Text(observation.area);
  line.Text(Code(observation.level));
  line.Text(Code(observation.match));
  line.Text(observation.derivation_note);
  line.Text(observation.definition_language);
}

}  // namespace

std::string CsvExport::Head() const {
  std::string out;
  Line line(out);
  for (const CsvColumn& column : CsvColumns(catalogue_)) line.Text(column.name);
  line.End();
  return out;
}

std::string CsvExport::Rows(absl::Span<const ExportRow> rows) const {
  std::string out;
  out.reserve(rows.size() * kRowBytesUsual);
  for (const ExportRow& row : rows) AppendRow(row, out);
  return out;
}

void CsvExport::AppendRow(const ExportRow& row, std::string& out) const {
  Line line(out);
  AppendWhose(row, line);
  AppendAnswer(row.observation, line);
  for (const std::string& code : catalogue_.attribute_codes()) line.Text(AttributeOf(row.observation, code));
  line.Text(row.observation.note);
  line.Text(row.observation.approved_by);
  line.Text(row.record);
  line.Text(row.observation.word_of);
  line.End();
}

}  // namespace hansa::node::exports
