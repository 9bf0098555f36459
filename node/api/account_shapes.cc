#include "node/api/account_shapes.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node_accounts.pb.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

using accounts::Account;

absl::StatusOr<accounts::Role> RoleIn(const std::string& word) {
  const std::optional<accounts::Role> role = accounts::RoleNamed(word);
  if (role) return *role;
  return absl::InvalidArgumentError(
      absl::StrCat("there is no role ", domain::Quoted(word), "; write reader, editor, publisher or administrator"));
}

template <typename Request>
std::vector<std::string> DepartmentsIn(const Request& request) {
  return {request.departments().begin(), request.departments().end()};
}

void Put(const Account& account, v1::AccountSummary& out) {
  out.set_name(account.name);
  out.set_role(RoleName(account.role));
  for (const std::string& department : account.departments) out.add_departments(department);
  out.set_added_ms(account.added_ms);
  out.set_password_ms(account.password_ms);
  out.set_link_until_ms(account.link_until_ms);
  out.set_has_code(!account.code_secret.empty());
}

absl::Status Put(const absl::StatusOr<Account>& account, v1::AccountReply& reply) {
  HANSA_RETURN_IF_ERROR(account.status());
  Put(*account, *reply.mutable_account());
  return absl::OkStatus();
}

}  // namespace

absl::Status Do(const accounts::AccountActs& acts, const v1::ListAccountsRequest&, v1::ListAccountsReply& reply) {
  const absl::StatusOr<std::vector<Account>> accounts = acts.List();
  HANSA_RETURN_IF_ERROR(accounts.status());
  for (const Account& account : *accounts) Put(account, *reply.add_accounts());
  const absl::StatusOr<bool> four_eyes = acts.FourEyes();
  HANSA_RETURN_IF_ERROR(four_eyes.status());
  reply.set_four_eyes(*four_eyes);
  return absl::OkStatus();
}

absl::Status Do(const accounts::AccountActs& acts, const v1::AddAccountRequest& request, v1::AccountReply& reply) {
  const absl::StatusOr<accounts::Role> role = RoleIn(request.role());
  HANSA_RETURN_IF_ERROR(role.status());
  return Put(acts.Add({.name = request.name(), .role = *role, .departments = DepartmentsIn(request)}), reply);
}

absl::Status Do(const accounts::AccountActs& acts, const v1::ChangeAccountRequest& request, v1::AccountReply& reply) {
  const absl::StatusOr<accounts::Role> role = RoleIn(request.role());
  HANSA_RETURN_IF_ERROR(role.status());
  return Put(acts.ChangeRole(request.name(), *role, DepartmentsIn(request)), reply);
}

absl::Status Do(const accounts::AccountActs& acts, const v1::LinkAccountRequest& request, v1::LinkAccountReply& reply) {
  const absl::StatusOr<accounts::AccountBook::Link> link = acts.IssueLink(request.name());
  HANSA_RETURN_IF_ERROR(link.status());
  Put(link->account, *reply.mutable_account());
  reply.set_path(accounts::LinkPath(link->token));
  return absl::OkStatus();
}

absl::Status Do(const accounts::AccountActs& acts, const v1::RemoveAccountRequest& request, v1::AccountReply& reply) {
  return Put(acts.Remove(request.name()), reply);
}

absl::Status Do(const accounts::AccountActs& acts, const v1::EndAccountCodeRequest& request, v1::AccountReply& reply) {
  return Put(acts.EndCodes(request.name()), reply);
}

absl::Status Do(const accounts::AccountActs& acts, const v1::SetFourEyesRequest& request, v1::SetFourEyesReply& reply) {
  HANSA_RETURN_IF_ERROR(acts.SetFourEyes(request.on()));
  reply.set_on(request.on());
  return absl::OkStatus();
}

}  // namespace hansa::node::api
