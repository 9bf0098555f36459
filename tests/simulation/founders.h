// The people who hold keys: root keys, officers, the roster's writer, and everybody who applies. Makes the payloads of
// roster entries, lawful and unlawful ones; who publishes them is another matter.
#ifndef HANSA_TESTS_SIMULATION_FOUNDERS_H_
#define HANSA_TESTS_SIMULATION_FOUNDERS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "replication/roster.h"
#include "replication/transfer_unit.h"
#include "tests/simulation/mint.h"

namespace hansa::simulation {

// A collection and a kind that nobody knows, and one whose feeds are short.
inline constexpr replication::Collection kFutureCollection{200};
inline constexpr std::uint64_t kShortFeed = 12;

// Somebody who would join, with its keys.
struct Applicant {
  replication::Application application;
  Key writer;
  Key tls;
};

// What to put in the roster.
struct RosterEntry {
  replication::Kind kind;
  replication::Bytes body;
  bool is_approved = false;  // by as many officers as it takes
};

// Not thread-safe. The mint must outlive it.
class Founders {
 public:
  Founders(Mint& mint, Chance chance);

  const replication::Crypto& crypto() const { return mint_.crypto(); }
  const replication::RootChain& root() const { return root_; }
  const replication::NetworkId& network() const { return root_.network(); }
  const Key& roster_writer() const { return roster_writer_; }

  Applicant Apply(const std::string& name, replication::MemberKind kind);

  // The same member with a new writer key and, perhaps, a new TLS key.
  Applicant Anew(const Applicant& applicant, bool new_tls);

  // As they stand in the roster. Numbers and rights are those of `state`.
  RosterEntry Policy(std::uint64_t plenty) const;
  RosterEntry Framework();
  RosterEntry Information();
  RosterEntry Admission(const replication::RosterState& state, const Applicant& applicant, const Applicant* authority);
  // The member goes on under new keys: its own consent, or the officers' approval.
  RosterEntry Incarnation(const replication::MemberRecord& member, const Applicant& fresh, const Key& consents);
  // Ends of feeds and of memberships, approved by officers. `ends` are the members' own checkpoints by collection.
  using Ends = std::map<replication::Collection, replication::Checkpoint>;
  RosterEntry Seals(replication::Member member, replication::Incarnation incarnation, const Ends& ends) const;
  RosterEntry Revocation(replication::Member member, bool is_compromised, const Ends& ends) const;
  RosterEntry Suspension(replication::Member member, bool ends) const;

  // What nobody knows yet, and everybody may skip.
  RosterEntry Future();

  // The entry as one to publish under a record id of its own.
  replication::NewEntry ToPublish(const RosterEntry& entry);
  // An order to erase one payload (ext item 2), with the officers' approval (item 3) or without.
  replication::NewEntry Order(const replication::FeedId& feed, replication::Sequence seq,
                              const replication::Hash& entry_hash, bool is_approved);
  // A root document after the newest of `chain`, with a new officer who judges from `from_len` on.
  replication::SignedRoot NextRoot(const replication::RootChain& chain, replication::Sequence from_len);

 private:
  replication::RootChain Begin();
  std::vector<replication::PossessionProof> Possession(const replication::Bytes& body, const Key& tls) const;

  Mint& mint_;
  Chance chance_;
  Key root_key_;
  Key officer_;
  Key roster_writer_;
  replication::RootChain root_;
};

// A salted payload of these bytes.
replication::SaltedPayload Salted(Chance& chance, replication::Bytes payload);

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_FOUNDERS_H_
