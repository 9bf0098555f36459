// How many cities answer which cell: what is there to be read, and nothing about how well a city does.
#ifndef HANSA_NODE_SUMMARY_COVERAGE_H_
#define HANSA_NODE_SUMMARY_COVERAGE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::summary {

// Cells by their position in the catalogue: true where the city has an answer, a value or a reason why there is none.
using Answered = std::vector<bool>;

struct CityAnswers {
  std::string region;    // UNESCO region; empty for none
  bool has_set = false;  // it has published a set for the year, if only an empty one, or a survey or a rating
  Answered this_year;    // of the year asked for
  Answered ever;         // of any year: the cells that the city has chosen to report
};

struct CellCoverage {
  std::string cell;
  std::size_t reporting = 0;  // cities with an answer for the year
  std::size_t chosen = 0;     // cities that have answered it in any year
};

struct RegionCoverage {
  std::string region;         // empty for cities of none
  std::size_t members = 0;    // cities
  std::size_t reporting = 0;  // of those, with a set, a survey or a rating for the year
  std::vector<CellCoverage> cells;
};

struct Coverage {
  std::size_t members = 0;
  std::size_t reporting = 0;
  std::vector<CellCoverage> cells;        // every cell, in catalogue order
  std::vector<RegionCoverage> by_region;  // by name
};

// `cities` has each city once, in any order.
Coverage CoverageOf(const catalogue::Catalogue& catalogue, absl::Span<const CityAnswers> cities);

}  // namespace hansa::node::summary

#endif  // HANSA_NODE_SUMMARY_COVERAGE_H_
