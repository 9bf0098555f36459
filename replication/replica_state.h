// What all sessions of one node share: the roster, how far each feed has come, who fetches what, what is on its way to
// the disk. Owned by the Replica; sessions read it and act on it through these few doors.
#ifndef HANSA_REPLICATION_REPLICA_STATE_H_
#define HANSA_REPLICATION_REPLICA_STATE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "replication/events.h"
#include "replication/feed_table.h"
#include "replication/roster.h"
#include "replication/scope.h"

namespace hansa::replication {

// Bytes accepted and not yet durable, beyond which nothing more is asked for.
inline constexpr std::size_t kPendingBytesMax = 16 * 1024 * 1024;

struct PendingCommit {
  VerifiedUnit unit;
  std::optional<SessionId> source;   // the session it came by
  std::optional<PublishId> publish;  // the call it belongs to
  bool dropped = false;              // its feed is removed from the disk after it
};

// Not thread-safe: one owner.
struct ReplicaState {
  ReplicaState(const Crypto& crypto_in, Roster roster_in) : crypto(crypto_in), roster(std::move(roster_in)) {}

  const Crypto& crypto;
  Roster roster;
  FeedTable feeds;
  Pin own_pin;
  PublicKey own_writer;
  std::optional<PublicKey> own_roster_writer;  // on the hub that holds the roster key
  BootId boot;
  Interest interest = InterestInEverything();  // what is stored here and served
  Interest chosen = InterestInEverything();    // as somebody chose it; without this member's own feeds
  std::map<CommitId, PendingCommit> pending;
  std::size_t pending_bytes = 0;
  std::uint64_t next_commit = 1;
  // One source for each feed.
  std::map<FeedId, SessionId> fetched_by;
  // A peer showed a verified continuation of one of our own feeds: somebody signed as us what we do not hold.
  bool own_feed_ahead = false;
  // The disk refused a write for a reason of its own: nothing more is asked for or signed until the next start.
  bool disk_refuses = false;

  std::optional<Member> own_member() const { return roster.LiveMemberOf(own_pin); }
  bool IsOwn(const FeedAuthor& author) const {
    return author.writer == own_writer || author.writer == own_roster_writer;
  }

  // Verifies the unit against what is accepted and sends it to the disk.
  //   FAILED_PRECONDITION  refused, as VerifiedUnit::Verify
  absl::Status Accept(TransferUnit unit, SessionId source, Effects& effects);
  // Puts a unit that this node signed on its way to the disk.
  void AcceptOwn(VerifiedUnit unit, PublishId publish, Effects& effects);

  // Makes `interest` what was chosen and this member's own feeds, whose number may be new. True if it changed.
  bool SettleInterest();
  // Forgets the feeds of others that the interest does not cover, and what is on its way to the disk of them.
  void DropUncovered(Effects& effects);

  // The scope with a peer of this interest; the scope everybody shares is kept until something changes.
  const std::set<FeedId>& ScopeWith(const Interest& theirs);
  TreeDigest RootOf(const std::set<FeedId>& scope, bool is_everything);
  std::vector<FeedRow> RowsOf(const std::set<FeedId>& scope) const;

 private:
  void Enqueue(PendingCommit commit, bool own, Effects& effects);

  std::set<FeedId> scope_of_everything_;
  std::optional<RosterPosition> scope_position_;  // at which the scope of everything was taken
  std::set<FeedId> scope_partial_;
  std::optional<TreeDigest> root_of_everything_;
  std::uint64_t root_version_ = 0;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_REPLICA_STATE_H_
