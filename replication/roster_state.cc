#include "replication/roster_state.h"

#include <array>
#include <iterator>

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
  // Numbers are given out without a gap, in two ranges: the next is the one after the last of its range.
  const bool is_secretariat = kind == MemberKind::kSecretariat;
  const Member first = is_secretariat ? kFirstSecretariat : kFirstOtherMember;
  const auto end = is_secretariat ? members.upper_bound(kLastSecretariat) : members.end();
  if (end == members.begin()) return first;
  const Member last = std::prev(end)->first;
  return last < first ? first : Member(last.value() + 1);
}

}  // namespace hansa::replication
