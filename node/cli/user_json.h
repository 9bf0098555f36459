// Officers' accounts, as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_USER_JSON_H_
#define HANSA_NODE_CLI_USER_JSON_H_

#include <string>
#include <vector>

namespace hansa::v1 {
class AccountSummary;
class ListAccountsReply;
class SetFourEyesReply;
}  // namespace hansa::v1
namespace hansa::node::accounts {
struct AuditLine;
}

namespace hansa::node::cli {

// {"name", "role", "departments", "added", "password_chosen", "link_until", "has_code"}
std::string JsonOf(const v1::AccountSummary& account);
// By name.
std::string JsonOf(const v1::ListAccountsReply& accounts);
// {"four_eyes"}
std::string JsonOf(const v1::SetFourEyesReply& reply);
// The account with its "link".
std::string JsonOfLink(const v1::AccountSummary& account, const std::string& address);
// {"name", "removed"}
std::string JsonOfRemovedAccount(const std::string& name);
// {"name", "secret", "address"}; null where no codes are asked for.
std::string JsonOfCodes(const std::string& name, const std::string& secret, const std::string& address);
// [{"at", "account", "through", "what", "about", "result", "from", "follows"}], oldest first.
std::string JsonOf(const std::vector<accounts::AuditLine>& lines);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_USER_JSON_H_
