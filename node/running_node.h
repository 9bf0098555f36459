// What the doors of a running node (socket, HTTP) may ask of it. One implementation runs the threads
// (daemon.h); tests put a small one in its place. Nothing here knows gRPC.
#ifndef HANSA_NODE_RUNNING_NODE_H_
#define HANSA_NODE_RUNNING_NODE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "replication/files.h"
#include "replication/root_document.h"
#include "replication/roster.h"
#include "replication/statement.h"
#include "replication/transfer_unit.h"
#include "storage/feed_store.h"
#include "storage/room.h"
#include "storage/tables.h"

namespace hansa::node {

// Whether this node may sign. Words as `status` shows them.
enum class Fence {
  kLocked,       // no member yet, or no roster
  kOpen,         // a hub has been seen with equal roots since the node started
  kUnconfirmed,  // may sign; no hub has confirmed it since the node started
  kRecover,      // the store is behind what was signed before: signs nothing
  kReadonly,     // the disk refused a write
  kSuperseded,   // the roster knows a later incarnation of this member
};
const char* FenceName(Fence fence);

// What this node stores. Its own feeds, the roster and the erasure feeds it always stores.
enum class Keep {
  kAll,       // everything there is
  kFollowed,  // besides those only what it follows
};
// "all", "followed".
const char* KeepName(Keep keep);
// nullopt for anything else.
std::optional<Keep> KeepNamed(const std::string& name);

// Whom this node follows: news of it is told here, and kept with Keep::kFollowed. Known to this node alone.
struct Followed {
  replication::Member member;
  std::vector<replication::Collection> collections;  // ascending, unique; at least one
  friend bool operator==(const Followed&, const Followed&) = default;
};

// What is still to come of one collection.
struct LagView {
  replication::Collection collection;
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  // as PeerView::behind_bytes
  friend bool operator==(const LagView&, const LagView&) = default;
};

// One neighbour, connected or not. Ages are in seconds.
struct PeerView {
  std::string member;   // slug; empty while it is not known
  std::string address;  // host:port as dialled, or where it came from
  std::string state;    // "live", "syncing", "connecting", "waiting"
  bool connected = false;
  std::uint64_t behind_entries = 0;  // entries that verified checkpoints of the peer name and we lack
  std::uint64_t behind_bytes = 0;    // of those, by the mean of what is held of the same feeds; 0: cannot be told
  std::vector<LagView> behind;       // the two above, ascending by collection, without those that lack nothing
  std::optional<double> stalled_s;   // how long something has waited for the peer's credit; nullopt: nothing does
  std::uint64_t waiting = 0;         // frames that do
  std::map<replication::Refusal, std::uint64_t> refusals;  // of what it sent in this connection
  std::optional<double> last_equal_root_s;                 // age of the last equal comparison
  bool last_comparison_equal = false;
  std::string last_error;  // in words; empty if there was none
  bool away = false;       // not connected, and the last attempt met nobody: no fault of either side
};

// A feed of which two histories are proven: nothing more of it is taken or given until it is sealed.
struct ForkView {
  replication::FeedId feed;
  replication::Member member;
  replication::Collection collection;
  replication::Incarnation incarnation;
  friend bool operator==(const ForkView&, const ForkView&) = default;
};

// How far orders to erase are carried out on this node, in entries.
struct ErasuresView {
  std::uint64_t open = 0;        // hidden, and destroyed later: after a hold, or when another order makes it due
  std::uint64_t held_back = 0;   // of those: too many of one author, which wait for the secretariat
  std::uint64_t ordered = 0;     // open ones, done ones, and ones of entries that are not here
  std::uint64_t done = 0;        // of those: what was in them is not here any more
  std::uint64_t unverified = 0;  // of those: it is not known here whether there is such an entry
  std::uint64_t lost = 0;        // excused because nobody holds them any more; not among the ordered
  friend bool operator==(const ErasuresView&, const ErasuresView&) = default;
};

// The disk under the node.
struct DiskView {
  storage::DiskSpace space;
  storage::Room room = storage::Room::kAmple;
  bool refuses_writes = false;  // one has failed, and none is taken yet
  std::uint64_t mended = 0;     // times that damage was found and mended since the process started
  std::uint64_t salvaged = 0;   // times, since then, that what was written last was lost with a damaged log
  friend bool operator==(const DiskView&, const DiskView&) = default;
};

// Publications that wait until this node may sign.
struct OutboxView {
  std::uint64_t waiting = 0;
  std::optional<double> oldest_s;           // age of the one that waits longest; nullopt: none waits
  std::uint64_t set_aside = 0;              // that a rule refused when their turn came
  std::set<replication::RecordId> records;  // of which one waits; what was published before may have left it
};

// From this age on a list of members is doubtful, and then very doubtful: the secretariat may have changed it long ago.
inline constexpr absl::Duration kListOld = absl::Hours(24 * 14);
inline constexpr absl::Duration kListVeryOld = absl::Hours(24 * 60);

// The node at one moment. `roster` is immutable and shared: later changes make a new one.
struct NodeView {
  std::shared_ptr<const replication::Roster> roster;
  replication::Member member = replication::kMemberUnknown;  // own number; unknown until admitted
  std::string slug;                                          // own name as applied for
  std::string name;
  std::string role;     // city, partner, authority, secretariat
  std::string network;  // the network's name
  std::string state;    // "applicant", "member", "suspended", …
  Fence fence = Fence::kLocked;
  bool is_hub = false;  // holds the roster key
  // The list of members has its slug under keys that are not here: another node's, or its own before they were changed.
  bool has_other_keys = false;
  // The key that the list of members has for it lies in its folder, and this process still signs with another: it takes
  // that key when it starts again.
  bool key_waits = false;
  // A hub has said that another machine runs under this node's key, as from a copied folder.
  bool told_clone = false;
  bool in_sync = false;
  std::optional<double> in_sync_age_s;  // age of the oldest of the newest equal comparisons
  std::uint64_t missing = 0;            // payloads neither held nor excused
  // The hub whose word decides whether this node may sign: with the fence open it has confirmed that. nullopt: no hub
  // is in reach.
  std::optional<replication::Member> witness;
  // It writes the list of members, and its disk lost the end of it: how many entries it signed, while fewer are back.
  std::optional<std::uint64_t> list_signed_to;
  // How long no other node of the secretariat has been found to hold the same list of members. nullopt: this one
  // writes it, or is no member yet.
  std::optional<absl::Duration> list_age;
  std::vector<PeerView> peers;
  std::vector<ForkView> forks;              // in no order that means anything
  std::vector<replication::Member> clones;  // found to run twice under one key, this one too; ascending
  ErasuresView erasures;
  OutboxView outbox;
  DiskView disk;
  std::uint64_t projection_lag = 0;  // entries that views have not read yet
  Keep keep = Keep::kAll;
  std::uint64_t following = 0;  // members
};

// Why nothing can be signed, and what to do; empty when it can.
const char* FenceWords(const NodeView& view);

// An entry to publish; salt, record id (unless given) and time are filled in by the node.
struct Publication {
  replication::Collection collection;
  replication::Kind kind;
  std::optional<replication::RecordId> record;  // the same for every revision of a record; nullopt: a new one
  bool retract = false;
  replication::Bytes payload = {};             // empty: the entry has none
  std::vector<replication::ExtItem> ext = {};  // the header's extensions, ascending by type, each once
};

// Where a publication stands once it is on this node's disk.
struct Published {
  replication::RecordId record;
  replication::Member member;
  replication::Collection collection;
  replication::Sequence seq;
  replication::Hash entry_hash;
  std::vector<std::string> held_by;  // slugs of members known to hold it; never this node
  bool queued = false;               // not signed yet: it waits until this node may sign; seq and entry_hash are 0
};

// Where a feed that this node writes ends, as a person says it; collection 0: the roster.
struct FeedPoint {
  replication::Collection collection;
  replication::Sequence len;
  replication::Hash head;
};

// A member that is known to hold what was asked about.
struct HolderView {
  std::string member;         // slug; never this node's
  absl::Duration age;         // since that was last known
  bool acknowledged = false;  // it has said that it holds all of it; else its list was found equal
};

// A backup of this node that was restored and read through.
struct BackupMade {
  std::uint64_t feeds = 0;
  std::uint64_t entries = 0;    // of all feeds
  std::uint64_t bytes = 0;      // that the folder takes
  std::uint64_t new_bytes = 0;  // of the database, written for it; the rest was there from the backup before
  std::uint64_t made_ms = 0;    // Unix milliseconds, for display only
};

// Thread-safe. Calls block until their answer is known.
class RunningNode {
 public:
  virtual ~RunningNode() = default;

