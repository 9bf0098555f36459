// The limits that a published set keeps whoever wrote it: lengths, grammar, uniqueness. Without
// them a record is not shown. What they do not ask (the catalogue, the other values) is in
// checks.h.
#ifndef HANSA_NODE_DOMAIN_SET_LIMITS_H_
#define HANSA_NODE_DOMAIN_SET_LIMITS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

inline constexpr std::size_t kObservationsMax = 1000;
inline constexpr std::size_t kAttributesMax = 32;
inline constexpr std::size_t kCellBytesMax = 128;

// Texts, codes and attributes of one observation, whether or not it has its answer yet.
//   INVALID_ARGUMENT  names the cell and the field
absl::Status CheckLimits(const Observation& observation);

// The same for every observation of a set, and: each has a value or a reason, never both; cells are
// unique; year, framework and hash have their form.
absl::Status CheckLimits(const IndicatorSet& set);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_SET_LIMITS_H_
