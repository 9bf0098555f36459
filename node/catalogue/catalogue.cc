#include "node/catalogue/catalogue.h"

#include <algorithm>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"

namespace hansa::node::catalogue {
namespace {

template <typename Thing>
const Thing* FindById(const std::vector<Thing>& things, absl::string_view id) {
  for (const Thing& thing : things) {
    if (thing.id == id) return &thing;
  }
  return nullptr;
}

}  // namespace

const std::string& Text::In(absl::string_view language) const {
  return language == "ko" || absl::StartsWith(language, "ko-") ? ko : en;
}

const Attribute* Measurement::FindAttribute(absl::string_view code) const {
  for (const Attribute& attribute : attributes) {
    if (attribute.code == code) return &attribute;
  }
  return nullptr;
}

bool Catalogue::Connect() {
  std::set<std::string> codes;
  for (std::size_t i = 0; i < measurements_.size(); ++i) {
    const Measurement& measurement = measurements_[i];
    const Breakdown* breakdown = FindBreakdown(measurement.breakdown);
    const std::size_t expected = breakdown == nullptr ? 1 : breakdown->members.size();
    if ((breakdown == nullptr) != measurement.breakdown.empty()) return false;
    if (measurement.cells.size() != expected || FindUnit(measurement.unit) == nullptr) return false;
    if (!measurement_index_.emplace(measurement.id, i).second) return false;
    for (const Attribute& attribute : measurement.attributes) codes.insert(attribute.code);
    for (std::size_t n = 0; n < measurement.cells.size(); ++n) {
      const std::size_t position = cells_.size();
      if (!cell_index_.emplace(measurement.cells[n], position).second) return false;
      cells_.push_back(
          {measurement.cells[n], &measurement, breakdown == nullptr ? nullptr : &breakdown->members[n], position});
    }
  }
  attribute_codes_.assign(codes.begin(), codes.end());
  return true;
}

std::string Catalogue::sha256_hex() const { return absl::BytesToHexString(sha256_); }

const Part* Catalogue::FindPart(absl::string_view id) const { return FindById(parts_, id); }
const Area* Catalogue::FindArea(absl::string_view id) const { return FindById(areas_, id); }
const Feature* Catalogue::FindFeature(absl::string_view id) const { return FindById(features_, id); }
const Unit* Catalogue::FindUnit(absl::string_view id) const { return FindById(units_, id); }
const Scale* Catalogue::FindScale(absl::string_view id) const { return FindById(scales_, id); }
const Breakdown* Catalogue::FindBreakdown(absl::string_view id) const { return FindById(breakdowns_, id); }

const Measurement* Catalogue::FindMeasurement(absl::string_view id) const {
  const auto found = measurement_index_.find(std::string(id));
  return found == measurement_index_.end() ? nullptr : &measurements_[found->second];
}

const Cell* Catalogue::FindCell(absl::string_view id) const {
  const auto found = cell_index_.find(std::string(id));
  return found == cell_index_.end() ? nullptr : &cells_[found->second];
}

const ActionPoint* Catalogue::FindActionPoint(absl::string_view id) const {
  for (const Commitment& commitment : commitments_) {
    if (const ActionPoint* point = FindById(commitment.action_points, id)) return point;
  }
  return nullptr;
}

absl::string_view Code(ValueType type) {
  switch (type) {
    case ValueType::kPercentage:
      return "percentage";
    case ValueType::kNumber:
      return "number";
    case ValueType::kInteger:
      return "integer";
    case ValueType::kRating:
      return "rating";
  }
  return "";
}

}  // namespace hansa::node::catalogue
