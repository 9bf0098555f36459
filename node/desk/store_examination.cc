#include "node/desk/store_examination.h"

#include "replication/check.h"
#include "replication/entry.h"

namespace hansa::node::desk {

absl::StatusOr<std::optional<ClockFacts::Claim>> NewestClaim(const storage::FeedStore& feeds,
                                                             const replication::Roster& roster) {
  const absl::StatusOr<std::vector<storage::HeldFeed>> held = feeds.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  std::optional<ClockFacts::Claim> newest;
  for (const storage::HeldFeed& feed : *held) {
    const absl::StatusOr<replication::Bytes> bytes = feeds.ReadHeader(feed.feed, feed.newest.len);
    if (!bytes.ok()) continue;
    const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(*bytes);
    if (!header.ok()) continue;
    const absl::Time at = absl::FromUnixMillis(static_cast<std::int64_t>(header->claimed_time_ms));
    if (newest && at <= newest->at) continue;
    const replication::MemberRecord* member = roster.state().Find(feed.author.member);
    newest = {at, feed.author.member == replication::kRosterWriter ? "roster" : member == nullptr ? "?" : member->slug};
  }
  return newest;
}

std::vector<std::string> HubSlugs(const replication::Roster& roster) {
  std::vector<std::string> slugs;
  for (const auto& [number, member] : roster.state().members) {
    if (member.kind == replication::MemberKind::kSecretariat && member.is_live()) slugs.push_back(member.slug);
  }
  return slugs;
}

std::set<replication::Pin> HubPins(const replication::Roster& roster) {
  std::set<replication::Pin> pins;
  for (const auto& [number, member] : roster.state().members) {
    if (member.kind != replication::MemberKind::kSecretariat || !member.is_live()) continue;
    pins.merge(roster.PinsOf(number));
  }
  return pins;
}

}  // namespace hansa::node::desk
