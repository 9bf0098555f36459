#include "node/projection/spoken_index.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hansa/v1/reviews.pb.h"
#include "node/projection/answer_rows.h"
#include "node/projection/entry_reading.h"
#include "node/projection/spoken_rows.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

using domain::ReportPoint;
using domain::SpokenAnswers;
using replication::Member;
using replication::RecordId;
using storage::Table;

// Whether a revision is a report that can have been rated. Its content need not be held any more.
bool IsReport(const Revision& revision) {
  const bool is_sound = revision.reading == Reading::kUnderstood || revision.reading == Reading::kNoPayload;
  return revision.kind == replication::kReviewReport && !revision.retracted && is_sound;
}

// The year that a report is filed under; 0 if it says none, or its content is not held.
absl::StatusOr<int> YearOfReport(const IndexSources& sources, const Revision& revision) {
  const absl::StatusOr<replication::Bytes> payload = ReadPayload(sources.feeds, revision.position);
  if (absl::IsNotFound(payload.status())) return 0;
  HANSA_RETURN_IF_ERROR(payload.status());
  v1::ReviewReport report;
  return report.ParseFromString(*payload) ? domain::YearOf(report) : 0;
}

// The year that a rating is about: 0 while its report has not been read, or if nobody says it.
absl::StatusOr<int> YearOfRating(const IndexSources& sources, Member member, const SpokenAnswers& spoken,
                                 const PendingWrites& pending) {
  const RecordKey report{member, replication::kReviews, spoken.report->record};
  const auto rows = pending.All(Table::kRecords, RevisionRowPrefix(report));
  HANSA_RETURN_IF_ERROR(rows.status());
  for (const storage::KeyValue& row : *rows) {
    const absl::StatusOr<Revision> revision = DecodeRevision(row.value);
    HANSA_RETURN_IF_ERROR(revision.status());
    if (revision->entry_hash != spoken.report->entry_hash || !IsReport(*revision)) continue;
    return spoken.year != 0 ? absl::StatusOr<int>(spoken.year) : YearOfReport(sources, *revision);
  }
  return 0;
}

absl::Status Remove(const RecordKey& record, PendingWrites& pending) {
  const std::string key = SpokenRowKey(record.member, record.id);
  const auto row = pending.Find(Table::kObservations, key);
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return absl::OkStatus();
  const absl::StatusOr<SpokenRecord> before = DecodeSpokenRecord(**row);
  HANSA_RETURN_IF_ERROR(before.status());
  pending.Delete(Table::kObservations, key);
  if (before->report) pending.Delete(Table::kObservations, RatingRowKey(record.member, *before->report, record.id));
  if (before->subject.year == 0) return absl::OkStatus();
  for (const std::string& cell : before->cells) {
    pending.Delete(Table::kObservations, SpokenCellRowKey(cell, {before->subject.year, record.member, record.id}));
  }
  return absl::OkStatus();
}

absl::Status Add(const IndexSources& sources, const RecordKey& record, const Position& position,
                 const SpokenAnswers& spoken, PendingWrites& pending) {
  SpokenRecord row{
      position, spoken.word, {spoken.year, spoken.framework_id, spoken.framework_version}, spoken.report, {}};
  if (spoken.report) {
    const absl::StatusOr<int> year = YearOfRating(sources, record.member, spoken, pending);
    HANSA_RETURN_IF_ERROR(year.status());
    row.subject.year = *year;
    pending.Put(Table::kObservations, RatingRowKey(record.member, *spoken.report, record.id), "");
  }
  row.cells.reserve(spoken.observations.size());
  for (const domain::Observation& observation : spoken.observations) {
    row.cells.push_back(observation.cell);
    if (row.subject.year == 0) continue;
    const SpokenAnswer answer{position, spoken.word, row.subject,
                              EncodeShortAnswer(sources.catalogue.FindCell(observation.cell), observation)};
    pending.Put(Table::kObservations, SpokenCellRowKey(observation.cell, {row.subject.year, record.member, record.id}),
                Encode(answer));
  }
  pending.Put(Table::kObservations, SpokenRowKey(record.member, record.id), Encode(row));
  return absl::OkStatus();
}

// Makes the rows of a rating anew, now that its report has been read.
absl::Status Show(const IndexSources& sources, const RecordKey& record, PendingWrites& pending) {
  const auto row = pending.Find(Table::kObservations, SpokenRowKey(record.member, record.id));
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return DamagedView("a rating of a report");
  const absl::StatusOr<SpokenRecord> waiting = DecodeSpokenRecord(**row);
  HANSA_RETURN_IF_ERROR(waiting.status());
  const absl::StatusOr<replication::Bytes> payload = ReadPayload(sources.feeds, waiting->position);
  HANSA_RETURN_IF_ERROR(payload.status());
  v1::Rating rating;
  if (!rating.ParseFromString(*payload)) return DamagedView("a rating of a report");
  HANSA_RETURN_IF_ERROR(Remove(record, pending));
  return Add(sources, record, waiting->position, domain::AnswersOf(sources.catalogue, rating), pending);
}

}  // namespace

absl::Status FollowSpoken(const IndexSources& sources, const SpokenMoved& moved, PendingWrites& pending) {
  HANSA_RETURN_IF_ERROR(Remove(moved.record, pending));
  if (moved.spoken == nullptr) return absl::OkStatus();
  return Add(sources, moved.record, moved.after.position, *moved.spoken, pending);
}

absl::Status FollowReport(const IndexSources& sources, const RecordKey& report, const Revision& revision,
                          PendingWrites& pending) {
  if (!IsReport(revision)) return absl::OkStatus();
  const ReportPoint point{report.id, revision.entry_hash};
  const auto waiting = pending.All(Table::kObservations, RatingRowPrefix(report.member, point));
  HANSA_RETURN_IF_ERROR(waiting.status());
  for (const storage::KeyValue& row : *waiting) {
    const absl::StatusOr<RecordId> rating = ParseRatingRowKey(row.key);
    HANSA_RETURN_IF_ERROR(rating.status());
    HANSA_RETURN_IF_ERROR(Show(sources, {report.member, replication::kReviews, *rating}, pending));
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::projection
