// The export as JSON lines: one object for each row, complete in itself. Field names are those of the Indicator CSV;
// figures are strings, so that no reader rounds them.
#ifndef HANSA_NODE_EXPORTS_JSONL_EXPORT_H_
#define HANSA_NODE_EXPORTS_JSONL_EXPORT_H_

#include <string>

#include "node/exports/export_row.h"
#include "node/exports/export_writer.h"

namespace hansa::node::exports {

class JsonlExport final : public ExportWriter {
 public:
  // Nothing.
  std::string Head() const override { return ""; }
  // Empty fields are left out; attributes are an object under "attributes", whatever framework they are of. `year` and
  // `revision` are numbers, all else is text.
  void AppendRow(const ExportRow& row, std::string& out) const override;
  // Nothing.
  std::string Tail() const override { return ""; }
};

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_JSONL_EXPORT_H_
