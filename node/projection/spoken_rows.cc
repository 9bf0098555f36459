#include "node/projection/spoken_rows.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

using domain::ReportPoint;
using domain::Voice;
using domain::Word;
using replication::ByteReader;
using replication::ByteWriter;
using replication::Member;
using replication::RecordId;

constexpr absl::string_view kNul("\0", 1);

void Put(const Position& position, ByteWriter& writer) {
  writer.U32(position.incarnation.value()).U64(position.seq.value()).Raw(position.feed.view());
}
Position TakePosition(ByteReader& reader) {
  Position position;
  position.incarnation = replication::Incarnation(reader.U32());
  position.seq = replication::Sequence(reader.U64());
  position.feed = reader.Take<replication::FeedId>();
  return position;
}

// Codes have at most 64 bytes, ids of frameworks too, cells 128.
void PutText(absl::string_view text, ByteWriter& writer) {
  HANSA_CHECK(text.size() <= 255);
  writer.U8(static_cast<std::uint8_t>(text.size())).Raw(text);
}
std::string TakeText(ByteReader& reader) {
  const std::size_t size = reader.U8();
  return std::string(reader.Raw(size));
}

void Put(const Word& word, ByteWriter& writer) {
  writer.U8(static_cast<std::uint8_t>(word.voice)).Raw(word.signer.view());
  PutText(word.code, writer);
}
// False for a voice that there is not.
bool TakeWord(ByteReader& reader, Word& word) {
  const std::uint8_t voice = reader.U8();
  if (voice < static_cast<std::uint8_t>(Voice::kCity) || voice > static_cast<std::uint8_t>(Voice::kExpert)) {
    return false;
  }
  word.voice = static_cast<Voice>(voice);
  word.signer = reader.Take<replication::PublicKey>();
  word.code = TakeText(reader);
  return true;
}

void Put(const SetSubject& subject, ByteWriter& writer) {
  writer.U16(static_cast<std::uint16_t>(subject.year));
  PutText(subject.framework_id, writer);
  PutText(subject.framework_version, writer);
}
SetSubject TakeSubject(ByteReader& reader) {
  SetSubject subject;
  subject.year = reader.U16();
  subject.framework_id = TakeText(reader);
  subject.framework_version = TakeText(reader);
  return subject;
}

}  // namespace

std::string SpokenRowPrefix(std::optional<Member> member) {
  ByteWriter writer;
  writer.Raw("q");
  if (member) writer.U32(member->value());
  return std::move(writer).bytes();
}
std::string SpokenRowKey(Member member, const RecordId& record) {
  return absl::StrCat(SpokenRowPrefix(member), record.view());
}

std::string SpokenCellRowPrefix(absl::string_view cell, std::optional<int> year) {
  ByteWriter writer;
  writer.Raw("r").Raw(cell).Raw(kNul);
  if (year) writer.U16(static_cast<std::uint16_t>(*year));
  return std::move(writer).bytes();
}
std::string SpokenCellRowKey(absl::string_view cell, const SpokenCell& at) {
  return ByteWriter().Raw(SpokenCellRowPrefix(cell, at.year)).U32(at.member.value()).Raw(at.record.view()).bytes();
}

std::string RatingRowPrefix(Member member, const ReportPoint& report) {
  return ByteWriter().Raw("w").U32(member.value()).Raw(report.record.view()).Raw(report.entry_hash.view()).bytes();
}
std::string RatingRowKey(Member member, const ReportPoint& report, const RecordId& rating) {
  return absl::StrCat(RatingRowPrefix(member, report), rating.view());
}

std::string Encode(const SpokenRecord& record) {
  ByteWriter writer;
  Put(record.position, writer);
  Put(record.word, writer);
  Put(record.subject, writer);
  writer.U8(record.report ? 1 : 0);
  if (record.report) writer.Raw(record.report->record.view()).Raw(record.report->entry_hash.view());
  for (const std::string& cell : record.cells) PutText(cell, writer);
  return std::move(writer).bytes();
}

absl::StatusOr<SpokenRecord> DecodeSpokenRecord(absl::string_view row) {
  ByteReader reader(row);
  SpokenRecord record;
  record.position = TakePosition(reader);
  if (!TakeWord(reader, record.word)) return DamagedView("a survey or a rating");
  record.subject = TakeSubject(reader);
  if (reader.U8() != 0) {
    const RecordId report = reader.Take<RecordId>();
    record.report = ReportPoint{report, reader.Take<replication::Hash>()};
  }
  while (reader.ok() && reader.remaining() > 0) record.cells.push_back(TakeText(reader));
  if (!reader.at_end()) return DamagedView("a survey or a rating");
  return record;
}

std::string Encode(const SpokenAnswer& answer) {
  ByteWriter writer;
  Put(answer.position, writer);
  Put(answer.word, writer);
  Put(answer.subject, writer);
  writer.Raw(answer.answer);
  return std::move(writer).bytes();
}

absl::StatusOr<SpokenAnswer> DecodeSpokenAnswer(absl::string_view row) {
  ByteReader reader(row);
  SpokenAnswer answer;
  answer.position = TakePosition(reader);
  if (!TakeWord(reader, answer.word)) return DamagedView("an answer of a survey or a rating");
  answer.subject = TakeSubject(reader);
  if (!reader.ok()) return DamagedView("an answer of a survey or a rating");
  answer.answer = std::string(reader.Raw(reader.remaining()));
  return answer;
}

absl::StatusOr<RecordKey> ParseSpokenRowKey(absl::string_view key) {
  ByteReader reader(key);
  const bool is_one = reader.Raw(1) == "q";
  RecordKey record{Member(reader.U32()), replication::kReviews, reader.Take<RecordId>()};
  if (!is_one || !reader.at_end()) return DamagedView("the key of a survey or a rating");
  return record;
}

absl::StatusOr<SpokenCell> ParseSpokenCellRowKey(absl::string_view key, absl::string_view cell) {
  const std::string prefix = SpokenCellRowPrefix(cell, std::nullopt);
  if (!absl::StartsWith(key, prefix)) return DamagedView("the key of an answer of a survey or a rating");
  ByteReader reader(key.substr(prefix.size()));
  SpokenCell at;
  at.year = reader.U16();
  at.member = Member(reader.U32());
  at.record = reader.Take<RecordId>();
  if (!reader.at_end()) return DamagedView("the key of an answer of a survey or a rating");
  return at;
}

absl::StatusOr<RecordId> ParseRatingRowKey(absl::string_view key) {
  const std::size_t size = RatingRowPrefix(Member(), ReportPoint()).size();
  const std::optional<RecordId> rating = key.size() > size ? RecordId::From(key.substr(size)) : std::nullopt;
  if (!rating) return DamagedView("the key of a rating of a report");
  return *rating;
}

}  // namespace hansa::node::projection
