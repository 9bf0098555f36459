#include "tests/learning/copies.h"

#include <cstddef>
#include <optional>
#include <vector>

#include "node/catalogue/current.h"
#include "tests/testing/status_matchers.h"

namespace hansa::learning {
namespace {

using replication::Sequence;
using testing::Must;

// Small, so that a feed comes in many pieces.
constexpr std::size_t kUnitBytes = 2000;

// A feed on its way.
struct Course {
  storage::HeldFeed held;
  replication::FeedTail tail = {};
};

}  // namespace

Shown ShownInACopy(const CopyPlan& plan) {
  storage::MemoryFeedStore feeds(plan.crypto);
  storage::MemoryTables tables;
  const auto views = Must(
      node::projection::Views::Open(feeds, tables, node::catalogue::CurrentCatalogue(), plan.crypto, [] { return 0; }));
  simulation::Chance chance = plan.chance;
  std::vector<Course> under_way;
  std::vector<replication::FeedId> came;  // in the order of their first units
  for (const storage::HeldFeed& held : Must(plan.from.Feeds())) {
    const bool is_the_rosters = held.author.member == replication::kRosterWriter;
    if (!is_the_rosters && (!plan.is_wanted || plan.is_wanted(held.feed))) under_way.push_back({held});
  }
  while (!under_way.empty()) {
    const std::size_t at = chance.Below(under_way.size());
    Course& course = under_way[at];
    if (course.tail.len == Sequence(0)) came.push_back(course.held.feed);
    const replication::Bytes bytes =
        Must(plan.from.ReadUnit(course.held.feed, Sequence(course.tail.len.value() + 1), kUnitBytes));
    const replication::VerifiedUnit unit = Must(replication::VerifiedUnit::Verify(
        plan.crypto, plan.roster.network(), course.held.author, course.tail, Must(replication::DecodeUnit(bytes))));
    Must(feeds.Append({&unit, 1}));
    course.tail = unit.tail();
    if (course.tail.len == course.held.newest.len) under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(at));
    if (chance.OneIn(50)) Must(views->CatchUp(plan.roster));
  }
  Must(views->CatchUp(plan.roster));
  node::NodeView view;
  view.roster = std::make_shared<const replication::Roster>(plan.roster);
  return ShownIn({feeds, *views, view, plan.crypto, plan.reads_as_they_came ? &came : nullptr});
}

}  // namespace hansa::learning
