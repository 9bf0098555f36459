// How far this node's own feeds were published, kept outside the database, so that a database that lost its end, or a
// restored copy of one, is noticed before anything is signed again (P5).
// Order of a publish: the store's synced write, then Record, then the acknowledgement. So a store ahead of this file is
// an ordinary crash; a store behind it is not.
#ifndef HANSA_STORAGE_HIGH_WATER_H_
#define HANSA_STORAGE_HIGH_WATER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"
#include "storage/feed_store.h"
#include "storage/files.h"
#include "storage/identity.h"

namespace hansa::storage {

// Most own feeds that the file has room for.
inline constexpr std::size_t kMarksMax = 256;

// Where one of our own feeds ended when it was last published.
struct Mark {
  replication::FeedId feed;
  replication::Sequence len;
  replication::Hash head;
  friend bool operator==(const Mark&, const Mark&) = default;
};

// What the file says.
struct HighWater {
  DatabaseId database;
  MachineId machine;
  std::vector<Mark> marks;  // ascending by feed, each once
  friend bool operator==(const HighWater&, const HighWater&) = default;
};

// Two slots in one file, written in turn, in place and synced: whenever a write is torn, the other slot still says what
// was recorded before. Thread-safe; every call but marks() may block on disk.
class HighWaterFile {
 public:
  // Reads `path` if it is there. It is made by the first Replace.
  //   DATA_LOSS            neither slot can be read; move the file away, the fence then treats it as missing
  //   FAILED_PRECONDITION  written by a newer Hansa
  static absl::StatusOr<std::unique_ptr<HighWaterFile>> Open(const std::string& path);

  // Whether there was a file when it was opened.
  bool existed() const { return existed_; }
  // nullopt until the first Replace.
  std::optional<HighWater> contents() const ABSL_LOCKS_EXCLUDED(mutex_);
  std::vector<Mark> marks() const ABSL_LOCKS_EXCLUDED(mutex_);

  // States everything anew: at the first start, and once a recovery has settled what is ours. Makes the file.
  //   INVALID_ARGUMENT  more than kMarksMax marks, or one feed twice
  absl::Status Replace(HighWater contents) ABSL_LOCKS_EXCLUDED(mutex_);
  // Moves the marks of the feeds named, adds those that are new, keeps the others. On disk when it returns OK.
  //   FAILED_PRECONDITION  a mark would go back or into another history, or there is no file yet
  //   RESOURCE_EXHAUSTED   more than kMarksMax feeds, or the disk is full; what was recorded before stays
  absl::Status Record(absl::Span<const Mark> marks) ABSL_LOCKS_EXCLUDED(mutex_);
  // The only way back: the roster has ended a feed of ours at `end`. A mark beyond it, or there in another history,
  // moves to it; with length 0 it is forgotten. Where the mark stands before it, or there is none, nothing changes.
  // Call it before the store cuts the feed: a crash in between leaves the store ahead.
  //   FAILED_PRECONDITION  there is no file yet
  absl::Status Lower(const Mark& end) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  explicit HighWaterFile(const std::string& path) : path_(path) {}

  absl::Status Load();
  absl::Status CheckMade() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Make(const HighWater& contents) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Write(HighWater contents) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string path_;
  bool existed_ = false;
  mutable absl::Mutex mutex_;
  std::optional<OpenFile> file_ ABSL_GUARDED_BY(mutex_);
  std::optional<HighWater> contents_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t counter_ ABSL_GUARDED_BY(mutex_) = 0;  // of the newest slot; slot counter_ % 2 holds it
};

// What comparing the file with the store says about our own feeds.
enum class Fence {
  kIntact,       // equal, or the store is ahead: publishing may go on as far as this file is concerned
  kStoreBehind,  // the store lost entries that were published: recover
  kDiverged,     // as long, but another history: recover
  kFileMissing,  // feeds are held and the file is not there: recover
  kIdsDiffer,    // another database or another machine: a restored copy or a clone; ask a hub
};
// One or two lower-case words.
const char* FenceName(Fence fence);

struct FenceFinding {
  Fence fence = Fence::kIntact;
  std::optional<replication::FeedId> feed;  // the first one concerned, if it is about a feed
  std::string detail;                       // a sentence for the operator; empty when intact
};

// `high_water` as HighWaterFile::contents() gives it; `own` are the feeds held that this node writes. Loss weighs more
// than ids: it is reported first. Pure.
FenceFinding CompareWithStore(const std::optional<HighWater>& high_water, const DatabaseId& database,
                              const MachineId& machine, absl::Span<const HeldFeed> own);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_HIGH_WATER_H_
