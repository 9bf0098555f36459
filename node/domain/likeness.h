// In what two cities are in like circumstances, in words. Pure. No score, no percentage: a city is listed or it is not,
// and lists are by name.
#ifndef HANSA_NODE_DOMAIN_LIKENESS_H_
#define HANSA_NODE_DOMAIN_LIKENESS_H_

#include <set>
#include <string>
#include <vector>

namespace hansa::node::domain {

// What is known of a city that others may have in common with it. Empty: not known.
struct Circumstances {
  std::string slug;
  std::string name;
  std::string country;                // ISO 3166-1 alpha-3
  std::string region;                 // UNESCO region
  std::set<std::string> area_kinds;   // kinds of places that its practices come from
  std::vector<std::string> features;  // that it works on, in the order of the framework
};

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
