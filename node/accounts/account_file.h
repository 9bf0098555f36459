// The accounts as a file: form only.
#ifndef HANSA_NODE_ACCOUNTS_ACCOUNT_FILE_H_
#define HANSA_NODE_ACCOUNTS_ACCOUNT_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/accounts/account.h"

namespace hansa::node::accounts {

std::string EncodeAccounts(const std::vector<Account>& accounts);
//   INVALID_ARGUMENT  no such file, and what is wrong with it
absl::StatusOr<std::vector<Account>> DecodeAccounts(absl::string_view bytes);

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_ACCOUNT_FILE_H_
