// Publishing, choosing, and tending machines. The roster's affairs are in roster_office.cc.
#include "tests/simulation/operators.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/scope.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::Collection;
using replication::NewEntry;
using replication::PublishAsked;
using replication::PublishId;
using replication::Sequence;

namespace {

constexpr std::size_t kOpenMax = 16;  // publishes that one node has not answered yet
constexpr Instant kTendEvery = kSecond;

}  // namespace

void Operators::Begin() {
  for (const std::unique_ptr<Node>& node : world_.nodes()) Employ(*node);
  world_.timeline.In(kSecond, [this] { KeepRoster(); });
  world_.library().Begin();
}

void Operators::Employ(Node& node) {
  world_.timeline.In(chance_.Between(0, world_.plan.publish_every), [this, &node] { Write(node); });
  world_.timeline.In(chance_.Between(0, kTendEvery), [this, &node] { Tend(node); });
  if (world_.plan.Has(Fault::kInterests) && &node != &world_.hub()) {
    world_.timeline.In(chance_.Between(0, 30 * kSecond), [this, &node] { ChooseInterest(node); });
  }
  if (world_.plan.Has(Fault::kStorm) && chance_.OneIn(2)) {
    world_.timeline.In(chance_.Between(5, 60) * kSecond, [this, &node] { PublishMany(node); });
  }
}

PublishId Operators::Ask(Node& node, PublishAsked asked, Purpose purpose, const Node* about) {
  asked.publish = PublishId(next_publish_++);
  const PublishId id = asked.publish;
  open_[id] = {&node, purpose, about};
  node.Publish(std::move(asked));
  return id;
}

void Operators::Write(Node& node) {
  if (world_.is_healing() || world_.is_over()) return;
  const Instant pause = chance_.Between(world_.plan.publish_every / 4, world_.plan.publish_every * 2);
  world_.timeline.In(pause, [this, &node] { Write(node); });
  const auto open =
      std::count_if(open_.begin(), open_.end(), [&](const auto& row) { return row.second.node == &node; });
  if (!node.is_up() || static_cast<std::size_t>(open) >= kOpenMax) return;
  if (world_.plan.Has(Fault::kErasures) && chance_.OneIn(6)) return OrderErasure(node);
  PublishRecord(node);
}

void Operators::PublishRecord(Node& node) {
  const std::optional<replication::Member> member = node.replica().own_member();
  if (!member) return;
  std::vector<Collection> writable;
  for (const auto& [feed, author] : node.replica().roster().feeds()) {
    const bool is_mine = author.member == *member && author.collection != replication::kErasures;
    const bool is_known = author.collection <= replication::kStrategies || world_.plan.Has(Fault::kUnknownKinds);
    if (is_mine && is_known) writable.push_back(author.collection);
  }
  if (writable.empty()) return;
  PublishAsked asked;
  asked.collection = chance_.Pick(writable);
  const std::size_t batch = chance_.OneIn(5) ? 1 + chance_.Below(6) : 1;
  for (std::size_t i = 0; i < batch; ++i) {
    NewEntry entry;
    const std::uint64_t kind = world_.plan.Has(Fault::kUnknownKinds) ? chance_.Below(256) : 1 + chance_.Below(3);
    entry.kind = replication::Kind(static_cast<std::uint16_t>(asked.collection.value() * 256 + kind));
    if (world_.plan.Has(Fault::kUnknownKinds)) entry.schema_ver = static_cast<std::uint16_t>(chance_.Below(9));
    entry.record = chance_.Bytes<replication::RecordId>();
    entry.retract = chance_.OneIn(30);
    entry.claimed_time_ms = node.claimed_time_ms();
    const std::size_t bytes = chance_.OneIn(12) ? 1 + chance_.Below(40 * 1024) : 1 + chance_.Below(1200);
    std::string payload(bytes, static_cast<char>('a' + chance_.Below(26)));
    // So that no two are alike.
    const std::string mark = absl::StrCat(chance_.Next());
    payload.replace(0, std::min(mark.size(), bytes), mark.substr(0, std::min(mark.size(), bytes)));
    world_.library().Attach(node, payload);
    if (!chance_.OneIn(25)) entry.payload = Salted(chance_, std::move(payload));
    if (world_.plan.Has(Fault::kUnknownKinds) && chance_.OneIn(8)) entry.ext.push_back({77, "from a later version"});
    asked.entries.push_back(std::move(entry));
  }
  Ask(node, std::move(asked), Purpose::kRecord);
}

