// Getting bytes that were overwritten or deleted out of RocksDB's files: tables and logs keep them until they are
// rewritten, which may be never.
#ifndef HANSA_STORAGE_ROCKS_SCRUB_H_
#define HANSA_STORAGE_ROCKS_SCRUB_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
}  // namespace rocksdb

namespace hansa::storage {

// Keys from `begin` on and below `end`.
struct ScrubRange {
  rocksdb::ColumnFamilyHandle* family = nullptr;
  std::string begin;
  std::string end;
};

// Disk space that RewriteRanges may take for a while, at the most.
std::uint64_t BytesToRewrite(rocksdb::DB& db, absl::Span<const ScrubRange> ranges);

// Flushes everything, so that no log is needed any more, and rewrites each table that has keys of `ranges`. No writer
// may be at work, and nobody holds a snapshot. Files that a reader holds open stay until PurgeFiles.
absl::Status RewriteRanges(rocksdb::DB& db, absl::Span<rocksdb::ColumnFamilyHandle* const> families,
                           absl::Span<const ScrubRange> ranges);

// Removes the files that are not needed any more. No reader may be at work.
absl::Status PurgeFiles(rocksdb::DB& db);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_SCRUB_H_
