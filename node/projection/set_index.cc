#include "node/projection/set_index.h"

#include <string>
#include <utility>
#include <vector>

#include "node/domain/indicator_codec.h"
#include "node/projection/answer_rows.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

using storage::Table;

std::optional<SetKey> SetOf(const RecordKey& record, const std::optional<Revision>& revision) {
  if (!revision || !revision->is_showable_set()) return std::nullopt;
  return SetKey{record.member, *revision->subject};
}

absl::StatusOr<std::uint64_t> RevisionsOf(const RecordKey& record, const PendingWrites& pending) {
  const auto row = pending.Find(Table::kRecords, HeadRowKey(record));
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return DamagedView("a record that a set names");
  const absl::StatusOr<RecordHead> head = DecodeHead(**row);
  HANSA_RETURN_IF_ERROR(head.status());
  return head->revisions;
}

absl::Status RemoveObservations(const SetKey& set, PendingWrites& pending) {
  const auto row = pending.Find(Table::kObservations, ObservationsRowKey(set));
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return DamagedView("the observations of a set");
  pending.Delete(Table::kObservations, ObservationsRowKey(set));
  const std::string block = BlockBytes(set);
  return ForEachObservation(**row, [&](absl::string_view cell, absl::string_view) {
    pending.DeleteEntry(Table::kObservations, CellRowKey(cell, block), PlaceOf(set.member));
    return absl::OkStatus();
  });
}

// The row of what `set` says, and the entries of what is short of it.
absl::Status AddSet(const IndexSources& sources, const SetKey& set, const SetEntry& entry, const SetContent& content,
                    PendingWrites& pending) {
  const absl::StatusOr<std::uint64_t> revisions =
      RevisionsOf({set.member, replication::kIndicators, entry.record}, pending);
  HANSA_RETURN_IF_ERROR(revisions.status());
  const std::vector<domain::Observation>& observations = content.set.observations;
  const AnsweredSet answered{entry.record, *revisions, entry.position.seq, CellsOf(sources.catalogue, observations)};
  pending.PutEntry(Table::kObservations, AnsweredRowKey(set), PlaceOf(set.member), Encode(answered));
  pending.Put(Table::kObservations, ObservationsRowKey(set), EncodeObservations(content.set, content.payload));
  const std::string block = BlockBytes(set);
  const catalogue::Cell* last = nullptr;
  for (const domain::Observation& observation : observations) {
    const catalogue::Cell* const cell = CellAfter(sources.catalogue, last, observation.cell);
    if (cell != nullptr) last = cell;
    pending.PutEntry(Table::kObservations, CellRowKey(observation.cell, block), PlaceOf(set.member),
                     EncodeShortAnswer(cell, observation));
  }
  return absl::OkStatus();
}

// Makes the rows of `set` those of its latest candidate.
absl::Status Settle(const IndexSources& sources, const SetKey& set, const RecordMoved& moved, PendingWrites& pending) {
  const auto latest = pending.FindFirst(Table::kObservations, CandidateRowPrefix(set));
  HANSA_RETURN_IF_ERROR(latest.status());
  const auto shown = pending.Find(Table::kObservations, SetRowKey(set));
  HANSA_RETURN_IF_ERROR(shown.status());
  if (*latest ? *shown == (*latest)->value : !*shown) return absl::OkStatus();
  if (*shown) HANSA_RETURN_IF_ERROR(RemoveObservations(set, pending));
  if (!*latest) {
    pending.Delete(Table::kObservations, SetRowKey(set));
    pending.DeleteEntry(Table::kObservations, AnsweredRowKey(set), PlaceOf(set.member));
    return absl::OkStatus();
  }
  const absl::StatusOr<SetEntry> entry = DecodeSetEntry((*latest)->value);
  HANSA_RETURN_IF_ERROR(entry.status());
  pending.Put(Table::kObservations, SetRowKey(set), (*latest)->value);
  if (moved.content != nullptr && entry->position == moved.after.position) {
    return AddSet(sources, set, *entry, *moved.content, pending);
  }
  const absl::StatusOr<replication::Bytes> payload = ReadPayload(sources.feeds, entry->position);
  HANSA_RETURN_IF_ERROR(payload.status());
  absl::StatusOr<domain::IndicatorSet> content = domain::DecodeIndicatorSet(*payload);
  HANSA_RETURN_IF_ERROR(content.status());
  return AddSet(sources, set, *entry, {*std::move(content), *payload}, pending);
}

}  // namespace

absl::Status FollowRecord(const IndexSources& sources, const RecordMoved& moved, PendingWrites& pending) {
  const std::optional<SetKey> before = SetOf(moved.record, moved.before);
  const std::optional<SetKey> after = SetOf(moved.record, moved.after);
  if (before) {
    pending.Delete(Table::kObservations, CandidateRowKey(*before, moved.before->position));
  }
  if (after) {
    pending.Put(Table::kObservations, CandidateRowKey(*after, moved.after.position),
                Encode(SetEntry{moved.record.id, moved.after.position}));
  }
  if (before && before != after) HANSA_RETURN_IF_ERROR(Settle(sources, *before, moved, pending));
  if (after) HANSA_RETURN_IF_ERROR(Settle(sources, *after, moved, pending));
  return absl::OkStatus();
}

absl::Status FollowCount(const RecordKey& record, const Revision& present, PendingWrites& pending) {
  const std::optional<SetKey> set = SetOf(record, present);
  if (!set) return absl::OkStatus();
  const auto entry = pending.FindEntry(Table::kObservations, AnsweredRowKey(*set), PlaceOf(record.member));
  HANSA_RETURN_IF_ERROR(entry.status());
  if (!*entry) return DamagedView("the answers of a set");
  absl::StatusOr<AnsweredSet> answered = DecodeAnsweredSet(**entry);
  HANSA_RETURN_IF_ERROR(answered.status());
  if (answered->record != record.id) return absl::OkStatus();  // another record is shown
  const absl::StatusOr<std::uint64_t> revisions = RevisionsOf(record, pending);
  HANSA_RETURN_IF_ERROR(revisions.status());
  answered->revisions = *revisions;
  pending.PutEntry(Table::kObservations, AnsweredRowKey(*set), PlaceOf(record.member), Encode(*answered));
  return absl::OkStatus();
}

}  // namespace hansa::node::projection
