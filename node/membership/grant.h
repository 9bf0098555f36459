// The word of a national authority that a key may recommend in its name: what the roster needs
// before it takes the key of an authority's officer. A file, made offline.
#ifndef HANSA_NODE_MEMBERSHIP_GRANT_H_
#define HANSA_NODE_MEMBERSHIP_GRANT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/roster_messages.h"

namespace hansa::node::membership {

struct GrantOptions {
  std::string folder;             // the authority's own data folder
  std::string application;        // bytes of the officer's application file
  replication::Member authority;  // the authority's number in the roster
};

// A grant file.
//   INVALID_ARGUMENT     not an application
//   FAILED_PRECONDITION  the folder is no authority's, or the application is not for an officer's
//                        key of its country
absl::StatusOr<std::string> GrantOfficer(const GrantOptions& options);

struct GrantFile {
  replication::Statement statement;
  replication::KeyConsent consent;  // what `statement` says
};

// Reads and verifies the signature. Whether the signer is that authority is for the roster to say.
//   INVALID_ARGUMENT     not such a file
//   FAILED_PRECONDITION  altered, or for another network
absl::StatusOr<GrantFile> ReadGrant(absl::string_view bytes, const replication::NetworkId& network);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_GRANT_H_
