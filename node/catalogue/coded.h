// Whatever one code of the framework names: a part, an area, a feature, a commitment or an action point. Rows and cells
// have names of their own and are not among them.
#ifndef HANSA_NODE_CATALOGUE_CODED_H_
#define HANSA_NODE_CATALOGUE_CODED_H_

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::catalogue {

// Of a catalogue, and alive as long as it is. std::monostate: nothing has that code.
using Coded =
    std::variant<std::monostate, const Part*, const Area*, const Feature*, const Commitment*, const ActionPoint*>;

// What `code` names, such as 2, 2.1, 2.1.3, BD4 or BD4.1; small letters are as good.
Coded FindCoded(const Catalogue& catalogue, absl::string_view code);

// Ids of features and action points in the order of the framework, each once.
struct Subjects {
  std::vector<std::string> features, actions;
};
// Those that belong to `coded`: a feature with the action point that it shows and the other way round, and all of a
// part, an area or a commitment. Empty where nothing is named.
Subjects SubjectsOf(const Catalogue& catalogue, const Coded& coded);

// The code as the framework writes it, and what it is called. Something must be named.
const std::string& IdOf(const Coded& coded);
const Text& NameOf(const Coded& coded);

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_CODED_H_
