// How keys and values of the database look. All integers big-endian, so that keys sort as numbers do.
//   feed   feed id                 → handle, author, newest checkpoint, counted bytes, whether it has ended
//   hdr    handle ‖ seq            → header and extensions, as received
//   pay    handle ‖ seq            → salt ‖ payload; empty where a payload is lawfully absent
//   abs    handle ‖ seq            → nothing; a key for each payload that is absent
//   ckp    handle ‖ len            → head ‖ signature
//   quar   feed id ‖ cut ‖ seq     → an entry that was cut off; at seq 0 what the cut came to
//   meta   a name                  → see kMeta…
#ifndef HANSA_STORAGE_LAYOUT_H_
#define HANSA_STORAGE_LAYOUT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "replication/transfer_unit.h"
#include "storage/feed_store.h"

namespace hansa::storage {

// A newer one is refused; raise it whenever an older program would misread what is written.
inline constexpr std::uint32_t kLayoutVersion = 1;

inline constexpr char kMetaVersion[] = "version";         // u32
inline constexpr char kMetaDatabaseId[] = "database id";  // 16 bytes
inline constexpr char kMetaNextHandle[] = "next handle";  // u32
inline constexpr char kMetaAbsents[] = "absents";         // nothing; there once `abs` tells all absent payloads
inline constexpr char kMetaScrub[] = "scrub";             // and a ScrubNote; nothing

// A feed's short name inside one database. From 1, never given twice.
using Handle = std::uint32_t;

struct FeedRow {
  Handle handle = 0;
  HeldFeed held;
};
replication::Bytes EncodeFeedRow(const FeedRow& row);
// nullopt if `value` is not such a row.
std::optional<FeedRow> DecodeFeedRow(const replication::FeedId& feed, replication::BytesView value);

replication::Bytes PositionKey(Handle handle, replication::Sequence seq);
// Zero if `key` is not a position key.
replication::Sequence PositionIn(replication::BytesView key);

replication::Bytes EncodeCheckpoint(const replication::Checkpoint& checkpoint);
std::optional<replication::Checkpoint> DecodeCheckpoint(const replication::FeedId& feed, replication::Sequence len,
                                                        replication::BytesView value);

replication::Bytes EncodePayload(const std::optional<replication::SaltedPayload>& payload);
std::optional<replication::SaltedPayload> DecodePayload(replication::BytesView value);

// An entry that was cut off its feed.
struct QuarantinedEntry {
  replication::Entry entry;
  std::optional<replication::Checkpoint> checkpoint;  // that stood there
};
// Cuts of one feed count from 1; so do entries, and the row at 0 says what the cut came to.
replication::Bytes QuarantineKey(const replication::FeedId& feed, std::uint32_t cut, replication::Sequence seq);
struct QuarantinePosition {
  replication::FeedId feed;
  std::uint32_t cut = 0;
  replication::Sequence seq;
};
std::optional<QuarantinePosition> QuarantinePositionIn(replication::BytesView key);
replication::Bytes EncodeQuarantined(const QuarantinedEntry& quarantined);
std::optional<QuarantinedEntry> DecodeQuarantined(const QuarantinePosition& position, replication::BytesView value);
replication::Bytes EncodeQuarantine(const Quarantine& cut);
std::optional<Quarantine> DecodeQuarantine(const replication::FeedId& feed, replication::BytesView value);

// Keys from `begin` on and below `end` whose overwritten and deleted values must still leave the files.
struct ScrubNote {
  std::string family;  // its name on disk
  replication::Bytes begin;
  replication::Bytes end;
};
replication::Bytes EncodeScrubNote(const ScrubNote& note);
std::optional<ScrubNote> DecodeScrubNote(replication::BytesView bytes);

replication::Bytes EncodeU32(std::uint32_t value);
std::optional<std::uint32_t> DecodeU32(replication::BytesView value);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_LAYOUT_H_
