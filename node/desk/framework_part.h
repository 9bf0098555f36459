// Parts of the framework as people name them: '1', '1.2', '1.2.1', a row or a cell.
#ifndef HANSA_NODE_DESK_FRAMEWORK_PART_H_
#define HANSA_NODE_DESK_FRAMEWORK_PART_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::desk {

// Whether `cell` belongs to `part`. Every cell belongs to the empty one.
bool IsPartOf(const catalogue::Cell& cell, absl::string_view part);

//   NOT_FOUND  no cell belongs to `part`; names the nearest
absl::Status CheckPart(const catalogue::Catalogue& catalogue, absl::string_view part);

//   NOT_FOUND  there is no such key feature, such as 2.1.3; names the nearest
absl::Status CheckFeature(const catalogue::Catalogue& catalogue, absl::string_view feature);
//   NOT_FOUND  there is no such action point, in capitals, such as BD1.2
absl::Status CheckAction(const catalogue::Catalogue& catalogue, absl::string_view action);

// Whether `asked` is among `ids`; nothing asked for is among all.
bool Has(const std::vector<std::string>& ids, const std::string& asked);

// Features and action points in the order of the framework, each once.
struct SubjectIds {
  std::vector<std::string> features, actions;
};
// Action points may be written in small letters.
//   NOT_FOUND  as CheckFeature and CheckAction
absl::StatusOr<SubjectIds> SubjectsInOrder(const catalogue::Catalogue& catalogue,
                                           const std::vector<std::string>& features,
                                           const std::vector<std::string>& actions);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_FRAMEWORK_PART_H_
