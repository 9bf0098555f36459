#include "node/cli/recovery_walk.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/own_life.h"
#include "node/domain/problem.h"
#include "node/membership/held_folder.h"
#include "node/membership/new_key.h"
#include "node/membership/seals.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/root_document.h"

namespace hansa::node::cli {
namespace {

using replication::PublicKey;

void Order(std::vector<FeedHere>& feeds) {
  std::sort(feeds.begin(), feeds.end(), [](const FeedHere& a, const FeedHere& b) {
    return std::tie(a.incarnation, a.collection) < std::tie(b.incarnation, b.collection);
  });
}

absl::Status AskFeeds(NodeClient& node, RecoveryFacts& facts) {
  v1::ListFeedsRequest request;
  request.set_member(facts.slug);
  v1::ListFeedsReply reply;
  HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
  for (const v1::FeedSummary& feed : reply.feeds()) {
    if (feed.length() > 0) facts.here.push_back({feed.collection(), feed.incarnation(), feed.length()});
  }
  Order(facts.here);
  return absl::OkStatus();
}

absl::Status AskNode(NodeClient& node, RecoveryFacts& facts, OwnLife& life) {
  v1::GetStatusReply status;
  HANSA_RETURN_IF_ERROR(node.Ask(v1::GetStatusRequest(), status));
  absl::StatusOr<OwnLife> asked = AskOwnLife(node);
  HANSA_RETURN_IF_ERROR(asked.status());
  life = *std::move(asked);
  facts.is_running = true;
  facts.slug = status.member();
  facts.has_roster = status.roster_length() > 0;
  facts.key_waits = status.key_waits();
  facts.member = life.member;
  facts.incarnation = life.incarnation;
  facts.fence = life.fence;
  facts.in_sync = life.in_sync;
  // A new key would not bring it back.
  if (status.has_list_signed_to() && status.fence() != "recover") {
    facts.damage =
        "the disk of this node lost the end of the list of members, which it writes; members give it back as they "
        "connect, and `hansa status` says how far; if nothing comes, add the address of a member with `hansa peer add`";
  }
  for (const std::string& body : life.unsealed) {
    const absl::StatusOr<replication::SealList> list = replication::DecodeSealConsent(body);
    HANSA_RETURN_IF_ERROR(list.status());
    facts.unsealed.push_back(list->incarnation.value());
  }
  for (const v1::PeerStatus& peer : status.peers()) {
    facts.peers.push_back({peer.member(), peer.address(), peer.connected(),
                           peer.connected() && peer.last_comparison_equal(), peer.behind_entries(),
                           peer.behind_bytes()});
  }
  if (life.member == 0) return absl::OkStatus();
  return AskFeeds(node, facts);
}

absl::Status LookInto(const membership::HeldFolder& held, RecoveryFacts& facts, OwnLife& life) {
  facts.has_roster = !held.roster.lines().empty();
  const absl::StatusOr<storage::FenceFinding> water = membership::CompareWithHighWater(facts.folder, held);
  HANSA_RETURN_IF_ERROR(water.status());
  const bool is_lost = water->fence != storage::Fence::kIntact && water->fence != storage::Fence::kIdsDiffer;
  if (is_lost) facts.lost = water->detail;
  const replication::MemberRecord* member = held.roster.state().Find(absl::string_view(facts.slug));
  if (member == nullptr) return absl::OkStatus();
  facts.member = member->number.value();
  facts.incarnation = member->present().number.value();
  life = LifeOf(*member);
  for (const replication::IncarnationKeys& keys : membership::UnsealedOf(*member, held.roster.state())) {
    facts.unsealed.push_back(keys.number.value());
  }
  const absl::StatusOr<std::vector<storage::HeldFeed>> feeds = held.database->feeds().Feeds();
  HANSA_RETURN_IF_ERROR(feeds.status());
  for (const storage::HeldFeed& feed : *feeds) {
    if (feed.author.member != member->number) continue;
    facts.here.push_back({replication::CollectionName(feed.author.collection), feed.author.incarnation.value(),
                          feed.newest.len.value()});
  }
  Order(facts.here);
  return absl::OkStatus();
}

absl::Status LookIntoFolder(RecoveryFacts& facts, OwnLife& life) {
  const absl::StatusOr<membership::HeldFolder> held = membership::OpenHeldFolder(facts.folder);
  if (absl::IsNotFound(held.status())) return absl::OkStatus();  // nothing is held
  if (absl::IsDataLoss(held.status())) {
    facts.damage = domain::Explain(held.status().message()).what;
    return absl::OkStatus();
  }
  HANSA_RETURN_IF_ERROR(held.status());
  return LookInto(*held, facts, life);
}

}  // namespace

absl::StatusOr<RecoveryFacts> GatherRecovery(const Invocation& invocation) {
  RecoveryFacts facts{.folder = invocation.DataFolder()};
  const NodePaths paths(facts.folder);
  OwnLife life;
  absl::StatusOr<NodeClient> node = invocation.Node();
  const absl::StatusOr<Identity> identity = ReadIdentity(paths.identity);
  if (!node.ok() && absl::IsNotFound(identity.status())) return facts;
  HANSA_RETURN_IF_ERROR(identity.status());
  facts.is_set_up = true;
  facts.slug = identity->slug;
  if (identity->is_key_file()) {
    return absl::FailedPreconditionError(
        absl::StrCat(facts.folder, " holds a key file, not a node; it has nothing that a lost disk could take along"));
  }
  HANSA_RETURN_IF_ERROR(node.ok() ? AskNode(*node, facts, life) : LookIntoFolder(facts, life));
  const absl::StatusOr<std::optional<PublicKey>> own = PublicKeyAt(paths.writer_key);
  HANSA_RETURN_IF_ERROR(own.status());
  if (*own) facts.key = (*own)->hex();
  facts.is_present_key = *own && *own == life.writer;
  facts.was_asked_for = membership::PendingKey(facts.folder).has_value();
  facts.ended = HowItEnded(life.state);
  facts.is_earlier_key = life.IsEarlier(*own);
  return facts;
}

}  // namespace hansa::node::cli
