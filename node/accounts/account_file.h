// The accounts as a file: form only.
#ifndef HANSA_NODE_ACCOUNTS_ACCOUNT_FILE_H_
#define HANSA_NODE_ACCOUNTS_ACCOUNT_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/accounts/account.h"

namespace hansa::node::accounts {

struct AccountFile {
  std::vector<Account> accounts;
  bool four_eyes = false;  // what one of them would publish waits until another one agrees
};

std::string EncodeAccounts(const AccountFile& file);
//   INVALID_ARGUMENT  no such file, and what is wrong with it
absl::StatusOr<AccountFile> DecodeAccounts(absl::string_view bytes);

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_ACCOUNT_FILE_H_
