// Records of practices as the views hold them: what each revision is, and what it says.
#ifndef HANSA_NODE_DESK_PRACTICE_RECORDS_H_
#define HANSA_NODE_DESK_PRACTICE_RECORDS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/projection/views.h"
#include "storage/feed_store.h"

namespace hansa::v1 {
class Practice;
class PracticeTranslation;
}  // namespace hansa::v1

namespace hansa::node::desk {

// Whether the entry takes its record back.
bool IsWithdrawal(const projection::Revision& revision);

// The kind of the last revision of `record` that did not take it back; of the last if all did.
replication::Kind KindThatStands(const projection::RecordView& record);

// Whether `record` is a practice, as it stands or stood before it was taken back; a translation is none.
bool IsPractice(const projection::RecordView& record);

// Whether `record` is a translation, as it stands or stood before it was taken back.
bool IsTranslation(const projection::RecordView& record);

// What a record of practices is, for somebody who asked for a practice: 'a translation of a practice', 'an offer'.
std::string WhatIs(const projection::RecordView& record);

// What the revision says.
//   NOT_FOUND            its content is not held
//   FAILED_PRECONDITION  it is no practice that can be shown, and why
//   DATA_LOSS            the feed is damaged
absl::StatusOr<std::shared_ptr<v1::Practice>> ReadPractice(const storage::FeedStore& feeds,
                                                           const projection::Revision& revision);

// The same of a translation.
absl::StatusOr<std::shared_ptr<v1::PracticeTranslation>> ReadTranslation(const storage::FeedStore& feeds,
                                                                         const projection::Revision& revision);

// Why the revision replaced the one before, or why it took the record back; empty if it does not say.
std::string ReasonOf(const storage::FeedStore& feeds, const projection::Revision& revision);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_PRACTICE_RECORDS_H_
