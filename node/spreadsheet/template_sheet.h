// The sheet of a template that is filled in: what may be typed where.
#ifndef HANSA_NODE_SPREADSHEET_TEMPLATE_SHEET_H_
#define HANSA_NODE_SPREADSHEET_TEMPLATE_SHEET_H_

#include <cstdint>

#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/workbook_writer.h"

namespace hansa::node::spreadsheet {

// Rows of the sheet: a title, the names of the columns, their codes, and cells from here on.
inline constexpr std::int64_t kTitleRow = 1;
inline constexpr std::int64_t kLabelRow = 2;
inline constexpr std::int64_t kCodeRow = 3;
inline constexpr std::int64_t kFirstCellRow = 4;

void WriteTemplateSheet(const TemplateRequest& request, WorkbookWriter& workbook);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_TEMPLATE_SHEET_H_
