#include "node/domain/check_between.h"

#include <algorithm>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"

namespace hansa::node::domain {
namespace {

using catalogue::Catalogue;
using catalogue::Cell;
using catalogue::Measurement;

constexpr std::int64_t kHundredInBillionths = 100'000'000'000;

// What a city says of one row in one year.
struct Row {
  const Cell* any = nullptr;           // A cell of the row.
  const Observation* total = nullptr;  // nullptr if the row has none, or it has no value.
  std::vector<const Observation*> parts;
  bool whole = true;  // Every cell has a value.
};

Row RowOf(const Catalogue& catalogue, const Measurement& measurement,
          const std::map<std::string, Observation>& of_year) {
  Row row;
  for (const std::string& id : measurement.cells) {
    row.any = catalogue.FindCell(id);
    const auto found = of_year.find(id);
    if (found == of_year.end()) {
      row.whole = false;
    } else if (row.any->member != nullptr && row.any->member->is_total) {
      row.total = &found->second;
    } else {
      row.parts.push_back(&found->second);
    }
  }
  return row;
}

void CheckTotal(const CheckRule& rule, const Measurement& measurement, const Row& row, Findings& findings) {
  const auto less = [](const Observation* a, const Observation* b) { return Compare(*a->value, *b->value) < 0; };
  const auto [low, high] = std::minmax_element(row.parts.begin(), row.parts.end(), less);
  const Decimal& total = *row.total->value;
  if (Compare(total, *(*low)->value) >= 0 && Compare(total, *(*high)->value) <= 0) return;
  findings.Report(rule, {measurement.id, "value"},
                  absl::StrCat("the total ", total.text(), " does not lie between ", (*low)->value->text(), " and ",
                               (*high)->value->text()));
}

void CheckSum(const CheckRule& rule, const Measurement& measurement, const Row& row, Findings& findings) {
  absl::int128 sum = 0;
  for (const Observation* part : row.parts) sum += part->value->billionths();
  if (sum <= kHundredInBillionths) return;
  findings.Report(rule, {measurement.id, "value"},
                  absl::StrCat("the shares add up to ", TextOfBillionths(sum), ", which is more than 100"));
}

// The total may say why in its note, or each part from elsewhere in its own.
void CheckTotalSource(const CheckRule& rule, const Observation& total, const std::vector<const Observation*>& parts,
                      Findings& findings) {
  if (total.source.empty() || IsAnswered(rule, total)) return;
  const auto asks = [&](const Observation* part) {
    const bool differs =
        !part->source.empty() && (part->source != total.source || part->source_kind != total.source_kind);
    return differs && !IsAnswered(rule, *part);
  };
  if (std::none_of(parts.begin(), parts.end(), asks)) return;
  findings.Report(rule, {total.cell, "source"}, "the total is from another source than its parts");
}

}  // namespace

void CheckBetweenCells(const CheckRules& rules, const Catalogue& catalogue,
                       const std::map<std::string, Observation>& of_year, Findings& findings) {
  for (const Measurement& measurement : catalogue.measurements()) {
    const Row row = RowOf(catalogue, measurement, of_year);
    for (const catalogue::Check& check : measurement.checks) {
      if (!row.whole || row.parts.empty()) continue;
      const CheckRule* const between = rules.Find(RuleKind::kTotalBetween, *row.any);
      const CheckRule* const sum = rules.Find(RuleKind::kSumAtMost100, *row.any);
      if (check.rule == "total_between_members" && between != nullptr && row.total != nullptr) {
        CheckTotal(*between, measurement, row, findings);
      }
      if (check.rule == "sum_at_most_100" && sum != nullptr) CheckSum(*sum, measurement, row, findings);
    }
    const CheckRule* const source = rules.Find(RuleKind::kTotalSource, *row.any);
    if (source != nullptr && row.total != nullptr) CheckTotalSource(*source, *row.total, row.parts, findings);
  }
}

}  // namespace hansa::node::domain
