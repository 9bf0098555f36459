#include "replication/entry.h"

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::replication {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kHasPayload = 1;
constexpr std::uint8_t kRetract = 2;
constexpr std::uint8_t kEndOfFeed = 4;
constexpr std::uint8_t kMore = 8;
constexpr std::uint8_t kKnownFlags = kHasPayload | kRetract | kEndOfFeed | kMore;

std::uint8_t FlagsOf(const EntryHeader& header) {
  int flags = 0;
  if (header.has_payload) flags |= kHasPayload;
  if (header.retract) flags |= kRetract;
  if (header.end_of_feed) flags |= kEndOfFeed;
  if (header.more) flags |= kMore;
  return static_cast<std::uint8_t>(flags);
}

absl::Status CheckFields(const EntryHeader& header) {
  if (header.seq.value() == 0) return absl::InvalidArgumentError("entry header: sequence 0; the first is 1");
  if (header.end_of_feed && header.more) {
    return absl::InvalidArgumentError("entry header: end_of_feed together with more");
  }
  if (header.seq == Sequence(1) && !header.prev.is_zero()) {
    return absl::InvalidArgumentError("entry header: the first entry names a previous one");
  }
  if (!header.has_payload && (header.payload_len != 0 || !header.payload_commit.is_zero())) {
    return absl::InvalidArgumentError("entry header: no payload, yet a length or a commitment");
  }
  if (header.has_payload && (header.payload_len == 0 || header.payload_len > kPayloadBytesMax)) {
    return absl::InvalidArgumentError(absl::StrCat("entry header: payload of ", header.payload_len, " bytes; 1 to ",
                                                   kPayloadBytesMax, " are allowed"));
  }
  return absl::OkStatus();
}

}  // namespace

Bytes EncodeHeader(const EntryHeader& header) {
  HANSA_CHECK(header.ext.size() <= kExtBytesMax);
  return ByteWriter()
      .U8(kVersion)
      .U8(FlagsOf(header))
      .U16(header.kind.value())
      .U16(header.schema_ver)
      .U16(static_cast<std::uint16_t>(header.ext.size()))
      .U64(header.seq.value())
      .Raw(header.feed.view())
      .Raw(header.prev.view())
      .Raw(header.record.view())
      .U64(header.claimed_time_ms)
      .U32(header.payload_len)
      .U32(0)
      .Raw(header.payload_commit.view())
      .Raw(header.ext)
      .bytes();
}

absl::StatusOr<EntryHeader> DecodeHeader(BytesView bytes) {
  ByteReader reader(bytes);
  EntryHeader header;
  const std::uint8_t version = reader.U8();
  const std::uint8_t flags = reader.U8();
  header.kind = Kind(reader.U16());
  header.schema_ver = reader.U16();
  const std::uint16_t ext_len = reader.U16();
  header.seq = Sequence(reader.U64());
  header.feed = reader.Take<FeedId>();
  header.prev = reader.Take<Hash>();
  header.record = reader.Take<RecordId>();
  header.claimed_time_ms = reader.U64();
  header.payload_len = reader.U32();
  const std::uint32_t reserved = reader.U32();
  header.payload_commit = reader.Take<Hash>();
  const BytesView ext = reader.Raw(ext_len);
  if (!reader.at_end()) return absl::InvalidArgumentError("entry header: its length does not fit its bytes");
  if (version != kVersion) return absl::InvalidArgumentError(absl::StrCat("entry header: version ", version));
  if ((flags & ~kKnownFlags) != 0) return absl::InvalidArgumentError("entry header: unknown flag bits");
  if (reserved != 0) return absl::InvalidArgumentError("entry header: reserved bytes are not zero");
  if (ext_len > kExtBytesMax) return absl::InvalidArgumentError("entry header: extensions over 1,024 bytes");
  header.has_payload = (flags & kHasPayload) != 0;
  header.retract = (flags & kRetract) != 0;
  header.end_of_feed = (flags & kEndOfFeed) != 0;
  header.more = (flags & kMore) != 0;
  header.ext = Bytes(ext);
  HANSA_RETURN_IF_ERROR(CheckFields(header));
  HANSA_RETURN_IF_ERROR(DecodeExt(ext).status());
  return header;
}

Bytes EncodeExt(const std::vector<ExtItem>& items) {
  ByteWriter writer;
  for (const ExtItem& item : items) {
    HANSA_CHECK(item.value.size() <= 0xFFFF);
    writer.U16(item.type).U16(static_cast<std::uint16_t>(item.value.size())).Raw(item.value);
  }
  return std::move(writer).bytes();
}

absl::StatusOr<std::vector<ExtItem>> DecodeExt(BytesView ext) {
  std::vector<ExtItem> items;
  ByteReader reader(ext);
  while (reader.ok() && reader.remaining() > 0) {
    ExtItem item;
    item.type = reader.U16();
    const std::uint16_t size = reader.U16();
    item.value = Bytes(reader.Raw(size));
    if (!items.empty() && item.type <= items.back().type) {
      return absl::InvalidArgumentError("entry extensions: types must ascend, each once");
    }
    items.push_back(std::move(item));
  }
  if (!reader.ok()) return absl::InvalidArgumentError("entry extensions: cut short");
  return items;
}

Hash EntryHash(const Crypto& crypto, BytesView header_and_ext) {
  return crypto.Sha256(ByteWriter().Tag("hansa/entry/1").Raw(header_and_ext).bytes());
}

Hash PayloadCommit(const Crypto& crypto, const SaltedPayload& payload) {
  return crypto.Sha256(ByteWriter().Tag("hansa/payload/1").Raw(payload.salt.view()).Raw(payload.payload).bytes());
}

std::size_t CountedBytes(const EntryHeader& header) {
  return kHeaderBytes + header.ext.size() + (header.has_payload ? Salt::kSize + header.payload_len : 0);
}

}  // namespace hansa::replication
