#include "node/daemon/dialler.h"

#include <algorithm>

namespace hansa::node {
namespace {

// A target held back because its member is connected is looked at again after this.
constexpr absl::Duration kRecheck = absl::Seconds(5);

bool Intersects(const std::set<replication::Pin>& a, const std::set<replication::Pin>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const replication::Pin& pin) { return b.contains(pin); });
}

// Its machine is off, or out of reach, or it left in order.
bool MetNobody(const absl::Status& why) {
  return why.ok() || absl::IsUnavailable(why) || absl::IsDeadlineExceeded(why) || absl::IsNotFound(why);
}

}  // namespace

void PeerDialler::SetTargets(const std::vector<replication::DialTarget>& targets) {
  std::set<std::string> named;
  for (const replication::DialTarget& target : targets) {
    named.insert(target.address);
    states_[target.address].target = target;
  }
  for (auto state = states_.begin(); state != states_.end();) {
    const bool keep = named.contains(state->first) || state->second.stage != DialState::Stage::kWaiting;
    state = keep ? std::next(state) : states_.erase(state);
  }
}

std::vector<replication::DialTarget> PeerDialler::Due(absl::Time now, const std::set<replication::Pin>& connected) {
  std::vector<replication::DialTarget> due;
  for (auto& [address, state] : states_) {
    if (state.stage != DialState::Stage::kWaiting || now < state.next) continue;
    if (Intersects(state.target.expected, connected)) {
      state.next = now + kRecheck;
      continue;
    }
    state.stage = DialState::Stage::kDialling;
    due.push_back(state.target);
  }
  return due;
}

void PeerDialler::Opened(const std::string& address, absl::Time now) {
  const auto found = states_.find(address);
  if (found == states_.end()) return;
  found->second.stage = DialState::Stage::kConnected;
  found->second.opened = now;
  found->second.last_error.clear();
}

void PeerDialler::Failed(const std::string& address, const absl::Status& why, absl::Time now, double chance,
                         absl::Duration pause_max) {
  const auto found = states_.find(address);
  if (found == states_.end()) return;
  DialState& state = found->second;
  const bool lasted = state.stage == DialState::Stage::kConnected && now - state.opened >= kLasting;
  if (lasted) state.failures = 0;
  constexpr int kDoublingsMax = 9;
  const absl::Duration cap = std::min(pause_max, kDialPauseMin * (1 << std::min(state.failures, kDoublingsMax)));
  state.stage = DialState::Stage::kWaiting;
  state.failures += 1;
  state.last_error = std::string(why.message());
  state.away = MetNobody(why);
  state.next = now + std::max(cap * chance, absl::Milliseconds(100));
}

absl::Time PeerDialler::deadline() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [address, state] : states_) {
    if (state.stage == DialState::Stage::kWaiting) next = std::min(next, state.next);
  }
  return next;
}

}  // namespace hansa::node
