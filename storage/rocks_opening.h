// How a RocksDB database is made, opened, and opened once more when it is damaged. Of the engine alone.
#ifndef HANSA_STORAGE_ROCKS_OPENING_H_
#define HANSA_STORAGE_ROCKS_OPENING_H_

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/rocks_engine.h"
#include "storage/rocks_options.h"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
}  // namespace rocksdb

namespace hansa::storage {

// In the order of Family. Their names are on disk.
inline constexpr std::array<const char*, 15> kFamilyNames = {"default",  "feed",   "hdr",     "pay",     "ckp",
                                                             "settings", "drafts", "cursors", "records", "observations",
                                                             "news",     "abs",    "quar",    "notes",   "files"};

// The open database and its families.
struct OpenedRocks {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;  // in the order of Family

  OpenedRocks();
  OpenedRocks(const OpenedRocks&) = delete;
  OpenedRocks& operator=(const OpenedRocks&) = delete;
  ~OpenedRocks();

  rocksdb::ColumnFamilyHandle* operator[](Family family) const { return families[static_cast<std::size_t>(family)]; }
  absl::Status CloseAll();
};

// The database lies in a folder of this name within the store's.
std::string RocksFolder(const std::string& folder);

// Opens the one in `folder`, makes it when there is none.
//   FAILED_PRECONDITION  written by a newer Hansa · DATA_LOSS · RESOURCE_EXHAUSTED
absl::StatusOr<std::unique_ptr<OpenedRocks>> OpenOrMake(const std::string& folder, Recovery recovery);
// To read what can be read of a damaged one, or with Recovery::kRefuseDamage one that is whole; changes nothing in it.
//   FAILED_PRECONDITION  written by a newer Hansa, or with kRefuseDamage by an older one · DATA_LOSS
absl::StatusOr<std::unique_ptr<OpenedRocks>> OpenToRead(const std::string& folder,
                                                        Recovery recovery = Recovery::kKeepWhole);
// Makes an openable database of what is left of a damaged one, from whatever tables and logs there are. Keys may have
// older values than they had, or none.
absl::Status Repair(const std::string& folder);

// Copies log and manifest to quarantine/<n>, so that whatever recovery does can be looked into and undone. Nothing
// where there is no database.
absl::Status CopyLogsAside(const std::string& folder);
// quarantine/<n> with the least n that is not there yet; makes nothing.
std::string NextSetAside(const std::string& folder);
std::string SetAsidePath(const std::string& folder);
// Where a mended database is made.
std::string MendingPath(const std::string& folder);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_OPENING_H_
