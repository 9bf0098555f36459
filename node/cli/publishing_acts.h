// What every command that publishes a record has in common.
#ifndef HANSA_NODE_CLI_PUBLISHING_ACTS_H_
#define HANSA_NODE_CLI_PUBLISHING_ACTS_H_

#include "absl/status/statusor.h"
#include "node/cli/invocation.h"
#include "node/cli/peer_learning_texts.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::cli {

// Asks what `request` asks, whose answer is a published record, and says where that stands.
absl::StatusOr<int> PublishedBy(Invocation& invocation, const google::protobuf::Message& request, Act act);
// The same of a record without a title of its own: the words for it are ours, so people read them in their language.
absl::StatusOr<int> PublishedUntitledBy(Invocation& invocation, const google::protobuf::Message& request, Act act);

// Something was signed, which carries the time of this machine's clock for good: warns where that cannot be right.
void WarnOfClock(Invocation& invocation);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PUBLISHING_ACTS_H_