  virtual NodeView View() const = 0;

  // Signs and stores one batch of this member's own feed; returns when it survives a power cut, and waits up to a
  // second more for the first peer that holds it.
  //   FAILED_PRECONDITION  the fence is closed, or this member may not write the collection; nothing was signed
  //   RESOURCE_EXHAUSTED   the disk is full, or a limit of the policy; nothing was signed
  //   INVALID_ARGUMENT     too large
  virtual absl::StatusOr<std::vector<Published>> Publish(const std::vector<Publication>& batch) = 0;

  // Members known, since the start, to hold an own feed through entry `seq`; in no order that means anything.
  virtual std::vector<HolderView> HoldersOf(const replication::FeedId& feed, replication::Sequence seq) const = 0;

  // Appends one entry to the roster; only on the hub that holds the roster key.
  //   FAILED_PRECONDITION  void by the roster's law, and why; nothing was signed
  //   PERMISSION_DENIED    this node does not hold the roster key
  virtual absl::StatusOr<replication::Sequence> PublishRoster(replication::Kind kind,
                                                              const replication::RecordId& record,
                                                              replication::Bytes payload) = 0;

  // Takes the next version of the root document as its signers made it, on any node: verified against the version in
  // force, it is on the disk when this returns, judges the roster from its from_len on, and goes out to every peer.
  // Taking the newest version again changes nothing.
  //   INVALID_ARGUMENT  not the next version, or it breaks a rule of its fields
  //   UNAUTHENTICATED   a threshold is not met
  //   RESOURCE_EXHAUSTED, DATA_LOSS  the disk refused it; the version before stays in force
  virtual absl::Status TakeRoot(const replication::SignedRoot& next) = 0;

