#include "node/summary/coverage.h"

#include <map>
#include <utility>

namespace hansa::node::summary {
namespace {

bool Has(const Answered& cells, std::size_t position) { return position < cells.size() && cells[position]; }

void Count(const CityAnswers& city, std::vector<CellCoverage>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].reporting += Has(city.this_year, i) ? 1 : 0;
    cells[i].chosen += Has(city.ever, i) || Has(city.this_year, i) ? 1 : 0;
  }
}

}  // namespace

Coverage CoverageOf(const catalogue::Catalogue& catalogue, absl::Span<const CityAnswers> cities) {
  std::vector<CellCoverage> none;
  for (const catalogue::Cell& cell : catalogue.cells()) none.push_back({cell.id});
  Coverage coverage{.cells = none, .by_region = {}};
  std::map<std::string, RegionCoverage> regions;
  for (const CityAnswers& city : cities) {
    RegionCoverage& region = regions.try_emplace(city.region, RegionCoverage{city.region, 0, 0, none}).first->second;
    for (auto* const counted : {&region.members, &coverage.members}) ++*counted;
    if (city.has_set) {
      ++region.reporting;
      ++coverage.reporting;
    }
    Count(city, region.cells);
    Count(city, coverage.cells);
  }
  for (auto& [name, region] : regions) coverage.by_region.push_back(std::move(region));
  return coverage;
}

}  // namespace hansa::node::summary
