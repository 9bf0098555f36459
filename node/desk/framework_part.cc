#include "node/desk/framework_part.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"

namespace hansa::node::desk {

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

}  // namespace hansa::node::desk
