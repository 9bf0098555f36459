// What `hansa doctor` makes of what it has measured: facts go in, findings come out, each with what to do about it.
// Pure: nothing in here reads a file, a clock or a socket, so every finding can be had in a test. Promise: no finding
// without a fact, and a check that could not be made says so.
#ifndef HANSA_NODE_DESK_DOCTOR_FINDINGS_H_
#define HANSA_NODE_DESK_DOCTOR_FINDINGS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/desk/verifier.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/high_water.h"
#include "storage/room.h"

namespace hansa::node::files {
struct FileTotals;
}

namespace hansa::node::desk {

// A problem is wrong for certain. A doubt may be as it should be, and a person can tell. A note is told and is not this
// node's to mend: all is well with notes alone.
enum class FindingLevel { kProblem, kDoubt, kNote };
// "problem", "doubt", "note".
const char* FindingLevelName(FindingLevel level);
// A problem for anything else.
FindingLevel FindingLevelNamed(absl::string_view name);

struct Finding {
  std::string check;  // name of the check that found it
  FindingLevel level = FindingLevel::kProblem;
  std::string what;
  std::string remedy;
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct Check {
  std::string name;
  bool done = true;
  std::string why_not = {};  // empty if it was made
  friend bool operator==(const Check&, const Check&) = default;
};

// What was looked at, in that order, and what was found.
struct Examination {
  std::vector<Check> checks;
  std::vector<Finding> findings;

  void Made(const std::string& check) { checks.push_back({check}); }
  void NotMade(const std::string& check, absl::string_view why) { checks.push_back({check, false, std::string(why)}); }
  // Findings but for notes.
  std::size_t Faults() const;
};

// Names of the checks, as scripts read them.
namespace check {
inline constexpr char kNode[] = "node";
inline constexpr char kDisk[] = "disk";
inline constexpr char kSpace[] = "space";
inline constexpr char kFiles[] = "files";
inline constexpr char kClock[] = "clock";
inline constexpr char kFormat[] = "format";
inline constexpr char kChain[] = "chain";
inline constexpr char kIndex[] = "index";
inline constexpr char kAttachments[] = "attachments";
inline constexpr char kPeers[] = "peers";
inline constexpr char kHub[] = "hub";
inline constexpr char kSetAside[] = "set-aside";
inline constexpr char kFence[] = "fence";
}  // namespace check

// Each function below notes its check as made and adds what it finds.

// A disk that says it has written what it has not is faster than any disk.
inline constexpr absl::Duration kSyncTooFast = absl::Microseconds(50);
inline constexpr absl::Duration kSyncTooSlow = absl::Milliseconds(500);
struct SyncSpeed {
  std::string folder;
  absl::Duration median;  // of small writes, each synced
};
void Judge(const SyncSpeed& speed, Examination& examination);

struct Space {
  std::string folder;
  storage::DiskSpace disk;
};
void Judge(const Space& space, Examination& examination);

enum class FileRole {
  kPrivateFolder,  // for its owner alone
  kKey,            // likewise
  kSocket,         // for its owner and group
  kOther,
};
struct FileFact {
  std::string path;
  FileRole role = FileRole::kOther;
  std::uint32_t mode = 0;  // the lowest nine bits count
  std::string owner;       // login, or number where it has none
};
struct FolderFiles {
  std::string owner;  // of the data folder
  std::vector<FileFact> files;
};
void Judge(const FolderFiles& files, Examination& examination);

// No clock decides anything in Hansa; what is displayed may be wrong.
struct ClockFacts {
  absl::Time now;
  absl::Time built;  // when this program was made
  struct Claim {
    absl::Time at;
    std::string member;  // slug, or "roster"
  };
  std::vector<Claim> newest;  // the latest time that anything held of each claims; ascending by member
  std::string own;            // slug of this node's member; empty: not known
};
// What is wrong with a clock by itself; nullopt if nothing is.
std::optional<Finding> ClockTrouble(absl::Time now, absl::Time built);
// With what others claim beside it. That another's clock is wrong is a note.
void Judge(const ClockFacts& clock, Examination& examination);

// A file or store, and what came of reading it.
struct ReadFact {
  std::string path;
  absl::Status status;
};
void JudgeFormats(const std::vector<ReadFact>& read, Examination& examination);
// One more, which is read later than the others: notes no check.
void AddFormat(const ReadFact& read, Examination& examination);

void Judge(const VerifyReport& report, Examination& examination);
// The store could not even be read.
void JudgeUnreadable(const absl::Status& status, Examination& examination);
void Judge(const projection::IndexDifference& difference, Examination& examination);

// Peers with what they refused and were refused, clones and forks. `hubs` are slugs of the secretariat's nodes. That
// another member's machine is off is no finding.
void JudgePeers(const NodeView& view, const std::vector<std::string>& hubs, Examination& examination);
// Files that records name and that are to be here. Notes its check where there are any.
void JudgeAttachments(const files::FileTotals& files, Examination& examination);
// Damage that the node has mended since its start: of the chain, whose check is noted by others.
void JudgeMended(const NodeView& view, Examination& examination);
// Whether this node may publish.
void JudgeFence(const NodeView& view, Examination& examination);

// Likewise of a node that does not run: whether all that was signed here is in its store. Not made where it is.
void JudgeStopped(const storage::FenceFinding& finding, Examination& examination);

// What a knock at the address of a hub met.
enum class HubDoor {
  kPinned,  // the hub's own key
  kOtherKey,
  kNoSuchName,
  kRefused,  // nobody listens
  kTimedOut,
  kNoTls,  // it was reached, and showed no key
  kFailed,
};
struct HubFact {
  std::string address;
  HubDoor door = HubDoor::kPinned;
  std::string detail;  // of the system, for kFailed; else empty
};
void Judge(const std::vector<HubFact>& hubs, Examination& examination);

// A folder in which an earlier start put what was damaged.
struct SetAside {
  std::string path;
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
};
void Judge(const std::vector<SetAside>& folders, Examination& examination);

struct NodeAnswer {
  std::string folder;
  absl::Status status;       // OK: it answered
  bool is_kept_out = false;  // this user may not use its socket, so it may well run
};
void Judge(const NodeAnswer& answer, Examination& examination);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_DOCTOR_FINDINGS_H_
