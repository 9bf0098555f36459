#include "node/cli/user_json.h"

#include <nlohmann/json.hpp>

#include "hansa/v1/node_accounts.pb.h"
#include "node/accounts/audit_log.h"
#include "node/cli/json_parts.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Json;
using json::Moment;
using json::OrNull;
using json::Text;

Json AccountJson(const v1::AccountSummary& account) {
  return {{"name", account.name()},
          {"role", account.role()},
          {"departments", Array(account.departments())},
          {"added", Moment(account.added_ms())},
          {"password_chosen", Moment(account.password_ms())},
          {"link_until", Moment(account.link_until_ms())},
          {"has_code", account.has_code()}};
}

Json LineJson(const accounts::AuditLine& line) {
  return {{"at", OrNull(line.at)},
          {"account", OrNull(line.entry.account)},
          {"through", OrNull(line.entry.through)},
          {"what", line.entry.what},
          {"about", OrNull(line.entry.about)},
          {"result", OrNull(line.entry.result)},
          {"from", OrNull(line.entry.from)},
          {"proposal", OrNull(line.entry.proposal)},
          {"follows", line.follows}};
}

}  // namespace

std::string JsonOf(const v1::AccountSummary& account) { return Text(AccountJson(account)); }

std::string JsonOf(const v1::ListAccountsReply& accounts) { return Text(ArrayOf(accounts.accounts(), AccountJson)); }

std::string JsonOf(const v1::SetFourEyesReply& reply) { return Text({{"four_eyes", reply.on()}}); }

std::string JsonOfLink(const v1::AccountSummary& account, const std::string& address) {
  Json json = AccountJson(account);
  json["link"] = address;
  return Text(json);
}

std::string JsonOfRemovedAccount(const std::string& name) { return Text({{"name", name}, {"removed", true}}); }

std::string JsonOfCodes(const std::string& name, const std::string& secret, const std::string& address) {
  return Text({{"name", name}, {"secret", OrNull(secret)}, {"address", OrNull(address)}});
}

std::string JsonOf(const std::vector<accounts::AuditLine>& lines) { return Text(ArrayOf(lines, LineJson)); }

}  // namespace hansa::node::cli
