// What is true, known to nobody inside: everything that was ever signed, what an honest author was told is published,
// what has left its author. Watches every step of every node and says at once when one does what no honest node may.
// Checks name the promise (P) or invariant (I) that they hold the core to.
#ifndef HANSA_TESTS_SIMULATION_ORACLE_H_
#define HANSA_TESTS_SIMULATION_ORACLE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "replication/planted.h"
#include "replication/replica.h"
#include "tests/simulation/credit_ledger.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/fence_watch.h"
#include "tests/simulation/node.h"

namespace hansa::simulation {

class World;

// While it lives, the core's functions have no planted bug: what the oracle works out must be right.
class Unplanted {
 public:
  Unplanted() : planted_(std::exchange(replication::planted_bug, replication::Bug::kNone)) {}
  ~Unplanted() { replication::planted_bug = planted_; }
  Unplanted(const Unplanted&) = delete;
  Unplanted& operator=(const Unplanted&) = delete;

 private:
  const replication::Bug planted_;
};

// One entry that somebody signed.
struct Written {
  replication::Hash hash;
  replication::Hash prev;
  replication::Hash payload_commit;
};

struct FeedTruth {
  replication::FeedAuthor author;
  std::string name;
  std::vector<std::vector<Written>> written;        // by sequence: everything ever signed there
  std::vector<replication::Hash> shown;             // by sequence: the history that left the author first
  std::vector<replication::Hash> held;              // by sequence: what an honest node had on its disk first
  std::map<std::uint64_t, replication::Hash> done;  // by sequence: what a PublishDone has confirmed
  std::set<std::pair<std::uint64_t, replication::Hash>> vouched;  // ends that a checkpoint signed names, true or not
  std::set<replication::Hash> lost;    // entries whose payload some disk has lost by an accident
  std::set<replication::Hash> erased;  // or has destroyed by orders that allowed it, which may be cut off later
  bool is_doubled = false;             // two histories are out in the world

  const Written* Find(std::uint64_t seq, const replication::Hash& hash) const;
};

// Not thread-safe.
class Oracle {
 public:
  Oracle(World& world, Chance chance) : world_(world), chance_(chance), fences_(world) {}

  // A key whose holder may write two histories: it is dishonest; or no promise covers what befell its disk.
  void MarkBad(const replication::PublicKey& writer) { bad_.insert(writer); }
  void Excuse(const Node& node) {
    excused_.insert(node.identity().keys.writer->public_key());
    Damage(node);
  }
  // Its disk has lost what it had: no promise brings back what nobody else holds of all that it ever wrote.
  void Damage(const Node& node) {
    damaged_.insert(node.writers_ever().begin(), node.writers_ever().end());
    rosters_.erase(&node);
  }
  // Its disk has lost the end of the roster, which others have.
  void ForgetRosterAt(const Node& node) { rosters_.erase(&node); }
  bool IsDamaged(const replication::PublicKey& writer) const { return damaged_.contains(writer); }
  bool IsBad(const replication::PublicKey& writer) const { return bad_.contains(writer); }
  bool IsExcused(const replication::PublicKey& writer) const { return excused_.contains(writer); }
  // Keys that the network's people have lawfully given to members.
  void Lawful(const replication::PublicKey& writer) { lawful_.insert(writer); }

  // Somebody has signed this.
  void Signed(const replication::TransferUnit& unit, const replication::FeedAuthor& author);
  // A bad author shows two histories of a feed.
  void Doubled(const replication::FeedId& feed) { feeds_.at(feed).is_doubled = true; }

  // By an accident a disk has now what it has, where it had all that `before` had.
  void DiskHasLost(const Node& node, const DiskContents& before);
  // What the disk of `clone` holds has happened to `node`.
  void Cloned(const Node& node, const Node& clone);
  // No member that gives what it has has this payload, for a reason that is nobody's to mend: disks have lost it,
  // orders that allowed it have destroyed it, those who have it are bad or are not members any more, or its author is
  // bad and has given it to none of them.
  bool IsOutOfReach(const replication::FeedId& feed, replication::Sequence seq, const replication::Hash& entry) const;

