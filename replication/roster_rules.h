// The law of the roster: which entry has effect and which is void, judged by nothing but what stands before it.
// Every node comes to the same judgement from the same bytes.
#ifndef HANSA_REPLICATION_ROSTER_RULES_H_
#define HANSA_REPLICATION_ROSTER_RULES_H_

#include <optional>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "replication/crypto.h"
#include "replication/root_document.h"
#include "replication/roster_state.h"

namespace hansa::replication {

// What a valid entry changes.
struct PolicyChanged {
  Policy policy;
};
struct MemberAdded {
  MemberRecord member;
};
struct MemberUpdated {
  MemberRecord member;          // as it is from now on
  std::optional<Hash> consent;  // hash of the body consented to, spent now
};
struct IncarnationBegun {
  Member member;
  IncarnationKeys keys;
};
struct IncarnationSealed {
  Member member;
  Incarnation incarnation;
  SealsByCollection seals;
  std::optional<Hash> consent;
};
struct MemberRevoked {
  Member member;
  MemberState after = MemberState::kRetired;
  SealsByCollection seals;  // of the incarnation that was the present one
};
struct StandingChanged {
  Member member;
  MemberState after = MemberState::kMember;
  std::string note;
};
struct KeyGranted {
  StatementKey key;
};
struct FrameworkChanged {
  Framework framework;
};
struct NetworkInfoChanged {
  NetworkInfo info;
};
struct SchemaGiven {
  SchemaInfo schema;
};
// Of a kind that may be skipped and that this version does not know.
struct NothingKnown {};
using RosterChange =
    std::variant<PolicyChanged, MemberAdded, MemberUpdated, IncarnationBegun, IncarnationSealed, MemberRevoked,
                 StandingChanged, KeyGranted, FrameworkChanged, NetworkInfoChanged, SchemaGiven, NothingKnown>;

// Everything a judgement may look at besides the state.
struct RosterCourt {
  const Crypto& crypto;
  NetworkId network;
  const RootDocument& root;  // the version that judges this entry
};

// One entry to judge.
struct RosterCase {
  Sequence seq;
  Kind kind;
  std::uint16_t schema_ver = 1;
  RecordId record;  // the nonce of approvals
  BytesView payload;
};

// The change that the entry makes.
//   FAILED_PRECONDITION  void; the message says which rule it breaks
//   UNIMPLEMENTED        critical and not known to this version: the fold stops here (UPGRADE)
absl::StatusOr<RosterChange> Judge(const RosterCourt& court, const RosterState& state, const RosterCase& entry);

// Applies what Judge gave.
void Apply(const RosterCase& entry, const RosterChange& change, RosterState& state);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROSTER_RULES_H_
