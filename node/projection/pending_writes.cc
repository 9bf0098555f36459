#include "node/projection/pending_writes.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

constexpr std::size_t kPageRows = 512;

using storage::Table;

}  // namespace

absl::Status ForEachRow(const storage::Tables& tables, storage::Table table, absl::string_view prefix,
                        absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit) {
  std::string from(prefix);
  while (true) {
    const absl::StatusOr<std::vector<storage::KeyValue>> page = tables.Scan(table, prefix, from, kPageRows);
    HANSA_RETURN_IF_ERROR(page.status());
    for (const storage::KeyValue& row : *page) HANSA_RETURN_IF_ERROR(visit(row.key, row.value));
    if (page->size() < kPageRows) return absl::OkStatus();
    from = absl::StrCat(page->back().key, absl::string_view("\0", 1));
  }
}

absl::StatusOr<std::optional<std::string>> FindRow(const storage::Tables& tables, storage::Table table,
                                                   absl::string_view key) {
  absl::StatusOr<std::string> value = tables.Get(table, key);
  if (value.ok()) return std::optional<std::string>(*std::move(value));
  if (absl::IsNotFound(value.status())) return std::optional<std::string>();
  return value.status();
}

void PendingWrites::Put(storage::Table table, std::string key, std::string value) {
  Change(table, std::move(key), std::move(value));
}
void PendingWrites::Delete(storage::Table table, std::string key) { Change(table, std::move(key), std::nullopt); }

void PendingWrites::Change(storage::Table table, std::string key, std::optional<std::string> value) {
  bytes_ += key.size() + (value ? value->size() : 0);
  changes_.insert_or_assign({table, std::move(key)}, std::move(value));
}

absl::StatusOr<std::optional<std::string>> PendingWrites::Find(storage::Table table, absl::string_view key) const {
  const auto change = changes_.find({table, std::string(key)});
  if (change != changes_.end()) return change->second;
  return FindRow(tables_, table, key);
}

absl::StatusOr<std::optional<storage::KeyValue>> PendingWrites::FindFirst(storage::Table table,
                                                                          absl::string_view prefix) const {
  std::optional<storage::KeyValue> first;
  for (auto change = changes_.lower_bound({table, std::string(prefix)});
       change != changes_.end() && change->first.first == table && absl::StartsWith(change->first.second, prefix);
       ++change) {
    if (!change->second) continue;
    first = {change->first.second, *change->second};
    break;
  }
  std::string from(prefix);
  while (true) {  // once, but for rows that are to be deleted
    absl::StatusOr<std::vector<storage::KeyValue>> row = tables_.Scan(table, prefix, from, 1);
    HANSA_RETURN_IF_ERROR(row.status());
    if (row->empty() || (first && first->key <= row->front().key)) return first;
    if (!changes_.contains({table, row->front().key})) return std::optional(row->front());
    from = absl::StrCat(row->front().key, absl::string_view("\0", 1));
  }
}

absl::StatusOr<std::vector<storage::KeyValue>> PendingWrites::All(Table table, absl::string_view prefix) const {
  std::map<std::string, std::string> found;
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, table, prefix, [&](absl::string_view key, absl::string_view value) {
    found.emplace(key, value);
    return absl::OkStatus();
  }));
  for (auto change = changes_.lower_bound({table, std::string(prefix)});
       change != changes_.end() && change->first.first == table && absl::StartsWith(change->first.second, prefix);
       ++change) {
    found.erase(change->first.second);
    if (change->second) found.emplace(change->first.second, *change->second);
  }
  std::vector<storage::KeyValue> pairs;
  pairs.reserve(found.size());
  for (auto& [key, value] : found) pairs.push_back({key, std::move(value)});
  return pairs;
}

void PendingWrites::PutEntry(Table table, std::string key, std::uint8_t place, std::string entry) {
  bytes_ += entry.size();
  Add({place, std::move(entry)}, edits_[{table, std::move(key)}]);
}
void PendingWrites::DeleteEntry(Table table, std::string key, std::uint8_t place) {
  Add({place, std::nullopt}, edits_[{table, std::move(key)}]);
}

absl::StatusOr<std::optional<std::string>> PendingWrites::FindEntry(Table table, const std::string& key,
                                                                    std::uint8_t place) const {
  if (const auto row = edits_.find({table, key}); row != edits_.end()) {
    for (const BlockEdit& edit : row->second) {
      if (edit.place == place) return edit.entry;
    }
  }
  const auto row = FindRow(tables_, table, key);
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return std::optional<std::string>();
  const absl::StatusOr<std::optional<absl::string_view>> entry = EntryAt(**row, place);
  HANSA_RETURN_IF_ERROR(entry.status());
  if (!*entry) return std::optional<std::string>();
  return std::optional<std::string>(std::string(**entry));
}

bool PendingWrites::Changes(Table table) const {
  const auto first = changes_.lower_bound({table, std::string()});
  return first != changes_.end() && first->first.first == table;
}

void PendingWrites::Clear() {
  changes_.clear();
  edits_.clear();
  bytes_ = 0;
}

absl::StatusOr<std::vector<storage::Write>> PendingWrites::TakeWrites() {
  auto changes = std::exchange(changes_, {});
  auto edits = std::exchange(edits_, {});
  bytes_ = 0;
  std::vector<storage::Write> writes;
  writes.reserve(changes.size() + edits.size());
  while (!changes.empty()) {
    auto change = changes.extract(changes.begin());
    writes.push_back({change.key().first, std::move(change.key().second), std::move(change.mapped())});
  }
  while (!edits.empty()) {
    auto edit = edits.extract(edits.begin());
    const Table table = edit.key().first;
    const auto row = FindRow(tables_, table, edit.key().second);
    HANSA_RETURN_IF_ERROR(row.status());
    absl::StatusOr<std::string> edited = Edited(*row ? absl::string_view(**row) : absl::string_view(), edit.mapped());
    HANSA_RETURN_IF_ERROR(edited.status());
    std::optional<std::string> value;
    if (!edited->empty()) value = *std::move(edited);
    writes.push_back({table, std::move(edit.key().second), std::move(value)});
  }
  return writes;
}

}  // namespace hansa::node::projection
