#include "node/accounts/account_acts.h"

#include <utility>

#include "replication/check.h"

namespace hansa::node::accounts {

void AccountActs::Note(const char* what, const std::string& about) const {
  const absl::Status written =
      audit_.Append({.account = by_.account, .through = by_.through, .what = what, .about = about, .result = "done"});
  if (!written.ok()) told_(written);
}

absl::StatusOr<Account> AccountActs::Noted(const char* what, absl::StatusOr<Account> account) const {
  if (account.ok()) Note(what, account->name);
  return account;
}

absl::StatusOr<Account> AccountActs::Add(const NewAccount& account) const {
  return Noted("add account", book_.Add(account));
}

absl::StatusOr<Account> AccountActs::ChangeRole(absl::string_view name, Role role,
                                                const std::vector<std::string>& departments) const {
  return Noted("change account", book_.ChangeRole(name, role, departments));
}

absl::StatusOr<AccountBook::Link> AccountActs::IssueLink(absl::string_view name) const {
  absl::StatusOr<AccountBook::Link> link = book_.IssueLink(name);
  if (link.ok()) Note("issue link", link->account.name);
  return link;
}

absl::StatusOr<Account> AccountActs::SetPassword(absl::string_view name, absl::string_view password) const {
  return Noted("set password", book_.SetPassword(name, password));
}

absl::StatusOr<Account> AccountActs::StartCodes(absl::string_view name) const {
  return Noted("ask for codes", book_.StartCodes(name));
}

absl::StatusOr<Account> AccountActs::EndCodes(absl::string_view name) const {
  return Noted("ask for no codes", book_.EndCodes(name));
}

absl::StatusOr<Account> AccountActs::Remove(absl::string_view name) const {
  return Noted("remove account", book_.Remove(name));
}

absl::Status AccountActs::SetFourEyes(bool on) const {
  HANSA_RETURN_IF_ERROR(book_.SetFourEyes(on));
  Note(on ? "ask for a second person" : "ask for no second person", "");
  return absl::OkStatus();
}

}  // namespace hansa::node::accounts
