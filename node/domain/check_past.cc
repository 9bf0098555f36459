#include "node/domain/check_past.h"

#include <utility>

#include "node/domain/comparable.h"
#include "replication/check.h"

namespace hansa::node::domain {

void PastValues::Set(int year, const Observation& observation) {
  cells_[observation.cell].insert_or_assign(year, observation);
}

const Observation* PastValues::Find(int year, absl::string_view cell) const {
  const auto found = cells_.find(cell);
  if (found == cells_.end()) return nullptr;
  const auto said = found->second.find(year);
  return said == found->second.end() ? nullptr : &said->second;
}

std::vector<PastValue> PastValues::Of(absl::string_view cell) const {
  std::vector<PastValue> values;
  const auto found = cells_.find(cell);
  if (found == cells_.end()) return values;
  values.reserve(found->second.size());
  for (const auto& [year, observation] : found->second) values.push_back({year, observation});
  return values;
}

std::optional<PastValue> PastValues::NearestBefore(const catalogue::Catalogue& catalogue, int year,
                                                   const Observation& observation) const {
  const catalogue::Cell* cell = catalogue.FindCell(observation.cell);
  HANSA_CHECK(cell != nullptr);
  const auto found = cells_.find(observation.cell);
  if (found == cells_.end()) return std::nullopt;
  const auto completed = [&](Observation given) {
    CompleteFromCatalogue(catalogue, given);
    return given;
  };
  const std::optional<Grounds> grounds = GroundsOf(*cell->measurement, completed(observation));
  if (!grounds) return std::nullopt;
  const std::map<int, Observation>& years = found->second;
  for (auto before = years.lower_bound(year); before != years.begin();) {
    --before;
    Observation earlier = completed(before->second);
    if (GroundsOf(*cell->measurement, earlier) == grounds) return PastValue{before->first, std::move(earlier)};
  }
  return std::nullopt;
}

}  // namespace hansa::node::domain
