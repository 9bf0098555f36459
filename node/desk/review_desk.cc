// Acts on reports and ratings. Surveys are in review_surveys.cc, and what is shown in review_lists.cc.
#include "node/desk/review_desk.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/reviews.pb.h"
#include "node/domain/record_form.h"
#include "node/domain/review_file.h"
#include "node/domain/review_reading.h"
#include "node/domain/text.h"
#include "node/membership/review_statement.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kSubmitting = "submitting a report";
constexpr absl::string_view kRating = "publishing a rating";
constexpr absl::string_view kWithdrawing = "taking back a record of reviews";

// What keeps a file from being published. A signature that does not hold is a rule broken, not a way to log in.
absl::Status OfFile(absl::string_view name, const absl::Status& status) {
  const bool is_forged = absl::IsUnauthenticated(status);
  return absl::Status(is_forged ? absl::StatusCode::kFailedPrecondition : status.code(),
                      absl::StrCat(name, ": ", status.message()));
}

// Whether all is the same but the reason of the revision.
template <typename Record>
bool SaysTheSame(Record a, Record b) {
  a.clear_revision_reason();
  b.clear_revision_reason();
  return a.SerializeAsString() == b.SerializeAsString();
}

// Whether experts rate anything of one of these features.
bool AnyIsRated(const catalogue::Catalogue& catalogue, const v1::ReviewReport& report) {
  const auto& features = report.subjects().features();
  const std::string by_experts(domain::Code(domain::SourceKind::kExpertReview));
  return std::any_of(catalogue.measurements().begin(), catalogue.measurements().end(),
                     [&](const catalogue::Measurement& measurement) {
                       const auto& kinds = measurement.source_kinds;
                       return std::find(kinds.begin(), kinds.end(), by_experts) != kinds.end() &&
                              std::find(features.begin(), features.end(), measurement.feature) != features.end();
                     });
}

template <typename Record>
absl::StatusOr<Publication> PublicationOf(replication::Kind kind, const Record& record) {
  absl::StatusOr<std::string> payload = domain::EncodeRecord(record);
  HANSA_RETURN_IF_ERROR(payload.status());
  Publication publication;
  publication.collection = replication::kReviews;
  publication.kind = kind;
  publication.payload = *std::move(payload);
  return publication;
}

}  // namespace

absl::StatusOr<RecordView> ReviewDesk::Find(absl::string_view doing, absl::string_view id,
                                            replication::Member preferred) const {
  return FindRecord(views_, {.doing = doing,
                             .id = id,
                             .preferred = preferred,
                             .is_it = [](const RecordView& record) { return ReviewKindOf(record).has_value(); },
                             .is_other =
                                 [](const RecordView& record) {
                                   return absl::StrCat(record.key.id.hex(), " is ", WhatIsNoReview(record),
                                                       ", not a report, rating or survey; hansa review list shows "
                                                       "those");
                                 }});
}

absl::StatusOr<ReviewDesk::Stands> ReviewDesk::FindOwn(absl::string_view doing, const NodeView& view,
                                                       absl::string_view id) const {
  absl::StatusOr<RecordView> record = Find(doing, id, view.member);
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->key.member != view.member) {
    return absl::FailedPreconditionError(absl::StrCat(doing, ": ", record->key.id.hex(), " is of ",
                                                      SlugOf(view, record->key.member),
                                                      "; only its author can change it"));
  }
  Stands stands{*std::move(record), std::nullopt};
  for (auto revision = stands.record.revisions.rbegin(); revision != stands.record.revisions.rend(); ++revision) {
    absl::StatusOr<ReviewContent> content = ReadReview(node_.feeds(), *revision);
    if (!content.ok()) continue;
    stands.content = *std::move(content);
    break;
  }
  return stands;
}

