// Keeps the index up to what the views have read, on a thread of its own, so that the views wait for nobody who
// searches or reads texts.
//
// Promise: what the views show is found once a pass is over, and what they do not show is not. Whenever the views are
// built again (something was erased, cut or hidden), Clear() comes first: nothing that was read before is found from
// then on.
#ifndef HANSA_NODE_SEARCH_INDEX_READER_H_
#define HANSA_NODE_SEARCH_INDEX_READER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/projection/views.h"
#include "node/search/record_text.h"
#include "node/search/search_index.h"
#include "node/timed_condition.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::node::search {

// What the record says as it stands; nullopt where nobody looks for it: it was taken back, erased or cannot be read, or
// is of another kind. Blocks on disk.
std::optional<RecordText> TextThatStands(const storage::FeedStore& feeds, const projection::RecordView& record);

// What `member` is called, by which its records are found as well.
std::vector<std::string> NamesOf(const replication::MemberRecord& member);

// Thread-safe.
class IndexReader {
 public:
  using RosterOf = std::function<std::shared_ptr<const replication::Roster>()>;

  // All must outlive the reader; `roster` is asked for the newest on the reader's thread. The first pass begins once it
  // is notified, or awaited.
  IndexReader(const projection::Views& views, const storage::FeedStore& feeds, RosterOf roster);
  ~IndexReader() { Stop(); }
  IndexReader(const IndexReader&) = delete;
  IndexReader& operator=(const IndexReader&) = delete;

  const SearchIndex& index() const { return index_; }

  // The views have read something, or the roster has changed. Never waits.
  void Notify() ABSL_LOCKS_EXCLUDED(mutex_);
  // Forgets everything, and reads it again once notified. Waits for a search that is under way, and no longer.
  void Clear();
  // Returns when a pass that began after this call has ended, after `patience`, or at Stop.
  void Await(absl::Duration patience) ABSL_LOCKS_EXCLUDED(mutex_);
  // Records that wait to be read, as far as that is known.
  std::uint64_t unread() const { return unread_; }
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // A member's records of one collection.
  using Shelf = std::pair<replication::Member, replication::Collection>;
  // What the index has of a record: of which entry, and under which names of its author.
  struct Known {
    projection::Position position;
    std::string names;
    friend bool operator==(const Known&, const Known&) = default;
  };
  struct Waiting {
    projection::RecordView record;
    Known known;
  };

  void Loop() ABSL_LOCKS_EXCLUDED(mutex_);
  void Pass();
  void StartAnew(std::uint64_t generation);
  // How far the views have read each shelf, in bytes that are equal while nothing has changed; nullopt if that cannot
  // be read.
  std::optional<std::map<Shelf, std::string>> Marks(const replication::Roster& roster) const;
  bool ReadShelf(const Shelf& shelf, const replication::MemberRecord& member, std::vector<Waiting>& waiting);
  void ReadRecord(const Waiting& waiting, const replication::MemberRecord& member);
  bool IsStopping() const { return stopping_now_; }

  const projection::Views& views_;
  const storage::FeedStore& feeds_;
  const RosterOf roster_;
  SearchIndex index_;
  std::atomic<std::uint64_t> unread_{0};
  std::atomic<bool> stopping_now_{false};

  // Of the thread alone.
  std::uint64_t generation_ = 0;
  std::uint64_t changes_ = 0;                               // of the views, when the last pass that saw all began
  std::shared_ptr<const replication::Roster> roster_read_;  // by that pass; null: there was none
  std::map<Shelf, std::string> marks_;
  std::map<projection::RecordKey, Known> known_;

  absl::Mutex mutex_;
  TimedCondition changed_;
  std::uint64_t asked_ ABSL_GUARDED_BY(mutex_) = 0;  // passes asked for
  std::uint64_t done_ ABSL_GUARDED_BY(mutex_) = 0;   // the newest ask that a finished pass covers
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace hansa::node::search

#endif  // HANSA_NODE_SEARCH_INDEX_READER_H_
