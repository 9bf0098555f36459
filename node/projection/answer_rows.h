// The short rows of the observations view: what sums and counts need of every answer, without its texts, many members
// in a row (block_rows.h). The answers themselves are under their set (observation_rows.h).
#ifndef HANSA_NODE_PROJECTION_ANSWER_ROWS_H_
#define HANSA_NODE_PROJECTION_ANSWER_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/chosen.h"
#include "node/domain/observation.h"
#include "node/projection/block_rows.h"
#include "node/projection/observation_rows.h"

namespace hansa::node::projection {

// What an answer rests on: the fields of an observation that decide what it may be put together with, and what was
// chosen for the attributes of its row.
struct Footing {
  bool has_value = false;  // else a reason why there is none
  domain::SourceKind source_kind = domain::SourceKind::kNotGiven;
  domain::AreaLevel level = domain::AreaLevel::kNotGiven;
  domain::DefinitionMatch match = domain::DefinitionMatch::kNotGiven;
  std::string language;                // of the definition, BCP 47; empty: not given
  std::vector<domain::Chosen> chosen;  // by our catalogue; empty for a cell that it lacks

  friend bool operator==(const Footing&, const Footing&) = default;
};

// An entry of a row under 'c': has_value, source kind, level and match in a byte each, the length of the language and
// the number of choices in a byte each, the language, two bytes for each choice, and the digits as they were written;
// no digits without a value. `cell` is that of our catalogue, nullptr if it lacks it.
std::string EncodeShortAnswer(const catalogue::Cell* cell, const domain::Observation& observation);

// Such an entry, cut in two. Both parts point into it.
struct ShortAnswer {
  absl::string_view footing;
  absl::string_view digits;
};
//   DATA_LOSS  not such an entry: the view is damaged and must be rebuilt
absl::StatusOr<ShortAnswer> CutShortAnswer(absl::string_view entry);
absl::StatusOr<Footing> DecodeFooting(absl::string_view footing);

// Cells by their position in a catalogue. Grows as it is written; what lies beyond its end is not in it.
class CellMap {
 public:
  CellMap() = default;
  // As `bytes` gave it.
  explicit CellMap(std::string bytes) : bytes_(std::move(bytes)) {}

  void Add(std::size_t position);
  void AddAll(const CellMap& other);
  bool Has(std::size_t position) const {
    return position / 8 < bytes_.size() &&
           ((static_cast<unsigned char>(bytes_[position / 8]) >> (position % 8)) & 1) != 0;
  }
  // Bit p % 8, from the lowest, of byte p / 8; without zero bytes at the end.
  const std::string& bytes() const { return bytes_; }

  friend bool operator==(const CellMap&, const CellMap&) = default;

 private:
  std::string bytes_;
};

// The set that speaks for a member and a year under one framework, and the cells that it answers.
struct AnsweredSet {
  replication::RecordId record;
  std::uint64_t revisions = 0;
  replication::Sequence seq;  // of the last
  CellMap cells;              // a value or a reason why there is none; only cells that our catalogue has
};

// The cells of `catalogue` that `observations` answer.
CellMap CellsOf(const catalogue::Catalogue& catalogue, const std::vector<domain::Observation>& observations);

// An entry of a row under 'a'.
std::string Encode(const AnsweredSet& set);
//   DATA_LOSS  not such an entry: the view is damaged and must be rebuilt
absl::StatusOr<AnsweredSet> DecodeAnsweredSet(absl::string_view entry);

// Keys, big-endian; the values are blocks of entries, one of each member:
//   'a' BLOCK             -> the sets of a year, an AnsweredSet each
//   'c' cell, NUL, BLOCK  -> the answers of a year to a cell, a ShortAnswer each
// BLOCK is year u16, number of the block u32, framework id, NUL, framework version, NUL.
struct BlockKey {
  std::uint32_t block = 0;
  SetSubject subject;
};
std::string BlockBytes(const SetKey& set);
std::string AnsweredRowKey(const SetKey& set);
std::string CellRowKey(absl::string_view cell, absl::string_view block_bytes);
// What keys begin with: of all years, of one, or of one block of it.
std::string AnsweredRowPrefix(std::optional<int> year);
std::string CellRowPrefix(absl::string_view cell, std::optional<int> year);
std::string CellBlockPrefix(absl::string_view cell, int year, replication::Member member);
// Of a key that begins with 'a', or with 'c' and `cell`.
//   DATA_LOSS  not such a key
absl::StatusOr<BlockKey> ParseAnsweredRowKey(absl::string_view key);
absl::StatusOr<BlockKey> ParseCellRowKey(absl::string_view key, absl::string_view cell);

inline replication::Member MemberAt(const BlockKey& key, std::uint8_t place) {
  return replication::Member(key.block * kMembersPerBlock + place);
}

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_ANSWER_ROWS_H_
