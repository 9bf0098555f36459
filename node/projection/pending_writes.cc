#include "node/projection/pending_writes.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

constexpr std::size_t kPageRows = 512;

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

absl::StatusOr<std::map<std::string, std::string>> PendingWrites::FindAll(storage::Table table,
                                                                          absl::string_view prefix) const {
  std::map<std::string, std::string> rows;
  const auto take = [&](absl::string_view key, absl::string_view value) {
    rows.emplace(key, value);
    return absl::OkStatus();
  };
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, table, prefix, take));
  for (auto change = changes_.lower_bound({table, std::string(prefix)});
       change != changes_.end() && change->first.first == table && absl::StartsWith(change->first.second, prefix);
       ++change) {
    if (change->second) {
      rows.insert_or_assign(change->first.second, *change->second);
    } else {
      rows.erase(change->first.second);
    }
  }
  return rows;
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

void PendingWrites::Clear() {
  changes_.clear();
  bytes_ = 0;
}

std::vector<storage::Write> PendingWrites::writes() const {
  std::vector<storage::Write> writes;
  writes.reserve(changes_.size());
  for (const auto& [place, value] : changes_) writes.push_back({place.first, place.second, value});
  return writes;
}

}  // namespace hansa::node::projection
