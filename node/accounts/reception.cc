#include "node/accounts/reception.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "node/accounts/one_time_code.h"
#include "node/domain/text.h"

namespace hansa::node::accounts {
namespace {

constexpr std::size_t kTypedNameBytesMax = 400;
constexpr char kPage[] = "page";
constexpr char kAskForCodes[] = "ask for codes";

// As tries at an account are counted; also at names that nobody has, so that nobody learns which there are.
std::string AccountKey(absl::string_view name) { return absl::StrCat("account/", domain::FoldedName(name)); }
// One who has an address of IPv6 has a network of them.
std::string AddressKey(const std::string& from) {
  constexpr std::size_t kNetworkBytes = 8;
  in6_addr six{};
  if (inet_pton(AF_INET6, from.c_str(), &six) != 1) return absl::StrCat("address/", from);
  const std::string network(reinterpret_cast<const char*>(six.s6_addr), kNetworkBytes);
  return absl::StrCat("network/", absl::BytesToHexString(network));
}

absl::Status NotTogether() {
  return absl::PermissionDeniedError("this name and this password do not belong together; try again");
}

absl::Status HasCodes() {
  return absl::FailedPreconditionError("a code is asked for beside your password already; turn the codes off first");
}

absl::Status TooManyTries(absl::Duration wait) {
  const std::int64_t minutes = absl::ToInt64Minutes(wait + absl::Seconds(59));
  if (minutes <= 1) {
    return absl::ResourceExhaustedError(
        "too many wrong tries; try again in a minute, or have an administrator give you a link");
  }
  return absl::ResourceExhaustedError(absl::StrCat("too many wrong tries; try again in ", minutes,
                                                   " minutes, or have an administrator give you a link"));
}

}  // namespace

Reception::Reception(Options options)
    : options_(std::move(options)),
      accounts_({.folder = options_.folder, .now = options_.now, .cost = options_.cost}),
      sessions_({.folder = options_.folder, .now = options_.now}, accounts_),
      audit_({.folder = options_.folder, .now = options_.now}) {}

void Reception::Note(const AuditEntry& entry) const {
  const absl::Status written = audit_.Append(entry);
  if (!written.ok()) options_.told(written);
}

bool Reception::HasAccounts() const {
  const absl::StatusOr<std::vector<Account>> accounts = accounts_.List();
  return accounts.ok() && !accounts->empty();
}

absl::Duration Reception::Begin(const std::vector<std::string>& tried) {
  absl::MutexLock lock(&mutex_);
  const absl::Time now = options_.now();
  absl::Duration wait = absl::ZeroDuration();
  for (const std::string& who : tried) wait = std::max(wait, tries_.Wait(who, now));
  if (wait > absl::ZeroDuration()) return wait;
  for (const std::string& who : tried) tries_.Count(who, now);
  return wait;
}

void Reception::TakeBack(const std::vector<std::string>& tried) {
  absl::MutexLock lock(&mutex_);
  for (const std::string& who : tried) tries_.TakeBack(who);
}

void Reception::Forgive(const std::string& account) {
  absl::MutexLock lock(&mutex_);
  tries_.Forgive(account);
}

std::string Reception::KnownName(absl::string_view name) const {
  const absl::StatusOr<Account> account = accounts_.Find(name);
  return account.ok() ? account->name : "";
}

SignInAnswer Reception::Enter(const Account& account) { return {SignedIn{account, sessions_.Begin(account)}}; }

AccountAnswer Reception::Prove(const Typed& typed, Needs needs, const std::string& from) {
  const std::vector<std::string> tried = {AccountKey(absl::string_view(typed.name).substr(0, kTypedNameBytesMax)),
                                          AddressKey(from)};
  const absl::Duration wait = Begin(tried);
  if (wait > absl::ZeroDuration()) return {TooManyTries(wait), wait};
  const absl::StatusOr<std::optional<Account>> proven = accounts_.Check(typed.name, typed.password);
  if (!proven.ok()) {
    TakeBack(tried);
    return {proven.status()};
  }
  if (!*proven) return {NotTogether()};
  const Account& account = **proven;
  const bool needs_code = needs == Needs::kPasswordAndCode && !account.code_secret.empty();
  if (needs_code && typed.code.empty()) {
    TakeBack(tried);
    return {absl::FailedPreconditionError("type the code that your authenticator app shows as well")};
  }
  if (needs_code) {
    const absl::Status used = accounts_.UseCode(account.name, typed.code).status();
    if (!used.ok()) return {used};
  }
  // Of the address this try alone: one's own account is no way to more tries at those of others.
  TakeBack({AddressKey(from)});
  Forgive(AccountKey(typed.name));
  return {account};
}

SignInAnswer Reception::SignIn(const Typed& typed, const std::string& from) {
  const AccountAnswer proof = Prove(typed, Needs::kPasswordAndCode, from);
  if (proof.account.ok()) {
    Note({.account = proof.account->name, .through = kPage, .what = "sign in", .result = "done", .from = from});
    return Enter(*proof.account);
  }
  // What waits would only fill the log. And a name that nobody has may be a password in the wrong place.
  if (absl::IsPermissionDenied(proof.account.status())) {
    Note({.account = KnownName(typed.name), .through = kPage, .what = "sign in", .result = "refused", .from = from});
  }
  return {proof.account.status(), proof.wait};
}

SignInAnswer Reception::SignInByLink(absl::string_view token, absl::string_view password, const std::string& from) {
  const std::vector<std::string> tried = {AddressKey(from)};
  const absl::Duration wait = Begin(tried);
  if (wait > absl::ZeroDuration()) return {TooManyTries(wait), wait};
  const absl::StatusOr<Account> account = accounts_.TakeLink(token, password);
  // A link that is none is a wrong try; a password that is too short is not.
  const bool is_refused = absl::IsPermissionDenied(account.status());
  if (!is_refused) TakeBack(tried);
  if (account.ok()) Forgive(AccountKey(account->name));
  if (account.ok() || is_refused) {
    Note({.account = account.ok() ? account->name : "",
          .through = kPage,
          .what = "choose password by link",
          .result = account.ok() ? "done" : "refused",
          .from = from});
  }
  if (!account.ok()) return {account.status()};
  return Enter(*account);
}

AccountAnswer Reception::ProveOwn(const Account& account, Typed typed, Needs needs, const std::string& from) {
  typed.name = account.name;
  AccountAnswer proof = Prove(typed, needs, from);
  if (proof.account.status() == NotTogether()) {
    proof.account = absl::PermissionDeniedError("this is not the password that you have now; try again");
  }
  return proof;
}

void Reception::NoteOwn(const Account& account, const char* what, const absl::Status& status,
                        const std::string& from) const {
  if (!status.ok() && !absl::IsPermissionDenied(status)) return;
  Note({.account = account.name,
        .through = kPage,
        .what = what,
        .result = status.ok() ? "done" : "refused",
        .from = from});
}

SignInAnswer Reception::ChangePassword(const Account& account, absl::string_view old_password,
                                       absl::string_view new_password, const std::string& from) {
  // First, so that nobody types the old one for nothing.
  const absl::StatusOr<std::string> clean = CleanNewPassword(account.name, new_password);
  if (!clean.ok()) return {clean.status()};
  const AccountAnswer proof =
      ProveOwn(account, {.name = "", .password = std::string(old_password)}, Needs::kPassword, from);
  absl::StatusOr<Account> changed = proof.account;
  if (proof.account.ok()) changed = accounts_.SetPassword(account.name, *clean);
  NoteOwn(account, "choose password", changed.status(), from);
  if (!changed.ok()) return {changed.status(), proof.wait};
  return Enter(*changed);
}

CodeOfferAnswer Reception::OfferCodes(const Account& account, absl::string_view password, const std::string& from) {
  const AccountAnswer proof =
      ProveOwn(account, {.name = "", .password = std::string(password)}, Needs::kPassword, from);
  if (!proof.account.ok()) {
    NoteOwn(account, kAskForCodes, proof.account.status(), from);
    return {proof.account.status(), proof.wait};
  }
  if (!proof.account->code_secret.empty()) return {HasCodes()};
  const std::string secret = NewCodeSecret();
  absl::MutexLock lock(&mutex_);
  const absl::Time now = options_.now();
  for (auto at = offered_.begin(); at != offered_.end();) at = at->second.until <= now ? offered_.erase(at) : ++at;
  offered_.insert_or_assign(account.name, Offered{secret, now + kOfferLife});
  return {CodeOffer{secret, CodeAddress(account.name, secret)}};
}

SignInAnswer Reception::ConfirmCodes(const Account& account, absl::string_view code, const std::string& from) {
  std::string secret;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = offered_.find(account.name);
    if (found != offered_.end() && options_.now() < found->second.until) secret = found->second.secret;
  }
  if (!account.code_secret.empty()) return {HasCodes()};
  if (secret.empty()) {
    return {absl::FailedPreconditionError("that took too long; begin again with your password")};
  }
  const std::vector<std::string> tried = {AccountKey(account.name), AddressKey(from)};
  const absl::Duration wait = Begin(tried);
  if (wait > absl::ZeroDuration()) return {TooManyTries(wait), wait};
  const absl::StatusOr<Account> changed = accounts_.StartCodes(account.name, secret, code);
  if (!absl::IsPermissionDenied(changed.status())) TakeBack(tried);
  NoteOwn(account, kAskForCodes, changed.status(), from);
  if (!changed.ok()) return {changed.status()};
  {
    absl::MutexLock lock(&mutex_);
    offered_.erase(account.name);
  }
  return Enter(*changed);
}

AccountAnswer Reception::EndCodes(const Account& account, const Typed& typed, const std::string& from) {
  AccountAnswer answer = ProveOwn(account, typed, Needs::kPasswordAndCode, from);
  if (answer.account.ok()) answer.account = accounts_.EndCodes(account.name);
  NoteOwn(account, "ask for no codes", answer.account.status(), from);
  return answer;
}

void Reception::SignOut(absl::string_view token) {
  const std::optional<Account> account = sessions_.Find(token);
  if (!account) return;
  sessions_.End(token);
  Note({.account = account->name, .through = kPage, .what = "sign out", .result = "done"});
}

}  // namespace hansa::node::accounts
