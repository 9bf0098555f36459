#include "node/domain/check_size.h"

#include <algorithm>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"

namespace hansa::node::domain {
namespace {

constexpr std::int64_t kOne = 1'000'000'000;  // In billionths.

absl::int128 Larger(const Decimal& a, const Decimal& b) { return std::max(a.billionths(), b.billionths()); }
absl::int128 Smaller(const Decimal& a, const Decimal& b) { return std::min(a.billionths(), b.billionths()); }

absl::int128 LimitAfter(const Widening& limit, int years) {
  return limit.first.billionths() + limit.more.billionths() * (years - 1);
}

// Such as '0.95 is about 1/100 of 93.1, the value of 2021'.
std::string Said(const Slip& slip, const Decimal& value, const Decimal& other, absl::string_view whose) {
  if (slip.way == Slip::Way::kTooSmall) {
    return absl::StrCat(value.text(), " is about 1/", slip.times, " of ", other.text(), ", the value of ", whose);
  }
  return absl::StrCat(value.text(), " is about ", slip.times, " times ", other.text(), ", the value of ", whose);
}

// The other members of the row that have a value, in its order.
std::vector<const Observation*> OtherMembers(const SizeQuestion& q) {
  std::vector<const Observation*> others;
  for (const std::string& id : q.cell.measurement->cells) {
    const auto found = q.of_year.find(id);
    if (id != q.cell.id && found != q.of_year.end()) others.push_back(&found->second);
  }
  return others;
}

bool FoundSlip(const CheckRule& rule, const SizeQuestion& q, const std::optional<PastValue>& before,
               Findings& findings) {
  const SlipLimits& limits = std::get<SlipLimits>(rule.limits);
  const Decimal& value = *q.observation.value;
  const Place place{q.cell.id, "value"};
  if (limits.against_past && before) {
    const Decimal& earlier = *before->observation.value;
    if (const auto slip = FindSlip(limits, value, earlier)) {
      findings.Report(rule, place, Said(*slip, value, earlier, absl::StrCat(before->year)));
      return true;
    }
  }
  if (!limits.against_members) return false;
  const std::vector<const Observation*> others = OtherMembers(q);
  std::vector<const Decimal*> values;
  values.reserve(others.size());
  for (const Observation* other : others) values.push_back(&*other->value);
  const std::optional<Slip> slip = FindSlipAmong(limits, value, values);
  if (!slip) return false;
  findings.Report(rule, place, Said(*slip, value, *values.front(), others.front()->cell));
  return true;
}

bool FoundUnlikely(const CheckRule& rule, const SizeQuestion& q, Findings& findings) {
  const LikelyLimits& limits = std::get<LikelyLimits>(rule.limits);
  const Decimal& value = *q.observation.value;
  const Place place{q.cell.id, "value"};
  if (limits.from && Compare(value, *limits.from) < 0) {
    findings.Report(
        rule, place,
        absl::StrCat(value.text(), " is less than ", limits.from->text(), ", the least that is likely here"));
    return true;
  }
  if (limits.to && Compare(value, *limits.to) > 0) {
    findings.Report(rule, place,
                    absl::StrCat(value.text(), " is more than ", limits.to->text(), ", the most that is likely here"));
    return true;
  }
  return false;
}

}  // namespace

bool IsJump(const JumpLimits& limits, const Decimal& value, const Decimal& earlier, int years) {
  const absl::int128 larger = Larger(value, earlier);
  const absl::int128 smaller = Smaller(value, earlier);
  if (smaller < 0 || larger - smaller < limits.at_least.billionths()) return false;
  if (limits.points && larger - smaller > LimitAfter(*limits.points, years)) return true;
  return limits.factor && smaller > 0 && larger * kOne > smaller * LimitAfter(*limits.factor, years);
}

std::optional<Slip> FindSlip(const SlipLimits& limits, const Decimal& value, const Decimal& other) {
  const absl::int128 larger = Larger(value, other);
  const absl::int128 smaller = Smaller(value, other);
  if (smaller <= 0) return std::nullopt;
  const Slip::Way way = value.billionths() == larger ? Slip::Way::kTooLarge : Slip::Way::kTooSmall;
  const absl::int128 within = limits.within.billionths();
  for (const std::int64_t times : limits.times) {
    if (larger * within >= smaller * times * kOne && larger * kOne <= smaller * times * within) {
      return Slip{times, way};
    }
  }
  return std::nullopt;
}

std::optional<Slip> FindSlipAmong(const SlipLimits& limits, const Decimal& value,
                                  absl::Span<const Decimal* const> others) {
  std::optional<Slip> found;
  for (const Decimal* other : others) {
    const std::optional<Slip> slip = FindSlip(limits, value, *other);
    if (!slip || (found && *found != *slip)) return std::nullopt;
    found = slip;
  }
  if (found && found->way == Slip::Way::kTooLarge && others.size() < 2) return std::nullopt;
  return found;
}

void CheckSize(const CheckRules& rules, const SizeQuestion& q, Findings& findings) {
  const std::optional<PastValue> before = q.past.NearestBefore(q.catalogue, q.year, q.observation);
  const CheckRule* const slip = rules.Find(RuleKind::kUnitSlip, q.cell);
  if (slip != nullptr && FoundSlip(*slip, q, before, findings)) return;
  const CheckRule* const likely = rules.Find(RuleKind::kLikely, q.cell);
  if (likely != nullptr && FoundUnlikely(*likely, q, findings)) return;
  const CheckRule* const jump = rules.Find(RuleKind::kJump, q.cell);
  if (jump == nullptr || !before || IsAnswered(*jump, q.observation, &before->observation)) return;
  const Decimal& value = *q.observation.value;
  const Decimal& earlier = *before->observation.value;
  if (!IsJump(std::get<JumpLimits>(jump->limits), value, earlier, q.year - before->year)) return;
  findings.Report(*jump, {q.cell.id, "value"},
                  absl::StrCat("the value went from ", earlier.text(), " in ", before->year, " to ", value.text()));
}

}  // namespace hansa::node::domain
