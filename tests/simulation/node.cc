#include "tests/simulation/node.h"

#include <algorithm>
#include <cstring>

#include "replication/check.h"
#include "replication/collections.h"
#include "replication/scope.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/operators.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::Effect;
using replication::Effects;
using replication::Event;
using replication::FeedTail;

namespace {
constexpr Instant kTimerSlack = 20 * kMillisecond;
constexpr int kIdleTimersMax = 2000;
constexpr std::int64_t kPpm = 1'000'000;
}  // namespace

Node::Node(World& world, NodeIdentity identity, Chance chance)
    : world_(world),
      identity_(std::move(identity)),
      pin_(replication::PinOf(world.mint.crypto(), identity_.keys.tls->public_key())),
      chance_(chance),
      disk_(world.mint.crypto(), chance.Split(1)) {
  writers_ever_.push_back(identity_.keys.writer->public_key());
  disk_.before_commit = [this](const replication::Commit& commit, const FeedOnDisk* feed) {
    world_.oracle().BeforeCommit(*this, commit, feed);
  };
}

Node::~Node() = default;

void Node::Crash() {
  if (!is_up()) return;
  world_.log.Line(name(), " dies");
  disk_.contents.ran = has_run();
  replica_.reset();
  ++life_;
  disk_.Crash();
  commits_.clear();
  told_.clear();
  standing_.reset();
  world_.wires().Died(*this);
  world_.operators().Died(*this);
}

void Node::Step(const Event& event, const std::shared_ptr<const Standing>& by) {
  if (!is_up() || world_.is_over()) return;
  Told(event);
  Effects effects = replica_->Step(local_now(), event);
  world_.oracle().AfterStep(*this, event, effects, by);
  Perform(std::move(effects));
  SetTimer();
}

void Node::Publish(replication::PublishAsked asked) {
  if (!driver_refuses_) return Step(asked);
  world_.Answered(*this, asked.publish,
                  absl::FailedPreconditionError("the high-water file knows more than the disk holds"));
}

void Node::Choose(const replication::Interest& kept) {
  disk_.contents.kept = kept;
  standing_.reset();
  world_.log.Line(name(), kept.everything ? " chooses everything" : " chooses other feeds");
  Step(replication::InterestChosen{kept});
}

void Node::SetRoom(bool for_peers) {
  if (!is_up() || has_room_ == for_peers) return;
  has_room_ = for_peers;
  world_.log.Line(name(), for_peers ? " has room again" : " has no room for what others publish");
  Step(replication::RoomMoved{for_peers});
}

void Node::TakeKeys(const Applicant& keys) {
  identity_.keys.writer = keys.writer;
  identity_.keys.tls = keys.tls;
  writers_ever_.push_back(keys.writer->public_key());
  pin_ = replication::PinOf(world_.mint.crypto(), keys.tls->public_key());
  // A recovery settles what is ours: nothing under this key yet.
  disk_.high_water = HighWaterMarks{disk_.contents.database, identity_.machine, {}};
}

// What the core knows of the disk from here on.
void Node::Told(const Event& event) {
  if (const auto* committed = std::get_if<replication::Committed>(&event)) {
    const auto found = commits_.find(committed->commit);
    HANSA_CHECK(found != commits_.end());
    const OnItsWay commit = found->second;
    commits_.erase(found);
    if (!commit.dropped) told_[commit.end.feed] = {commit.end.len, commit.end.head, commit.ended};
  } else if (const auto* failed = std::get_if<replication::CommitFailed>(&event)) {
    commits_.erase(failed->commit);
  } else if (const auto* cut = std::get_if<replication::FeedWasCut>(&event)) {
    told_.erase(cut->feed);
    if (cut->left) told_[cut->feed] = {cut->left->newest.len, cut->left->newest.head, cut->left->ended};
  } else {
    return;
  }
  standing_.reset();
}

