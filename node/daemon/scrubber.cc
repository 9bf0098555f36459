#include "node/daemon/scrubber.h"

#include <algorithm>
#include <utility>

#include "node/daemon/monotonic.h"

namespace hansa::node {
namespace {
// One piece that was slow, on a busy disk, is not slept for without end.
constexpr absl::Duration kSleepMax = absl::Seconds(30);
}  // namespace

Scrubber::Scrubber(std::function<void(const IsUnwanted&)> pass) : pass_(std::move(pass)), thread_([this] { Run(); }) {}

void Scrubber::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    told_.Notify();
  }
  if (thread_.joinable()) thread_.join();
}

bool Scrubber::IsEndingWithin(absl::Duration wait) {
  absl::MutexLock lock(&mutex_);
  return told_.Await(mutex_, wait, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; });
}

void Scrubber::Run() {
  do {
    absl::Time began = MonotonicNow();
    pass_([&] {
      const absl::Duration read = std::max(MonotonicNow() - began, absl::ZeroDuration());
      const bool is_ending = IsEndingWithin(std::min(read * (1 / kScrubShare - 1), kSleepMax));
      began = MonotonicNow();
      return is_ending;
    });
  } while (!IsEndingWithin(kScrubPause));
}

}  // namespace hansa::node
