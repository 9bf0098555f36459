// A node's data folder: which file lives where, and its keys. Keys are 32-byte seeds in files of
// mode 0600 in a folder of mode 0700; a node refuses keys that others can read.
#ifndef HANSA_NODE_NODE_FOLDER_H_
#define HANSA_NODE_NODE_FOLDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/crypto.h"
#include "replication/entry.h"
#include "replication/roster_messages.h"

namespace hansa::node {

// DIR/
//   charter.json    root document v1, name, hub endpoints and pins: what every member starts from
//   identity.json   kind, slug, name, country, endpoints
//   keys/           writer.key, tls.key, and roster.key on the hub
//   db/             the store
//   high_water      how far this node has signed
//   accounts/       accounts.json, sessions.json, audit.jsonl, proposals/: who may sign in on the page, who did what,
//                   and what waits for a second person
//   run/            hansa.sock, endpoints.json, pid
//   log/            hansad.log
struct NodePaths {
  explicit NodePaths(std::string folder);
  std::string folder;
  std::string charter;
  std::string identity;
  std::string keys;
  std::string writer_key;
  std::string tls_key;
  std::string roster_key;
  std::string database;
  std::string high_water;
  std::string accounts_folder;
  std::string accounts;
  std::string sessions;
  std::string audit;
  std::string run;
  std::string socket;
  std::string endpoints;
  std::string logs;
};

// Who this node is or applies to be: a kind of member, or a role of a key that signs statements and
// runs no node. Exactly one of the two is given.
struct Identity {
  replication::MemberKind kind = replication::MemberKind::kNotGiven;
  replication::KeyRole key_role = replication::KeyRole::kNotGiven;
  std::string slug;
  std::string name;
  std::string country;  // ISO 3166-1 alpha-3, or INT
  std::vector<std::string> endpoints;
  friend bool operator==(const Identity&, const Identity&) = default;

  bool is_key_file() const { return key_role != replication::KeyRole::kNotGiven; }
};

// The word for what somebody is, in files and on the command line: city, partner, authority,
// secretariat, expert, survey-agency, authority-officer.
const char* RoleName(replication::MemberKind kind, replication::KeyRole key_role);
//   INVALID_ARGUMENT  no such word; names those there are
absl::Status SetRole(absl::string_view word, Identity& identity);

// A key file holds 64 hex digits and a line end.
//   NOT_FOUND            no such file
//   FAILED_PRECONDITION  readable by others; says which chmod to run
//   DATA_LOSS            not a key
absl::StatusOr<replication::Seed> ReadKey(const std::string& path);
// Makes the file, never overwrites one.
//   ALREADY_EXISTS · NOT_FOUND no such folder · RESOURCE_EXHAUSTED disk full; nothing is left
absl::Status WriteKey(const std::string& path, const replication::Seed& seed);
replication::Seed RandomSeed();
// 16 random bytes, for record ids, nonces and boot ids.
replication::RecordId RandomRecordId();
replication::Salt RandomSalt();

//   NOT_FOUND         no such file: the folder was never initialised; says what to run
//   INVALID_ARGUMENT  not an identity, and what is wrong with it
absl::StatusOr<Identity> ReadIdentity(const std::string& path);
absl::Status WriteIdentity(const std::string& path, const Identity& identity);

// What ReadFile refuses to go beyond unless told otherwise.
inline constexpr std::uint64_t kReadBytesMax = 64 * 1024 * 1024;
// Whole-file reading and writing; writing is to a temporary name, synced, then renamed.
//   NOT_FOUND · PERMISSION_DENIED · INVALID_ARGUMENT a folder, or longer than `bytes_max`
absl::StatusOr<std::string> ReadFile(const std::string& path, std::uint64_t bytes_max = kReadBytesMax);
//   NOT_FOUND no such folder · PERMISSION_DENIED · RESOURCE_EXHAUSTED disk full; nothing is left
absl::Status WriteFileAtomically(const std::string& path, const std::string& bytes, int mode);

}  // namespace hansa::node

#endif  // HANSA_NODE_NODE_FOLDER_H_
