// What happens to a node's replication, and what it does about it. Events are past, effects imperative; the driver
// performs the effects of one step in order, and reports back what they led to.
#ifndef HANSA_REPLICATION_EVENTS_H_
#define HANSA_REPLICATION_EVENTS_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "replication/frames.h"
#include "replication/transfer_unit.h"

namespace hansa::replication {

// One stream with one peer; never reused while the node runs.
using SessionId = StrongId<struct SessionIdTag>;
// One unit on its way to the disk; commits are performed in the order given.
using CommitId = StrongId<struct CommitIdTag>;
// One call to publish.
using PublishId = StrongId<struct PublishIdTag>;

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
struct DeadlineReached {};

using Event = std::variant<Connected, Received, Disconnected, UnitRead, Committed, CommitFailed, PublishAsked,
                           InterestChosen, DeadlineReached>;

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
// Remove these feeds from the disk, after every Commit that was asked for before. Nothing of them is reported.
struct DropFeeds {
  std::vector<FeedId> feeds;  // ascending, never empty, never the roster, erasures or this node's own
};
// Members, keys or feeds have changed: whom to let in, whom to dial, what to show.
struct RosterGrew {};
struct PublishDone {
  PublishId publish;
  VerifiedUnit unit;  // durable
};
struct PublishRefused {
  PublishId publish;
  absl::Status why;
};

using Effect = std::variant<Send, CloseSession, Commit, ReadUnit, KeepRoots, MarkOwnFeed, DropFeeds, RosterGrew,
                            PublishDone, PublishRefused>;
using Effects = std::vector<Effect>;

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_EVENTS_H_
