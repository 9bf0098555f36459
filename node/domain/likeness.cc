#include "node/domain/likeness.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/text.h"
#include "node/words/words.h"

namespace hansa::node::domain {
namespace {

std::string YearInWords(const Residents& residents) {
  return residents.year == 0 ? "not dated" : absl::StrCat(residents.year);
}

LikeCity Compare(const Circumstances& city, const Circumstances& other) {
  LikeCity like{other.slug, other.name, {}, {}};
  if (!city.country.empty() && city.country == other.country) {
    like.reasons.push_back(absl::StrCat("in the same country, ", city.country));
  }
  if (!city.region.empty() && city.region == other.region) {
    like.reasons.push_back(absl::StrCat("in the same region, ", city.region));
  }
  if (city.residents && other.residents && AreAlikeInSize(*city.residents, *other.residents)) {
    const Residents &own = *city.residents, &theirs = *other.residents;
    like.reasons.push_back(absl::StrCat("about as many people: ", words::Grouped(own.count), " (", YearInWords(own),
                                        ", from ", Quoted(own.source), ") and ", words::Grouped(theirs.count), " (",
                                        YearInWords(theirs), ", from ", Quoted(theirs.source), ")"));
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

bool AreAlikeInSize(const Residents& one, const Residents& other) {
  // Halves are rounded up, so that no sum is greater than what fits.
  return one.count >= other.count - other.count / 2 && other.count >= one.count - one.count / 2;
}

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
