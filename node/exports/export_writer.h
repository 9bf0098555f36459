// Rows as the bytes of one form, piece by piece, so that millions need no more room than a piece does. It opens no
// file: whoever calls puts the pieces one after another where they belong.
// Promise: the same rows and the same context give the same bytes, however the rows were cut into pieces.
#ifndef HANSA_NODE_EXPORTS_EXPORT_WRITER_H_
#define HANSA_NODE_EXPORTS_EXPORT_WRITER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/exports/export_format.h"
#include "node/exports/export_row.h"

namespace hansa::node::exports {

// Immutable once made, so safe to use from any thread.
class ExportWriter {
 public:
  virtual ~ExportWriter() = default;

  // First and once.
  virtual std::string Head() const = 0;
  // Any number of times, at the end of `out`. The order of export_row.h is the caller's part.
  virtual void AppendRow(const ExportRow& row, std::string& out) const = 0;
  // The same of many at once; `rows` may be empty.
  std::string Rows(absl::Span<const ExportRow> rows) const;
  // Last and once.
  virtual std::string Tail() const = 0;
};

struct ExportContext {
  // Must outlive the writer. Its attributes become columns; what a row says of other attributes (those of another
  // framework) stands in JSON lines alone.
  const catalogue::Catalogue& catalogue;
  absl::Time prepared;  // Stands in the head of SDMX-ML, in UTC to the second.
};

std::unique_ptr<ExportWriter> MakeExportWriter(ExportFormat format, const ExportContext& context);
// By the code of a form, such as "sdmx-csv".
//   INVALID_ARGUMENT  there is no such form; the message names those that there are
absl::StatusOr<std::unique_ptr<ExportWriter>> MakeExportWriter(absl::string_view code, const ExportContext& context);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_EXPORT_WRITER_H_
