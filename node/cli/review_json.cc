#include "node/cli/review_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "hansa/v1/node_records.pb.h"
#include "node/cli/json_parts.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

using json::Json;
using json::Moment;
using json::OrNull;
using json::Revision;
using json::Text;

Json Review(const v1::ReviewSummary& review) {
  Json features = Json::array();
  for (const std::string& feature : review.features()) features.push_back(feature);
  return {{"id", review.id()},
          {"member", review.member()},
          {"kind", review.kind()},
          {"title", review.title()},
          {"year", review.year() == 0 ? Json(nullptr) : Json(review.year())},
          {"features", std::move(features)},
          {"word_of", OrNull(review.word_of())},
          {"revision", review.revision()},
          {"rating", review.has_rating() ? Json(review.rating()) : Json(nullptr)},
          {"fault", OrNull(review.fault())},
          {"language", OrNull(review.language())}};
}

Json RecordOf(const google::protobuf::Message& record) { return Json::parse(domain::RecordJson(record)); }

Json Content(const v1::GetReviewReply& review) {
  if (review.has_report()) return RecordOf(review.report());
  if (review.has_rating()) {
    return {{"signed", RecordOf(review.rating_body())},
            {"answer", OrNull(review.rating().answer())},
            {"language", OrNull(review.rating().language())},
            {"approved_by", OrNull(review.rating().approved_by())}};
  }
  if (review.has_survey()) {
    Json content = RecordOf(review.survey_body());
    content["city_note"] = OrNull(review.survey().note());
    content["city_note_language"] = OrNull(review.survey().language());
    content["approved_by"] = OrNull(review.survey().approved_by());
    return content;
  }
  return nullptr;
}

}  // namespace

std::string JsonOf(const v1::ListReviewsReply& reviews) {
  Json array = Json::array();
  for (const v1::ReviewSummary& review : reviews.reviews()) array.push_back(Review(review));
  return Text(array);
}

std::string JsonOf(const v1::GetReviewReply& review) {
  Json json = Review(review.review());
  json["content"] = Content(review);
  json["withdrawn"] = review.withdrawn();
  json["fault"] = OrNull(review.fault());
  Json revisions = Json::array();
  for (const v1::RecordRevision& revision : review.revisions()) revisions.push_back(Revision(revision));
  json["revisions"] = std::move(revisions);
  json["member_number"] = review.member_number();
  json["network"] = review.network();
  return Text(json);
}

}  // namespace hansa::node::cli
