// What the desk shows of reports, ratings and surveys: by member, year and title, never by a value.
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/reviews.pb.h"
#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "node/desk/review_desk.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kListing = "listing reviews";
constexpr absl::string_view kShowing = "showing a record of reviews";

bool IsAskedFor(const ListedReview& review, const ReviewQuery& query) {
  const auto& features = review.features;
  const bool has_feature =
      query.feature.empty() || std::find(features.begin(), features.end(), query.feature) != features.end();
  return has_feature && (!query.year || *query.year == review.year) &&
         (query.kind.empty() || query.kind == NameOf(review.kind));
}

}  // namespace

absl::StatusOr<std::vector<ListedReview>> ReviewDesk::List(const ReviewQuery& query) const {
  const NodeView view = node_.View();
  if (!query.member.empty()) HANSA_RETURN_IF_ERROR(MemberNamed(view, query.member).status());
  if (!query.feature.empty()) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue_, query.feature));
  if (query.year) HANSA_RETURN_IF_ERROR(CheckYear(kListing, *query.year));
  if (!query.kind.empty() && !ReviewKindNamed(query.kind)) {
    return absl::InvalidArgumentError(absl::StrCat(kListing, ": ", domain::Quoted(query.kind),
                                                   " is not one of the choices; write one of: report, rating, survey"));
  }
  const ReviewSources sources{node_.feeds(), catalogue_, views_, view};
  std::vector<ListedReview> reviews;
  for (const auto& [number, member] : view.roster->state().members) {
    if (!query.member.empty() && query.member != member.slug) continue;
    const absl::StatusOr<std::vector<RecordView>> records = views_.RecordsOf(number, replication::kReviews);
    HANSA_RETURN_IF_ERROR(records.status());
    for (const RecordView& record : *records) {
      const absl::StatusOr<ReviewContent> content = ReadReview(node_.feeds(), record.revisions.back());
      if (absl::IsDataLoss(content.status())) return content.status();
      if (!content.ok()) continue;
      ListedReview listed = Listed(sources, record, *content);
      listed.revision = record.revisions.size();
      if (IsAskedFor(listed, query)) reviews.push_back(std::move(listed));
    }
  }
  std::sort(reviews.begin(), reviews.end(), [](const ListedReview& a, const ListedReview& b) {
    return std::tie(a.member, a.year, a.kind, a.title, a.id) < std::tie(b.member, b.year, b.kind, b.title, b.id);
  });
  return reviews;
}

absl::StatusOr<ShownReview> ReviewDesk::Show(absl::string_view id, std::uint64_t revision) const {
  const NodeView view = node_.View();
  const absl::StatusOr<RecordView> record = Find(kShowing, id, view.member);
  HANSA_RETURN_IF_ERROR(record.status());
  const std::uint64_t count = record->revisions.size();
  if (revision > count) {
    return absl::NotFoundError(
        absl::StrCat(kShowing, ": ", record->key.id.hex(), " has no revision ", revision, "; its last is ", count));
  }
  const std::uint64_t wanted = revision == 0 ? count : revision;
  const ReviewSources sources{node_.feeds(), catalogue_, views_, view};
  ShownReview shown;
  shown.member = record->key.member;
  shown.withdrawn = record->revisions.back().retracted;
  shown.review.id = record->key.id;
  shown.review.member = SlugOf(view, record->key.member);
  shown.review.kind = ReviewKindOf(*record).value_or(ReviewKind::kReport);
  for (std::uint64_t number = 1; number <= count; ++number) {
    const Revision& each = record->revisions[number - 1];
    absl::StatusOr<ReviewContent> content = ReadReview(node_.feeds(), each);
    if (absl::IsDataLoss(content.status())) return content.status();
    shown.revisions.push_back({number, each.position.seq, each.entry_hash, each.claimed_time_ms,
                               content.ok() ? ReasonOf(*content) : "", each.retracted});
    if (number > wanted) continue;
    if (content.ok()) shown.review = Listed(sources, *record, *content);
    if (number < wanted) continue;
    if (content.ok()) {
      shown.fault = shown.review.fault;
      shown.content = *std::move(content);
    } else if (!each.retracted) {
      shown.fault = std::string(content.status().message());
    }
  }
  shown.review.revision = wanted;
  return shown;
}

}  // namespace hansa::node::desk
