// What accounts have put forward for a second person: requests to publish, each kept as it was asked until another
// account agrees to it or declines it, or whoever put it forward takes it back. It stays on this node and outlives a
// restart. Who may do what by their role is the door's part; that nobody agrees to what they put forward is kept here.
#ifndef HANSA_NODE_ACCOUNTS_PROPOSAL_BOOK_H_
#define HANSA_NODE_ACCOUNTS_PROPOSAL_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/node_folder.h"

namespace hansa::node::accounts {

inline constexpr std::size_t kProposalsMax = 100;
inline constexpr std::size_t kProposalsOfOneMax = 25;                               // of one account
inline constexpr std::uint64_t kProposalBytesMax = 96ULL * 1024ULL * 1024ULL;       // of all together
inline constexpr std::uint64_t kProposalBytesOfOneMax = 48ULL * 1024ULL * 1024ULL;  // of one account

struct Proposal {
  std::string id;           // 16 hex digits
  std::string method;       // of hansa.v1.Node
  std::string by;           // the account that put it forward
  std::uint64_t at_ms = 0;  // Unix milliseconds
  std::uint64_t bytes = 0;  // of the request
  std::string hash;         // of the request: SHA-256, in hex
  bool was_tried = false;   // somebody agreed, and what came of it is not known: it may be done already
  friend bool operator==(const Proposal&, const Proposal&) = default;
};

// Thread-safe. One process has a book at a time. Blocks on disk.
class ProposalBook {
 public:
  struct Options {
    std::string folder;  // of the node
    std::function<absl::Time()> now;
  };
  // Reads what waited, and removes what was half written. A file that is none of its own is left alone.
  explicit ProposalBook(Options options);

  // It is on the disk when this returns.
  //   RESOURCE_EXHAUSTED  too many wait, or too much, says which; or the disk is full. Nothing was put forward
  absl::StatusOr<Proposal> Add(const std::string& method, absl::string_view request, const std::string& by)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Oldest first.
  std::vector<Proposal> List() const ABSL_LOCKS_EXCLUDED(mutex_);
  //   NOT_FOUND  it waits no more
  absl::StatusOr<Proposal> Find(absl::string_view id) const ABSL_LOCKS_EXCLUDED(mutex_);
  // The request, as it was put forward. Errors as Find, and
  //   DATA_LOSS  its file was altered
  absl::StatusOr<std::string> Request(absl::string_view id) const ABSL_LOCKS_EXCLUDED(mutex_);

  enum class Outcome { kDone, kNotDone, kUnknown };
  // From now on it is being done, because `by` agrees, and End must follow: kDone takes it out, kNotDone lets it wait
  // on as before, kUnknown as one that was tried. Should the process die before, it waits on as one that was tried:
  // that is on the disk when this returns. Returns the request. Errors as Request, those of the disk, and
  //   PERMISSION_DENIED  `by` put it forward
  //   ABORTED            somebody else has agreed, and it is being done
  absl::StatusOr<std::string> Begin(absl::string_view id, const std::string& by) ABSL_LOCKS_EXCLUDED(mutex_);
  // An error says which file could not be removed: what is done waits no more in this process all the same, and comes
  // back as one that was tried when the node starts again.
  absl::Status End(absl::string_view id, Outcome outcome) ABSL_LOCKS_EXCLUDED(mutex_);

  // Takes it out undone.
  //   NOT_FOUND  it waits no more
  //   ABORTED    it is being done
  //   any other  its file could not be removed; it waits no more in this process all the same
  absl::StatusOr<Proposal> Remove(absl::string_view id) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Waiting {
    Proposal proposal;
    bool is_being_done = false;
  };
  using ById = std::map<std::string, Waiting, std::less<>>;

  std::string PathOf(absl::string_view id) const;
  // Of the file whose being there says that it was tried.
  std::string TriedPathOf(absl::string_view id) const;
  void Read() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status CheckRoom(std::uint64_t bytes, const std::string& by) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status RemoveFiles(absl::string_view id) const;
  absl::StatusOr<std::string> RequestOf(const Proposal& proposal) const;

  const Options options_;
  const std::string own_folder_;
  mutable absl::Mutex mutex_;
  ById waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_PROPOSAL_BOOK_H_
