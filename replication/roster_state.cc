#include "replication/roster_state.h"

#include <array>

namespace hansa::replication {

const char* MemberStateName(MemberState state) {
  static constexpr std::array<const char*, 4> kNames = {"member", "suspended", "retired", "compromised"};
  return kNames[static_cast<std::size_t>(state)];
}

const IncarnationKeys* MemberRecord::Find(Incarnation incarnation) const {
  for (const IncarnationKeys& keys : incarnations) {
    if (keys.number == incarnation) return &keys;
  }
  return nullptr;
}

const MemberRecord* RosterState::Find(Member number) const {
  const auto found = members.find(number);
  return found == members.end() ? nullptr : &found->second;
}

const MemberRecord* RosterState::Find(absl::string_view slug) const {
  for (const auto& [number, record] : members) {
    if (record.slug == slug) return &record;
  }
  return nullptr;
}

Member RosterState::NextNumber(MemberKind kind) const {
  Member number = kind == MemberKind::kSecretariat ? kFirstSecretariat : kFirstOtherMember;
  // Numbers are given out without a gap, so the first that is free is the lowest never used.
  for (auto member = members.lower_bound(number); member != members.end() && member->first == number; ++member) {
    number = Member(number.value() + 1);
  }
  return number;
}

}  // namespace hansa::replication
