#include <nlohmann/json.hpp>
#include <variant>

#include "node/cli/catalogue_texts.h"
#include "node/cli/json_parts.h"

namespace hansa::node::cli {
namespace {

using catalogue::Catalogue;
using catalogue::Feature;
using catalogue::Measurement;
using json::Json;
using json::OrNull;

std::string Rendered(const Json& json) { return json.dump(2) + "\n"; }

Json Of(const catalogue::Text& text) { return {{"en", text.en}, {"ko", text.ko}}; }

Json Of(const std::vector<catalogue::Note>& notes) {
  Json json = Json::array();
  for (const catalogue::Note& note : notes) {
    json.push_back({{"kind", note.kind}, {"text", note.text.en}});
  }
  return json;
}

Json Of(const std::optional<catalogue::Population>& population) {
  if (!population) return nullptr;
  Json json = {{"text", Of(population->text)}, {"age_min", nullptr}, {"age_max", nullptr}};
  if (population->age_min) json["age_min"] = *population->age_min;
  if (population->age_max) json["age_max"] = *population->age_max;
  return json;
}

Json Attributes(const Measurement& row) {
  Json json = Json::array();
  for (const catalogue::Attribute& attribute : row.attributes) {
    const bool year = attribute.type == catalogue::AttributeType::kYear;
    json.push_back({{"code", attribute.code},
                    {"label", Of(attribute.label)},
                    {"type", year ? "year" : "choice"},
                    {"choices", attribute.choices},
                    {"required", attribute.required}});
  }
  return json;
}

Json Cells(const Catalogue& all, const Measurement& row) {
  const catalogue::Breakdown* breakdown = all.FindBreakdown(row.breakdown);
  Json json = Json::array();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool named = breakdown != nullptr && i < breakdown->members.size();
    json.push_back({{"cell", row.cells[i]}, {"label", Of(named ? breakdown->members[i].label : row.title)}});
  }
  return json;
}

Json Scale(const Catalogue& all, const Measurement& row) {
  const catalogue::Scale* scale = all.FindScale(row.scale);
  if (scale == nullptr) return nullptr;
  Json json = Json::array();
  for (const catalogue::ScalePoint& point : scale->points) {
    json.push_back({{"value", point.value}, {"label", Of(point.label)}});
  }
  return json;
}

Json Checks(const Measurement& row) {
  Json json = Json::array();
  for (const catalogue::Check& check : row.checks) {
    json.push_back({{"rule", check.rule}, {"text", check.text.en}});
  }
  return json;
}

Json UnitOf(const Catalogue& all, const Measurement& row) {
  const catalogue::Unit* unit = all.FindUnit(row.unit);
  if (unit == nullptr) return {{"id", row.unit}};
  return {{"id", unit->id}, {"ucum", unit->ucum}, {"display", Of(unit->display)}};
}

Json Of(const Catalogue& all, const Measurement& row) {
  return {{"measurement", row.id},
          {"feature", row.feature},
          {"title", Of(row.title)},
          {"definition", Of(row.definition)},
          {"source_kinds", row.source_kinds},
          {"unit", UnitOf(all, row)},
          {"value_type", std::string(catalogue::Code(row.value_type))},
          {"range", {{"min", row.range.min}, {"max", row.range.max ? Json(*row.range.max) : Json(nullptr)}}},
          {"scale", Scale(all, row)},
          {"breakdown", OrNull(row.breakdown)},
          {"cells", Cells(all, row)},
          {"counted", row.counted ? Of(*row.counted) : Json(nullptr)},
          {"attributes", Attributes(row)},
          {"population", Of(row.population)},
          {"denominator", Of(row.denominator)},
          {"reference_period", {{"kind", row.reference_period.kind}, {"text", Of(row.reference_period.text)}}},
          {"checks", Checks(row)},
          {"notes", Of(row.notes)}};
}

Json FeaturesOf(const Catalogue& all, const catalogue::Area& area) {
  Json json = Json::array();
  for (const Feature& feature : all.features()) {
    if (feature.area != area.id) continue;
    Json rows = Json::array();
    for (const Measurement& row : all.measurements()) {
      if (row.feature == feature.id) rows.push_back(row.id);
    }
    json.push_back({{"feature", feature.id}, {"statement", Of(feature.statement)}, {"measurements", std::move(rows)}});
  }
  return json;
}

Json Of(const Catalogue& all, const catalogue::Area& area) {
  return {{"area", area.id},
          {"name", Of(area.name)},
          {"commitment", area.commitment},
          {"features", FeaturesOf(all, area)},
          {"notes", Of(area.notes)}};
}

Json Of(const Catalogue& all, const catalogue::Part& part) {
  Json areas = Json::array();
  for (const catalogue::Area& area : all.areas()) {
    if (area.part == part.id) areas.push_back(Of(all, area));
  }
  return {{"part", part.id}, {"name", Of(part.name)}, {"areas", std::move(areas)}, {"notes", Of(part.notes)}};
}

Json Of(const catalogue::ActionPoint& point) {
  return {{"action_point", point.id}, {"text", Of(point.text)}, {"feature", OrNull(point.feature)}};
}

Json Of(const catalogue::Commitment& commitment) {
  Json points = Json::array();
  for (const catalogue::ActionPoint& point : commitment.action_points) points.push_back(Of(point));
  return {{"commitment", commitment.id},
          {"title", Of(commitment.title)},
          {"area", commitment.area},
          {"action_points", std::move(points)}};
}

}  // namespace

std::string OverviewJson(const Catalogue& all) {
  Json parts = Json::array();
  for (const catalogue::Part& part : all.parts()) parts.push_back(Of(all, part));
  return Rendered({{"framework", all.framework_id()},
                   {"version", all.version()},
                   {"catalogue_sha256", all.sha256_hex()},
                   {"name", Of(all.name())},
                   {"rights", all.rights()},
                   {"languages", all.languages()},
                   {"features", all.features().size()},
                   {"measurements", all.measurements().size()},
                   {"cells", all.cells().size()},
                   {"parts", std::move(parts)}});
}

std::string FeatureJson(const Catalogue& all, const Feature& feature) {
  Json rows = Json::array();
  for (const Measurement& row : all.measurements()) {
    if (row.feature == feature.id) rows.push_back(Of(all, row));
  }
  return Rendered({{"feature", feature.id},
                   {"area", feature.area},
                   {"statement", Of(feature.statement)},
                   {"action_point", OrNull(feature.action_point)},
                   {"notes", Of(feature.notes)},
                   {"measurements", std::move(rows)}});
}

std::string MeasurementJson(const Catalogue& all, const Measurement& row) { return Rendered(Of(all, row)); }

std::string CodedJson(const Catalogue& all, const catalogue::Coded& coded) {
  struct Said {
    const Catalogue& all;

    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(const catalogue::Part* part) const { return Rendered(Of(all, *part)); }
    std::string operator()(const catalogue::Area* area) const { return Rendered(Of(all, *area)); }
    std::string operator()(const Feature* feature) const { return FeatureJson(all, *feature); }
    std::string operator()(const catalogue::Commitment* commitment) const { return Rendered(Of(*commitment)); }
    std::string operator()(const catalogue::ActionPoint* point) const { return Rendered(Of(*point)); }
  };
  return std::visit(Said{all}, coded);
}

}  // namespace hansa::node::cli
