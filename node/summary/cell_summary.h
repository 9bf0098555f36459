// What the values of one cell and year have in common.
#ifndef HANSA_NODE_SUMMARY_CELL_SUMMARY_H_
#define HANSA_NODE_SUMMARY_CELL_SUMMARY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/chosen.h"
#include "node/domain/comparable.h"
#include "node/domain/observation.h"

namespace hansa::node::summary {

// With fewer values than this nothing but their number is given.
inline constexpr std::size_t kCitiesMin = 5;

// Three numbers and their mean, as decimals without trailing zeros, rounded to nine places, half to even.
struct Spread {
  // Quantiles 1/4, 1/2 and 3/4 of type 7 of Hyndman and Fan (1996), the one R takes unless told otherwise.
  std::string q1, median, q3;
  std::string mean;

  friend bool operator==(const Spread&, const Spread&) = default;
};

// `billionths`: at least one, at most 100,000, each of at most 24 digits; in any order.
Spread SpreadOf(std::vector<absl::int128> billionths);

// How many values are the same as, above and below the same city's last value before. Above is a larger number,
// whichever way the row points.
struct Movement {
  std::size_t up = 0, same = 0, down = 0;

  std::size_t cities() const { return up + same + down; }
  friend bool operator==(const Movement&, const Movement&) = default;
};

// What cities chose for one attribute of a row, such as which poverty line they used.
struct AttributeCounts {
  std::string attribute;            // as the catalogue writes it
  std::size_t n = 0;                // cities that chose one
  bool withheld = false;            // n is below kCitiesMin: no counts are given
  std::vector<std::size_t> counts;  // of each choice, in the order of the catalogue

  friend bool operator==(const AttributeCounts&, const AttributeCounts&) = default;
};

struct CellSummary {
  std::string cell;
  domain::Grounds group;
  std::size_t n = 0;                // cities; of ratings there may be more than cities
  bool withheld = false;            // n is below kCitiesMin: nothing below is given
  Spread spread;                    // all empty for ratings
  std::vector<std::size_t> levels;  // of ratings: how many at 1, 2, … 5; else empty
  Movement movement;                // of the cities that have an earlier value of the same group
  bool movement_withheld = false;   // those are fewer than kCitiesMin: `movement` is all zero
  // Of each attribute with choices for which a city chose one, in the order of the catalogue.
  std::vector<AttributeCounts> attributes;
};

// One city's answer. Both must outlive the call only.
struct Contribution {
  const domain::Observation* observation = nullptr;
  const domain::Observation* before = nullptr;  // the city's last answer of an earlier year; nullptr for none
};

// The same without the texts: a value, and what it rests on.
struct Figure {
  const domain::Grounds* grounds = nullptr;  // nullptr: there is none, or none that is compared; must outlive the call
  absl::int128 billionths = 0;               // the value times 10^9; only with grounds
  absl::Span<const domain::Chosen> chosen = {};  // must outlive the call
};
struct CityFigures {
  Figure now;
  Figure before;  // of the city's last value of an earlier year
  // One more expert's rating of a city that is counted in the group already: a rating more at its level, no city more.
  // Ratings are never pooled into one.
  bool is_further = false;
};

// Of each group of `cell` that has a value, by source kind, language and departure. `cities` has each city at most
// once for each group that it has a value of, further ratings aside.
std::vector<CellSummary> SummariesOf(const catalogue::Catalogue& catalogue, const catalogue::Cell& cell,
                                     absl::Span<const CityFigures> cities);
std::vector<CellSummary> SummariesOf(const catalogue::Catalogue& catalogue, const catalogue::Cell& cell,
                                     absl::Span<const Contribution> contributions);

}  // namespace hansa::node::summary

#endif  // HANSA_NODE_SUMMARY_CELL_SUMMARY_H_
