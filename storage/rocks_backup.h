// Copies of one database in one folder, by number: each whole, and each sharing with the others the tables that have
// not changed. Nothing here judges what a copy holds; Database::Backup does.
#ifndef HANSA_STORAGE_ROCKS_BACKUP_H_
#define HANSA_STORAGE_ROCKS_BACKUP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/contents.h"

namespace rocksdb {
class DB;
}

namespace hansa::storage {

// Numbers count from 1; a number is not given again while a later one is there.
using CopyNumber = std::uint32_t;

// What is in memory alone goes to a table of the database first, so that the copy has next to nothing of the log; or
// the log is copied, because the database takes no writes or has no room.
enum class Unflushed { kFlush, kCopyLog };

// Where, in a folder of backups, one is restored to for a look at it.
std::string ScratchFolder(const std::string& folder);

// The copies in `folder`/store. Not thread-safe; one process at a time may use a folder.
class StoreCopies {
 public:
  // Makes both if they are not there.
  //   RESOURCE_EXHAUSTED, UNAVAILABLE  the disk refuses it
  static absl::StatusOr<std::unique_ptr<StoreCopies>> Open(const std::string& folder);
  ~StoreCopies();
  StoreCopies(const StoreCopies&) = delete;
  StoreCopies& operator=(const StoreCopies&) = delete;

  // Whether there is room for another copy of `db` and for restoring it beside. Writes nothing.
  //   RESOURCE_EXHAUSTED  and how much is missing
  absl::Status CheckRoom(rocksdb::DB& db) const;
  // Copies `db` as it is at a moment during the call; it may be read and written meanwhile. Synced.
  //   RESOURCE_EXHAUSTED, UNAVAILABLE, DATA_LOSS  the disk, or what was read; nothing that counts is left
  //   CANCELLED  it became unwanted
  absl::StatusOr<CopyNumber> Add(rocksdb::DB& db, Unflushed unflushed, const IsUnwanted& is_unwanted);
  // Removes every copy but this one, and what earlier calls left undone. nullopt: keeps none.
  //   DATA_LOSS  a file of the one to keep is missing; nothing was removed
  absl::Status KeepOnly(std::optional<CopyNumber> number);
  // Removes one copy; what others need of it stays.
  absl::Status Remove(CopyNumber number);

  // Bytes that Add has written, of the newest copy.
  std::uint64_t bytes_added() const { return bytes_added_; }

 private:
  struct Inside;
  explicit StoreCopies(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
  std::uint64_t bytes_added_ = 0;
};

// Puts copy `number` of those in `copies`/store into the store `folder`, which holds no database yet, for
// Database::Open. Reads every byte of it and compares it with the sum that was kept. `copies` is not written to.
//   NOT_FOUND  there is no such copy
//   DATA_LOSS  a byte of it has changed, or a file is missing
//   RESOURCE_EXHAUSTED, UNAVAILABLE  the disk of `folder`
absl::Status RestoreCopy(const std::string& copies, CopyNumber number, const std::string& folder);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_BACKUP_H_
