// Texts in a file that a spreadsheet opens, and in one that a spreadsheet wrote. A cell that begins with one of = + - @
// or a tab is a formula there, and may do what its author wants on the reader's machine; an apostrophe in front makes
// it text.
#ifndef HANSA_NODE_DOMAIN_FORMULA_GUARD_H_
#define HANSA_NODE_DOMAIN_FORMULA_GUARD_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/domain/problem.h"

namespace hansa::node::domain {

// `text` with one apostrophe more in front, if after any apostrophes it begins like a formula; else as it is.
std::string Guarded(absl::string_view text);
// What Guarded made of it: Unguarded(Guarded(text)) == text for every text.
absl::string_view Unguarded(absl::string_view text);

// Whether `text` is all that a spreadsheet shows where a formula of its own failed, such as #N/A, #REF! or #DIV/0!.
bool IsFormulaFault(absl::string_view text);
// What is wrong with such a text, and what to do.
Explanation FormulaFault(absl::string_view text);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_FORMULA_GUARD_H_
