#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/api/version.h"
#include "node/api/who.h"
#include "node/files/file_keeper.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

void Put(const PeerView& peer, v1::PeerStatus& out) {
  out.set_member(peer.member);
  out.set_address(peer.address);
  out.set_state(peer.state);
  out.set_connected(peer.connected);
  out.set_behind_entries(peer.behind_entries);
  out.set_behind_bytes(peer.behind_bytes);
  if (peer.last_equal_root_s) out.set_last_equal_root_s(*peer.last_equal_root_s);
  out.set_last_comparison_equal(peer.last_comparison_equal);
  out.set_last_error(peer.last_error);
  for (const LagView& lag : peer.behind) {
    v1::CollectionLag& row = *out.add_behind();
    row.set_collection(replication::CollectionName(lag.collection));
    row.set_entries(lag.entries);
    row.set_bytes(lag.bytes);
  }
  if (peer.stalled_s) out.set_stalled_s(*peer.stalled_s);
  out.set_waiting(peer.waiting);
  for (const auto& [reason, count] : peer.refusals) {
    v1::RefusalCount& row = *out.add_refusals();
    row.set_reason(replication::RefusalName(reason));
    row.set_count(count);
    row.set_senders_fault(replication::IsSendersFault(reason));
  }
}

void PutPeers(std::vector<PeerView> peers, google::protobuf::RepeatedPtrField<v1::PeerStatus>& out) {
  std::sort(peers.begin(), peers.end(), [](const PeerView& a, const PeerView& b) {
    return std::tie(a.member, a.address) < std::tie(b.member, b.address);
  });
  for (const PeerView& peer : peers) Put(peer, *out.Add());
}

void PutForks(const NodeView& view, v1::GetStatusReply& reply) {
  std::vector<ForkView> forks = view.forks;
  std::sort(forks.begin(), forks.end(), [&view](const ForkView& a, const ForkView& b) {
    return std::make_tuple(SlugOf(view, a.member), a.collection, a.incarnation) <
           std::make_tuple(SlugOf(view, b.member), b.collection, b.incarnation);
  });
  for (const ForkView& fork : forks) {
    v1::ForkedFeed& out = *reply.add_forks();
    out.set_member(SlugOf(view, fork.member));
    out.set_collection(replication::CollectionName(fork.collection));
    out.set_incarnation(fork.incarnation.value());
  }
}

void PutClones(const NodeView& view, v1::GetStatusReply& reply) {
  std::vector<std::string> slugs;
  for (const replication::Member member : view.clones) slugs.push_back(SlugOf(view, member));
  std::sort(slugs.begin(), slugs.end());
  for (std::string& slug : slugs) reply.add_clones(std::move(slug));
}

// What was in an entry is gone once its files are.
void Put(const ErasuresView& erasures, const files::ErasureRest& rest, v1::ErasureProgress& out) {
  out.set_open(erasures.open);
  out.set_held_back(erasures.held_back);
  out.set_ordered(erasures.ordered);
  out.set_done(erasures.done - rest.entries);
  out.set_files_left(rest.files);
  out.set_unverified(erasures.unverified);
  out.set_lost(erasures.lost);
}

void Put(const files::FileTotals& files, v1::FilesStatus& out) {
  out.set_here(files.here);
  out.set_wanted(files.wanted);
  out.set_bytes(files.bytes);
  out.set_bytes_here(files.bytes_here);
}

void Put(const OutboxView& outbox, v1::OutboxStatus& out) {
  out.set_waiting(outbox.waiting);
  if (outbox.oldest_s) out.set_oldest_s(*outbox.oldest_s);
  out.set_set_aside(outbox.set_aside);
}

void Put(const DiskView& disk, v1::DiskStatus& out) {
  out.set_free_bytes(disk.space.free);
  out.set_total_bytes(disk.space.total);
  out.set_room(storage::RoomName(disk.room));
  out.set_refuses_writes(disk.refuses_writes);
  out.set_mended(disk.mended);
  out.set_salvaged(disk.salvaged);
}

void PutRoster(const replication::Roster& roster, v1::GetStatusReply& reply) {
  reply.set_roster_length(roster.position().len.value());
  reply.set_network_id(roster.network().hex());
  std::uint64_t live = 0;
  for (const auto& [number, member] : roster.state().members) live += member.is_live() ? 1 : 0;
  reply.set_members(live);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::GetStatusRequest&, v1::GetStatusReply& reply) {
  const NodeView view = parts.node.View();
  reply.set_member(view.slug);
  reply.set_name(view.name);
  reply.set_role(view.role);
  reply.set_network(view.network);
  reply.set_state(view.state);
  reply.set_fence(FenceName(view.fence));
  reply.set_in_sync(view.in_sync);
  if (view.in_sync_age_s) reply.set_in_sync_age_s(*view.in_sync_age_s);
  reply.set_missing(view.missing);
  if (view.list_age) {
    reply.set_list_age_s(absl::ToDoubleSeconds(*view.list_age));
    reply.set_list_standing(*view.list_age < kListOld ? "fresh" : *view.list_age < kListVeryOld ? "old" : "very-old");
  }
  if (view.witness) reply.set_witness(SlugOf(view, *view.witness));
  PutPeers(view.peers, *reply.mutable_peers());
  PutForks(view, reply);
  PutClones(view, reply);
  Put(view.erasures, parts.file_keeper.RestOf(view.erasures), *reply.mutable_erasures());
  Put(view.outbox, *reply.mutable_outbox());
  Put(parts.file_keeper.Totals(), *reply.mutable_files());
  Put(view.disk, *reply.mutable_disk());
  reply.set_has_other_keys(view.has_other_keys);
  reply.set_key_waits(view.key_waits);
  reply.set_told_clone(view.told_clone);
  if (view.list_signed_to) reply.set_list_signed_to(*view.list_signed_to);
  reply.set_version(Version());
  reply.set_projection_lag(view.projection_lag);
  reply.set_is_hub(view.is_hub);
  if (view.roster != nullptr) PutRoster(*view.roster, reply);
  const auto feeds = parts.node.feeds().Feeds();
  if (!feeds.ok()) return feeds.status();
  std::uint64_t entries = 0, bytes = 0;
  for (const storage::HeldFeed& feed : *feeds) {
    entries += feed.newest.len.value();
    bytes += feed.bytes;
  }
  reply.set_feeds(feeds->size());
  reply.set_entries(entries);
  reply.set_bytes(bytes);
  reply.set_keep(KeepName(view.keep));
  reply.set_following(view.following);
  reply.set_now_ms(static_cast<std::uint64_t>(absl::ToUnixMillis(absl::Now())));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListPeersRequest&, v1::ListPeersReply& reply) {
  PutPeers(parts.node.View().peers, *reply.mutable_peers());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::AddPeerRequest& request, v1::AddPeerReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AddPeer(request.address()));
  const NodeView view = parts.node.View();
  // Whom it may believe at that address it knows from the list of members, and before that from the charter.
  const bool has_list = view.roster != nullptr && view.roster->position().len.value() > 0;
  if (!has_list) {
    reply.set_warning(
        "this node has no list of members yet and knows the keys of the charter's hubs alone, so it believes nobody "
        "else at that address; have it reach a hub first, and it takes the members' keys from there");
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::RemovePeerRequest& request, v1::RemovePeerReply&) {
  return parts.node.RemovePeer(request.address());
}

}  // namespace hansa::node::api
