#include "node/membership/seals.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/entry.h"

namespace hansa::node::membership {
namespace {

using replication::Collection;
using replication::IncarnationKeys;
using replication::Roster;
using replication::Seal;
using replication::Sequence;
using replication::SodiumCrypto;
using storage::FeedStore;
using storage::HeldFeed;

bool IsOf(const Life& life, const Roster& roster, const HeldFeed& held) {
  if (held.author.member != life.member || held.author.collection == replication::kRosterCollection) return false;
  const replication::FeedAuthor author{life.member, held.author.collection, life.keys.number, life.keys.writer, {},
                                       std::nullopt};
  return FeedIdOf(SodiumCrypto(), roster.network(), author) == held.feed;
}

std::string GoesOn(Collection collection, Sequence here, Sequence end) {
  const std::string name = replication::CollectionName(collection);
  if (end == Sequence()) {
    return absl::StrCat("the feed of ", name, " goes on here to entry ", here.value(), ", and ends empty");
  }
  return absl::StrCat("the feed of ", name, " goes on here to entry ", here.value(), ", and ends after entry ",
                      end.value());
}

// Whether the copy passes through the seal; it is at least as long.
absl::StatusOr<bool> PassesThrough(const FeedStore& feeds, const HeldFeed& held, const Seal& seal) {
  if (held.newest.len == seal.len) return held.newest.head == seal.head;
  const absl::StatusOr<std::vector<storage::StoredEntry>> at = feeds.ReadEntries(held.feed, seal.len, 1);
  HANSA_RETURN_IF_ERROR(at.status());
  return !at->empty() && replication::EntryHash(SodiumCrypto(), at->front().entry.header) == seal.head;
}

}  // namespace

absl::StatusOr<std::vector<HeldFeed>> FeedsHeldOf(const Life& life, const Roster& roster, const FeedStore& feeds) {
  const absl::StatusOr<std::vector<HeldFeed>> all = feeds.Feeds();
  HANSA_RETURN_IF_ERROR(all.status());
  std::vector<HeldFeed> own;
  for (const HeldFeed& held : *all) {
    if (IsOf(life, roster, held)) own.push_back(held);
  }
  std::sort(own.begin(), own.end(),
            [](const HeldFeed& a, const HeldFeed& b) { return a.author.collection < b.author.collection; });
  return own;
}

Seal SealAt(Collection collection, const replication::Checkpoint& end) {
  return {collection, end.len, end.head, end.signature};
}

absl::StatusOr<std::vector<Seal>> SealsHeld(const Life& life, const Roster& roster, const FeedStore& feeds) {
  const absl::StatusOr<std::vector<HeldFeed>> held = FeedsHeldOf(life, roster, feeds);
  HANSA_RETURN_IF_ERROR(held.status());
  std::vector<Seal> seals;
  for (const HeldFeed& feed : *held) seals.push_back(SealAt(feed.author.collection, feed.newest));
  return seals;
}

std::vector<IncarnationKeys> UnsealedOf(const replication::MemberRecord& member,
                                        const replication::RosterState& state) {
  std::vector<IncarnationKeys> unsealed;
  for (const IncarnationKeys& keys : member.incarnations) {
    const bool has_ended = !member.is_live() || keys.number != member.present().number;
    if (has_ended && !state.seals.contains({member.number, keys.number})) unsealed.push_back(keys);
  }
  return unsealed;
}

absl::StatusOr<Differences> Compare(const Life& life, const std::vector<Seal>& seals, const Roster& roster,
                                    const FeedStore& feeds) {
  const absl::StatusOr<std::vector<HeldFeed>> held = FeedsHeldOf(life, roster, feeds);
  HANSA_RETURN_IF_ERROR(held.status());
  std::map<Collection, const HeldFeed*> copies;
  for (const HeldFeed& feed : *held) copies[feed.author.collection] = &feed;

  Differences differences;
  for (const Seal& seal : seals) {
    const auto found = copies.find(seal.collection);
    const HeldFeed* copy = found == copies.end() ? nullptr : found->second;
    const Sequence here = copy == nullptr ? Sequence() : copy->newest.len;
    if (here < seal.len) {
      differences.to_come.push_back(absl::StrCat("the feed of ", replication::CollectionName(seal.collection),
                                                 " has come here to entry ", here.value(), ", and ends after entry ",
                                                 seal.len.value()));
    } else {
      const absl::StatusOr<bool> passes = PassesThrough(feeds, *copy, seal);
      HANSA_RETURN_IF_ERROR(passes.status());
      if (!*passes) {
        differences.cut_off.push_back(absl::StrCat("the feed of ", replication::CollectionName(seal.collection),
                                                   " has another history here than the one that its end names"));
      } else if (here > seal.len) {
        differences.cut_off.push_back(GoesOn(seal.collection, here, seal.len));
      }
    }
    if (copy != nullptr) copies.erase(found);
  }
  for (const auto& [collection, feed] : copies) {
    differences.cut_off.push_back(GoesOn(collection, feed->newest.len, Sequence()));
  }
  return differences;
}

}  // namespace hansa::node::membership
