#include "node/projection/set_index.h"

#include <string>
#include <utility>

#include "node/domain/indicator_codec.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

using storage::Table;

std::optional<SetKey> SetOf(const RecordKey& record, const std::optional<Revision>& revision) {
  if (!revision || !revision->is_showable_set()) return std::nullopt;
  return SetKey{record.member, *revision->subject};
}

absl::Status RemoveObservations(const SetKey& set, PendingWrites& pending) {
  const std::string prefix = ObservationRowPrefix(set);
  const auto rows = pending.FindAll(Table::kObservations, prefix);
  HANSA_RETURN_IF_ERROR(rows.status());
  for (const auto& [key, row] : *rows) {
    const std::string cell = key.substr(prefix.size());
    pending.Delete(Table::kObservations, key);
    pending.Delete(Table::kObservations, CellRowKey(set, cell));
  }
  return absl::OkStatus();
}

absl::Status AddObservations(const storage::FeedStore& feeds, const SetKey& set, const Position& position,
                             PendingWrites& pending) {
  const absl::StatusOr<replication::Bytes> payload = ReadPayload(feeds, position);
  HANSA_RETURN_IF_ERROR(payload.status());
  const absl::StatusOr<domain::IndicatorSet> content = domain::DecodeIndicatorSet(*payload);
  HANSA_RETURN_IF_ERROR(content.status());
  for (const domain::Observation& observation : content->observations) {
    absl::StatusOr<std::string> row = domain::EncodeDraftObservation(observation);
    HANSA_RETURN_IF_ERROR(row.status());
    pending.Put(Table::kObservations, ObservationRowKey(set, observation.cell), *std::move(row));
    pending.Put(Table::kObservations, CellRowKey(set, observation.cell), "");
  }
  return absl::OkStatus();
}

// Makes the rows of `set` those of its latest candidate.
absl::Status Settle(const storage::FeedStore& feeds, const SetKey& set, PendingWrites& pending) {
  const auto latest = pending.FindFirst(Table::kObservations, CandidateRowPrefix(set));
  HANSA_RETURN_IF_ERROR(latest.status());
  const auto shown = pending.Find(Table::kObservations, SetRowKey(set));
  HANSA_RETURN_IF_ERROR(shown.status());
  if (*latest ? *shown == (*latest)->value : !*shown) return absl::OkStatus();
  HANSA_RETURN_IF_ERROR(RemoveObservations(set, pending));
  if (!*latest) {
    pending.Delete(Table::kObservations, SetRowKey(set));
    return absl::OkStatus();
  }
  const absl::StatusOr<SetEntry> entry = DecodeSetEntry((*latest)->value);
  HANSA_RETURN_IF_ERROR(entry.status());
  pending.Put(Table::kObservations, SetRowKey(set), (*latest)->value);
  return AddObservations(feeds, set, entry->position, pending);
}

}  // namespace

absl::Status FollowRecord(const storage::FeedStore& feeds, const RecordMoved& moved, PendingWrites& pending) {
  const std::optional<SetKey> before = SetOf(moved.record, moved.before);
  const std::optional<SetKey> after = SetOf(moved.record, moved.after);
  if (before) {
    pending.Delete(Table::kObservations, CandidateRowKey(*before, moved.before->position));
  }
  if (after) {
    pending.Put(Table::kObservations, CandidateRowKey(*after, moved.after.position),
                Encode(SetEntry{moved.record.id, moved.after.position}));
  }
  if (before && before != after) HANSA_RETURN_IF_ERROR(Settle(feeds, *before, pending));
  if (after) HANSA_RETURN_IF_ERROR(Settle(feeds, *after, pending));
  return absl::OkStatus();
}

}  // namespace hansa::node::projection
