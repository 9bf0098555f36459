#include "node/exports/csv_export.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/domain/observation.h"
#include "node/exports/csv_columns.h"
#include "node/exports/escaping.h"

namespace hansa::node::exports {
namespace {

// One row, cell after cell. What needs no escaping is gathered first, so that most rows are appended in one go.
class Line {
 public:
  explicit Line(std::string& out) : out_(out) {}
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void Text(absl::string_view text) {
    Separate();
    if (IsPlainCsvText(text)) return Gather(text);
    Flush();
    AppendCsvText(text, out_);
  }
  // A number needs no guard, and must not have one: -1.5 is no formula.
  void Figure(const absl::AlphaNum& number) {
    Separate();
    Gather(number.Piece());
  }
  void End() {
    Gather("\r\n");
    Flush();
  }

 private:
  void Separate() {
    if (!first_) Gather(",");
    first_ = false;
  }
  void Gather(absl::string_view text) {
    if (text.size() > gathered_.size() - size_) Flush();
    if (text.size() > gathered_.size()) {
      out_.append(text.data(), text.size());
    } else {
      std::copy(text.begin(), text.end(), gathered_.begin() + static_cast<std::ptrdiff_t>(size_));
      size_ += text.size();
    }
  }
  void Flush() {
    out_.append(gathered_.data(), size_);
    size_ = 0;
  }

  std::string& out_;
  std::array<char, 1024> gathered_;
  std::size_t size_ = 0;  // bytes of it in use
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
