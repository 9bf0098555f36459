#include "node/accounts/account_file.h"

#include <limits>
#include <optional>

#include "absl/strings/str_cat.h"
#include "node/membership/json_file.h"
#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

using membership::JsonReader;
using membership::JsonWriter;

constexpr char kForm[] = "accounts";
constexpr std::uint64_t kTimeMax = std::numeric_limits<std::int64_t>::max();

JsonWriter Encode(const Account& account) {
  JsonWriter json;
  json.Text("name", account.name)
      .Text("role", RoleName(account.role))
      .Texts("departments", account.departments)
      .Text("password", account.password)
      .Text("link", account.link)
      .Number("link_until_ms", account.link_until_ms)
      .Number("added_ms", account.added_ms)
      .Number("password_ms", account.password_ms)
      .Text("stamp", account.stamp);
  if (account.code_secret.empty()) return json;
  json.Text("code_secret", account.code_secret).Number("code_step", account.code_step);
  return json;
}

absl::StatusOr<Account> Decode(const JsonReader& json) {
  Account account;
  account.name = json.Text("name");
  const std::string role = json.Text("role");
  account.departments = json.Texts("departments");
  account.password = json.Text("password");
  account.link = json.Text("link");
  account.link_until_ms = json.Number("link_until_ms", kTimeMax);
  account.added_ms = json.Number("added_ms", kTimeMax);
  account.password_ms = json.Number("password_ms", kTimeMax);
  account.stamp = json.Text("stamp");
  if (json.Has("code_secret")) {
    account.code_secret = json.Text("code_secret");
    account.code_step = json.Number("code_step", kTimeMax);
  }
  HANSA_RETURN_IF_ERROR(json.status());
  const std::optional<Role> known = RoleNamed(role);
  if (!known) return absl::InvalidArgumentError(absl::StrCat("there is no role '", role, "'"));
  account.role = *known;
  return account;
}

}  // namespace

std::string EncodeAccounts(const AccountFile& file) {
  std::vector<JsonWriter> all;
  all.reserve(file.accounts.size());
  for (const Account& account : file.accounts) all.push_back(Encode(account));
  JsonWriter json(kForm);
  json.Objects("accounts", all);
  if (file.four_eyes) json.Number("four_eyes", 1);
  return json.text();
}

absl::StatusOr<AccountFile> DecodeAccounts(absl::string_view bytes) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  AccountFile file;
  if (json->Has("four_eyes")) file.four_eyes = json->Number("four_eyes", 1) == 1;
  for (const JsonReader& each : json->Objects("accounts")) {
    absl::StatusOr<Account> account = Decode(each);
    HANSA_RETURN_IF_ERROR(account.status());
    file.accounts.push_back(*std::move(account));
  }
  HANSA_RETURN_IF_ERROR(json->status());
  return file;
}

}  // namespace hansa::node::accounts
