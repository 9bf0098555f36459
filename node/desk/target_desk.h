// The desk for targets: what this city means to reach in a cell, said in its own feed and by nobody else. Promises: one
// record for each cell; what stands already is not signed again; every revision stays readable; lists are by member and
// in the order of the framework, never by a value, and no target is a bar for another city.
#ifndef HANSA_NODE_DESK_TARGET_DESK_H_
#define HANSA_NODE_DESK_TARGET_DESK_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/record_office.h"
#include "node/desk/target_records.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

// A target as a person gives it.
struct TargetSetting {
  std::string cell = {};         // of the catalogue
  std::string value = {};        // in one of the forms that an import takes, with a full stop before the decimals
  int by_year = 0;               // 1900 to 2200
  std::string note = {};         // at most 2,000 characters; may be empty
  std::string language = {};     // of the note, BCP 47; may be empty
  std::string approved_by = {};  // a role, at most 500 characters; may be empty
  std::string reason = {};       // why it replaces the one before, at most 1,000 characters; may be empty
};

// Which targets; what is empty is not asked for.
struct TargetQuery {
  std::string member = {};  // slug; empty: this city's, and on a node of another kind every city's
  std::string part = {};    // a feature, row or cell, or the beginning of one such as '1.2'
};

// One target in a list.
struct ListedTarget {
  std::string member;  // slug
  StandingTarget target;
};

// Thread-safe. Calls block on disk; those that publish also on the node, and when they return, lists show what they
// did. Errors besides those named: what the node and the store say.
class TargetDesk {
 public:
  // All must outlive the desk; `today_year` may be asked on any thread.
  TargetDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
             std::function<int()> today_year)
      : node_(node), catalogue_(catalogue), views_(views), today_year_(std::move(today_year)) {}

  // A second target for a cell is a new revision of the first, also after it was taken back.
  //   NOT_FOUND            no such cell
  //   INVALID_ARGUMENT     no such value, year or text
  //   FAILED_PRECONDITION  no city that is a member, or the network uses another framework; a year that is over, where
  //   the
  //                        present target is not by it
  absl::StatusOr<PublishedEntry> Set(const TargetSetting& setting);

  // Doing it twice is the same as once.
  //   NOT_FOUND            no such cell, or there has never been a target for it
  //   FAILED_PRECONDITION  as Set
  absl::StatusOr<PublishedEntry> Withdraw(absl::string_view cell);

  // By slug, then in catalogue order; those with a fault come last; of a cell that the framework lacks
  // only where no part is asked for.
  //   NOT_FOUND  no such member or part of the framework
  absl::StatusOr<std::vector<ListedTarget>> List(const TargetQuery& query) const;

 private:
  absl::Status CheckMaySet(absl::string_view doing, const NodeView& view) const;
  absl::StatusOr<v1::OwnTarget> Understood(const TargetSetting& setting) const;
  // This city's record for `cell` under the framework; nullopt: there is none.
  absl::StatusOr<std::optional<TargetRecord>> OwnRecord(const NodeView& view, absl::string_view cell) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  const std::function<int()> today_year_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_TARGET_DESK_H_
