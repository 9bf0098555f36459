#include "node/membership/quorum.h"

#include "absl/strings/str_cat.h"
#include "replication/root_document.h"

namespace hansa::node::membership {
namespace {

constexpr std::uint32_t kKeysMax = replication::kRootKeysMax;

}  // namespace

absl::Status CheckQuorum(const Quorum& quorum) {
  if (quorum.keys < 1 || quorum.keys > kKeysMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(quorum.keys, " ", quorum.keys_name, " are not possible: give 1 to ", kKeysMax));
  }
  if (quorum.needed < 1 || quorum.needed > quorum.keys) {
    return absl::InvalidArgumentError(absl::StrCat("the ", quorum.needed_name, " is ", quorum.needed,
                                                   ", and there are ", quorum.keys, " ", quorum.keys_name,
                                                   ": give 1 to ", quorum.keys));
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::membership
