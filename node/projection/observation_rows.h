// The rows of the observations view: what each member's present sets say, found by member and year or
// by cell. Nothing here is in order of a value, on purpose.
#ifndef HANSA_NODE_PROJECTION_OBSERVATION_ROWS_H_
#define HANSA_NODE_PROJECTION_OBSERVATION_ROWS_H_

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/domain/observation.h"
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
//   'm' SET                                              -> its observations
// The rows of many members together, under 'a' and 'c', are in answer_rows.h.
std::string CandidateRowKey(const SetKey& set, const Position& position);
std::string CandidateRowPrefix(const SetKey& set);
std::string SetRowKey(const SetKey& set);
std::string SetRowPrefix(std::optional<replication::Member> member);
std::string ObservationsRowKey(const SetKey& set);

std::string Encode(const SetEntry& entry);
// Each observation as the length of its cell u8, the cell, a length u32, and its bytes as they stand in `payload`,
// which `set` was read from; in their order there. domain::DecodeStoredObservation reads them.
std::string EncodeObservations(const domain::IndicatorSet& set, replication::BytesView payload);

//   DATA_LOSS  not such a row: the view is damaged and must be rebuilt
absl::StatusOr<SetEntry> DecodeSetEntry(absl::string_view row);
absl::StatusOr<SetKey> ParseSetRowKey(absl::string_view key);
// Calls `visit` with the cell and the bytes of each observation, in order; stops at the first error, which it returns.
absl::Status ForEachObservation(absl::string_view row,
                                absl::FunctionRef<absl::Status(absl::string_view cell, absl::string_view bytes)> visit);
// Reads 'framework id, NUL, version, NUL' and nothing after it; false if `rest` is anything else.
bool TakeFramework(absl::string_view rest, SetSubject& subject);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_OBSERVATION_ROWS_H_
