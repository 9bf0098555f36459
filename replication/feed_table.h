// How far every feed has come here: verified and on its way to the disk (accepted), and on the disk (durable).
// Only what is durable is acknowledged, compared or passed on.
#ifndef HANSA_REPLICATION_FEED_TABLE_H_
#define HANSA_REPLICATION_FEED_TABLE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "replication/events.h"

namespace hansa::replication {

// What is known of a payload that its entry has and this node has not: enough to know it again.
struct AbsentPayload {
  Hash entry_hash;
  Hash commit;
  std::uint32_t len = 0;  // bytes
};

struct FeedProgress {
  FeedTail durable;
  FeedTail accepted;                 // never shorter than durable
  std::optional<Checkpoint> newest;  // of durable; absent while it is empty
  std::uint64_t entries_bytes = 0;   // counted bytes, durable
};

// Not thread-safe: one owner.
class FeedTable {
 public:
  explicit FeedTable(const Crypto& crypto) : crypto_(crypto) {}

  // What was held when the node started.
  void Restore(const FeedHeld& held);

  // An empty progress for a feed never met.
  const FeedProgress& Of(const FeedId& feed) const;
  void Accept(const FeedId& feed, const FeedTail& tail);
  void MakeDurable(const VerifiedUnit& unit);
  // It was cut: this is what is left, whatever was accepted before.
  void Cut(const FeedId& feed, const std::optional<FeedHeld>& left);
  // Payloads that had been absent are on the disk.
  void FillPayloads(const FeedId& feed, const std::vector<Sequence>& seqs);
  // It is not held any more, nor what is on its way to the disk.
  void Drop(const FeedId& feed);
  // What was accepted and is not durable was not written.
  void Forget(const FeedId& feed);

  // Payloads that are not on the disk, of durable entries: those lawfully erased among them.
  const std::map<FeedId, std::map<Sequence, AbsentPayload>>& absent() const { return absent_; }
  // What was absent at `seq`; nullptr if nothing was.
  const AbsentPayload* AbsentAt(const FeedId& feed, Sequence seq) const;
  void NoteAbsent(const FeedId& feed, Sequence seq, BytesView header);
  // Places where a payload became absent or came since the last call.
  std::set<std::pair<FeedId, Sequence>> TakeAbsenceMoved() { return std::exchange(absence_moved_, {}); }

  // Something else than its length has changed that its digest depends on.
  void Touch(const FeedId& feed) {
    changed_.insert(feed);
    ++version_;
  }
  // Feeds whose digest may have changed since the last call.
  std::set<FeedId> TakeChanged() { return std::exchange(changed_, {}); }
  bool HasPending() const { return pending_ > 0; }
  // Grows with every change of what is durable.
  std::uint64_t version() const { return version_; }
  const std::map<FeedId, FeedProgress>& feeds() const { return feeds_; }

 private:
  void Count(const FeedProgress& before, const FeedProgress& after);

  const Crypto& crypto_;
  std::map<FeedId, FeedProgress> feeds_;
  std::map<FeedId, std::map<Sequence, AbsentPayload>> absent_;
  std::set<std::pair<FeedId, Sequence>> absence_moved_;
  std::set<FeedId> changed_;
  std::uint64_t version_ = 0;
  std::size_t pending_ = 0;  // feeds whose accepted is beyond their durable
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FEED_TABLE_H_
