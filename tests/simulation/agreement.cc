#include "tests/simulation/agreement.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/scope.h"
#include "tests/simulation/bad_member.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/operators.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::FeedAuthor;
using replication::FeedId;

namespace {

constexpr std::size_t kGreetingFramesMax = 2;
constexpr std::size_t kGreetingBytesMax = 1024;

replication::FeedTail TailAt(const Node& node, const FeedId& feed) {
  const auto& rows = node.standing()->rows;
  const auto found = rows.find(feed);
  return found == rows.end() ? replication::FeedTail() : found->second;
}

}  // namespace

std::vector<Node*> Agreement::Honest() const {
  std::vector<Node*> honest;
  for (const std::unique_ptr<Node>& node : world_.nodes()) {
    if (node->is_honest() && !node->is_retired && node->is_admitted) honest.push_back(node.get());
  }
  return honest;
}

bool Agreement::IsUnsettled(const FeedId& feed, const FeedAuthor& author) const {
  const auto truth = world_.oracle().feeds().find(feed);
  return truth != world_.oracle().feeds().end() && truth->second.is_doubled && !author.seal;
}

// Whose membership has ended is told so, and nothing more: it stays with what it had.
bool Agreement::IsServed(const Node& node) const {
  return world_.hub().replica().roster().LiveMemberOf(node.pin()).has_value();
}

std::optional<std::string> Agreement::FeedDiffers(const FeedId& feed, const FeedAuthor& author) const {
  if (IsUnsettled(feed, author)) return std::nullopt;
  const Node& hub = world_.hub();
  const replication::FeedTail at_hub = TailAt(hub, feed);
  for (const Node* node : Honest()) {
    if (node == &hub || !node->Keeps(author) || !IsServed(*node)) continue;
    const replication::FeedTail tail = TailAt(*node, feed);
    if (tail.len == at_hub.len && tail.head == at_hub.head) continue;
    return absl::StrCat(world_.NameOf(author), " has ", tail.len.value(), " entries at ", node->name(), " and ",
                        at_hub.len.value(), " at ", hub.name());
  }
  return std::nullopt;
}

// Where every history is settled, every session says so, and nobody is alone.
std::optional<std::string> Agreement::SessionDiffers() const {
  if (!kCore.forks) {
    for (const auto& [feed, author] : world_.hub().replica().roster().feeds()) {
      if (IsUnsettled(feed, author)) return std::nullopt;
    }
  }
  const std::vector<Node*> honest = Honest();
  const auto served = std::count_if(honest.begin(), honest.end(), [this](const Node* node) { return IsServed(*node); });
  for (const Node* node : honest) {
    const auto member = node->replica().own_member();
    const auto* record = member ? node->replica().roster().state().Find(*member) : nullptr;
    if (record == nullptr || !record->is_live()) continue;
    bool has_equal = served == 1;
    for (const replication::SessionView& view : node->replica().Sessions()) {
      const bool is_honest_peer =
          std::any_of(honest.begin(), honest.end(), [&](const Node* other) { return other->pin() == view.peer; });
      if (!is_honest_peer || view.phase == replication::Phase::kClosed) continue;
      if (view.phase != replication::Phase::kLive || !view.newest_comparison_equal) {
        const bool is_live_peer = node->replica().roster().LiveMemberOf(view.peer).has_value();
        if (!is_live_peer) continue;
        return absl::StrCat("session ", view.session.value(), " of ", node->name(), " is ",
                            replication::PhaseName(view.phase), " and not equal: ", view.last_error);
      }
      has_equal = true;
    }
    if (!has_equal) return absl::StrCat(node->name(), " has no equal session with an honest node");
  }
  return std::nullopt;
}

std::optional<std::string> Agreement::WhyNot() const {
  if (std::optional<std::string> left = world_.operators().Unfinished()) return left;
  const std::vector<Node*> honest = Honest();
  for (const Node* node : honest) {
    if (!node->is_up()) return node->name() + " is down";
    if (!node->disk().is_idle()) return node->name() + " is still writing";
  }
  const replication::Roster& roster = world_.hub().replica().roster();
  for (const Node* node : honest) {
    if (node->replica().roster().position() != roster.position()) {
      return absl::StrCat(node->name(), "'s roster has ", node->replica().roster().position().len.value(),
                          " entries and the hub's ", roster.position().len.value());
    }
  }
  for (const auto& [feed, author] : roster.feeds()) {
    if (std::optional<std::string> differs = FeedDiffers(feed, author)) return differs;
  }
  std::vector<Node*> served = honest;
  std::erase_if(served, [this](const Node* node) { return !IsServed(*node); });
  for (const Node* node : honest) {
    if (!IsServed(*node)) continue;
    if (std::optional<std::string> missing = world_.MissingPayload(*node, World::Hopeless::kLeftOut)) {
      return absl::StrCat(*missing, " is missing at ", node->name());
    }
    if (std::optional<std::string> missing = world_.library().Missing(*node, served)) return missing;
  }
  return SessionDiffers();
}

