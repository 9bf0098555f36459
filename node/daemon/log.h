// The node's own log: lines to DIR/log/hansad.log, at most 5 files of 10 MiB, and warnings to standard error.
// Never a payload, a draft or a key.
#ifndef HANSA_NODE_DAEMON_LOG_H_
#define HANSA_NODE_DAEMON_LOG_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"

namespace hansa::node {

enum class LogLevel { kInfo, kWarning, kError };

// Until this is called lines go to standard error.
absl::Status StartLog(const std::string& folder);
// Writes what is buffered.
void FlushLog();
void LogLine(LogLevel level, const std::string& line);

template <typename... Args>
void LogInfo(const absl::FormatSpec<Args...>& format, const Args&... args) {
  LogLine(LogLevel::kInfo, absl::StrFormat(format, args...));
}
template <typename... Args>
void LogWarning(const absl::FormatSpec<Args...>& format, const Args&... args) {
  LogLine(LogLevel::kWarning, absl::StrFormat(format, args...));
}
template <typename... Args>
void LogError(const absl::FormatSpec<Args...>& format, const Args&... args) {
  LogLine(LogLevel::kError, absl::StrFormat(format, args...));
}

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_LOG_H_
