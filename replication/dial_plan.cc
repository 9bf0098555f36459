#include "replication/dial_plan.h"

#include <map>

namespace hansa::replication {
namespace {

// The order in which `own` prefers others: the same for ever for one pair, and different for each node.
Hash Affinity(const Crypto& crypto, const Pin& own, Member other) {
  return crypto.Sha256(ByteWriter().Tag("hansa/dial/1").Raw(own.view()).U32(other.value()).bytes());
}

void AddTargets(const Roster& roster, const MemberRecord& member, std::vector<DialTarget>& targets) {
  for (const std::string& endpoint : member.endpoints) {
    if (targets.size() < kDialsMax) targets.push_back({endpoint, roster.PinsOf(member.number), member.slug});
  }
}

}  // namespace

std::vector<DialTarget> PlanDials(const Crypto& crypto, const Roster& roster, const Pin& own_pin,
                                  const std::vector<DialTarget>& first_hubs, const std::set<Member>& followed) {
  std::vector<DialTarget> targets;
  std::map<Hash, const MemberRecord*> friends, others;
  for (const auto& [number, member] : roster.state().members) {
    if (!member.is_live() || member.endpoints.empty() || roster.PinsOf(number).contains(own_pin)) continue;
    if (member.kind == MemberKind::kSecretariat) {
      AddTargets(roster, member, targets);
    } else {
      (followed.contains(number) ? friends : others)[Affinity(crypto, own_pin, number)] = &member;
    }
  }
  if (roster.state().members.empty()) targets = first_hubs;
  for (const auto& [affinity, member] : friends) AddTargets(roster, *member, targets);
  std::size_t neighbours = 0;
  for (const auto& [affinity, member] : others) {
    if (neighbours++ == kNeighboursBesidesHubs) break;
    AddTargets(roster, *member, targets);
  }
  return targets;
}

}  // namespace hansa::replication