// Everything that an honest author was told is published is where it belongs (P1, P13).
void Agreement::CheckPublished() const {
  const replication::Roster& roster = world_.hub().replica().roster();
  for (const auto& [feed, truth] : world_.oracle().feeds()) {
    const FeedAuthor* author = roster.AuthorOf(feed);
    if (truth.is_doubled || author == nullptr || world_.oracle().IsBad(truth.author.writer)) continue;
    if (world_.oracle().IsDamaged(truth.author.writer)) continue;
    const auto held = world_.hub().disk().contents.feeds.find(feed);
    for (const auto& [seq, hash] : truth.done) {
      if (author->seal && author->seal->len.value() < seq) continue;
      const bool is_there = held != world_.hub().disk().contents.feeds.end() && held->second.len() >= seq &&
                            held->second.hashes[seq - 1] == hash;
      if (is_there) continue;
      return world_.Fail("P1",
                         absl::StrCat(truth.name, " ", seq, " was confirmed to its author and is not at the hub"));
    }
  }
}

// A node stores what it chose, its own, roster and erasures; nothing beyond a seal (I8).
void Agreement::CheckKept(const Node& node) const {
  for (const auto& [id, feed] : node.disk().contents.feeds) {
    const FeedAuthor* author = node.replica().roster().AuthorOf(id);
    if (author == nullptr || feed.len() == 0) continue;
    const std::string name = world_.NameOf(*author);
    // A disk that refuses forgets at the next start; whose membership has ended forgets nothing, as it may not know
    // any more which feeds are its own.
    if (!node.Keeps(*author) && !node.disk().has_failed() && IsServed(node)) {
      return world_.Fail("interest", absl::StrCat(node.name(), " still holds ", name, ", which it does not keep"));
    }
    if (!author->seal) continue;
    const std::uint64_t len = author->seal->len.value();
    const bool is_within = feed.len() <= len && (feed.len() < len || feed.hashes.back() == author->seal->head);
    if (!is_within) return world_.Fail("I8", absl::StrCat(node.name(), " holds ", name, " beyond its seal"));
  }
}

void Agreement::CheckAtTheEnd() const {
  CheckPublished();
  for (const Node* node : Honest()) CheckKept(*node);
}

std::optional<Agreement::Pair> Agreement::PairInSync(Chance& chance) const {
  std::vector<Pair> pairs;
  const std::vector<Node*> honest = Honest();
  for (Node* a : honest) {
    for (Node* b : honest) {
      const bool store_everything = a->interest().everything && b->interest().everything;
      if (a->index() < b->index() && store_everything && world_.wires().AreConnected(*a, *b)) pairs.push_back({a, b});
    }
  }
  // What is lost for good is asked for each time.
  std::erase_if(pairs, [](const Pair& pair) { return pair.a->replica().missing() + pair.b->replica().missing() > 0; });
  const auto wants_files = [](const Node* node) { return !node->replica().FilesWanted().empty(); };
  std::erase_if(pairs, [&](const Pair& pair) { return wants_files(pair.a) || wants_files(pair.b); });
  // A bad member may have something new for one of them just then.
  if (pairs.empty() || world_.plan.HasBadMember() || SessionDiffers()) return std::nullopt;
  for (const auto& [feed, author] : world_.hub().replica().roster().feeds()) {
    if (IsUnsettled(feed, author)) return std::nullopt;
  }
  return chance.Pick(pairs);
}

void Agreement::CheckGreeting(const Pair& pair, std::uint64_t stream) const {
  const auto found = world_.wires().streams().find(stream);
  if (found == world_.wires().streams().end()) return;
  const Stream* met = &found->second;
  // Where both have dialled, settling which stream goes on costs a few frames more.
  if (met->had_company) return;
  if (!met->ends[0].is_open || !met->ends[1].is_open) return;
  // What the fence asks its witness comes on top.
  const std::size_t frames = met->frames_delivered - met->fence_frames_delivered;
  if (frames <= kGreetingFramesMax && met->bytes_delivered <= kGreetingBytesMax) return;
  world_.Fail("I7", absl::StrCat("the greeting of ", pair.a->name(), " and ", pair.b->name(),
                                 ", who are in sync, takes ", frames, " frames and ", met->bytes_delivered, " bytes"));
}

}  // namespace hansa::simulation
