#include "node/accounts/account_book.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/accounts/account_file.h"
#include "node/accounts/locked_file.h"
#include "node/accounts/one_time_code.h"
#include "node/accounts/secret_token.h"
#include "node/domain/text.h"
#include "node/membership/init_node.h"
#include "node/membership/json_file.h"
#include "replication/check.h"
#include "storage/files.h"

namespace hansa::node::accounts {
namespace {

constexpr unsigned kOthersBits = 077;
constexpr std::size_t kDepartmentCharactersMax = 200;

absl::Status NoSuchAccount(absl::string_view name) {
  return absl::NotFoundError(
      absl::StrCat("there is no account ", domain::Quoted(name), "; `hansa user list` lists them"));
}

absl::Status NoSuchLink() {
  return absl::PermissionDeniedError(
      "this link cannot be used: it was used already, replaced by a newer one, or is older than a day; have `hansa "
      "user "
      "link` make a new one");
}

absl::Status NotTheCode() {
  return absl::PermissionDeniedError(
      "this is not the code that your authenticator app shows now; wait for the next one and try again");
}

std::vector<Account>::iterator Named(std::vector<Account>& accounts, absl::string_view name) {
  return std::find_if(accounts.begin(), accounts.end(),
                      [name](const Account& account) { return domain::SameName(account.name, name); });
}

// In the order given, each once.
absl::StatusOr<std::vector<std::string>> CleanDepartments(Role role, const std::vector<std::string>& departments) {
  if (!departments.empty() && role != Role::kEditor) {
    return absl::InvalidArgumentError(
        "only an editor is bound to departments; leave them out, or give the role editor");
  }
  if (departments.size() > kDepartmentsMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("an account has at most ", kDepartmentsMax, " departments; give fewer"));
  }
  std::vector<std::string> clean;
  for (const std::string& department : departments) {
    absl::StatusOr<std::string> name = domain::CleanText(department, domain::Lines::kOne);
    HANSA_RETURN_IF_ERROR(name.status());
    if (name->empty() || domain::CharacterCount(*name) > kDepartmentCharactersMax) {
      return absl::InvalidArgumentError(
          absl::StrCat("the name of a department has 1 to ", kDepartmentCharactersMax, " characters"));
    }
    if (std::find(clean.begin(), clean.end(), *name) == clean.end()) clean.push_back(*std::move(name));
  }
  return clean;
}

std::uint64_t Milliseconds(absl::Time time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, absl::ToUnixMillis(time)));
}

// The name of a login; its number where it has none.
std::string LoginOf(uid_t user) {
  constexpr std::size_t kRoom = 4096;
  std::array<char, kRoom> texts{};
  passwd entry{};
  passwd* found = nullptr;
  const bool has_name = ::getpwuid_r(user, &entry, texts.data(), texts.size(), &found) == 0 && found != nullptr;
  return has_name ? entry.pw_name : absl::StrCat(user);
}

// What somebody else writes into a node's folder, such as root, the node could not read.
absl::Status CheckIsOwn(const std::string& folder) {
  struct stat about {};
  if (::stat(folder.c_str(), &about) != 0) return storage::FileError("look at", folder, errno);
  if (about.st_uid == ::geteuid()) return absl::OkStatus();
  const std::string name = LoginOf(about.st_uid);
  return absl::FailedPreconditionError(
      absl::StrCat("the folder ", folder, " is ", name, "'s; do this as that user: runuser -u ", name, " -- hansa …"));
}

// Which writing of the file this is. Each is a file of its own under the old name.
std::string VersionOf(const struct stat& about) {
  return absl::StrCat(about.st_ino, ":", about.st_size, ":", about.st_mtim.tv_sec, ".", about.st_mtim.tv_nsec);
}

}  // namespace

std::string LinkPath(absl::string_view token) { return absl::StrCat("/link#", token); }

AccountBook::AccountBook(Options options)
    : options_(std::move(options)), paths_(options_.folder), nobody_(HashOfNobody(options_.cost)) {}

absl::Status AccountBook::Refresh() const {
  struct stat about {};
  if (::stat(paths_.accounts.c_str(), &about) != 0) {
    if (errno != ENOENT && errno != ENOTDIR) return storage::FileError("look at", paths_.accounts, errno);
    file_ = {};
    version_.clear();
    return absl::OkStatus();
  }
  if ((about.st_mode & kOthersBits) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("others can read the accounts in ", paths_.accounts, "; run: chmod 600 ", paths_.accounts));
  }
  const std::string version = VersionOf(about);
  if (version == version_) return absl::OkStatus();
  const absl::StatusOr<std::string> bytes = ReadFile(paths_.accounts, membership::kFileBytesMax);
  HANSA_RETURN_IF_ERROR(bytes.status());
  absl::StatusOr<AccountFile> file = DecodeAccounts(*bytes);
  if (!file.ok()) {
    return absl::DataLossError(absl::StrCat(paths_.accounts, " cannot be read: ", file.status().message(),
                                            "; put it back from a backup, or remove it and add the accounts anew"));
  }
  file_ = *std::move(file);
  version_ = version;
  return absl::OkStatus();
}

