#include "node/domain/checks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/set_limits.h"
#include "node/domain/value_rules.h"

namespace hansa::node::domain {
namespace {

using catalogue::Catalogue;
using catalogue::Cell;
using catalogue::Measurement;

// Gathers the problems of one set.
class SetCheck {
 public:
  SetCheck(const Catalogue& catalogue, const IndicatorSet& set) : catalogue_(catalogue), set_(set) {}

  CheckReport Run(int today_year) {
    CheckHead(today_year);
    std::set<std::string> seen;
    for (const Observation& observation : set_.observations) {
      if (!seen.insert(observation.cell).second) {
        Error(observation.cell, "cell", {"the cell stands twice in the set", "keep one of them"});
        continue;
      }
      CheckOne(observation);
    }
    for (const Measurement& measurement : catalogue_.measurements()) CheckBetween(measurement);
    report_.completeness.of = catalogue_.cells().size();
    return std::move(report_);
  }

 private:
  void CheckHead(int today_year) {
    if (set_.year < kYearMin || set_.year > kYearMax) {
      Error("", "year", {absl::StrCat(set_.year, " is not a year from 1900 to 2200"), "give another year"});
    } else if (set_.year > today_year) {
      Error(
          "", "year",
          {absl::StrCat("the year ", set_.year, " has not come yet"), absl::StrCat("give a year up to ", today_year)});
    }
    if (set_.framework_id != catalogue_.framework_id() || set_.framework_version != catalogue_.version() ||
        set_.catalogue_sha256 != catalogue_.sha256()) {
      Error("", "framework",
            {"the set was made under another framework than this program knows", "import its values again"});
    }
  }

  void CheckOne(Observation observation) {
    const Cell* cell = catalogue_.FindCell(observation.cell);
    if (cell == nullptr) {
      Error(observation.cell, "cell", {"there is no such cell", CellAdvice(catalogue_, observation.cell)});
      return;
    }
    const Measurement& measurement = *cell->measurement;
    CompleteFromCatalogue(catalogue_, observation);
    if (const absl::Status status = CheckLimits(observation); !status.ok()) {
      Error(observation.cell, "", Explain(status.message()));
    }
    const bool no_data = !observation.no_data_reason.empty();
    if (observation.value || no_data) ++report_.completeness.reported;
    if (observation.value && no_data) {
      Error(cell->id, "value", {"there is a value and a reason for no data", "keep one of them"});
    } else if (!observation.value && !no_data) {
      Error(cell->id, "value",
            {"there is neither a value nor a reason for no data", "give one, or remove the cell from the draft"});
    }
    CheckAttributes(measurement, observation);
    if (!observation.value) return;
    CheckNumber(measurement, observation);
    CheckSource(measurement, observation);
    CheckDefinition(observation);
    values_.emplace(cell->id, *observation.value);
  }

  void CheckNumber(const Measurement& measurement, const Observation& o) {
    if (const auto fault = CheckValue(measurement, *o.value)) Error(o.cell, "value", *fault);
    if (const auto fault = CheckUnit(measurement, o.unit)) Error(o.cell, "unit", *fault);
  }

  void CheckSource(const Measurement& measurement, const Observation& o) {
    const std::vector<std::string>& kinds = measurement.source_kinds;
    if (kinds == std::vector<std::string>{"expert_review"} || o.source_kind == SourceKind::kExpertReview) {
      Error(o.cell, "source_kind",
            {"the value comes from a review, and a city does not rate itself",
             "remove it from the draft and publish the review instead"});
    } else if (o.source_kind == SourceKind::kNotGiven) {
      Error(o.cell, "source_kind",
            {"the row allows two kinds of source and the value says neither",
             absl::StrCat("say which, one of: ", absl::StrJoin(kinds, ", "))});
    } else if (std::find(kinds.begin(), kinds.end(), Code(o.source_kind)) == kinds.end()) {
      Warning(o.cell, "source_kind",
              {absl::StrCat("the value is from ", Code(o.source_kind), ", and the row expects ",
                            absl::StrJoin(kinds, ", ")),
               "make sure that it measures the same"});
    }
    if (o.source.empty()) {
      Error(o.cell, "source", {"the value names no source", "name the publication, register or survey"});
    }
  }

