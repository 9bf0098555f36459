#include "node/desk/verifier.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/transfer_unit.h"

namespace hansa::node::desk {
namespace {

using replication::Checkpoint;
using replication::Crypto;
using replication::Entry;
using replication::FeedAuthor;
using replication::FeedTail;
using replication::Hash;
using replication::Sequence;
using replication::TransferUnit;
using replication::VerifiedUnit;

std::string NameOf(const replication::Roster& roster, replication::Member member) {
  if (member == replication::kRosterWriter) return "roster";
  const replication::MemberRecord* record = roster.state().Find(member);
  return record == nullptr ? "" : record->slug;
}

// One feed, from its beginning to the length it had when it was listed.
class FeedVerification {
 public:
  FeedVerification(const storage::FeedStore& feeds, const replication::Roster& roster, const Crypto& crypto,
                   const storage::HeldFeed& held, VerifyReport& report)
      : feeds_(feeds), roster_(roster), crypto_(crypto), held_(held), report_(report) {}

  void Run() {
    ++report_.feeds;
    const FeedAuthor* author = roster_.AuthorOf(held_.feed);
    if (author == nullptr) {
      Problem(Sequence(1), "the roster does not name this feed");
      return;
    }
    author_ = *author;
    if (!FollowChain()) return;
    if (heads_[held_.newest.len] != held_.newest.head) {
      Problem(held_.newest.len, "the feed does not end where the store says it does");
    }
    CheckCheckpoints();
  }

 private:
  // Unit by unit, as they would be sent. False after a fault.
  bool FollowChain() {
    FeedTail tail;
    while (tail.len < held_.newest.len) {
      const Sequence next(tail.len.value() + 1);
      const absl::StatusOr<replication::Bytes> bytes = feeds_.ReadUnit(held_.feed, next);
      if (!bytes.ok()) return Fault(tail, bytes.status());
      absl::StatusOr<TransferUnit> unit = replication::DecodeUnit(*bytes);
      if (!unit.ok()) return Fault(tail, unit.status());
      const absl::StatusOr<VerifiedUnit> verified =
          VerifiedUnit::Verify(crypto_, roster_.network(), author_, tail, *unit);
      if (!verified.ok()) {
        Problem(FirstFault(tail, unit->entries), verified.status().message());
        return false;
      }
      Remember(*verified);
      tail = verified->tail();
    }
    return true;
  }

  void Remember(const VerifiedUnit& verified) {
    for (const replication::EntryHeader& header : verified.headers()) {
      if (header.seq.value() > 1) heads_[Sequence(header.seq.value() - 1)] = header.prev;
      ++report_.entries;
    }
    heads_[verified.end().len] = verified.end().head;
    report_.bytes += verified.counted_bytes();
  }

  // The store could not give a unit: looks for the entry that is the cause.
  bool Fault(const FeedTail& tail, const absl::Status& status) {
    const absl::StatusOr<std::vector<storage::StoredEntry>> stored =
        feeds_.ReadEntries(held_.feed, Sequence(tail.len.value() + 1), replication::kUnitEntriesMax);
    std::vector<Entry> entries;
    if (stored.ok()) {
      for (const storage::StoredEntry& entry : *stored) entries.push_back(entry.entry);
    }
    const Sequence at = entries.empty() ? Sequence(tail.len.value() + 1) : FirstFault(tail, entries);
    Problem(at, status.message());
    return false;
  }

  // The first of `entries` that does not follow or does not match its commitment. The last one if each
  // fits: then it is the signature that does not.
  Sequence FirstFault(const FeedTail& tail, const std::vector<Entry>& entries) const {
    FeedTail at = tail;
    for (const Entry& entry : entries) {
      const Sequence seq(at.len.value() + 1);
      const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(entry.header);
      if (!header.ok() || header->seq != seq || header->prev != at.head) return seq;
      if (!header->has_payload && entry.payload) return seq;  // one that is absent may be lawfully erased
      if (entry.payload && replication::PayloadCommit(crypto_, *entry.payload) != header->payload_commit) {
        return seq;
      }
      at = {seq, replication::EntryHash(crypto_, entry.header)};
    }
    return at.len;
  }

  void CheckCheckpoints() {
    const absl::StatusOr<std::vector<Checkpoint>> checkpoints = feeds_.Checkpoints(held_.feed);
    if (!checkpoints.ok()) {
      Problem(Sequence(1), checkpoints.status().message());
      return;
    }
    for (const Checkpoint& checkpoint : *checkpoints) {
      if (checkpoint.len > held_.newest.len) break;  // arrived meanwhile
      const auto head = heads_.find(checkpoint.len);
      if (checkpoint.feed != held_.feed || head == heads_.end() || head->second != checkpoint.head) {
        Problem(checkpoint.len, "a checkpoint names another entry than the one held");
      } else if (!replication::IsSignedBy(crypto_, roster_.network(), checkpoint, author_.writer)) {
        Problem(checkpoint.len, "the signature of a checkpoint is not its author's");
      } else {
        ++report_.signatures;
      }
    }
  }

  void Problem(Sequence sequence, absl::string_view what) {
    report_.problems.push_back({NameOf(roster_, held_.author.member),
                                replication::CollectionName(held_.author.collection), sequence, std::string(what)});
  }

  const storage::FeedStore& feeds_;
  const replication::Roster& roster_;
  const Crypto& crypto_;
  const storage::HeldFeed& held_;
  VerifyReport& report_;
  FeedAuthor author_;
  std::map<Sequence, Hash> heads_;  // hash of each entry followed
};

}  // namespace

absl::StatusOr<VerifyReport> VerifyHeld(const storage::FeedStore& feeds, const replication::Roster& roster,
                                        std::optional<replication::Member> member, const Crypto& crypto) {
  const absl::StatusOr<std::vector<storage::HeldFeed>> held = feeds.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  VerifyReport report;
  for (const storage::HeldFeed& feed : *held) {
    if (member && feed.author.member != *member) continue;
    FeedVerification(feeds, roster, crypto, feed, report).Run();
  }
  return report;
}

}  // namespace hansa::node::desk
