#include "node/desk/store_examination.h"

#include <algorithm>
#include <map>

#include "replication/check.h"
#include "replication/entry.h"

namespace hansa::node::desk {

absl::StatusOr<std::vector<ClockFacts::Claim>> NewestClaims(const storage::FeedStore& feeds,
                                                            const replication::Roster& roster) {
  const absl::StatusOr<std::vector<storage::HeldFeed>> held = feeds.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  std::map<std::string, absl::Time> newest;
  for (const storage::HeldFeed& feed : *held) {
    const absl::StatusOr<replication::Bytes> bytes = feeds.ReadHeader(feed.feed, feed.newest.len);
    if (!bytes.ok()) continue;
    const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(*bytes);
    if (!header.ok()) continue;
    const replication::MemberRecord* member = roster.state().Find(feed.author.member);
    const bool is_roster = feed.author.member == replication::kRosterWriter;
    const std::string whose = is_roster ? "roster" : member == nullptr ? "?" : member->slug;
    const absl::Time at = absl::FromUnixMillis(static_cast<std::int64_t>(header->claimed_time_ms));
    const auto [known, is_first] = newest.emplace(whose, at);
    if (!is_first) known->second = std::max(known->second, at);
  }
  std::vector<ClockFacts::Claim> claims;
  claims.reserve(newest.size());
  for (const auto& [whose, at] : newest) claims.push_back({at, whose});
  return claims;
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
