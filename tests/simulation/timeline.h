// The one queue of a simulation: what happens next, by virtual time; what falls on the same instant comes in an order
// that the seed draws.
#ifndef HANSA_TESTS_SIMULATION_TIMELINE_H_
#define HANSA_TESTS_SIMULATION_TIMELINE_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "tests/simulation/chance.h"

namespace hansa::simulation {

// Virtual microseconds since the simulation began.
using Instant = std::int64_t;
inline constexpr Instant kMillisecond = 1000;
inline constexpr Instant kSecond = 1000 * kMillisecond;
inline constexpr Instant kNever = std::numeric_limits<Instant>::max();

// Not thread-safe.
class Timeline {
 public:
  explicit Timeline(Chance chance) : chance_(chance) {}

  Instant now() const { return now_; }
  std::uint64_t events() const { return events_; }

  // Nothing is put into the past: what is late happens now.
  void At(Instant when, std::function<void()> what) {
    coming_.push_back({std::max(when, now_), chance_.Next(), std::move(what)});
    std::push_heap(coming_.begin(), coming_.end(), IsLater);
  }
  void In(Instant delay, std::function<void()> what) { At(now_ + delay, std::move(what)); }

  // Lets the next thing happen, if it comes no later than `until`; false, with `until` reached, if there is none.
  bool RunOne(Instant until) {
    if (coming_.empty() || coming_.front().when > until) {
      now_ = std::max(now_, until);
      return false;
    }
    std::pop_heap(coming_.begin(), coming_.end(), IsLater);
    const Coming next = std::move(coming_.back());
    coming_.pop_back();
    now_ = next.when;
    ++events_;
    next.what();
    return true;
  }

 private:
  struct Coming {
    Instant when;
    std::uint64_t tie;
    std::function<void()> what;
  };
  static bool IsLater(const Coming& a, const Coming& b) { return a.when != b.when ? a.when > b.when : a.tie > b.tie; }

  Chance chance_;
  Instant now_ = 0;
  std::uint64_t events_ = 0;
  std::vector<Coming> coming_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_TIMELINE_H_
