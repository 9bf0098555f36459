// Which files this node holds, wants and lets go. Promises: a file of an own record is on the disk before the record is
// signed; what this node fetches by itself (its own files after a lost disk, those of whom it follows, everything on a
// node of the secretariat) and what somebody asked for is wanted until it is whole, over every restart; once no entry
// that names a file has its payload here, the file's bytes are in no file of the database.
#ifndef HANSA_NODE_FILES_FILE_KEEPER_H_
#define HANSA_NODE_FILES_FILE_KEEPER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/files/file_shelf.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "replication/crypto.h"
#include "storage/feed_store.h"

namespace hansa::node::files {

enum class FileState {
  kHere,     // whole
  kComing,   // wanted; some chunks may be here
  kNotHere,  // nobody asked for it
};
// "here", "coming", "not here".
const char* FileStateName(FileState state);

struct FileStanding {
  FileState state = FileState::kNotHere;
  std::uint32_t chunks_here = 0;
  std::uint32_t chunks = 0;
};

struct FileTotals {
  std::uint64_t here = 0;        // whole
  std::uint64_t bytes_here = 0;  // of those
  std::uint64_t wanted = 0;      // that lack something
  std::uint64_t bytes = 0;       // that they lack
};

// Files, each once, and those of them that are here whole.
struct FileCount {
  std::uint64_t count = 0, bytes = 0;
  std::uint64_t here = 0, bytes_here = 0;
  friend bool operator==(const FileCount&, const FileCount&) = default;
};

// Files of a member in these collections; in any, where there are none.
struct FilesAsked {
  replication::Member member;
  std::vector<replication::Collection> collections;
};

// What orders to erase have left here of files.
struct ErasureRest {
  std::uint64_t entries = 0;  // that are done but for files that they may have named
  std::uint64_t files = 0;    // that no record names any more
  friend bool operator==(const ErasureRest&, const ErasureRest&) = default;
};

// Thread-safe. Calls block on disk.
class FileKeeper {
 public:
  // All outlive the keeper. `stored` are the feeds with what is hidden. The node tells the keeper of chunks until it
  // goes.
  FileKeeper(RunningNode& node, const storage::FeedStore& stored, const projection::Views& views,
             const replication::Crypto& crypto = replication::SodiumCrypto());
  ~FileKeeper();
  FileKeeper(const FileKeeper&) = delete;
  FileKeeper& operator=(const FileKeeper&) = delete;

  // All of an own file, before the record that names it is published. A file that no record names after the next start
  // goes again.
  //   INVALID_ARGUMENT    the numbers do not go together
  //   RESOURCE_EXHAUSTED  the disk is full; nothing was written
  absl::Status Put(const replication::WantedFile& file, absl::string_view content)
      ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  // No record that names a file that was put came about: it goes with the next pass.
  void Abandon(const replication::Hash& file) ABSL_LOCKS_EXCLUDED(mutex_);
  // Wants a file from now on, whoever is followed. What the views have read and no pass has seen is read first.
  //   NOT_FOUND  no record held here names it
  absl::Status Ask(const replication::Hash& file) ABSL_LOCKS_EXCLUDED(passing_, writing_, mutex_);

  FileStanding StandingOf(const replication::WantedFile& file) const ABSL_LOCKS_EXCLUDED(mutex_);
  FileTotals Totals() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Files that entries held here of `member` in one of `collections` name; in any, where there are none.
  FileCount CountOf(replication::Member member, const std::vector<replication::Collection>& collections) const
      ABSL_LOCKS_EXCLUDED(mutex_);
  // The same of each of `asked`, by one look at all files.
  std::vector<FileCount> CountEach(const std::vector<FilesAsked>& asked) const ABSL_LOCKS_EXCLUDED(mutex_);
  // Files that go when the payloads of `entries` do: those that no other entry held here names.
  std::uint64_t CountOnlyIn(const std::set<NamingEntry>& entries) const ABSL_LOCKS_EXCLUDED(mutex_);
  // Of `now`, what no pass has followed yet: before the first pass all of it, unless no file at all is known here.
  ErasureRest RestOf(const ErasuresView& now) const ABSL_LOCKS_EXCLUDED(mutex_);
  // One chunk, proven.
  //   NOT_FOUND  it is not here
  //   DATA_LOSS  it was altered on the disk; it is dropped and fetched again
  absl::StatusOr<std::string> Read(const replication::WantedFile& file, std::uint32_t index)
      ABSL_LOCKS_EXCLUDED(writing_, mutex_);

