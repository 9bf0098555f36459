#include "tests/simulation/accidents.h"

#include "absl/strings/str_cat.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/operators.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

namespace {

constexpr int kRestoresMax = 2;
constexpr std::int64_t kFiftyYearsMs = std::int64_t{50} * 365 * 24 * 3600 * 1000;

// Of a machine that runs, too.
DiskContents CopyOfDisk(const Node& node) {
  DiskContents copy = node.disk().contents;
  copy.ran = node.has_run();
  return copy;
}

}  // namespace

void Accidents::Every(Fault fault, std::int64_t low, std::int64_t high, std::function<void(Chance&)> what) {
  if (!world_.plan.Has(fault)) return;
  struct Round {
    Accidents& accidents;
    Chance chance;
    std::int64_t low, high;
    std::function<void(Chance&)> what;
    void Next(const std::shared_ptr<Round>& self) {
      accidents.world_.timeline.In(chance.Between(low * 1000, high * 1000) * kMillisecond, [self] {
        World& world = self->accidents.world_;
        if (world.is_healing() || world.is_over()) return;
        self->what(self->chance);
        self->Next(self);
      });
    }
  };
  const auto round = std::make_shared<Round>(
      Round{*this, chance_.Split(static_cast<std::uint64_t>(fault) + 1), low, high, std::move(what)});
  round->Next(round);
}

void Accidents::Begin() {
  Every(Fault::kCrash, 4, 40, [this](Chance& chance) { Crash(chance); });
  Every(Fault::kPartition, 5, 40, [this](Chance& chance) { Part(chance); });
  Every(Fault::kCut, 3, 30, [this](Chance&) { world_.wires().CutOne(); });
  Every(Fault::kHalfOpen, 5, 40, [this](Chance&) { world_.wires().DeadenOne(); });
  Every(Fault::kSlowDisk, 5, 30, [this](Chance& chance) { SlowDown(chance); });
  Every(Fault::kFullDisk, 15, 60, [this](Chance& chance) { FillUp(chance); });
  Every(Fault::kFailedSync, 15, 60, [this](Chance& chance) {
    if (Node* node = AnyNode(chance, true)) node->disk().next_sync_fails = true;
  });
  Every(Fault::kSleep, 15, 60, [this](Chance& chance) {
    Node* node = AnyNode(chance, true);
    if (node == nullptr) return;
    world_.log.Line(node->name(), " has slept");
    node->LeapAhead(chance.Between(1, 100 * 3600) * kSecond);
  });
  Every(Fault::kClock, 2, 30, [this](Chance& chance) { JumpClock(chance); });
  Every(Fault::kRestore, 10, 40, [this](Chance& chance) { Restore(chance); });
  Every(Fault::kClone, 15, 60, [this](Chance& chance) { Clone(chance); });
  Every(Fault::kLostDisk, 20, 90, [this](Chance& chance) { LoseDisk(chance); });
  Every(Fault::kLittleRoom, 10, 40, [this](Chance& chance) { GrowTight(chance); });
  Every(Fault::kRot, 10, 40, [this](Chance& chance) {
    Node* node = AnyNode(chance, true);
    if (node == nullptr || !node->is_honest()) return;
    if (chance.OneIn(4) && IsRosterElsewhere(*node)) {
      const replication::FeedId roster = node->replica().roster().feed();
      return Stop(*node, chance, 3, [this, node, roster, pins = node->replica().roster().PinsEverListed()] {
        node->disk().contents.pins.insert(pins.begin(), pins.end());
        world_.log.Line(node->name(), " loses ", node->disk().RotRoster(roster), " entries of its roster, which rots");
        world_.oracle().ForgetRosterAt(*node);
      });
    }
    Stop(*node, chance, 3, [this, node] {
      const std::optional<Disk::Rotten> rotten = node->disk().RotOne();
      if (!rotten) return;
      world_.log.Line("the payload of ", world_.oracle().NameOf(rotten->feed), " ", rotten->seq.value(), " rots at ",
                      node->name());
    });
  });
}

// Whether somebody who stays has all of the roster that this node has: what is nowhere else never comes back.
bool Accidents::IsRosterElsewhere(const Node& node) {
  const bool may_go_too = world_.plan.Has(Fault::kLostDisk) || world_.plan.Has(Fault::kRestore);
  if (node.roster_writer() != nullptr && may_go_too) return false;
  const replication::FeedId roster = node.replica().roster().feed();
  const FeedOnDisk* here = node.disk().contents.Find(roster);
  return here != nullptr &&
         std::any_of(world_.nodes().begin(), world_.nodes().end(), [&](const std::unique_ptr<Node>& other) {
           const FeedOnDisk* there = other->disk().contents.Find(roster);
           return other.get() != &node && other->is_honest() && !other->is_clone && !other->is_retired &&
                  there != nullptr && there->len() >= here->len();
         });
}

Node* Accidents::AnyNode(Chance& chance, bool hub_too) {
  std::vector<Node*> running;
  for (const std::unique_ptr<Node>& node : world_.nodes()) {
    if (node->is_up() && (hub_too || node->roster_writer() == nullptr)) running.push_back(node.get());
  }
  return running.empty() ? nullptr : chance.Pick(running);
}

void Accidents::Stop(Node& node, Chance& chance, std::int64_t seconds_max, const std::function<void()>& meanwhile) {
  node.Crash();
  const DiskContents before = node.disk().contents;
  meanwhile();
  world_.oracle().DiskHasLost(node, before);
  world_.timeline.In(chance.Between(50, seconds_max * 1000) * kMillisecond, [&node] { node.Boot(); });
}

