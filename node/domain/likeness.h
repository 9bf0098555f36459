// In what two cities are in like circumstances, in words. Pure. No score, no percentage: a city is listed or it is not,
// and lists are by name.
#ifndef HANSA_NODE_DOMAIN_LIKENESS_H_
#define HANSA_NODE_DOMAIN_LIKENESS_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hansa::node::domain {

// How many people live in a city, as it says.
struct Residents {
  std::uint64_t count = 0;  // from 1
  int year = 0;             // that the count is of; 0: not dated
  std::string source;       // where it comes from
};

// What is known of a city that others may have in common with it. Empty: not known.
struct Circumstances {
  std::string slug;
  std::string name;
  std::string country;                // ISO 3166-1 alpha-3
  std::string region;                 // UNESCO region
  std::set<std::string> area_kinds;   // kinds of places that its practices come from
  std::vector<std::string> features;  // that it works on, in the order of the framework
  std::optional<Residents> residents = {};
};

// Whether one of two cities has at most twice as many people as the other.
bool AreAlikeInSize(const Residents& one, const Residents& other);

struct LikeCity {
  std::string slug;
  std::string name;
  std::vector<std::string> reasons;   // sentences
  std::vector<std::string> features;  // that both work on, in the order of the framework
};

// Those of `others` that have something in common with `city`, by name, then slug. `city` itself is left out.
std::vector<LikeCity> LikeCities(const Circumstances& city, const std::vector<Circumstances>& others);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_LIKENESS_H_
