#include "node/spreadsheet/workbook_fault.h"

#include <optional>

#include "absl/strings/cord.h"
#include "node/domain/problem_rules.h"

namespace hansa::node::spreadsheet {
namespace {

constexpr char kRule[] = "hansa/rule";

}  // namespace

absl::Status WorkbookFault(absl::string_view rule, absl::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kRule, absl::Cord(rule));
  return status;
}

std::string RuleOf(const absl::Status& status) {
  const absl::optional<absl::Cord> rule = status.GetPayload(kRule);
  return rule ? std::string(*rule) : domain::rule_id::kUnreadableWorkbook;
}

}  // namespace hansa::node::spreadsheet
