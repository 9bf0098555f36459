// What must be true of the framework files before a program may be built from them: counts, ids,
// units, references, ranges, both languages; and of the rules by which drafts are checked. Used by the build and by
// tests; not linked into the node.
#ifndef HANSA_NODE_CATALOGUE_SOUNDNESS_H_
#define HANSA_NODE_CATALOGUE_SOUNDNESS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::node::catalogue {

struct FrameworkFiles {
  absl::string_view key_features;
  absl::string_view commitments;
};

// Every fault found, one line each, naming the file and the id; empty when the files are sound.
std::vector<std::string> FindFaults(const FrameworkFiles& files);

struct CheckFiles {
  absl::string_view check_rules;
  absl::string_view key_features;  // Sound: FindFaults has nothing against it.
};

// The same of the rules of the checks: every kind is there, every rule holds for a cell that exists, no threshold is
// lacking, unknown, or so large that exact arithmetic on billionths would overflow.
std::vector<std::string> FindFaultsOfChecks(const CheckFiles& files);

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_SOUNDNESS_H_
