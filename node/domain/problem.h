// One thing that is wrong, said so that a person can find it and mend it. In JSON the members have
// these names, except that `remedy` is called 'do'.
#ifndef HANSA_NODE_DOMAIN_PROBLEM_H_
#define HANSA_NODE_DOMAIN_PROBLEM_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::domain {

struct Problem {
  std::string file;      // As the person named it; empty when it is not about a file.
  std::int64_t row = 0;  // As a spreadsheet counts, the header being 1; 0 for the file or set as a whole.
  std::string column;    // Name of the column or field; empty when it is about no single one.
  std::string cell;      // Cell of the catalogue, or what stood in its place; may be empty.
  std::string rule;      // Id of the rule that it goes against: of check_rules.json or of problem_rules.h.
  std::string what;      // What is wrong.
  std::string remedy;    // What to do about it.

  friend bool operator==(const Problem&, const Problem&) = default;
};

// A problem without its place.
struct Explanation {
  std::string rule;
  std::string what;
  std::string remedy;
};
// What a message of ours says is wrong, and what it says to do: the parts before and after its last '; '.
Explanation Explain(absl::string_view rule, absl::string_view message);
// Of no rule.
Explanation Explain(absl::string_view message);

// One line: 'file:row:column: what; remedy', leaving out what is empty.
std::string Line(const Problem& problem);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_PROBLEM_H_
