// The export as SDMX-ML 2.1, structure-specific and flat: one Obs for each row, every component of it an attribute of
// the element. What the codes mean is in the message of sdmx_structures.h.
#ifndef HANSA_NODE_EXPORTS_SDMX_ML_EXPORT_H_
#define HANSA_NODE_EXPORTS_SDMX_ML_EXPORT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/catalogue/catalogue.h"
#include "node/exports/export_row.h"
#include "node/exports/export_writer.h"
#include "node/exports/sdmx_components.h"

namespace hansa::node::exports {

class SdmxMlExport final : public ExportWriter {
 public:
  SdmxMlExport(const catalogue::Catalogue& catalogue, absl::Time prepared);

  // The declaration, the header and the opened data set.
  std::string Head() const override;
  void AppendRow(const ExportRow& row, std::string& out) const override;
  // Closes what Head opened.
  std::string Tail() const override;

 private:
  std::vector<SdmxAttribute> attributes_;
  absl::Time prepared_;
};

// The parts of a header that messages of data and of structures share: ID, Test, Prepared, Sender. `kind` stands in the
// id and is of letters.
std::string SdmxHeaderStart(absl::string_view kind, absl::Time prepared);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_SDMX_ML_EXPORT_H_
