// Files of an own practice: each change is a revision.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/practice_desk.h"
#include "node/desk/practice_records.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

constexpr absl::string_view kAttaching = "attaching a file";
constexpr absl::string_view kDetaching = "detaching a file";
constexpr int kFilesMax = 10;

}  // namespace

absl::StatusOr<PublishedEntry> PracticeDesk::ChangeFiles(absl::string_view doing, absl::string_view id,
                                                         const std::function<absl::Status(v1::Practice&)>& change) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(doing, view, replication::kPractices));
  const absl::StatusOr<Stands> stands = FindToRevise(doing, view, id);
  HANSA_RETURN_IF_ERROR(stands.status());
  const absl::StatusOr<std::shared_ptr<v1::Practice>> present =
      ReadPractice(node_.feeds(), stands->record.revisions.back());
  HANSA_RETURN_IF_ERROR(While(doing, present.status()));
  v1::Practice practice = **present;
  practice.clear_revision_reason();
  HANSA_RETURN_IF_ERROR(While(doing, change(practice)));
  absl::StatusOr<PublishedEntry> entry = SignRevision(view, stands->record, practice);
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = practice.title();
  return entry;
}

absl::StatusOr<PublishedEntry> PracticeDesk::AddAttachment(absl::string_view id, const v1::Attachment& attachment) {
  return ChangeFiles(kAttaching, id, [&](v1::Practice& practice) -> absl::Status {
    for (const v1::Attachment& each : practice.attachments()) {
      if (each.name() != attachment.name()) continue;
      return absl::AlreadyExistsError(absl::StrCat("the practice has a file called ", domain::Quoted(each.name()),
                                                   " already; detach it, or give this one another name"));
    }
    if (practice.attachments_size() >= kFilesMax) {
      return absl::FailedPreconditionError("the practice has 10 files, which is as many as it may; detach one");
    }
    *practice.add_attachments() = attachment;
    return absl::OkStatus();
  });
}

absl::StatusOr<PublishedEntry> PracticeDesk::RemoveAttachment(absl::string_view id, absl::string_view name) {
  return ChangeFiles(kDetaching, id, [&](v1::Practice& practice) -> absl::Status {
    auto& files = *practice.mutable_attachments();
    const auto it = std::find_if(files.begin(), files.end(), [&](const auto& each) { return each.name() == name; });
    if (it == files.end()) {
      return NoFileCalled(name);
    }
    files.erase(it);
    return absl::OkStatus();
  });
}

}  // namespace hansa::node::desk
