#include "node/door/sign_in.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/accounts/secret_token.h"
#include "node/door/gateway.h"
#include "node/door/reader_language.h"

namespace hansa::node::door {
namespace {

using accounts::Account;
using accounts::SignInAnswer;
using Json = nlohmann::ordered_json;

constexpr char kLinkPath[] = "/session/link";
constexpr char kPasswordPath[] = "/session/password";
constexpr char kCodePath[] = "/session/code";
constexpr std::size_t kAddressBytesMax = 45;
constexpr absl::string_view kAddressCharacters = "0123456789abcdefABCDEF.:";

// Browsers take Secure cookies by HTTPS alone, where one of these may be set by nobody else. By plain HTTP on this
// machine Safari would not keep them; and since cookies are shared by all ports of a name, each node has one of its
// own.
std::string CookieName(const HttpRequest& request, Reached reached) {
  if (reached == Reached::kByProxy) return "__Host-hansa";
  const absl::string_view host = request.Header("host");
  const std::size_t colon = host.rfind(':');
  std::string port;
  for (const char c : colon == absl::string_view::npos ? "" : host.substr(colon + 1)) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) port += c;
  }
  return port.empty() ? "hansa" : absl::StrCat("hansa-", port);
}

void SetCookie(const std::string& value, const HttpRequest& request, Reached reached, HttpResponse& response) {
  response.headers.emplace_back(
      "set-cookie", absl::StrCat(CookieName(request, reached), "=", value, "; Path=/; HttpOnly; SameSite=Strict",
                                 reached == Reached::kByProxy ? "; Secure" : "", value.empty() ? "; Max-Age=0" : ""));
}

// The nearest proxy puts the address that it was asked from last. Others may have put there what they like.
std::string AddressOf(const HttpRequest& request, Reached reached) {
  if (reached == Reached::kHere) return "";
  absl::string_view chain = request.Header("x-forwarded-for");
  const std::size_t comma = chain.rfind(',');
  if (comma != absl::string_view::npos) chain = chain.substr(comma + 1);
  chain = absl::StripAsciiWhitespace(chain);
  const bool is_address = chain.size() <= kAddressBytesMax && chain.find_first_not_of(kAddressCharacters) == chain.npos;
  return is_address ? std::string(chain) : "";
}

