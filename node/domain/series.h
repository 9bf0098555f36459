// One cell of one city over the years, read against the city's own earlier value and nothing else.
#ifndef HANSA_NODE_DOMAIN_SERIES_H_
#define HANSA_NODE_DOMAIN_SERIES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

struct SeriesPoint {
  int year = 0;
  Observation observation;
  std::uint64_t revision = 0;  // of the set it stands in
  // It rests on the same as the point with a value before it, so a line may join the two. False for the first, and
  // without a value.
  bool joins = false;
};

// Against the city's own past: the number grew, fell or stayed.
enum class Moved { kNowhere, kUp, kDown };
// What that means by the framework's own words, where it gives the row a direction.
enum class Meaning { kNone, kTowards, kAway };

struct Series {
  std::vector<SeriesPoint> points;  // by year, each at most once
  // The latest value, and the earliest that rests on the same; absent without two such values.
  std::optional<std::size_t> latest, baseline;
  Moved moved = Moved::kNowhere;
  Meaning meaning = Meaning::kNone;  // an arrow is drawn only where it is another
  std::string difference;            // latest less baseline, exact; empty without both
};

// `points` in any order; only their year and observation are looked at.
Series SeriesOf(const catalogue::Measurement& measurement, std::vector<SeriesPoint> points);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_SERIES_H_
