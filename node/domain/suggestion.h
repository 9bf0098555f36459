// What a person probably meant.
#ifndef HANSA_NODE_DOMAIN_SUGGESTION_H_
#define HANSA_NODE_DOMAIN_SUGGESTION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::node::domain {

// The candidate that takes the fewest changes of a letter to reach, capitals being no change, the first of several;
// empty if more than a third of `text` would have to change, or if `text` is longer than 128 bytes. Takes time in
// proportion to the lengths of `text` and of all candidates multiplied.
std::string Nearest(absl::string_view text, const std::vector<std::string>& candidates);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_SUGGESTION_H_
