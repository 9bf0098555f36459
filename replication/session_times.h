// How long a session waits for what. Display and retry only: no decision to accept, order or resume reads these.
#ifndef HANSA_REPLICATION_SESSION_TIMES_H_
#define HANSA_REPLICATION_SESSION_TIMES_H_

#include "absl/time/time.h"

namespace hansa::replication {

inline constexpr absl::Duration kHelloTimeout = absl::Seconds(10);
inline constexpr absl::Duration kPingEvery = absl::Seconds(60);
inline constexpr absl::Duration kAnswerWithin = absl::Seconds(25);
inline constexpr absl::Duration kProgressWithin = absl::Seconds(30);
inline constexpr absl::Duration kDiffWithin = absl::Seconds(30);
// How long a stream stays open, for the roster alone, once its key has ended.
inline constexpr absl::Duration kEndedKeyFor = absl::Seconds(60);
inline constexpr absl::Duration kShunFor = absl::Seconds(60);
// A peer that gives nothing for so long after it was asked for a chunk of a file, or gives a wrong one, is not asked
// for files for a while.
inline constexpr absl::Duration kChunkWithin = absl::Seconds(90);
inline constexpr absl::Duration kFilesRest = absl::Minutes(2);
// Between two rounds over the files wanted, with one peer: first, and at the most.
inline constexpr absl::Duration kFilesAgainFirst = absl::Seconds(2);
inline constexpr absl::Duration kFilesAgainMost = absl::Minutes(1);
// After a change, roots are compared again once it has been quiet this long.
inline constexpr absl::Duration kSettle = absl::Milliseconds(300);

// How often a node keeps how long it has run, and looks at what ends by that.
inline constexpr absl::Duration kRanNoteEvery = absl::Minutes(10);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_SESSION_TIMES_H_
