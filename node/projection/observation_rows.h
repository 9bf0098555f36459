// The rows of the observations view: what each member's present sets say, found by member and year or
// by cell. Nothing here is in order of a value, on purpose.
#ifndef HANSA_NODE_PROJECTION_OBSERVATION_ROWS_H_
#define HANSA_NODE_PROJECTION_OBSERVATION_ROWS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/projection/record_rows.h"

namespace hansa::node::projection {

// What there is at most one present set for: (member, framework version, year).
struct SetKey {
  replication::Member member;
  SetSubject subject;
  friend auto operator<=>(const SetKey&, const SetKey&) = default;
};

// The entry that holds a set.
struct SetEntry {
  replication::RecordId record;
  Position position;
  friend bool operator==(const SetEntry&, const SetEntry&) = default;
};

// Keys, big-endian; SET is member u32, year u16, framework id, NUL, framework version, NUL:
//   'k' SET, incarnation and sequence, both complemented -> SetEntry: a record that speaks of SET now,
//                                                           the latest first
//   's' SET                                              -> SetEntry: the first of those
//   'm' SET, cell                                        -> the observation, as a draft is encoded
//   'c' cell, NUL, year u16, member u32, framework id, NUL, version, NUL
//                                                        -> nothing; the observation is under 'm'
std::string CandidateRowKey(const SetKey& set, const Position& position);
std::string CandidateRowPrefix(const SetKey& set);
std::string SetRowKey(const SetKey& set);
std::string SetRowPrefix(std::optional<replication::Member> member);
std::string ObservationRowKey(const SetKey& set, absl::string_view cell);
std::string ObservationRowPrefix(const SetKey& set);
std::string CellRowKey(const SetKey& set, absl::string_view cell);
// All years, or one.
std::string CellRowPrefix(absl::string_view cell, std::optional<int> year);

std::string Encode(const SetEntry& entry);

//   DATA_LOSS  not such a row: the view is damaged and must be rebuilt
absl::StatusOr<SetEntry> DecodeSetEntry(absl::string_view row);
absl::StatusOr<SetKey> ParseSetRowKey(absl::string_view key);
// Of a key that begins with 'c' and `cell`.
absl::StatusOr<SetKey> ParseCellRowKey(absl::string_view key, absl::string_view cell);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_OBSERVATION_ROWS_H_
