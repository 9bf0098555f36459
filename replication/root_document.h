// The root of trust: root keys that speak for the network by threshold, officers who approve, and the key that writes
// the roster. Version N+1 is signed by the thresholds of N and of N+1. The network's id is the hash of version 1.
#ifndef HANSA_REPLICATION_ROOT_DOCUMENT_H_
#define HANSA_REPLICATION_ROOT_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/bytes.h"
#include "replication/crypto.h"
#include "replication/strong_id.h"

namespace hansa::replication {

inline constexpr std::size_t kRootKeysMax = 16;

// Where a roster incarnation ends: a checkpoint that its key signed. `author_signature` is zero where none is to be
// had.
struct RosterSeal {
  Sequence len;
  Hash head;
  Signature author_signature;
  friend bool operator==(const RosterSeal&, const RosterSeal&) = default;
};

struct RootDocument {
  std::uint32_t version = 1;
  Hash prev_hash;                    // zero in version 1
  std::vector<PublicKey> root_keys;  // 1 to 16, distinct
  std::uint32_t threshold = 1;       // root signatures needed
  Incarnation roster_incarnation{1};
  PublicKey roster_writer;
  std::vector<PublicKey> officer_keys;        // 1 to 16, distinct
  std::uint32_t approvals = 1;                // officers' approvals needed, k
  Sequence from_len;                          // judges roster entries with sequence > from_len
  std::optional<RosterSeal> previous_roster;  // counts in the version that begins a roster incarnation alone
  friend bool operator==(const RootDocument&, const RootDocument&) = default;
};

struct RootSignature {
  std::uint16_t key_index = 0;
  std::uint32_t of_version = 0;  // whose root_keys `key_index` counts in
  Signature signature;
  friend bool operator==(const RootSignature&, const RootSignature&) = default;
};

// One life of the roster: who writes it, and where the next one ended it.
struct RosterLife {
  Incarnation number;
  PublicKey writer;
  std::optional<RosterSeal> seal;  // absent for the newest
};

// The body's bytes as signed, with its signatures.
struct SignedRoot {
  Bytes body;
  std::vector<RootSignature> signatures;
  friend bool operator==(const SignedRoot&, const SignedRoot&) = default;
};

Bytes EncodeRootBody(const RootDocument& document);
//   INVALID_ARGUMENT  not a root document, or its fields contradict each other
absl::StatusOr<RootDocument> DecodeRootBody(BytesView body);
Bytes EncodeSignedRoot(const SignedRoot& root);
absl::StatusOr<SignedRoot> DecodeSignedRoot(BytesView bytes);

// What a root key signs, and what the next version's prev_hash is the hash of.
Bytes RootMessage(BytesView body);
Hash RootHash(const Crypto& crypto, BytesView body);
NetworkId NetworkIdOf(const Crypto& crypto, BytesView body_of_version_1);

// Every version from 1 on, each verified against the one before. A value: copying is cheap enough for its few
// documents.
class RootChain {
 public:
  //   INVALID_ARGUMENT     not a version 1, or a key is not a valid point
  //   UNAUTHENTICATED      not signed by its own threshold
  static absl::StatusOr<RootChain> Begin(const Crypto& crypto, SignedRoot version_1);

  // Adds exactly the next version.
  //   INVALID_ARGUMENT     not the next version, or it breaks a rule of its fields; its seal of the roster before is
  //                        signed, and not by that roster's key
  //   UNAUTHENTICATED      a threshold is not met
  absl::Status Append(const Crypto& crypto, SignedRoot next);

  const NetworkId& network() const { return network_; }
  const RootDocument& newest() const { return documents_.back(); }
  // Versions from `from_version` on, as signed.
  std::vector<Bytes> SignedFrom(std::uint32_t from_version) const;
  // The version whose officers judge entry `seq` of a roster incarnation: the newest of those of this incarnation whose
  // from_len lies below it. HANSA_CHECKs that the chain has such an incarnation.
  const RootDocument& JudgeOf(Incarnation roster, Sequence seq) const;
  // Every roster incarnation, from the first to the newest.
  std::vector<RosterLife> Rosters() const;

  // Drafts of the next version, to be changed as wanted, encoded and signed by both thresholds. With everything as it
  // is, in force from `roster_len` on: the length of the newest roster at hand.
  RootDocument Next(const Crypto& crypto, Sequence roster_len) const;
  // That begins a new roster incarnation under `writer`, and ends the one before.
  RootDocument NextWithRoster(const Crypto& crypto, const PublicKey& writer, const RosterSeal& end_of_old) const;

 private:
  RootChain() = default;

  NetworkId network_;
  std::vector<RootDocument> documents_;
  std::vector<SignedRoot> signed_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROOT_DOCUMENT_H_
