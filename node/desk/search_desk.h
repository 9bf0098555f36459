// Searching the records held: what was asked, checked against the framework and the list of members, and what the index
// has of it. The order of what is found is by how well the text fits, or by title; see node/search/search_index.h.
#ifndef HANSA_NODE_DESK_SEARCH_DESK_H_
#define HANSA_NODE_DESK_SEARCH_DESK_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/kept_shelf.h"
#include "node/desk/muted_members.h"
#include "node/desk/place_records.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/search/index_reader.h"
#include "node/search/search_index.h"

namespace hansa::node::desk {

// At once; the rest is asked for by an offset.
inline constexpr std::size_t kHitsMax = 100;
inline constexpr std::size_t kHitsUsual = 20;

// Which records; what is empty is not asked for.
struct SearchQuery {
  std::string text = {};
  std::vector<std::string> kinds = {};  // as search::SearchKinds()
  std::string feature = {};             // such as 2.1.3
  std::string action = {};              // such as BD1.2
  std::string member = {};              // slug
  std::string country = {};             // ISO 3166-1 alpha-3, or INT
  std::string region = {};              // UNESCO region, in any case
  std::string language = {};            // BCP 47
  std::optional<int> year = {};
  std::string area_kind = {};  // as search::AreaKinds()
  // Residents of the author, inclusive; one who has not said it is found only without both.
  std::optional<std::uint64_t> population_min = {}, population_max = {};
  std::size_t offset = 0;
  std::size_t limit = 0;  // at most kHitsMax; 0: kHitsUsual
  Muting muting = Muting::kLeavesOut;
};

struct SearchAnswer {
  search::Found found;
  std::uint64_t unread = 0;  // records that the index has not read yet
};

// Thread-safe.
class SearchDesk {
 public:
  // All must outlive the desk.
  SearchDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
             search::IndexReader& reader)
      : node_(node), catalogue_(catalogue), views_(views), reader_(reader) {}

  // Waits for the index to read what the views have read, but not for long: then it answers what there is.
  //   NOT_FOUND            no such feature, action point, member, country or region
  //   INVALID_ARGUMENT     no such kind, kind of place or language; too many hits; bounds of population that nothing
  //                        lies between
  //   FAILED_PRECONDITION  a population was asked for, and no city of the network has said its own
  absl::StatusOr<SearchAnswer> Search(const SearchQuery& query) const;

 private:
  absl::StatusOr<search::SearchQuestion> Checked(const NodeView& view, const SearchQuery& query) const;

  // Members whose population lies within the bounds of `query`: the index need not know it.
  absl::StatusOr<std::set<replication::Member>> AuthorsWithin(const NodeView& view, const SearchQuery& query) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  search::IndexReader& reader_;
  mutable KeptShelf<Populations> populations_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_SEARCH_DESK_H_
