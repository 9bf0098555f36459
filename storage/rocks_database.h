// A node's database on disk: feeds and tables in one RocksDB, one folder, one process.
// Promises: P1, what was acknowledged is there again; P7, a full disk loses nothing; P8, damage is told, never served.
#ifndef HANSA_STORAGE_ROCKS_DATABASE_H_
#define HANSA_STORAGE_ROCKS_DATABASE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/crypto.h"
#include "storage/feed_store.h"
#include "storage/identity.h"
#include "storage/tables.h"

namespace hansa::storage {

class Engine;
enum class Recovery;

// Thread-safe. feeds() and tables() live as long as the database.
class Database {
 public:
  // Opens the database in `folder`, makes both when they are not there. `crypto` outlives the database.
  // An opening that succeeds does not prove that nothing is missing: compare with the high-water file.
  //   FAILED_PRECONDITION  another process has it (the message says which), or a newer Hansa wrote it
  //   DATA_LOSS            damaged: Salvage it
  //   RESOURCE_EXHAUSTED   the disk is full
  static absl::StatusOr<std::unique_ptr<Database>> Open(
      const std::string& folder, const replication::Crypto& crypto = replication::SodiumCrypto());

  // After Open returned DATA_LOSS: copies the log aside to `folder`/quarantine/<n> and opens with everything before
  // the first damaged record. Entries may be missing afterwards: others' are fetched anew, own ones are
  // judged by the high-water file.
  //   DATA_LOSS  damaged beyond the log: restore a backup, or start with an empty folder and let peers fill it
  static absl::StatusOr<std::unique_ptr<Database>> Salvage(
      const std::string& folder, const replication::Crypto& crypto = replication::SodiumCrypto());

  ~Database();  // as Close
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  FeedStore& feeds() { return *feeds_; }
  Tables& tables() { return *tables_; }
  // Drawn when the database was made.
  const DatabaseId& id() const;

  // After a write failed every later one is refused. This closes and opens again, and writes are taken anew. The
  // write that failed may be there afterwards or not: read the feeds again. Reads go on while the disk is full.
  //   RESOURCE_EXHAUSTED  still full; try again later
  absl::Status Reopen();
  // Bytes free on the disk of this database.
  absl::StatusOr<std::uint64_t> FreeSpace() const;
  // Flushes and lets go of the folder. Every later call fails with FAILED_PRECONDITION.
  absl::Status Close();

 private:
  Database(std::unique_ptr<Engine> engine, std::unique_ptr<FeedStore> feeds);

  static absl::StatusOr<std::unique_ptr<Database>> OpenBy(const std::string& folder, const replication::Crypto& crypto,
                                                          Recovery recovery);

  std::unique_ptr<Engine> engine_;
  std::unique_ptr<FeedStore> feeds_;
  std::unique_ptr<Tables> tables_;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_DATABASE_H_
