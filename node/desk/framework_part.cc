#include "node/desk/framework_part.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"

namespace hansa::node::desk {
namespace {

absl::Status NoSuch(absl::string_view what, absl::string_view given, const std::vector<std::string>& known,
                    absl::string_view advice) {
  const std::string nearest = domain::Nearest(given, known);
  return absl::NotFoundError(
      absl::StrCat("there is no ", what, " ", domain::Quoted(given), "; ",
                   nearest.empty() ? std::string(advice) : absl::StrCat("did you mean ", nearest, "?")));
}

}  // namespace

bool IsPartOf(const catalogue::Cell& cell, absl::string_view part) {
  if (part.empty() || cell.id == part || cell.measurement->id == part) return true;
  const std::string& feature = cell.measurement->feature;
  return feature == part || absl::StartsWith(feature, absl::StrCat(part, "."));
}

absl::Status CheckPart(const catalogue::Catalogue& catalogue, absl::string_view part) {
  const bool is_there = std::any_of(catalogue.cells().begin(), catalogue.cells().end(),
                                    [&](const catalogue::Cell& cell) { return IsPartOf(cell, part); });
  if (is_there) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("there is no feature, row or cell ", domain::Quoted(part), "; ",
                                          domain::CellAdvice(catalogue, part)));
}

absl::Status CheckFeature(const catalogue::Catalogue& catalogue, absl::string_view feature) {
  if (catalogue.FindFeature(feature) != nullptr) return absl::OkStatus();
  std::vector<std::string> known;
  known.reserve(catalogue.features().size());
  for (const catalogue::Feature& each : catalogue.features()) known.push_back(each.id);
  return NoSuch("key feature", feature, known, "hansa catalogue lists them");
}

// Nearest compares in lower case, and points are written in capitals.
absl::Status CheckAction(const catalogue::Catalogue& catalogue, absl::string_view action) {
  if (catalogue.FindActionPoint(action) != nullptr) return absl::OkStatus();
  return NoSuch("action point", action, {}, "they are BD1.1 to BD12.5, and hansa catalogue lists them");
}

}  // namespace hansa::node::desk
