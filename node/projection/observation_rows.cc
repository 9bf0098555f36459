#include "node/projection/observation_rows.h"

#include <utility>

#include "absl/strings/str_cat.h"

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

bool TakeFramework(absl::string_view rest, SetSubject& subject) {
  return TakeText(rest, subject.framework_id) && TakeText(rest, subject.framework_version) && rest.empty();
}

}  // namespace

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
std::string ObservationRowPrefix(const SetKey& set) { return Key("m", set); }
std::string ObservationRowKey(const SetKey& set, absl::string_view cell) { return absl::StrCat(Key("m", set), cell); }
std::string CellRowPrefix(absl::string_view cell, std::optional<int> year) {
  ByteWriter writer;
  writer.Raw("c").Raw(cell).Raw(kNul);
  if (year) writer.U16(static_cast<std::uint16_t>(*year));
  return std::move(writer).bytes();
}
std::string CellRowKey(const SetKey& set, absl::string_view cell) {
  return ByteWriter()
      .Raw(CellRowPrefix(cell, set.subject.year))
      .U32(set.member.value())
      .Raw(set.subject.framework_id)
      .Raw(kNul)
      .Raw(set.subject.framework_version)
      .Raw(kNul)
      .bytes();
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

absl::StatusOr<SetKey> ParseCellRowKey(absl::string_view key, absl::string_view cell) {
  ByteReader reader(key);
  SetKey set;
  const std::string prefix = CellRowPrefix(cell, std::nullopt);
  const bool is_cell = reader.Raw(prefix.size()) == prefix;
  set.subject.year = reader.U16();
  set.member = replication::Member(reader.U32());
  if (!is_cell || !TakeFramework(reader.Raw(reader.remaining()), set.subject)) {
    return DamagedView("the key of a cell");
  }
  return set;
}

}  // namespace hansa::node::projection
