// What is done to accounts, by whoever does it, with each act written down: the same from the page, from the command
// line through a node that runs, and from the command line on a folder whose node does not.
#ifndef HANSA_NODE_ACCOUNTS_ACCOUNT_ACTS_H_
#define HANSA_NODE_ACCOUNTS_ACCOUNT_ACTS_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/accounts/account_book.h"
#include "node/accounts/audit_log.h"

namespace hansa::node::accounts {

struct ActedBy {
  std::string account = {};  // empty: at the command line
  const char* through = "command";
};

// Thread-safe as the book and the log are, which outlive it. Errors are those of the book; what was refused is not
// written down.
class AccountActs {
 public:
  // `told` takes what could not be written down.
  AccountActs(AccountBook& book, const AuditLog& audit, ActedBy by, std::function<void(const absl::Status&)> told)
      : book_(book), audit_(audit), by_(std::move(by)), told_(std::move(told)) {}

  absl::StatusOr<std::vector<Account>> List() const { return book_.List(); }
  absl::StatusOr<Account> Add(const NewAccount& account) const;
  absl::StatusOr<Account> ChangeRole(absl::string_view name, Role role,
                                     const std::vector<std::string>& departments) const;
  absl::StatusOr<AccountBook::Link> IssueLink(absl::string_view name) const;
  absl::StatusOr<Account> SetPassword(absl::string_view name, absl::string_view password) const;
  absl::StatusOr<Account> StartCodes(absl::string_view name) const;
  absl::StatusOr<Account> EndCodes(absl::string_view name) const;
  absl::StatusOr<Account> Remove(absl::string_view name) const;
  absl::StatusOr<bool> FourEyes() const { return book_.FourEyes(); }
  absl::Status SetFourEyes(bool on) const;

 private:
  absl::StatusOr<Account> Noted(const char* what, absl::StatusOr<Account> account) const;
  void Note(const char* what, const std::string& about) const;

  AccountBook& book_;
  const AuditLog& audit_;
  const ActedBy by_;
  const std::function<void(const absl::Status&)> told_;
};

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_ACCOUNT_ACTS_H_
