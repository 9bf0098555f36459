// Chance that follows from a seed: the same seed draws the same numbers on every machine. Nothing else in a simulation
// draws.
#ifndef HANSA_TESTS_SIMULATION_CHANCE_H_
#define HANSA_TESTS_SIMULATION_CHANCE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "replication/check.h"

namespace hansa::simulation {

// xoshiro256**, filled by splitmix64. Not thread-safe.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = SplitMix(seed);
  }

  std::uint64_t Next() {
    const std::uint64_t result = Turn(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = Turn(state_[3], 45);
    return result;
  }

  // From 0 to bound - 1.
  std::uint64_t Below(std::uint64_t bound) {
    HANSA_CHECK(bound > 0);
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(Next()) * bound) >> 64);
  }
  // From `low` to `high`, both included.
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(Below(static_cast<std::uint64_t>(high - low) + 1));
  }
  bool OneIn(std::uint64_t n) { return Below(n) == 0; }
  bool PerMille(std::uint64_t n) { return Below(1000) < n; }

  template <typename Container>
  auto& Pick(Container& from) {
    HANSA_CHECK(!from.empty());
    auto at = from.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(Below(from.size())));
    return *at;
  }

  // FixedBytes of any meaning.
  template <typename Fixed>
  Fixed Bytes() {
    Fixed bytes;
    for (std::size_t i = 0; i < Fixed::kSize; ++i) bytes.data()[i] = static_cast<std::uint8_t>(Next() >> 56);
    return bytes;
  }

  // A stream of its own for one purpose: what it draws does not move what this one draws.
  Chance Split(std::uint64_t purpose) const { return Chance(state_[0] ^ (purpose * 0x9E3779B97F4A7C15u)); }

 private:
  static std::uint64_t Turn(std::uint64_t value, int by) { return (value << by) | (value >> (64 - by)); }
  static std::uint64_t SplitMix(std::uint64_t& seed) {
    std::uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_CHANCE_H_
