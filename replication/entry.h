// One entry of a feed: a header of 128 bytes and its extensions, signed through the chain; and a salted payload that
// can be destroyed without breaking the chain. The layout is frozen: replication/protocol.md, Frozen bytes.
#ifndef HANSA_REPLICATION_ENTRY_H_
#define HANSA_REPLICATION_ENTRY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/bytes.h"
#include "replication/crypto.h"
#include "replication/strong_id.h"

namespace hansa::replication {

inline constexpr std::size_t kHeaderBytes = 128;
inline constexpr std::size_t kExtBytesMax = 1024;
inline constexpr std::size_t kPayloadBytesMax = 262144;

// The header, field by field. `prev` is zero at sequence 1.
struct EntryHeader {
  bool has_payload = false;
  bool retract = false;      // withdraws the record
  bool end_of_feed = false;  // nothing follows
  bool more = false;         // the batch goes on with the next entry
  Kind kind;
  std::uint16_t schema_ver = 0;
  Sequence seq;
  FeedId feed;
  Hash prev;
  RecordId record;
  std::uint64_t claimed_time_ms = 0;  // Unix milliseconds, for display only
  std::uint32_t payload_len = 0;      // bytes; 0 exactly when has_payload is false
  Hash payload_commit;                // zero exactly when has_payload is false
  Bytes ext;                          // items as in the frozen layout, at most kExtBytesMax bytes

  friend bool operator==(const EntryHeader&, const EntryHeader&) = default;
};

struct ExtItem {
  std::uint16_t type = 0;
  Bytes value;
  friend bool operator==(const ExtItem&, const ExtItem&) = default;
};

struct SaltedPayload {
  Salt salt;
  Bytes payload;
  friend bool operator==(const SaltedPayload&, const SaltedPayload&) = default;
};

// An entry as it is stored and passed on: the header's bytes as received, never re-encoded.
struct Entry {
  Bytes header;                          // 128 bytes and the extensions
  std::optional<SaltedPayload> payload;  // absent if there is none or it was lawfully erased
  friend bool operator==(const Entry&, const Entry&) = default;
};

// HANSA_CHECKs that the fields fit the layout.
Bytes EncodeHeader(const EntryHeader& header);

// `bytes` is exactly a header and its extensions.
//   INVALID_ARGUMENT  another version, unknown flag bits, non-zero reserved bytes, payload fields that contradict
//                     has_payload, end_of_feed with more, extensions out of order or twice, a length out of range
absl::StatusOr<EntryHeader> DecodeHeader(BytesView bytes);

// Items ascending by type, each type once. Unknown types are kept.
Bytes EncodeExt(const std::vector<ExtItem>& items);
absl::StatusOr<std::vector<ExtItem>> DecodeExt(BytesView ext);

Hash EntryHash(const Crypto& crypto, BytesView header_and_ext);
Hash PayloadCommit(const Crypto& crypto, const SaltedPayload& payload);

// What an entry counts against every limit, whether its payload is still there or not.
std::size_t CountedBytes(const EntryHeader& header);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ENTRY_H_
