#include "tests/simulation/fence_watch.h"

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::ClaimAnswer;
using replication::Fence;
using replication::HighWaterFinding;
using replication::SessionId;

void FenceWatch::Heard(const Node& node, SessionId session, const replication::Frame& frame) {
  if (const auto* claim = std::get_if<replication::Claim>(&frame)) claims_[session] = *claim;
  const auto* reply = std::get_if<replication::ClaimReply>(&frame);
  if (reply != nullptr && reply->answer == ClaimAnswer::kConfirmed) confirmed_[&node] = true;
}

void FenceWatch::Moved(const Node& node, const replication::FenceMoved& moved) {
  if (!node.is_honest()) return;
  if (moved.fence == Fence::kOpen && !confirmed_[&node] && !world_.WasConfirmedByPerson(node)) {
    world_.Fail("P5", node.name() + " opens its fence although no witness has confirmed it in this life");
  }
  if (moved.fence == Fence::kUnconfirmed && node.finding() != HighWaterFinding::kIntact) {
    world_.Fail("P5", node.name() + " opens its fence without a witness although its high-water file is not intact");
  }
}

void FenceWatch::Signs(const Node& node, const replication::Commit& commit, Fence fence) {
  if (!node.is_honest()) return;
  const replication::FeedAuthor& author = commit.unit.author();
  if (author.collection != replication::kRosterCollection) {
    const replication::MemberRecord* member = node.replica().roster().state().Find(author.member);
    if (member == nullptr || member->present().writer != author.writer) {
      world_.Fail("P5", node.name() + " signs under a key that a later incarnation has replaced");
    }
  }
  if (node.finding() == HighWaterFinding::kLost) {
    world_.Fail("P5", node.name() + " signs although its high-water file knows more than its disk holds");
  }
  if (kCore.fence && fence != Fence::kOpen && fence != Fence::kUnconfirmed) {
    world_.Fail("P5", absl::StrCat(node.name(), " signs while its fence stands at ", static_cast<int>(fence)));
  }
}

void FenceWatch::Answers(const Node& hub, const Node& claimant, SessionId session,
                         const replication::ClaimReply& reply) {
  if (!hub.is_honest() || reply.answer != ClaimAnswer::kConfirmed) return;
  const auto claim = claims_.find(session);
  if (claim == claims_.end() || claim->second.next != reply.next) {
    return world_.Fail("P5", hub.name() + " confirms what nobody claimed");
  }
  const Claimant who{&hub, claimant.identity().keys.writer->public_key()};
  const auto before = granted_.find(who);
  const bool follows = before == granted_.end() || forgetful_.contains(&hub) || before->second == claim->second ||
                       before->second.next == claim->second.previous;
  if (!follows) {
    world_.Fail("P5", absl::StrCat(hub.name(), " confirms a claim of ", claimant.name(),
                                   " that does not follow the one confirmed before"));
  }
  granted_[who] = claim->second;
}

}  // namespace hansa::simulation
