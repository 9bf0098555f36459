// Changes to tables that are not applied yet, and the tables as they will be: what is read here already
// shows what was put. Applied as one batch, so nobody else ever sees half of it.
#ifndef HANSA_NODE_PROJECTION_PENDING_WRITES_H_
#define HANSA_NODE_PROJECTION_PENDING_WRITES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/projection/block_rows.h"
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
  // The pair with the least key of those with `prefix`; nullopt if there is none.
  absl::StatusOr<std::optional<storage::KeyValue>> FindFirst(storage::Table table, absl::string_view prefix) const;
  // All pairs whose key begins with `prefix`, ascending: for prefixes that few keys have.
  absl::StatusOr<std::vector<storage::KeyValue>> All(storage::Table table, absl::string_view prefix) const;

  // The same for one entry of a row of block_rows.h. A row that is left without entries goes. No such row is put or
  // deleted as a whole.
  void PutEntry(storage::Table table, std::string key, std::uint8_t place, std::string entry);
  void DeleteEntry(storage::Table table, std::string key, std::uint8_t place);
  absl::StatusOr<std::optional<std::string>> FindEntry(storage::Table table, const std::string& key,
                                                       std::uint8_t place) const;

  // Forgets everything put so far.
  void Clear();

  // Whether something in `table` was put or deleted as a whole.
  bool Changes(storage::Table table) const;
  // Keys and values put so far.
  std::size_t bytes() const { return bytes_; }
  bool empty() const { return changes_.empty() && edits_.empty(); }
  // Gives everything away, in the order of tables and keys, edited rows last, and reads each of those once. Nothing is
  // pending afterwards, whether that went well or not.
  //   DATA_LOSS  an edited row is damaged
  absl::StatusOr<std::vector<storage::Write>> TakeWrites();

 private:
  void Change(storage::Table table, std::string key, std::optional<std::string> value);

  const storage::Tables& tables_;
  std::map<std::pair<storage::Table, std::string>, std::optional<std::string>> changes_;
  std::map<std::pair<storage::Table, std::string>, BlockEdits> edits_;
  std::size_t bytes_ = 0;
};

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_PENDING_WRITES_H_
