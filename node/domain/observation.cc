#include "node/domain/observation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hansa::node::domain {
namespace {

// By the value of the enumeration.
constexpr std::array<const char*, 4> kSourceKinds = {"", "official_data", "survey", "expert_review"};
constexpr std::array<const char*, 3> kAreaLevels = {"", "city", "region"};
constexpr std::array<const char*, 5> kMatches = {"", "exact", "close", "proxy", "approximate"};

template <typename Kind, std::size_t N>
std::optional<Kind> Find(const std::array<const char*, N>& codes, absl::string_view code) {
  for (std::size_t i = 0; i < N; ++i) {
    if (code == codes[i]) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

}  // namespace

absl::string_view Code(SourceKind kind) { return kSourceKinds.at(static_cast<std::size_t>(kind)); }
absl::string_view Code(AreaLevel level) { return kAreaLevels.at(static_cast<std::size_t>(level)); }
absl::string_view Code(DefinitionMatch match) { return kMatches.at(static_cast<std::size_t>(match)); }

std::optional<SourceKind> ParseSourceKind(absl::string_view code) { return Find<SourceKind>(kSourceKinds, code); }
std::optional<AreaLevel> ParseAreaLevel(absl::string_view code) { return Find<AreaLevel>(kAreaLevels, code); }
std::optional<DefinitionMatch> ParseDefinitionMatch(absl::string_view code) {
  return Find<DefinitionMatch>(kMatches, code);
}

void SortInCatalogueOrder(const catalogue::Catalogue& catalogue, std::vector<Observation>& observations) {
  const auto key = [&](const Observation& observation) {
    const catalogue::Cell* cell = catalogue.FindCell(observation.cell);
    return std::pair(cell == nullptr ? catalogue.cells().size() : cell->position, observation.cell);
  };
  std::stable_sort(observations.begin(), observations.end(),
                   [&](const Observation& a, const Observation& b) { return key(a) < key(b); });
}

void CompleteFromCatalogue(const catalogue::Catalogue& catalogue, Observation& observation) {
  const catalogue::Cell* cell = catalogue.FindCell(observation.cell);
  if (cell == nullptr || !observation.value) return;
  if (observation.unit.empty()) observation.unit = cell->measurement->unit;
  const std::vector<std::string>& kinds = cell->measurement->source_kinds;
  if (observation.source_kind == SourceKind::kNotGiven && kinds.size() == 1) {
    observation.source_kind = ParseSourceKind(kinds.front()).value_or(SourceKind::kNotGiven);
  }
}

IndicatorSet MakeIndicatorSet(const catalogue::Catalogue& catalogue, int year, std::vector<Observation> observations) {
  for (Observation& observation : observations) CompleteFromCatalogue(catalogue, observation);
  SortInCatalogueOrder(catalogue, observations);
  IndicatorSet set;
  set.year = year;
  set.framework_id = catalogue.framework_id();
  set.framework_version = catalogue.version();
  set.catalogue_sha256 = catalogue.sha256();
  set.observations = std::move(observations);
  return set;
}

}  // namespace hansa::node::domain
