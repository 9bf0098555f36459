// The desk for a city's size: how many people live there, said by the city in its own feed and by nobody else.
// Promises: one stands for each city; what stands already is not signed again; every revision stays readable; it is
// shown of one city at a time, so that there is no list to be put in its order.
#ifndef HANSA_NODE_DESK_PLACE_DESK_H_
#define HANSA_NODE_DESK_PLACE_DESK_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/desk/place_records.h"
#include "node/desk/record_office.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

// A city's size as a person gives it.
struct PlaceSetting {
  std::uint64_t population = 0;  // residents, 1 to 1,000,000,000
  int year = 0;                  // that the number is of, 1900 to 2200; 0: not dated
  std::string source = {};       // where the number comes from, at most 300 characters; never empty
  std::string note = {};         // what is counted, at most 500 characters; may be empty
};

struct ShownPlace {
  std::string member;  // slug
  std::string name;
  StandingPlace place;
};

// Thread-safe. Calls block on disk; those that publish also on the node, and when they return, Show has what they did.
// Errors besides those named: what the node and the store say.
class PlaceDesk {
 public:
  // All must outlive the desk.
  PlaceDesk(RunningNode& node, const projection::Views& views) : node_(node), views_(views) {}

  // `member` is a slug; empty: this city.
  //   NOT_FOUND            no such member, or the city has not said it, or took it back
  //   FAILED_PRECONDITION  it is no city
  absl::StatusOr<ShownPlace> Show(absl::string_view member) const;

  // What is said after something else is a new revision of it, also after it was taken back.
  //   INVALID_ARGUMENT     no such number, year or text
  //   FAILED_PRECONDITION  no city that is a member
  absl::StatusOr<PublishedEntry> Set(const PlaceSetting& setting);

  // Doing it twice is the same as once.
  //   NOT_FOUND            this city has never said it
  //   FAILED_PRECONDITION  as Set
  absl::StatusOr<PublishedEntry> Withdraw();

 private:
  RunningNode& node_;
  const projection::Views& views_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_PLACE_DESK_H_
