// What happened in a simulation, a line for each thing: printed for a reader, or only hashed, or not even written.
#ifndef HANSA_TESTS_SIMULATION_EVENT_LOG_H_
#define HANSA_TESTS_SIMULATION_EVENT_LOG_H_

#include <cstdint>
#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/simulation/timeline.h"

namespace hansa::simulation {

enum class LogMode {
  kNone,
  kDigest,  // the hash of all lines
  kPrint,   // and the lines on standard output
};

// Not thread-safe. `timeline` must outlive it.
class EventLog {
 public:
  EventLog(LogMode mode, const Timeline& timeline) : mode_(mode), timeline_(timeline) {}

  bool is_on() const { return mode_ != LogMode::kNone; }

  template <typename... Parts>
  void Line(const Parts&... parts) {
    if (!is_on()) return;
    const Instant now = timeline_.now();
    const std::string line = absl::StrFormat("%4d.%06d  ", now / kSecond, now % kSecond) + absl::StrCat(parts...);
    for (const char c : line) digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    if (mode_ == LogMode::kPrint) std::printf("%s\n", line.c_str());
  }

  std::uint64_t digest() const { return digest_; }

 private:
  const LogMode mode_;
  const Timeline& timeline_;
  std::uint64_t digest_ = 0xCBF29CE484222325u;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_EVENT_LOG_H_
