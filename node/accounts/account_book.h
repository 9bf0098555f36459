// The accounts of this node, in a file of its data folder. The running node and the command line may both change it at
// the same time: each change is made under a lock of the file, from what stands there, and is on the disk when it
// returns. It may be changed before the folder holds a node.
#ifndef HANSA_NODE_ACCOUNTS_ACCOUNT_BOOK_H_
#define HANSA_NODE_ACCOUNTS_ACCOUNT_BOOK_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/accounts/account.h"
#include "node/accounts/account_file.h"
#include "node/accounts/password.h"
#include "node/node_folder.h"

namespace hansa::node::accounts {

struct NewAccount {
  std::string name;
  Role role = Role::kReader;
  std::vector<std::string> departments = {};
};

// What comes behind the address of the page where such a link is opened. No server is told what stands behind '#'.
std::string LinkPath(absl::string_view token);

// Thread-safe. Blocks on disk; what takes a password computes for a moment and may wait for its turn.
class AccountBook {
 public:
  struct Options {
    std::string folder;  // of the node; made if it is not there
    std::function<absl::Time()> now;
    PasswordCost cost = {};  // of passwords chosen from now on
  };
  explicit AccountBook(Options options);

  // By name. Empty where nobody has an account yet.
  //   DATA_LOSS            the file cannot be read; says which
  //   FAILED_PRECONDITION  others can read the file (says which chmod to run); in changes also: the folder is another
  //                        user's
  absl::StatusOr<std::vector<Account>> List() const ABSL_LOCKS_EXCLUDED(mutex_);
  // However its name is written. As List, and
  //   NOT_FOUND  no such account
  absl::StatusOr<Account> Find(absl::string_view name) const ABSL_LOCKS_EXCLUDED(mutex_);

  // What changes it returns the account as it is now. Errors as List, and
  //   NOT_FOUND           no such account
  //   ALREADY_EXISTS      an account of that name is there
  //   INVALID_ARGUMENT    a name, password, role or departments that break a rule
  //   RESOURCE_EXHAUSTED  kAccountsMax are there; or the disk is full. Nothing was changed
  absl::StatusOr<Account> Add(const NewAccount& account) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<Account> ChangeRole(absl::string_view name, Role role, const std::vector<std::string>& departments)
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<Account> SetPassword(absl::string_view name, absl::string_view password) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<Account> Remove(absl::string_view name) ABSL_LOCKS_EXCLUDED(mutex_);

  struct Link {
    Account account;
    std::string token;  // 43 characters fit for an address; said here alone
    absl::Time until;
  };
  // A link by which its owner chooses a password, once. An older one is void; the password that stands goes on.
  absl::StatusOr<Link> IssueLink(absl::string_view name) ABSL_LOCKS_EXCLUDED(mutex_);
  // Chooses the password by such a link, which is void then. As above, and
  //   PERMISSION_DENIED  no account has this link open: it was used, replaced, or is too old
  absl::StatusOr<Account> TakeLink(absl::string_view token, absl::string_view password) ABSL_LOCKS_EXCLUDED(mutex_);

  // From now on a code of an authenticator app is asked for beside the password; the account has its new secret. A link
  // that its owner opens ends that, since a lost telephone is a reason for one.
  absl::StatusOr<Account> StartCodes(absl::string_view name) ABSL_LOCKS_EXCLUDED(mutex_);
  // The same with a secret that its owner's app has: `code` proves that. As above, and
  //   PERMISSION_DENIED  it is not the code of now
  absl::StatusOr<Account> StartCodes(absl::string_view name, const std::string& secret, absl::string_view code)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Its sessions go on. As above, and
  //   FAILED_PRECONDITION  no code is asked of it
  absl::StatusOr<Account> EndCodes(absl::string_view name) ABSL_LOCKS_EXCLUDED(mutex_);
  // Uses a code up. As above, and
  //   PERMISSION_DENIED  it is not the code of now, or was used
  absl::StatusOr<Account> UseCode(absl::string_view name, absl::string_view code) ABSL_LOCKS_EXCLUDED(mutex_);

  // Whether what one account would publish waits until another one agrees. Errors as List.
  absl::StatusOr<bool> FourEyes() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Errors as in changes, and
  //   FAILED_PRECONDITION  turned on where fewer than two accounts that may publish have a password
  absl::Status SetFourEyes(bool on) ABSL_LOCKS_EXCLUDED(mutex_);

  // The account if this is its password; nullopt if not, or if there is no such account, after the same time.
  //   UNAVAILABLE  too many wait for their turn
  absl::StatusOr<std::optional<Account>> Check(absl::string_view name, absl::string_view password) const
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // Changes the accounts and returns the one it was about, as it is then.
  using Change = std::function<absl::StatusOr<Account>(std::vector<Account>&)>;

  absl::Status Refresh() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<Account> Apply(const Change& change) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Replace(const std::function<absl::Status(AccountFile&)>& change) ABSL_LOCKS_EXCLUDED(mutex_);

  const Options options_;
  const NodePaths paths_;
  const std::string nobody_;  // what a password is compared with where there is no account
  mutable absl::Mutex mutex_;
  mutable AccountFile file_ ABSL_GUARDED_BY(mutex_);     // accounts ascending by folded name
  mutable std::string version_ ABSL_GUARDED_BY(mutex_);  // of the file that it was read from
};

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_ACCOUNT_BOOK_H_
