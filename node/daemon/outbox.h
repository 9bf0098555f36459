// What was published while this node may not sign: kept as written, unsigned and without a number, and signed in the
// order it was written once the fence opens. Nothing in it was ever seen by anybody else.
#ifndef HANSA_NODE_DAEMON_OUTBOX_H_
#define HANSA_NODE_DAEMON_OUTBOX_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/running_node.h"
#include "replication/events.h"
#include "storage/tables.h"

namespace hansa::node {

// Publications that wait; more are refused.
inline constexpr std::size_t kOutboxMax = 10'000;

// One call to publish.
struct Outgoing {
  replication::Collection collection;
  std::vector<replication::NewEntry> entries;  // with their record ids, salts and times
};

replication::PublishAsked AskedOf(const Outgoing& outgoing);

// Not thread-safe: the daemon locks it. `tables` must outlive it.
class Outbox {
 public:
  static absl::StatusOr<Outbox> Open(storage::Tables& tables);

  // On disk when it returns OK.
  //   RESOURCE_EXHAUSTED  kOutboxMax wait already, or the disk is full
  absl::Status Add(const Outgoing& outgoing);
  // The one that waits longest.
  absl::StatusOr<std::optional<Outgoing>> Oldest() const;
  // The oldest was signed.
  absl::Status RemoveOldest();
  // The oldest can never be signed (a rule refuses it): it is put aside with the reason, and nothing waits for it.
  absl::Status SetOldestAside(const absl::Status& why);

  std::size_t size() const { return waiting_.size(); }
  // Records of which a publication waits.
  std::set<replication::RecordId> records() const;
  // Since when the oldest waits, by the clock of when it was written; nullopt if nothing does.
  absl::StatusOr<std::optional<absl::Time>> OldestSince() const;
  std::size_t set_aside() const { return set_aside_; }

 private:
  explicit Outbox(storage::Tables& tables) : tables_(&tables) {}

  storage::Tables* tables_;
  std::uint64_t first_ = 1;  // number of the oldest
  std::uint64_t next_ = 1;
  std::deque<std::vector<replication::RecordId>> waiting_;  // from first_ on, what each is of
  std::size_t set_aside_ = 0;
};

// For keeping, and back.
std::string EncodeOutgoing(const Outgoing& outgoing);
//   DATA_LOSS  not what EncodeOutgoing made
absl::StatusOr<Outgoing> DecodeOutgoing(absl::string_view bytes);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_OUTBOX_H_
