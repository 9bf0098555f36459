// What a person does with this node's place in the network: a new root document, the end of its feeds before a change
// of keys, a word for where a feed ends.
#include "absl/strings/str_cat.h"
#include "node/daemon/daemon.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node {
namespace {
// An entry that says nothing but that its feed ends, in any collection but the roster.
replication::Kind EndKind(replication::Collection collection) {
  return replication::Kind(static_cast<std::uint16_t>(collection.value() * 256 + 255));
}

}  // namespace

absl::Status Daemon::TakeRoot(const replication::SignedRoot& next) {
  const std::vector<replication::Bytes> newest =
      NewestRoster()->root().SignedFrom(NewestRoster()->root().newest().version);
  if (!newest.empty()) {
    const absl::StatusOr<replication::SignedRoot> in_force = replication::DecodeSignedRoot(newest.back());
    if (in_force.ok() && in_force->body == next.body) return absl::OkStatus();
  }
  return replication_->TakeRoot(next);
}

absl::StatusOr<std::uint64_t> Daemon::EndFeeds() {
  const std::shared_ptr<const replication::Roster> roster = NewestRoster();
  const replication::Member member = replication_->View().member;
  absl::StatusOr<std::vector<storage::HeldFeed>> held = database_->feeds().Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  replication_->AwaitFence(kFencePatience);
  std::uint64_t ended = 0;
  for (const storage::HeldFeed& feed : *held) {
    const std::optional<replication::FeedAuthor> present = roster->PresentFeed(member, feed.author.collection);
    if (feed.author.member != member || !present || present->incarnation != feed.author.incarnation) continue;
    if (!feed.ended) {
      replication::PublishAsked asked;
      asked.collection = feed.author.collection;
      replication::NewEntry end;
      end.kind = EndKind(feed.author.collection);
      end.record = RandomRecordId();
      end.end_of_feed = true;
      asked.entries.push_back(std::move(end));
      HANSA_RETURN_IF_ERROR(replication_->Publish(std::move(asked)).status());
    }
    ++ended;
  }
  return ended;
}

absl::Status Daemon::ConfirmFeed(const FeedPoint& end) {
  const std::shared_ptr<const replication::Roster> roster = NewestRoster();
  const bool is_roster = end.collection == replication::kRosterCollection;
  const std::optional<replication::FeedAuthor> author =
      roster->PresentFeed(is_roster ? replication::kRosterWriter : replication_->View().member, end.collection);
  if (!author) return absl::FailedPreconditionError("this node writes no such feed");
  const replication::FeedId feed = replication::FeedIdOf(replication::SodiumCrypto(), roster->network(), *author);
  const absl::StatusOr<storage::HeldFeed> held = database_->feeds().Feed(feed);
  const replication::FeedTail here = held.ok() ? held->tail() : replication::FeedTail();
  if (here.len != end.len || here.head != end.head) {
    return absl::FailedPreconditionError(
        absl::StrCat("the feed held here ends at ", here.len.value(), ":", here.head.hex(), "; nothing was changed"));
  }
  if (replication_->AwaitFence(absl::ZeroDuration())) {
    return absl::FailedPreconditionError("this node may sign already; the feed needs no such word");
  }
  replication_->ConfirmFeed({feed, end.len, end.head, replication::Signature()});
  if (replication_->AwaitFence(kFencePatience)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "a hub is in reach and decides, or the node must be recovered; `hansa status` says which");
}

}  // namespace hansa::node