  void CheckDefinition(const Observation& o) {
    const bool departs = o.match == DefinitionMatch::kProxy || o.match == DefinitionMatch::kApproximate;
    if (departs && o.note.empty() && o.derivation_note.empty()) {
      Warning(o.cell, "note",
              {absl::StrCat("the match is ", Code(o.match), " and no note says what differs"),
               "state the departure from the definition in a note"});
    }
    if (o.level == AreaLevel::kRegion && o.area.empty() && o.note.empty() && o.derivation_note.empty()) {
      Error(o.cell, "area", {"the value is about a region, and nothing says which", "name the region"});
    }
  }

  void CheckAttributes(const Measurement& measurement, const Observation& o) {
    for (const ObservationAttribute& given : o.attributes) {
      const catalogue::Attribute* attribute = measurement.FindAttribute(given.key);
      if (attribute == nullptr) {
        Error(o.cell, given.key, {absl::StrCat("the row does not ask for '", given.key, "'"), "remove it"});
      } else if (const auto fault = CheckAttribute(*attribute, given.value)) {
        Error(o.cell, given.key, *fault);
      }
    }
    for (const catalogue::Attribute& attribute : measurement.attributes) {
      const auto given = [&](const ObservationAttribute& a) { return a.key == attribute.code; };
      const bool missing = std::none_of(o.attributes.begin(), o.attributes.end(), given);
      if (!attribute.required || !o.value || !missing) continue;
      Error(o.cell, attribute.code,
            {absl::StrCat("the row needs '", attribute.code, "' beside the value: ", attribute.label.en),
             attribute.choices.empty() ? "give the year"
                                       : absl::StrCat("say which, one of: ", absl::StrJoin(attribute.choices, ", "))});
    }
  }

  // The rules between the cells of one row, where all of them have values.
  void CheckBetween(const Measurement& measurement) {
    for (const catalogue::Check& check : measurement.checks) {
      std::vector<const Decimal*> parts;
      const Decimal* total = nullptr;
      for (const std::string& id : measurement.cells) {
        const auto value = values_.find(id);
        if (value == values_.end()) break;
        const bool is_total = catalogue_.FindCell(id)->member->is_total;
        if (is_total) {
          total = &value->second;
        } else {
          parts.push_back(&value->second);
        }
      }
      if (parts.size() + (total == nullptr ? 0 : 1) != measurement.cells.size()) continue;
      if (check.rule == "total_between_members" && total != nullptr) CheckTotal(measurement, parts, *total);
      if (check.rule == "sum_at_most_100") CheckSum(measurement, parts);
    }
  }

  void CheckTotal(const Measurement& measurement, const std::vector<const Decimal*>& parts, const Decimal& total) {
    const auto less = [](const Decimal* a, const Decimal* b) { return Compare(*a, *b) < 0; };
    const auto [low, high] = std::minmax_element(parts.begin(), parts.end(), less);
    if (Compare(total, **low) >= 0 && Compare(total, **high) <= 0) return;
    Warning(
        measurement.id, "value",
        {absl::StrCat("the total ", total.text(), " does not lie between ", (*low)->text(), " and ", (*high)->text()),
         "check the values"});
  }

  void CheckSum(const Measurement& measurement, const std::vector<const Decimal*>& parts) {
    constexpr std::int64_t kHundredInBillionths = 100'000'000'000;
    absl::int128 sum = 0;
    for (const Decimal* part : parts) sum += part->billionths();
    if (sum <= kHundredInBillionths) return;
    Warning(measurement.id, "value", {"the shares add up to more than 100", "check the values"});
  }

  void Error(absl::string_view cell, absl::string_view column, Explanation fault) {
    report_.errors.push_back(
        {"", 0, std::string(column), std::string(cell), std::move(fault.what), std::move(fault.remedy)});
  }
  void Warning(absl::string_view cell, absl::string_view column, Explanation fault) {
    report_.warnings.push_back(
        {"", 0, std::string(column), std::string(cell), std::move(fault.what), std::move(fault.remedy)});
  }

  const Catalogue& catalogue_;
  const IndicatorSet& set_;
  std::map<std::string, Decimal> values_;  // By cell.
  CheckReport report_;
};

}  // namespace

CheckReport CheckIndicatorSet(const Catalogue& catalogue, const IndicatorSet& set, int today_year) {
  return SetCheck(catalogue, set).Run(today_year);
}

}  // namespace hansa::node::domain
