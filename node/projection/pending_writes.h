// Changes to tables that are not applied yet, and the tables as they will be: what is read here already
// shows what was put. Applied as one batch, so nobody else ever sees half of it.
#ifndef HANSA_NODE_PROJECTION_PENDING_WRITES_H_
#define HANSA_NODE_PROJECTION_PENDING_WRITES_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/tables.h"

namespace hansa::node::projection {

// Calls `visit` with every pair whose key begins with `prefix`, ascending, page by page; stops at the
// first error, which it returns.
absl::Status ForEachRow(const storage::Tables& tables, storage::Table table, absl::string_view prefix,
                        absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit);

// nullopt if there is no such row.
absl::StatusOr<std::optional<std::string>> FindRow(const storage::Tables& tables, storage::Table table,
                                                   absl::string_view key);

// Not thread-safe. `tables` must outlive it and not be changed by others meanwhile.
class PendingWrites {
 public:
  explicit PendingWrites(const storage::Tables& tables) : tables_(tables) {}

  void Put(storage::Table table, std::string key, std::string value);
  void Delete(storage::Table table, std::string key);

  absl::StatusOr<std::optional<std::string>> Find(storage::Table table, absl::string_view key) const;
  // Every pair with `prefix`. Only for prefixes with few rows, such as one set.
  absl::StatusOr<std::map<std::string, std::string>> FindAll(storage::Table table, absl::string_view prefix) const;

  // The pair with the least key of those with `prefix`; nullopt if there is none.
  absl::StatusOr<std::optional<storage::KeyValue>> FindFirst(storage::Table table, absl::string_view prefix) const;

  // Forgets everything put so far.
  void Clear();

  // Keys and values put so far.
  std::size_t bytes() const { return bytes_; }
  bool empty() const { return changes_.empty(); }
  // In the order of tables and keys.
  std::vector<storage::Write> writes() const;

 private:
  void Change(storage::Table table, std::string key, std::optional<std::string> value);

  const storage::Tables& tables_;
  std::map<std::pair<storage::Table, std::string>, std::optional<std::string>> changes_;
  std::size_t bytes_ = 0;
};

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_PENDING_WRITES_H_
