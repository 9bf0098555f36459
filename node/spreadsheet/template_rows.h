// What stands in a template, column by column, whatever file it becomes.
#ifndef HANSA_NODE_SPREADSHEET_TEMPLATE_ROWS_H_
#define HANSA_NODE_SPREADSHEET_TEMPLATE_ROWS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/indicator_csv_writer.h"
#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/template_words.h"

namespace hansa::node::spreadsheet {

enum class ColumnUse {
  kReference,  // There to be read.
  kInput,      // To be filled in.
  kAttribute,  // To be filled in where the row asks for it.
};

struct TemplateColumn {
  std::string code;
  Text label;
  Text meaning;
  ColumnUse use = ColumnUse::kInput;
};

struct TemplateRow {
  const catalogue::Cell* cell = nullptr;  // Of the request's catalogue.
  bool by_experts = false;                // Only experts rate it: the value stays empty.
  std::vector<domain::Field> fields;      // By code of the column; empty ones left out.

  // What stands in the column; empty if nothing does.
  absl::string_view In(absl::string_view column) const;
};

// In order, the attributes of `catalogue` among them.
std::vector<TemplateColumn> TemplateColumns(const catalogue::Catalogue& catalogue);
// In catalogue order.
std::vector<TemplateRow> TemplateRows(const TemplateRequest& request);

// The name of the row with the part it asks for, such as 'Adult literacy rate: Female'.
std::string CellTitle(const catalogue::Cell& cell, absl::string_view language);
// Who the row expects the figure from, in words.
std::string ExpectedSource(const catalogue::Catalogue& catalogue, const catalogue::Measurement& measurement,
                           absl::string_view language);
bool ByExpertsOnly(const catalogue::Measurement& measurement);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_TEMPLATE_ROWS_H_
