#include "node/api/search_answers.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/muting.h"
#include "node/api/who.h"
#include "node/desk/learn_desk.h"
#include "node/desk/search_desk.h"
#include "node/desk/similar_desk.h"
#include "node/domain/observation.h"
#include "node/domain/series.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

void PutFound(const NodeView& view, const search::FoundRecord& found, v1::SearchHit& out) {
  v1::RecordLink& link = *out.mutable_record();
  link.set_id(found.key.id.hex());
  link.set_member(SlugOf(view, found.key.member));
  link.set_collection(replication::CollectionName(found.key.collection));
  link.set_kind(found.kind);
  link.set_title(found.title);
  link.set_language(found.language);
  link.set_revision(static_cast<std::uint32_t>(found.revision));
  out.set_summary(found.summary);
  out.set_excerpt(found.excerpt);
  out.set_year(static_cast<std::uint32_t>(found.year));
  for (const std::string& feature : found.features) out.add_features(feature);
  for (const std::string& action : found.actions) out.add_actions(action);
  out.set_found_in(found.found_in);
}

template <typename Links>
void PutLinks(const std::vector<desk::LearntRecord>& records, Links& links) {
  for (const desk::LearntRecord& record : records) {
    v1::RecordLink& link = *links.Add();
    link.set_id(record.key.id.hex());
    link.set_member(record.member);
    link.set_collection(replication::CollectionName(record.key.collection));
    link.set_kind(record.kind);
    link.set_title(record.title);
    link.set_language(record.language);
    link.set_revision(static_cast<std::uint32_t>(record.revision));
  }
}

desk::SearchQuery QueryOf(const v1::SearchRequest& request) {
  desk::SearchQuery query;
  query.text = request.text();
  query.kinds.assign(request.kinds().begin(), request.kinds().end());
  query.feature = request.feature();
  query.action = request.action();
  query.member = request.member();
  query.country = request.country();
  query.region = request.region();
  query.language = request.language();
  if (request.year() != 0) query.year = static_cast<int>(request.year());
  query.area_kind = request.area_kind();
  if (request.population_min() != 0) query.population_min = request.population_min();
  if (request.population_max() != 0) query.population_max = request.population_max();
  query.offset = request.offset();
  query.limit = request.limit();
  query.muting = MutingOf(request);
  return query;
}

void Put(const domain::SeriesPoint& point, v1::LearnPoint& out) {
  const domain::Observation& observation = point.observation;
  out.set_year(static_cast<std::uint32_t>(point.year));
  out.set_value(observation.value->text());
  out.set_source_kind(std::string(domain::Code(observation.source_kind)));
  out.set_source(observation.source);
  out.set_period(observation.period);
  out.set_area(observation.area);
  out.set_level(std::string(domain::Code(observation.level)));
  out.set_match(std::string(domain::Code(observation.match)));
  out.set_derivation_note(observation.derivation_note);
  out.set_definition_language(observation.definition_language);
  for (const domain::ObservationAttribute& attribute : observation.attributes) {
    out.add_attributes(absl::StrCat(attribute.key, "=", attribute.value));
  }
  out.set_note(observation.note);
  out.set_joins(point.joins);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::SearchRequest& request, v1::SearchReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto answer = parts.search.Search(QueryOf(request));
  HANSA_RETURN_IF_ERROR(answer.status());
  const NodeView view = parts.node.View();
  for (const search::FoundRecord& hit : answer->found.hits) PutFound(view, hit, *reply.add_hits());
  reply.set_found(answer->found.records);
  reply.set_muted(static_cast<std::uint32_t>(answer->found.left_out));
  for (const search::Facet& facet : answer->found.facets) {
    v1::SearchFacet& out = *reply.add_facets();
    out.set_name(facet.name);
    for (const search::FacetValue& value : facet.values) {
      v1::SearchFacetValue& counted = *out.add_values();
      counted.set_value(value.value);
      counted.set_records(value.records);
    }
  }
  reply.set_unread(answer->unread);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::FindSimilarRequest& request, v1::FindSimilarReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto similar = parts.similar.Find(request.member(), MutingOf(request));
  HANSA_RETURN_IF_ERROR(similar.status());
  reply.set_member(similar->member);
  reply.set_muted(static_cast<std::uint32_t>(similar->muted));
  for (const domain::LikeCity& city : similar->cities) {
    v1::SimilarCity& out = *reply.add_cities();
    out.set_member(city.slug);
    out.set_name(city.name);
    for (const std::string& reason : city.reasons) out.add_reasons(reason);
    for (const std::string& feature : city.features) out.add_features(feature);
  }
  for (const std::string& remark : similar->remarks) reply.add_remarks(remark);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::LearnRequest& request, v1::LearnReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto learnt = parts.learn.About(request.part(), MutingOf(request));
  HANSA_RETURN_IF_ERROR(learnt.status());
  reply.set_part(learnt->part);
  reply.set_muted(static_cast<std::uint32_t>(learnt->muted));
  reply.set_name(learnt->name);
  PutLinks(learnt->practices, *reply.mutable_practices());
  for (const desk::LearntCity& city : learnt->cities) {
    v1::LearnCity& out = *reply.add_cities();
    out.set_member(city.member);
    out.set_name(city.name);
    PutLinks(city.deeds, *out.mutable_deeds());
    for (const desk::LearntSeries& series : city.series) {
      v1::LearnSeries& drawn = *out.add_series();
      drawn.set_cell(series.cell);
      drawn.set_unit(series.unit);
      for (const domain::SeriesPoint& point : series.points) Put(point, *drawn.add_values());
    }
  }
  PutLinks(learnt->offers, *reply.mutable_offers());
  PutLinks(learnt->opportunities, *reply.mutable_opportunities());
  PutLinks(learnt->guidance, *reply.mutable_guidance());
  PutLinks(learnt->dialogue, *reply.mutable_dialogue());
  return absl::OkStatus();
}

}  // namespace hansa::node::api
