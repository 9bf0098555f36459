// Whether this node may sign: what keeps one key from writing two histories (P5). The rules that move it are in
// protocol.md, The writer's fence.
#ifndef HANSA_REPLICATION_FENCE_H_
#define HANSA_REPLICATION_FENCE_H_

namespace hansa::replication {

enum class Fence {
  kLocked,       // not known yet whether all that was signed is held: publishes wait
  kOpen,         // a witness has confirmed this node in its present session
  kUnconfirmed,  // no witness in reach; the high-water file and the members in reach agree
  kRecover,      // something was signed by this member that is not held: a new incarnation is needed
  kReadonly,     // the disk refused a write: nothing until the next start
  kSuperseded,   // the roster knows an incarnation of this member whose key is not held here
};

// What comparing the high-water file with the store gave when the node started.
enum class HighWaterFinding {
  kIntact,   // equal, or the store is ahead
  kForeign,  // another database or machine: only a witness can tell
  kLost,     // the store is behind what was signed, or the file is missing while feeds are held
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FENCE_H_
