#include "node/projection/observation_rows.h"

#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "hansa/v1/indicators.pb.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

using replication::ByteReader;
using replication::ByteWriter;

constexpr absl::string_view kNul("\0", 1);

std::string Key(absl::string_view letter, const SetKey& set) {
  return ByteWriter()
      .Raw(letter)
      .U32(set.member.value())
      .U16(static_cast<std::uint16_t>(set.subject.year))
      .Raw(set.subject.framework_id)
      .Raw(kNul)
      .Raw(set.subject.framework_version)
      .Raw(kNul)
      .bytes();
}

// Up to the next NUL, which is taken too; false if there is none.
bool TakeText(absl::string_view& rest, std::string& text) {
  const std::size_t end = rest.find('\0');
  if (end == absl::string_view::npos) return false;
  text = std::string(rest.substr(0, end));
  rest.remove_prefix(end + 1);
  return true;
}

}  // namespace

bool TakeFramework(absl::string_view rest, SetSubject& subject) {
  return TakeText(rest, subject.framework_id) && TakeText(rest, subject.framework_version) && rest.empty();
}

std::string CandidateRowPrefix(const SetKey& set) { return Key("k", set); }
std::string CandidateRowKey(const SetKey& set, const Position& position) {
  return ByteWriter().Raw(Key("k", set)).U32(~position.incarnation.value()).U64(~position.seq.value()).bytes();
}
std::string SetRowKey(const SetKey& set) { return Key("s", set); }
std::string SetRowPrefix(std::optional<replication::Member> member) {
  ByteWriter writer;
  writer.Raw("s");
  if (member) writer.U32(member->value());
  return std::move(writer).bytes();
}
std::string ObservationsRowKey(const SetKey& set) { return Key("m", set); }

std::string EncodeObservations(const domain::IndicatorSet& set, replication::BytesView payload) {
  using google::protobuf::internal::WireFormatLite;
  ByteWriter writer;
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const std::uint8_t*>(payload.data()),
                                                static_cast<int>(payload.size()));
  auto next = set.observations.begin();
  while (const std::uint32_t tag = stream.ReadTag()) {
    const bool is_observation = WireFormatLite::GetTagFieldNumber(tag) == v1::IndicatorSet::kObservationsFieldNumber &&
                                WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
    if (!is_observation) {
      HANSA_CHECK(WireFormatLite::SkipField(&stream, tag));  // it was read before
      continue;
    }
    std::uint32_t size = 0;
    HANSA_CHECK(stream.ReadVarint32(&size) && next != set.observations.end());
    const absl::string_view bytes = payload.substr(static_cast<std::size_t>(stream.CurrentPosition()), size);
    HANSA_CHECK(stream.Skip(static_cast<int>(size)));
    writer.U8(static_cast<std::uint8_t>(next->cell.size())).Raw(next->cell);  // domain::kCellBytesMax at most
    writer.U32(size).Raw(bytes);
    ++next;
  }
  HANSA_CHECK(next == set.observations.end());
  return std::move(writer).bytes();
}

absl::Status ForEachObservation(
    absl::string_view row, absl::FunctionRef<absl::Status(absl::string_view cell, absl::string_view bytes)> visit) {
  ByteReader reader(row);
  while (reader.remaining() > 0) {
    const absl::string_view cell = reader.Raw(reader.U8());
    const absl::string_view bytes = reader.Raw(reader.U32());
    if (!reader.ok()) return DamagedView("the observations of a set");
    HANSA_RETURN_IF_ERROR(visit(cell, bytes));
  }
  return absl::OkStatus();
}

std::string Encode(const SetEntry& entry) {
  return ByteWriter()
      .Raw(entry.record.view())
      .U32(entry.position.incarnation.value())
      .U64(entry.position.seq.value())
      .Raw(entry.position.feed.view())
      .bytes();
}

absl::StatusOr<SetEntry> DecodeSetEntry(absl::string_view row) {
  ByteReader reader(row);
  SetEntry entry;
  entry.record = reader.Take<replication::RecordId>();
  entry.position.incarnation = replication::Incarnation(reader.U32());
  entry.position.seq = replication::Sequence(reader.U64());
  entry.position.feed = reader.Take<replication::FeedId>();
  if (!reader.at_end()) return DamagedView("a set");
  return entry;
}

absl::StatusOr<SetKey> ParseSetRowKey(absl::string_view key) {
  ByteReader reader(key);
  SetKey set;
  const bool is_set = reader.Raw(1) == "s";
  set.member = replication::Member(reader.U32());
  set.subject.year = reader.U16();
  if (!is_set || !TakeFramework(reader.Raw(reader.remaining()), set.subject)) {
    return DamagedView("the key of a set");
  }
  return set;
}

}  // namespace hansa::node::projection
