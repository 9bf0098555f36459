#include "node/door/event_watch.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"

namespace hansa::node::door {
namespace {

// Between two looks while somebody listens, and while nobody does.
constexpr absl::Duration kPause = absl::Milliseconds(200);
constexpr absl::Duration kIdlePause = absl::Seconds(1);
// How the node is takes asking everybody: not more often than that, and a twentieth of the time at most.
constexpr absl::Duration kStatusPause = absl::Seconds(1);
constexpr int kStatusShare = 20;

void Add(std::string& print, const PeerView& peer) {
  absl::StrAppend(&print, "\n", peer.member, " ", peer.address, " ", peer.state, " ", peer.connected, " ", peer.away,
                  " ", peer.behind_entries, " ", peer.last_comparison_equal, " ", peer.last_error);
}

}  // namespace

std::string StatusPrint(const NodeView& view) {
  std::string print =
      absl::StrCat(view.member.value(), " ", view.slug, " ", view.state, " ", FenceName(view.fence), " ", view.in_sync,
                   " ", view.missing, " ", view.outbox.waiting, " ", view.outbox.set_aside, " ",
                   view.disk.refuses_writes, " ", KeepName(view.keep), " ", view.following);
  absl::StrAppend(&print, " ", static_cast<int>(view.disk.room), " ", view.forks.size(), " ", view.clones.size(), " ",
                  view.erasures.open, " ", view.list_age && *view.list_age > kListOld);
  for (const PeerView& peer : view.peers) Add(print, peer);
  return print;
}

EventWatch::EventWatch(const Parts& parts)
    : parts_(parts), changes_(parts.views.changes()), news_(parts.views.news().end()), thread_([this] { Loop(); }) {}

void EventWatch::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    stops_.Notify();
  }
  if (thread_.joinable()) thread_.join();
}

void EventWatch::Loop() {
  absl::Duration pause = kIdlePause;
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      if (stops_.Await(mutex_, pause, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; })) return;
    }
    const bool is_heard = parts_.hub.listening() > 0;
    if (is_heard) {
      LookAtAccounts();
      LookAtViews();
      until_status_ -= pause;
      if (until_status_ <= absl::ZeroDuration()) {
        until_status_ = std::max(kStatusPause, kStatusShare * LookAtStatus());
      }
    }
    pause = is_heard ? kPause : kIdlePause;
  }
}

void EventWatch::LookAtViews() {
  const std::uint64_t changes = parts_.views.changes();
  if (changes != changes_) parts_.hub.Tell({.what = EventKind::kViews});
  changes_ = changes;
  const std::uint64_t news = parts_.views.news().end();
  if (news != news_) parts_.hub.Tell({.what = EventKind::kNews});
  news_ = news;
}

void EventWatch::LookAtAccounts() {
  parts_.hub.EndOfWhoLeft();
  if (parts_.accounts == nullptr) return;
  const absl::StatusOr<bool> four_eyes = parts_.accounts->FourEyes();
  if (!four_eyes.ok()) return;
  if (*four_eyes != four_eyes_) parts_.hub.Tell({.what = EventKind::kProposals});
  four_eyes_ = *four_eyes;
}

absl::Duration EventWatch::LookAtStatus() {
  const auto began = std::chrono::steady_clock::now();
  const std::string status = StatusPrint(parts_.node.View());
  // The first look tells, too: what changed before it nobody has told whoever has just begun to listen.
  if (status != status_) parts_.hub.Tell({.what = EventKind::kStatus});
  status_ = status;
  return absl::FromChrono(std::chrono::steady_clock::now() - began);
}

}  // namespace hansa::node::door
