// The way from a lost disk to publishing again, step by step: how far a member has come on it, and what is next. What
// is known is gathered from the running node, else from its folder; the steps follow from it alone.
#ifndef HANSA_NODE_CLI_RECOVERY_WALK_H_
#define HANSA_NODE_CLI_RECOVERY_WALK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/cli/invocation.h"
#include "node/cli/table.h"

namespace hansa::node::cli {

// One of this member's own feeds, as it is held here.
struct FeedHere {
  std::string collection;
  std::uint32_t incarnation = 0;
  std::uint64_t length = 0;
};

// What a neighbour has, as far as this node has compared with it.
struct PeerHolds {
  std::string member;  // slug; empty while it is not known
  std::string address = {};
  bool is_connected = false;
  bool is_equal = false;  // the last comparison found the same on both sides
  std::uint64_t behind_entries = 0;
  std::uint64_t behind_bytes = 0;
};

// As far as it can be known here.
struct RecoveryFacts {
  std::string folder;
  bool is_set_up = false;  // somebody ran `hansa init` in the folder
  std::string slug = {};
  bool is_running = false;
  bool has_roster = false;            // the list of members has come
  std::uint32_t member = 0;           // 0: not known
  std::uint32_t incarnation = 0;      // likewise
  std::string key = {};               // the writer key in the folder, hex; empty: there is none
  bool is_present_key = false;        // the roster has that key
  bool was_asked_for = false;         // it was made with a request
  std::string fence = {};             // of a running node
  bool in_sync = false;               // likewise
  std::string lost = {};              // what is not there that was signed, in words; empty: nothing that shows here
  std::string damage = {};            // why the store cannot be read, or what of it must come back; empty: it can
  std::vector<FeedHere> here = {};    // by incarnation and collection
  std::vector<PeerHolds> peers = {};  // of a running node
  std::vector<std::uint32_t> unsealed = {};  // older incarnations whose feeds have no end
  std::string ended = {};                    // as HowItEnded; empty: it is a member, or not known
  bool is_earlier_key = false;  // that in the folder is one that another, which is not here, has taken the place of
  bool key_waits = false;       // the node that runs takes the key in the folder when it starts again
};

//   NOT_FOUND, FAILED_PRECONDITION  as FindOwnLife, but for a folder in which nothing was set up
absl::StatusOr<RecoveryFacts> GatherRecovery(const Invocation& invocation);

enum class WalkState {
  kWell,        // nothing was lost
  kNotSetUp,    // the folder is empty, or another
  kUnknown,     // a new folder, or one whose disk was lost: only the secretariat can tell
  kApplicant,   // the list of members does not have it
  kDamaged,     // the store must be mended first
  kEnded,       // its membership was ended
  kMoved,       // the member goes on under a newer key that is not here
  kRecovering,  // on the way
  kRecovered,   // at its end
};
// "well", "not-set-up", "unknown", "applicant", "damaged", "ended", "moved", "recovering", "recovered".
const char* WalkStateName(WalkState state);

enum class StepState { kDone, kNext, kLater };
// "done", "next", "later".
const char* StepStateName(StepState state);

struct WalkStep {
  std::string name;  // one word, for scripts
  StepState state = StepState::kLater;
  std::string what;    // what is true once it is done
  std::string remedy;  // how; empty once it is done
};

struct Walk {
  WalkState state = WalkState::kWell;
  std::vector<WalkStep> steps;  // empty where there is nothing to walk
};

// Pure.
Walk WalkOf(const RecoveryFacts& facts);

std::string TextOf(const RecoveryFacts& facts, const Walk& walk, const Layout& layout);
std::string JsonOf(const RecoveryFacts& facts, const Walk& walk);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_RECOVERY_WALK_H_
