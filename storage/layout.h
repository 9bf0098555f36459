// How keys and values of the database look. All integers big-endian, so that keys sort as numbers do.
//   feed   feed id                 → handle, author, newest checkpoint, counted bytes, whether it has ended
//   hdr    handle ‖ seq            → header and extensions, as received
//   pay    handle ‖ seq            → salt ‖ payload; empty where a payload is lawfully absent
//   ckp    handle ‖ len            → head ‖ signature
//   meta   a name                  → see kMeta…
#ifndef HANSA_STORAGE_LAYOUT_H_
#define HANSA_STORAGE_LAYOUT_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "replication/transfer_unit.h"
#include "storage/feed_store.h"

namespace hansa::storage {

// A newer one is refused; raise it whenever an older program would misread what is written.
inline constexpr std::uint32_t kLayoutVersion = 1;

inline constexpr char kMetaVersion[] = "version";         // u32
inline constexpr char kMetaDatabaseId[] = "database id";  // 16 bytes
inline constexpr char kMetaNextHandle[] = "next handle";  // u32

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

replication::Bytes EncodeU32(std::uint32_t value);
std::optional<std::uint32_t> DecodeU32(replication::BytesView value);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_LAYOUT_H_
