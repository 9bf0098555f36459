// One simulated disk: what is on it, what waits to be written, and what a crash leaves of that. It keeps to the rules
// of replica.h: tasks in the order given, commits next to each other in one synced group, a group whole or not at all.
// It is not storage/: a fault there cannot hide one here.
#ifndef HANSA_TESTS_SIMULATION_DISK_H_
#define HANSA_TESTS_SIMULATION_DISK_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "replication/events.h"
#include "tests/simulation/chance.h"

namespace hansa::simulation {

using EntryOnDisk = std::shared_ptr<const replication::Entry>;

struct FeedOnDisk {
  replication::FeedAuthor author;
  std::vector<EntryOnDisk> entries;
  std::vector<replication::Hash> hashes;             // of the entries
  std::vector<replication::Checkpoint> checkpoints;  // ascending, the last is of the last entry
  std::vector<EntryOnDisk> quarantine;
  bool ended = false;

  std::uint64_t len() const { return entries.size(); }
};

// What is on the platters. A value: a copy is a backup.
struct DiskContents {
  std::uint64_t database = 0;  // unique id of this database
  std::map<replication::FeedId, FeedOnDisk> feeds;
  std::vector<replication::Bytes> roots;
  // Chunks of files, by file and index.
  std::map<std::pair<replication::Hash, std::uint32_t>, std::shared_ptr<const replication::Bytes>> chunks;
  std::map<replication::Bytes, replication::Bytes> notes;
  std::set<replication::Pin> pins;  // of all who were ever in the roster; kept as it is lost
  replication::Interest kept{true, {}};
  absl::Duration ran = absl::ZeroDuration();

  const FeedOnDisk* Find(const replication::FeedId& feed) const {
    const auto found = feeds.find(feed);
    return found == feeds.end() ? nullptr : &found->second;
  }
};

// The high-water file, which lies beside the database.
struct HighWaterMarks {
  std::uint64_t database = 0;
  std::uint64_t machine = 0;
  std::map<replication::FeedId, replication::Checkpoint> marks;  // signatures are not looked at
};

using DiskTask =
    std::variant<replication::Commit, replication::ReadUnit, replication::ReadPayloads, replication::ReadHeader,
                 replication::WritePayloads, replication::ErasePayloads, replication::CutFeed, replication::DropFeeds,
                 replication::DropQuarantine, replication::Keep, replication::KeepRoots, replication::MarkOwnFeed,
                 replication::ReadChunk, replication::WriteChunk>;

// Not thread-safe. `crypto` must outlive it.
class Disk {
 public:
  Disk(const replication::Crypto& crypto, Chance chance) : crypto_(crypto), chance_(chance) {}

  DiskContents contents;
  std::optional<HighWaterMarks> high_water;

  // How it behaves just now.
  bool is_full = false;
  bool next_sync_fails = false;

  void Do(DiskTask task) { waiting_.push_back(std::move(task)); }
  bool is_idle() const { return waiting_.empty() && !is_busy_; }
  bool is_busy() const { return is_busy_; }
  std::size_t waiting() const { return waiting_.size(); }

  // Takes up what waits, or a part of it.
  void Begin();
  // It is done: what to report, in order.
  std::vector<replication::Event> Finish();
  // The machine stops: of what was being written a part has reached the disk, of what waited nothing.
  void Crash();
  // A payload cannot be read any more: which; nullopt if there was nothing to rot.
  struct Rotten {
    replication::FeedId feed;
    replication::Sequence seq;
  };
  std::optional<Rotten> RotOne();
  // A payload of the roster cannot be read any more, and the store is mended: the roster ends before it, at a
  // checkpoint. How many entries that took; 0 if there was nothing to rot.
  std::uint64_t RotRoster(const replication::FeedId& roster);

  // Called before a commit is applied, with what it is applied to; and told of a commit that does not follow.
  std::function<void(const replication::Commit&, const FeedOnDisk*)> before_commit = [](const auto&, const auto*) {};
  // A write has been refused since the last start: commits that waited behind it may not follow any more.
  bool has_failed() const { return has_failed_; }
  void Restarted() { has_failed_ = is_latched_ = false; }

 private:
  using Events = std::vector<replication::Event>;

  // Applies tasks until `writes` atomic writes are done.
  Events Apply(std::uint64_t writes);
  enum class Marks { kWritten, kLost };
  void WriteGroup(const std::vector<const replication::Commit*>& group, Marks marks, Events& events);
  absl::Status MayWrite();
  absl::Status Append(const replication::VerifiedUnit& unit);
  void Mark(const replication::Checkpoint& end);

  std::optional<replication::Event> Perform(const replication::ReadUnit& read);
  std::optional<replication::Event> Perform(const replication::ReadPayloads& read);
  std::optional<replication::Event> Perform(const replication::ReadHeader& read);
  std::optional<replication::Event> Perform(const replication::WritePayloads& write);
  std::optional<replication::Event> Perform(const replication::ReadChunk& read);
  std::optional<replication::Event> Perform(const replication::WriteChunk& write);
  std::optional<replication::Event> Perform(const replication::ErasePayloads& erase);
  std::optional<replication::Event> Perform(const replication::CutFeed& cut);
  std::optional<replication::Event> Perform(const replication::DropFeeds& drop);
  std::optional<replication::Event> Perform(const replication::DropQuarantine& drop);
  std::optional<replication::Event> Perform(const replication::Keep& keep);
  std::optional<replication::Event> Perform(const replication::KeepRoots& roots);
  std::optional<replication::Event> Perform(const replication::MarkOwnFeed& mark);
  std::optional<replication::Event> Perform(const replication::Commit&) { return std::nullopt; }  // in groups

  const replication::Crypto& crypto_;
  Chance chance_;
  std::deque<DiskTask> waiting_;
  std::vector<DiskTask> in_work_;
  std::vector<replication::VerifiedUnit> unsure_;  // of a sync that failed and may have written all the same
  bool is_busy_ = false;
  bool has_failed_ = false;
  bool is_latched_ = false;  // a sync failed: nothing is written until the next start
};

// What is held of a feed, as ReplicaStart and FeedWasCut want it; nullopt for nothing.
std::optional<replication::FeedHeld> HeldOf(const FeedOnDisk& feed);
// What the header of an entry says; HANSA_CHECKs that it can be read.
replication::EntryHeader HeaderOf(const replication::Entry& entry);

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_DISK_H_