void Node::Perform(Effects effects) {
  for (Effect& effect : effects) {
    if (auto* send = std::get_if<replication::Send>(&effect)) {
      world_.wires().Say(*this, send->session, std::move(send->frame));
    } else if (auto* close = std::get_if<replication::CloseSession>(&effect)) {
      world_.wires().Close(*this, close->session, close->last);
    } else if (auto* commit = std::get_if<replication::Commit>(&effect)) {
      commits_[commit->commit] = {commit->unit.end(), commit->unit.tail().ended, false};
      disk_.Do(std::move(*commit));
    } else if (auto* drop = std::get_if<replication::DropFeeds>(&effect)) {
      for (const replication::FeedId& feed : drop->feeds) told_.erase(feed);
      for (auto& [id, waiting] : commits_) {
        waiting.dropped |= std::binary_search(drop->feeds.begin(), drop->feeds.end(), waiting.end.feed);
      }
      standing_.reset();
      disk_.Do(std::move(*drop));
    } else if (auto* read = std::get_if<replication::ReadUnit>(&effect)) {
      disk_.Do(*read);
    } else if (auto* payloads = std::get_if<replication::ReadPayloads>(&effect)) {
      disk_.Do(std::move(*payloads));
    } else if (auto* header = std::get_if<replication::ReadHeader>(&effect)) {
      disk_.Do(*header);
    } else if (auto* write = std::get_if<replication::WritePayloads>(&effect)) {
      disk_.Do(std::move(*write));
    } else if (auto* asked = std::get_if<replication::ReadChunk>(&effect)) {
      disk_.Do(*asked);
    } else if (auto* chunk = std::get_if<replication::WriteChunk>(&effect)) {
      disk_.Do(std::move(*chunk));
    } else if (auto* erase = std::get_if<replication::ErasePayloads>(&effect)) {
      disk_.Do(std::move(*erase));
    } else if (auto* cut = std::get_if<replication::CutFeed>(&effect)) {
      disk_.Do(*cut);
    } else if (auto* quarantine = std::get_if<replication::DropQuarantine>(&effect)) {
      disk_.Do(*quarantine);
    } else if (auto* keep = std::get_if<replication::Keep>(&effect)) {
      disk_.Do(std::move(*keep));
    } else if (auto* roots = std::get_if<replication::KeepRoots>(&effect)) {
      standing_.reset();
      disk_.Do(std::move(*roots));
    } else if (auto* mark = std::get_if<replication::MarkOwnFeed>(&effect)) {
      disk_.Do(*mark);
    } else if (auto* moved = std::get_if<replication::FenceMoved>(&effect)) {
      fence_ = moved->fence;
      // A witness has settled which of two machines goes on.
      const bool is_settled = fence_ == replication::Fence::kOpen;
      if (is_settled && finding_ == replication::HighWaterFinding::kForeign) SettleHighWater(finding_);
    } else if (auto* done = std::get_if<replication::PublishDone>(&effect)) {
      world_.Answered(*this, done->publish, absl::OkStatus());
    } else if (auto* refused = std::get_if<replication::PublishRefused>(&effect)) {
      world_.Answered(*this, refused->publish, refused->why);
    }
  }
  PumpDisk();
}

void Node::PumpDisk() {
  if (disk_.is_busy() || disk_.waiting() == 0) return;
  disk_.Begin();
  const Instant takes = chance_.Between(kMillisecond / 4, disk_delay_max);
  world_.timeline.In(takes, [this, life = life_] {
    if (life != life_ || !is_up()) return;
    for (Event& event : disk_.Finish()) Report(std::move(event));
    PumpDisk();
  });
}

// In the order given, and with room for other things between.
void Node::Report(Event event) {
  last_report_ = std::max(last_report_ + 1, world_.timeline.now() + chance_.Between(1, 200));
  world_.timeline.At(last_report_, [this, life = life_, event = std::move(event)] {
    if (life == life_) Step(event);
  });
}

absl::Time Node::local_now() const {
  const Instant lived = world_.timeline.now() - born_;
  return absl::FromUnixMicros(local_base_ + lived + lived / 1000 * local_rate_ppm_ / 1000);
}

