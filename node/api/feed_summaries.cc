#include "node/api/feed_summaries.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/api/who.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

// How a feed that is held stands.
const char* StateOf(const NodeView& view, const storage::HeldFeed& feed) {
  if (view.roster == nullptr || view.roster->AuthorOf(feed.feed) == nullptr) return "quarantined";
  const bool is_forked = std::any_of(view.forks.begin(), view.forks.end(),
                                     [&feed](const ForkView& fork) { return fork.feed == feed.feed; });
  if (is_forked) return "forked";
  return feed.ended ? "sealed" : "ok";
}

}  // namespace

absl::Status ListFeedsOf(const RunningNode& node, const NodeView& view, std::optional<replication::Member> member,
                         google::protobuf::RepeatedPtrField<v1::FeedSummary>& out) {
  const auto held = node.feeds().Feeds();
  if (!held.ok()) return held.status();
  std::vector<std::pair<std::string, const storage::HeldFeed*>> chosen;
  for (const storage::HeldFeed& feed : *held) {
    if (member && feed.author.member != *member) continue;
    chosen.emplace_back(SlugOf(view, feed.author.member), &feed);
  }
  std::sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) {
    const auto key = [](const auto& row) {
      const replication::FeedAuthor& author = row.second->author;
      return std::make_tuple(author.member != replication::kRosterWriter, row.first, author.collection,
                             author.incarnation);
    };
    return key(a) < key(b);
  });
  for (const auto& [slug, feed] : chosen) {
    v1::FeedSummary& row = *out.Add();
    row.set_member(slug);
    row.set_collection(replication::CollectionName(feed->author.collection));
    row.set_incarnation(feed->author.incarnation.value());
    row.set_length(feed->newest.len.value());
    row.set_head(feed->newest.head.hex());
    row.set_state(StateOf(view, *feed));
    row.set_bytes(feed->bytes);
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
