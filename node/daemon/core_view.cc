#include "node/daemon/core_view.h"

#include <algorithm>

namespace hansa::node {
namespace {

std::string StateOf(const replication::SessionView& session) {
  if (session.phase == replication::Phase::kLive && !session.fetching) return "live";
  return "syncing";
}

}  // namespace

PeerView PeerViewOf(const replication::SessionView& session, const replication::Roster& roster, absl::Time now) {
  PeerView peer;
  if (session.member) peer.member = roster.state().Find(*session.member)->slug;
  peer.state = StateOf(session);
  peer.connected = true;
  peer.behind_entries = session.behind_entries;
  for (const auto& [collection, lag] : session.behind) {
    peer.behind_bytes += lag.bytes;
    if (lag.entries > 0) peer.behind.push_back({collection, lag.entries, lag.bytes});
  }
  if (session.stalled_since) peer.stalled_s = absl::ToDoubleSeconds(now - *session.stalled_since);
  peer.waiting = session.waiting;
  peer.refusals = session.refusals;
  if (session.last_equal) peer.last_equal_root_s = absl::ToDoubleSeconds(now - *session.last_equal);
  peer.last_comparison_equal = session.newest_comparison_equal;
  peer.last_error = session.last_error;
  return peer;
}

std::vector<ForkView> ForkViewsOf(const std::vector<replication::FeedId>& forked, const replication::Roster& roster) {
  std::vector<ForkView> forks;
  for (const replication::FeedId& feed : forked) {
    const replication::FeedAuthor* author = roster.AuthorOf(feed);
    if (author != nullptr) forks.push_back({feed, author->member, author->collection, author->incarnation});
  }
  return forks;
}

ErasuresView ErasuresViewOf(const std::vector<replication::OpenErasure>& open,
                            const replication::ErasureCoverage& coverage) {
  ErasuresView erasures;
  erasures.open = open.size();
  erasures.held_back = static_cast<std::uint64_t>(
      std::count_if(open.begin(), open.end(), [](const auto& order) { return order.waits_for_secretariat; }));
  erasures.ordered = coverage.ordered;
  erasures.done = coverage.erased;
  erasures.unverified = coverage.unverified;
  erasures.lost = coverage.lost;
  return erasures;
}

}  // namespace hansa::node
