// A network whose root changes, for tests: its keys in memory as well as in files, proposals, and what comes of them.
#ifndef HANSA_TESTS_NODE_MEMBERSHIP_ROOT_FIXTURE_H_
#define HANSA_TESTS_NODE_MEMBERSHIP_ROOT_FIXTURE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "node/membership/root_change.h"
#include "node/membership/root_proposal.h"
#include "tests/node/membership/fixture.h"

namespace hansa::testing {

using Key = std::shared_ptr<replication::Signer>;
using Keys = std::vector<Key>;

inline Keys NewKeys(int count) {
  Keys keys;
  for (int i = 0; i < count; ++i) keys.push_back(replication::SodiumSigner(node::RandomSeed()));
  return keys;
}
inline Keys KeysOf(const std::vector<std::string>& files) {
  Keys keys;
  for (const std::string& file : files) keys.push_back(replication::SodiumSigner(Must(node::ReadKey(file))));
  return keys;
}
inline std::vector<replication::PublicKey> PublicKeysOf(const Keys& keys) {
  std::vector<replication::PublicKey> result;
  for (const Key& key : keys) result.push_back(key->public_key());
  return result;
}

// The file of each key.
inline std::vector<std::string> Signed(const node::membership::RootProposal& proposal, const Keys& keys) {
  std::vector<std::string> files;
  for (const Key& key : keys) files.push_back(Must(node::membership::SignRoot(proposal, *key)));
  return files;
}

template <typename List>
List Together(List first, const List& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// The strong form: 2 of 3 root keys, 2 of 3 officers.
inline node::membership::FoundOptions StrongForm() {
  node::membership::FoundOptions options;
  options.root_keys = 3;
  options.threshold = 2;
  options.officers = 3;
  options.approvals = 2;
  return options;
}

// The newest checkpoint of the roster as the hub has it on its disk.
inline replication::Checkpoint EndOfRoster(const Network& network) {
  const node::NodePaths hub(network.founded().hub_folder);
  const auto database = Must(storage::Database::Open(hub.database));
  const replication::Checkpoint end = Must(database->feeds().Feed(network.roster().feed())).newest;
  Must(database->Close());
  return end;
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_MEMBERSHIP_ROOT_FIXTURE_H_
