#include "node/accounts/session_book.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "node/accounts/secret_token.h"
#include "node/membership/init_node.h"
#include "node/membership/json_file.h"
#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

using membership::JsonReader;
using membership::JsonWriter;

constexpr char kForm[] = "sessions";
constexpr std::uint64_t kTimeMax = std::numeric_limits<std::int64_t>::max();
// How much later a session may end after a restart than it would have, at the most.
constexpr absl::Duration kMarksWrittenEvery = absl::Minutes(15);

std::uint64_t Milliseconds(absl::Time time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, absl::ToUnixMillis(time)));
}
std::uint64_t Milliseconds(absl::Duration time) { return static_cast<std::uint64_t>(absl::ToInt64Milliseconds(time)); }

// Zero where the clock was put back.
std::uint64_t Since(std::uint64_t then_ms, std::uint64_t now_ms) { return now_ms - std::min(then_ms, now_ms); }

}  // namespace

SessionBook::SessionBook(Options options, const AccountBook& accounts)
    : options_(std::move(options)), paths_(options_.folder), accounts_(accounts) {
  Read();
}

std::string SessionBook::CsrfOf(absl::string_view token) { return MacOf(token, "hansa-csrf"); }

void SessionBook::Read() {
  const absl::StatusOr<std::string> bytes = ReadFile(paths_.sessions, membership::kFileBytesMax);
  if (!bytes.ok()) return;
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kForm, *bytes);
  if (!json.ok()) return;
  std::map<std::string, Session> sessions;
  for (const JsonReader& each : json->Objects("sessions")) {
    Session session;
    session.account = each.Text("account");
    session.stamp = each.Text("stamp");
    session.begun_ms = each.Number("begun_ms", kTimeMax);
    session.asked_ms = each.Number("asked_ms", kTimeMax);
    sessions.insert_or_assign(each.Text("token"), session);
  }
  if (!json->status().ok()) return;
  absl::MutexLock lock(&mutex_);
  sessions_ = std::move(sessions);
}

absl::Status SessionBook::Write() {
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(paths_.accounts_folder));
  std::vector<JsonWriter> all;
  all.reserve(sessions_.size());
  for (const auto& [hash, session] : sessions_) {
    JsonWriter json;
    json.Text("token", hash)
        .Text("account", session.account)
        .Text("stamp", session.stamp)
        .Number("begun_ms", session.begun_ms)
        .Number("asked_ms", session.asked_ms);
    all.push_back(std::move(json));
  }
  written_ms_ = Milliseconds(options_.now());
  return WriteFileAtomically(paths_.sessions, JsonWriter(kForm).Objects("sessions", all).text(), 0600);
}

bool SessionBook::HasEnded(const Session& session, std::uint64_t now_ms) {
  return Since(session.begun_ms, now_ms) >= Milliseconds(kSessionLifeMax) ||
         Since(session.asked_ms, now_ms) >= Milliseconds(kSessionIdleMax);
}

void SessionBook::MakeRoomFor(const std::string& account, std::uint64_t now_ms) {
  std::size_t of_account = 0;
  const auto none = sessions_.end();
  auto oldest = none;
  auto oldest_of_account = none;
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    if (HasEnded(at->second, now_ms)) {
      at = sessions_.erase(at);
      continue;
    }
    const auto is_older = [&](auto than) { return than == none || at->second.asked_ms < than->second.asked_ms; };
    if (is_older(oldest)) oldest = at;
    if (at->second.account == account) {
      ++of_account;
      if (is_older(oldest_of_account)) oldest_of_account = at;
    }
    ++at;
  }
  if (of_account >= kSessionsOfOneMax) {
    sessions_.erase(oldest_of_account);
  } else if (sessions_.size() >= kSessionsMax) {
    sessions_.erase(oldest);
  }
}

SessionKey SessionBook::Begin(const Account& account) {
  const std::string token = RandomToken();
  absl::MutexLock lock(&mutex_);
  const std::uint64_t now_ms = Milliseconds(options_.now());
  MakeRoomFor(account.name, now_ms);
  sessions_.insert_or_assign(HashOf(token), Session{account.name, account.stamp, now_ms, now_ms});
  Write().IgnoreError();  // with a full disk the session ends with this process
  return {token, CsrfOf(token)};
}

std::optional<Account> SessionBook::Find(absl::string_view token) {
  if (token.empty()) return std::nullopt;
  absl::MutexLock lock(&mutex_);
  const auto found = sessions_.find(HashOf(token));
  if (found == sessions_.end()) return std::nullopt;
  const std::uint64_t now_ms = Milliseconds(options_.now());
  const absl::StatusOr<Account> account = accounts_.Find(found->second.account);
  // Where the accounts cannot be read at this moment nobody gets in; the session goes on once they can.
  if (!account.ok() && !absl::IsNotFound(account.status())) return std::nullopt;
  if (!account.ok() || account->stamp != found->second.stamp || HasEnded(found->second, now_ms)) {
    sessions_.erase(found);
    Write().IgnoreError();
    return std::nullopt;
  }
  found->second.asked_ms = now_ms;
  if (Since(written_ms_, now_ms) >= Milliseconds(kMarksWrittenEvery)) Write().IgnoreError();
  return *account;
}

bool SessionBook::IsOpen(absl::string_view token) const {
  absl::MutexLock lock(&mutex_);
  const auto found = sessions_.find(HashOf(token));
  if (found == sessions_.end()) return false;
  const absl::StatusOr<Account> account = accounts_.Find(found->second.account);
  if (!account.ok()) return !absl::IsNotFound(account.status());
  return account->stamp == found->second.stamp && !HasEnded(found->second, Milliseconds(options_.now()));
}

void SessionBook::End(absl::string_view token) {
  absl::MutexLock lock(&mutex_);
  if (sessions_.erase(HashOf(token)) > 0) Write().IgnoreError();
}

}  // namespace hansa::node::accounts
