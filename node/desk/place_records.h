// Records in which a city says how many people live there, and which stands. One stands for each city: the last that
// was written. Nothing here puts cities in an order.
#ifndef HANSA_NODE_DESK_PLACE_RECORDS_H_
#define HANSA_NODE_DESK_PLACE_RECORDS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "node/desk/said_record.h"
#include "node/projection/views.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::v1 {
class CityPlace;
}

namespace hansa::node::desk {

// A record of a place, and what it says.
using PlaceRecord = SaidRecord<v1::CityPlace>;

// The record of `member` that was written last, taken back or not; nullopt: there is none. Blocks on disk.
//   DATA_LOSS  a feed is damaged
absl::StatusOr<std::optional<PlaceRecord>> PlaceRecordOf(const storage::FeedStore& feeds,
                                                         const projection::Views& views, replication::Member member);

// How many people live in a city, as it says.
struct StandingPlace {
  replication::RecordId id;
  std::uint64_t population = 0;  // residents; 0 only with a fault
  int year = 0;                  // that the number is of; 0: not dated
  std::string source;
  std::string note;
  std::uint64_t revision = 0;  // from 1
  std::string fault;           // why what was said last cannot be shown; empty if it can
};

// What `member` says; nullopt: nothing, or not any more. Blocks on disk.
//   DATA_LOSS  a feed is damaged
absl::StatusOr<std::optional<StandingPlace>> PlaceOf(const storage::FeedStore& feeds, const projection::Views& views,
                                                     replication::Member member);

// Residents of the cities of `roster` that say it. Blocks on disk.
//   DATA_LOSS  a feed is damaged
using Populations = std::map<replication::Member, std::uint64_t>;
absl::StatusOr<Populations> PopulationsOf(const storage::FeedStore& feeds, const projection::Views& views,
                                          const replication::Roster& roster);

// A place in a few words of a fixed form: 'residents: 472,465 (2021)'.
std::string TitleOf(const v1::CityPlace& place);
// What such a record is called where records of several cities are listed: there nobody reads numbers side by side.
inline constexpr char kPlaceNewsTitle[] = "how many people live in the city";

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_PLACE_RECORDS_H_
