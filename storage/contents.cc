#include "storage/contents.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/entry.h"
#include "storage/feed_rules.h"
#include "storage/rocks_database.h"

namespace hansa::storage {
namespace {

using replication::Crypto;
using replication::FeedId;
using replication::Hash;
using replication::Sequence;

// Entries read at once: 64 of the largest are 16 MiB.
constexpr std::size_t kEntriesAtOnce = 64;

absl::Status ReadFeed(const FeedStore& feeds, const HeldFeed& held, const Crypto& crypto,
                      const IsUnwanted& is_unwanted) {
  Hash head;
  std::uint64_t read = 0;
  while (read < held.newest.len.value()) {
    if (is_unwanted()) return absl::CancelledError("given up before everything was read");
    // No further than it went when it was listed: it may have grown since.
    const std::size_t count = std::min<std::uint64_t>(kEntriesAtOnce, held.newest.len.value() - read);
    const absl::StatusOr<std::vector<StoredEntry>> entries = feeds.ReadEntries(held.feed, Sequence(read + 1), count);
    HANSA_RETURN_IF_ERROR(entries.status());
    for (const StoredEntry& stored : *entries) {
      const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.entry.header);
      if (!header.ok() || header->prev != head) {
        return DamagedEntry(held.feed, stored.seq.value(), "does not follow the one before it");
      }
      head = replication::EntryHash(crypto, stored.entry.header);
    }
    if (entries->empty()) return DamagedEntry(held.feed, read + 1, "is missing");
    read += entries->size();
  }
  if (head != held.newest.head) return DamagedEntry(held.feed, read, "is not the one the checkpoint vouches for");
  return feeds.Checkpoints(held.feed).status();
}

// The feed as it was read, while it may be cut, dropped or put back: what is not as it was listed is damage only if the
// feed is still listed so. nullopt: it is held no more.
absl::StatusOr<std::optional<HeldFeed>> ReadLiveFeed(const FeedStore& feeds, HeldFeed held, const Crypto& crypto,
                                                     const IsUnwanted& is_unwanted) {
  while (true) {
    const absl::Status read = ReadFeed(feeds, held, crypto, is_unwanted);
    if (read.ok()) return held;
    const bool may_have_changed = absl::IsDataLoss(read) || absl::IsNotFound(read);
    if (!may_have_changed) return read;
    absl::StatusOr<HeldFeed> now = feeds.Feed(held.feed);
    if (absl::IsNotFound(now.status())) return std::nullopt;
    HANSA_RETURN_IF_ERROR(now.status());
    if (now->newest == held.newest) return read;
    held = *std::move(now);
  }
}

absl::Status Lacks(const HeldFeed& before, std::uint64_t len) {
  return absl::DataLossError(absl::StrCat("the copy has ", len, " entries of ", FeedName(before.feed), ", and ",
                                          before.newest.len.value(), " were stored"));
}

// Whether the original has fewer entries of the feed by now, or none.
bool WasCut(const FeedStore& original, const HeldFeed& before) {
  const absl::StatusOr<HeldFeed> now = original.Feed(before.feed);
  return absl::IsNotFound(now.status()) || (now.ok() && now->newest.len < before.newest.len);
}

}  // namespace

Hash DigestOf(const Crypto& crypto, const Contents& contents) {
  replication::ByteWriter writer;
  writer.Tag("hansa/contents/1").Raw(contents.database.view());
  for (const Mark& mark : contents.feeds) writer.Raw(mark.feed.view()).U64(mark.len.value()).Raw(mark.head.view());
  return crypto.Sha256(writer.bytes());
}

absl::StatusOr<Contents> ReadContents(Database& database, const Crypto& crypto, const IsUnwanted& is_unwanted) {
  HANSA_RETURN_IF_ERROR(database.ReadEverything(is_unwanted));
  const absl::StatusOr<std::vector<HeldFeed>> held = database.feeds().Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  Contents contents{database.id(), {}, 0};
  for (const HeldFeed& listed : *held) {
    const auto feed = ReadLiveFeed(database.feeds(), listed, crypto, is_unwanted);
    HANSA_RETURN_IF_ERROR(feed.status());
    if (!*feed) continue;
    contents.feeds.push_back({(*feed)->feed, (*feed)->newest.len, (*feed)->newest.head});
    contents.entries += (*feed)->newest.len.value();
  }
  HANSA_RETURN_IF_ERROR(database.feeds().AllQuarantined().status());
  return contents;
}

absl::Status CheckNothingLacks(Database& copy, const Contents& contents, absl::Span<const HeldFeed> before,
                               const FeedStore& original, const Crypto& crypto) {
  for (const HeldFeed& feed : before) {
    const auto found = std::lower_bound(contents.feeds.begin(), contents.feeds.end(), feed.feed,
                                        [](const Mark& mark, const FeedId& id) { return mark.feed < id; });
    const bool is_held = found != contents.feeds.end() && found->feed == feed.feed;
    const std::uint64_t len = is_held ? found->len.value() : 0;
    if (len < feed.newest.len.value()) {
      if (WasCut(original, feed)) continue;
      return Lacks(feed, len);
    }
    const absl::StatusOr<replication::Bytes> header = copy.feeds().ReadHeader(feed.feed, feed.newest.len);
    HANSA_RETURN_IF_ERROR(header.status());
    const bool is_same = replication::EntryHash(crypto, *header) == feed.newest.head;
    if (!is_same && !WasCut(original, feed)) {
      return DamagedEntry(feed.feed, feed.newest.len.value(), "another entry stands in its place");
    }
  }
  return absl::OkStatus();
}

}  // namespace hansa::storage
