#include "node/desk/erasure_desk.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/record_office.h"
#include "node/domain/text.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/erasure_book.h"

namespace hansa::node::desk {
namespace {

using membership::ApprovalFile;
using membership::ErasureItem;
using membership::Proposal;
using projection::RecordView;
using projection::Revision;
using replication::ErasureReason;
using replication::ErasureTarget;
using replication::Member;
using replication::MemberKind;
using replication::Sequence;

constexpr char kDoing[] = "erasing a record";

absl::Status Refused(absl::string_view why) { return absl::FailedPreconditionError(absl::StrCat(kDoing, ": ", why)); }

// Who has ordered what to be erased. An excuse for what is lost orders nothing.
using Orders = std::map<ErasureTarget, std::set<Member>>;

absl::StatusOr<Orders> AllOrders(const storage::FeedStore& feeds, const replication::Roster& roster) {
  const absl::StatusOr<std::vector<storage::StoredHeader>> headers = feeds.ErasureHeaders();
  HANSA_RETURN_IF_ERROR(headers.status());
  Orders orders;
  for (const storage::StoredHeader& stored : *headers) {
    const replication::FeedAuthor* author = roster.AuthorOf(stored.feed);
    const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.header);
    HANSA_RETURN_IF_ERROR(header.status());
    const std::optional<replication::ErasureOrder> order = replication::OrderIn(*header);
    if (author == nullptr || !order || order->reason == ErasureReason::kLost) continue;
    orders[order->target].insert(author->member);
  }
  return orders;
}

std::set<Member> OrderedBy(const Orders& orders, const ErasureTarget& target) {
  const auto found = orders.find(target);
  return found == orders.end() ? std::set<Member>() : found->second;
}

bool IsSecretariat(const NodeView& view, Member member) {
  const replication::MemberRecord* known = view.roster->state().Find(member);
  return known != nullptr && known->kind == MemberKind::kSecretariat;
}

absl::StatusOr<RecordView> FindRecord(const projection::Views& views, const NodeView& view, const std::string& id) {
  absl::StatusOr<std::vector<RecordView>> records = views.RecordsById(id);
  HANSA_RETURN_IF_ERROR(records.status());
  if (records->empty()) {
    return absl::NotFoundError(absl::StrCat(kDoing, ": no record here begins with ", domain::Quoted(id)));
  }
  if (records->size() > 1) {
    std::erase_if(*records, [&](const RecordView& record) { return record.key.member != view.member; });
  }
  if (records->size() == 1) return std::move(records->front());
  return absl::InvalidArgumentError(
      absl::StrCat(kDoing, ": several records begin with ", domain::Quoted(id), "; give more digits"));
}

absl::Status CheckMayErase(const NodeView& view, const RecordView& record, ErasureReason reason) {
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kDoing, view, replication::kErasures));
  if (record.key.collection == replication::kErasures) {
    return Refused("it is an order to erase itself, and stays as long as the network");
  }
  const bool is_secretariat = IsSecretariat(view, view.member);
  if (reason == ErasureReason::kLost && !is_secretariat) {
    return Refused("only the secretariat says that something is lost; name another reason");
  }
  if (record.key.member == view.member || is_secretariat) return absl::OkStatus();
  return Refused(absl::StrCat("the record is of ", SlugOf(view, record.key.member),
                              "; ask that member, or the secretariat, to erase it"));
}

// Whether there is something to order of one entry. What was ordered before does not show here, and may be ordered
// again by the other side.
absl::StatusOr<bool> CanBeOrdered(const storage::FeedStore& feeds, const ErasureItem& item, const Orders& orders) {
  const absl::StatusOr<std::vector<storage::StoredEntry>> read =
      feeds.ReadEntries(item.target.feed, item.target.seq, 1);
  HANSA_RETURN_IF_ERROR(read.status());
  if (read->empty()) return false;
  const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(read->front().entry.header);
  HANSA_RETURN_IF_ERROR(header.status());
  if (!header->has_payload || item.reason != ErasureReason::kLost) return header->has_payload;
  return !read->front().entry.payload && !orders.contains(item.target);
}

// One entry that is to be erased, before anybody has approved it.
EntryToErase EntryOf(const NodeView& view, const Revision& revision, std::uint64_t number, ErasureReason reason) {
  EntryToErase entry;
  entry.revision = number;
  entry.seq = revision.position.seq;
  entry.item = {{revision.position.feed, revision.position.seq, revision.entry_hash}, reason};
  entry.proposal = {view.roster->network(), replication::kErasureOrder, RandomRecordId(), Encode(entry.item)};
  return entry;
}

absl::StatusOr<Erasure> EntriesOf(const storage::FeedStore& feeds, const NodeView& view, const RecordView& record,
                                  ErasureReason reason, const Orders& orders) {
  Erasure erasure{record.key, SlugOf(view, record.key.member), reason, {}, 0, {}};
  erasure.approvals_needed = view.roster->root().newest().approvals;
  for (std::size_t i = 0; i < record.revisions.size(); ++i) {
    EntryToErase entry = EntryOf(view, record.revisions[i], i + 1, reason);
    const absl::StatusOr<bool> can = CanBeOrdered(feeds, entry.item, orders);
    HANSA_RETURN_IF_ERROR(can.status());
    if (*can) erasure.entries.push_back(std::move(entry));
  }
  if (!erasure.entries.empty()) return erasure;
  return Refused(reason == ErasureReason::kLost ? "nothing of it is missing here" : "nothing was ever in it");
}

