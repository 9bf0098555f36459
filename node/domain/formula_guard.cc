#include "node/domain/formula_guard.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

// Whether `text`, any apostrophes in front aside, begins like a formula.
bool IsFormula(absl::string_view text) {
  const std::size_t start = text.find_first_not_of('\'');
  return start != absl::string_view::npos && absl::string_view("=+-@\t\r").find(text[start]) != absl::string_view::npos;
}

// As LibreOffice writes those that have no name: Err:502.
bool IsNumberedFault(absl::string_view text) {
  return absl::ConsumePrefix(&text, "Err:") && text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

}  // namespace

std::string Guarded(absl::string_view text) { return IsFormula(text) ? absl::StrCat("'", text) : std::string(text); }

absl::string_view Unguarded(absl::string_view text) {
  if (!text.empty() && text.front() == '\'' && IsFormula(text)) text.remove_prefix(1);
  return text;
}

bool IsFormulaFault(absl::string_view text) {
  // Those that end in neither '!' nor '?'; most are #N/A in other languages.
  constexpr std::array<absl::string_view, 8> kPlain = {"#N/A", "#GETTING_DATA", "#NV",  "#N/D",
                                                       "#I/T", "#N/B",          "#YOK", "#Н/Д"};
  if (std::find(kPlain.begin(), kPlain.end(), text) != kPlain.end() || IsNumberedFault(text)) return true;
  if (!absl::ConsumePrefix(&text, "#") || text.size() < 2) return false;
  const char last = text.back();
  text.remove_suffix(1);
  // A program in another language of letters beyond ASCII has its own words, as in #ÜBERLAUF!.
  const auto fits = [](unsigned char c) {
    return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '/' || c == '_' || c >= 0x80;
  };
  return (last == '!' || last == '?') && std::all_of(text.begin(), text.end(), fits);
}

Explanation FormulaFault(absl::string_view text) {
  return {rule_id::kFormulaFault, absl::StrCat(Quoted(text), " is a fault of the spreadsheet's own formula"),
          "mend the formula, or clear the cell"};
}

}  // namespace hansa::node::domain
