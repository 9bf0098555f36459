// Records of strategies as the views hold them: what a revision says, and which stand for one city. What hangs
// strategies on a series of figures reads them here.
#ifndef HANSA_NODE_DESK_STRATEGY_RECORDS_H_
#define HANSA_NODE_DESK_STRATEGY_RECORDS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/views.h"
#include "storage/feed_store.h"

namespace hansa::v1 {
class Strategy;
}

namespace hansa::node::desk {

// One strategy or action as it stands.
struct StandingStrategy {
  replication::RecordId id;
  std::string title;
  std::string kind;       // "strategy", "action"; empty: not given, read as an action
  std::string state;      // "planned", "under way", "finished", "stopped"; empty: as the dates say
  std::string starts_on;  // YYYY-MM-DD; empty: not given, so it is drawn on no series
  std::string ends_on;    // YYYY-MM-DD; empty: open
  std::vector<std::string> features;
  std::vector<std::string> actions;
  std::vector<std::string> cells;  // on whose series it is shown: those it names, else those of its features; of the
                                   // catalogue, in its order
  std::uint64_t revision = 0;      // from 1

  // Calendar years; 0: not given.
  int start_year() const;
  int end_year() const;
};

// By first day (those without one last), title, id.
bool StandsBefore(const StandingStrategy& a, const StandingStrategy& b);

// Whether `record` is a strategy, as it stands or stood before it was taken back.
bool IsStrategy(const projection::RecordView& record);

// What the revision says.
//   NOT_FOUND            its content is not held
//   FAILED_PRECONDITION  it takes the record back, or is no strategy that can be shown, and why
//   DATA_LOSS            the feed is damaged
absl::StatusOr<std::shared_ptr<v1::Strategy>> ReadStrategy(const storage::FeedStore& feeds,
                                                           const projection::Revision& revision);

// `strategy`, said by revision `revision` (from 1) of the record `id`.
StandingStrategy Described(const catalogue::Catalogue& catalogue, const replication::RecordId& id,
                           std::uint64_t revision, const v1::Strategy& strategy);

// The strategies of `member` that are shown, in the order of StandsBefore: neither taken back nor unreadable. Blocks on
// disk.
//   DATA_LOSS  a feed is damaged
absl::StatusOr<std::vector<StandingStrategy>> StrategiesOf(const storage::FeedStore& feeds,
                                                           const projection::Views& views,
                                                           const catalogue::Catalogue& catalogue,
                                                           replication::Member member);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_STRATEGY_RECORDS_H_