  void Booted(const Node& node);
  void AfterStep(Node& node, const replication::Event& event, const replication::Effects& effects,
                 const std::shared_ptr<const Standing>& by);
  void BeforeCommit(const Node& node, const replication::Commit& commit, const FeedOnDisk* feed);
  // To the one who proved `pin` when the stream began.
  void AboutToSend(const Node& from, const Node& to, const replication::Pin& pin, replication::SessionId session,
                   const replication::Frame& frame);

  const std::map<replication::FeedId, FeedTruth>& feeds() const { return feeds_; }
  std::string NameOf(const replication::FeedId& feed) const;
  std::uint64_t acknowledged() const { return acknowledged_; }

  // Past damage that no promise about the fence covers: its notes are gone or old.
  void ForgetClaimsAt(const Node& hub) { fences_.ForgetClaimsAt(hub); }
  // What every frame is searched for: a draft that no core was ever given (P2).
  void KeepsDraft(const std::string& marker) { drafts_.push_back(marker); }

  // Whether the orders that this node holds allow it to destroy this payload now.
  bool MayErase(const Node& node, const replication::FeedId& feed, replication::Sequence seq) const;
  // The same, for a payload that is only absent: any order will do.
  bool IsExcusedAbsent(const Node& node, const replication::FeedId& feed, replication::Sequence seq) const;

 private:
  // What orders about one payload a node holds.
  struct Orders {
    bool by_author = false;
    bool by_secretariat = false;
    bool is_approved = false;
    absl::Duration held_for_author = absl::ZeroDuration();  // how long it has run since
    absl::Duration held_for_secretariat = absl::ZeroDuration();
  };
  Orders OrdersAt(const Node& node, const replication::FeedId& feed, replication::Sequence seq) const;

  FeedTruth& TruthOf(const replication::FeedId& feed, const replication::FeedAuthor& author);
  void CheckCommit(const Node& node, const replication::Commit& commit);
  void CheckDone(const Node& node, const replication::PublishDone& done);
  void CheckErase(const Node& node, const replication::ErasePayloads& erase);
  void CheckCut(const Node& node, const replication::CutFeed& cut);
  bool WasNeverShown(const Node& node, const FeedOnDisk& feed, std::uint64_t at) const;
  void CheckRoom(const Node& node, const replication::Effects& effects);
  void CheckClose(const Node& node, const replication::Event& event, const replication::CloseSession& close);
  void CheckRoster(const Node& node);
  void CheckBurst(const Node& node, const replication::Effects& effects);
  bool IsLieOfAClone(const Node& node, const replication::Event& event) const;
  void CheckEqual(const Node& node, const replication::Event& event, const Standing& theirs,
                  std::uint64_t said_missing);
  void CheckViews(const Node& node);
  void CheckClaim(const Node& from, const replication::Checkpoint& said, const char* how);
  void CheckServed(const Node& from, const Node& to, const replication::Bytes& unit);
  void CheckPeerMayHear(const Node& from, const Node& to, const replication::Pin& pin, replication::SessionId session,
                        const replication::Frame& frame);
  void CheckProof(const Node& from, const replication::ForkProof& proof);
  // What an author lets out, back to what is known to be out.
  void Show(const Node& author, const replication::Checkpoint& end);

  World& world_;
  Chance chance_;
  std::map<replication::FeedId, FeedTruth> feeds_;
  std::set<replication::PublicKey> bad_;
  std::set<replication::PublicKey> excused_;
  std::set<replication::PublicKey> damaged_;
  std::set<replication::PublicKey> lied_to_;  // a bad hub told them that they are clones
  std::set<replication::PublicKey> lawful_;
  std::set<replication::Hash> approved_orders_;
  struct Seen {
    replication::RosterPosition roster;
    int life = 0;
  };
  PerNode<Seen> rosters_;
  // How long each node had run when an order reached its disk.
  std::map<std::pair<const Node*, replication::Hash>, absl::Duration> orders_since_;
  std::set<std::tuple<const Node*, replication::FeedId, std::uint64_t>> ordered_once_;  // by orders that were cut off
  // The roster as folded by a core without bugs, by length and root version.
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::map<replication::FeedId, replication::FeedAuthor>> folds_;
  // Sessions that began with a live key, and since when it is live no more (kNever: it still is).
  std::map<replication::SessionId, Instant> ended_since_;
  CreditLedger credits_;
  FenceWatch fences_;
  std::vector<std::string> drafts_;
  std::uint64_t acknowledged_ = 0;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_ORACLE_H_
