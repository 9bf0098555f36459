// What the replication thread shows of itself: in the words of `status` and `peers`.
#include <algorithm>

#include "node/daemon/core_view.h"
#include "node/daemon/replication_thread.h"

namespace hansa::node {
namespace {

// How old a comparison may be for a node to call itself in sync.
constexpr absl::Duration kProofMax = absl::Seconds(120);

bool IsInSync(const std::vector<PeerView>& peers, std::optional<double>* oldest) {
  bool any = false;
  for (const PeerView& peer : peers) {
    // Who is no member, or none any more, is not compared with.
    if (!peer.connected || peer.member.empty()) continue;
    any = true;
    if (!peer.last_comparison_equal || !peer.last_equal_root_s || peer.behind_entries > 0) return false;
    if (absl::Seconds(*peer.last_equal_root_s) > kProofMax) return false;
    *oldest = std::max(oldest->value_or(0), *peer.last_equal_root_s);
  }
  return any;
}

}  // namespace

Fence ReplicationThread::FenceNow() const {
  switch (replica_->fence()) {
    case replication::Fence::kLocked:
      return Fence::kLocked;
    case replication::Fence::kOpen:
      return Fence::kOpen;
    case replication::Fence::kUnconfirmed:
      return Fence::kUnconfirmed;
    case replication::Fence::kRecover:
      return Fence::kRecover;
    case replication::Fence::kReadonly:
      return Fence::kReadonly;
    case replication::Fence::kSuperseded:
      return Fence::kSuperseded;
  }
  return Fence::kLocked;
}

NodeView ReplicationThread::MakeView() {
  NodeView view;
  view.roster = roster_shown_;
  const replication::RosterState& state = roster_shown_->state();
  if (state.network_info) view.network = state.network_info->name;
  view.state = "applicant";
  if (const std::optional<replication::Member> own = replica_->own_member()) {
    const replication::MemberRecord* record = state.Find(*own);
    view.member = *own;
    view.slug = record->slug;
    view.name = record->name;
    view.role = replication::MemberKindName(record->kind);
    view.state = replication::MemberStateName(record->state);
  }
  view.fence = FenceNow();
  view.witness = replica_->witness();
  view.peers = MakePeers();
  view.forks = ForkViewsOf(replica_->Forked(), *roster_shown_);
  std::set<replication::Member> clones = replica_->clones_met();
  view.told_clone = replica_->told_clone();
  if (view.told_clone && view.member != replication::kMemberUnknown) clones.insert(view.member);
  view.clones.assign(clones.begin(), clones.end());
  view.erasures = ErasuresViewOf(replica_->OpenErasures(), replica_->erasure_coverage());
  view.missing = replica_->missing();
  if (replica_->lost_roster() != nullptr) view.list_signed_to = replica_->lost_roster()->signed_to.len.value();
  view.in_sync = IsInSync(view.peers, &view.in_sync_age_s) && view.missing == 0 && !view.list_signed_to;
  return view;
}

std::vector<PeerView> ReplicationThread::MakePeers() const {
  std::vector<PeerView> peers;
  std::set<std::string> shown;
  for (const replication::SessionView& session : replica_->Sessions()) {
    const auto link = links_.find(session.session.value());
    if (link == links_.end() || session.phase == replication::Phase::kClosed) continue;
    PeerView peer = PeerViewOf(session, *roster_shown_, now_);
    peer.address = link->second.address;
    shown.insert(peer.member);
    shown.insert(peer.address);
    peers.push_back(std::move(peer));
  }
  for (const auto& [address, dial] : dialler_.states()) {
    if (dial.stage == DialState::Stage::kConnected || shown.contains(address)) continue;
    if (!dial.target.member.empty() && shown.contains(dial.target.member)) continue;
    PeerView peer;
    peer.member = dial.target.member;
    peer.address = address;
    peer.state = dial.stage == DialState::Stage::kDialling ? "connecting" : "waiting";
    peer.last_error = dial.last_error;
    peer.away = dial.away;
    peers.push_back(std::move(peer));
  }
  std::sort(peers.begin(), peers.end(), [](const PeerView& a, const PeerView& b) {
    return std::tie(a.member, a.address) < std::tie(b.member, b.address);
  });
  return peers;
}

}  // namespace hansa::node
