#include "node/exports/sdmx_csv_export.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/exports/escaping.h"
#include "node/exports/sdmx_fields.h"

namespace hansa::node::exports {
namespace {

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
    : dataflow_(absl::StrCat(kSdmxAgency, ":", kSdmxFlow, "(", kSdmxVersion, ")")),
      components_(SdmxComponents(catalogue)),
      attributes_(SdmxAttributes(catalogue)) {}

std::string SdmxCsvExport::Head() const {
  std::string out = "DATAFLOW";
  for (const SdmxComponent& component : components_) absl::StrAppend(&out, ",", component.id);
  return out + "\r\n";
}

void SdmxCsvExport::AppendRow(const ExportRow& row, std::string& out) const {
  out += dataflow_;
  Cells cells(out);
  VisitSdmxFields(row, attributes_, cells);
  out += "\r\n";
}

}  // namespace hansa::node::exports