void Node::SetTimer() {
  if (!is_up()) return;
  const absl::Time deadline = replica_->deadline();
  if (deadline == absl::InfiniteFuture()) return;
  // What is due already may be due since ever.
  const std::int64_t left = std::max<std::int64_t>(absl::ToInt64Microseconds(deadline - local_now()) + 1, 0);
  // The clock of this life may run a little slower or faster than virtual time.
  Instant when = world_.timeline.now() + left + left / 1000 * -local_rate_ppm_ / 1000;
  if (idle_timers_ > 0) when = std::max(when, world_.timeline.now() + kMillisecond);
  if (when >= timer_at_) return;
  timer_at_ = when;
  const std::uint64_t id = ++timer_id_;
  world_.timeline.At(when + chance_.Between(0, kTimerSlack), [this, id, life = life_] {
    if (life != life_ || id != timer_id_ || !is_up()) return;
    timer_at_ = kNever;
    if (local_now() < replica_->deadline()) return SetTimer();
    Step(replication::DeadlineReached{});
    if (!is_up()) return;
    idle_timers_ = replica_->deadline() <= local_now() ? idle_timers_ + 1 : 0;
    if (idle_timers_ > kIdleTimersMax) world_.Fail("no busy loop", name() + " awaits a deadline that has passed");
  });
}

void Node::LeapAhead(Instant by) {
  local_base_ += by;
  SetTimer();
}

absl::Duration Node::has_run() const {
  if (!is_up()) return disk_.contents.ran;
  return disk_.contents.ran + (local_now() - absl::FromUnixMicros(boot_base_));
}

std::uint64_t Node::claimed_time_ms() {
  constexpr std::int64_t kToday = 1'750'000'000'000;
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(kToday + claimed_offset_ms + world_.timeline.now() / kMillisecond, 0));
}

std::uint64_t Node::unreported_entries() const {
  std::uint64_t entries = 0;
  for (const auto& [id, feed] : disk_.contents.feeds) {
    const auto told = told_.find(id);
    const std::uint64_t known = told == told_.end() ? 0 : told->second.len.value();
    if (feed.len() > known) entries += feed.len() - known;
  }
  return entries;
}

std::shared_ptr<const Standing> Node::standing() const {
  if (standing_ == nullptr) {
    auto fresh = std::make_shared<Standing>();
    fresh->node = this;
    fresh->rows = told_;
    fresh->interest = interest();
    fresh->roster = replica_->roster().position();
    for (const auto& [feed, tail] : told_) {
      std::uint64_t half = 0;
      std::memcpy(&half, tail.head.data(), sizeof half);
      std::uint64_t name = 0;
      std::memcpy(&name, feed.data(), sizeof name);
      fresh->digest += (half ^ name) * 0x9E3779B97F4A7C15u;
    }
    standing_ = std::move(fresh);
  }
  return standing_;
}

replication::Interest Node::interest() const {
  const replication::Interest& chosen = disk_.contents.kept;
  if (chosen.everything || !is_up()) return chosen;
  std::map<replication::Collection, std::set<replication::Member>> kept;
  for (const replication::InterestRow& row : chosen.rows) {
    kept[row.collection].insert(row.members.begin(), row.members.end());
  }
  const std::optional<replication::Member> own = replica_->own_member();
  const replication::RosterState& state = replica_->roster().state();
  for (const auto& [right, limit] : state.rights) {
    const bool is_ours = own && limit.value() > 0 && right.first == state.Find(*own)->kind;
    if (is_ours) kept[right.second].insert(*own);
  }
  return replication::InterestIn(own.value_or(replication::kMemberUnknown), kept);
}

bool Node::IsOwn(const replication::FeedAuthor& author) const {
  return author.writer == identity_.keys.writer->public_key() ||
         (identity_.roster_writer != nullptr && author.writer == identity_.roster_writer->public_key());
}

bool Node::Keeps(const replication::FeedAuthor& author) const {
  const bool is_ours = is_up() && replica_->own_member() == author.member;
  return is_ours || IsOwn(author) || replication::Covers(interest(), author);
}

}  // namespace hansa::simulation
