// The feeds held, as replies list them.
#ifndef HANSA_NODE_API_FEED_SUMMARIES_H_
#define HANSA_NODE_API_FEED_SUMMARIES_H_

#include <optional>

#include "absl/status/status.h"
#include "node/running_node.h"

namespace google::protobuf {
template <typename Element>
class RepeatedPtrField;
}
namespace hansa::v1 {
class FeedSummary;
}

namespace hansa::node::api {

// Adds the feeds held of `member`, or of all, to `out`: by slug, collection and incarnation, the
// roster first. Errors are the store's.
absl::Status ListFeedsOf(const RunningNode& node, const NodeView& view, std::optional<replication::Member> member,
                         google::protobuf::RepeatedPtrField<v1::FeedSummary>& out);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_FEED_SUMMARIES_H_
