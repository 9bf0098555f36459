// What happens to a node's replication, and what it does about it. Events are past, effects imperative; the driver
// performs the effects of one step in order, and reports back what they led to.
#ifndef HANSA_REPLICATION_EVENTS_H_
#define HANSA_REPLICATION_EVENTS_H_

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "replication/fence.h"
#include "replication/files.h"
#include "replication/frames.h"
#include "replication/root_document.h"
#include "replication/transfer_unit.h"

namespace hansa::replication {

// One stream with one peer; never reused while the node runs.
using SessionId = StrongId<struct SessionIdTag>;
// One unit on its way to the disk; commits are performed in the order given.
using CommitId = StrongId<struct CommitIdTag>;
// One call to publish.
using PublishId = StrongId<struct PublishIdTag>;

// One note on its way to the disk.
using KeepId = StrongId<struct KeepIdTag>;

// A feed as the disk holds it.
struct FeedHeld {
  Checkpoint newest;  // its len and head are the feed's
  bool ended = false;
  std::uint64_t bytes = 0;  // counted
  // Entries that have a payload by their header and none on the disk, ascending.
  struct Absent {
    Sequence seq;
    Bytes header;  // with its extensions
  };
  std::vector<Absent> absent = {};
};

struct Connected {
  SessionId session;
  Pin peer;  // the key it proved to hold
  bool dialled_by_us = false;
};
struct Received {
  SessionId session;
  Frame frame;
};
struct Disconnected {
  SessionId session;
};
// Answers the effect ReadUnit.
struct UnitRead {
  SessionId session;
  FeedId feed;
  Sequence from;
  Bytes unit;  // encoded; empty: not to be had
};
// Answers ReadPayloads: those that are held, ascending.
struct PayloadsRead {
  SessionId session;
  FeedId feed;
  std::vector<Payloads::Item> items;
};
// Answers ReadChunk.
struct ChunkRead {
  SessionId session;
  Hash file;
  std::uint32_t index = 0;
  Bytes bytes;  // empty: not to be had
};
// Answers WriteChunk.
struct ChunkWritten {
  Hash file;
  std::uint32_t index = 0;
  absl::Status why = {};  // OK: it is on the disk; else the disk refused it
};
// Answers ReadHeader.
struct HeaderRead {
  FeedId feed;
  Sequence seq;
  Bytes header;  // with its extensions; empty: not held
};
// Answers WritePayloads: `seqs` are on the disk. `not_written` are those that this call did not write: a place is not
// there any more, or held its payload already. Together they are all that was asked for.
struct PayloadsWritten {
  FeedId feed;
  std::vector<Sequence> seqs;
  std::vector<Sequence> not_written = {};
};
// Answers CutFeed.
struct FeedWasCut {
  FeedId feed;
  std::optional<FeedHeld> left;  // nullopt: nothing of it
};
// Answers Keep: the note is on the disk.
struct Kept {
  KeepId keep;
};
// A Keep, KeepRoots, WritePayloads, ErasePayloads, CutFeed or DropFeeds was refused.
struct WriteFailed {
  absl::Status why;
};
// The disk has it.
struct Committed {
  CommitId commit;
};
struct CommitFailed {
  CommitId commit;
  absl::Status why;
};
struct PublishAsked {
  PublishId publish;
  bool to_roster = false;  // member 0's feed instead of this member's own
  Collection collection;
  std::vector<NewEntry> entries;
};
// Somebody chose what this node stores besides its own feeds: everything, or what `kept` names.
struct InterestChosen {
  Interest kept;
};
// Whether there is room on the disk for what others publish. Without it only the roster and erasure orders are fetched;
// what was asked for before still arrives. There is, until this says otherwise.
struct RoomMoved {
  bool for_peers = true;
};
// Somebody at this node wants a file whole. Nothing of the wish survives a restart. One more for the same file takes
// the place of the first. FileTable::Want says which are not taken.
struct FileWanted {
  WantedFile file;
};
struct FileNotWanted {
  Hash file;
};
struct DeadlineReached {};

// Somebody at this node gives it the next root document. RootTaken or PublishRefused answers.
struct RootGiven {
  PublishId publish;
  SignedRoot root;
};
// A person at this node has compared its own feed with what others hold, and says that it ends here and nowhere later:
// opens the fence of a node that has no witness.
struct FeedConfirmed {
  Checkpoint end;  // signature not needed
};

using Event =
    std::variant<Connected, Received, Disconnected, UnitRead, PayloadsRead, HeaderRead, ChunkRead, ChunkWritten,
                 PayloadsWritten, FeedWasCut, Kept, WriteFailed, Committed, CommitFailed, PublishAsked, InterestChosen,
                 RootGiven, FeedConfirmed, RoomMoved, FileWanted, FileNotWanted, DeadlineReached>;

struct Send {
  SessionId session;
  Frame frame;
};
// Ends the stream after `last`; Disconnected may or may not follow.
struct CloseSession {
  SessionId session;
  CloseFrame last;
};
// Write in one synced group with others, own feeds' high-water mark after it; then Committed or CommitFailed.
struct Commit {
  CommitId commit;
  VerifiedUnit unit;
  bool own = false;  // signed by this node
};
struct ReadUnit {
  SessionId session;
  FeedId feed;
  Sequence from;
  std::size_t bytes_max = kUnitBytesMax;  // counted; a unit that is longer by itself is given all the same
};
// Then PayloadsRead.
struct ReadPayloads {
  SessionId session;
  FeedId feed;
  std::vector<Sequence> seqs;  // ascending
};
// A chunk of a file, if the payload of this entry is held and holds the 32 bytes of the file's hash; then ChunkRead.
struct ReadChunk {
  SessionId session;
  FeedId feed;
  Sequence seq;
  Hash file;
  std::uint32_t index = 0;
};
// Then HeaderRead.
struct ReadHeader {
  FeedId feed;
  Sequence seq;
};
// Payloads that were absent and are what their headers commit to. Synced; then PayloadsWritten.
struct WritePayloads {
  FeedId feed;
  std::vector<Payloads::Item> items;  // ascending
};
// A chunk that is what its entry's author meant. Synced, perhaps with others; then ChunkWritten.
struct WriteChunk {
  Hash file;
  std::uint32_t index = 0;
  Bytes bytes;  // 1 to kChunkBytes
};
// Destroy salt and payload; headers and chain stay. Nothing is reported; asked for again at the next start should it
// not have happened.
struct ErasePayloads {
  FeedId feed;
  std::vector<Sequence> seqs;  // ascending
};
// The roster has ended this feed at `seal`. What does not lead there goes to quarantine, after every Commit that was
// asked for before: the entries after seal.len if the entry at seal.len has seal.head, all entries if it has another.
// A feed no longer than the seal is cut only if its entry at seal.len differs. Synced; then FeedWasCut.
struct CutFeed {
  Checkpoint seal;  // the checkpoint a feed cut there ends with; len 0: nothing stays
};
// Destroy what is in quarantine of this feed.
struct DropQuarantine {
  FeedId feed;
};
// Keep a note of this core's own, synced; then Kept. All notes come back in ReplicaStart.
struct Keep {
  KeepId keep;
  Bytes key;
  Bytes value;  // empty: forget it
};
// Whether this node may sign has changed.
struct FenceMoved {
  Fence fence = Fence::kLocked;
};
// Keep the root documents, ascending from version 1.
struct KeepRoots {
  std::vector<Bytes> documents;
};
// A peer showed that one of our own feeds goes on beyond what we hold: raise its high-water mark, so that the next
// start knows it too.
struct MarkOwnFeed {
  Checkpoint shown;
};
// Remove these feeds from the disk, after every Commit that was asked for before. Nothing is reported but WriteFailed:
// they are asked to go again at the next start.
struct DropFeeds {
  std::vector<FeedId> feeds;  // ascending, never empty, never the roster, erasures or this node's own
};
// Which entries of this feed are hidden by erasure orders has changed: what is hidden is not shown any more.
struct HiddenMoved {
  FeedId feed;
  std::vector<Sequence> hidden;  // all of them, ascending
};
// Members, keys or feeds have changed: whom to let in, whom to dial, what to show.
struct RosterGrew {};
struct PublishDone {
  PublishId publish;
  VerifiedUnit unit;  // durable
};
// The root document is followed; the KeepRoots before it keeps it.
struct RootTaken {
  PublishId publish;
};
struct PublishRefused {
  PublishId publish;
  absl::Status why;
};

using Effect = std::variant<Send, CloseSession, Commit, ReadUnit, ReadPayloads, ReadChunk, ReadHeader, WritePayloads,
                            WriteChunk, ErasePayloads, CutFeed, DropQuarantine, Keep, KeepRoots, MarkOwnFeed, DropFeeds,
                            FenceMoved, HiddenMoved, RosterGrew, PublishDone, RootTaken, PublishRefused>;
using Effects = std::vector<Effect>;

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_EVENTS_H_
