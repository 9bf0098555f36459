// What the records found are about: how many have each value, in the order of the framework, of the years, or by name.
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "node/search/search_index.h"

namespace hansa::node::search {
namespace {

// How many records have each value, in an order of its own. What it counts must outlive it.
class Count {
 public:
  explicit Count(std::string name, std::vector<std::string> order = {})
      : name_(std::move(name)), order_(std::move(order)) {}

  void Add(absl::string_view value) {
    if (!value.empty()) ++records_[value];
  }
  void AddEach(const std::vector<std::string>& values) {
    for (const std::string& value : values) Add(value);
  }
  // Those of the order first, then by name.
  void PutInto(std::vector<Facet>& facets) const {
    Facet facet{name_, {}};
    std::map<absl::string_view, std::uint64_t> left(records_.begin(), records_.end());
    for (const std::string& value : order_) {
      const auto found = left.find(value);
      if (found == left.end()) continue;
      facet.values.push_back({value, found->second});
      left.erase(found);
    }
    for (const auto& [value, records] : left) facet.values.push_back({std::string(value), records});
    if (!facet.values.empty()) facets.push_back(std::move(facet));
  }

 private:
  std::string name_;
  std::vector<std::string> order_;
  absl::flat_hash_map<absl::string_view, std::uint64_t> records_;
};

Facet YearFacet(const std::map<int, std::uint64_t>& years) {
  Facet facet{"year", {}};
  for (const auto& [year, records] : years) facet.values.push_back({absl::StrCat(year), records});
  return facet;
}

std::vector<std::string> FeatureOrder(const catalogue::Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const catalogue::Feature& feature : catalogue.features()) ids.push_back(feature.id);
  return ids;
}
std::vector<std::string> ActionOrder(const catalogue::Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const catalogue::Commitment& commitment : catalogue.commitments()) {
    for (const catalogue::ActionPoint& point : commitment.action_points) ids.push_back(point.id);
  }
  return ids;
}

}  // namespace

std::vector<Facet> SearchIndex::FacetsOf(const std::vector<Candidate>& found, const SearchContext& context) const {
  Count kinds("kind", SearchKinds()), features("feature", FeatureOrder(context.catalogue)),
      actions("action", ActionOrder(context.catalogue)), countries("country"), regions("region"), languages("language"),
      areas("area_kind", AreaKinds());
  std::map<int, std::uint64_t> years;
  for (const Candidate& candidate : found) {
    const RecordText& text = candidate.about();
    kinds.Add(text.kind);
    features.AddEach(text.features);
    actions.AddEach(text.actions);
    countries.Add(candidate.author->country);
    regions.Add(candidate.author->region);
    for (const int year : text.years) ++years[year];
    areas.Add(text.area_kind);
    languages.Add(text.language);
    const auto translated = translations_.find(candidate.key());
    if (translated == translations_.end()) continue;
    std::set<absl::string_view> others;
    for (const auto& [key, language] : translated->second) {
      const bool is_shown = Shown(context, key.member) != nullptr && !context.left_out.contains(key.member);
      if (language != text.language && is_shown) others.insert(language);
    }
    for (const absl::string_view other : others) languages.Add(other);
  }
  std::vector<Facet> facets;
  for (const Count* count : {&kinds, &features, &actions, &countries, &regions, &languages}) count->PutInto(facets);
  if (!years.empty()) facets.push_back(YearFacet(years));
  areas.PutInto(facets);
  return facets;
}

}  // namespace hansa::node::search
