// Records of reviews as the views hold them: what each is, what it says, and whether it may be believed.
#ifndef HANSA_NODE_DESK_REVIEW_RECORDS_H_
#define HANSA_NODE_DESK_REVIEW_RECORDS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/feed_store.h"

namespace hansa::v1 {
class Rating;
class RatingBody;
class ReviewReport;
class SurveyBody;
class SurveyResult;
}  // namespace hansa::v1

namespace hansa::node::desk {

enum class ReviewKind { kReport, kRating, kSurvey };
// report, rating, survey.
const char* NameOf(ReviewKind kind);
// nullopt for another word.
std::optional<ReviewKind> ReviewKindNamed(absl::string_view name);

// What `record` is, as it stands or stood before it was taken back; nullopt if it is none of these.
std::optional<ReviewKind> ReviewKindOf(const projection::RecordView& record);
// For somebody who asked for a record of reviews: 'a practice', 'a record of offers'.
std::string WhatIsNoReview(const projection::RecordView& record);

// What one revision says. Exactly one of report, rating and survey is there; beside the latter two what was signed, or
// entered.
struct ReviewContent {
  std::shared_ptr<const v1::ReviewReport> report;
  std::shared_ptr<const v1::Rating> rating;
  std::shared_ptr<const v1::RatingBody> rating_body;
  std::shared_ptr<const v1::SurveyResult> survey;
  std::shared_ptr<const v1::SurveyBody> survey_body;
};
//   NOT_FOUND            its content is not held
//   FAILED_PRECONDITION  it was taken back, or its own bytes do not bear it out: why
//   DATA_LOSS            the feed is damaged
absl::StatusOr<ReviewContent> ReadReview(const storage::FeedStore& feeds, const projection::Revision& revision);

// Why this revision replaced the one before; empty if it does not say.
std::string ReasonOf(const ReviewContent& content);

// One report, rating or survey in a list.
struct ListedReview {
  replication::RecordId id;
  std::string member;  // slug
  ReviewKind kind = ReviewKind::kReport;
  std::string title;  // of a rating its measurement, of a survey its agency
  int year = 0;       // that it is about; 0: a rating whose report is not held here
  std::vector<std::string> features;
  std::string word_of;  // 'entered by the city', 'signed by agency CODE', 'signed by expert CODE'; of reports empty
  std::uint64_t revision = 0;  // from 1
  std::uint32_t rating = 0;    // 1 to 5; 0: it is none
  std::string fault;           // why it does not stand; empty if it does
  std::string language;        // BCP 47; may be empty
};

// By what records are shown. All must outlive the call only.
struct ReviewSources {
  const storage::FeedStore& feeds;
  const catalogue::Catalogue& catalogue;
  const projection::Views& views;
  const NodeView& view;
};

// `content` of `record` as lists show it; its revision is left to the caller.
ListedReview Listed(const ReviewSources& sources, const projection::RecordView& record, const ReviewContent& content);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_REVIEW_RECORDS_H_
