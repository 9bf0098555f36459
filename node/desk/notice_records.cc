#include "node/desk/notice_records.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/desk/standing_links.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

// For somebody who asked for a notice of `kind`.
std::string Otherwise(const RecordView& record, std::optional<domain::NoticeKind> kind) {
  const std::string what = WhatIs(record);
  if (!kind) return absl::StrCat(record.key.id.hex(), " is ", what, ", not a notice; hansa notices list shows those");
  if (*kind == domain::NoticeKind::kCluster) {
    return absl::StrCat(record.key.id.hex(), " is ", what, ", not a cluster; hansa clusters list shows those");
  }
  return absl::StrCat(record.key.id.hex(), " is ", what, ", not of the kind ", domain::NoticeKindName(*kind),
                      "; hansa notices list shows those");
}

}  // namespace

std::optional<domain::NoticeKind> NoticeKindOf(const RecordView& record) {
  if (record.key.collection != replication::kNotices) return std::nullopt;
  for (auto revision = record.revisions.rbegin(); revision != record.revisions.rend(); ++revision) {
    if (!revision->retracted) return domain::NoticeKindOf(revision->kind);
  }
  return domain::NoticeKindOf(record.revisions.back().kind);
}

absl::StatusOr<std::shared_ptr<google::protobuf::Message>> ReadNotice(const storage::FeedStore& feeds,
                                                                      domain::NoticeKind kind,
                                                                      const Revision& revision) {
  if (revision.retracted) return absl::FailedPreconditionError("it was taken back");
  if (revision.reading != projection::Reading::kUnderstood) return absl::FailedPreconditionError(revision.what);
  if (revision.kind != domain::RecordKindOf(kind)) {
    return absl::FailedPreconditionError("this revision is of another kind");
  }
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  std::shared_ptr<google::protobuf::Message> notice = domain::NewNotice(kind);
  if (!notice->ParseFromString(*payload)) return absl::DataLossError("reading a notice: its bytes are damaged");
  return notice;
}

absl::StatusOr<replication::Bytes> LastWords(const storage::FeedStore& feeds, const RecordView& record) {
  for (auto revision = record.revisions.rbegin(); revision != record.revisions.rend(); ++revision) {
    if (revision->retracted || revision->reading != projection::Reading::kUnderstood) continue;
    return projection::ReadPayload(feeds, revision->position);
  }
  return absl::NotFoundError("its earlier revisions are not held here");
}

domain::NotedRecord NotedOf(const projection::RecordKey& key) { return {key.member, key.collection, key.id}; }
projection::RecordKey KeyOf(const domain::NotedRecord& record) { return {record.author, record.collection, record.id}; }
domain::NotedRevision NewestOf(const RecordView& record) {
  return {NotedOf(record.key), record.revisions.back().entry_hash};
}

absl::StatusOr<RecordView> FindNotice(absl::string_view doing, const projection::Views& views, const NodeView& view,
                                      absl::string_view id, std::optional<domain::NoticeKind> kind) {
  const auto is_it = [kind](const RecordView& record) {
    const std::optional<domain::NoticeKind> is = NoticeKindOf(record);
    return is.has_value() && (!kind || is == kind);
  };
  return FindRecord(
      views, {doing, id, view.member, is_it, [kind](const RecordView& record) { return Otherwise(record, kind); }});
}

absl::StatusOr<RecordView> FindOriginalNotice(absl::string_view doing, const projection::Views& views,
                                              const storage::FeedStore& feeds, const NodeView& view,
                                              absl::string_view id, std::optional<domain::NoticeKind> kind) {
  absl::StatusOr<RecordView> notice = FindNotice(doing, views, view, id, kind);
  HANSA_RETURN_IF_ERROR(notice.status());
  std::set<projection::RecordKey> met = {notice->key};
  while (true) {
    const domain::NoticeKind is = *NoticeKindOf(*notice);
    const absl::StatusOr<std::shared_ptr<google::protobuf::Message>> content =
        ReadNotice(feeds, is, notice->revisions.back());
    if (!content.ok()) return notice;
    const std::optional<domain::NotedRecord> translated = domain::FactsOf(is, **content).translation_of;
    if (!translated || !met.insert(KeyOf(*translated)).second) return notice;
    absl::StatusOr<RecordView> original = views.Record(KeyOf(*translated));
    if (!original.ok() || original->revisions.back().retracted || NoticeKindOf(*original) != is) return notice;
    notice = std::move(original);
  }
}

absl::StatusOr<std::vector<domain::NotedRevision>> FindClusters(absl::string_view doing, const projection::Views& views,
                                                                const storage::FeedStore& feeds, const NodeView& view,
                                                                const std::vector<std::string>& ids,
                                                                const StandingLinks& standing) {
  std::vector<domain::NotedRevision> clusters;
  for (const std::string& id : ids) {
    const absl::StatusOr<RecordView> cluster =
        FindOriginalNotice(doing, views, feeds, view, id, domain::NoticeKind::kCluster);
    HANSA_RETURN_IF_ERROR(cluster.status());
    const std::optional<domain::NotedRevision> meant = standing.PointAt(*cluster, cluster->revisions.back().retracted);
    if (!meant) {
      return absl::FailedPreconditionError(
          absl::StrCat(doing, ": clusters: ", cluster->key.id.hex(), " was taken back; leave it out"));
    }
    const bool is_named = std::any_of(clusters.begin(), clusters.end(), [&](const domain::NotedRevision& named) {
      return named.record == meant->record;
    });
    if (!is_named) clusters.push_back(*meant);
  }
  return clusters;
}

absl::Status CheckMayPublishNotices(absl::string_view doing, const NodeView& view) {
  if (view.member == replication::kMemberUnknown || view.roster->PresentFeed(view.member, replication::kNotices)) {
    return CheckMayPublish(doing, view, replication::kNotices);
  }
  std::vector<std::string> kinds;
  for (const auto& [right, limit] : view.roster->state().rights) {
    if (right.second == replication::kNotices) kinds.push_back(MemberKindName(right.first));
  }
  if (kinds.empty()) return CheckMayPublish(doing, view, replication::kNotices);
  return absl::FailedPreconditionError(
      absl::StrCat(doing, ": members of kind ", view.role,
                   " may not publish notices in this network; these may: ", absl::StrJoin(kinds, ", ")));
}

}  // namespace hansa::node::desk
