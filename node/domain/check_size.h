// Doubts about the size of one value: hardly likely, far from the city's own earlier value, or off by a unit. Exact, in
// billionths. Another city is never asked: only the row, the city's own past and the members of the same row.
#ifndef HANSA_NODE_DOMAIN_CHECK_SIZE_H_
#define HANSA_NODE_DOMAIN_CHECK_SIZE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/check_findings.h"
#include "node/domain/check_past.h"
#include "node/domain/check_rules.h"
#include "node/domain/decimal.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

// Whether `value` is a jump from `earlier`, `years` (1 or more) before. Only for values of 0 or more: false for others,
// and where the factor alone is limited and one of the two is 0.
bool IsJump(const JumpLimits& limits, const Decimal& value, const Decimal& earlier, int years);

struct Slip {
  std::int64_t times = 0;  // Such as 100.
  enum class Way { kTooLarge, kTooSmall } way = Way::kTooLarge;
  friend bool operator==(const Slip&, const Slip&) = default;
};
// How `value` seems to have slipped against `other`; nullopt if it has not. Never for 0 or less.
std::optional<Slip> FindSlip(const SlipLimits& limits, const Decimal& value, const Decimal& other);
// The same against all of `others`, the values of the other members. A value may be too small beside a single one, and
// is too large only beside two at least: of two, the smaller one is asked about.
std::optional<Slip> FindSlipAmong(const SlipLimits& limits, const Decimal& value,
                                  absl::Span<const Decimal* const> others);

// What a doubt about size looks at. All of it must outlive the call.
struct SizeQuestion {
  const catalogue::Catalogue& catalogue;
  const catalogue::Cell& cell;
  int year = 0;
  const Observation& observation;                     // Completed, and with a value.
  const std::map<std::string, Observation>& of_year;  // All that have a value, by cell.
  const PastValues& past;
};

// Reports at most one doubt: a slip explains a value that is not likely, and that a jump.
void CheckSize(const CheckRules& rules, const SizeQuestion& question, Findings& findings);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECK_SIZE_H_
