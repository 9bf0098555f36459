#include "node/domain/checks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/check_between.h"
#include "node/domain/check_size.h"
#include "node/domain/problem_rules.h"
#include "node/domain/set_limits.h"
#include "node/domain/value_rules.h"

namespace hansa::node::domain {
namespace {

using catalogue::Catalogue;
using catalogue::Cell;
using catalogue::Measurement;

// The years that a text names: four digits each, with no digit beside them.
std::vector<int> YearsIn(absl::string_view text) {
  std::vector<int> years;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[end]))) ++end;
    if (const std::optional<int> year = ParseYear(text.substr(begin, end - begin))) years.push_back(*year);
    begin = end == begin ? begin + 1 : end;
  }
  return years;
}

// Gathers what is found in one set.
class SetCheck {
 public:
  SetCheck(const CheckRules& rules, const Catalogue& catalogue, const IndicatorSet& set, const PastValues& past)
      : rules_(rules), catalogue_(catalogue), set_(set), past_(past) {}

  std::vector<Finding> Run(int today_year) {
    CheckHead(today_year);
    for (Observation observation : set_.observations) {
      CompleteFromCatalogue(catalogue_, observation);
      if (observation.value && catalogue_.FindCell(observation.cell) != nullptr) {
        of_year_.emplace(observation.cell, std::move(observation));
      }
    }
    std::set<std::string> seen;
    for (const Observation& observation : set_.observations) {
      if (!seen.insert(observation.cell).second) {
        findings_.Fault({observation.cell, "cell"},
                        {rule_id::kCellTwice, "the cell stands twice in the set", "keep one of them"});
        continue;
      }
      CheckOne(observation);
    }
    CheckBetweenCells(rules_, catalogue_, of_year_, findings_);
    return std::move(findings_).Take();
  }

 private:
  void CheckHead(int today_year) {
    const CheckRule* const future = rules_.Find(RuleKind::kFutureYear);
    if (set_.year < kYearMin || set_.year > kYearMax) {
      findings_.Fault({"", "year"}, {rule_id::kNotAYear, absl::StrCat(set_.year, " is not a year from 1900 to 2200"),
                                     "give another year"});
    } else if (set_.year > today_year && future != nullptr) {
      findings_.Report(*future, {"", "year"}, absl::StrCat("the year ", set_.year, " has not come yet"),
                       absl::StrCat("give a year up to ", today_year, ", or set this machine's clock if it is wrong"));
    }
    if (set_.framework_id != catalogue_.framework_id() || set_.framework_version != catalogue_.version() ||
        set_.catalogue_sha256 != catalogue_.sha256()) {
      findings_.Fault({"", "framework"},
                      {rule_id::kOtherFramework, "the set was made under another framework than this program knows",
                       "import its values again"});
    }
  }

  void CheckOne(Observation observation) {
    const Cell* cell = catalogue_.FindCell(observation.cell);
    if (cell == nullptr) {
      findings_.Fault({observation.cell, "cell"},
                      {rule_id::kUnknownCell, "there is no such cell", CellAdvice(catalogue_, observation.cell)});
      return;
    }
    CompleteFromCatalogue(catalogue_, observation);
    if (const absl::Status status = CheckLimits(observation); !status.ok()) {
      findings_.Fault({observation.cell, ""}, Explain(rule_id::kBeyondLimits, status.message()));
    }
    const bool no_data = !observation.no_data_reason.empty();
    if (observation.value && no_data) {
      findings_.Fault({cell->id, "value"},
                      {rule_id::kValueAndReason, "there is a value and a reason for no data", "keep one of them"});
    } else if (!observation.value && !no_data) {
      findings_.Fault({cell->id, "value"}, {rule_id::kNoAnswer, "there is neither a value nor a reason for no data",
                                            "give one, or remove the cell from the draft"});
    }
    CheckAttributes(*cell->measurement, observation);
    if (!observation.value) return;
    CheckNumber(*cell, observation);
    CheckSource(*cell, observation);
    CheckDefinition(*cell, observation);
    CheckPeriod(*cell, observation);
  }

  void CheckNumber(const Cell& cell, const Observation& o) {
    const auto fault = CheckValue(*cell.measurement, *o.value);
    const CheckRule* const range = rules_.Find(RuleKind::kRange, cell);
    if (fault && range != nullptr) findings_.Report(*range, {o.cell, "value"}, fault->what, fault->remedy);
    if (const auto unit = CheckUnit(*cell.measurement, o.unit)) findings_.Fault({o.cell, "unit"}, *unit);
    if (!fault) CheckSize(rules_, {catalogue_, cell, set_.year, o, of_year_, past_}, findings_);
  }

