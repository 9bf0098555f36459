#include "node/projection/record_index.h"

#include <optional>
#include <string>

#include "node/projection/spoken_index.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

using storage::Table;

absl::StatusOr<std::optional<RecordHead>> FindHead(const RecordKey& record, const PendingWrites& pending) {
  const auto row = pending.Find(Table::kRecords, HeadRowKey(record));
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return std::optional<RecordHead>();
  const absl::StatusOr<RecordHead> head = DecodeHead(**row);
  HANSA_RETURN_IF_ERROR(head.status());
  return std::optional<RecordHead>(*head);
}

bool IsUnknown(const Revision& revision) { return revision.reading == Reading::kUnknown; }
bool IsFaulty(const Revision& revision) {
  return revision.reading == Reading::kMalformed || revision.reading == Reading::kInvalid;
}

absl::Status Count(const std::optional<Revision>& before, const Revision& after, PendingWrites& pending) {
  const auto row = pending.Find(Table::kCursors, kCountsKey);
  HANSA_RETURN_IF_ERROR(row.status());
  CountsRow counts;
  if (*row) {
    const absl::StatusOr<CountsRow> stored = DecodeCounts(**row);
    HANSA_RETURN_IF_ERROR(stored.status());
    counts = *stored;
  }
  if (before) {
    counts.unknown -= IsUnknown(*before) ? 1 : 0;
    counts.faulty -= IsFaulty(*before) ? 1 : 0;
  } else {
    ++counts.records;
  }
  counts.unknown += IsUnknown(after) ? 1 : 0;
  counts.faulty += IsFaulty(after) ? 1 : 0;
  pending.Put(Table::kCursors, std::string(kCountsKey),
              replication::ByteWriter().U64(counts.records).U64(counts.unknown).U64(counts.faulty).bytes());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CountsRow> DecodeCounts(absl::string_view row) {
  replication::ByteReader reader(row);
  CountsRow counts;
  counts.records = reader.U64();
  counts.unknown = reader.U64();
  counts.faulty = reader.U64();
  if (!reader.at_end()) return DamagedView("the count of records");
  return counts;
}

absl::Status TakeRevision(const IndexSources& sources, const RecordKey& record, const EntryRead& read,
                          PendingWrites& pending) {
  const Revision& revision = read.revision;
  const std::string key = RevisionRowKey(record, revision.position);
  const auto taken = pending.Find(Table::kRecords, key);
  HANSA_RETURN_IF_ERROR(taken.status());
  if (*taken) return absl::OkStatus();
  const absl::StatusOr<std::optional<RecordHead>> head = FindHead(record, pending);
  HANSA_RETURN_IF_ERROR(head.status());

  pending.Put(Table::kRecords, key, Encode(revision));
  if (!*head) pending.Put(Table::kRecords, IdRowKey(record), "");
  const std::uint64_t revisions = *head ? (*head)->revisions + 1 : 1;
  const std::optional<Revision> before = *head ? std::optional<Revision>((*head)->current) : std::nullopt;
  const bool is_last = !before || before->position < revision.position;
  const Revision& current = is_last ? revision : *before;
  pending.Put(Table::kRecords, HeadRowKey(record), Encode(RecordHead{revisions, current}));
  const bool is_indicators = record.collection == replication::kIndicators;
  if (record.collection == replication::kReviews) {
    if (is_last) {
      const domain::SpokenAnswers* const spoken = read.spoken ? &*read.spoken : nullptr;
      HANSA_RETURN_IF_ERROR(FollowSpoken(sources, {record, revision, spoken}, pending));
    }
    HANSA_RETURN_IF_ERROR(FollowReport(sources, record, revision, pending));
  }
  if (!is_last) return is_indicators ? FollowCount(record, current, pending) : absl::OkStatus();

  HANSA_RETURN_IF_ERROR(Count(before, revision, pending));
  if (!is_indicators) return absl::OkStatus();
  return FollowRecord(sources, {record, before, revision, read.content ? &*read.content : nullptr}, pending);
}

}  // namespace hansa::node::projection
