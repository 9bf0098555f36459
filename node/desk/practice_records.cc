#include "node/desk/practice_records.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/practices.pb.h"
#include "node/domain/record_form.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

template <typename Record>
absl::StatusOr<std::shared_ptr<Record>> Read(const storage::FeedStore& feeds, const Revision& revision,
                                             replication::Kind kind, absl::string_view is_another) {
  if (IsWithdrawal(revision)) return absl::FailedPreconditionError("it was taken back");
  if (revision.reading != projection::Reading::kUnderstood) return absl::FailedPreconditionError(revision.what);
  if (revision.kind != kind) return absl::FailedPreconditionError(is_another);
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  auto record = std::make_shared<Record>();
  if (!record->ParseFromString(*payload)) return absl::DataLossError("reading a practice: its bytes are damaged");
  return record;
}

}  // namespace

bool IsWithdrawal(const Revision& revision) {
  if (revision.retracted) return true;
  return revision.reading == projection::Reading::kUnderstood && revision.kind == replication::kPracticeWithdrawal;
}

replication::Kind KindThatStands(const RecordView& record) {
  for (auto revision = record.revisions.rbegin(); revision != record.revisions.rend(); ++revision) {
    if (!IsWithdrawal(*revision)) return revision->kind;
  }
  return record.revisions.back().kind;
}

bool IsPractice(const RecordView& record) {
  return record.key.collection == replication::kPractices && KindThatStands(record) == replication::kPractice;
}

bool IsTranslation(const RecordView& record) {
  return record.key.collection == replication::kPractices &&
         KindThatStands(record) == replication::kPracticeTranslation;
}

std::string WhatIs(const RecordView& record) {
  struct Named {
    int kind;
    const char* words;
  };
  constexpr Named kNames[] = {{v1::KIND_PRACTICES_PRACTICE, "a practice"},
                              {v1::KIND_PRACTICES_TRANSLATION, "a translation of a practice"},
                              {v1::KIND_OFFERS_OFFER, "an offer"},
                              {v1::KIND_OFFERS_REPLY, "a reply to an offer"},
                              {v1::KIND_INDICATORS_SET, "a set of indicators"},
                              {v1::KIND_INDICATORS_OWN_TARGET, "a target"},
                              {v1::KIND_INDICATORS_PLACE, "what a city says of its size"},
                              {v1::KIND_STRATEGIES_STRATEGY, "a strategy"},
                              {v1::KIND_REVIEWS_REPORT, "a report"},
                              {v1::KIND_REVIEWS_RATING, "a rating"},
                              {v1::KIND_REVIEWS_SURVEY_RESULT, "a survey result"},
                              {v1::KIND_DIALOGUE_TOPIC, "a topic"},
                              {v1::KIND_DIALOGUE_QUESTION, "a question"},
                              {v1::KIND_DIALOGUE_ANSWER, "an answer"},
                              {v1::KIND_DIALOGUE_COMMENT, "a comment"},
                              {v1::KIND_NOTICES_GUIDANCE, "guidance"},
                              {v1::KIND_NOTICES_OPPORTUNITY, "an opportunity"},
                              {v1::KIND_NOTICES_CALL_FOR_DATA, "a call for data"},
                              {v1::KIND_NOTICES_RECOGNITION, "a recognition"},
                              {v1::KIND_NOTICES_CLUSTER, "a cluster"}};
  const int kind = KindThatStands(record).value();
  for (const Named& named : kNames) {
    if (named.kind == kind) return named.words;
  }
  return absl::StrCat("a record of ", replication::CollectionName(record.key.collection));
}

absl::StatusOr<std::shared_ptr<v1::Practice>> ReadPractice(const storage::FeedStore& feeds, const Revision& revision) {
  return Read<v1::Practice>(feeds, revision, replication::kPractice, "this revision is no practice");
}

absl::StatusOr<std::shared_ptr<v1::PracticeTranslation>> ReadTranslation(const storage::FeedStore& feeds,
                                                                         const Revision& revision) {
  return Read<v1::PracticeTranslation>(feeds, revision, replication::kPracticeTranslation,
                                       "this revision is no translation");
}

std::string ReasonOf(const storage::FeedStore& feeds, const Revision& revision) {
  if (!IsWithdrawal(revision)) {
    if (revision.kind == replication::kPracticeTranslation) {
      const absl::StatusOr<std::shared_ptr<v1::PracticeTranslation>> translation = ReadTranslation(feeds, revision);
      return translation.ok() ? (*translation)->revision_reason() : "";
    }
    const absl::StatusOr<std::shared_ptr<v1::Practice>> practice = ReadPractice(feeds, revision);
    return practice.ok() ? (*practice)->revision_reason() : "";
  }
  if (revision.reading != projection::Reading::kUnderstood || revision.kind != replication::kPracticeWithdrawal) {
    return "";
  }
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  v1::PracticeWithdrawal withdrawal;
  return payload.ok() && domain::DecodeRecord(*payload, withdrawal).ok() ? withdrawal.reason() : "";
}

}  // namespace hansa::node::desk
