// A feed: the append-only, hash-chained, signed log of one member's one collection in one incarnation.
// Here: what names it, how long it is, and the checkpoint by which its author vouches for a length.
#ifndef HANSA_REPLICATION_FEED_H_
#define HANSA_REPLICATION_FEED_H_

#include <cstdint>
#include <optional>

#include "replication/bytes.h"
#include "replication/crypto.h"
#include "replication/strong_id.h"

namespace hansa::replication {

// The author's word that its feed has `len` entries and ends in `head`.
struct Checkpoint {
  FeedId feed;
  Sequence len;
  Hash head;
  Signature signature;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// Who writes a feed, and by which key. The roster says so.
struct FeedAuthor {
  Member member;
  Collection collection;
  Incarnation incarnation;
  PublicKey writer;
  // Most entries the feed may ever have, by the policy in force.
  Sequence length_max;
  // Where the roster has ended it: its last checkpoint, which the author signed. Length 0: nothing of it stands.
  std::optional<Checkpoint> seal = std::nullopt;

  friend bool operator==(const FeedAuthor&, const FeedAuthor&) = default;
};

FeedId FeedIdOf(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author);

// What the signature of a checkpoint is over.
Bytes CheckpointMessage(const NetworkId& network, const FeedId& feed, Sequence len, const Hash& head);
bool IsSignedBy(const Crypto& crypto, const NetworkId& network, const Checkpoint& checkpoint, const PublicKey& writer);

// Where a feed ends: zero length and zero head before its first entry.
struct FeedTail {
  Sequence len;
  Hash head;
  bool ended = false;  // the last entry carries end_of_feed: nothing may follow

  friend bool operator==(const FeedTail&, const FeedTail&) = default;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FEED_H_
