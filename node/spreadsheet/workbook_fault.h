// Why a workbook cannot be taken, as a status that also says which rule it goes against: what a person has to do about
// it, for programs.
#ifndef HANSA_NODE_SPREADSHEET_WORKBOOK_FAULT_H_
#define HANSA_NODE_SPREADSHEET_WORKBOOK_FAULT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hansa::node::spreadsheet {

// INVALID_ARGUMENT with `message`, of the rule of that id (problem_rules.h).
absl::Status WorkbookFault(absl::string_view rule, absl::string_view message);

// The rule that a status of WorkbookFault is of; that a workbook can be read where the status is any other.
std::string RuleOf(const absl::Status& status);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_WORKBOOK_FAULT_H_
