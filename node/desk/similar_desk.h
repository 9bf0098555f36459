// Cities in like circumstances: what the list of members, practices, strategies, targets and a city's own word on how
// many people live there say of each, and in what two of them are alike. By name, with reasons in words; see
// node/domain/likeness.h.
#ifndef HANSA_NODE_DESK_SIMILAR_DESK_H_
#define HANSA_NODE_DESK_SIMILAR_DESK_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/kept_shelf.h"
#include "node/desk/muted_members.h"
#include "node/domain/likeness.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

struct SimilarCities {
  std::string member;  // slug
  std::vector<domain::LikeCity> cities;
  std::vector<std::string> remarks;  // what could not be compared
  std::size_t muted = 0;             // cities left out because this node mutes them
};

// Thread-safe. Blocks on disk.
class SimilarDesk {
 public:
  // All must outlive the desk.
  SimilarDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  // `member` is a slug; empty: this city. Cities that are suspended or have left are left out. What is said of all is
  // read once for each state of the views.
  //   NOT_FOUND            no such member
  //   FAILED_PRECONDITION  it is no city
  absl::StatusOr<SimilarCities> Find(absl::string_view member, Muting muting = Muting::kLeavesOut) const;

 private:
  // Of every city of the list, whatever its state.
  using Cities = std::map<replication::Member, domain::Circumstances>;
  absl::StatusOr<Cities> ReadCities(const NodeView& view) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  mutable KeptShelf<Cities> kept_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_SIMILAR_DESK_H_
