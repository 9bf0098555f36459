#include "storage/layout.h"

#include <utility>

namespace hansa::storage {

using replication::ByteReader;
using replication::Bytes;
using replication::BytesView;
using replication::ByteWriter;
using replication::Checkpoint;
using replication::Collection;
using replication::FeedId;
using replication::Hash;
using replication::Incarnation;
using replication::Member;
using replication::PublicKey;
using replication::Salt;
using replication::SaltedPayload;
using replication::Sequence;
using replication::Signature;

Bytes EncodeFeedRow(const FeedRow& row) {
  const HeldFeed& held = row.held;
  ByteWriter writer;
  writer.U32(row.handle)
      .U32(held.author.member.value())
      .U16(held.author.collection.value())
      .U32(held.author.incarnation.value())
      .Raw(held.author.writer.view())
      .U64(held.author.length_max.value())
      .U64(held.newest.len.value())
      .Raw(held.newest.head.view())
      .Raw(held.newest.signature.view())
      .U64(held.bytes)
      .U8(held.ended ? 1 : 0);
  return std::move(writer).bytes();
}

std::optional<FeedRow> DecodeFeedRow(const FeedId& feed, BytesView value) {
  ByteReader reader(value);
  FeedRow row;
  row.handle = reader.U32();
  row.held.feed = feed;
  row.held.author.member = Member(reader.U32());
  row.held.author.collection = Collection(reader.U16());
  row.held.author.incarnation = Incarnation(reader.U32());
  row.held.author.writer = reader.Take<PublicKey>();
  row.held.author.length_max = Sequence(reader.U64());
  row.held.newest.feed = feed;
  row.held.newest.len = Sequence(reader.U64());
  row.held.newest.head = reader.Take<Hash>();
  row.held.newest.signature = reader.Take<Signature>();
  row.held.bytes = reader.U64();
  const std::uint8_t ended = reader.U8();
  row.held.ended = ended == 1;
  if (!reader.at_end() || ended > 1) return std::nullopt;
  return row;
}

Bytes PositionKey(Handle handle, Sequence seq) {
  ByteWriter writer;
  writer.U32(handle).U64(seq.value());
  return std::move(writer).bytes();
}

Sequence PositionIn(BytesView key) {
  ByteReader reader(key);
  reader.U32();
  const Sequence seq(reader.U64());
  return reader.at_end() ? seq : Sequence();
}

Bytes EncodeCheckpoint(const Checkpoint& checkpoint) {
  ByteWriter writer;
  writer.Raw(checkpoint.head.view()).Raw(checkpoint.signature.view());
  return std::move(writer).bytes();
}

std::optional<Checkpoint> DecodeCheckpoint(const FeedId& feed, Sequence len, BytesView value) {
  ByteReader reader(value);
  Checkpoint checkpoint;
  checkpoint.feed = feed;
  checkpoint.len = len;
  checkpoint.head = reader.Take<Hash>();
  checkpoint.signature = reader.Take<Signature>();
  if (!reader.at_end()) return std::nullopt;
  return checkpoint;
}

Bytes EncodePayload(const std::optional<SaltedPayload>& payload) {
  if (!payload) return Bytes();
  ByteWriter writer;
  writer.Raw(payload->salt.view()).Raw(payload->payload);
  return std::move(writer).bytes();
}

std::optional<SaltedPayload> DecodePayload(BytesView value) {
  if (value.size() <= Salt::kSize) return std::nullopt;
  ByteReader reader(value);
  SaltedPayload payload;
  payload.salt = reader.Take<Salt>();
  payload.payload = Bytes(reader.Raw(reader.remaining()));
  return payload;
}

Bytes QuarantineKey(const FeedId& feed, std::uint32_t cut, Sequence seq) {
  ByteWriter writer;
  writer.Raw(feed.view()).U32(cut).U64(seq.value());
  return std::move(writer).bytes();
}

std::optional<QuarantinePosition> QuarantinePositionIn(BytesView key) {
  ByteReader reader(key);
  QuarantinePosition position;
  position.feed = reader.Take<FeedId>();
  position.cut = reader.U32();
  position.seq = Sequence(reader.U64());
  if (!reader.at_end() || position.cut == 0) return std::nullopt;
  return position;
}

Bytes EncodeQuarantined(const QuarantinedEntry& quarantined) {
  ByteWriter writer;
  writer.U16(static_cast<std::uint16_t>(quarantined.entry.header.size())).Raw(quarantined.entry.header);
  writer.U8(quarantined.checkpoint ? 1 : 0);
  if (quarantined.checkpoint) writer.Raw(EncodeCheckpoint(*quarantined.checkpoint));
  writer.Raw(EncodePayload(quarantined.entry.payload));
  return std::move(writer).bytes();
}

std::optional<QuarantinedEntry> DecodeQuarantined(const QuarantinePosition& position, BytesView value) {
  ByteReader reader(value);
  QuarantinedEntry quarantined;
  const std::uint16_t header_bytes = reader.U16();
  quarantined.entry.header = Bytes(reader.Raw(header_bytes));
  const std::uint8_t has_checkpoint = reader.U8();
  if (has_checkpoint == 1) {
    const BytesView checkpoint = reader.Raw(Hash::kSize + Signature::kSize);
    quarantined.checkpoint = DecodeCheckpoint(position.feed, position.seq, checkpoint);
  }
  if (!reader.ok() || has_checkpoint > 1) return std::nullopt;
  quarantined.entry.payload = DecodePayload(reader.Raw(reader.remaining()));
  return quarantined;
}

Bytes EncodeQuarantine(const Quarantine& cut) {
  ByteWriter writer;
  writer.U64(cut.entries).U64(cut.bytes);
  return std::move(writer).bytes();
}

std::optional<Quarantine> DecodeQuarantine(const FeedId& feed, BytesView value) {
  ByteReader reader(value);
  Quarantine cut{feed, reader.U64(), 0};
  cut.bytes = reader.U64();
  if (!reader.at_end()) return std::nullopt;
  return cut;
}

Bytes EncodeScrubNote(const ScrubNote& note) {
  ByteWriter writer;
  for (const Bytes& part : {note.family, note.begin, note.end}) {
    writer.U16(static_cast<std::uint16_t>(part.size())).Raw(part);
  }
  return std::move(writer).bytes();
}

std::optional<ScrubNote> DecodeScrubNote(BytesView bytes) {
  ByteReader reader(bytes);
  ScrubNote note;
  for (Bytes* part : {&note.family, &note.begin, &note.end}) {
    const std::uint16_t size = reader.U16();
    *part = Bytes(reader.Raw(size));
  }
  if (!reader.at_end()) return std::nullopt;
  return note;
}

Bytes EncodeU32(std::uint32_t value) {
  ByteWriter writer;
  writer.U32(value);
  return std::move(writer).bytes();
}

std::optional<std::uint32_t> DecodeU32(BytesView value) {
  ByteReader reader(value);
  const std::uint32_t number = reader.U32();
  if (!reader.at_end()) return std::nullopt;
  return number;
}

}  // namespace hansa::storage
