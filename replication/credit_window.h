// How much two nodes may send each other: bytes of two classes, counted from the beginning of the session. The receiver
// grants; it grants more once it has disposed of what came (written, refused or dropped), so what waits here for one
// session never exceeds the windows.
// Promise: a sender that keeps to its purse never overruns the window; and it never waits in vain: once all that it
// sent is disposed of, at least three quarters of a window are granted to it, and no frame may cost more than that.
#ifndef HANSA_REPLICATION_CREDIT_WINDOW_H_
#define HANSA_REPLICATION_CREDIT_WINDOW_H_

#include <cstdint>
#include <optional>

#include "replication/frames.h"

namespace hansa::replication {

enum class TrafficClass {
  kLive,  // what is new: told without being asked
  kBulk,  // what was asked for
};

struct FrameCost {
  TrafficClass traffic = TrafficClass::kLive;
  std::uint64_t bytes = 0;
  friend bool operator==(const FrameCost&, const FrameCost&) = default;
};

inline constexpr std::uint64_t kLiveWindowBytes = 256 * 1024;
inline constexpr std::uint64_t kBulkWindowBytes = 1024 * 1024;

constexpr std::uint64_t WindowBytes(TrafficClass traffic) {
  return traffic == TrafficClass::kLive ? kLiveWindowBytes : kBulkWindowBytes;
}
// The most one frame of a class may cost: what is sure to be granted sooner or later.
constexpr std::uint64_t CostMax(TrafficClass traffic) { return WindowBytes(traffic) / 4 * 3; }

// What `frame` counts, the same on both sides. nullopt: it is free.
std::optional<FrameCost> CostOf(const Frame& frame);

// The receiver's side, for one session.
class CreditWindow {
 public:
  // What the peer may send in all: for the Hello, and as last granted.
  Credit granted() const { return {live_.granted, bulk_.granted}; }

  // A frame came. False: the peer overran what it was granted, and nothing was counted.
  [[nodiscard]] bool Receive(const FrameCost& cost);
  // So many bytes of what came do not wait here any more. HANSA_CHECKs that they had come.
  void Dispose(const FrameCost& cost);
  // What to grant now, once at least a quarter of a window has been disposed of since the last grant. Counts as
  // granted from then on.
  std::optional<Credit> GrantDue();

  // Bytes that came and still wait here.
  std::uint64_t waiting(TrafficClass traffic) const;

 private:
  // Cumulative; disposed <= received <= granted.
  struct Count {
    std::uint64_t granted = 0;
    std::uint64_t received = 0;
    std::uint64_t disposed = 0;
  };
  Count& Of(TrafficClass traffic) { return traffic == TrafficClass::kLive ? live_ : bulk_; }

  Count live_{.granted = kLiveWindowBytes};
  Count bulk_{.granted = kBulkWindowBytes};
};

// The sender's side, for one session.
class CreditPurse {
 public:
  // The peer's totals. One that is lower than before changes nothing. True if there is more of bulk to spend now.
  bool Grant(const Credit& totals);

  bool MaySend(const FrameCost& cost) const;
  // HANSA_CHECKs that it may be sent.
  void Spend(const FrameCost& cost);

 private:
  struct Count {
    std::uint64_t granted = 0;
    std::uint64_t spent = 0;  // never more than granted
  };
  const Count& Of(TrafficClass traffic) const { return traffic == TrafficClass::kLive ? live_ : bulk_; }

  Count live_;
  Count bulk_;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_CREDIT_WINDOW_H_
