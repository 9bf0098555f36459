// A note that a part of the core keeps for itself on the disk, beside the feeds: Keep writes it, ReplicaStart brings it
// back. Each part knows the keys that begin with its own words.
#ifndef HANSA_REPLICATION_NOTE_H_
#define HANSA_REPLICATION_NOTE_H_

#include <map>

#include "absl/strings/str_cat.h"
#include "replication/bytes.h"

namespace hansa::replication {

struct Note {
  Bytes key;
  Bytes value;  // empty: forget it
  friend bool operator==(const Note&, const Note&) = default;
};

using Notes = std::map<Bytes, Bytes>;

// The proof that a feed has two histories: this, and the feed's id.
inline constexpr char kForkNotePrefix[] = "fork/";
// When, in running time, something of a feed went to quarantine: this, and the feed's id; u64 seconds.
inline constexpr char kQuarantineNotePrefix[] = "quarantine/";
inline Bytes QuarantineNoteKey(const FeedId& feed) { return absl::StrCat(kQuarantineNotePrefix, feed.view()); }
inline Bytes ForkNoteKey(const FeedId& feed) { return absl::StrCat(kForkNotePrefix, feed.view()); }

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_NOTE_H_
