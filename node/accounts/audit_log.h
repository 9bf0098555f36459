// Who did what on this node: one line of JSON for each sign-in, good or bad, each change of an account, and each call
// that prepares, publishes or changes something. Each line holds the hash of the line before it, so that a line which
// was changed or taken out shows. It never holds what was sent: no texts, drafts, passwords or tokens.
#ifndef HANSA_NODE_ACCOUNTS_AUDIT_LOG_H_
#define HANSA_NODE_ACCOUNTS_AUDIT_LOG_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/node_folder.h"
#include "storage/files.h"

namespace hansa::node::accounts {

struct AuditEntry {
  std::string account;  // who; empty: not signed in, or at the command line
  std::string through;  // "page" or "command"
  std::string what;     // "sign in", "sign out", "choose password", "add account", …, or the method that was called
  std::string about = {};     // which account, where it is another's
  std::string result = {};    // "done", or a word for why not, such as "refused"
  std::string from = {};      // the address that a sign-in came from, where a proxy says it
  std::string proposal = {};  // the number of what was put forward, where it is about that
};

struct AuditLine {
  std::string at;  // RFC 3339, in UTC
  AuditEntry entry;
  bool follows = true;  // the line before it is the one that was there when this one was written
};

// Thread-safe; the node and the command line may write at the same time. Blocks on disk.
class AuditLog {
 public:
  struct Options {
    std::string folder;  // of the node; made if it is not there
    std::function<absl::Time()> now;
    // Once the file has so many bytes it is put aside, as audit.1.jsonl and so on, and the next line goes into a new
    // one: it holds the hash of the line that was the last. Nothing removes those put aside.
    std::uint64_t file_bytes_max = 8ULL * 1024ULL * 1024ULL;
  };
  explicit AuditLog(Options options);

  // On the disk when it returns OK.
  //   RESOURCE_EXHAUSTED  the disk is full
  absl::Status Append(const AuditEntry& entry) const;

  // The last `lines_max` of all files, oldest first. Empty where nothing was written yet. A line that was cut short
  // says "unreadable". Changes nothing.
  //   PERMISSION_DENIED  the log, or its folder, may not be read
  absl::StatusOr<std::vector<AuditLine>> Read(std::size_t lines_max) const;

 private:
  absl::StatusOr<storage::OpenFile> OpenToAppend() const;
  // Empty: none was put aside.
  absl::StatusOr<std::string> LastLinePutAside() const;

  const Options options_;
  const NodePaths paths_;
};

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_AUDIT_LOG_H_
