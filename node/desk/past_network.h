// The network as it was when a summary was computed: the list of members up to a position, and views of the feeds that
// were read, up to the lengths that were read. Promise: the same position and lengths give the same rows, whatever has
// come since.
#ifndef HANSA_NODE_DESK_PAST_NETWORK_H_
#define HANSA_NODE_DESK_PAST_NETWORK_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/network_figures.h"
#include "node/projection/views.h"
#include "node/summary/published_summary.h"
#include "replication/roster.h"
#include "storage/feed_store.h"
#include "storage/memory_store.h"

namespace hansa::node::desk {

// The roster at `position`, folded anew from `feeds`; `present` is the newest. Takes as long as folding it at start.
//   FAILED_PRECONDITION  it is not held up to there, or another one is: the message says which
absl::StatusOr<replication::Roster> RosterAt(const storage::FeedStore& feeds, const replication::Roster& present,
                                             const replication::RosterPosition& position);

// A feed that figures are computed from.
struct InputFeed {
  summary::Input input;
  replication::FeedId feed;
};

// The feeds of indicators and reviews of every city whose values count, of all its incarnations, in the order of
// inputs. Their lengths are what `feeds` holds of them, at most up to their seals. Errors: what the store says.
absl::StatusOr<std::vector<InputFeed>> InputFeedsOf(const replication::Roster& roster, const Cities& cities,
                                                    const storage::FeedStore& feeds);

// Views of some feeds up to some lengths, in memory. Not thread-safe while it is made; then as Views.
class PastViews {
 public:
  // Reads what `inputs` say of `feeds`, judged by `roster`. All but `inputs` must outlive it. Takes as long as making
  // the views of these feeds anew, and as much memory as their rows take. Errors: what the store says.
  static absl::StatusOr<std::unique_ptr<PastViews>> Make(const storage::FeedStore& feeds,
                                                         const catalogue::Catalogue& catalogue,
                                                         const replication::Roster& roster,
                                                         absl::Span<const InputFeed> inputs);

  const projection::Views& views() const { return *views_; }

 private:
  PastViews() = default;

  storage::MemoryTables tables_;
  std::unique_ptr<projection::Views> views_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_PAST_NETWORK_H_
