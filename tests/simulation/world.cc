#include "tests/simulation/world.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "tests/simulation/accidents.h"
#include "tests/simulation/agreement.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/operators.h"

namespace hansa::simulation {

namespace {

// After healing, honest nodes agree within this. What makes it long: a source that lies is given 30 s for each feed and
// put aside for 60 s, comparisons come every 60 s.
constexpr Instant kAgreeWithin = 240 * kSecond;
constexpr Instant kAgreeWithinAmongLiars = 900 * kSecond;
constexpr Instant kLookEvery = kSecond;
// A seed that does more than this goes round in circles.
constexpr std::uint64_t kEventsMax = 3'000'000;

}  // namespace

World::World(const RunOptions& run, LogMode log_mode)
    : options(run),
      plan(PlanOf(run)),
      chance(run.seed ^ 0x5EED5EED5EED5EEDu),
      timeline(chance.Split(1)),
      log(log_mode, timeline),
      mint(chance.Split(2), plan.Has(Fault::kRealCrypto)),
      founders(mint, chance.Split(3)),
      oracle_(std::make_unique<Oracle>(*this, chance.Split(4))),
      wires_(std::make_unique<Wires>(*this, chance.Split(5))),
      operators_(std::make_unique<Operators>(*this, chance.Split(6))),
      accidents_(std::make_unique<Accidents>(*this, chance.Split(7))),
      library_(*this, chance.Split(8)),
      feed_names_([this](const replication::FeedId& feed) { return oracle_->NameOf(feed); }) {}

World::~World() = default;

Node& World::Add(NodeIdentity identity) {
  identity.index = static_cast<int>(nodes_.size());
  const Chance own = chance.Split(1000 + static_cast<std::uint64_t>(identity.index));
  nodes_.push_back(std::make_unique<Node>(*this, std::move(identity), own));
  return *nodes_.back();
}

std::vector<const Node*> World::charter_hubs() const { return {nodes_.front().get()}; }

std::vector<Node*> World::MachinesAt(const std::string& address) {
  std::vector<Node*> machines;
  for (const std::unique_ptr<Node>& node : nodes_) {
    if (node->endpoint() == address && !node->is_retired) machines.push_back(node.get());
  }
  return machines;
}

std::string World::NameOf(const replication::FeedAuthor& author) const {
  std::string name = absl::StrCat("member ", author.member.value());
  if (author.member == replication::kRosterWriter) name = "roster";
  if (!nodes_.empty() && nodes_.front()->is_up()) {
    const auto* member = nodes_.front()->replica().roster().state().Find(author.member);
    if (member != nullptr) name = member->slug;
  }
  absl::StrAppend(&name, "/", author.collection.value());
  if (author.incarnation.value() > 1) absl::StrAppend(&name, "@", author.incarnation.value());
  return name;
}

void World::Fail(const std::string& promise, const std::string& what) {
  if (failure_) return;
  failure_ = Failure{promise, what, timeline.now()};
  log.Line("FAILED ", promise, ": ", what);
}

void World::Answered(Node& node, replication::PublishId publish, const absl::Status& answer) {
  operators_->Answered(node, publish, answer);
}

std::optional<std::string> World::MissingPayload(const Node& node, Hopeless hopeless) const {
  if (!kCore.payloads) return std::nullopt;
  const std::vector<replication::FeedId> forked = node.replica().Forked();
  // What the core was not told of yet, or has removed and the disk has not, it cannot miss.
  const std::shared_ptr<const Standing> standing = node.standing();
  for (const auto& [id, known] : standing->rows) {
    const FeedOnDisk* feed = node.disk().contents.Find(id);
    if (feed == nullptr) continue;
    // Nothing of it is asked for until its seal has settled which history counts.
    if (hopeless == Hopeless::kLeftOut && std::find(forked.begin(), forked.end(), id) != forked.end()) continue;
    const std::uint64_t len = std::min(feed->len(), known.len.value());
    for (std::uint64_t at = 0; at < len; ++at) {
      const replication::Entry& entry = *feed->entries[at];
      if (entry.payload) continue;
      const replication::EntryHeader header = HeaderOf(entry);
      if (!header.has_payload || oracle_->IsExcusedAbsent(node, id, header.seq)) continue;
      if (hopeless == Hopeless::kLeftOut && oracle_->IsOutOfReach(id, header.seq, feed->hashes[at])) continue;
      return absl::StrCat("the payload of ", oracle_->NameOf(id), " ", header.seq.value());
    }
  }
  return std::nullopt;
}

void World::Heal() {
  log.Line("healing begins");
  is_healing_ = true;
  accidents_->End();
  wires_->Heal();
  // Who is not bad any more begins anew: what it has said, kept back and left out has spoilt its sessions.
  for (const std::unique_ptr<Node>& node : nodes_) {
    if (!node->is_honest() && !plan.Has(Fault::kStayBad)) wires_->Cut(*node);
  }
  for (const std::unique_ptr<Node>& node : nodes_) node->Boot();
}

std::uint64_t World::Lives() const {
  std::uint64_t lives = 0;
  for (const std::unique_ptr<Node>& node : nodes_) lives += static_cast<std::uint64_t>(node->life());
  return lives;
}

void World::RunUntil(Instant until) {
  until = std::min(until, options.until);
  while (!failure_ && timeline.RunOne(until)) {
    if (timeline.events() > kEventsMax) return Fail("liveness", "it goes round in circles");
    if (!is_healing_ && timeline.events() >= plan.steps_max) return;
  }
}

Outcome World::Run() {
  Found();
  RunUntil(plan.faults_for);
  if (!failure_ && timeline.now() < options.until) {
    Heal();
    const Agreement agreement(*this);
    const bool has_liars = plan.HasBadMember() && plan.Has(Fault::kStayBad);
    const Instant bound = timeline.now() + (has_liars ? kAgreeWithinAmongLiars : kAgreeWithin);
    std::optional<std::string> why;
    do {
      RunUntil(timeline.now() + kLookEvery);
      why = failure_ ? std::nullopt : agreement.WhyNot();
    } while (why && timeline.now() < std::min(bound, options.until));
    if (why && timeline.now() < options.until) Fail("liveness", *why);
    if (!failure_ && !why) {
      log.Line("all agree");
      const Unplanted unplanted;
      agreement.CheckAtTheEnd();
    }
    const std::optional<Agreement::Pair> pair = failure_ || why ? std::nullopt : agreement.PairInSync(chance);
    if (pair) {
      const std::uint64_t lives_before = Lives();
      const replication::RosterPosition roster_before = hub().replica().roster().position();
      log.Line(pair->a->name(), " and ", pair->b->name(), " greet each other anew");
      // Apart until both have heard of the end, or the old stream would be settled against the new one.
      wires_->Block(*pair->a, *pair->b, timeline.now() + 6 * kSecond);
      wires_->Cut(*pair->a, *pair->b);
      RunUntil(timeline.now() + 2 * kSecond);
      const std::optional<std::uint64_t> stream = wires_->Open(*pair->a, *pair->b);
      wires_->Block(*pair->a, *pair->b, 0);
      RunUntil(timeline.now() + 8 * kSecond);
      // Somebody may be about to go on under a new key: then there is news to tell, and old feeds are found again.
      const bool is_quiet = Lives() == lives_before && hub().replica().roster().position() == roster_before;
      if (!failure_ && is_quiet) agreement.CheckGreeting(*pair, stream.value_or(0));
    }
  }
  is_over_ = true;
  Outcome outcome{failure_, timeline.now(), timeline.events(), log.digest(), oracle_->acknowledged(), 0};
  for (const auto& [feed, truth] : oracle_->feeds()) outcome.doubled += truth.is_doubled ? 1 : 0;
  return outcome;
}

}  // namespace hansa::simulation
