// The parts that roster_rules.cc puts together: the rules of single kinds, and what several of them ask for alike.
// For roster_rules*.cc alone.
#ifndef HANSA_REPLICATION_ROSTER_RULES_PARTS_H_
#define HANSA_REPLICATION_ROSTER_RULES_PARTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/roster_rules.h"

namespace hansa::replication {

// The entry has no effect, and why.
inline absl::Status Void(absl::string_view why) { return absl::FailedPreconditionError(why); }

// `needed` approvals by as many different officers of the judging root document.
absl::Status RequireApprovals(const RosterCourt& court, const RosterCase& entry, const RosterPayload& payload,
                              std::uint32_t needed);
// A valid point that stood nowhere before.
absl::Status RequireFreshWriter(const RosterCourt& court, const RosterState& state, const PublicKey& writer);
// One or two TLS keys; each is valid, has belonged to nobody but `owner`, and signed `body`.
absl::Status RequireTlsKeys(const RosterCourt& court, const RosterState& state, Member owner, BytesView body,
                            const std::vector<PossessionProof>& proofs);
// The proofs are by these keys, in this order.
bool AreOf(const std::vector<PossessionProof>& proofs, const std::vector<PublicKey>& keys);

// Members and keys that come in: roster_rules_admission.cc.
absl::StatusOr<RosterChange> JudgeMemberAdd(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                            const RosterPayload& payload);
absl::StatusOr<RosterChange> JudgeKey(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                      const RosterPayload& payload);
// What becomes of a member: roster_rules_member.cc.
absl::StatusOr<RosterChange> JudgeMemberUpdate(const RosterCourt& court, const RosterState& state,
                                               const RosterPayload& payload);
absl::StatusOr<RosterChange> JudgeIncarnation(const RosterCourt& court, const RosterState& state,
                                              const RosterCase& entry, const RosterPayload& payload);
absl::StatusOr<RosterChange> JudgeStanding(const RosterState& state, const RosterCase& entry,
                                           const RosterPayload& payload);
// Where feeds end: roster_rules_seal.cc.
absl::StatusOr<RosterChange> JudgeSealList(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                           const RosterPayload& payload);
absl::StatusOr<RosterChange> JudgeRevoke(const RosterCourt& court, const RosterState& state, const RosterCase& entry,
                                         const RosterPayload& payload);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROSTER_RULES_PARTS_H_