// Hundreds of small records, each by itself.
void Operators::PublishMany(Node& node) {
  world_.log.Line(node.name(), " publishes a great many");
  for (std::uint64_t i = 0, count = 100 + chance_.Below(400); i < count; ++i) {
    world_.timeline.In(chance_.Between(1, 1000) * kMillisecond, [this, &node] {
      if (node.is_up() && !world_.is_healing()) PublishRecord(node);
    });
  }
}

// The author asks to erase something of its own; the secretariat joins in, or asks by itself, or asks what is void.
void Operators::OrderErasure(Node& node) {
  const std::optional<replication::Member> member = node.replica().own_member();
  if (!member || !node.replica().roster().PresentFeed(*member, replication::kErasures)) return;
  const bool is_secretariat = *member <= replication::kLastSecretariat;
  std::vector<Target> targets;
  for (const auto& [id, feed] : node.disk().contents.feeds) {
    const bool is_void =
        feed.author.collection == replication::kRosterCollection || feed.author.collection == replication::kErasures;
    if (feed.len() == 0 || (feed.author.member != *member && !is_secretariat)) continue;
    if (is_void && !chance_.OneIn(4)) continue;
    const std::uint64_t seq = 1 + chance_.Below(feed.len());
    targets.push_back({id, Sequence(seq), feed.hashes[seq - 1]});
  }
  if (targets.empty()) return;
  Target target = chance_.Pick(targets);
  if (is_secretariat && newest_target_ && chance_.OneIn(2)) target = *newest_target_;
  if (!is_secretariat) newest_target_ = target;
  PublishAsked asked;
  asked.collection = replication::kErasures;
  asked.entries.push_back(world_.founders.Order(target.feed, target.seq, target.hash, chance_.OneIn(5)));
  Ask(node, std::move(asked), Purpose::kRecord);
}

void Operators::ChooseInterest(Node& node) {
  if (world_.is_healing() || world_.is_over()) return;
  world_.timeline.In(chance_.Between(10, 60) * kSecond, [this, &node] { ChooseInterest(node); });
  if (!node.is_up()) return;
  if (chance_.OneIn(3)) return node.Choose(replication::InterestInEverything());
  std::map<Collection, std::set<replication::Member>> followed;
  for (const auto& [feed, author] : node.replica().roster().feeds()) {
    if (chance_.OneIn(2)) followed[author.collection].insert(author.member);
  }
  node.Choose(replication::InterestIn(replication::kMemberUnknown, followed));
}

void Operators::Answered(Node& node, PublishId publish, const absl::Status& answer) {
  const auto found = open_.find(publish);
  if (found == open_.end()) return;
  const Open open = found->second;
  open_.erase(found);
  if (!answer.ok()) world_.log.Line(node.name(), " refuses to publish: ", std::string(answer.message()));
  switch (open.purpose) {
    case Purpose::kRecord:
    case Purpose::kRoster:
      break;
    case Purpose::kUnlawful:
      if (answer.ok())
        world_.Fail("I11", node.name() + " has put into the roster what nobody who may has consented to");
      break;
    case Purpose::kAdmission: {
      const auto newcomer = std::find_if(newcomers_.begin(), newcomers_.end(),
                                         [&open](const Newcomer& each) { return each.node == open.about; });
      if (!answer.ok() || newcomer == newcomers_.end()) break;
      newcomer->node->is_admitted = true;
      newcomer->node->Boot();
      newcomers_.erase(newcomer);
      break;
    }
    case Purpose::kNewLife:
      if (const auto life = new_lives_.find(open.about); life != new_lives_.end()) life->second.asked.reset();
      break;
    case Purpose::kSeals:
      if (answer.ok()) Sealed(*open.about);
      break;
  }
}

