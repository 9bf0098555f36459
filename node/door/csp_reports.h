// What browsers report of the page's content security policy: something on the page wanted what the policy forbids. On
// a page as it was built that never happens, so that one report is one too many.
#ifndef HANSA_NODE_DOOR_CSP_REPORTS_H_
#define HANSA_NODE_DOOR_CSP_REPORTS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/door/http_server.h"
#include "node/door/same_origin.h"

namespace hansa::node::door {

// As the policy names it (`report-uri`): the older of two ways, which every browser knows and which does not wait.
inline constexpr char kCspReportPath[] = "/csp-report";

// Thread-safe.
class CspReports {
 public:
  static constexpr std::size_t kBodyBytesMax = 16 * 1024;
  static constexpr std::uint64_t kPerMinute = 60;    // one more is answered 429 and counts for nothing
  static constexpr std::size_t kDirectivesMax = 32;  // that are told of

  struct Options {
    std::function<absl::Time()> now;
    // Takes a line the first time that a directive was broken; on any thread.
    std::function<void(const std::string& line)> told;
  };
  explicit CspReports(Options options) : options_(std::move(options)) {}

  // Takes a report of a page of this very node.
  HttpResponse Answer(const HttpRequest& request, Reached reached) ABSL_LOCKS_EXCLUDED(mutex_);
  // Since this process began.
  std::uint64_t count() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const Options options_;
  mutable absl::Mutex mutex_;
  std::uint64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Time minute_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();  // when the one began in which
  std::uint64_t of_minute_ ABSL_GUARDED_BY(mutex_) = 0;               // so many came
  std::set<std::string> directives_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_CSP_REPORTS_H_
