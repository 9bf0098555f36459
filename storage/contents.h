// What a database holds, told by reading all of it: how a backup is proven, and how what was restored is compared with
// what was backed up. Promise P20.
#ifndef HANSA_STORAGE_CONTENTS_H_
#define HANSA_STORAGE_CONTENTS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "replication/bytes.h"
#include "replication/crypto.h"
#include "storage/feed_store.h"
#include "storage/high_water.h"
#include "storage/identity.h"

namespace hansa::storage {

class Database;

struct Contents {
  DatabaseId database;
  std::vector<Mark> feeds;  // where each ends; ascending by feed
  std::uint64_t entries = 0;
  friend bool operator==(const Contents&, const Contents&) = default;
};

// One hash over database, feeds and their ends: equal for equal contents alone.
replication::Hash DigestOf(const replication::Crypto& crypto, const Contents& contents);

// Whether what takes long is to be given up; asked again and again, by one thread at a time, not always the caller's.
using IsUnwanted = std::function<bool()>;

// Reads every row of every part of `database` and every entry of every feed: each follows the one before it, each
// payload is what its header commits to, and the last has the head that the newest checkpoint vouches for.
//   DATA_LOSS  something is not as it was stored, and what
//   CANCELLED  it became unwanted
absl::StatusOr<Contents> ReadContents(Database& database, const replication::Crypto& crypto,
                                      const IsUnwanted& is_unwanted);

// That `copy`, which is `contents`, lacks nothing of what `before` says was held by `original` once. What `original`
// has cut or dropped since then may be missing.
//   DATA_LOSS  it lacks entries, or has another history
absl::Status CheckNothingLacks(Database& copy, const Contents& contents, absl::Span<const HeldFeed> before,
                               const FeedStore& original, const replication::Crypto& crypto);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_CONTENTS_H_