absl::Status TakeApproval(const NodeView& view, const ApprovalFile& file, EntryToErase& entry) {
  if (entry.approvals.empty()) entry.proposal.record = file.record;
  HANSA_RETURN_IF_ERROR(CheckApproval(entry.proposal, file));
  const std::vector<replication::PublicKey>& officers = view.roster->root().newest().officer_keys;
  if (std::find(officers.begin(), officers.end(), file.approval.officer) == officers.end()) {
    return absl::FailedPreconditionError(
        "an approval is by a key that is no officer's of this network: ask an officer in office");
  }
  for (const replication::Approval& before : entry.approvals) {
    if (before.officer == file.approval.officer) return absl::OkStatus();
  }
  if (entry.approvals.size() < replication::kOrderApprovalsMax) entry.approvals.push_back(file.approval);
  return absl::OkStatus();
}

absl::Status TakeApprovals(const NodeView& view, const std::vector<std::string>& files, Erasure& erasure) {
  for (const std::string& bytes : files) {
    const absl::StatusOr<ApprovalFile> file = membership::DecodeApproval(bytes);
    HANSA_RETURN_IF_ERROR(file.status());
    const auto entry = std::find_if(erasure.entries.begin(), erasure.entries.end(), [&](const EntryToErase& one) {
      return file->kind == one.proposal.kind &&
             file->body_hash == replication::SodiumCrypto().Sha256(one.proposal.body);
    });
    if (entry == erasure.entries.end()) {
      return Refused(
          "an approval is of something else than to erase an entry of this record for this reason; leave it out");
    }
    HANSA_RETURN_IF_ERROR(TakeApproval(view, *file, *entry));
  }
  return absl::OkStatus();
}

absl::Duration HoldOf(const NodeView& view, const Erasure& erasure, const EntryToErase& entry,
                      const std::set<Member>& ordered_by) {
  if (erasure.reason == ErasureReason::kLost) return absl::ZeroDuration();
  if (entry.approvals.size() >= erasure.approvals_needed) return absl::ZeroDuration();
  const bool is_author = erasure.record.member == view.member;
  const bool other_side_ordered = std::any_of(ordered_by.begin(), ordered_by.end(), [&](Member by) {
    return is_author ? by != view.member && IsSecretariat(view, by) : by == erasure.record.member;
  });
  if (other_side_ordered) return absl::ZeroDuration();
  return IsSecretariat(view, view.member) ? replication::kSecretariatHold : replication::kAuthorHold;
}

Publication PublicationOf(const EntryToErase& entry) {
  Publication publication;
  publication.collection = replication::kErasures;
  publication.kind = replication::kErasureOrder;
  publication.record = entry.proposal.record;
  publication.ext = membership::ErasureExtensions(entry.item, entry.approvals);
  return publication;
}

}  // namespace

absl::StatusOr<Erasure> ErasureDesk::Propose(const EraseRequest& request) const {
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const NodeView view = node_.View();
  if (view.roster == nullptr) return Refused("the list of members has not arrived yet");
  const absl::StatusOr<RecordView> record = FindRecord(views_, view, request.id);
  HANSA_RETURN_IF_ERROR(record.status());
  HANSA_RETURN_IF_ERROR(CheckMayErase(view, *record, request.reason));
  const absl::StatusOr<Orders> orders = AllOrders(node_.feeds(), *view.roster);
  HANSA_RETURN_IF_ERROR(orders.status());
  absl::StatusOr<Erasure> erasure = EntriesOf(node_.feeds(), view, *record, request.reason, *orders);
  HANSA_RETURN_IF_ERROR(erasure.status());
  HANSA_RETURN_IF_ERROR(TakeApprovals(view, request.approvals, *erasure));
  for (EntryToErase& entry : erasure->entries) {
    const std::set<Member> ordered_by = OrderedBy(*orders, entry.item.target);
    entry.already = ordered_by.contains(view.member);
    entry.hold = HoldOf(view, *erasure, entry, ordered_by);
  }
  return erasure;
}

absl::StatusOr<Erasure> ErasureDesk::Order(const EraseRequest& request) {
  absl::StatusOr<Erasure> erasure = Propose(request);
  HANSA_RETURN_IF_ERROR(erasure.status());
  std::vector<Publication> batch;
  std::vector<EntryToErase*> ordered;
  for (EntryToErase& entry : erasure->entries) {
    if (entry.already && entry.approvals.empty()) continue;
    batch.push_back(PublicationOf(entry));
    ordered.push_back(&entry);
  }
  if (batch.empty()) return erasure;
  const absl::StatusOr<std::vector<Published>> published = node_.Publish(batch);
  HANSA_RETURN_IF_ERROR(published.status());
  erasure->queued = published->back().queued;
  if (erasure->queued) return erasure;
  for (std::size_t i = 0; i < published->size(); ++i) ordered[i]->order = (*published)[i].seq;
  erasure->held_by = published->back().held_by;
  return erasure;
}

}  // namespace hansa::node::desk
