#include "node/projection/answer_rows.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

using replication::ByteReader;
using replication::ByteWriter;

// has_value, source kind, level, match, length of the language, number of choices.
constexpr std::size_t kFootingHead = 6;
constexpr std::size_t kChosenBytes = 2;
constexpr std::size_t kLanguageMax = 255;

constexpr absl::string_view kNul("\0", 1);

absl::StatusOr<BlockKey> ParseBlock(absl::string_view key, absl::string_view prefix) {
  if (!absl::StartsWith(key, prefix)) return DamagedView("the key of a block of members");
  ByteReader reader(key.substr(prefix.size()));
  BlockKey block;
  block.subject.year = reader.U16();
  block.block = reader.U32();
  if (!reader.ok() || !TakeFramework(reader.Raw(reader.remaining()), block.subject)) {
    return DamagedView("the key of a block of members");
  }
  return block;
}

// nullopt for a number beyond `last`.
template <typename Code>
std::optional<Code> CodeOf(std::uint8_t number, Code last) {
  if (number > static_cast<std::uint8_t>(last)) return std::nullopt;
  return static_cast<Code>(number);
}

}  // namespace

std::string EncodeShortAnswer(const catalogue::Cell* cell, const domain::Observation& observation) {
  const std::string& language = observation.definition_language;
  HANSA_CHECK(language.size() <= kLanguageMax);  // a language tag is shorter
  std::string chosen;
  if (cell != nullptr && !observation.attributes.empty()) {
    for (const domain::Chosen& each : domain::ChosenIn(*cell->measurement, observation)) {
      chosen += {static_cast<char>(each.attribute), static_cast<char>(each.choice)};
    }
  }
  const char head[kFootingHead] = {
      static_cast<char>(observation.value ? 1 : 0), static_cast<char>(observation.source_kind),
      static_cast<char>(observation.level),         static_cast<char>(observation.match),
      static_cast<char>(language.size()),           static_cast<char>(chosen.size() / kChosenBytes)};
  return absl::StrCat(absl::string_view(head, kFootingHead), language, chosen,
                      observation.value ? absl::string_view(observation.value->text()) : absl::string_view());
}

absl::StatusOr<ShortAnswer> CutShortAnswer(absl::string_view entry) {
  if (entry.size() < kFootingHead) return DamagedView("a short answer");
  const std::size_t footing = kFootingHead + static_cast<unsigned char>(entry[kFootingHead - 2]) +
                              kChosenBytes * static_cast<unsigned char>(entry[kFootingHead - 1]);
  const bool has_value = entry.front() != '\0';
  if (entry.size() < footing || has_value != (entry.size() > footing)) return DamagedView("a short answer");
  return ShortAnswer{entry.substr(0, footing), entry.substr(footing)};
}

absl::StatusOr<Footing> DecodeFooting(absl::string_view footing) {
  ByteReader reader(footing);
  const std::uint8_t has_value = reader.U8();
  const auto source_kind = CodeOf(reader.U8(), domain::SourceKind::kExpertReview);
  const auto level = CodeOf(reader.U8(), domain::AreaLevel::kRegion);
  const auto match = CodeOf(reader.U8(), domain::DefinitionMatch::kApproximate);
  const std::size_t length = reader.U8();
  const std::size_t choices = reader.U8();
  const absl::string_view language = reader.Raw(length);
  std::vector<domain::Chosen> chosen(choices);
  for (domain::Chosen& each : chosen) {
    each.attribute = reader.U8();
    each.choice = reader.U8();
  }
  if (!reader.at_end() || has_value > 1 || !source_kind || !level || !match) return DamagedView("a short answer");
  return Footing{has_value == 1, *source_kind, *level, *match, std::string(language), std::move(chosen)};
}

void CellMap::Add(std::size_t position) {
  if (bytes_.size() <= position / 8) bytes_.resize(position / 8 + 1, '\0');
  char& byte = bytes_[position / 8];
  byte = static_cast<char>(static_cast<unsigned char>(byte) | (1u << (position % 8)));
}

void CellMap::AddAll(const CellMap& other) {
  if (bytes_.size() < other.bytes_.size()) bytes_.resize(other.bytes_.size(), '\0');
  for (std::size_t i = 0; i < other.bytes_.size(); ++i) {
    bytes_[i] = static_cast<char>(static_cast<unsigned char>(bytes_[i]) | static_cast<unsigned char>(other.bytes_[i]));
  }
}

CellMap CellsOf(const catalogue::Catalogue& catalogue, const std::vector<domain::Observation>& observations) {
  CellMap cells;
  const catalogue::Cell* last = nullptr;
  for (const domain::Observation& observation : observations) {
    const catalogue::Cell* cell = CellAfter(catalogue, last, observation.cell);
    if (cell == nullptr) continue;
    cells.Add(cell->position);
    last = cell;
  }
  return cells;
}

std::string AnsweredRowPrefix(std::optional<int> year) {
  ByteWriter writer;
  writer.Raw("a");
  if (year) writer.U16(static_cast<std::uint16_t>(*year));
  return std::move(writer).bytes();
}
std::string CellRowPrefix(absl::string_view cell, std::optional<int> year) {
  ByteWriter writer;
  writer.Raw("c").Raw(cell).Raw(kNul);
  if (year) writer.U16(static_cast<std::uint16_t>(*year));
  return std::move(writer).bytes();
}
std::string CellBlockPrefix(absl::string_view cell, int year, replication::Member member) {
  return ByteWriter().Raw(CellRowPrefix(cell, year)).U32(BlockOf(member)).bytes();
}
std::string BlockBytes(const SetKey& set) {
  return ByteWriter()
      .U16(static_cast<std::uint16_t>(set.subject.year))
      .U32(BlockOf(set.member))
      .Raw(set.subject.framework_id)
      .Raw(kNul)
      .Raw(set.subject.framework_version)
      .Raw(kNul)
      .bytes();
}

std::string AnsweredRowKey(const SetKey& set) { return absl::StrCat(AnsweredRowPrefix(std::nullopt), BlockBytes(set)); }
std::string CellRowKey(absl::string_view cell, absl::string_view block_bytes) {
  return absl::StrCat("c", cell, kNul, block_bytes);
}

absl::StatusOr<BlockKey> ParseAnsweredRowKey(absl::string_view key) {
  return ParseBlock(key, AnsweredRowPrefix(std::nullopt));
}
absl::StatusOr<BlockKey> ParseCellRowKey(absl::string_view key, absl::string_view cell) {
  return ParseBlock(key, CellRowPrefix(cell, std::nullopt));
}

std::string Encode(const AnsweredSet& set) {
  return ByteWriter().Raw(set.record.view()).U64(set.revisions).U64(set.seq.value()).Raw(set.cells.bytes()).bytes();
}

absl::StatusOr<AnsweredSet> DecodeAnsweredSet(absl::string_view entry) {
  ByteReader reader(entry);
  AnsweredSet set;
  set.record = reader.Take<replication::RecordId>();
  set.revisions = reader.U64();
  set.seq = replication::Sequence(reader.U64());
  if (!reader.ok()) return DamagedView("the answers of a set");
  set.cells = CellMap(std::string(reader.Raw(reader.remaining())));
  return set;
}

}  // namespace hansa::node::projection
