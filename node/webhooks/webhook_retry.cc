#include "node/webhooks/webhook_retry.h"

#include <algorithm>

namespace hansa::node::webhooks {

absl::Duration PauseAfter(std::uint32_t failures, double chance, absl::Duration asked) {
  absl::Duration pause = kFirstPause;
  for (std::uint32_t i = 1; i < failures && pause < kPauseMax; ++i) pause *= 2;
  pause = std::min(pause, kPauseMax) * (0.75 + 0.25 * std::clamp(chance, 0.0, 1.0));
  return std::min(std::max(pause, asked), kPauseMax);
}

bool IsGivenUp(std::uint32_t failures, absl::Time since, absl::Time now) {
  return failures >= kAttemptsMin && now - since >= kPatience;
}

absl::Time DueAt(absl::Time planned, absl::Time now) { return std::min(planned, now + kPauseMax); }

}  // namespace hansa::node::webhooks
