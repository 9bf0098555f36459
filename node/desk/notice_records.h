// Records of notices as the views hold them: what each is, what its revisions say, and who may publish them.
#ifndef HANSA_NODE_DESK_NOTICE_RECORDS_H_
#define HANSA_NODE_DESK_NOTICE_RECORDS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/domain/notice_book.h"
#include "node/domain/notice_reading.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/feed_store.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::desk {

class StandingLinks;

// What `record` is, as it stands or stood before it was taken back; nullopt if it is no notice.
std::optional<domain::NoticeKind> NoticeKindOf(const projection::RecordView& record);

// What the revision of a notice of `kind` says.
//   NOT_FOUND            its content is not held
//   FAILED_PRECONDITION  it takes the record back, or is no such notice that can be shown, and why
//   DATA_LOSS            the feed is damaged
absl::StatusOr<std::shared_ptr<google::protobuf::Message>> ReadNotice(const storage::FeedStore& feeds,
                                                                      domain::NoticeKind kind,
                                                                      const projection::Revision& revision);

// The bytes of the last revision that takes nothing back and could be read.
//   NOT_FOUND  there is none
absl::StatusOr<replication::Bytes> LastWords(const storage::FeedStore& feeds, const projection::RecordView& record);

domain::NotedRecord NotedOf(const projection::RecordKey& key);
projection::RecordKey KeyOf(const domain::NotedRecord& record);
// The newest revision.
domain::NotedRevision NewestOf(const projection::RecordView& record);

// The notice whose id begins with `id`, of any kind or of `kind`.
//   INVALID_ARGUMENT, NOT_FOUND  as FindRecord of record_office.h
absl::StatusOr<projection::RecordView> FindNotice(absl::string_view doing, const projection::Views& views,
                                                  const NodeView& view, absl::string_view id,
                                                  std::optional<domain::NoticeKind> kind);

// The same, and of a translation the notice that it translates, if that is held and stands.
absl::StatusOr<projection::RecordView> FindOriginalNotice(absl::string_view doing, const projection::Views& views,
                                                          const storage::FeedStore& feeds, const NodeView& view,
                                                          absl::string_view id, std::optional<domain::NoticeKind> kind);

// The clusters whose ids begin with `ids`, as the file of a record names them that has the links of `standing` already.
//   INVALID_ARGUMENT, NOT_FOUND  as FindRecord of record_office.h
//   FAILED_PRECONDITION          one was taken back, and is no standing link
absl::StatusOr<std::vector<domain::NotedRevision>> FindClusters(absl::string_view doing, const projection::Views& views,
                                                                const storage::FeedStore& feeds, const NodeView& view,
                                                                const std::vector<std::string>& ids,
                                                                const StandingLinks& standing);

//   FAILED_PRECONDITION  not a member yet, or the network's policy does not let this node write notices; says who can
absl::Status CheckMayPublishNotices(absl::string_view doing, const NodeView& view);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_NOTICE_RECORDS_H_
