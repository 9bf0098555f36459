#include "node/cli/own_life.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/membership/held_roster.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::cli {

using replication::PublicKey;

absl::StatusOr<OwnLife> AskOwnLife(NodeClient& node) {
  v1::GetOwnLifeReply reply;
  HANSA_RETURN_IF_ERROR(node.Ask(v1::GetOwnLifeRequest(), reply));
  OwnLife life{reply.number(),
               reply.incarnation(),
               PublicKey::FromHexText(reply.writer_key()),
               {reply.unsealed().begin(), reply.unsealed().end()},
               true,
               reply.in_sync(),
               reply.fence(),
               reply.number() == 0 ? "" : reply.state()};
  for (const std::string& hex : reply.earlier_writer_keys()) {
    if (const std::optional<PublicKey> key = PublicKey::FromHexText(hex)) life.earlier.push_back(*key);
  }
  return life;
}

bool OwnLife::IsEarlier(const std::optional<PublicKey>& key) const {
  return key && key != writer && std::find(earlier.begin(), earlier.end(), *key) != earlier.end();
}

std::string HowItEnded(const std::string& state) {
  const bool has_ended = state == replication::MemberStateName(replication::MemberState::kRetired) ||
                         state == replication::MemberStateName(replication::MemberState::kCompromised);
  return has_ended ? state : "";
}

OwnLife LifeOf(const replication::MemberRecord& member) {
  OwnLife life;
  life.member = member.number.value();
  life.incarnation = member.present().number.value();
  life.writer = member.present().writer;
  life.state = replication::MemberStateName(member.state);
  for (const replication::IncarnationKeys& keys : member.incarnations) {
    if (keys.number != member.present().number) life.earlier.push_back(keys.writer);
  }
  return life;
}

absl::StatusOr<OwnLife> FindOwnLife(const Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  if (node.ok()) return AskOwnLife(*node);
  const std::string folder = invocation.DataFolder();
  const absl::StatusOr<Identity> identity = ReadIdentity(NodePaths(folder).identity);
  HANSA_RETURN_IF_ERROR(identity.status());
  const absl::StatusOr<replication::Roster> roster = membership::RosterHeldIn(folder);
  if (absl::IsNotFound(roster.status()) || absl::IsDataLoss(roster.status())) return OwnLife();
  HANSA_RETURN_IF_ERROR(roster.status());
  const replication::MemberRecord* member = roster->state().Find(absl::string_view(identity->slug));
  if (member == nullptr) return OwnLife();
  return LifeOf(*member);
}

absl::StatusOr<std::optional<PublicKey>> PublicKeyAt(const std::string& path) {
  const absl::StatusOr<replication::Seed> seed = ReadKey(path);
  if (absl::IsNotFound(seed.status())) return std::nullopt;
  HANSA_RETURN_IF_ERROR(seed.status());
  return replication::SodiumSigner(*seed)->public_key();
}

absl::Status TakeWhatWasTold(const Values& values, OwnLife& life) {
  const std::uint32_t member = values.Number("--member").value_or(0);
  const std::uint32_t incarnation = values.Number("--incarnation").value_or(0);
  if ((member == 0) != (incarnation == 0)) {
    return absl::InvalidArgumentError("--member and --incarnation go together; give both");
  }
  if (member == 0) return absl::OkStatus();
  if (life.member != 0 && (member != life.member || incarnation != life.incarnation)) {
    return absl::InvalidArgumentError(absl::StrCat("this folder knows better: it is member ", life.member,
                                                   ", incarnation ", life.incarnation,
                                                   "; leave --member and --incarnation out"));
  }
  life.member = member;
  life.incarnation = incarnation;
  return absl::OkStatus();
}

}  // namespace hansa::node::cli
