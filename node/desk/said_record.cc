#include "node/desk/said_record.h"

#include <google/protobuf/message.h>

#include <vector>

#include "absl/status/status.h"
#include "node/domain/record_form.h"
#include "node/projection/entry_reading.h"

namespace hansa::node::desk {
namespace {

absl::Status ReadSaid(const storage::FeedStore& feeds, const projection::Revision& revision,
                      google::protobuf::Message& said) {
  if (revision.reading != projection::Reading::kUnderstood) return absl::FailedPreconditionError(revision.what);
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  return domain::DecodeRecord(*payload, said);
}

}  // namespace

absl::StatusOr<LastSaid> ReadLastSaid(const storage::FeedStore& feeds, const projection::RecordView& record,
                                      replication::Kind kind, google::protobuf::Message& said) {
  LastSaid words;
  const std::vector<projection::Revision>& revisions = record.revisions;
  for (auto revision = revisions.rbegin(); revision != revisions.rend() && !words.are_read; ++revision) {
    if (revision->retracted || revision->kind != kind) continue;
    const absl::Status read = ReadSaid(feeds, *revision, said);
    if (absl::IsDataLoss(read)) return read;
    words.are_read = read.ok();
    if (!read.ok() && revision == revisions.rbegin()) words.fault = std::string(read.message());
  }
  return words;
}

}  // namespace hansa::node::desk
