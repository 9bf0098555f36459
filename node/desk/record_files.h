// Files that records of any kind name: which record an id means, what a revision of it names, and own records signed
// anew with other files. Reads the record that is asked for and nothing beside it.
#ifndef HANSA_NODE_DESK_RECORD_FILES_H_
#define HANSA_NODE_DESK_RECORD_FILES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/desk/record_office.h"
#include "node/files/files_named.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

using files::Attachments;

// The record that names files for `id`: of a translation of a practice, the practice.
//   INVALID_ARGUMENT  `id` is not 6 to 32 hex digits, or several such records begin so
//   NOT_FOUND         none does, or it is of a kind that names no files
absl::StatusOr<projection::RecordView> FindWithFiles(absl::string_view doing, const projection::Views& views,
                                                     const storage::FeedStore& feeds, const NodeView& view,
                                                     absl::string_view id);

// The files that a revision of `record` names, in its author's order; 0: the present one. None where it takes the
// record back, or cannot be shown.
//   NOT_FOUND  there is no such revision
absl::StatusOr<std::vector<v1::Attachment>> AttachmentsIn(absl::string_view doing, const storage::FeedStore& feeds,
                                                          const projection::RecordView& record, std::uint64_t revision);

// What an own record is to name instead of what it names.
struct FilesChange {
  absl::string_view doing;
  std::string id;  // 6 to 32 hex digits
  std::function<absl::Status(Attachments&)> change;
};
// Whether such records may be signed anew with other files: practices, offers, notices, strategies, topics and
// answers.
bool MayChangeFiles(const projection::RecordView& record);
// A revision of an own record that differs in its files alone. For the desk of its collection, which sees to it that
// nothing else of it is signed meanwhile.
//   NOT_FOUND            as FindWithFiles
//   FAILED_PRECONDITION  it is another member's, was taken back, or is of a kind that stays as it was published; a
//                        revision of it waits to be signed; this node may not write its collection
// and as `change`.
absl::StatusOr<PublishedEntry> SignWithFiles(RunningNode& node, const projection::Views& views,
                                             const FilesChange& change);

// Files that `before` names and `after` does not mention stay.
void KeepFiles(const Attachments& before, Attachments& after);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_RECORD_FILES_H_
