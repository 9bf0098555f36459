#include "node/membership/founding_policy.h"

#include <vector>

#include "replication/collections.h"
#include "replication/roster.h"

namespace hansa::node::membership {
namespace {

using replication::Collection;
using replication::MemberKind;

constexpr MemberKind kSecretariat = MemberKind::kSecretariat;
constexpr MemberKind kCity = MemberKind::kCity;
constexpr MemberKind kAuthority = MemberKind::kAuthority;
constexpr MemberKind kPartner = MemberKind::kPartner;

struct Writers {
  Collection collection;
  std::vector<MemberKind> kinds;
};

std::vector<Writers> Table() {
  return {
      {replication::kErasures, {kSecretariat, kCity, kAuthority, kPartner}},
      {replication::kIndicators, {kCity}},
      {replication::kPractices, {kCity, kPartner}},
      {replication::kOffers, {kCity, kPartner}},
      {replication::kAggregates, {kSecretariat}},
      {replication::kReviews, {kCity}},
      {replication::kDialogue, {kSecretariat, kCity, kAuthority, kPartner}},
      {replication::kNotices, {kSecretariat, kAuthority, kPartner}},
      {replication::kStrategies, {kCity}},
  };
}

}  // namespace

replication::Policy FoundingPolicy() {
  replication::Policy policy;
  policy.rights.push_back({MemberKind::kNotGiven, replication::kRosterCollection, replication::kRosterEntriesMax});
  for (const Writers& row : Table()) {
    for (const MemberKind kind : row.kinds) {
      const bool is_for_own_erasures = row.collection == replication::kErasures && kind != kSecretariat;
      policy.rights.push_back({kind, row.collection, is_for_own_erasures ? kErasureOrdersMax : kFeedEntriesMax});
    }
  }
  return policy;
}

}  // namespace hansa::node::membership
