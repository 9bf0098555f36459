// The export as one table: UTF-8 without a byte order mark, RFC 4180, the same columns in every file. Figures stand as
// the cities wrote them; no text is a formula in a spreadsheet.
// Promise: `indicators import` of such a file, by the city it is about, gives its observations back.
#ifndef HANSA_NODE_EXPORTS_CSV_EXPORT_H_
#define HANSA_NODE_EXPORTS_CSV_EXPORT_H_

#include <string>

#include "node/catalogue/catalogue.h"
#include "node/exports/export_row.h"
#include "node/exports/export_writer.h"

namespace hansa::node::exports {

class CsvExport final : public ExportWriter {
 public:
  // `catalogue` must outlive it.
  explicit CsvExport(const catalogue::Catalogue& catalogue) : catalogue_(catalogue) {}

  // The line of column names (csv_columns.h).
  std::string Head() const override;
  void AppendRow(const ExportRow& row, std::string& out) const override;
  // Nothing.
  std::string Tail() const override { return ""; }

 private:
  const catalogue::Catalogue& catalogue_;
};

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_CSV_EXPORT_H_