  // Ends every feed of this member's present incarnation that has entries with an entry that nothing may follow, as
  // Publish would; feeds that have ended already are left as they are. Returns how many have ended.
  //   FAILED_PRECONDITION  as Publish; feeds that ended before it stay ended
  virtual absl::StatusOr<std::uint64_t> EndFeeds() = 0;

  // Takes a person's word that a feed which this node writes ends there and nowhere later: it may sign on from there
  // though no witness confirms it.
  //   FAILED_PRECONDITION  the feed held here ends elsewhere, or needs no such word
  virtual absl::Status ConfirmFeed(const FeedPoint& end) = 0;

  // A statement by this member's writer key over `body`, which begins with its tag. Nothing is published by it.
  //   FAILED_PRECONDITION  as Publish
  virtual absl::StatusOr<replication::Statement> Sign(replication::StatementType type, replication::Bytes body) = 0;

  // Ascending by member. Survives a restart.
  virtual std::vector<Followed> Following() const = 0;
  // Replaces the whole list; with Keep::kFollowed what is stored changes with it, at once.
  virtual absl::Status SetFollowing(const std::vector<Followed>& following) = 0;
  // Changes what is stored, at once and also on open connections: feeds of others that are no longer kept are removed
  // from the disk before it returns, and those that are kept again are asked for. Returns how many feeds were removed.
  //   FAILED_PRECONDITION  a node of the secretariat keeps everything
  virtual absl::StatusOr<std::uint64_t> SetKeep(Keep keep) = 0;

  // Peers dialled besides those that the roster names. The list survives a restart.
  virtual absl::Status AddPeer(const std::string& address) = 0;     // INVALID_ARGUMENT not host:port
  virtual absl::Status RemovePeer(const std::string& address) = 0;  // NOT_FOUND

  // Drops every view and builds it again from the feeds; returns entries read.
  virtual absl::StatusOr<std::uint64_t> Reindex() = 0;
  // Writes a backup of this node to `folder`, an absolute path, and restores it there to see that it is one; then the
  // backup that was in the folder goes. Nothing durable at the call is missing in it. The node works on meanwhile.
  // `is_unwanted` is asked now and then, also on other threads, whether to give up. When it fails, the backup that was
  // there stays.
  //   INVALID_ARGUMENT     not an absolute path
  //   FAILED_PRECONDITION  the folder is in use, lies in the node's own, or holds something else; a backup is under way
  //   RESOURCE_EXHAUSTED   no room where the folder lies; nothing was written
  //   DATA_LOSS            the node's store, the new backup or the one that is there is damaged
  //   CANCELLED            it became unwanted
  virtual absl::StatusOr<BackupMade> Backup(const std::string& folder, const std::function<bool()>& is_unwanted) = 0;
  // Returns when the views have read everything that was durable at the call.
  virtual absl::Status AwaitViews() = 0;

  // Has the core fetch what lacks of a file, from whoever gives it, into Table::kFiles under the keys of
  // storage/file_chunks.h. Nothing of it survives a restart but the chunks: whoever wants the file asks again at each
  // start, and whenever its entry was hidden, cut or dropped and came back. A file that is wanted already is only told
  // anew which chunks are held. A file of which the numbers do not go together is not fetched.
  virtual void WantFile(const replication::WantedFile& file) = 0;
  // Ends that; nothing if it was not wanted. When it returns, no chunk of the file comes to the disk any more: what is
  // there may be erased. Not to be called from OnChunk's listener.
  virtual void StopWanting(const replication::Hash& file) = 0;
  // `told` is called, from a thread of the node which it must not keep, after a chunk of a wanted file came to the
  // disk. One listener; nullptr: nobody.
  using ChunkTold = std::function<void(const replication::Hash& file, std::uint32_t index)>;
  virtual void OnChunk(ChunkTold told) = 0;

  virtual const storage::FeedStore& feeds() const = 0;
  virtual storage::Tables& tables() = 0;
};

}  // namespace hansa::node

#endif  // HANSA_NODE_RUNNING_NODE_H_