absl::StatusOr<std::vector<ReviewDesk::Stands>> ReviewDesk::OwnOf(const NodeView& view, ReviewKind kind) const {
  const absl::StatusOr<std::vector<RecordView>> records = views_.RecordsOf(view.member, replication::kReviews);
  HANSA_RETURN_IF_ERROR(records.status());
  std::vector<Stands> own;
  for (const RecordView& record : *records) {
    if (ReviewKindOf(record) != kind) continue;
    absl::StatusOr<ReviewContent> content = ReadReview(node_.feeds(), record.revisions.back());
    if (absl::IsDataLoss(content.status())) return content.status();
    if (content.ok()) own.push_back({record, *std::move(content)});
  }
  return own;
}

absl::StatusOr<PublishedEntry> ReviewDesk::SignReport(const NodeView& view, v1::ReviewReport report,
                                                      const std::optional<Stands>& before, const std::string& reason) {
  if (before) report.set_revision_reason(reason);
  absl::StatusOr<Publication> publication = PublicationOf(replication::kReviewReport, report);
  HANSA_RETURN_IF_ERROR(publication.status());
  if (before) publication->record = before->record.key.id;
  absl::StatusOr<PublishedEntry> entry =
      SignOne(node_, view, *std::move(publication), before ? before->record.revisions.size() : 0);
  if (entry.ok()) entry->title = report.title();
  return entry;
}

absl::StatusOr<PublishedEntry> ReviewDesk::Submit(const ReportGiven& given) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kSubmitting, view, replication::kReviews));
  const absl::StatusOr<std::string> reason = CleanReason(kSubmitting, given.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  v1::ReviewReport report;
  const absl::StatusOr<domain::FileRemarks> remarks =
      domain::ReadReportFile(given.file, catalogue_, given.features, report);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(kSubmitting, view, *remarks));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  std::optional<Stands> before;
  absl::StatusOr<std::vector<Stands>> known = OwnOf(view, ReviewKind::kReport);
  HANSA_RETURN_IF_ERROR(known.status());
  if (!given.revises.empty()) {
    absl::StatusOr<Stands> stands = FindOwn(kSubmitting, view, given.revises);
    HANSA_RETURN_IF_ERROR(stands.status());
    const std::string id = stands->record.key.id.hex();
    if (ReviewKindOf(stands->record) != ReviewKind::kReport) {
      return absl::FailedPreconditionError(
          absl::StrCat(kSubmitting, ": ", id, " is no report; a report takes the place of a report alone"));
    }
    if (stands->record.revisions.back().retracted) {
      return absl::FailedPreconditionError(
          absl::StrCat(kSubmitting, ": ", id, " was taken back; submit the report anew"));
    }
    before = *std::move(stands);
    std::erase_if(*known, [&](const Stands& each) { return each.record.key.id != before->record.key.id; });
  }
  std::vector<std::string> warnings = remarks->warnings;
  if (!AnyIsRated(catalogue_, report)) {
    warnings.emplace_back(
        "the report names no feature of which experts rate anything, so there is nothing to review in it; "
        "`hansa catalogue` says where the values of a feature come from");
  }
  for (const Stands& each : *known) {
    if (!SaysTheSame(*each.content->report, report)) continue;
    PublishedEntry entry = Standing(view, each.record);
    entry.title = report.title();
    entry.warnings = std::move(warnings);
    return entry;
  }
  absl::StatusOr<PublishedEntry> entry = SignReport(view, std::move(report), before, *reason);
  if (entry.ok()) entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

// The report that is rated stands here, in that revision.
absl::Status ReviewDesk::CheckReport(const NodeView& view, const v1::RatingBody& body,
                                     std::vector<std::string>& warnings) const {
  const auto id = replication::RecordId::From(body.report().record_id());
  const auto hash = replication::Hash::From(body.report().entry_hash());
  HANSA_CHECK(id && hash);  // ReadRating looked at it
  const absl::StatusOr<RecordView> record = views_.Record({view.member, replication::kReviews, *id});
  std::size_t number = 0;
  if (record.ok()) {
    for (std::size_t i = 0; i < record->revisions.size(); ++i) {
      const Revision& revision = record->revisions[i];
      const bool is_it = revision.entry_hash == *hash && revision.kind == replication::kReviewReport;
      if (is_it && !revision.retracted) number = i + 1;
    }
  }
  if (number == 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(kRating,
                     ": it rates a report that this city has not published, or a revision of it that there is "
                     "not; send the expert what `hansa review show ID -o FILE` saves"));
  }
  if (record->revisions.back().retracted) {
    return absl::FailedPreconditionError(
        absl::StrCat(kRating, ": the report that it rates was taken back; submit the report anew and have it rated"));
  }
  if (number < record->revisions.size()) {
    warnings.push_back(absl::StrCat("it rates revision ", number, " of the report, and the present one is ",
                                    record->revisions.size()));
  }
  return absl::OkStatus();
}

