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
    case Table::kFiles:
      return Family::kFiles;
  }
  HANSA_CHECK(false);
  return Family::kMeta;
}

// The least key above all that begin with `prefix`; of the empty one, above all keys that we write.
std::string EndOf(absl::string_view prefix) {
  constexpr std::size_t kLongerThanAnyRun = 64;
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (end.empty()) return std::string(kLongerThanAnyRun, '\xff');
  ++end.back();
  return end;
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

absl::Status RocksTables::Erase(Table table, absl::string_view prefix) {
  const Family family = FamilyOf(table);
  const std::string end = EndOf(prefix);
  absl::MutexLock lock(&engine_.write_mutex());
  HANSA_RETURN_IF_ERROR(engine_.CheckWritable());
  // They hold what was written before the damage, in pieces that nobody can look through.
  HANSA_RETURN_IF_ERROR(engine_.DropSetAside());
  bool any = false;
  HANSA_RETURN_IF_ERROR(engine_.Visit(family, prefix, end, [&](absl::string_view, absl::string_view) {
    any = true;
    return false;
  }));
  if (any) {
    Engine::Batch batch(engine_);
    batch.DeleteRange(family, prefix, end);
    batch.NoteScrub(family, prefix, end);
    HANSA_RETURN_IF_ERROR(engine_.Commit(batch, Durability::kSynced));
  }
  // What an earlier call had no room for as well.
  return engine_.Scrub();
}

}  // namespace hansa::storage
