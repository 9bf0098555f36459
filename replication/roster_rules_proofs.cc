// What several rules of the roster ask for alike.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "replication/roster_rules_parts.h"

namespace hansa::replication {
namespace {

bool Holds(const std::vector<PublicKey>& keys, const PublicKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

absl::Status RequireApprovals(const RosterCourt& court, const RosterCase& entry, const RosterPayload& payload,
                              std::uint32_t needed) {
  const Bytes body = ApprovalBody(court.crypto, entry.kind, entry.record, payload.body);
  const std::set<PublicKey> officers(court.root.officer_keys.begin(), court.root.officer_keys.end());
  std::set<PublicKey> approved;
  for (const Approval& approval : payload.approvals) {
    const Statement statement{body, approval.officer, approval.signature};
    if (officers.contains(approval.officer) &&
        IsSigned(court.crypto, court.network, StatementType::kApproval, statement)) {
      approved.insert(approval.officer);
    }
  }
  if (approved.size() >= needed) return absl::OkStatus();
  return Void(absl::StrCat("needs ", needed, " officers' approvals and has ", approved.size()));
}

absl::Status RequireFreshWriter(const RosterCourt& court, const RosterState& state, const PublicKey& writer) {
  if (!court.crypto.IsValidPoint(writer)) return Void("the writer key is not a valid Ed25519 point");
  const RootDocument& root = court.root;
  const bool is_of_root =
      writer == root.roster_writer || Holds(root.officer_keys, writer) || Holds(root.root_keys, writer);
  if (is_of_root || state.writers_used.contains(writer) || state.tls_owners.contains(writer)) {
    return Void("the writer key has been used before");
  }
  return absl::OkStatus();
}

absl::Status RequireTlsKeys(const RosterCourt& court, const RosterState& state, Member owner, BytesView body,
                            const std::vector<PossessionProof>& proofs) {
  if (proofs.empty() || proofs.size() > 2) return Void("needs possession proofs of one or two TLS keys");
  for (const PossessionProof& proof : proofs) {
    if (!court.crypto.IsValidPoint(proof.key)) return Void("a TLS key is not a valid Ed25519 point");
    const auto before = state.tls_owners.find(proof.key);
    if (before != state.tls_owners.end() && before->second != owner) {
      return Void("a TLS key has belonged to another member");
    }
    const Statement statement{Bytes(body), proof.key, proof.signature};
    if (!IsSigned(court.crypto, court.network, StatementType::kTlsPossession, statement)) {
      return Void("a proof of possession by a TLS key is missing or false");
    }
  }
  if (proofs.size() == 2 && proofs[0].key == proofs[1].key) return Void("a TLS key stands twice");
  return absl::OkStatus();
}

bool AreOf(const std::vector<PossessionProof>& proofs, const std::vector<PublicKey>& keys) {
  if (proofs.size() != keys.size()) return false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (proofs[i].key != keys[i]) return false;
  }
  return true;
}

}  // namespace hansa::replication