absl::StatusOr<PublishedEntry> ReviewDesk::PublishRating(const domain::RecordFile& file, const ReviewWords& words) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kRating, view, replication::kReviews));
  const absl::StatusOr<std::string> reason = CleanReason(kRating, words.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  const absl::StatusOr<std::string> answer = domain::CleanText(words.text, domain::Lines::kMany);
  if (!answer.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(kRating, ": the answer: ", answer.status().message()));
  }
  const absl::StatusOr<replication::Statement> statement =
      membership::ReadRatingFile(file.content, view.roster->network());
  if (!statement.ok()) return OfFile(file.name, statement.status());
  v1::Rating rating;
  rating.mutable_statement()->set_body(statement->body);
  rating.mutable_statement()->set_signer_pk(statement->signer.str());
  rating.mutable_statement()->set_sig(statement->signature.str());
  rating.set_answer(*answer);
  rating.set_language(words.language);
  rating.set_approved_by(words.approved_by);
  v1::RatingBody body;
  const absl::StatusOr<domain::SpokenAnswers> spoken =
      domain::ReadRating({replication::SodiumCrypto(), view.roster->network(), catalogue_, view.member}, rating, body);
  if (!spoken.ok()) return OfFile(file.name, spoken.status());
  const absl::Status listed = domain::CheckWord(spoken->word, view.roster->state().statement_keys);
  if (!listed.ok()) return OfFile(file.name, listed);
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  std::vector<std::string> warnings;
  HANSA_RETURN_IF_ERROR(CheckReport(view, body, warnings));
  const absl::StatusOr<std::vector<Stands>> known = OwnOf(view, ReviewKind::kRating);
  HANSA_RETURN_IF_ERROR(known.status());
  const auto before = std::find_if(known->begin(), known->end(), [&](const Stands& each) {
    return each.content->rating->statement().body() == statement->body;
  });
  const std::string title = body.measurement().empty() ? body.feature() : body.measurement();
  absl::StatusOr<PublishedEntry> entry;
  if (before != known->end() && SaysTheSame(*before->content->rating, rating)) {
    entry = Standing(view, before->record);
  } else {
    const bool is_new = before == known->end();
    if (!is_new) rating.set_revision_reason(*reason);
    absl::StatusOr<Publication> publication = PublicationOf(replication::kReviewRating, rating);
    HANSA_RETURN_IF_ERROR(publication.status());
    if (!is_new) publication->record = before->record.key.id;
    entry = SignOne(node_, view, *std::move(publication), is_new ? 0 : before->record.revisions.size());
    HANSA_RETURN_IF_ERROR(entry.status());
  }
  entry->title = title;
  entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> ReviewDesk::Withdraw(absl::string_view id) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kWithdrawing, view, replication::kReviews));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<Stands> stands = FindOwn(kWithdrawing, view, id);
  HANSA_RETURN_IF_ERROR(stands.status());
  const std::string title =
      stands->content ? Listed({node_.feeds(), catalogue_, views_, view}, stands->record, *stands->content).title : "";
  absl::StatusOr<PublishedEntry> entry;
  if (stands->record.revisions.back().retracted) {
    entry = Standing(view, stands->record);
  } else {
    Publication publication;
    publication.collection = replication::kReviews;
    publication.kind = stands->record.revisions.back().kind;
    publication.record = stands->record.key.id;
    publication.retract = true;
    entry = SignOne(node_, view, std::move(publication), stands->record.revisions.size());
  }
  if (entry.ok()) entry->title = title;
  return entry;
}

}  // namespace hansa::node::desk