void Accidents::Crash(Chance& chance) {
  if (Node* node = AnyNode(chance, true)) Stop(*node, chance, 20, [] {});
}

// Some do not reach some others for a while, perhaps in one direction only.
void Accidents::Part(Chance& chance) {
  const Instant until = world_.timeline.now() + chance.Between(2, 40) * kSecond;
  const bool is_one_sided = chance.OneIn(3);
  std::string here;
  std::vector<bool> is_here;
  for (const std::unique_ptr<Node>& node : world_.nodes()) {
    is_here.push_back(chance.OneIn(3));
    if (is_here.back()) absl::StrAppend(&here, " ", node->name());
  }
  for (std::size_t a = 0; a < is_here.size(); ++a) {
    for (std::size_t b = 0; b < is_here.size(); ++b) {
      if (is_here[a] == is_here[b] || (is_one_sided && is_here[a])) continue;
      world_.wires().Block(*world_.nodes()[a], *world_.nodes()[b], until);
    }
  }
  world_.log.Line("apart until ", until / kSecond, is_one_sided ? ", hearing nothing:" : ":", here);
}

void Accidents::SlowDown(Chance& chance) {
  Node* node = AnyNode(chance, true);
  if (node == nullptr) return;
  node->disk_delay_max = chance.Between(500, 4000) * kMillisecond;
  world_.timeline.In(chance.Between(3, 20) * kSecond, [node] { node->disk_delay_max = 8 * kMillisecond; });
}

void Accidents::FillUp(Chance& chance) {
  Node* node = AnyNode(chance, true);
  if (node == nullptr) return;
  world_.log.Line(node->name(), "'s disk is full");
  node->disk().is_full = true;
  world_.timeline.In(chance.Between(2, 30) * kSecond, [node] { node->disk().is_full = false; });
}

void Accidents::GrowTight(Chance& chance) {
  Node* node = AnyNode(chance, true);
  if (node == nullptr) return;
  node->SetRoom(false);
  world_.timeline.In(chance.Between(2, 30) * kSecond, [node] { node->SetRoom(true); });
}

void Accidents::JumpClock(Chance& chance) {
  if (Node* node = AnyNode(chance, true)) node->claimed_offset_ms = chance.Between(-kFiftyYearsMs, kFiftyYearsMs);
}

// First a backup is made; later it is put back.
void Accidents::Restore(Chance& chance) {
  if (!backup_) {
    Node* node = AnyNode(chance, false);
    if (node != nullptr && !node->is_clone) backup_ = Backup{node, CopyOfDisk(*node), node->disk().high_water};
    return;
  }
  Node& node = *backup_->of;
  if (!node.is_up() || restores_ >= kRestoresMax) return;
  ++restores_;
  const bool file_survives = !world_.plan.Has(Fault::kLostHighWater);
  Stop(node, chance, 15, [&] {
    world_.log.Line(node.name(), " gets an older disk back, ",
                    file_survives ? "high-water file as it was" : "high-water file lost or older, too");
    node.disk().contents = backup_->contents;
    world_.oracle().Damage(node);
    world_.oracle().ForgetClaimsAt(node);
    if (file_survives) return;
    node.disk().high_water = chance.OneIn(2) ? backup_->high_water : std::nullopt;
    if (chance.OneIn(2)) node.MoveToAnotherMachine(chance.Next());
    world_.oracle().Excuse(node);
  });
  backup_.reset();
}

// The same keys and the same disk run on another machine, too.
void Accidents::Clone(Chance& chance) {
  Node* node = AnyNode(chance, false);
  if (node == nullptr || has_cloned_ || node->is_clone || !node->is_honest()) return;
  has_cloned_ = true;
  NodeIdentity identity = node->identity();
  identity.name += "-again";
  if (!chance.OneIn(3)) identity.machine = chance.Next();  // else a virtual machine, copied whole
  world_.log.Line(node->name(), " is cloned");
  world_.oracle().Excuse(*node);
  Node& clone = world_.Add(std::move(identity));
  clone.is_clone = true;
  clone.disk().contents = CopyOfDisk(*node);
  clone.disk().high_water = node->disk().high_water;
  world_.oracle().Cloned(*node, clone);
  world_.operators().Employ(clone);
  const Instant later = chance.OneIn(2) ? 0 : chance.Between(1, 20) * kSecond;
  world_.timeline.In(later, [this, &clone] {
    if (!world_.is_healing()) clone.Boot();
  });
}

void Accidents::LoseDisk(Chance& chance) {
  Node* node = AnyNode(chance, false);
  if (node == nullptr || node->is_clone) return;
  world_.oracle().Excuse(*node);
  world_.oracle().ForgetClaimsAt(*node);
  Stop(*node, chance, 15, [&] {
    world_.log.Line(node->name(), " has lost its disk");
    node->disk().contents = DiskContents();
    node->disk().contents.database = chance.Next();
    node->disk().high_water.reset();
  });
}

void Accidents::End() {
  for (const std::unique_ptr<Node>& node : world_.nodes()) {
    node->disk().is_full = false;
    node->disk().next_sync_fails = false;
    node->SetRoom(true);
    node->disk_delay_max = 8 * kMillisecond;
    if (node->is_clone) {
      node->Crash();
      node->is_retired = true;
    }
  }
}

}  // namespace hansa::simulation
