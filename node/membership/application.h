// The application of who wants to be a member: signed by the keys it applies with, carried as a
// file. What the mayor says, and the name of a person behind a key, stay in the file; the signed
// body, which the roster will hold for ever, has their salted hash alone.
#ifndef HANSA_NODE_MEMBERSHIP_APPLICATION_H_
#define HANSA_NODE_MEMBERSHIP_APPLICATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/membership/salted_text.h"
#include "node/node_folder.h"
#include "replication/roster_messages.h"

namespace hansa::node::membership {

struct ApplicationFile {
  replication::Statement statement;                      // as signed
  std::vector<replication::PossessionProof> possession;  // by the TLS keys, over the same body
  std::optional<SaltedText> mayor;                       // a city's; nullopt if there are none or they were taken out
  std::optional<SaltedText> holder;                      // the name behind the code of a key file
  replication::Application application;                  // what `statement` says
};

// The word of RoleName for what `application` is for.
const char* RoleOf(const replication::Application& application);
// SHA-256 of the signed body: what recommendations and deferrals name it by.
replication::Hash HashOf(const ApplicationFile& file);

// An application ready to sign for a node: fresh nonce, keys of `writer` and `tls`.
struct Applicant {
  const Identity& identity;
  const replication::Signer& writer;
  const replication::Signer* tls;  // null for a key file
};
ApplicationFile SignApplication(const replication::NetworkId& network, const Applicant& applicant,
                                std::optional<SaltedText> mayor);

struct ApplyOptions {
  std::string folder;      // set up by InitNode
  std::string mayor = {};  // the mayor's words; only a city has them
};
// A new application file; each call makes another application.
//   NOT_FOUND         the folder was never set up
//   INVALID_ARGUMENT  the mayor's words cannot be used, or it is no city
absl::StatusOr<std::string> MakeApplication(const ApplyOptions& options);

// Reads and verifies: every signature, that the copies for people say what was signed, and the
// rules of applicant.h.
//   INVALID_ARGUMENT     not an application, or one that breaks those rules
//   FAILED_PRECONDITION  altered, or for another network
absl::StatusOr<ApplicationFile> ReadApplication(absl::string_view bytes, const replication::NetworkId& network);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_APPLICATION_H_
