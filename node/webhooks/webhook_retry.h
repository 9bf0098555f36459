// When a delivery that failed is tried again, and when that ends. Pure: time and chance are arguments.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_RETRY_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_RETRY_H_

#include <cstdint>

#include "absl/time/time.h"

namespace hansa::node::webhooks {

inline constexpr absl::Duration kFirstPause = absl::Seconds(5);
inline constexpr absl::Duration kPauseMax = absl::Hours(1);
// A hook whose receiver did not take one piece of news for so long, and in so many attempts, is paused.
inline constexpr absl::Duration kPatience = absl::Hours(3 * 24);
inline constexpr std::uint32_t kAttemptsMin = 12;

// How long to wait after `failures` attempts in a row (from 1) that failed: doubled each time, between three quarters
// and the whole of it as `chance` in [0, 1) falls, never above kPauseMax. `asked` is how long the receiver asked to be
// left alone; it lengthens the pause up to kPauseMax.
absl::Duration PauseAfter(std::uint32_t failures, double chance, absl::Duration asked);

// Whether to try no more. A node that was off for days has tried too seldom to say so.
bool IsGivenUp(std::uint32_t failures, absl::Time since, absl::Time now);

// When the next attempt is due that was once put off to `planned`; a clock that was set back delays none by more than
// kPauseMax.
absl::Time DueAt(absl::Time planned, absl::Time now);

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_RETRY_H_
