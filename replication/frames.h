// What two nodes say to each other, as plain structs. node/wire maps them to protobuf and back; nothing here knows
// how they travel. All of replication/protocol.md's frames are here; a session answers those it does not handle yet
// with Close(kUnsupported).
#ifndef HANSA_REPLICATION_FRAMES_H_
#define HANSA_REPLICATION_FRAMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "replication/bytes.h"
#include "replication/entry.h"
#include "replication/feed.h"
#include "replication/strong_id.h"

namespace hansa::replication {

inline constexpr std::uint32_t kProtocolVersion = 1;
// In Hello.features: understands FileWant and FileChunk.
inline constexpr char kFilesFeature[] = "files";

// How far a node knows the roster. Compared by root version, then length; equal length with another head is a fork.
struct RosterPosition {
  std::uint32_t root_version = 0;  // 0: no root document
  Sequence len;
  Hash head;
  friend bool operator==(const RosterPosition&, const RosterPosition&) = default;
};

// Cumulative bytes a sender may have sent since the session began, by class.
struct Credit {
  std::uint64_t live_bytes = 0;
  std::uint64_t bulk_bytes = 0;
  friend bool operator==(const Credit&, const Credit&) = default;
};

struct Hello {
  std::uint32_t protocol_min = kProtocolVersion;
  std::uint32_t protocol_max = kProtocolVersion;
  NetworkId network;
  Member member = kMemberUnknown;
  Incarnation incarnation;  // whose writer key I hold; 0 while my roster does not list me, or not this key
  BootId boot;
  std::vector<std::string> features;  // names of frames or forms beyond version 1, ascending
  RosterPosition roster;
  Hash interest;               // hash of what I store
  Hash assumed_peer_interest;  // hash of what I think you store; zero: no idea
  Hash predicted_root;         // zero: no roster yet
  Credit credit;               // what you may send before the first Credit
  friend bool operator==(const Hello&, const Hello&) = default;
};

struct RootWant {
  std::uint32_t from_version = 1;
  friend bool operator==(const RootWant&, const RootWant&) = default;
};
// Signed root documents as they were signed, ascending and without a gap.
struct RootDocs {
  std::vector<Bytes> documents;
  friend bool operator==(const RootDocs&, const RootDocs&) = default;
};

// What a node stores of one collection.
struct InterestRow {
  Collection collection;
  bool all = false;
  std::vector<Member> members;  // ascending; empty when `all`
  friend bool operator==(const InterestRow&, const InterestRow&) = default;
};
struct Interest {
  bool everything = false;        // all of every collection, known or not; then there are no rows
  std::vector<InterestRow> rows;  // ascending by collection
  friend bool operator==(const Interest&, const Interest&) = default;
};

struct ScopeRoot {
  ScopeId scope;
  TreeDigest root;
  friend bool operator==(const ScopeRoot&, const ScopeRoot&) = default;
};
struct WrongScope {
  RosterPosition roster;
  Hash interest;
  friend bool operator==(const WrongScope&, const WrongScope&) = default;
};
// A path is a string of nibbles, one byte each (0-15); the empty path is the root.
struct TreeQuery {
  ScopeId scope;
  bool flat = false;         // answer with the rows under each path
  std::vector<Bytes> paths;  // at most 64
  friend bool operator==(const TreeQuery&, const TreeQuery&) = default;
};
struct TreeReply {
  struct Node {
    Bytes path;
    std::vector<TreeDigest> children;  // 16; buckets are answered by Rows
    friend bool operator==(const Node&, const Node&) = default;
  };
  ScopeId scope;
  std::vector<Node> nodes;
  friend bool operator==(const TreeReply&, const TreeReply&) = default;
};
// As the length of a row: two histories of this feed are proven. Who does not know that asks for the proof.
inline constexpr Sequence kForkedLength{0xFFFFFFFFFFFFFFFF};
struct FeedRow {
  FeedId feed;
  Sequence len;
  Hash head;
  friend bool operator==(const FeedRow&, const FeedRow&) = default;
};
struct Rows {
  ScopeId scope;
  Bytes path;
  std::vector<FeedRow> rows;  // ascending by feed; at most 64 KiB a frame
  bool last = false;          // no further frame for this path
  friend bool operator==(const Rows&, const Rows&) = default;
};

struct Want {
  FeedId feed;
  Sequence from;
  friend bool operator==(const Want&, const Want&) = default;
};
enum class NackReason : std::uint32_t { kNotGiven = 0, kNotHeld = 1, kNotInScope = 2, kBusy = 3 };
struct WantNack {
  FeedId feed;
  Sequence from;
  NackReason reason = NackReason::kNotGiven;
  friend bool operator==(const WantNack&, const WantNack&) = default;
};
struct WantPayload {
  FeedId feed;
  std::vector<Sequence> seqs;
  friend bool operator==(const WantPayload&, const WantPayload&) = default;
};
struct Payloads {
  struct Item {
    Sequence seq;
    SaltedPayload payload;
    friend bool operator==(const Item&, const Item&) = default;
  };
  FeedId feed;
  std::vector<Item> items;
  friend bool operator==(const Payloads&, const Payloads&) = default;
};
// An encoded transfer unit, as stored.
struct UnitFrame {
  Bytes unit;
  friend bool operator==(const UnitFrame&, const UnitFrame&) = default;
};
struct Have {
  Checkpoint checkpoint;
  Bytes unit;  // the unit that ends there, encoded, if small enough; else empty
  friend bool operator==(const Have&, const Have&) = default;
};
struct Ack {
  FeedId feed;
  Sequence durable_through;
  friend bool operator==(const Ack&, const Ack&) = default;
};

struct ForkWant {
  FeedId feed;
  friend bool operator==(const ForkWant&, const ForkWant&) = default;
};
struct ForkProof {
  Checkpoint a;
  Checkpoint b;
  std::vector<Bytes> headers;
  friend bool operator==(const ForkProof&, const ForkProof&) = default;
};
using ClaimToken = FixedBytes<struct ClaimTokenTag, 16>;
struct Claim {
  ClaimToken previous;
  ClaimToken next;
  Incarnation incarnation = {};  // the writer's own, as its roster knows it; a Hello may be from before that
  friend bool operator==(const Claim&, const Claim&) = default;
};
enum class ClaimAnswer : std::uint32_t { kNotGiven = 0, kConfirmed = 1, kClone = 2, kNotAWitness = 3 };
struct ClaimReply {
  ClaimToken next;
  ClaimAnswer answer = ClaimAnswer::kNotGiven;
  friend bool operator==(const ClaimReply&, const ClaimReply&) = default;
};

// Compares where both stand. Each Ping is answered by one with `answer` set and the same nonce.
struct Ping {
  std::uint64_t nonce = 0;
  bool answer = false;
  RosterPosition roster;
  ScopeId scope;
  TreeDigest root;
  friend bool operator==(const Ping&, const Ping&) = default;
};

enum class CloseCode : std::uint32_t {
  kNotGiven = 0,
  kBusy = 1,         // too many sessions; retry_after_s says when to come again
  kUnsupported = 2,  // a frame this version does not handle
  kVersion = 3,      // no common protocol version
  kNetwork = 4,      // another network
  kNotLive = 5,      // the key is listed but no longer live
  kProtocol = 6,     // broke a rule of the protocol
  kDuplicate = 7,    // another session of this pair goes on
  kShutdown = 8,     // the node stops
  kOverrun = 9,      // sent beyond its credit
};
struct CloseFrame {
  CloseCode code = CloseCode::kNotGiven;
  std::string detail;  // at most 256 characters
  std::uint32_t retry_after_s = 0;
  friend bool operator==(const CloseFrame&, const CloseFrame&) = default;
};

// Asks for one chunk of a file that the payload of an entry names. Only said to who has kFilesFeature.
struct FileWant {
  FeedId feed;
  Sequence seq;
  Hash file;
  std::uint32_t index = 0;  // below kChunksMax
  friend bool operator==(const FileWant&, const FileWant&) = default;
};
// Answers FileWant.
struct FileChunk {
  Hash file;
  std::uint32_t index = 0;
  Bytes bytes;  // at most kChunkBytes; empty: not to be had
  friend bool operator==(const FileChunk&, const FileChunk&) = default;
};

using Frame = std::variant<Hello, RootWant, RootDocs, Interest, ScopeRoot, WrongScope, TreeQuery, TreeReply, Rows, Want,
                           WantNack, WantPayload, Payloads, UnitFrame, Have, Ack, Credit, ForkWant, ForkProof, Claim,
                           ClaimReply, Ping, CloseFrame, FileWant, FileChunk>;

// "Hello", "Want", … for logs and transcripts.
const char* FrameName(const Frame& frame);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FRAMES_H_
