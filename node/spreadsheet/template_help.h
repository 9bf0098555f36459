// The sheet of a template that says how it is filled in.
#ifndef HANSA_NODE_SPREADSHEET_TEMPLATE_HELP_H_
#define HANSA_NODE_SPREADSHEET_TEMPLATE_HELP_H_

#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/workbook_writer.h"

namespace hansa::node::spreadsheet {

// What to do, what each column means, and every code with its name.
void WriteTemplateHelp(const TemplateRequest& request, WorkbookWriter& workbook);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_TEMPLATE_HELP_H_
