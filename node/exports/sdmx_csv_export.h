// The export as SDMX-CSV 1.0: DATAFLOW, then a column for each component of the data structure. Codes are upper case;
// no text is a formula in a spreadsheet.
#ifndef HANSA_NODE_EXPORTS_SDMX_CSV_EXPORT_H_
#define HANSA_NODE_EXPORTS_SDMX_CSV_EXPORT_H_

#include <string>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/exports/export_row.h"
#include "node/exports/export_writer.h"
#include "node/exports/sdmx_components.h"

namespace hansa::node::exports {

class SdmxCsvExport final : public ExportWriter {
 public:
  explicit SdmxCsvExport(const catalogue::Catalogue& catalogue);

  std::string Head() const override;
  void AppendRow(const ExportRow& row, std::string& out) const override;
  // Nothing.
  std::string Tail() const override { return ""; }

 private:
  const std::string dataflow_;  // What each row begins with.
  std::vector<SdmxComponent> components_;
  std::vector<SdmxAttribute> attributes_;
};

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_SDMX_CSV_EXPORT_H_
