// What is published while this node may not sign waits in the outbox; here it gets there and leaves it again.
#include <algorithm>

#include "absl/time/clock.h"
#include "node/daemon/daemon.h"
#include "node/daemon/log.h"
#include "replication/check.h"

namespace hansa::node {
namespace {

// How many entries at the end of a feed are looked through for one that was signed just before the node ended.
constexpr std::uint64_t kTailLookedAt = 64;

}  // namespace

bool Daemon::IsOutboxEmpty() const {
  absl::MutexLock lock(&outbox_mutex_);
  return outbox_->size() == 0;
}

OutboxView Daemon::OutboxNow() const {
  absl::MutexLock lock(&outbox_mutex_);
  OutboxView view;
  view.waiting = outbox_->size();
  view.set_aside = outbox_->set_aside();
  view.records = outbox_->records();
  const absl::StatusOr<std::optional<absl::Time>> since = outbox_->OldestSince();
  // Clocks are put back at times.
  if (since.ok() && *since) view.oldest_s = std::max(0.0, absl::ToDoubleSeconds(absl::Now() - **since));
  return view;
}

absl::StatusOr<std::vector<Published>> Daemon::Queue(const Outgoing& outgoing) {
  {
    absl::MutexLock lock(&outbox_mutex_);
    HANSA_RETURN_IF_ERROR(outbox_->Add(outgoing));
  }
  outbox_thread_->Notify();
  const replication::Member member = replication_->View().member;
  std::vector<Published> published;
  for (const replication::NewEntry& entry : outgoing.entries) {
    Published waits{entry.record, member, outgoing.collection, replication::Sequence(), replication::Hash(), {}};
    waits.queued = true;
    published.push_back(std::move(waits));
  }
  return published;
}

// Whether the oldest was signed and not removed, because the node ended in between.
bool Daemon::WasSigned(const Outgoing& outgoing) const {
  const std::shared_ptr<const replication::Roster> roster = NewestRoster();
  const replication::Member member = replication_->View().member;
  const std::optional<replication::FeedAuthor> author = roster->PresentFeed(member, outgoing.collection);
  if (!author || outgoing.entries.empty()) return false;
  const replication::FeedId feed = replication::FeedIdOf(replication::SodiumCrypto(), roster->network(), *author);
  const absl::StatusOr<storage::HeldFeed> held = database_->feeds().Feed(feed);
  if (!held.ok()) return false;
  const std::uint64_t len = held->newest.len.value();
  const replication::Sequence from(len > kTailLookedAt ? len - kTailLookedAt + 1 : 1);
  const absl::StatusOr<std::vector<storage::StoredEntry>> tail =
      database_->feeds().ReadEntries(feed, from, kTailLookedAt);
  if (!tail.ok()) return false;
  const replication::NewEntry& first = outgoing.entries.front();
  for (const storage::StoredEntry& stored : *tail) {
    const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.entry.header);
    const bool is_it = header.ok() && header->record == first.record && header->kind == first.kind &&
                       header->claimed_time_ms == first.claimed_time_ms;
    if (is_it) return true;
  }
  return false;
}

void Daemon::SendOutbox() {
  while (is_running_ && !stopping_) {
    absl::StatusOr<std::optional<Outgoing>> oldest = std::nullopt;
    {
      absl::MutexLock lock(&outbox_mutex_);
      oldest = outbox_->Oldest();
    }
    if (!oldest.ok()) return LogError("outbox: %s", std::string(oldest.status().message()));
    if (!*oldest) return;
    absl::Status done = absl::OkStatus();
    if (!WasSigned(**oldest)) done = replication_->Publish(AskedOf(**oldest)).status();
    // Nothing of it is lost while the fence is closed, for whatever reason.
    const bool is_closed = absl::IsUnavailable(done) || !replication_->AwaitFence(absl::ZeroDuration());
    if (!done.ok() && is_closed) return;
    absl::MutexLock lock(&outbox_mutex_);
    if (!done.ok()) LogError("a publication that waited is put aside: %s", std::string(done.message()));
    const absl::Status removed = done.ok() ? outbox_->RemoveOldest() : outbox_->SetOldestAside(done);
    if (!removed.ok()) return LogError("outbox: %s", std::string(removed.message()));
  }
}

}  // namespace hansa::node
