// Looking back and aside: one city's cells over the years, what differs between two sets, and the same cells of cities
// that the reader chose. Nothing here is ordered by a value, and nothing says how one city stands to another.
#ifndef HANSA_NODE_DESK_PROGRESS_DESK_H_
#define HANSA_NODE_DESK_PROGRESS_DESK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/desk_reports.h"
#include "node/desk/strategy_records.h"
#include "node/desk/target_records.h"
#include "node/domain/series.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

// One cell of a city over the years.
struct CellProgress {
  const catalogue::Cell* cell = nullptr;  // of the catalogue
  domain::Series series;
  std::optional<StandingTarget> target;      // what the city itself means to reach, without a fault
  std::vector<StandingStrategy> strategies;  // of the city, shown on this series; each with a first day, by it
};
struct Progress {
  std::string member;  // slug
  // That were ever answered, in catalogue order. One for each word on a cell: that of the sets first, then those of
  // surveys and ratings, which every point of it has in its observation.
  std::vector<CellProgress> cells;
};

// One revision of one year's set.
struct SetChoice {
  int year = 0;
  std::optional<std::uint64_t> revision;  // from 1; absent: the one that stands
};

// One cell that two sets say differently.
struct CellDifference {
  std::string cell;
  std::optional<domain::Observation> before, after;  // absent where that set does not answer it
  std::vector<std::string> fields;                   // columns that differ, where both answer it
};
struct SetDifference {
  std::string member;  // slug
  SetChoice before, after;
  std::vector<CellDifference> cells;  // in catalogue order
};

struct BesideRequest {
  std::string part = {};                  // a feature, row or cell, or the beginning of one; empty: everything
  std::vector<std::string> members = {};  // slugs, in any order
  std::optional<int> from = {}, to = {};  // years, inclusive
};
struct Beside {
  std::vector<std::string> members;    // those asked for, by slug
  std::vector<ShownObservation> rows;  // by cell in catalogue order, member and year
};

// Thread-safe. Calls block on disk. Errors besides those named: what the store says.
class ProgressDesk {
 public:
  // All must outlive the desk.
  ProgressDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  // What `member` (a slug; empty: this city) published over the years, with its own targets and strategies beside it.
  // `part` is a feature, row or cell, or the beginning of one such as '1.2'; empty: everything.
  //   NOT_FOUND            no such member or part of the framework
  //   FAILED_PRECONDITION  no member was named, and this node is no member
  absl::StatusOr<Progress> ProgressOf(absl::string_view member, absl::string_view part) const;

  //   NOT_FOUND            no such member, year or revision
  //   FAILED_PRECONDITION  a revision that was taken back or cannot be read
  absl::StatusOr<SetDifference> Difference(absl::string_view member, const SetChoice& before,
                                           const SetChoice& after) const;

  //   NOT_FOUND         no such member or part of the framework
  //   INVALID_ARGUMENT  fewer than two members, or years that are none
  absl::StatusOr<Beside> BesideEachOther(const BesideRequest& request) const;

 private:
  // A set and which revision it is.
  struct Chosen {
    domain::IndicatorSet set;
    SetChoice choice;
  };
  absl::StatusOr<Chosen> SetChosen(const replication::MemberRecord& member, const SetChoice& choice) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
};

// Reads '2023' or '2023:2'.
//   INVALID_ARGUMENT  it is neither
absl::StatusOr<SetChoice> ParseSetChoice(absl::string_view text);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_PROGRESS_DESK_H_
