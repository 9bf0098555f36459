// Sets up the data folder of a new node, or the folder of a key that only signs statements: keys,
// identity, and its copy of the charter. Promise: a folder that is in use is never changed, and one
// whose set-up was cut short is completed with the keys that it has.
#ifndef HANSA_NODE_MEMBERSHIP_INIT_NODE_H_
#define HANSA_NODE_MEMBERSHIP_INIT_NODE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/node_folder.h"

namespace hansa::node::membership {

struct InitOptions {
  std::string folder;
  std::string charter_file;  // path of charter.json
  std::string kind;          // a word of RoleName
  std::string slug;
  std::string name;
  std::string country;                      // ISO 3166-1 alpha-3, or INT
  std::vector<std::string> endpoints = {};  // HOST:PORT, at most 8
  std::string charter = {};                 // what is in charter.json, where it is at hand; then no file is read
};

struct NodeSetUp {
  Identity identity;                  // with the name in NFC
  std::string network;                // its name, from the charter
  replication::PublicKey writer_key;  // what its feeds or statements will be signed with
  bool was_there = false;             // the same was set up before; nothing was changed
};

//   INVALID_ARGUMENT     a slug, name, country, endpoint or kind that breaks a rule; not a charter
//   NOT_FOUND            no charter file
//   FAILED_PRECONDITION  the folder holds another node, or others can read it
//   RESOURCE_EXHAUSTED   the disk is full
absl::StatusOr<NodeSetUp> InitNode(const InitOptions& options);

// Makes `folder` with mode 0700, or takes one that is there: an empty one gets that mode, one with
// content must have it.
//   FAILED_PRECONDITION  others can read it; says which chmod to run
absl::Status MakePrivateFolder(const std::string& folder);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_INIT_NODE_H_
