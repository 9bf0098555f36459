// What the roster says of one entry, told the same by everybody who may be asked: WouldAccept beforehand, Fold
// afterwards. Promise: an entry that is void has changed nothing but the length of the roster.
#ifndef HANSA_TESTS_REPLICATION_ROSTER_VERDICT_H_
#define HANSA_TESTS_REPLICATION_ROSTER_VERDICT_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/roster.h"

namespace hansa::replication {

// Everything that a fold has made, as text: two rosters with the same picture say the same.
inline std::string PictureOf(const Roster& roster) {
  const RosterState& state = roster.state();
  std::string picture;
  for (const auto& [number, member] : state.members) {
    absl::StrAppend(&picture, "member ", number.value(), " ", member.slug, " ", member.name, " ",
                    MemberKindName(member.kind), " ", member.country, " ", member.region, " ",
                    MemberStateName(member.state), " since ", member.since.value(), " by ",
                    member.recommended_by.value_or(Member(0)).value());
    for (const LocalName& name : member.names) absl::StrAppend(&picture, " ", name.language, "=", name.text);
    for (const std::string& endpoint : member.endpoints) absl::StrAppend(&picture, " at ", endpoint);
    absl::StrAppend(&picture, " note ", member.standing_note, " settled ", roster.IsPastSealed(number));
    for (const IncarnationKeys& keys : member.incarnations) {
      absl::StrAppend(&picture, "\n  ", keys.number.value(), " ", keys.writer.hex());
      for (const PublicKey& key : keys.tls) absl::StrAppend(&picture, " ", key.hex());
    }
    absl::StrAppend(&picture, "\n");
  }
  for (const auto& [pair, limit] : state.rights) {
    absl::StrAppend(&picture, "right ", static_cast<int>(pair.first), " ", pair.second.value(), " ", limit.value(),
                    "\n");
  }
  for (const auto& [key, granted] : state.statement_keys) {
    absl::StrAppend(&picture, "key ", key.hex(), " ", static_cast<int>(granted.role), " ", granted.code, " ",
                    granted.country, " ", granted.authority.value_or(Member(0)).value(), "\n");
  }
  if (state.framework) absl::StrAppend(&picture, "framework ", state.framework->catalogue_hash.hex(), "\n");
  if (state.network_info) absl::StrAppend(&picture, "network ", state.network_info->name, "\n");
  for (const PublicKey& key : state.writers_used) absl::StrAppend(&picture, "writer used ", key.hex(), "\n");
  for (const auto& [key, owner] : state.tls_owners) {
    absl::StrAppend(&picture, "tls ", key.hex(), " of ", owner.value(), "\n");
  }
  for (const std::string& slug : state.slugs_used) absl::StrAppend(&picture, "slug used ", slug, "\n");
  for (const RecordId& nonce : state.nonces_used) absl::StrAppend(&picture, "nonce used ", nonce.hex(), "\n");
  for (const Hash& consent : state.consents_used) absl::StrAppend(&picture, "consent used ", consent.hex(), "\n");
  for (const auto& [incarnation, seals] : state.seals) {
    absl::StrAppend(&picture, "sealed ", incarnation.first.value(), " ", incarnation.second.value());
    for (const auto& [collection, seal] : seals) {
      absl::StrAppend(&picture, " ", collection.value(), "=", seal.len.value(), ":", seal.head.hex());
    }
    absl::StrAppend(&picture, "\n");
  }
  for (const auto& [form, schema] : state.schemas) {
    absl::StrAppend(&picture, "schema ", form.first.value(), " ", form.second, " ", schema.message, " ",
                    ToHex(schema.descriptor_set), "\n");
  }
  for (const auto& [feed, author] : roster.feeds()) {
    absl::StrAppend(&picture, "feed ", feed.hex(), " ", author.member.value(), " ", author.collection.value(), " ",
                    author.incarnation.value(), " ", author.writer.hex(), " ", author.length_max.value());
    if (author.seal) {
      absl::StrAppend(&picture, " ends at ", author.seal->len.value(), " ", author.seal->head.hex(), " ",
                      author.seal->signature.hex(), " of ", author.seal->feed.hex());
    }
    absl::StrAppend(&picture, "\n");
  }
  for (const Pin& pin : roster.PinsEverListed()) {
    absl::StrAppend(&picture, "pin ", pin.hex(), " ", roster.LiveMemberOf(pin).value_or(Member(0)).value(), "\n");
  }
  const RosterPosition position = roster.position();
  absl::StrAppend(&picture, "position ", position.root_version, " of ", roster.feed().hex(), " whole ",
                  roster.is_whole(), "\n");
  absl::StrAppend(&picture, state.has_policy, roster.needs_upgrade());
  return picture;
}

// Appends `entry` to the roster. Empty: it is valid; else why it is void.
inline std::string Verdict(testing::Network& network, const testing::RosterEntry& entry) {
  const RecordId record = network.RecordOf(entry);
  const absl::Status foretold = network.roster().WouldAccept(entry.kind, record, network.PayloadOf(entry, record));
  const std::string before = PictureOf(network.roster());
  const RosterLine line = network.Append(entry);
  if (entry.schema_ver == 1) {
    EXPECT_EQ(foretold.ok(), line.valid) << foretold;
    if (!network.roster().needs_upgrade()) {
      EXPECT_EQ(std::string(foretold.message()), line.why_void);
    }
  }
  if (!line.valid && !network.roster().needs_upgrade()) {
    EXPECT_EQ(PictureOf(network.roster()), before);
  }
  EXPECT_EQ(line.valid, line.why_void.empty());
  EXPECT_EQ(network.roster().position().len, line.seq);
  return line.why_void;
}

}  // namespace hansa::replication

#endif  // HANSA_TESTS_REPLICATION_ROSTER_VERDICT_H_
