// How a node starts: what its disk and its high-water file say, and what the core is told of it.
#include <algorithm>

#include "replication/check.h"
#include "replication/collections.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/node.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::HighWaterFinding;
using replication::ReplicaStart;
using replication::Roster;

void Node::Boot() {
  if (is_up() || is_retired || !is_admitted || (starts_late && !world_.is_healing())) return;
  born_ = world_.timeline.now();
  // Monotonic since the machine started, whenever that was.
  local_base_ = boot_base_ = chance_.Between(1, 30'000'000) * kSecond;
  local_rate_ppm_ = chance_.Between(-20'000, 20'000);
  timer_at_ = kNever;
  ++timer_id_;
  idle_timers_ = 0;
  last_report_ = 0;
  fence_ = replication::Fence::kLocked;
  disk_.Restarted();
  has_room_ = true;
  lost_roster_ = FindLostRoster();
  finding_ = CompareHighWater();
  if (finding_ == HighWaterFinding::kIntact) SettleHighWater(finding_);
  driver_refuses_ = !kCore.fence && finding_ != HighWaterFinding::kIntact;
  told_.clear();
  for (const auto& [id, feed] : disk_.contents.feeds) {
    if (feed.len() > 0) told_[id] = {feed.checkpoints.back().len, feed.checkpoints.back().head, feed.ended};
  }
  standing_.reset();
  replica_ = std::make_unique<replication::Replica>(world_.mint.crypto(), MakeStart());
  world_.log.Line(name(), " starts, life ", life_, ", ", told_.size(), " feeds, roster ",
                  replica_->roster().position().len.value(), ", high-water finding ", static_cast<int>(finding_));
  world_.oracle().Booted(*this);
  Step(replication::InterestChosen{disk_.contents.kept});
  world_.wires().BeginDialling(*this);
}

Roster Node::FoldRoster() const {
  replication::RootChain chain = world_.founders.root();
  for (const replication::Bytes& document : disk_.contents.roots) {
    absl::StatusOr<replication::SignedRoot> root = replication::DecodeSignedRoot(document);
    HANSA_CHECK(root.ok());
    if (replication::DecodeRootBody(root->body)->version <= chain.newest().version) continue;
    HANSA_CHECK(chain.Append(world_.mint.crypto(), *std::move(root)).ok());
  }
  Roster roster(world_.mint.crypto(), std::move(chain));
  const auto found = disk_.contents.feeds.find(roster.feed());
  if (found == disk_.contents.feeds.end()) return roster;
  for (const EntryOnDisk& entry : found->second.entries) roster.Fold(*entry);
  return roster;
}

// Loss weighs more than foreign ids, as in the real comparison.
HighWaterFinding Node::CompareHighWater() const {
  const DiskContents& held = disk_.contents;
  const bool holds_own = std::any_of(held.feeds.begin(), held.feeds.end(), [this](const auto& row) {
    return row.second.len() > 0 && IsOwn(row.second.author);
  });
  if (!disk_.high_water) return holds_own ? HighWaterFinding::kLost : HighWaterFinding::kIntact;
  for (const auto& [id, mark] : disk_.high_water->marks) {
    if (lost_roster_ && id == lost_roster_->signed_to.feed) continue;
    const auto found = held.feeds.find(id);
    const std::uint64_t len = mark.len.value();
    if (found == held.feeds.end() || found->second.len() < len) return HighWaterFinding::kLost;
    if (len > 0 && found->second.hashes[len - 1] != mark.head) return HighWaterFinding::kLost;
  }
  const bool same = disk_.high_water->database == held.database && disk_.high_water->machine == identity_.machine;
  return same ? HighWaterFinding::kIntact : HighWaterFinding::kForeign;
}

// Only the same machine and database know all that was signed.
std::optional<replication::LostRoster> Node::FindLostRoster() const {
  const DiskContents& held = disk_.contents;
  if (roster_writer() == nullptr || !disk_.high_water || disk_.high_water->database != held.database ||
      disk_.high_water->machine != identity_.machine) {
    return std::nullopt;
  }
  const replication::FeedId roster = FoldRoster().feed();
  const auto mark = disk_.high_water->marks.find(roster);
  const FeedOnDisk* feed = held.Find(roster);
  const std::uint64_t len = feed == nullptr ? 0 : feed->len();
  if (mark == disk_.high_water->marks.end() || len >= mark->second.len.value()) return std::nullopt;
  return replication::LostRoster{mark->second, held.pins};
}

// The file says what is held, and whose it is.
void Node::SettleHighWater(HighWaterFinding finding) {
  if (finding == HighWaterFinding::kForeign || !disk_.high_water) {
    disk_.high_water = HighWaterMarks{disk_.contents.database, identity_.machine, {}};
    finding_ = HighWaterFinding::kIntact;
  }
  for (const auto& [id, feed] : disk_.contents.feeds) {
    if (lost_roster_ && id == lost_roster_->signed_to.feed) continue;
    if (feed.len() > 0 && IsOwn(feed.author)) disk_.high_water->marks[id] = feed.checkpoints.back();
  }
}

ReplicaStart Node::MakeStart() {
  ReplicaStart start{
      pin_, identity_.keys.writer, identity_.roster_writer, chance_.Bytes<replication::BootId>(), FoldRoster(),
      {},   disk_.contents.kept};
  for (const auto& [id, feed] : disk_.contents.feeds) {
    if (std::optional<replication::FeedHeld> held = HeldOf(feed)) start.feeds.push_back(*std::move(held));
    if (feed.author.collection != replication::kErasures) continue;
    for (const EntryOnDisk& entry : feed.entries) start.orders.push_back({id, entry->header});
  }
  start.notes = disk_.contents.notes;
  start.high_water = finding_;
  start.lost_roster = lost_roster_;
  // A hub has room for everybody.
  const bool is_hub = identity_.keys.application.kind == replication::MemberKind::kSecretariat;
  if (world_.plan.Has(Fault::kFewSeats) && !is_hub) start.sessions_in_max = 1 + chance_.Below(3);
  start.chance = chance_.Bytes<replication::Seed>();
  return start;
}

}  // namespace hansa::simulation
