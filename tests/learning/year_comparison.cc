// What all nodes hold and show at the end of a year, compared.
#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "tests/learning/copies.h"
#include "tests/learning/year.h"
#include "tests/testing/status_matchers.h"

namespace hansa::learning {

using testing::Must;

Shown Year::ShownAt(Office& office) const {
  Must(office.node.AwaitViews());
  const node::NodeView view = office.node.View();
  const bool is_wrong = fault_.kind == PlantedFault::Kind::kReadsAsTheyCame && fault_.slug == office.slug();
  return ShownIn({office.node.feeds(), office.node.views(), view, crypto_, is_wrong ? &office.node.came() : nullptr});
}

// It loses the last entry of the first feed of practices.
void Year::Plant(const PlantedFault& fault) {
  fault_ = fault;
  if (fault.kind != PlantedFault::Kind::kLosesARecord) return;
  MemberNode& node = by_slug_.at(fault.slug)->node;
  const std::vector<storage::HeldFeed> held = Must(node.feeds().Feeds());
  const auto feed = std::find_if(held.begin(), held.end(), [](const storage::HeldFeed& candidate) {
    return candidate.author.collection == replication::kPractices && candidate.absent.empty();
  });
  HANSA_CHECK(feed != held.end());
  node.LoseSightOf(feed->feed, feed->newest.len);
}

// Nodes that keep everything hold the same entries of the same feeds.
std::string Year::CompareHeld() {
  const auto heads = loop_.Heads();
  for (const std::unique_ptr<Office>& office : offices_) {
    if (!(office->node.roster().position() == network_.roster().position())) {
      return absl::StrCat(office->slug(), " holds another list of members");
    }
    if (office->node.at().replica().missing() != 0) return absl::StrCat(office->slug(), " misses payloads");
    if (office->node.keep() == node::Keep::kAll && heads.at(office->slug()) != heads.at(hub().slug())) {
      return absl::StrCat(office->slug(), " holds other feeds than the hub");
    }
  }
  return "";
}

std::string Year::CompareOne(Office& office, const Shown& all, const std::string& lists) {
  const auto copied = [&](Office& from, std::function<bool(const replication::FeedId&)> is_wanted) {
    return ShownInACopy(
        {from.node.feeds(), network_.roster(), crypto_, chance_.Split(chance_.Next()), std::move(is_wanted)});
  };
  if (office.node.keep() == node::Keep::kFollowed) {
    std::set<replication::FeedId> held;
    for (const storage::HeldFeed& feed : Must(office.node.feeds().Feeds())) held.insert(feed.feed);
    const Shown part = copied(hub(), [&](const replication::FeedId& feed) { return held.contains(feed); });
    const Shown own = office.is_suspended ? copied(office, nullptr) : ShownAt(office);
    return DifferenceOf(part.text, own.text);
  }
  // It shows itself what it wrote while it is suspended; what it holds shows others the same.
  if (office.is_suspended) return DifferenceOf(all.text, copied(office, nullptr).text);
  std::string difference = DifferenceOf(all.text, ShownAt(office).text);
  return difference.empty() ? DifferenceOf(lists, ListsOf(office)) : difference;
}

YearFindings Year::Compare(int orders) {
  YearFindings findings;
  findings.difference = CompareHeld();
  const Shown all = ShownAt(hub());
  const std::string lists = ListsOf(hub());
  findings.counted = all.counted;
  for (const std::unique_ptr<Office>& office : offices_) {
    for (const storage::HeldFeed& feed : Must(office->node.feeds().Feeds())) {
      findings.counted["entries held, at all nodes"] += feed.newest.len.value();
      findings.counted["bytes held, at all nodes"] += feed.bytes;
      if (office.get() == &hub()) {
        findings.counted["feeds"] += 1;
        findings.counted["entries"] += feed.newest.len.value();
        findings.counted["entries without payload"] += feed.absent.size();
      }
    }
    findings.counted["nodes that keep only what they follow"] += office->node.keep() == node::Keep::kFollowed ? 1 : 0;
    findings.counted["members suspended"] += office->is_suspended ? 1 : 0;
    if (!findings.difference.empty()) continue;
    const std::string difference = CompareOne(*office, all, lists);
    if (!difference.empty()) findings.difference = absl::StrCat(office->slug(), ": ", difference);
    ++findings.nodes_compared;
  }
  for (int i = 0; i < orders && findings.difference.empty(); ++i) {
    const Shown other = ShownInACopy(
        {.from = hub().node.feeds(),
         .roster = network_.roster(),
         .crypto = crypto_,
         .chance = chance_.Split(static_cast<std::uint64_t>(i)),
         .reads_as_they_came = fault_.kind == PlantedFault::Kind::kReadsAsTheyCame && fault_.slug.empty()});
    const std::string difference = DifferenceOf(all.text, other.text);
    if (!difference.empty()) findings.difference = absl::StrCat("another order of arrival: ", difference);
    ++findings.orders_compared;
  }
  return findings;
}

}  // namespace hansa::learning
