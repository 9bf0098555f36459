#include "storage/kill_point.h"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace hansa::storage {
namespace {

struct Wanted {
  std::string name;  // empty: none
  std::uint64_t passing = 1;
};

Wanted ReadWanted() {
  const char* const setting = std::getenv("HANSA_KILLPOINT");
  if (setting == nullptr) return {};
  const absl::string_view whole(setting);
  const std::size_t colon = whole.find(':');
  Wanted wanted{std::string(whole.substr(0, colon))};
  if (colon != absl::string_view::npos && !absl::SimpleAtoi(whole.substr(colon + 1), &wanted.passing)) return {};
  return wanted;
}

}  // namespace

void KillPoint(const char* name) {
  static const Wanted wanted = ReadWanted();
  static std::atomic<std::uint64_t> passed{0};
  if (wanted.name != name) return;
  if (++passed == wanted.passing) std::raise(SIGKILL);
}

}  // namespace hansa::storage
