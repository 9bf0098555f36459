// The summary of a year as the secretariat publishes it (hansa/v1/aggregates.proto): figures of the whole network and
// of each region, and the feeds that they were computed from, so that whoever holds those computes the same. It has no
// figure of one city, and no order by a value: cells stand in the order of the catalogue, then by group and region.
#ifndef HANSA_NODE_SUMMARY_PUBLISHED_SUMMARY_H_
#define HANSA_NODE_SUMMARY_PUBLISHED_SUMMARY_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/comparable.h"
#include "node/summary/cell_summary.h"
#include "replication/bytes.h"
#include "replication/frames.h"
#include "replication/strong_id.h"

namespace hansa::v1 {
class NetworkSummary;
}

namespace hansa::node::summary {

// A record holds so many cells, so many counts of choices and so many feeds of each collection; what is more goes into
// further parts.
inline constexpr std::size_t kCellsPerPart = 150;
inline constexpr std::size_t kChoicesPerPart = 40;
inline constexpr std::size_t kFeedsPerPart = 2'500;

// How far one feed was read. In order: by collection, member and incarnation.
struct Input {
  replication::Collection collection;
  replication::Member member;
  replication::Incarnation incarnation;  // from 1
  replication::Sequence len;             // entries; 0: it was empty

  friend auto operator<=>(const Input&, const Input&) = default;
};

// SHA-256 over the tag hansa/inputs/1 and, of each input, u16 collection, u32 member, u32 incarnation as the record
// writes it (0 for the first), u64 length; big-endian. `inputs` ascend, each feed once.
replication::Hash InputsDigest(absl::Span<const Input> inputs);

// How many ratings are at one level of a scale.
struct PublishedLevel {
  std::string level;        // as the catalogue writes it
  std::uint64_t count = 0;  // of ratings; several experts may have rated one city

  friend bool operator==(const PublishedLevel&, const PublishedLevel&) = default;
};

// What one group reported for one cell, in one region or in all.
struct PublishedCell {
  std::string cell;
  domain::Grounds group;               // all empty also for answers of 'no data', which rest on nothing
  std::string region;                  // UNESCO region; empty: the whole network
  std::uint64_t n = 0;                 // cities with a value; 0 where there are answers of 'no data' alone
  bool withheld = false;               // n is below the minimum: nothing below is given
  Spread spread;                       // all empty for ratings
  std::vector<PublishedLevel> levels;  // of ratings, in the order of the catalogue; else empty
  Movement movement;                   // all zero also where cities with an earlier value are too few
  std::uint64_t no_data = 0;           // cities that gave a reason instead of a value

  friend bool operator==(const PublishedCell&, const PublishedCell&) = default;
};

// How many cities chose one of the choices of an attribute.
struct PublishedChoice {
  std::string choice;       // as the catalogue writes it
  std::uint64_t count = 0;  // cities

  friend bool operator==(const PublishedChoice&, const PublishedChoice&) = default;
};

// What the cities of one group of one cell chose for one attribute of its row, in one region or in all.
struct PublishedChoices {
  std::string cell;
  domain::Grounds group;
  std::string region;                    // as PublishedCell
  std::string attribute;                 // as the catalogue writes it
  std::uint64_t n = 0;                   // cities that chose one, at least one
  bool withheld = false;                 // n is below the minimum: no choices are given
  std::vector<PublishedChoice> choices;  // each, in the order of the catalogue

  friend bool operator==(const PublishedChoices&, const PublishedChoices&) = default;
};

// Who reported, in one region.
struct PublishedRegion {
  std::string region;           // empty: cities of none
  std::uint64_t members = 0;    // cities in the network
  std::uint64_t reporting = 0;  // of those, with an answer for the year

  friend bool operator==(const PublishedRegion&, const PublishedRegion&) = default;
};

// A published summary whole, whatever number of records it takes.
struct PublishedSummary {
  int year = 0;
  std::string framework_id;
  std::string framework_version;
  replication::Hash catalogue_sha256;
  replication::RosterPosition roster;  // by which members, kinds and regions were read
  std::vector<Input> inputs;           // ascending, each feed once
  replication::Hash inputs_digest;     // as it was published; InputsDigest(inputs) if that is sound
  std::uint64_t minimum = kCitiesMin;
  std::uint64_t members = 0;    // cities in the network
  std::uint64_t reporting = 0;  // of those, with an answer for the year
  std::vector<PublishedCell> cells;
  std::vector<PublishedRegion> regions;  // by name
  bool counts_choices = false;           // those of versions that counted none did not
  std::vector<PublishedChoices> choices;

  friend bool operator==(const PublishedSummary&, const PublishedSummary&) = default;
};

// What cities of one region, or of all, say of one cell.
struct RegionFigures {
  std::string region;               // empty: the whole network
  std::vector<CellSummary> groups;  // in the order of SummariesOf
  std::size_t no_data = 0;          // cities
};
// The same as it is published: by group, then region. Answers of 'no data' rest on nothing, and stand in a group of
// their own that has no value.
std::vector<PublishedCell> PublishedCellsOf(const catalogue::Catalogue& catalogue, const catalogue::Cell& cell,
                                            absl::Span<const RegionFigures> regions);
// What they chose, as it is published: by attribute, then by group and region.
std::vector<PublishedChoices> PublishedChoicesOf(const catalogue::Cell& cell, absl::Span<const RegionFigures> regions);

// The records to sign, in order; revision reasons are empty. One, or as many as the limits above ask for.
std::vector<v1::NetworkSummary> PartsOf(const PublishedSummary& summary);

// What those records say together; `parts` in any order.
//   INVALID_ARGUMENT  parts are missing or contradict each other, a feed is named twice, or a group is of a kind that
//                     only a newer version knows
absl::StatusOr<PublishedSummary> SummaryIn(absl::Span<const v1::NetworkSummary> parts);

}  // namespace hansa::node::summary

#endif  // HANSA_NODE_SUMMARY_PUBLISHED_SUMMARY_H_
