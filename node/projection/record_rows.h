// The rows of the records view: which entries made a record, and which of them is its present value.
// Rows are a pure function of the entries read, whatever the order they were read in. Payloads are not
// here; they stay in the feeds and are read by position.
#ifndef HANSA_NODE_PROJECTION_RECORD_ROWS_H_
#define HANSA_NODE_PROJECTION_RECORD_ROWS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace hansa::node::projection {

// A record is one member's: two members may use the same id by chance or on purpose.
struct RecordKey {
  replication::Member member;
  replication::Collection collection;
  replication::RecordId id;
  friend auto operator<=>(const RecordKey&, const RecordKey&) = default;
};

// Where an entry stands in all that a member ever wrote in one collection. The later one is the greater.
struct Position {
  replication::Incarnation incarnation;
  replication::Sequence seq;
  replication::FeedId feed;  // follows from the incarnation
  friend auto operator<=>(const Position&, const Position&) = default;
};

// What this version made of an entry.
enum class Reading : std::uint8_t {
  kUnderstood,  // or a withdrawal, which needs no reading
  kUnknown,     // a kind or schema version that this version does not know; kept and relayed
  kMalformed,   // the payload is not what its kind says: form, limits, numbers, NFC
  kInvalid,     // readable, but it breaks a rule of its kind
  kNoPayload,   // erased, or never there
};
// "understood", "unknown", "malformed", "invalid", "no payload".
const char* ReadingName(Reading reading);

// What an indicator set is about. Two sets of one member with equal subjects are about the same thing.
struct SetSubject {
  int year = 0;
  std::string framework_id;
  std::string framework_version;
  friend auto operator<=>(const SetSubject&, const SetSubject&) = default;
};

// One entry of a record.
struct Revision {
  Position position;
  replication::Kind kind;
  std::uint16_t schema_ver = 0;
  replication::Hash entry_hash;
  std::uint64_t claimed_time_ms = 0;  // Unix milliseconds by the author's clock; for display only
  bool retracted = false;             // this entry withdraws the record
  Reading reading = Reading::kUnderstood;
  std::string what;                   // why it was not understood; empty otherwise
  std::optional<SetSubject> subject;  // of an indicator set that was understood

  friend bool operator==(const Revision&, const Revision&) = default;
  // An indicator set whose observations may be shown.
  bool is_showable_set() const { return !retracted && reading == Reading::kUnderstood && subject.has_value(); }
};

// A record as it stands: its last entry by (incarnation, sequence), and how many there are.
struct RecordHead {
  std::uint64_t revisions = 0;
  Revision current;
  friend bool operator==(const RecordHead&, const RecordHead&) = default;
};

// Keys, big-endian:
//   'h' member u32, collection u16, record id                                   -> RecordHead
//   'r' member u32, collection u16, record id, incarnation u32, sequence u64    -> Revision
//   'i' record id, member u32, collection u16                                   -> nothing
//   'l' the two of a record that another one points at, each as in 'h'          -> nothing: that it did in a revision
std::string HeadRowKey(const RecordKey& record);
std::string HeadRowPrefix(replication::Member member, replication::Collection collection);
std::string RevisionRowKey(const RecordKey& record, const Position& position);
std::string RevisionRowPrefix(const RecordKey& record);
std::string IdRowKey(const RecordKey& record);
// `first_bytes` of a record id.
std::string IdRowPrefix(replication::BytesView first_bytes);

// That `from` points at `to`, and all that do.
std::string LinkRowKey(const RecordKey& to, const RecordKey& from);
std::string LinkRowPrefix(const RecordKey& to);

std::string Encode(const Revision& revision);
std::string Encode(const RecordHead& head);

//   DATA_LOSS  not such a row: the view is damaged and must be rebuilt
absl::StatusOr<Revision> DecodeRevision(absl::string_view row);
absl::StatusOr<RecordHead> DecodeHead(absl::string_view row);
absl::StatusOr<RecordKey> ParseHeadRowKey(absl::string_view key);
absl::StatusOr<RecordKey> ParseIdRowKey(absl::string_view key);
// Who points.
absl::StatusOr<RecordKey> ParseLinkRowKey(absl::string_view key);

// The error of a row that cannot be read.
absl::Status DamagedView(absl::string_view row);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_RECORD_ROWS_H_
