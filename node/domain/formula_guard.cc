#include "node/domain/formula_guard.h"

#include "absl/strings/str_cat.h"

namespace hansa::node::domain {
namespace {

// Whether `text`, any apostrophes in front aside, begins like a formula.
bool IsFormula(absl::string_view text) {
  const std::size_t start = text.find_first_not_of('\'');
  return start != absl::string_view::npos && absl::string_view("=+-@\t\r").find(text[start]) != absl::string_view::npos;
}

}  // namespace

std::string Guarded(absl::string_view text) { return IsFormula(text) ? absl::StrCat("'", text) : std::string(text); }

absl::string_view Unguarded(absl::string_view text) {
  if (!text.empty() && text.front() == '\'' && IsFormula(text)) text.remove_prefix(1);
  return text;
}

}  // namespace hansa::node::domain