absl::Status AccountBook::Replace(const std::function<absl::Status(AccountFile&)>& change) {
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(options_.folder));
  HANSA_RETURN_IF_ERROR(CheckIsOwn(options_.folder));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(paths_.accounts_folder));
  // Between processes; the file itself is replaced, so the lock is another one.
  const absl::StatusOr<storage::OpenFile> held = OpenLocked(paths_.accounts_folder + "/lock");
  HANSA_RETURN_IF_ERROR(held.status());
  HANSA_RETURN_IF_ERROR(Refresh());
  AccountFile changed = file_;
  HANSA_RETURN_IF_ERROR(change(changed));
  std::sort(changed.accounts.begin(), changed.accounts.end(),
            [](const Account& a, const Account& b) { return domain::FoldedName(a.name) < domain::FoldedName(b.name); });
  const std::string bytes = EncodeAccounts(changed);
  if (changed.accounts.size() > kAccountsMax || bytes.size() > membership::kFileBytesMax) {
    return absl::ResourceExhaustedError(absl::StrCat("this node has as many accounts as it can hold, ", kAccountsMax,
                                                     " at the most; remove one first"));
  }
  return WriteFileAtomically(paths_.accounts, bytes, 0600);
}

absl::StatusOr<Account> AccountBook::Apply(const Change& change) {
  absl::StatusOr<Account> account = absl::UnknownError("nothing was changed");
  const absl::Status replaced = Replace([&](AccountFile& file) {
    account = change(file.accounts);
    return account.status();
  });
  HANSA_RETURN_IF_ERROR(replaced);
  return account;
}

absl::StatusOr<bool> AccountBook::FourEyes() const {
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(Refresh());
  return file_.four_eyes;
}

