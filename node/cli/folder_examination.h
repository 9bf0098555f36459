// What can be seen of a node from its folder and its machine, whether the node runs or not: measured here, judged by
// desk/doctor_findings.h.
#ifndef HANSA_NODE_CLI_FOLDER_EXAMINATION_H_
#define HANSA_NODE_CLI_FOLDER_EXAMINATION_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "node/desk/doctor_findings.h"
#include "replication/bytes.h"

namespace hansa::node::cli {

// Disk, space, files, formats of the small files, and what was set aside. `folder` exists.
void ExamineFolder(const std::string& folder, desk::Examination& examination);

// What the store of a node that does not run can tell.
struct StoreSeen {
  std::vector<desk::ClockFacts::Claim> claims = {};  // as ClockFacts::newest
  std::string own = {};                              // slug of its member
  std::optional<absl::Time> now = {};                // by the node's clock, where it runs
  std::set<replication::Pin> hub_pins = {};          // by the roster held; empty where none is
};
// The store, opened to read: its chain, and whether all that was signed here is in it. What only a running node can
// tell is noted as not made.
StoreSeen ExamineStoppedStore(const std::string& folder, desk::Examination& examination);

// The beginning of the day on which this program was made.
absl::Time BuiltOn();
// The clock, with what was seen.
void ExamineClock(const StoreSeen& seen, desk::Examination& examination);

// Knocks at each hub of the charter. `pins` may be shown besides those that the charter names.
void ExamineHubs(const std::string& folder, const std::set<replication::Pin>& pins, desk::Examination& examination);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FOLDER_EXAMINATION_H_
