#include "storage/rocks_tables.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::storage {
namespace {

Family FamilyOf(Table table) {
  switch (table) {
    case Table::kSettings:
      return Family::kSettings;
    case Table::kDrafts:
      return Family::kDrafts;
    case Table::kCursors:
      return Family::kCursors;
    case Table::kRecords:
      return Family::kRecords;
    case Table::kObservations:
      return Family::kObservations;
    case Table::kNews:
      return Family::kNews;
    case Table::kNotes:
      return Family::kNotes;
  }
  HANSA_CHECK(false);
  return Family::kMeta;
}

}  // namespace

absl::StatusOr<std::string> RocksTables::Get(Table table, absl::string_view key) const {
  return engine_.Get(FamilyOf(table), key);
}

absl::Status RocksTables::Apply(absl::Span<const Write> writes, Durability durability) {
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  Engine::Batch batch(engine_);
  for (const Write& write : writes) {
    if (write.value) {
      batch.Put(FamilyOf(write.table), write.key, *write.value);
    } else {
      batch.Delete(FamilyOf(write.table), write.key);
    }
  }
  return engine_.Commit(batch, durability);
}

absl::StatusOr<std::vector<KeyValue>> RocksTables::Scan(Table table, absl::string_view prefix, absl::string_view from,
                                                        std::size_t count_max) const {
  std::vector<KeyValue> pairs;
  if (count_max == 0) return pairs;
  HANSA_RETURN_IF_ERROR(
      engine_.Visit(FamilyOf(table), std::max(prefix, from), "", [&](absl::string_view key, absl::string_view value) {
        if (!absl::StartsWith(key, prefix)) return false;
        pairs.push_back({std::string(key), std::string(value)});
        return pairs.size() < count_max;
      }));
  return pairs;
}

absl::Status RocksTables::Clear(Table table) {
  const Family family = FamilyOf(table);
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  const absl::StatusOr<std::optional<std::string>> last = engine_.LastKey(family);
  HANSA_RETURN_IF_ERROR(last.status());
  if (!*last) return absl::OkStatus();
  Engine::Batch batch(engine_);
  // The least key above the last one.
  batch.DeleteBelow(family, absl::StrCat(**last, absl::string_view("\0", 1)));
  // A table is emptied when what it says must not be said any more.
  batch.NoteScrubOfAll(family);
  HANSA_RETURN_IF_ERROR(engine_.Commit(batch, Durability::kSynced));
  // It is empty whether there is room for this now or not.
  engine_.Scrub().IgnoreError();
  return absl::OkStatus();
}

}  // namespace hansa::storage
