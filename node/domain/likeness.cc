#include "node/domain/likeness.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace hansa::node::domain {
namespace {

LikeCity Compare(const Circumstances& city, const Circumstances& other) {
  LikeCity like{other.slug, other.name, {}, {}};
  if (!city.country.empty() && city.country == other.country) {
    like.reasons.push_back(absl::StrCat("in the same country, ", city.country));
  }
  if (!city.region.empty() && city.region == other.region) {
    like.reasons.push_back(absl::StrCat("in the same region, ", city.region));
  }
  std::vector<std::string> kinds;
  std::set_intersection(city.area_kinds.begin(), city.area_kinds.end(), other.area_kinds.begin(),
                        other.area_kinds.end(), std::back_inserter(kinds));
  if (!kinds.empty()) {
    like.reasons.push_back(absl::StrCat("practices from the same kind of place, ", absl::StrJoin(kinds, ", ")));
  }
  for (const std::string& feature : city.features) {
    const bool is_shared = std::find(other.features.begin(), other.features.end(), feature) != other.features.end();
    if (is_shared) like.features.push_back(feature);
  }
  if (!like.features.empty()) {
    like.reasons.push_back(absl::StrCat("both work on ", absl::StrJoin(like.features, ", ")));
  }
  return like;
}

}  // namespace

std::vector<LikeCity> LikeCities(const Circumstances& city, const std::vector<Circumstances>& others) {
  std::vector<LikeCity> cities;
  for (const Circumstances& other : others) {
    if (other.slug == city.slug) continue;
    LikeCity like = Compare(city, other);
    if (!like.reasons.empty()) cities.push_back(std::move(like));
  }
  std::sort(cities.begin(), cities.end(),
            [](const LikeCity& a, const LikeCity& b) { return std::tie(a.name, a.slug) < std::tie(b.name, b.slug); });
  return cities;
}

}  // namespace hansa::node::domain
