// One RocksDB database in one folder: opened with care, read by key or in order, written in whole batches. Knows column
// families and bytes, nothing of feeds. RocksDB itself is included only in the .cc.
#ifndef HANSA_STORAGE_ROCKS_ENGINE_H_
#define HANSA_STORAGE_ROCKS_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/folder_lock.h"
#include "storage/identity.h"
#include "storage/layout.h"
#include "storage/rocks_backup.h"
#include "storage/rocks_options.h"
#include "storage/tables.h"

namespace hansa::storage {

// One kind of key in each, because families of mixed keys are compacted more. Their names are on disk.
enum class Family : std::size_t {
  kMeta,  // RocksDB's own "default"
  kFeed,
  kHeader,
  kPayload,
  kCheckpoint,
  kSettings,
  kDrafts,
  kCursors,
  kRecords,
  kObservations,
  kNews,
  kAbsent,
  kQuarantine,
  kNotes,
  kFiles,
};

struct OpenedRocks;  // the open database and its families

// Thread-safe.
class Engine {
 public:
  // Changes to be made together. Lives shorter than the hold on write_mutex() under which it was made.
  class Batch {
   public:
    explicit Batch(Engine& engine) ABSL_EXCLUSIVE_LOCKS_REQUIRED(engine.write_mutex());
    ~Batch();
    void Put(Family family, absl::string_view key, absl::string_view value);
    void Delete(Family family, absl::string_view key);
    // Every key from `begin` on and below `end`.
    void DeleteRange(Family family, absl::string_view begin, absl::string_view end);
    // Every key below `end`.
    void DeleteBelow(Family family, absl::string_view end);
    // Asks that what the batch overwrites and deletes from `begin` on and below `end` leaves the files too. Until Scrub
    // has done it, this is not forgotten.
    void NoteScrub(Family family, absl::string_view begin, absl::string_view end);
    // Likewise of every key of the family.
    void NoteScrubOfAll(Family family);

   private:
    friend class Engine;
    struct Content;
    std::unique_ptr<Content> content_;
  };

  // Opens the database in `folder`, makes it when there is none.
  //   FAILED_PRECONDITION  in use by another process, or written by a newer Hansa
  //   DATA_LOSS            damaged, also by a missing file
  //   RESOURCE_EXHAUSTED   the disk is full and the ballast is spent
  static absl::StatusOr<std::unique_ptr<Engine>> Open(const std::string& folder, Recovery recovery);
  // To read what can be read of a damaged database, which nobody else has open; nothing in it changes.
  //   DATA_LOSS  not even that
  static absl::StatusOr<std::unique_ptr<Engine>> OpenToRead(const std::string& folder);
  // To read a database that is whole; nothing in it changes, and no write is taken.
  //   FAILED_PRECONDITION  in use by another process, or written by a newer or an older Hansa
  //   DATA_LOSS            damaged, also by a missing file
  static absl::StatusOr<std::unique_ptr<Engine>> OpenWholeToRead(const std::string& folder);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // `listener` is told of every DATA_LOSS that is met from now on, and of every write that fails, from the thread that
  // meets it, which it must not keep.
  void OnTrouble(std::function<void(const absl::Status&)> listener) ABSL_LOCKS_EXCLUDED(listener_mutex_);
  // Tells it of what was read, or of a write, unless `status` is none of its business. Returns `status`.
  absl::Status TellOfRead(absl::Status status) const ABSL_LOCKS_EXCLUDED(listener_mutex_);
  absl::Status TellOfWrite(absl::Status status) const ABSL_LOCKS_EXCLUDED(listener_mutex_);

  const DatabaseId& id() const { return id_; }
  const std::string& folder() const { return folder_; }

  //   NOT_FOUND  no such key
  absl::StatusOr<std::string> Get(Family family, absl::string_view key) const;
  // Calls `visit` for each pair from `from` on and below `end` (empty: to the last), ascending, until it returns
  // false. `visit` must not call the engine.
  absl::Status Visit(Family family, absl::string_view from, absl::string_view end,
                     absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const;
  // Likewise from the last pair back to the one above `down_to`.
  absl::Status VisitBack(Family family, absl::string_view down_to,
                         absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const;
  absl::StatusOr<std::optional<std::string>> LastKey(Family family) const;
  // Reads every pair of every family, without judging it.
  //   DATA_LOSS  one cannot be read · CANCELLED  it became unwanted
  absl::Status ReadEverything(const IsUnwanted& is_unwanted) const;

  // Held from reading what a batch rests on until it is committed: one writer at a time.
  absl::Mutex& write_mutex() ABSL_LOCK_RETURNED(write_mutex_) { return write_mutex_; }
  // OK while writes are taken. INV-14: after a failed write none is, until Reopen.
  absl::Status CheckWritable() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_);
  // All of `batch` or nothing; when it returns OK with kSynced, a power cut does not undo it.
  absl::Status Commit(const Batch& batch, Durability durability) ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_);

