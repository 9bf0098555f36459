// What was published last, as a feed for readers and for a city's website. In the order of time, the newest first:
// never by a value, and never by how often something was read.
#ifndef HANSA_NODE_DESK_WEB_FEED_DESK_H_
#define HANSA_NODE_DESK_WEB_FEED_DESK_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/muted_members.h"
#include "node/exports/web_feed.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

inline constexpr std::size_t kFeedEntriesMax = 500;
inline constexpr std::size_t kFeedEntriesUsual = 50;

struct WebFeedRequest {
  std::string member = {};              // slug; empty: of all members
  std::vector<std::string> kinds = {};  // of search::SearchKinds(); none: all but topics and questions
  std::string feature = {};             // key feature; empty: any
  std::string action = {};              // action point; empty: any
  std::string address = {};             // of the page of a node, http or https; empty: nothing is linked to
  std::string own_address = {};         // of the feed; empty: not known
  std::size_t limit = 0;                // at most kFeedEntriesMax; 0: kFeedEntriesUsual
  std::string language = {};            // of the words around the records: Korean, or English for any other
  std::string version = {};             // of this program
  Muting muting = Muting::kLeavesOut;
};

struct MadeWebFeed {
  exports::WebFeed feed;
  std::size_t muted = 0;  // records left out because this node mutes their authors, whatever the limit
};

// Thread-safe. Blocks on disk.
class WebFeedDesk {
 public:
  // All must outlive the desk.
  WebFeedDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  // Ids follow from network, member and record, so that they are the same on every node and for ever. Errors besides
  // those named: what the views say.
  //   INVALID_ARGUMENT  no such kind, an address that is none, a limit beyond the greatest
  //   NOT_FOUND         no such member, feature or action point
  absl::StatusOr<MadeWebFeed> Make(const WebFeedRequest& request) const;

 private:
  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_WEB_FEED_DESK_H_
