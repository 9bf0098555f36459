#include "node/cli/search_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "hansa/v1/node_search.pb.h"
#include "node/cli/json_parts.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Json;
using json::Link;
using json::OrNull;
using json::Text;

Json Hit(const v1::SearchHit& hit) {
  const v1::RecordLink& record = hit.record();
  return {{"id", record.id()},
          {"member", record.member()},
          {"title", record.title()},
          {"year", OrNull(hit.year())},
          {"language", OrNull(record.language())},
          {"features", Array(hit.features())},
          {"actions", Array(hit.actions())},
          {"revision", record.revision()},
          {"summary", OrNull(hit.summary())},
          {"kind", record.kind()},
          {"collection", record.collection()},
          {"excerpt", OrNull(absl::StrReplaceAll(hit.excerpt(), {{"\x02", ""}, {"\x03", ""}}))},
          {"found_in", OrNull(hit.found_in())}};
}

// By code, as `hansa indicators` gives them.
Json Attributes(const v1::LearnPoint& point) {
  Json attributes = Json::object();
  for (const std::string& attribute : point.attributes()) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(attribute, absl::MaxSplits('=', 1));
    attributes[parts.first] = parts.second;
  }
  return attributes;
}

Json Series(const v1::LearnSeries& series) {
  return {{"cell", series.cell()},
          {"unit", OrNull(series.unit())},
          {"values", ArrayOf(series.values(), [](const v1::LearnPoint& point) {
             return Json{{"year", point.year()},
                         {"value", point.value()},
                         {"source_kind", OrNull(point.source_kind())},
                         {"source", OrNull(point.source())},
                         {"period", OrNull(point.period())},
                         {"area", OrNull(point.area())},
                         {"level", OrNull(point.level())},
                         {"match", OrNull(point.match())},
                         {"derivation_note", OrNull(point.derivation_note())},
                         {"definition_language", OrNull(point.definition_language())},
                         {"attributes", Attributes(point)},
                         {"note", OrNull(point.note())},
                         {"joins", point.joins()}};
           })}};
}

Json City(const v1::LearnCity& city) {
  return {{"member", city.member()},
          {"name", city.name()},
          {"deeds", ArrayOf(city.deeds(), Link)},
          {"series", ArrayOf(city.series(), Series)}};
}

}  // namespace

std::string JsonOf(const v1::SearchReply& found) {
  Json facets = Json::object();
  for (const v1::SearchFacet& facet : found.facets()) {
    facets[facet.name()] = ArrayOf(facet.values(), [](const v1::SearchFacetValue& value) {
      return Json{{"value", value.value()}, {"records", value.records()}};
    });
  }
  return Text({{"found", found.found()},
               {"unread", found.unread()},
               {"hits", ArrayOf(found.hits(), Hit)},
               {"facets", std::move(facets)},
               {"muted", found.muted()}});
}

std::string JsonOfPractices(const v1::SearchReply& found) { return Text(ArrayOf(found.hits(), Hit)); }

std::string JsonOf(const v1::FindSimilarReply& similar) {
  const auto city = [](const v1::SimilarCity& each) {
    return Json{{"member", each.member()},
                {"name", each.name()},
                {"reasons", Array(each.reasons())},
                {"features", Array(each.features())}};
  };
  return Text({{"member", similar.member()},
               {"cities", ArrayOf(similar.cities(), city)},
               {"remarks", Array(similar.remarks())},
               {"muted", similar.muted()}});
}

std::string JsonOf(const v1::LearnReply& learnt) {
  return Text({{"part", learnt.part()},
               {"name", learnt.name()},
               {"practices", ArrayOf(learnt.practices(), Link)},
               {"cities", ArrayOf(learnt.cities(), City)},
               {"offers", ArrayOf(learnt.offers(), Link)},
               {"opportunities", ArrayOf(learnt.opportunities(), Link)},
               {"guidance", ArrayOf(learnt.guidance(), Link)},
               {"dialogue", ArrayOf(learnt.dialogue(), Link)},
               {"muted", learnt.muted()}});
}

}  // namespace hansa::node::cli