  // Does what batches have noted with NoteScrub: when it returns OK, those bytes are in no table and no log. Readers go
  // on meanwhile, writers wait.
  //   RESOURCE_EXHAUSTED  not enough room to rewrite the tables that hold them
  absl::Status Scrub() ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_) ABSL_LOCKS_EXCLUDED(db_mutex_);
  // The same, but that there is no room is no failure: it is left to do, for the next call of either, or opening.
  absl::Status ScrubLeftOver() ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_) ABSL_LOCKS_EXCLUDED(db_mutex_);
  // Once after each Scrub, some time later: files that were not used any more and could not be removed at once are.
  absl::Status PurgeAgain() ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_) ABSL_LOCKS_EXCLUDED(db_mutex_);
  // Removes the logs that a salvage has set aside.
  absl::Status DropSetAside() ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_);

  // Adds a copy of the database to `copies`, as it is at a moment during the call. Readers and writers go on meanwhile;
  // one copy at a time. P19: what was erased before it returns is not in it.
  //   RESOURCE_EXHAUSTED  no room for the copy, nothing was written; or none to finish what an erasure left to do
  //   CANCELLED           it became unwanted
  absl::StatusOr<CopyNumber> Copy(StoreCopies& copies, const IsUnwanted& is_unwanted)
      ABSL_LOCKS_EXCLUDED(copy_mutex_, write_mutex_, db_mutex_);

  // Closes and opens again after a failed write. What failed may be there afterwards or not: read it anew.
  //   RESOURCE_EXHAUSTED  the disk is still full; reads go on, writes stay refused
  absl::Status Reopen() ABSL_LOCKS_EXCLUDED(copy_mutex_, write_mutex_, db_mutex_);
  // Closes, calls `replace`, which puts another database in place of this one or leaves it, and opens what is there.
  absl::Status Replace(absl::FunctionRef<absl::Status()> replace)
      ABSL_LOCKS_EXCLUDED(copy_mutex_, write_mutex_, db_mutex_);
  // Flushes, so that the next opening replays nothing, and lets go of the folder. Every later call fails.
  absl::Status Close() ABSL_LOCKS_EXCLUDED(copy_mutex_, write_mutex_, db_mutex_);

 private:
  Engine(const std::string& folder, std::optional<FolderLock> lock);

  absl::Status OpenRocks(Recovery recovery) ABSL_EXCLUSIVE_LOCKS_REQUIRED(db_mutex_);
  absl::Status CheckLayout() ABSL_EXCLUSIVE_LOCKS_REQUIRED(db_mutex_);
  absl::Status RewriteNoted(const std::vector<ScrubNote>& notes) ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_)
      ABSL_LOCKS_EXCLUDED(db_mutex_);
  absl::Status CheckOpen() const ABSL_SHARED_LOCKS_REQUIRED(db_mutex_);
  // What a copy starts from.
  struct CopyStart;
  absl::StatusOr<CopyStart> PrepareCopy() ABSL_EXCLUSIVE_LOCKS_REQUIRED(copy_mutex_)
      ABSL_LOCKS_EXCLUDED(write_mutex_, db_mutex_);

  const std::string folder_;
  DatabaseId id_;  // set once, by Open

  // Held while the database is copied, which holds neither of the others for long; and by whatever closes the database.
  absl::Mutex copy_mutex_ ABSL_ACQUIRED_BEFORE(write_mutex_);

  mutable absl::Mutex listener_mutex_;
  std::function<void(const absl::Status&)> listener_ ABSL_GUARDED_BY(listener_mutex_);

  absl::Mutex write_mutex_ ABSL_ACQUIRED_BEFORE(db_mutex_);
  absl::Status failed_write_ ABSL_GUARDED_BY(write_mutex_);  // OK while writes are taken
  std::uint64_t scrubs_ ABSL_GUARDED_BY(write_mutex_) = 0;   // begun since it was made
  bool purge_again_ ABSL_GUARDED_BY(db_mutex_) = false;

  mutable absl::Mutex db_mutex_;  // readers share it; only opening and closing hold it alone
  std::optional<FolderLock> lock_ ABSL_GUARDED_BY(db_mutex_);      // nullopt once closed for good, or to read
  std::unique_ptr<OpenedRocks> rocks_ ABSL_GUARDED_BY(db_mutex_);  // null once closed or when reopening failed
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_ENGINE_H_
