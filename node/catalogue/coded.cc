#include "node/catalogue/coded.h"

#include <type_traits>

#include "absl/strings/ascii.h"
#include "replication/check.h"

namespace hansa::node::catalogue {
namespace {

const Commitment* FindCommitment(const Catalogue& catalogue, absl::string_view id) {
  for (const Commitment& commitment : catalogue.commitments()) {
    if (commitment.id == id) return &commitment;
  }
  return nullptr;
}

// Whether all of the area belongs to what is named, and so all of the commitment behind it.
struct Belongs {
  const Area& area;

  bool operator()(std::monostate) const { return false; }
  bool operator()(const Part* part) const { return area.part == part->id; }
  bool operator()(const Area* named) const { return area.id == named->id; }
  bool operator()(const Commitment* commitment) const { return area.commitment == commitment->id; }
  bool operator()(const Feature*) const { return false; }
  bool operator()(const ActionPoint*) const { return false; }
};

// What a feature and its action point are to `coded`, where it is one of the two.
bool IsFeature(const Coded& coded, absl::string_view id) {
  const auto* const feature = std::get_if<const Feature*>(&coded);
  const auto* const point = std::get_if<const ActionPoint*>(&coded);
  return (feature != nullptr && (*feature)->id == id) || (point != nullptr && (*point)->feature == id);
}
bool IsAction(const Coded& coded, absl::string_view id) {
  const auto* const feature = std::get_if<const Feature*>(&coded);
  const auto* const point = std::get_if<const ActionPoint*>(&coded);
  return (feature != nullptr && (*feature)->action_point == id) || (point != nullptr && (*point)->id == id);
}

}  // namespace

Coded FindCoded(const Catalogue& catalogue, absl::string_view code) {
  const std::string id = absl::AsciiStrToUpper(code);
  if (const Part* const part = catalogue.FindPart(id)) return part;
  if (const Area* const area = catalogue.FindArea(id)) return area;
  if (const Feature* const feature = catalogue.FindFeature(id)) return feature;
  if (const Commitment* const commitment = FindCommitment(catalogue, id)) return commitment;
  if (const ActionPoint* const point = catalogue.FindActionPoint(id)) return point;
  return {};
}

Subjects SubjectsOf(const Catalogue& catalogue, const Coded& coded) {
  Subjects subjects;
  for (const Area& area : catalogue.areas()) {
    const bool belongs = std::visit(Belongs{area}, coded);
    for (const Feature& feature : catalogue.features()) {
      if (feature.area != area.id) continue;
      if (belongs || IsFeature(coded, feature.id)) subjects.features.push_back(feature.id);
    }
    const Commitment* const commitment = FindCommitment(catalogue, area.commitment);
    if (commitment == nullptr) continue;
    for (const ActionPoint& point : commitment->action_points) {
      if (belongs || IsAction(coded, point.id)) subjects.actions.push_back(point.id);
    }
  }
  return subjects;
}

const std::string& IdOf(const Coded& coded) {
  const std::string* const id = std::visit(
      [](const auto& named) -> const std::string* {
        if constexpr (std::is_pointer_v<std::decay_t<decltype(named)>>) return &named->id;
        return nullptr;
      },
      coded);
  HANSA_CHECK(id != nullptr);
  return *id;
}

const Text& NameOf(const Coded& coded) {
  struct Name {
    const Text* operator()(std::monostate) const { return nullptr; }
    const Text* operator()(const Part* part) const { return &part->name; }
    const Text* operator()(const Area* area) const { return &area->name; }
    const Text* operator()(const Feature* feature) const { return &feature->statement; }
    const Text* operator()(const Commitment* commitment) const { return &commitment->title; }
    const Text* operator()(const ActionPoint* point) const { return &point->text; }
  };
  const Text* const name = std::visit(Name{}, coded);
  HANSA_CHECK(name != nullptr);
  return *name;
}

}  // namespace hansa::node::catalogue