absl::Status AccountBook::SetFourEyes(bool on) {
  return Replace([on](AccountFile& file) -> absl::Status {
    const auto speak = std::count_if(file.accounts.begin(), file.accounts.end(), [](const Account& account) {
      return account.role >= Role::kPublisher && !account.password.empty();
    });
    if (on && speak < 2) {
      return absl::FailedPreconditionError(
          "a second person has to agree, and fewer than two accounts that may publish have a password; add a publisher "
          "first, and have them choose one by their link");
    }
    file.four_eyes = on;
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<Account>> AccountBook::List() const {
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(Refresh());
  return file_.accounts;
}

absl::StatusOr<Account> AccountBook::Find(absl::string_view name) const {
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(Refresh());
  const auto found = Named(file_.accounts, name);
  if (found == file_.accounts.end()) return NoSuchAccount(name);
  return *found;
}

absl::StatusOr<Account> AccountBook::Add(const NewAccount& account) {
  const absl::StatusOr<std::string> name = CleanName(account.name);
  HANSA_RETURN_IF_ERROR(name.status());
  const absl::StatusOr<std::vector<std::string>> departments = CleanDepartments(account.role, account.departments);
  HANSA_RETURN_IF_ERROR(departments.status());
  const Account added{.name = *name,
                      .role = account.role,
                      .departments = *departments,
                      .added_ms = Milliseconds(options_.now()),
                      .stamp = RandomStamp()};
  return Apply([&added](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto there = Named(accounts, added.name);
    if (there != accounts.end()) {
      return absl::AlreadyExistsError(absl::StrCat("there is an account ", domain::Quoted(there->name),
                                                   " already; choose another name, or change that one"));
    }
    accounts.push_back(added);
    return added;
  });
}

absl::StatusOr<Account> AccountBook::ChangeRole(absl::string_view name, Role role,
                                                const std::vector<std::string>& departments) {
  const absl::StatusOr<std::vector<std::string>> clean = CleanDepartments(role, departments);
  HANSA_RETURN_IF_ERROR(clean.status());
  return Apply([&](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto account = Named(accounts, name);
    if (account == accounts.end()) return NoSuchAccount(name);
    if (account->role == role && account->departments == *clean) return *account;
    account->role = role;
    account->departments = *clean;
    account->stamp = RandomStamp();
    return *account;
  });
}

absl::StatusOr<Account> AccountBook::SetPassword(absl::string_view name, absl::string_view password) {
  const absl::StatusOr<std::string> clean = CleanNewPassword(name, password);
  HANSA_RETURN_IF_ERROR(clean.status());
  const absl::StatusOr<std::string> hashed = HashedPassword(*clean, options_.cost);
  HANSA_RETURN_IF_ERROR(hashed.status());
  return Apply([&](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto account = Named(accounts, name);
    if (account == accounts.end()) return NoSuchAccount(name);
    account->password = *hashed;
    account->password_ms = Milliseconds(options_.now());
    account->link.clear();
    account->link_until_ms = 0;
    account->stamp = RandomStamp();
    return *account;
  });
}

absl::StatusOr<Account> AccountBook::Remove(absl::string_view name) {
  return Apply([name](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto account = Named(accounts, name);
    if (account == accounts.end()) return NoSuchAccount(name);
    Account removed = *account;
    accounts.erase(account);
    return removed;
  });
}

absl::StatusOr<AccountBook::Link> AccountBook::IssueLink(absl::string_view name) {
  const std::string token = RandomToken();
  const absl::Time until = options_.now() + kLinkLife;
  const absl::StatusOr<Account> account = Apply([&](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto found = Named(accounts, name);
    if (found == accounts.end()) return NoSuchAccount(name);
    found->link = HashOf(token);
    found->link_until_ms = Milliseconds(until);
    return *found;
  });
  HANSA_RETURN_IF_ERROR(account.status());
  return Link{*account, token, until};
}

absl::StatusOr<Account> AccountBook::TakeLink(absl::string_view token, absl::string_view password) {
  const std::string hash = HashOf(token);
  const auto has_link = [&hash, this](const Account& account) {
    return !account.link.empty() && IsSameSecret(account.link, hash) &&
           Milliseconds(options_.now()) < account.link_until_ms;
  };
  const absl::StatusOr<std::vector<Account>> all = List();
  HANSA_RETURN_IF_ERROR(all.status());
  const auto owner = std::find_if(all->begin(), all->end(), has_link);
  if (owner == all->end()) return NoSuchLink();
  const absl::StatusOr<std::string> clean = CleanNewPassword(owner->name, password);
  HANSA_RETURN_IF_ERROR(clean.status());
  const absl::StatusOr<std::string> hashed = HashedPassword(*clean, options_.cost);
  HANSA_RETURN_IF_ERROR(hashed.status());
  return Apply([&](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    // Once more: somebody else may have used it meanwhile.
    const auto account = std::find_if(accounts.begin(), accounts.end(), has_link);
    if (account == accounts.end()) return NoSuchLink();
    account->password = *hashed;
    account->password_ms = Milliseconds(options_.now());
    account->link.clear();
    account->link_until_ms = 0;
    account->code_secret.clear();
    account->stamp = RandomStamp();
    return *account;
  });
}

absl::StatusOr<Account> AccountBook::StartCodes(absl::string_view name) {
  const std::string secret = NewCodeSecret();
  return Apply([&](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto account = Named(accounts, name);
    if (account == accounts.end()) return NoSuchAccount(name);
    account->code_secret = secret;
    account->code_step = 0;
    account->stamp = RandomStamp();
    return *account;
  });
}

absl::StatusOr<Account> AccountBook::StartCodes(absl::string_view name, const std::string& secret,
                                                absl::string_view code) {
  const std::uint64_t now = StepAt(options_.now());
  return Apply([&](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto account = Named(accounts, name);
    if (account == accounts.end()) return NoSuchAccount(name);
    const std::optional<std::uint64_t> step = StepOf(code, secret, now, 0);
    if (!step) return NotTheCode();
    account->code_secret = secret;
    account->code_step = *step;
    account->stamp = RandomStamp();
    return *account;
  });
}

absl::StatusOr<Account> AccountBook::EndCodes(absl::string_view name) {
  return Apply([name](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto account = Named(accounts, name);
    if (account == accounts.end()) return NoSuchAccount(name);
    if (account->code_secret.empty()) {
      return absl::FailedPreconditionError(
          absl::StrCat("no code is asked of ", domain::Quoted(account->name), "; the password alone lets in"));
    }
    account->code_secret.clear();
    return *account;
  });
}

absl::StatusOr<Account> AccountBook::UseCode(absl::string_view name, absl::string_view code) {
  const std::uint64_t now = StepAt(options_.now());
  return Apply([&](std::vector<Account>& accounts) -> absl::StatusOr<Account> {
    const auto account = Named(accounts, name);
    if (account == accounts.end()) return NoSuchAccount(name);
    const std::optional<std::uint64_t> step = StepOf(code, account->code_secret, now, account->code_step);
    if (!step) return NotTheCode();
    account->code_step = *step;
    return *account;
  });
}

absl::StatusOr<std::optional<Account>> AccountBook::Check(absl::string_view name, absl::string_view password) const {
  const absl::StatusOr<Account> account = Find(name);
  if (!account.ok() && !absl::IsNotFound(account.status())) return account.status();
  const bool can_be = account.ok() && !account->password.empty();
  const absl::StatusOr<bool> is_password = IsPassword(TypedPassword(password), can_be ? account->password : nobody_);
  HANSA_RETURN_IF_ERROR(is_password.status());
  if (!can_be || !*is_password) return std::optional<Account>();
  return std::optional<Account>(*account);
}

}  // namespace hansa::node::accounts
