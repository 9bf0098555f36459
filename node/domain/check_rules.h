// The checks as data: which doubt or fault is looked for where, how strictly, and what a city is told to do about it.
// This is not the checking (checks.h) and knows no values of cities. What a rule means is in the program, one kind
// each; where it holds and its thresholds are in node/catalogue/check_rules.json, which the build has found sound.
#ifndef HANSA_NODE_DOMAIN_CHECK_RULES_H_
#define HANSA_NODE_DOMAIN_CHECK_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/decimal.h"

namespace hansa::node::domain {

// What a rule looks for, in the order of check_rules.json.
enum class RuleKind {
  kRange,         // 'range': out of the bounds that the catalogue gives the row
  kLikely,        // 'likely': within them, but hardly what was meant
  kFutureYear,    // 'future_year'
  kSource,        // 'missing_source'
  kSourceKind,    // 'source_kind': one that the row does not expect
  kTotalBetween,  // 'total_between_members': a total outside its parts, where the catalogue asks for the check
  kSumAtMost100,  // 'sum_at_most_100': likewise
  kTotalSource,   // 'total_source': a total from elsewhere than its parts
  kUnitSlip,      // 'unit_slip': a hundred or a thousand times what stood there before, or its hundredth
  kJump,          // 'jump': far from the city's own earlier value
  kDeparture,     // 'departure': proxy or approximate, and nothing says how it departs
  kRegion,        // 'region_without_area'
  kPeriod,        // 'period': one that names years far from the year of the set
};

enum class Severity { kError, kWarning };

// What the city may have said already, so that it is not asked again.
enum class AnsweredBy {
  kNothing,
  kNote,     // a note or derivation note beside the value
  kNewNote,  // likewise, but one that does not stand beside the earlier value too: that explains no change
};

// Inclusive; at least one is there.
struct LikelyLimits {
  std::optional<Decimal> from, to;
};

// A limit that widens with the distance in years: `first` between neighbouring years, `more` for each year beyond.
struct Widening {
  Decimal first, more;
};

// A jump is a difference of `at_least`, in the unit of the row, and either more than `points` in that unit, or of the
// two values one more than `factor` times the other.
struct JumpLimits {
  std::optional<Widening> points, factor;  // at least one is there
  Decimal at_least;
};

// A slip is one value `times` the other, give or take: from times / within to times * within.
struct SlipLimits {
  std::vector<std::int64_t> times;
  Decimal within;
  bool against_past = false;
  bool against_members = false;  // of the same row and year
};

// The years that a period may name, counted from the year of the set.
struct PeriodLimits {
  int years_before = 0;
  int years_after = 0;
};

struct CheckRule {
  std::string id;  // Such as 'jump-of-a-percentage'; stays the same when thresholds change.
  RuleKind kind = RuleKind::kRange;
  Severity severity = Severity::kError;
  AnsweredBy answered_by = AnsweredBy::kNothing;
  // Where it holds; an empty list is no restriction.
  std::vector<std::string> cells;  // Ids of measurements or of single cells.
  std::vector<catalogue::ValueType> value_types;
  std::vector<std::string> units;
  std::variant<std::monostate, LikelyLimits, JumpLimits, SlipLimits, PeriodLimits> limits;  // As the kind wants.
  catalogue::Text text;                                                                     // What to do about it.

  bool HoldsFor(const catalogue::Cell& cell) const;
};

// Immutable, so safe to read from any thread. Pointers live as long as it does.
class CheckRules {
 public:
  // Reads the file. Meant for data that was checked when the program was built, and for tests: what it reports is the
  // first thing it could not read, not every fault.
  //   INVALID_ARGUMENT  the text is not JSON, or something is missing or of the wrong type
  static absl::StatusOr<CheckRules> Parse(absl::string_view json);

  const std::vector<CheckRule>& all() const { return rules_; }
  // The first rule of `kind` in the file that holds for `cell`; nullptr if none does.
  const CheckRule* Find(RuleKind kind, const catalogue::Cell& cell) const;
  // The same for rules about a whole set: the first of `kind`.
  const CheckRule* Find(RuleKind kind) const;

 private:
  explicit CheckRules(std::vector<CheckRule> rules) : rules_(std::move(rules)) {}

  std::vector<CheckRule> rules_;
};

// Those that this program was built with.
const CheckRules& CurrentCheckRules();

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECK_RULES_H_
