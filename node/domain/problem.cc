#include "node/domain/problem.h"

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace hansa::node::domain {

Explanation Explain(absl::string_view rule, absl::string_view message) {
  const std::size_t at = message.rfind("; ");
  if (at == absl::string_view::npos) return {std::string(rule), std::string(message), ""};
  return {std::string(rule), std::string(message.substr(0, at)), std::string(message.substr(at + 2))};
}

Explanation Explain(absl::string_view message) { return Explain("", message); }

std::string Line(const Problem& problem) {
  std::string line = problem.file;
  if (problem.row > 0) absl::StrAppend(&line, line.empty() ? "row " : ":", problem.row);
  if (!problem.column.empty()) absl::StrAppend(&line, line.empty() ? "" : ":", problem.column);
  if (!problem.cell.empty() && problem.row == 0) {
    absl::StrAppend(&line, line.empty() ? "" : " ", problem.cell);
  }
  absl::StrAppend(&line, line.empty() ? "" : ": ", problem.what);
  if (!problem.remedy.empty()) absl::StrAppend(&line, "; ", problem.remedy);
  return line;
}

}  // namespace hansa::node::domain
