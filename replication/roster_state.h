// What the roster says up to one position: members, keys, rights. A value, made only by folding entries (roster.h).
#ifndef HANSA_REPLICATION_ROSTER_STATE_H_
#define HANSA_REPLICATION_ROSTER_STATE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "replication/feed.h"
#include "replication/roster_messages.h"

namespace hansa::replication {

enum class MemberState { kMember, kSuspended, kRetired, kCompromised };
// "member", "suspended", …
const char* MemberStateName(MemberState state);

// The keys of one incarnation of a member.
struct IncarnationKeys {
  Incarnation number;
  PublicKey writer;
  std::vector<PublicKey> tls;
};

// Where the feeds of one incarnation end. A collection that is not named ends at length 0.
using SealsByCollection = std::map<Collection, Checkpoint>;

struct MemberRecord {
  Member number;
  std::string slug;
  std::string name;
  std::vector<LocalName> names;
  MemberKind kind = MemberKind::kNotGiven;
  std::string country;
  std::string region;  // empty where there is none
  std::vector<std::string> endpoints;
  MemberState state = MemberState::kMember;
  std::vector<IncarnationKeys> incarnations;  // from 1 on, the last is the present one
  std::optional<Member> recommended_by;       // the authority, for cities
  Sequence since;                             // roster entry that admitted it
  std::string standing_note = {};             // of the newest SUSPEND or RESUME

  const IncarnationKeys& present() const { return incarnations.back(); }
  bool is_live() const { return state == MemberState::kMember || state == MemberState::kSuspended; }
  const IncarnationKeys* Find(Incarnation incarnation) const;
};

// A key that signs statements and writes no feed.
struct StatementKey {
  PublicKey key;
  KeyRole role = KeyRole::kNotGiven;
  std::string code;  // slug of the holder's key file
  std::string country;
  std::optional<Member> authority;  // whose officer it is
  Incarnation granted_by;           // the authority's incarnation that granted it; its grants end with it
};

struct RosterState {
  std::map<Member, MemberRecord> members;
  std::map<std::pair<MemberKind, Collection>, Sequence> rights;  // greatest length; absent: may not write
  bool has_policy = false;
  std::map<PublicKey, StatementKey> statement_keys;
  std::optional<Framework> framework;
  std::optional<NetworkInfo> network_info;
  // Of incarnations that have ended, once a SEAL or REVOKE said where. The newest word counts.
  std::map<std::pair<Member, Incarnation>, SealsByCollection> seals;
  std::map<std::pair<Kind, std::uint16_t>, SchemaInfo> schemas;  // by kind and schema_ver
  // What may never be used again.
  std::set<PublicKey> writers_used;
  std::map<PublicKey, Member> tls_owners;
  std::set<std::string> slugs_used;
  std::set<RecordId> nonces_used;
  std::set<Hash> consents_used;  // hashes of bodies consented to, of new TLS keys and of seals

  const MemberRecord* Find(Member number) const;
  const MemberRecord* Find(absl::string_view slug) const;
  // The lowest number of the range of `kind` that no member has had.
  Member NextNumber(MemberKind kind) const;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROSTER_STATE_H_
