#include "tests/simulation/fence_watch.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/witness.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::ClaimAnswer;
using replication::ClaimToken;
using replication::Fence;
using replication::HighWaterFinding;
using replication::SessionId;

void FenceWatch::Heard(const Node& node, SessionId session, const replication::Frame& frame) {
  if (const auto* claim = std::get_if<replication::Claim>(&frame)) claims_[session].push_back(*claim);
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
  // A liar may claim more than one thing before it is answered.
  const std::vector<replication::Claim>& claims = claims_[session];
  const auto claim = std::find_if(claims.rbegin(), claims.rend(),
                                  [&reply](const replication::Claim& each) { return each.next == reply.next; });
  if (claim == claims.rend()) {
    return world_.Fail("P5", hub.name() + " confirms what nobody claimed");
  }
  const Claimant who{&hub, hub.identity().keys.writer->public_key(), claimant.identity().member, claim->incarnation};
  Granted& granted = granted_[who];
  const std::vector<ClaimToken>& tokens = granted.tokens;
  const auto newest = tokens.end() - static_cast<std::ptrdiff_t>(std::min(tokens.size(), replication::kTokensKept));
  const bool is_known = claim->previous.is_zero() || std::find(newest, tokens.end(), claim->previous) != tokens.end();
  // A hub that has just started may hold an older disk, and does not judge what it has never seen.
  const bool is_first = tokens.empty() || forgetful_.contains(&hub) || (granted.life != hub.life() && !is_known);
  const bool repeats =
      tokens.size() > 1 && claim->next == tokens.back() && claim->previous == tokens[tokens.size() - 2];
  const bool follows = !tokens.empty() && claim->previous == tokens.back();
  if (!is_first && !repeats && !follows) {
    world_.Fail("P5", absl::StrCat(hub.name(), " confirms a claim of ", claimant.name(),
                                   " that does not follow the one confirmed before"));
  }
  granted.life = hub.life();
  if (repeats) return;
  if (!follows) granted.tokens = {claim->previous};
  granted.tokens.push_back(claim->next);
}

}  // namespace hansa::simulation
