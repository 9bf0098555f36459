// The law of the roster: which entry has effect and which is void, judged by nothing but what stands before it.
// Every node comes to the same judgement from the same bytes.
#ifndef HANSA_REPLICATION_ROSTER_RULES_H_
#define HANSA_REPLICATION_ROSTER_RULES_H_

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
struct IncarnationBegun {
  Member member;
  IncarnationKeys keys;
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
// Of a kind that may be skipped and that this version does not know.
struct NothingKnown {};
using RosterChange = std::variant<PolicyChanged, MemberAdded, IncarnationBegun, KeyGranted, FrameworkChanged,
                                  NetworkInfoChanged, NothingKnown>;

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
