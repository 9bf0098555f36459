#include "node/exports/sdmx_csv_export.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/exports/escaping.h"
#include "node/exports/sdmx_fields.h"

namespace hansa::node::exports {
namespace {

constexpr std::size_t kRowBytesUsual = 512;

// Cells after the first, whatever their component: the header names it.
class Cells {
 public:
  explicit Cells(std::string& out) : out_(out) {}

  void Code(absl::string_view, absl::string_view id) {
    out_ += ',';
    AppendSdmxCode(id, out_);
  }
  void Text(absl::string_view, absl::string_view text) {
    out_ += ',';
    AppendCsvText(text, out_);
  }
  void Exact(absl::string_view, absl::string_view text) {
    out_ += ',';
    out_.append(text.data(), text.size());
  }

 private:
  std::string& out_;
};

}  // namespace

SdmxCsvExport::SdmxCsvExport(const catalogue::Catalogue& catalogue)
    : components_(SdmxComponents(catalogue)), attributes_(SdmxAttributes(catalogue)) {}

std::string SdmxCsvExport::Head() const {
  std::string out = "DATAFLOW";
  for (const SdmxComponent& component : components_) absl::StrAppend(&out, ",", component.id);
  return out + "\r\n";
}

std::string SdmxCsvExport::Rows(absl::Span<const ExportRow> rows) const {
  const std::string dataflow = absl::StrCat(kSdmxAgency, ":", kSdmxFlow, "(", kSdmxVersion, ")");
  std::string out;
  out.reserve(rows.size() * kRowBytesUsual);
  Cells cells(out);
  for (const ExportRow& row : rows) {
    out += dataflow;
    VisitSdmxFields(row, attributes_, cells);
    out += "\r\n";
  }
  return out;
}

}  // namespace hansa::node::exports
