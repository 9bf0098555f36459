// What the program's exit code says. Scripts rely on the numbers.
#ifndef HANSA_NODE_CLI_EXIT_CODE_H_
#define HANSA_NODE_CLI_EXIT_CODE_H_

#include "absl/status/status.h"

namespace hansa::node::cli {

enum Exit : int {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,
  kNotFound = 3,
  kRefused = 4,  // by a rule; nothing was changed
  kUnreachable = 5,
};

// The exit code of an error. kDone for OK.
Exit ExitCodeOf(const absl::Status& status);
// The word for an error in JSON: not_found, failed_precondition, ….
const char* CodeWord(const absl::Status& status);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_EXIT_CODE_H_
