#include "node/domain/value_rules.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/problem_rules.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

// From this many bytes on, the beginning of a cell is worth completing: 'x.y.z/'.
constexpr std::size_t kBeginningMin = 6;

// What a value of this kind must be, for a remedy.
std::string Bounds(const catalogue::Measurement& measurement) {
  const catalogue::Range& range = measurement.range;
  if (measurement.value_type == catalogue::ValueType::kInteger) {
    return absl::StrCat("give a whole number from ", range.min);
  }
  if (!range.max) return absl::StrCat("give a number from ", range.min);
  switch (measurement.value_type) {
    case catalogue::ValueType::kPercentage:
      return absl::StrCat("give the number of percent, from ", range.min, " to ", *range.max);
    case catalogue::ValueType::kRating:
      return absl::StrCat("give a rating from ", range.min, " to ", *range.max);
    default:
      return absl::StrCat("give a number from ", range.min, " to ", *range.max);
  }
}

std::vector<std::string> CellIds(const catalogue::Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const catalogue::Cell& cell : catalogue.cells()) ids.push_back(cell.id);
  return ids;
}

}  // namespace

std::optional<Explanation> CheckValue(const catalogue::Measurement& measurement, const Decimal& value) {
  const catalogue::Range& range = measurement.range;
  if (Compare(value, range.min) < 0) {
    return Explanation{rule_id::kInRange, absl::StrCat(value.text(), " is less than ", range.min), Bounds(measurement)};
  }
  if (range.max && Compare(value, *range.max) > 0) {
    return Explanation{rule_id::kInRange, absl::StrCat(value.text(), " is more than ", *range.max),
                       Bounds(measurement)};
  }
  if (measurement.value_type == catalogue::ValueType::kInteger && !value.is_whole()) {
    return Explanation{rule_id::kInRange, absl::StrCat(value.text(), " is not a whole number"), Bounds(measurement)};
  }
  return std::nullopt;
}

std::optional<Explanation> CheckAttribute(const catalogue::Attribute& attribute, absl::string_view value) {
  if (attribute.type == catalogue::AttributeType::kYear) {
    if (ParseYear(value)) return std::nullopt;
    return Explanation{rule_id::kAttributeYear, absl::StrCat(Quoted(value), " is not a year"),
                       "give four digits, such as 2023"};
  }
  const std::vector<std::string>& choices = attribute.choices;
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return std::nullopt;
  return Explanation{rule_id::kAttributeChoice, absl::StrCat(Quoted(value), " is not one of the codes"),
                     absl::StrCat("write one of: ", absl::StrJoin(choices, ", "))};
}

std::optional<Explanation> CheckUnit(const catalogue::Measurement& measurement, absl::string_view unit) {
  if (unit == measurement.unit) return std::nullopt;
  return Explanation{rule_id::kUnitOfTheRow, absl::StrCat("the unit ", Quoted(unit), " is not the row's"),
                     absl::StrCat("convert the value and write ", measurement.unit,
                                  ", or leave the unit empty if the value is in it")};
}

std::optional<int> ParseYear(absl::string_view text) {
  if (text.size() != 4) return std::nullopt;
  int year = 0;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    year = year * 10 + (c - '0');
  }
  if (year < kYearMin || year > kYearMax) return std::nullopt;
  return year;
}

std::string CellAdvice(const catalogue::Catalogue& catalogue, absl::string_view cell) {
  const catalogue::Measurement* measurement = catalogue.FindMeasurement(cell);
  if (measurement != nullptr) {
    return absl::StrCat("say which part of the row: ", absl::StrJoin(measurement->cells, ", "));
  }
  const std::vector<std::string> ids = CellIds(catalogue);
  std::string nearest = Nearest(cell, ids);
  for (auto id = ids.begin(); nearest.empty() && cell.size() >= kBeginningMin && id != ids.end(); ++id) {
    if (absl::StartsWith(*id, cell)) nearest = *id;
  }
  if (nearest.empty()) return "'hansa catalogue' lists the cells";
  return absl::StrCat("did you mean ", nearest, "?");
}

}  // namespace hansa::node::domain
