#include "node/desk/notice_shelf.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "hansa/v1/kinds.pb.h"
#include "node/desk/notice_records.h"
#include "node/desk/record_office.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

bool IsShelved(replication::Kind kind) {
  return domain::NoticeKindOf(kind).has_value() || kind.value() == v1::KIND_DIALOGUE_TAKEN_PART ||
         kind.value() == v1::KIND_DIALOGUE_JOINS_CLUSTER;
}

}  // namespace

absl::StatusOr<NoticeShelf> NoticeShelf::Read(const storage::FeedStore& feeds, const projection::Views& views,
                                              const NodeView& view) {
  NoticeShelf shelf;
  std::vector<domain::NotedEntry> entries;
  for (const auto& [number, member] : view.roster->state().members) {
    for (const replication::Collection collection : {replication::kNotices, replication::kDialogue}) {
      HANSA_RETURN_IF_ERROR(shelf.ReadCollection(feeds, views, number, collection, entries));
    }
  }
  shelf.book_ = domain::BookOf(entries);
  return shelf;
}

absl::Status NoticeShelf::ReadCollection(const storage::FeedStore& feeds, const projection::Views& views,
                                         replication::Member member, replication::Collection collection,
                                         std::vector<domain::NotedEntry>& entries) {
  absl::StatusOr<std::vector<projection::RecordView>> records = views.RecordsOf(member, collection);
  HANSA_RETURN_IF_ERROR(records.status());
  for (projection::RecordView& record : *records) {
    const projection::Revision& last = record.revisions.back();
    if (!IsShelved(last.kind)) continue;
    domain::NotedEntry& entry = entries.emplace_back();
    entry.record = NotedOf(record.key);
    entry.place = {last.position.incarnation, last.position.seq};
    entry.retracted = last.retracted;
    ShelvedRecord shelved{std::move(record), ""};
    const projection::Revision& stands = shelved.record.revisions.back();
    if (!stands.retracted && stands.reading == projection::Reading::kUnderstood) {
      absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, stands.position);
      if (absl::IsDataLoss(payload.status())) return payload.status();
      if (payload.ok()) {
        entry.says = domain::ReadNoted(stands.kind, *payload);
        shelved.payload = *std::move(payload);
      }
    }
    records_.insert_or_assign(entry.record, std::move(shelved));
  }
  return absl::OkStatus();
}

const ShelvedRecord* NoticeShelf::Find(const domain::NotedRecord& record) const {
  const auto found = records_.find(record);
  return found == records_.end() ? nullptr : &found->second;
}

std::vector<const ShelvedRecord*> NoticeShelf::JoinedOf(const NodeView& view,
                                                        const domain::NotedRecord& cluster) const {
  std::set<std::pair<std::string, domain::NotedRecord>> by_name;
  if (const auto found = book_.joined.find(cluster); found != book_.joined.end()) {
    for (const auto& [member, record] : found->second) by_name.emplace(NameOf(view, member), record);
  }
  std::vector<const ShelvedRecord*> joined;
  joined.reserve(by_name.size());
  for (const auto& [name, record] : by_name) joined.push_back(&records_.at(record));
  return joined;
}

std::vector<const ShelvedRecord*> NoticeShelf::TakenPart(const NodeView& view, const domain::NotedRecord* event) const {
  // Without a first day it comes last of its member.
  std::set<std::tuple<std::string, replication::Member, bool, std::string, std::string, domain::NotedRecord>> by_name;
  for (const auto& [record, part] : book_.taken_part) {
    if (event != nullptr && part.event != *event) continue;
    by_name.emplace(NameOf(view, record.author), record.author, part.starts_on.empty(), part.starts_on, part.title,
                    record);
  }
  std::vector<const ShelvedRecord*> taken_part;
  taken_part.reserve(by_name.size());
  for (const auto& each : by_name) taken_part.push_back(&records_.at(std::get<5>(each)));
  return taken_part;
}

}  // namespace hansa::node::desk
