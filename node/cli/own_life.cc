#include "node/cli/own_life.h"

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
  return OwnLife{reply.number(),
                 reply.incarnation(),
                 PublicKey::FromHexText(reply.writer_key()),
                 {reply.unsealed().begin(), reply.unsealed().end()},
                 true,
                 reply.in_sync(),
                 reply.fence()};
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
  OwnLife life;
  life.member = member->number.value();
  life.incarnation = member->present().number.value();
  life.writer = member->present().writer;
  return life;
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
