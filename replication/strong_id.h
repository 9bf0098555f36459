// A number that means one thing, so that a member is never passed for a sequence.
#ifndef HANSA_REPLICATION_STRONG_ID_H_
#define HANSA_REPLICATION_STRONG_ID_H_

#include <compare>
#include <cstdint>

namespace hansa::replication {

template <typename Tag, typename Rep = std::uint64_t>
class StrongId {
 public:
  using rep = Rep;

  constexpr StrongId() = default;
  explicit constexpr StrongId(Rep value) : value_(value) {}

  constexpr Rep value() const { return value_; }

  friend constexpr auto operator<=>(StrongId, StrongId) = default;

 private:
  Rep value_ = 0;
};

// 0 writes the roster and nothing else; 1-9 secretariat nodes; others from 10 up, never reused.
using Member = StrongId<struct MemberTag, std::uint32_t>;
// 0-255; names of those known today are in collections.h.
using Collection = StrongId<struct CollectionTag, std::uint16_t>;
// Collection * 256 + n.
using Kind = StrongId<struct KindTag, std::uint16_t>;
// From 1; a member's next is exactly one more.
using Incarnation = StrongId<struct IncarnationTag, std::uint32_t>;
// Position in a feed. The first entry is 1; 0 is "nothing yet". As a length: how many entries.
using Sequence = StrongId<struct SequenceTag, std::uint64_t>;

inline constexpr Member kRosterWriter{0};
inline constexpr Member kFirstSecretariat{1};
inline constexpr Member kLastSecretariat{9};
inline constexpr Member kFirstOtherMember{10};
inline constexpr Member kMemberUnknown{0xFFFFFFFF};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_STRONG_ID_H_
