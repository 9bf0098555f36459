// Signing in and out: what a door asks on behalf of a browser. Wrong tries are counted, what happened is written down,
// and nobody learns from an answer, or from how long it takes, whether a name exists.
#ifndef HANSA_NODE_ACCOUNTS_RECEPTION_H_
#define HANSA_NODE_ACCOUNTS_RECEPTION_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/accounts/account_acts.h"
#include "node/accounts/account_book.h"
#include "node/accounts/audit_log.h"
#include "node/accounts/session_book.h"
#include "node/accounts/tries.h"

namespace hansa::node::accounts {

inline constexpr absl::Duration kOfferLife = absl::Minutes(15);

struct SignedIn {
  Account account;
  SessionKey session;
};

// What somebody types to sign in.
struct Typed {
  std::string name;
  std::string password;
  std::string code = {};  // of an authenticator app; empty: none
};

// What an authenticator app is given, as text and as it reads it off a picture.
struct CodeOffer {
  std::string secret;
  std::string address;
};
struct CodeOfferAnswer {
  absl::StatusOr<CodeOffer> offer;
  absl::Duration wait = absl::ZeroDuration();  // as in SignInAnswer
};
struct AccountAnswer {
  absl::StatusOr<Account> account;
  absl::Duration wait = absl::ZeroDuration();  // as in SignInAnswer
};

struct SignInAnswer {
  absl::StatusOr<SignedIn> signed_in;
  absl::Duration wait = absl::ZeroDuration();  // before the next try, where that is why it was refused
};

// Thread-safe. Blocks on disk, and for a password.
class Reception {
 public:
  struct Options {
    std::string folder;  // of the node
    std::function<absl::Time()> now;
    std::function<void(const absl::Status&)> told;  // what could not be written down; from any thread
    PasswordCost cost = {};
  };
  explicit Reception(Options options);

  // `from` is the address that the request came from, where a proxy says it.
  //   PERMISSION_DENIED    not this name with this password, or not this code
  //   FAILED_PRECONDITION  all is right, and a code is asked for as well
  //   RESOURCE_EXHAUSTED   too many wrong tries: `wait`
  //   UNAVAILABLE          too many sign in at this moment
  SignInAnswer SignIn(const Typed& typed, const std::string& from) ABSL_LOCKS_EXCLUDED(mutex_);
  // Chooses the password by a link, and signs in. Errors as AccountBook::TakeLink, and as above.
  SignInAnswer SignInByLink(absl::string_view token, absl::string_view password, const std::string& from)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Chooses another password. Every session of the account ends; this is a new one. As SignIn, and as
  // AccountBook::SetPassword.
  SignInAnswer ChangePassword(const Account& account, absl::string_view old_password, absl::string_view new_password,
                              const std::string& from) ABSL_LOCKS_EXCLUDED(mutex_);
  void SignOut(absl::string_view token);

  // A new secret for `account`, which counts once ConfirmCodes had a code of it: for kOfferLife, in this process. An
  // older one that was not confirmed is void. As SignIn, and
  //   FAILED_PRECONDITION  a code is asked of the account already
  CodeOfferAnswer OfferCodes(const Account& account, absl::string_view password, const std::string& from)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // From now on a code is asked of the account beside its password. Every session of it ends; this is a new one. Errors
  // as SignIn, and
  //   FAILED_PRECONDITION  no secret was offered, or too long ago
  SignInAnswer ConfirmCodes(const Account& account, absl::string_view code, const std::string& from)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // The password alone lets in from now on; it takes a code once more. Errors as SignIn, and as AccountBook::EndCodes.
  AccountAnswer EndCodes(const Account& account, const Typed& typed, const std::string& from)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Whose session that is; as SessionBook::Find.
  std::optional<Account> AccountOf(absl::string_view token) { return sessions_.Find(token); }
  // Whether it has not ended; as SessionBook::IsOpen.
  bool IsOpen(absl::string_view token) const { return sessions_.IsOpen(token); }
  // Whether anybody has an account here.
  bool HasAccounts() const;

  // Writes down what was done; what cannot be written is told.
  void Note(const AuditEntry& entry) const;
  // The same of what could not be done about a file.
  void Tell(const absl::Status& status) const { options_.told(status); }

  AccountBook& accounts() { return accounts_; }
  // What `by` does to accounts.
  AccountActs Acts(ActedBy by) { return AccountActs(accounts_, audit_, std::move(by), options_.told); }

 private:
  // A secret that no app has been shown to have yet.
  struct Offered {
    std::string secret;
    absl::Time until;
  };

  // Whether `typed` is an account's; a code is asked for where `needs` says so.
  enum class Needs { kPassword, kPasswordAndCode };
  AccountAnswer Prove(const Typed& typed, Needs needs, const std::string& from) ABSL_LOCKS_EXCLUDED(mutex_);
  // The same of who is signed in, by the password that they have now; the name in `typed` does not count.
  AccountAnswer ProveOwn(const Account& account, Typed typed, Needs needs, const std::string& from);
  // Writes down what came of it, unless it was nothing that anybody did.
  void NoteOwn(const Account& account, const char* what, const absl::Status& status, const std::string& from) const;
  SignInAnswer Enter(const Account& account);
  // How long whoever tries has to wait; zero: the try may be made, and counts.
  absl::Duration Begin(const std::vector<std::string>& tried) ABSL_LOCKS_EXCLUDED(mutex_);
  void TakeBack(const std::vector<std::string>& tried) ABSL_LOCKS_EXCLUDED(mutex_);
  void Forgive(const std::string& account) ABSL_LOCKS_EXCLUDED(mutex_);
  // As the account writes it; empty: nobody has it.
  std::string KnownName(absl::string_view name) const;

  const Options options_;
  AccountBook accounts_;
  SessionBook sessions_;
  const AuditLog audit_;
  absl::Mutex mutex_;
  Tries tries_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Offered> offered_ ABSL_GUARDED_BY(mutex_);  // by the name of the account
};

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_RECEPTION_H_
