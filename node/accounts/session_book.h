// Who is signed in. A session is known by 32 random bytes that its browser alone has; kept is their hash. It ends after
// four hours in which nothing was asked (an officer's morning meeting and lunch, after which work goes on where it
// was), after twelve hours in any case, and at once when the account's password, role or existence changes. Sessions
// outlive a restart of the node.
#ifndef HANSA_NODE_ACCOUNTS_SESSION_BOOK_H_
#define HANSA_NODE_ACCOUNTS_SESSION_BOOK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/accounts/account_book.h"
#include "node/node_folder.h"

namespace hansa::node::accounts {

inline constexpr absl::Duration kSessionIdleMax = absl::Hours(4);
inline constexpr absl::Duration kSessionLifeMax = absl::Hours(12);
inline constexpr std::size_t kSessionsMax = 500;
inline constexpr std::size_t kSessionsOfOneMax = 16;  // one more ends the one that was idle longest

// What the browser is given when a session begins.
struct SessionKey {
  std::string token;  // 43 characters fit for a cookie
  std::string csrf;   // what a page must send with each change: bound to the token, and no way back to it
};

// Thread-safe. One process has a book at a time. Blocks on disk.
class SessionBook {
 public:
  struct Options {
    std::string folder;  // of the node
    std::function<absl::Time()> now;
  };
  // `accounts` must outlive it. A file that cannot be read means that nobody is signed in.
  SessionBook(Options options, const AccountBook& accounts);

  // Where the disk is full, it ends with this process.
  SessionKey Begin(const Account& account) ABSL_LOCKS_EXCLUDED(mutex_);
  // Whose session that is, as the account is now; nullopt: none, or it has ended. It counts as asked.
  std::optional<Account> Find(absl::string_view token) ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether it has not ended; that counts as asked by nobody.
  bool IsOpen(absl::string_view token) const ABSL_LOCKS_EXCLUDED(mutex_);
  void End(absl::string_view token) ABSL_LOCKS_EXCLUDED(mutex_);

  // What belongs to a session with this token.
  static std::string CsrfOf(absl::string_view token);

 private:
  struct Session {
    std::string account;
    std::string stamp;
    std::uint64_t begun_ms = 0;
    std::uint64_t asked_ms = 0;
  };

  void Read() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Write() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static bool HasEnded(const Session& session, std::uint64_t now_ms);
  // Drops what has ended, and one more where there are too many.
  void MakeRoomFor(const std::string& account, std::uint64_t now_ms) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  const NodePaths paths_;
  const AccountBook& accounts_;
  mutable absl::Mutex mutex_;
  std::map<std::string, Session> sessions_ ABSL_GUARDED_BY(mutex_);  // by the hash of the token
  std::uint64_t written_ms_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_SESSION_BOOK_H_
