#include "node/daemon/roster_watch.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "node/daemon/log.h"

namespace hansa::node {
namespace {

// Seconds since 1970.
constexpr char kSetting[] = "roster-confirmed";
// A write to the disk now and then is enough for what counts in days.
constexpr absl::Duration kKeepEvery = absl::Hours(1);

std::optional<absl::Time> KeptIn(const storage::Tables& tables) {
  const absl::StatusOr<std::string> kept = tables.Get(storage::Table::kSettings, kSetting);
  std::int64_t seconds = 0;
  if (!kept.ok() || !absl::SimpleAtoi(*kept, &seconds)) return std::nullopt;
  return absl::FromUnixSeconds(seconds);
}

}  // namespace

bool IsListConfirmed(const NodeView& view) {
  const auto& members = view.roster->state().members;
  return std::any_of(view.peers.begin(), view.peers.end(), [&](const PeerView& peer) {
    if (!peer.connected || !peer.last_comparison_equal) return false;
    return std::any_of(members.begin(), members.end(), [&](const auto& member) {
      return member.second.slug == peer.member && member.second.is_live() && member.first != view.member &&
             member.second.kind == replication::MemberKind::kSecretariat;
    });
  });
}

RosterWatch::RosterWatch(Parts parts, absl::Duration pause) : parts_(std::move(parts)), pause_(pause) {
  const std::optional<absl::Time> kept = KeptIn(parts_.tables);
  since_ = kept.value_or(parts_.now());
  kept_ = since_;
  if (!kept) Keep(since_);
  thread_ = std::thread([this] { Run(); });
}

absl::Duration RosterWatch::Age() const {
  absl::MutexLock lock(&mutex_);
  return std::max(parts_.now() - since_, absl::ZeroDuration());
}

void RosterWatch::Keep(absl::Time since) {
  const storage::Write write{storage::Table::kSettings, kSetting, absl::StrCat(absl::ToUnixSeconds(since))};
  const absl::Status kept = parts_.tables.Apply({&write, 1}, storage::Durability::kLazy);
  if (!kept.ok()) return LogError("keeping when the list of members was confirmed: %s", std::string(kept.message()));
  kept_ = since;
}

void RosterWatch::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    told_.Notify();
  }
  if (thread_.joinable()) thread_.join();
}

void RosterWatch::Run() {
  while (true) {
    if (parts_.is_confirmed()) {
      const absl::Time now = parts_.now();
      {
        absl::MutexLock lock(&mutex_);
        since_ = now;
      }
      const bool is_due = now - kept_ >= kKeepEvery || now < kept_;
      if (is_due) Keep(now);
    }
    absl::MutexLock lock(&mutex_);
    if (told_.Await(mutex_, pause_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; })) return;
  }
}

}  // namespace hansa::node
