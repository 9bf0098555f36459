// A data folder or key folder opened to sign with: who it is, which network it starts from, and its
// keys. Read once, kept in memory while a statement is made.
#ifndef HANSA_NODE_MEMBERSHIP_OWN_FOLDER_H_
#define HANSA_NODE_MEMBERSHIP_OWN_FOLDER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "node/charter.h"
#include "node/node_folder.h"
#include "replication/crypto.h"

namespace hansa::node::membership {

struct OwnFolder {
  Identity identity;
  Charter charter;
  replication::NetworkId network;
  std::unique_ptr<replication::Signer> writer;
  std::unique_ptr<replication::Signer> tls;  // null for a key file, which runs no node
};

//   NOT_FOUND            nothing was set up there, or a key is gone
//   FAILED_PRECONDITION  others can read a key
//   INVALID_ARGUMENT     charter.json or identity.json is spoilt
//   DATA_LOSS            a key file is spoilt
absl::StatusOr<OwnFolder> OpenOwnFolder(const std::string& folder);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_OWN_FOLDER_H_