  // Reads what the views have read since the last pass, wants what is to be fetched, and lets go what no entry names
  // any more. Quick where nothing has changed.
  absl::Status Pass() ABSL_LOCKS_EXCLUDED(passing_, writing_, mutex_);

 private:
  using Files = std::map<replication::Hash, ShelvedFile>;
  using Shelf = std::pair<replication::Member, replication::Collection>;
  // What a pass depends on: while it stays as it is, there is nothing to do.
  struct Mark {
    std::shared_ptr<const replication::Roster> roster;
    std::uint64_t changes = 0;
    std::uint64_t strays = 0;
    ErasuresView erasures;
    std::vector<Followed> following;
    Keep keep = Keep::kAll;
    friend bool operator==(const Mark&, const Mark&) = default;
  };

  absl::Status Open() ABSL_EXCLUSIVE_LOCKS_REQUIRED(passing_) ABSL_LOCKS_EXCLUDED(mutex_);
  void OnChunk(const replication::Hash& file, std::uint32_t index) ABSL_LOCKS_EXCLUDED(mutex_);
  Mark MarkNow(const NodeView& view) const ABSL_LOCKS_EXCLUDED(mutex_);
  // The disk has destroyed something that was hidden, of which it tells nobody.
  bool IsHiddenGone() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(passing_);
  absl::Status ReadNew(const NodeView& view) ABSL_EXCLUSIVE_LOCKS_REQUIRED(passing_)
      ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  absl::StatusOr<bool> ReadShelf(const Shelf& shelf) ABSL_EXCLUSIVE_LOCKS_REQUIRED(passing_)
      ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  absl::Status Note(const replication::WantedFile& file, const NamingEntry& entry, const NamedBy& by)
      ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  absl::Status LetGo(const NodeView& view) ABSL_EXCLUSIVE_LOCKS_REQUIRED(passing_)
      ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  absl::Status EraseStrays() ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  absl::Status WantAll(const NodeView& view) ABSL_LOCKS_EXCLUDED(writing_, mutex_);
  bool IsKnown(const replication::Hash& file) const ABSL_LOCKS_EXCLUDED(mutex_);
  bool IsWanted(const ShelvedFile& shelved, const NodeView& view, const std::vector<Followed>& following) const;
  Files Copy() const ABSL_LOCKS_EXCLUDED(mutex_);

  RunningNode& node_;
  const storage::FeedStore& stored_;
  const projection::Views& views_;
  FileShelf shelf_;

  absl::Mutex passing_;  // one pass at a time
  bool is_open_ ABSL_GUARDED_BY(passing_) = false;
  Mark done_ ABSL_GUARDED_BY(passing_);
  std::map<Shelf, std::string> read_ ABSL_GUARDED_BY(passing_);  // how far the views had read each
  std::set<NamingEntry> seen_ ABSL_GUARDED_BY(passing_);         // entries whose payloads were looked at
  std::set<NamingEntry> hidden_ ABSL_GUARDED_BY(passing_);       // entries that are hidden, and still on the disk

  absl::Mutex writing_ ABSL_ACQUIRED_AFTER(passing_);  // one change of the shelf at a time
  mutable absl::Mutex mutex_ ABSL_ACQUIRED_AFTER(writing_);
  Files files_ ABSL_GUARDED_BY(mutex_);
  std::set<replication::Hash> fresh_ ABSL_GUARDED_BY(mutex_);      // put since the start, maybe not published yet
  std::set<replication::Hash> wanted_ ABSL_GUARDED_BY(mutex_);     // of the node
  std::set<replication::Hash> completed_ ABSL_GUARDED_BY(mutex_);  // that became whole, which is not written yet
  std::set<replication::Hash> strays_ ABSL_GUARDED_BY(mutex_);     // chunks came of files that are not known
  std::uint64_t stirred_ ABSL_GUARDED_BY(mutex_) = 0;              // grows whenever a pass has something to do
  std::optional<std::uint64_t> erasures_followed_ ABSL_GUARDED_BY(mutex_);  // entries, by the last pass
};

}  // namespace hansa::node::files

#endif  // HANSA_NODE_FILES_FILE_KEEPER_H_
