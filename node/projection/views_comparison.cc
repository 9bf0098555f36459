// Whether the views are still what the feeds give: they are built once more beside, and compared.
#include <vector>

#include "node/projection/pending_writes.h"
#include "node/projection/views.h"
#include "replication/check.h"
#include "storage/memory_store.h"

namespace hansa::node::projection {
namespace {

using storage::Table;

// Every table that a rebuild gives back. The journal of news is none of them.
constexpr Table kCompared[] = {Table::kCursors, Table::kRecords, Table::kObservations};

absl::StatusOr<std::uint64_t> RowsIn(const storage::Tables& tables, Table table) {
  std::uint64_t rows = 0;
  HANSA_RETURN_IF_ERROR(ForEachRow(tables, table, "", [&rows](absl::string_view, absl::string_view) {
    ++rows;
    return absl::OkStatus();
  }));
  return rows;
}

absl::Status CompareTable(const storage::Tables& here, const storage::Tables& built, Table table,
                          IndexDifference& found) {
  std::uint64_t met = 0;
  const absl::Status compared = ForEachRow(here, table, "", [&](absl::string_view key, absl::string_view value) {
    const auto other = FindRow(built, table, key);
    if (!other.ok()) return other.status();
    met += *other ? 1 : 0;
    found.extra += *other ? 0 : 1;
    found.altered += *other && **other != value ? 1 : 0;
    return absl::OkStatus();
  });
  HANSA_RETURN_IF_ERROR(compared);
  const absl::StatusOr<std::uint64_t> rows = RowsIn(built, table);
  HANSA_RETURN_IF_ERROR(rows.status());
  found.rows += *rows;
  found.missing += *rows - met;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<IndexDifference> Views::CompareWithFeeds(const replication::Roster& roster) {
  absl::MutexLock lock(&reading_);
  storage::MemoryTables tables;
  const absl::StatusOr<std::unique_ptr<Views>> opened = Open(feeds_, tables, catalogue_, crypto_);
  HANSA_RETURN_IF_ERROR(opened.status());
  Views& built = **opened;
  built.SetOwn(replication::Member(own_));
  const absl::StatusOr<std::vector<storage::HeldFeed>> held = feeds_.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  std::vector<FeedEnd> ends;
  ends.reserve(held->size());
  for (const storage::HeldFeed& feed : *held) {
    // What has arrived since is no difference. A cursor that cannot be read is one, and says nothing.
    const absl::StatusOr<replication::Sequence> cursor = CursorOf(feed.feed);
    if (!cursor.ok() && !absl::IsDataLoss(cursor.status())) return cursor.status();
    ends.push_back({feed.feed, cursor.ok() ? *cursor : feed.newest.len});
  }
  HANSA_RETURN_IF_ERROR(built.CatchUpTo(roster, ends).status());
  IndexDifference found;
  for (const Table table : kCompared) HANSA_RETURN_IF_ERROR(CompareTable(tables_, tables, table, found));
  return found;
}

}  // namespace hansa::node::projection
