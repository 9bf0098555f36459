// Joining a cluster, and leaving it.
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "node/desk/notice_records.h"
#include "node/desk/record_office.h"
#include "node/desk/taken_part_desk.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;

constexpr absl::string_view kJoining = "joining a cluster";
constexpr absl::string_view kLeaving = "leaving a cluster";
constexpr replication::Kind kJoinsCluster{v1::KIND_DIALOGUE_JOINS_CLUSTER};

// What this member says of the cluster as it stands; nullptr if it is not in it.
const ShelvedRecord* OwnJoining(const NoticeShelf& shelf, const NodeView& view, const domain::NotedRecord& cluster) {
  const auto joined = shelf.book().joined.find(cluster);
  if (joined == shelf.book().joined.end()) return nullptr;
  const auto own = joined->second.find(view.member);
  return own == joined->second.end() ? nullptr : shelf.Find(own->second);
}

// The newest of this member's records by which it was in the cluster and has left; nullopt if it never was.
absl::StatusOr<std::optional<RecordView>> OwnLeaving(const storage::FeedStore& feeds, const projection::Views& views,
                                                     const NodeView& view, const domain::NotedRecord& cluster) {
  const absl::StatusOr<std::vector<RecordView>> records = views.RecordsOf(view.member, replication::kDialogue);
  HANSA_RETURN_IF_ERROR(records.status());
  std::optional<RecordView> newest;
  for (const RecordView& record : *records) {
    const projection::Revision& last = record.revisions.back();
    if (!last.retracted || last.kind != kJoinsCluster) continue;
    if (newest && last.position < newest->revisions.back().position) continue;
    const absl::StatusOr<replication::Bytes> payload = LastWords(feeds, record);
    v1::JoinsCluster joins;
    const bool is_read = payload.ok() && joins.ParseFromString(*payload);
    if (is_read && domain::RecordOf(joins.cluster()) == cluster) newest = record;
  }
  return newest;
}

}  // namespace

absl::StatusOr<PublishedEntry> TakenPartDesk::Join(const ClusterWords& words) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kJoining, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<RecordView> cluster =
      FindOriginalNotice(kJoining, views_, node_.feeds(), view, words.cluster, domain::NoticeKind::kCluster);
  HANSA_RETURN_IF_ERROR(cluster.status());
  if (cluster->revisions.back().retracted) {
    return absl::FailedPreconditionError(
        absl::StrCat(kJoining, ": ", cluster->key.id.hex(), " was taken back; join another"));
  }
  v1::JoinsCluster joins;
  domain::Point(NewestOf(*cluster), *joins.mutable_cluster());
  joins.set_joined_on(words.joined_on);
  const absl::StatusOr<std::string> note = domain::CleanText(words.note, domain::Lines::kMany);
  if (!note.ok()) return While(kJoining, absl::InvalidArgumentError(absl::StrCat("note: ", note.status().message())));
  joins.set_note(*note);
  joins.set_language(words.language);
  if (!note->empty() && words.language.empty()) {
    return While(kJoining, absl::InvalidArgumentError("the language of the note is not given; give it, on the command "
                                                      "line with --language, such as en, ko or pt-BR"));
  }
  absl::StatusOr<std::string> payload = domain::EncodeRecord(joins);
  if (!payload.ok()) return While(kJoining, payload.status());
  const absl::StatusOr<NoticeShelf> shelf = NoticeShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const ShelvedRecord* own = OwnJoining(*shelf, view, NotedOf(cluster->key));
  v1::JoinsCluster stands;
  absl::StatusOr<PublishedEntry> entry;
  if (own != nullptr && stands.ParseFromString(own->payload) && domain::SaidBy(stands) == domain::SaidBy(joins)) {
    entry = Standing(view, own->record);
  } else {
    Publication publication{.collection = replication::kDialogue,
                            .kind = kJoinsCluster,
                            .record = std::nullopt,
                            .payload = *std::move(payload)};
    if (own != nullptr) publication.record = own->record.key.id;
    entry = SignOne(node_, view, std::move(publication), own == nullptr ? 0 : own->record.revisions.size());
  }
  if (entry.ok()) entry->title = LinkTo(node_.feeds(), view, *cluster).title;
  return entry;
}

absl::StatusOr<PublishedEntry> TakenPartDesk::Leave(absl::string_view id) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kLeaving, view, replication::kDialogue));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<RecordView> cluster =
      FindOriginalNotice(kLeaving, views_, node_.feeds(), view, id, domain::NoticeKind::kCluster);
  HANSA_RETURN_IF_ERROR(cluster.status());
  const absl::StatusOr<NoticeShelf> shelf = NoticeShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const ShelvedRecord* own = OwnJoining(*shelf, view, NotedOf(cluster->key));
  absl::StatusOr<PublishedEntry> entry;
  if (own == nullptr) {
    const absl::StatusOr<std::optional<RecordView>> left =
        OwnLeaving(node_.feeds(), views_, view, NotedOf(cluster->key));
    HANSA_RETURN_IF_ERROR(left.status());
    if (!left->has_value()) {
      return absl::FailedPreconditionError(absl::StrCat(kLeaving, ": ", view.slug, " is not in ", cluster->key.id.hex(),
                                                        "; hansa clusters show says who is"));
    }
    entry = Standing(view, **left);
  } else {
    entry = SignOne(
        node_, view,
        {.collection = replication::kDialogue, .kind = kJoinsCluster, .record = own->record.key.id, .retract = true},
        own->record.revisions.size());
  }
  if (entry.ok()) entry->title = LinkTo(node_.feeds(), view, *cluster).title;
  return entry;
}

}  // namespace hansa::node::desk
