// Who speaks for the network, and what a change of it makes, as people and scripts read it.
#ifndef HANSA_NODE_CLI_ROOT_TEXTS_H_
#define HANSA_NODE_CLI_ROOT_TEXTS_H_

#include <string>
#include <vector>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetRootReply;
class TakeRootReply;
}  // namespace hansa::v1
namespace hansa::node::membership {
struct RootProposal;
}

namespace hansa::node::cli {

std::string TextOf(const v1::GetRootReply& root, const Layout& layout);
std::string JsonOf(const v1::GetRootReply& root);

// A line for every key of the next version, and whether it is new: what somebody who signs should have seen.
std::string KeysOf(const membership::RootProposal& proposal, const words::Words& words);

// Paths of the key files that a change made; the roster's empty where it makes none.
struct NewKeyFiles {
  std::vector<std::string> root_keys = {};
  std::vector<std::string> officer_keys = {};
  std::string roster_key = {};
};
// A version that was put in force.
std::string JsonOf(const v1::TakeRootReply& taken, const NewKeyFiles& keys);

struct WrittenRootProposal {
  std::string path;
  std::string words;
  NewKeyFiles keys;
};
std::string JsonOf(const WrittenRootProposal& proposal);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_ROOT_TEXTS_H_