HttpResponse Answered(const Json& json) {
  return {.status = 200,
          .headers = {{"content-type", "application/json"}},
          .body = json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Json AccountJson(const Account& account) {
  return {{"name", account.name},
          {"role", RoleName(account.role)},
          {"departments", account.departments},
          {"has_code", !account.code_secret.empty()}};
}

HttpResponse Refused(const absl::Status& why, const HttpRequest& request) {
  return ConnectError(why, ReaderLanguage(request));
}

HttpResponse Refused(const absl::Status& why, absl::Duration wait, const HttpRequest& request) {
  HttpResponse refused = Refused(why, request);
  if (wait > absl::ZeroDuration()) {
    refused.headers.emplace_back("retry-after", absl::StrCat(absl::ToInt64Seconds(wait) + 1));
  }
  return refused;
}

HttpResponse NotSignedIn(const HttpRequest& request) {
  return Refused(absl::UnauthenticatedError("you are not signed in any more; sign in and try again"), request);
}

// Texts of the body, each of them there.
absl::StatusOr<std::vector<std::string>> TextsIn(const std::string& body, std::initializer_list<const char*> names) {
  const Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  std::vector<std::string> texts;
  for (const char* const name : names) {
    const auto found = json.is_object() ? json.find(name) : json.end();
    if (!json.is_object() || found == json.end() || !found->is_string()) {
      return absl::InvalidArgumentError(absl::StrCat("a text ", name, " is missing in the JSON that was sent"));
    }
    texts.push_back(found->get<std::string>());
  }
  return texts;
}

// Of an authenticator app; empty: none was sent.
std::string CodeIn(const std::string& body) {
  const absl::StatusOr<std::vector<std::string>> code = TextsIn(body, {"code"});
  return code.ok() ? code->front() : "";
}

}  // namespace

bool SignIn::IsOwnPath(absl::string_view path) {
  return path == kSessionPath || path == kLinkPath || path == kPasswordPath || path == kCodePath;
}

absl::string_view SignIn::TokenOf(const HttpRequest& request, Reached reached) {
  return IsAskedByOwnPage(request) ? CookieValue(request, CookieName(request, reached)) : absl::string_view();
}

HttpResponse SignIn::Answer(const HttpRequest& request, Reached reached) const {
  const bool is_session = request.path == kSessionPath;
  if (is_session && (request.method == "GET" || request.method == "HEAD")) return Show(request, reached);
  const bool is_code = request.path == kCodePath;
  const bool is_known = request.method == "POST" || ((is_session || is_code) && request.method == "DELETE");
  if (!is_known) {
    HttpResponse refused = Refused(absl::UnimplementedError("this address is not asked in this way"), request);
    refused.status = 405;
    refused.headers.emplace_back("allow", is_session ? "GET, HEAD, POST, DELETE" : is_code ? "POST, DELETE" : "POST");
    return refused;
  }
  const absl::Status may = CheckMayChange(request, reached);
  if (!may.ok()) return Refused(may, request);
  if (request.path == kLinkPath) return EnterByLink(request, reached);
  if (is_session && request.method == "POST") return Enter(request, reached);
  const std::optional<Account> account = AccountOf(request, reached);
  if (!account) return NotSignedIn(request);
  if (!HasCsrf(request, reached)) return Refused(NoCsrf(), request);
  if (is_code && request.method == "DELETE") return EndCodes(*account, request, reached);
  if (is_code) return OfferOrConfirmCodes(*account, request, reached);
  return is_session ? Leave(request, reached) : ChangePassword(*account, request, reached);
}

std::optional<Account> SignIn::AccountOf(const HttpRequest& request, Reached reached) const {
  return reception_.AccountOf(TokenOf(request, reached));
}

Caller SignIn::CallerOf(const HttpRequest& request, Reached reached) const {
  Caller caller{.role = options_.is_open ? accounts::Role::kPublic : accounts::Role::kNobody,
                .language = ReaderLanguage(request)};
  const std::optional<Account> account = AccountOf(request, reached);
  if (!account) return caller;
  caller.role = account->role;
  caller.account = account->name;
  caller.departments = account->departments;
  return caller;
}

std::function<bool()> SignIn::GoesOn(const HttpRequest& request, Reached reached) const {
  return [&reception = reception_, token = std::string(TokenOf(request, reached))] { return reception.IsOpen(token); };
}

bool SignIn::HasCsrf(const HttpRequest& request, Reached reached) {
  const absl::string_view token = TokenOf(request, reached);
  return !token.empty() && accounts::IsSameSecret(request.Header(kCsrfHead), accounts::SessionBook::CsrfOf(token));
}

absl::Status SignIn::NoCsrf() {
  return absl::PermissionDeniedError(
      "this request lacks what belongs to your session; load the page again and go on there");
}

HttpResponse SignIn::Show(const HttpRequest& request, Reached reached) const {
  const NodeCard node = options_.node();
  const std::optional<Account> account = AccountOf(request, reached);
  Json json;
  json["account"] = account ? AccountJson(*account) : Json();
  if (account) json["csrf"] = accounts::SessionBook::CsrfOf(TokenOf(request, reached));
  json["node"] = node.slug.empty()
                     ? Json()
                     : Json({{"slug", node.slug}, {"name", node.name}, {"role", node.role}, {"network", node.network}});
  json["open"] = options_.is_open;
  json["has_accounts"] = reception_.HasAccounts();
  // Where it cannot be read nobody is signed in either.
  if (account) json["four_eyes"] = reception_.accounts().FourEyes().value_or(true);
  return Answered(json);
}

HttpResponse SignIn::Entered(const SignInAnswer& answer, const HttpRequest& request, Reached reached) const {
  if (!answer.signed_in.ok()) return Refused(answer.signed_in.status(), answer.wait, request);
  // Whatever the browser had goes, whoever gave it that.
  const absl::string_view older = TokenOf(request, reached);
  if (!older.empty()) reception_.SignOut(older);
  HttpResponse entered =
      Answered({{"account", AccountJson(answer.signed_in->account)}, {"csrf", answer.signed_in->session.csrf}});
  SetCookie(answer.signed_in->session.token, request, reached, entered);
  return entered;
}

HttpResponse SignIn::Enter(const HttpRequest& request, Reached reached) const {
  const absl::StatusOr<std::vector<std::string>> typed = TextsIn(request.body, {"name", "password"});
  if (!typed.ok()) return Refused(typed.status(), request);
  return Entered(reception_.SignIn({.name = typed->at(0), .password = typed->at(1), .code = CodeIn(request.body)},
                                   AddressOf(request, reached)),
                 request, reached);
}

HttpResponse SignIn::EnterByLink(const HttpRequest& request, Reached reached) const {
  const absl::StatusOr<std::vector<std::string>> typed = TextsIn(request.body, {"token", "password"});
  if (!typed.ok()) return Refused(typed.status(), request);
  return Entered(reception_.SignInByLink(typed->at(0), typed->at(1), AddressOf(request, reached)), request, reached);
}

HttpResponse SignIn::ChangePassword(const Account& account, const HttpRequest& request, Reached reached) const {
  const absl::StatusOr<std::vector<std::string>> typed = TextsIn(request.body, {"old", "new"});
  if (!typed.ok()) return Refused(typed.status(), request);
  return Entered(reception_.ChangePassword(account, typed->at(0), typed->at(1), AddressOf(request, reached)), request,
                 reached);
}

HttpResponse SignIn::OfferOrConfirmCodes(const Account& account, const HttpRequest& request, Reached reached) const {
  const std::string from = AddressOf(request, reached);
  const absl::StatusOr<std::vector<std::string>> code = TextsIn(request.body, {"code"});
  if (code.ok()) return Entered(reception_.ConfirmCodes(account, code->front(), from), request, reached);
  const absl::StatusOr<std::vector<std::string>> typed = TextsIn(request.body, {"password"});
  if (!typed.ok()) return Refused(typed.status(), request);
  const accounts::CodeOfferAnswer answer = reception_.OfferCodes(account, typed->front(), from);
  if (!answer.offer.ok()) return Refused(answer.offer.status(), answer.wait, request);
  return Answered({{"secret", answer.offer->secret}, {"address", answer.offer->address}});
}

HttpResponse SignIn::EndCodes(const Account& account, const HttpRequest& request, Reached reached) const {
  const absl::StatusOr<std::vector<std::string>> typed = TextsIn(request.body, {"password"});
  if (!typed.ok()) return Refused(typed.status(), request);
  const accounts::AccountAnswer answer =
      reception_.EndCodes(account, {.name = account.name, .password = typed->front(), .code = CodeIn(request.body)},
                          AddressOf(request, reached));
  if (!answer.account.ok()) return Refused(answer.account.status(), answer.wait, request);
  return Answered({{"account", AccountJson(*answer.account)}});
}

HttpResponse SignIn::Leave(const HttpRequest& request, Reached reached) const {
  reception_.SignOut(TokenOf(request, reached));
  HttpResponse left = Answered({{"account", Json()}});
  SetCookie("", request, reached, left);
  return left;
}

void SignIn::Note(const Caller& caller, const std::string& method, int http_status) const {
  reception_.Note({.account = caller.account,
                   .through = "page",
                   .what = method,
                   .result = http_status < 400   ? "done"
                             : http_status < 500 ? "refused"
                                                 : "failed"});
}

}  // namespace hansa::node::door
