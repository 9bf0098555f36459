// The sheet of a template that holds all the framework says of each cell.
#ifndef HANSA_NODE_SPREADSHEET_TEMPLATE_DEFINITIONS_H_
#define HANSA_NODE_SPREADSHEET_TEMPLATE_DEFINITIONS_H_

#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/workbook_writer.h"

namespace hansa::node::spreadsheet {

// A header, then the cells that the request names, in catalogue order.
void WriteTemplateDefinitions(const TemplateRequest& request, WorkbookWriter& workbook);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_TEMPLATE_DEFINITIONS_H_
