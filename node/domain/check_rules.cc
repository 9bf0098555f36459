// Reads the rules from JSON. The only file that knows the names of their members, beside node/catalogue/soundness.cc.
#include "node/domain/check_rules.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "node/catalogue/embedded.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

using Json = nlohmann::json;

template <typename Meaning>
struct Named {
  const char* code;
  Meaning meaning;
};

constexpr Named<RuleKind> kKinds[] = {{"range", RuleKind::kRange},
                                      {"likely", RuleKind::kLikely},
                                      {"future_year", RuleKind::kFutureYear},
                                      {"missing_source", RuleKind::kSource},
                                      {"source_kind", RuleKind::kSourceKind},
                                      {"total_between_members", RuleKind::kTotalBetween},
                                      {"sum_at_most_100", RuleKind::kSumAtMost100},
                                      {"total_source", RuleKind::kTotalSource},
                                      {"unit_slip", RuleKind::kUnitSlip},
                                      {"jump", RuleKind::kJump},
                                      {"departure", RuleKind::kDeparture},
                                      {"region_without_area", RuleKind::kRegion},
                                      {"period", RuleKind::kPeriod}};
constexpr Named<Severity> kSeverities[] = {{"error", Severity::kError}, {"warning", Severity::kWarning}};
constexpr Named<AnsweredBy> kAnswers[] = {
    {"nothing", AnsweredBy::kNothing}, {"note", AnsweredBy::kNote}, {"new_note", AnsweredBy::kNewNote}};
constexpr Named<catalogue::ValueType> kValueTypes[] = {{"percentage", catalogue::ValueType::kPercentage},
                                                       {"number", catalogue::ValueType::kNumber},
                                                       {"integer", catalogue::ValueType::kInteger},
                                                       {"rating", catalogue::ValueType::kRating}};

// Reads one rule; after the first thing that cannot be read, what it gives is worthless and `fault` says why. Missing
// members and wrong types are exceptions of the library, caught in Parse.
class RuleReader {
 public:
  CheckRule Read(const Json& json) {
    CheckRule rule;
    rule.id = json.at("id").get<std::string>();
    rule.kind = Code(kKinds, json.at("kind"));
    rule.severity = Code(kSeverities, json.at("severity"));
    if (json.contains("answered_by")) rule.answered_by = Code(kAnswers, json.at("answered_by"));
    if (json.contains("cells")) rule.cells = json.at("cells").get<std::vector<std::string>>();
    if (json.contains("units")) rule.units = json.at("units").get<std::vector<std::string>>();
    if (json.contains("value_types")) {
      for (const Json& type : json.at("value_types")) rule.value_types.push_back(Code(kValueTypes, type));
    }
    rule.text = {json.at("text").at("en").get<std::string>(), json.at("text").at("ko").get<std::string>()};
    if (rule.kind == RuleKind::kLikely) rule.limits = Likely(json);
    if (rule.kind == RuleKind::kJump) rule.limits = Jump(json);
    if (rule.kind == RuleKind::kUnitSlip) rule.limits = Slip(json);
    if (rule.kind == RuleKind::kPeriod) {
      rule.limits = PeriodLimits{json.at("years_before").get<int>(), json.at("years_after").get<int>()};
    }
    return rule;
  }

  const std::string& fault() const { return fault_; }

 private:
  template <typename Meaning, std::size_t kSize>
  Meaning Code(const Named<Meaning> (&known)[kSize], const Json& json) {
    const std::string code = json.get<std::string>();
    const auto* const found =
        std::find_if(std::begin(known), std::end(known), [&](const auto& each) { return each.code == code; });
    if (found != std::end(known)) return found->meaning;
    fault_ = absl::StrCat("unknown code '", code, "'");
    return known[0].meaning;
  }

  Decimal Number(const Json& json) {
    absl::StatusOr<Decimal> number = Decimal::Parse(json.get<std::string>());
    if (number.ok()) return *std::move(number);
    fault_ = absl::StrCat("unknown code '", json.get<std::string>(), "'");
    return Decimal::Parse("0").value();
  }
  std::optional<Decimal> NumberIfGiven(const Json& json, const char* key) {
    if (!json.contains(key)) return std::nullopt;
    return Number(json.at(key));
  }
  std::optional<Widening> WideningIfGiven(const Json& json, const char* key) {
    if (!json.contains(key)) return std::nullopt;
    return Widening{Number(json.at(key).at("first")), Number(json.at(key).at("more"))};
  }

  LikelyLimits Likely(const Json& json) { return {NumberIfGiven(json, "from"), NumberIfGiven(json, "to")}; }
  JumpLimits Jump(const Json& json) {
    return {WideningIfGiven(json, "points"), WideningIfGiven(json, "factor"), Number(json.at("at_least"))};
  }
  SlipLimits Slip(const Json& json) {
    const auto against = json.at("against").get<std::vector<std::string>>();
    const auto has = [&](const char* what) { return std::find(against.begin(), against.end(), what) != against.end(); };
    return {json.at("times").get<std::vector<std::int64_t>>(), Number(json.at("within")), has("past"), has("members")};
  }

  std::string fault_;
};

template <typename Thing>
bool HasOrIsEmpty(const std::vector<Thing>& list, const Thing& thing) {
  return list.empty() || std::find(list.begin(), list.end(), thing) != list.end();
}

}  // namespace

bool CheckRule::HoldsFor(const catalogue::Cell& cell) const {
  const catalogue::Measurement& measurement = *cell.measurement;
  return (HasOrIsEmpty(cells, measurement.id) || HasOrIsEmpty(cells, cell.id)) &&
         HasOrIsEmpty(value_types, measurement.value_type) && HasOrIsEmpty(units, measurement.unit);
}

absl::StatusOr<CheckRules> CheckRules::Parse(absl::string_view json) {
  std::vector<CheckRule> rules;
  RuleReader reader;
  try {
    const Json file = Json::parse(json.begin(), json.end());
    for (const Json& rule : file.at("rules")) rules.push_back(reader.Read(rule));
  } catch (const Json::exception& fault) {
    return absl::InvalidArgumentError(
        absl::StrCat("reading the rules of the checks: ", fault.what(), "; mend the JSON file"));
  }
  if (!reader.fault().empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("reading the rules of the checks: ", reader.fault(), "; mend the JSON file"));
  }
  return CheckRules(std::move(rules));
}

const CheckRule* CheckRules::Find(RuleKind kind, const catalogue::Cell& cell) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [&](const CheckRule& rule) { return rule.kind == kind && rule.HoldsFor(cell); });
  return found == rules_.end() ? nullptr : &*found;
}

const CheckRule* CheckRules::Find(RuleKind kind) const {
  const auto found =
      std::find_if(rules_.begin(), rules_.end(), [&](const CheckRule& rule) { return rule.kind == kind; });
  return found == rules_.end() ? nullptr : &*found;
}

const CheckRules& CurrentCheckRules() {
  static const CheckRules* const rules = [] {
    absl::StatusOr<CheckRules> read = CheckRules::Parse(catalogue::CheckRulesJson());
    HANSA_CHECK(read.ok());
    return new CheckRules(*std::move(read));
  }();
  return *rules;
}

}  // namespace hansa::node::domain
