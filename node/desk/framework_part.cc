#include "node/desk/framework_part.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "replication/check.h"

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

bool Has(const std::vector<std::string>& ids, const std::string& asked) {
  return asked.empty() || std::find(ids.begin(), ids.end(), asked) != ids.end();
}

absl::StatusOr<SubjectIds> SubjectsInOrder(const catalogue::Catalogue& catalogue,
                                           const std::vector<std::string>& features,
                                           const std::vector<std::string>& actions) {
  const auto has = [](const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  std::vector<std::string> capitals;
  capitals.reserve(actions.size());
  for (const std::string& action : actions) capitals.push_back(absl::AsciiStrToUpper(action));
  for (const std::string& feature : features) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue, feature));
  for (const std::string& action : capitals) HANSA_RETURN_IF_ERROR(CheckAction(catalogue, action));
  SubjectIds ids;
  for (const catalogue::Feature& feature : catalogue.features()) {
    if (has(features, feature.id)) ids.features.push_back(feature.id);
  }
  for (const catalogue::Commitment& commitment : catalogue.commitments()) {
    for (const catalogue::ActionPoint& point : commitment.action_points) {
      if (has(capitals, point.id)) ids.actions.push_back(point.id);
    }
  }
  return ids;
}

}  // namespace hansa::node::desk