  void CheckSource(const Cell& cell, const Observation& o) {
    const std::vector<std::string>& kinds = cell.measurement->source_kinds;
    const Place place{o.cell, "source_kind"};
    if (kinds == std::vector<std::string>{"expert_review"} || o.source_kind == SourceKind::kExpertReview) {
      findings_.Fault(place, {rule_id::kSelfRated, "the value comes from a review, and a city does not rate itself",
                              "remove it from the draft and publish the review instead"});
    } else if (o.source_kind == SourceKind::kNotGiven) {
      findings_.Fault(place,
                      {rule_id::kSourceKindGiven, "the row allows two kinds of source and the value says neither",
                       absl::StrCat("say which, one of: ", absl::StrJoin(kinds, ", "))});
    } else if (std::find(kinds.begin(), kinds.end(), Code(o.source_kind)) == kinds.end()) {
      Ask(RuleKind::kSourceKind, cell, o, "source_kind",
          absl::StrCat("the value is from ", Code(o.source_kind), ", and the row expects ",
                       absl::StrJoin(kinds, ", ")));
    }
    if (o.source.empty()) Ask(RuleKind::kSource, cell, o, "source", "the value names no source");
  }

  void CheckDefinition(const Cell& cell, const Observation& o) {
    if (o.match == DefinitionMatch::kProxy || o.match == DefinitionMatch::kApproximate) {
      Ask(RuleKind::kDeparture, cell, o, "note",
          absl::StrCat("the match is ", Code(o.match), " and no note says what differs"));
    }
    if (o.level == AreaLevel::kRegion && o.area.empty()) {
      Ask(RuleKind::kRegion, cell, o, "area", "the value is about a region, and nothing says which");
    }
  }

  void CheckPeriod(const Cell& cell, const Observation& o) {
    const CheckRule* const rule = rules_.Find(RuleKind::kPeriod, cell);
    if (rule == nullptr) return;
    const PeriodLimits& limits = std::get<PeriodLimits>(rule->limits);
    for (const int year : YearsIn(o.period)) {
      if (year >= set_.year - limits.years_before && year <= set_.year + limits.years_after) continue;
      Ask(RuleKind::kPeriod, cell, o, "period",
          absl::StrCat("the period names ", year, ", and the value is put in ", set_.year));
      return;
    }
  }

  // Reports `what` by the rule of `kind` for the cell, if there is one and no note has answered it.
  void Ask(RuleKind kind, const Cell& cell, const Observation& o, absl::string_view column, std::string what) {
    const CheckRule* const rule = rules_.Find(kind, cell);
    if (rule == nullptr || IsAnswered(*rule, o)) return;
    findings_.Report(*rule, {o.cell, column}, std::move(what));
  }

  void CheckAttributes(const Measurement& measurement, const Observation& o) {
    for (const ObservationAttribute& given : o.attributes) {
      const catalogue::Attribute* attribute = measurement.FindAttribute(given.key);
      if (attribute == nullptr) {
        findings_.Fault({o.cell, given.key}, {rule_id::kAttributeOfTheRow,
                                              absl::StrCat("the row does not ask for '", given.key, "'"), "remove it"});
      } else if (const auto fault = CheckAttribute(*attribute, given.value)) {
        findings_.Fault({o.cell, given.key}, *fault);
      }
    }
    for (const catalogue::Attribute& attribute : measurement.attributes) {
      const auto given = [&](const ObservationAttribute& a) { return a.key == attribute.code; };
      const bool missing = std::none_of(o.attributes.begin(), o.attributes.end(), given);
      if (!attribute.required || !o.value || !missing) continue;
      findings_.Fault(
          {o.cell, attribute.code},
          {rule_id::kAttributeGiven,
           absl::StrCat("the row needs '", attribute.code, "' beside the value: ", attribute.label.en),
           attribute.choices.empty() ? "give the year"
                                     : absl::StrCat("say which, one of: ", absl::StrJoin(attribute.choices, ", "))});
    }
  }

  const CheckRules& rules_;
  const Catalogue& catalogue_;
  const IndicatorSet& set_;
  const PastValues& past_;
  std::map<std::string, Observation> of_year_;  // By cell: what has a value, completed.
  Findings findings_;
};

}  // namespace

std::vector<Finding> FindingsIn(const CheckRules& rules, const Catalogue& catalogue, const IndicatorSet& set,
                                const PastValues& past, int today_year) {
  return SetCheck(rules, catalogue, set, past).Run(today_year);
}

Completeness CompletenessOf(const Catalogue& catalogue, const IndicatorSet& set) {
  std::set<std::string> reported;
  std::set<std::string> seen;
  for (const Observation& o : set.observations) {
    if (!seen.insert(o.cell).second || catalogue.FindCell(o.cell) == nullptr) continue;
    if (o.value || !o.no_data_reason.empty()) reported.insert(o.cell);
  }
  return {reported.size(), catalogue.cells().size()};
}

CheckReport CheckIndicatorSet(const Catalogue& catalogue, const IndicatorSet& set, const PastValues& past,
                              int today_year) {
  CheckReport report;
  for (Finding& finding : FindingsIn(CurrentCheckRules(), catalogue, set, past, today_year)) {
    std::vector<Problem>& list = finding.severity == Severity::kError ? report.errors : report.warnings;
    list.push_back(std::move(finding.problem));
  }
  report.completeness = CompletenessOf(catalogue, set);
  return report;
}

CheckReport CheckIndicatorSet(const Catalogue& catalogue, const IndicatorSet& set, int today_year) {
  return CheckIndicatorSet(catalogue, set, PastValues(), today_year);
}

}  // namespace hansa::node::domain