void Operators::Died(const Node& node) {
  std::erase_if(open_, [&node](const auto& row) { return row.second.node == &node; });
  if (&node != &world_.hub()) return;
  for (auto& [about, life] : new_lives_) life.asked.reset();
}

bool Operators::NeedsNewLife(Node& node) const {
  if (node.roster_writer() != nullptr || node.is_clone) return false;
  const replication::Replica& replica = node.replica();
  const replication::Fence fence = replica.fence();
  return replica.own_member() &&
         (node.driver_refuses() || fence == replication::Fence::kSuperseded || fence == replication::Fence::kRecover);
}

// Once a second somebody looks whether the node is well.
void Operators::Tend(Node& node) {
  if (world_.is_over()) return;
  world_.timeline.In(kTendEvery, [this, &node] { Tend(node); });
  if (node.is_retired) return;
  if (const auto life = new_lives_.find(&node); life != new_lives_.end()) return GoOn(node, life->second);
  if (!node.is_up()) return;
  const bool is_stopped = node.replica().disk_refuses() && !node.disk().is_full;
  const bool is_lost = !is_stopped && NeedsNewLife(node);
  const bool is_locked = kCore.fence && node.roster_writer() != nullptr &&
                         (node.fence() == replication::Fence::kLocked || node.fence() == replication::Fence::kRecover);
  if (!is_stopped && !is_lost && !is_locked) {
    unwell_since_.erase(&node);
    return;
  }
  const Instant since = unwell_since_.try_emplace(&node, world_.timeline.now()).first->second;
  const Instant patience = is_locked ? 40 * kSecond : chance_.Between(3, 20) * kSecond;
  if (world_.timeline.now() - since < patience) return;
  unwell_since_.erase(&node);
  if (is_stopped) {
    node.Crash();
    return node.Boot();
  }
  if (is_locked) {
    // Somebody looks at what others hold of its feeds, and says so.
    for (const auto& [id, feed] : node.disk().contents.feeds) {
      if (feed.len() == 0 || !node.IsOwn(feed.author)) continue;
      world_.ConfirmedByPerson(node);
      node.Step(replication::FeedConfirmed{feed.checkpoints.back()});
    }
    return;
  }
  // Whoever runs under the same keys goes first.
  for (Node* machine : world_.MachinesAt(node.endpoint())) {
    if (machine == &node) continue;
    machine->Crash();
    machine->is_retired = true;
  }
  world_.log.Line(node.name(), " is to go on under a new key");
  new_lives_[&node] = {world_.founders.Anew(node.identity().keys, chance_.OneIn(2)), false, std::nullopt, 0};
  world_.oracle().Lawful(new_lives_[&node].fresh.writer->public_key());
  if (!node.is_honest()) world_.oracle().MarkBad(new_lives_[&node].fresh.writer->public_key());
}

std::optional<std::string> Operators::Unfinished() const {
  if (!new_lives_.empty()) return absl::StrCat(new_lives_.begin()->first->name(), " goes on under a new key");
  if (!newcomers_.empty()) return absl::StrCat(newcomers_.front().node->name(), " is to be admitted");
  if (!to_seal_.empty()) return absl::StrCat("the old feeds of ", to_seal_.begin()->first->name(), " are to be sealed");
  for (const auto& [id, open] : open_) {
    if (open.purpose != Purpose::kRecord) return "an entry of the roster is being written";
  }
  return std::nullopt;
}

}  // namespace hansa::simulation
