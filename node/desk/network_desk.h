// What the values of the whole network say together: the secretariat's view, on any node that holds them. No city is
// named but those that have not reported, and nothing is ordered by a value.
#ifndef HANSA_NODE_DESK_NETWORK_DESK_H_
#define HANSA_NODE_DESK_NETWORK_DESK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/summary/cell_summary.h"
#include "node/summary/coverage.h"

namespace hansa::node::desk {

struct NetworkCoverage {
  int year = 0;
  summary::Coverage counts;
  std::vector<std::string> without_set;  // slugs of cities that have published nothing for the year; by name
};

struct SummaryRequest {
  int year = 0;
  std::string part = {};   // a feature, row or cell, or the beginning of one; empty: everything
  bool by_region = false;  // each UNESCO region by itself, instead of all together
};
struct RegionSummary {
  std::string region;  // empty: the whole network, or cities of no region
  std::vector<summary::CellSummary> cells;
};
struct NetworkSummary {
  int year = 0;
  std::uint64_t cities = 0;  // with a set, a survey or a rating for the year
  // SHA-256, in hex, over member (u32), record id (16 bytes) and revision (u64) of each set of the year, by member
  // number, then of each survey and rating of the year, by member number and record id: two nodes that hold the same
  // give the same.
  std::string inputs_digest;
  std::vector<RegionSummary> regions;  // by name; one without a name unless asked by region
};

// Thread-safe. Calls block on disk. Cities that are members now count, and those set aside or ended do not. Years out
// of 1900 to 2200 give INVALID_ARGUMENT. Errors besides those named: what the store says.
class NetworkDesk {
 public:
  // All must outlive the desk.
  NetworkDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  absl::StatusOr<NetworkCoverage> Coverage(int year) const;

  //   NOT_FOUND  no such part of the framework
  absl::StatusOr<NetworkSummary> Summary(const SummaryRequest& request) const;

 private:
  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_NETWORK_DESK_H_
