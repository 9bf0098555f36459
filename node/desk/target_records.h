// Records of own targets as the views hold them, and which stand for one city. A city has one target for a cell of a
// framework; where others' bytes say it twice, what was said last counts. Nothing here compares cities.
#ifndef HANSA_NODE_DESK_TARGET_RECORDS_H_
#define HANSA_NODE_DESK_TARGET_RECORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/said_record.h"
#include "node/projection/views.h"
#include "storage/feed_store.h"

namespace hansa::v1 {
class OwnTarget;
}

namespace hansa::node::desk {

// A record of a target, and what it says.
using TargetRecord = SaidRecord<v1::OwnTarget>;

// The records of targets of `member`, by record id: for each framework, version and cell the one that was written last,
// taken back or not, and each that cannot be read at all. Blocks on disk.
//   DATA_LOSS  a feed is damaged
absl::StatusOr<std::vector<TargetRecord>> TargetRecordsOf(const storage::FeedStore& feeds,
                                                          const projection::Views& views, replication::Member member);

// What a city means to reach in one cell.
struct StandingTarget {
  replication::RecordId id;
  std::string cell;   // empty only with a fault
  std::string value;  // decimal string, as written
  std::string unit;   // id of the catalogue
  int by_year = 0;    // 1900 to 2200; 0 only with a fault
  std::string note;
  std::string approved_by;     // a role
  std::uint64_t revision = 0;  // from 1
  std::string fault;           // why the framework cannot show it, such as a cell that it lacks; empty if it can
};

// The targets of `member` that stand: in catalogue order, then those with a fault, by cell and id. Blocks on disk.
//   DATA_LOSS  a feed is damaged
absl::StatusOr<std::vector<StandingTarget>> TargetsOf(const storage::FeedStore& feeds, const projection::Views& views,
                                                      const catalogue::Catalogue& catalogue,
                                                      replication::Member member);

// A target in a few words of a fixed form: 'target 95 by 2030 for 1.1.1/adult-literacy-rate#total'.
std::string TitleOf(const v1::OwnTarget& target);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_TARGET_RECORDS_H_
