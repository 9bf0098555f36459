// A running node over a replica in a loop: what the desks ask of it is done by the same core, store and views as in
// hansad, without a thread. Promise: it shows what hansad would show, hidden entries left out, views built again after
// a cut.
#ifndef HANSA_TESTS_LEARNING_MEMBER_NODE_H_
#define HANSA_TESTS_LEARNING_MEMBER_NODE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/daemon/visible_feeds.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/memory_store.h"
#include "tests/testing/loop.h"

namespace hansa::learning {

// The moment at which a loop's clock stands at its beginning: 2025-01-01, 00:00 UTC.
absl::Time BeginningOfYear();

// Not thread-safe. `loop`, its node and `crypto` outlive it.
class MemberNode final : public node::RunningNode {
 public:
  MemberNode(testing::Loop& loop, testing::LoopNode& at, testing::Applicant applicant,
             const replication::Crypto& crypto);

  // To be told of each effect of its replica.
  void On(const replication::Effect& effect);
  // By this node's own clock.
  absl::Time now() const { return BeginningOfYear() + (loop_.now() - absl::UnixEpoch()) + at_.clock_ahead; }
  // Drops the tables of the views: they are read anew.
  void ForgetViews() { is_stale_ = true; }
  // A planted fault: shows this entry no more, though it is held and nobody asked for that.
  void LoseSightOf(const replication::FeedId& feed, replication::Sequence seq);
  // Feeds in the order in which their first entries came.
  const std::vector<replication::FeedId>& came() const { return came_; }

  // Signs what waited until this node may sign; whether there was any.
  bool SendOutbox();

  node::NodeView View() const override;
  absl::StatusOr<std::vector<node::Published>> Publish(const std::vector<node::Publication>& batch) override;
  absl::StatusOr<replication::Sequence> PublishRoster(replication::Kind kind, const replication::RecordId& record,
                                                      replication::Bytes payload) override;
  absl::Status TakeRoot(const replication::SignedRoot& next) override;
  absl::StatusOr<std::uint64_t> EndFeeds() override;
  absl::Status ConfirmFeed(const node::FeedPoint& end) override;
  absl::StatusOr<replication::Statement> Sign(replication::StatementType type, replication::Bytes body) override;
  std::vector<node::Followed> Following() const override { return following_; }
  absl::Status SetFollowing(const std::vector<node::Followed>& following) override;
  absl::StatusOr<std::uint64_t> SetKeep(node::Keep keep) override;
  absl::Status AddPeer(const std::string&) override { return absl::OkStatus(); }
  absl::Status RemovePeer(const std::string&) override { return absl::OkStatus(); }
  absl::StatusOr<std::uint64_t> Reindex() override { return views_->Reindex(roster()); }
  absl::StatusOr<node::BackupMade> Backup(const std::string&, const std::function<bool()>&) override;
  absl::Status AwaitViews() override;
  void WantFile(const replication::WantedFile&) override {}
  void StopWanting(const replication::Hash&) override {}
  void OnChunk(ChunkTold) override {}
  std::vector<node::HolderView> HoldersOf(const replication::FeedId&, replication::Sequence) const override {
    return {};
  }
  const storage::FeedStore& feeds() const override { return visible_; }
  storage::MemoryTables& tables() override { return tables_; }

  const replication::Roster& roster() const { return at_.replica().roster(); }
  node::Keep keep() const { return keep_; }
  node::projection::Views& views() { return *views_; }
  testing::LoopNode& at() { return at_; }
  const testing::Applicant& applicant() const { return applicant_; }

 private:
  replication::NewEntry EntryOf(const node::Publication& publication);
  std::shared_ptr<const replication::Roster> SharedRoster() const;
  void Choose();

  testing::Loop& loop_;
  testing::LoopNode& at_;
  const testing::Applicant applicant_;
  const replication::Crypto& crypto_;
  node::VisibleFeeds visible_;
  storage::MemoryTables tables_;
  std::unique_ptr<node::projection::Views> views_;
  std::vector<replication::FeedId> came_;
  std::vector<node::Followed> following_;
  node::Keep keep_ = node::Keep::kAll;
  std::vector<std::vector<replication::NewEntry>> outbox_;   // as in hansad: oldest first
  bool is_stale_ = false;                                    // a cut, or another set of hidden entries
  mutable std::shared_ptr<const replication::Roster> seen_;  // the newest that somebody asked for
  int records_ = 0;
};

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_MEMBER_NODE_H_
