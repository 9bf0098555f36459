// What a city said of each cell in other years, for the checks that hold a value against the city's own past. Nothing
// of another city belongs in here, and nothing is computed from it.
#ifndef HANSA_NODE_DOMAIN_CHECK_PAST_H_
#define HANSA_NODE_DOMAIN_CHECK_PAST_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

// One cell of one year.
struct PastValue {
  int year = 0;
  Observation observation;  // Perhaps without a value.
};

// A plain value; not thread-safe while it is filled.
class PastValues {
 public:
  // Puts `observation` in the place of what was said of its cell in `year`: so a draft is laid over what is published,
  // and one without a value leaves none. Years may come in any order.
  void Set(int year, const Observation& observation);

  // What was said of `cell` in `year`; nullptr if nothing was. Valid until the next Set.
  const Observation* Find(int year, absl::string_view cell) const;

  // By year, ascending; empty if nothing is known of the cell.
  std::vector<PastValue> Of(absl::string_view cell) const;

  // The value of the nearest year before `year` that may be compared with `observation` (comparable.h), completed from
  // the catalogue; nullopt if there is none, or `observation` is compared with nothing. Its cell must be in
  // `catalogue`.
  std::optional<PastValue> NearestBefore(const catalogue::Catalogue& catalogue, int year,
                                         const Observation& observation) const;

 private:
  std::map<std::string, std::map<int, Observation>, std::less<>> cells_;
};

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECK_PAST_H_
