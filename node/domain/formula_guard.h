// Texts in a file that a spreadsheet opens. A cell that begins with one of = + - @ or a tab is a formula there, and may
// do what its author wants on the reader's machine; an apostrophe in front makes it text.
#ifndef HANSA_NODE_DOMAIN_FORMULA_GUARD_H_
#define HANSA_NODE_DOMAIN_FORMULA_GUARD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::domain {

// `text` with one apostrophe more in front, if after any apostrophes it begins like a formula; else as it is.
std::string Guarded(absl::string_view text);
// What Guarded made of it: Unguarded(Guarded(text)) == text for every text.
absl::string_view Unguarded(absl::string_view text);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_FORMULA_GUARD_H_
