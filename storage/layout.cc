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
