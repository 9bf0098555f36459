// Ordered tables of bytes for what a node can rebuild or keeps for itself: views with their cursors, drafts, root
// documents, settings. Feeds are not here. One batch is applied whole or not at all.
#ifndef HANSA_STORAGE_TABLES_H_
#define HANSA_STORAGE_TABLES_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace hansa::storage {

// Each table is one key space of its own.
enum class Table {
  kSettings,      // database id, root documents, peers added by hand, interest
  kDrafts,        // an officer's unpublished work; never read by anything that sends
  kCursors,       // how far each view has read each feed
  kRecords,       // current record by id
  kObservations,  // by cell, year, member
  kNews,          // what came here of those that are followed, and when; not rebuilt from feeds
  kNotes,         // what the replication core keeps for itself
  kFiles,         // chunks of files that belong to entries (file_chunks.h), and what is known of those files
};

struct Write {
  Table table;
  std::string key;
  std::optional<std::string> value;  // nullopt deletes
};

enum class Durability { kSynced, kLazy };  // lazy: may be lost by a power cut, never torn

struct KeyValue {
  std::string key;
  std::string value;
};

// Thread-safe; may block on disk.
class Tables {
 public:
  virtual ~Tables() = default;

  //   NOT_FOUND  no such key
  virtual absl::StatusOr<std::string> Get(Table table, absl::string_view key) const = 0;
  // All or none.  RESOURCE_EXHAUSTED disk full · DATA_LOSS damaged
  virtual absl::Status Apply(absl::Span<const Write> writes, Durability durability) = 0;
  // Up to `count_max` pairs whose key begins with `prefix` and is not less than `from`, ascending by key.
  virtual absl::StatusOr<std::vector<KeyValue>> Scan(Table table, absl::string_view prefix, absl::string_view from,
                                                     std::size_t count_max) const = 0;
  // Empties one table. What was in it leaves the files as well, at once or, for want of room, at the next such call or
  // opening.
  virtual absl::Status Clear(Table table) = 0;
  // Deletes every pair whose key begins with `prefix`. When this returns OK, their keys and values are in no file.
  //   RESOURCE_EXHAUSTED  no room to rewrite what held them: they are gone from the table all the same, and leave the
  //                       files at the next such call or opening
  //   DATA_LOSS           damaged
  virtual absl::Status Erase(Table table, absl::string_view prefix) = 0;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_TABLES_H_
