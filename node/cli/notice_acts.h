// What the commands about notices and about clusters, which are notices too, have in common.
#ifndef HANSA_NODE_CLI_NOTICE_ACTS_H_
#define HANSA_NODE_CLI_NOTICE_ACTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/cli/command.h"
#include "node/cli/invocation.h"
#include "node/cli/peer_learning_texts.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::cli {

// Asks what `request` asks, whose answer is a published record, and says where that stands.
absl::StatusOr<int> PublishedBy(Invocation& invocation, const google::protobuf::Message& request, Act act);

// The file is FILE.
absl::StatusOr<int> AddNotice(Invocation& invocation, const std::string& kind);
// As NoticeFilters say; empty: of every kind.
absl::StatusOr<int> ListNotices(Invocation& invocation, const std::string& kind);
// ID, at --revision.
absl::StatusOr<int> ShowNotice(Invocation& invocation);

std::vector<Option> NoticeFilters();
Option NoticeRevisionOption();

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_NOTICE_ACTS_H_
