#include "node/exports/csvw_metadata.h"

#include <nlohmann/json.hpp>

#include "node/exports/csv_columns.h"

namespace hansa::node::exports {
namespace {

using Json = nlohmann::ordered_json;

Json InBoth(const catalogue::Text& text) { return {{"en", text.en}, {"ko", text.ko}}; }

Json Tagged(const catalogue::Text& text) {
  return Json::array({{{"@value", text.en}, {"@language", "en"}}, {{"@value", text.ko}, {"@language", "ko"}}});
}

Json Dialect() {
  return {{"encoding", "utf-8"},
          {"delimiter", ","},
          {"quoteChar", "\""},
          {"doubleQuote", true},
          {"header", true},
          {"headerRowCount", 1},
          {"lineTerminators", Json::array({"\r\n"})},
          {"trim", false}};
}

Json Datatype(const CsvColumn& column) {
  if (column.name == "record") return {{"base", "string"}, {"format", "[0-9a-f]{32}"}};
  return column.datatype;
}

// The name stands among the titles, for readers that find a column by the words of the header.
Json ColumnJson(const CsvColumn& column) {
  Json json;
  json["name"] = column.name;
  json["titles"] = {{"en", Json::array({column.name, column.title_en})}, {"ko", Json::array({column.title_ko})}};
  json["dc:description"] = column.description;
  json["datatype"] = Datatype(column);
  if (!column.property.empty()) json["propertyUrl"] = column.property;
  if (column.required) json["required"] = true;
  return json;
}

Json Schema(const catalogue::Catalogue& catalogue) {
  Json columns = Json::array();
  for (const CsvColumn& column : CsvColumns(catalogue)) columns.push_back(ColumnJson(column));
  return {{"columns", std::move(columns)}, {"primaryKey", {"member", "framework", "year", "cell", "record"}}};
}

Json MeasurementNote(const catalogue::Measurement& measurement) {
  Json json;
  json["measurement"] = measurement.id;
  json["title"] = InBoth(measurement.title);
  json["definition"] = InBoth(measurement.definition);
  json["unit"] = measurement.unit;
  json["source_kinds"] = measurement.source_kinds;
  if (!measurement.breakdown.empty()) json["breakdown"] = measurement.breakdown;
  return json;
}

Json BreakdownNote(const catalogue::Breakdown& breakdown) {
  Json parts = Json::array();
  for (const catalogue::BreakdownMember& member : breakdown.members) {
    parts.push_back({{"part", member.code}, {"title", InBoth(member.label)}});
  }
  return {{"breakdown", breakdown.id}, {"title", InBoth(breakdown.label)}, {"parts", std::move(parts)}};
}

Json Notes(const catalogue::Catalogue& catalogue) {
  Json notes = Json::array();
  for (const catalogue::Measurement& measurement : catalogue.measurements()) {
    notes.push_back(MeasurementNote(measurement));
  }
  for (const catalogue::Unit& unit : catalogue.units()) {
    notes.push_back({{"unit", unit.id}, {"ucum", unit.ucum}, {"title", InBoth(unit.display)}});
  }
  for (const catalogue::Breakdown& breakdown : catalogue.breakdowns()) notes.push_back(BreakdownNote(breakdown));
  for (const catalogue::SourceKindLabel& kind : catalogue.source_kinds()) {
    notes.push_back({{"source_kind", kind.code}, {"title", InBoth(kind.label)}});
  }
  return notes;
}

}  // namespace

std::string CsvwMetadata(const catalogue::Catalogue& catalogue, absl::string_view file_name) {
  Json json;
  json["@context"] = Json::array({"http://www.w3.org/ns/csvw", {{"@language", "en"}}});
  json["url"] = std::string(file_name);
  json["dc:title"] = Tagged(catalogue.name());
  json["dc:conformsTo"] = catalogue.framework_id() + " " + catalogue.version();
  json["dialect"] = Dialect();
  json["tableSchema"] = Schema(catalogue);
  json["notes"] = Notes(catalogue);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hansa::node::exports
