#include "node/projection/record_rows.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

using replication::ByteReader;
using replication::Bytes;
using replication::BytesView;
using replication::ByteWriter;

constexpr std::size_t kWhatBytesMax = 2000;
constexpr std::uint8_t kRetracted = 1;
constexpr std::uint8_t kHasSubject = 2;

ByteWriter& WriteRecord(ByteWriter& writer, const RecordKey& record) {
  return writer.U32(record.member.value()).U16(record.collection.value()).Raw(record.id.view());
}

void WriteText(ByteWriter& writer, BytesView text) { writer.U16(static_cast<std::uint16_t>(text.size())).Raw(text); }
std::string ReadText(ByteReader& reader) { return std::string(reader.Raw(reader.U16())); }

// The beginning of `text` that a row has room for, never half a character.
BytesView Shortened(BytesView text) {
  if (text.size() <= kWhatBytesMax) return text;
  std::size_t end = kWhatBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

void Write(ByteWriter& writer, const Revision& revision) {
  const bool has_subject = revision.subject.has_value();
  writer.U32(revision.position.incarnation.value())
      .U64(revision.position.seq.value())
      .Raw(revision.position.feed.view())
      .U16(revision.kind.value())
      .U16(revision.schema_ver)
      .Raw(revision.entry_hash.view())
      .U64(revision.claimed_time_ms)
      .U8(static_cast<std::uint8_t>((revision.retracted ? kRetracted : 0) | (has_subject ? kHasSubject : 0)))
      .U8(static_cast<std::uint8_t>(revision.reading));
  WriteText(writer, Shortened(revision.what));
  if (!has_subject) return;
  writer.U16(static_cast<std::uint16_t>(revision.subject->year));
  WriteText(writer, revision.subject->framework_id);
  WriteText(writer, revision.subject->framework_version);
}

Revision ReadRevision(ByteReader& reader) {
  Revision revision;
  revision.position.incarnation = replication::Incarnation(reader.U32());
  revision.position.seq = replication::Sequence(reader.U64());
  revision.position.feed = reader.Take<replication::FeedId>();
  revision.kind = replication::Kind(reader.U16());
  revision.schema_ver = reader.U16();
  revision.entry_hash = reader.Take<replication::Hash>();
  revision.claimed_time_ms = reader.U64();
  const std::uint8_t flags = reader.U8();
  revision.retracted = (flags & kRetracted) != 0;
  revision.reading = static_cast<Reading>(reader.U8());
  revision.what = ReadText(reader);
  if ((flags & kHasSubject) == 0) return revision;
  SetSubject subject;
  subject.year = reader.U16();
  subject.framework_id = ReadText(reader);
  subject.framework_version = ReadText(reader);
  revision.subject = std::move(subject);
  return revision;
}

}  // namespace

const char* ReadingName(Reading reading) {
  constexpr std::array<const char*, 5> kNames = {"understood", "unknown", "malformed", "invalid", "no payload"};
  return kNames.at(static_cast<std::size_t>(reading));
}

std::string HeadRowPrefix(replication::Member member, replication::Collection collection) {
  return ByteWriter().Raw("h").U32(member.value()).U16(collection.value()).bytes();
}
std::string HeadRowKey(const RecordKey& record) {
  ByteWriter writer;
  return WriteRecord(writer.Raw("h"), record).bytes();
}
std::string RevisionRowPrefix(const RecordKey& record) {
  ByteWriter writer;
  return WriteRecord(writer.Raw("r"), record).bytes();
}
std::string RevisionRowKey(const RecordKey& record, const Position& position) {
  ByteWriter writer;
  return WriteRecord(writer.Raw("r"), record).U32(position.incarnation.value()).U64(position.seq.value()).bytes();
}
std::string IdRowPrefix(BytesView first_bytes) { return absl::StrCat("i", first_bytes); }
std::string IdRowKey(const RecordKey& record) {
  return ByteWriter().Raw("i").Raw(record.id.view()).U32(record.member.value()).U16(record.collection.value()).bytes();
}

std::string LinkRowPrefix(const RecordKey& to) {
  ByteWriter writer;
  return WriteRecord(writer.Raw("l"), to).bytes();
}
std::string LinkRowKey(const RecordKey& to, const RecordKey& from) {
  ByteWriter writer;
  return WriteRecord(WriteRecord(writer.Raw("l"), to), from).bytes();
}

std::string Encode(const Revision& revision) {
  ByteWriter writer;
  Write(writer, revision);
  return std::move(writer).bytes();
}

std::string Encode(const RecordHead& head) {
  ByteWriter writer;
  writer.U64(head.revisions);
  Write(writer, head.current);
  return std::move(writer).bytes();
}

absl::StatusOr<Revision> DecodeRevision(absl::string_view row) {
  ByteReader reader(row);
  Revision revision = ReadRevision(reader);
  if (!reader.at_end() || revision.reading > Reading::kNoPayload) return DamagedView("a revision");
  return revision;
}

absl::StatusOr<RecordHead> DecodeHead(absl::string_view row) {
  ByteReader reader(row);
  RecordHead head;
  head.revisions = reader.U64();
  head.current = ReadRevision(reader);
  if (!reader.at_end() || head.current.reading > Reading::kNoPayload) {
    return DamagedView("a record");
  }
  return head;
}

absl::StatusOr<RecordKey> ParseHeadRowKey(absl::string_view key) {
  ByteReader reader(key);
  RecordKey record;
  const bool is_head = reader.Raw(1) == "h";
  record.member = replication::Member(reader.U32());
  record.collection = replication::Collection(reader.U16());
  record.id = reader.Take<replication::RecordId>();
  if (!is_head || !reader.at_end()) return DamagedView("the key of a record");
  return record;
}

absl::StatusOr<RecordKey> ParseIdRowKey(absl::string_view key) {
  ByteReader reader(key);
  RecordKey record;
  const bool is_id = reader.Raw(1) == "i";
  record.id = reader.Take<replication::RecordId>();
  record.member = replication::Member(reader.U32());
  record.collection = replication::Collection(reader.U16());
  if (!is_id || !reader.at_end()) return DamagedView("the key of a record id");
  return record;
}

absl::StatusOr<RecordKey> ParseLinkRowKey(absl::string_view key) {
  ByteReader reader(key);
  RecordKey record;
  const bool is_link = reader.Raw(1) == "l";
  reader.U32();
  reader.U16();
  reader.Take<replication::RecordId>();
  record.member = replication::Member(reader.U32());
  record.collection = replication::Collection(reader.U16());
  record.id = reader.Take<replication::RecordId>();
  if (!is_link || !reader.at_end()) return DamagedView("the key of a record");
  return record;
}

absl::Status DamagedView(absl::string_view row) {
  return absl::DataLossError(
      absl::StrCat("reading a view: ", row, " cannot be read; rebuild the views with hansa reindex"));
}

}  // namespace hansa::node::projection
