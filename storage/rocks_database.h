// A node's database on disk: feeds and tables in one RocksDB, one folder, one process.
// Promises: P1, what was acknowledged is there again; P7, a full disk loses nothing; P8, damage is told, never served.
#ifndef HANSA_STORAGE_ROCKS_DATABASE_H_
#define HANSA_STORAGE_ROCKS_DATABASE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/crypto.h"
#include "storage/contents.h"
#include "storage/feed_store.h"
#include "storage/identity.h"
#include "storage/mend_report.h"
#include "storage/room.h"
#include "storage/tables.h"

namespace hansa::storage {

class Engine;
enum class Recovery;

// A copy that was restored and read.
struct ProvenCopy {
  std::uint32_t number = 0;
  Contents contents;
  std::uint64_t bytes_added = 0;  // written for it; the rest was among older copies already
};

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
  //   DATA_LOSS  damaged beyond the log: Mend it
  static absl::StatusOr<std::unique_ptr<Database>> Salvage(
      const std::string& folder, const replication::Crypto& crypto = replication::SodiumCrypto());

  // After Salvage returned DATA_LOSS, or reading did: sets the damaged database aside in `folder`/quarantine/<n> and
  // opens another that holds everything that is whole of it, if need be nothing. Views are empty afterwards. `report`
  // says what was lost, and is judged as after Salvage.
  //   RESOURCE_EXHAUSTED  no room for a second database; nothing has changed
  static absl::StatusOr<std::unique_ptr<Database>> OpenMended(
      const std::string& folder, MendReport& report, const replication::Crypto& crypto = replication::SodiumCrypto());

  // To look at, while no node runs on it: nothing in it changes but the lock, and every write fails with
  // FAILED_PRECONDITION.
  //   FAILED_PRECONDITION  another process has it (the message says which), or a newer or an older Hansa wrote it
  //   DATA_LOSS            damaged
  static absl::StatusOr<std::unique_ptr<Database>> OpenToRead(
      const std::string& folder, const replication::Crypto& crypto = replication::SodiumCrypto());

  ~Database();  // as Close
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  FeedStore& feeds() { return *feeds_; }
  Tables& tables() { return *tables_; }
  // Drawn when the database was made.
  const DatabaseId& id() const;

  // `listener` is told whenever something is found that is not as it was stored (DATA_LOSS), and whenever a write
  // fails, from the thread that meets it, which it must not keep.
  void OnTrouble(std::function<void(const absl::Status&)> listener);

  // After a write failed every later one is refused. This closes and opens again, and writes are taken anew. The
  // write that failed may be there afterwards or not: read the feeds again. Reads go on while the disk is full.
  //   RESOURCE_EXHAUSTED  still full; try again later
  absl::Status Reopen();
  // As OpenMended, while it is open. Readers and writers wait, and go on with the mended one.
  absl::StatusOr<MendReport> Mend();
  // Adds a copy of this database to the folder `copies`/store, beside those that are there, restores it into
  // `copies`/scratch, reads all of it there, and finds nothing missing of what was held at the call. Readers and
  // writers go on meanwhile; one at a time. When it fails the copy is gone, and those from before are as they were.
  //   RESOURCE_EXHAUSTED  no room for copy and scratch, or none to finish what an erasure left to do
  //   DATA_LOSS           what was copied, or the copy, is damaged
  //   CANCELLED           it became unwanted
  absl::StatusOr<ProvenCopy> Backup(const std::string& copies, const IsUnwanted& is_unwanted);
  // Reads every row of every part, without judging it.
  //   DATA_LOSS, CANCELLED
  absl::Status ReadEverything(const IsUnwanted& is_unwanted) const;
  // Rewrites what still holds bytes that were erased while there was no room to. Readers go on meanwhile, writers wait;
  // next to nothing is done where nothing is left to do.
  //   RESOURCE_EXHAUSTED  still no room
  absl::Status FinishErasing();
  // How much is left of its disk.
  absl::StatusOr<DiskSpace> Space() const;
  // Flushes and lets go of the folder. Every later call fails with FAILED_PRECONDITION.
  absl::Status Close();

 private:
  Database(std::unique_ptr<Engine> engine, std::unique_ptr<FeedStore> feeds, const replication::Crypto& crypto);

  absl::StatusOr<Contents> Prove(const std::string& copies, std::uint32_t number, const std::vector<HeldFeed>& before,
                                 const IsUnwanted& is_unwanted);
  static absl::StatusOr<std::unique_ptr<Database>> OpenBy(const std::string& folder, const replication::Crypto& crypto,
                                                          Recovery recovery);

  const replication::Crypto& crypto_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<FeedStore> feeds_;
  std::unique_ptr<Tables> tables_;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_DATABASE_H_
