// What must be true of the framework files before a program may be built from them: counts, ids,
// units, references, ranges, both languages. Used by the build and by tests; not linked into the
// node.
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

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_SOUNDNESS_H_
