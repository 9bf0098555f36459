// Random rosters: what is kept up to date entry by entry equals what is made from nothing, and the order in which root
// documents and entries come makes no difference. A seed is a bug report.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "replication/roster.h"
#include "tests/replication/roster_verdict.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using testing::Applicant;
using testing::ApplicantNamed;
using testing::AuthorityOf;
using testing::CityNamed;
using testing::Key;
using testing::KeyNamed;
using testing::KeysNamed;
using testing::Must;
using testing::Network;
using testing::NewKeys;
using testing::NewKeysNamed;
using testing::RosterEntry;

constexpr std::uint64_t kSeeds = 25;
constexpr int kSteps = 45;

// The same numbers for the same seed.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  std::uint64_t Below(std::uint64_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return (state_ >> 11) % bound;
  }

 private:
  std::uint64_t state_;
};

// A network to which anything may happen next, lawful or not.
class RandomRoster {
 public:
  explicit RandomRoster(std::uint64_t seed) : chance_(seed) { network_.AdmitAuthority(finland_); }

  const Network& network() const { return network_; }
  const testing::Keys& officers() const { return officers_; }
  const std::set<std::string>& happened() const { return happened_; }

  void Step() {
    switch (chance_.Below(14)) {
      case 0:
      case 1:
        return Admit();
      case 2:
      case 3:
        return Renew();
      case 4:
      case 5:
        return SealSomething();
      case 6:
        return Revoke();
      case 7:
        return Say("standing", chance_.Below(2) == 0 ? roster_kind::kSuspend : roster_kind::kResume,
                   Encode(Standing{AnyMember(), "note"}));
      case 8:
      case 9:
        return Update();
      case 10:
        return GrowPolicy();
      case 11:
        return Say("schema", roster_kind::kSchema,
                   Encode(SchemaInfo{Kind(2570), static_cast<std::uint16_t>(1 + chance_.Below(3)), Fresh(), "a.B"}));
      case 12:
        return ChangeOfficers();
      default:
        return TakeOver();
    }
  }

 private:
  Sequence Length() const { return network_.roster().position().len; }
  std::string Fresh() { return absl::StrCat("fresh ", ++fresh_); }
  // Approved, but for one entry in six.
  void Say(const std::string& what, Kind kind, const Bytes& body) {
    testing::Keys approvers;
    if (chance_.Below(6) != 0) approvers = officers_;
    const RosterEntry entry{kind, body, approvers, testing::RecordNamed(Fresh())};
    if (network_.Append(entry).valid) happened_.insert(what);
  }
  Member AnyMember() { return Member(static_cast<std::uint32_t>(chance_.Below(5) == 0 ? 1 : 10 + chance_.Below(8))); }
  // A member that has been admitted, with the writer keys of its incarnations.
  const MemberRecord* Known() {
    const MemberRecord* member = network_.roster().state().Find(AnyMember());
    return member != nullptr && writers_.contains(member->present().writer) ? member : nullptr;
  }
  const Key& WriterOf(const IncarnationKeys& keys) const { return writers_.at(keys.writer); }

  void Admit() {
    const std::string slug = absl::StrCat("member-", ++fresh_);
    const bool is_city = chance_.Below(3) != 0;
    const Applicant applicant = is_city ? CityNamed(slug, "FIN") : ApplicantNamed(slug, MemberKind::kPartner, "INT");
    writers_[applicant.writer->public_key()] = applicant.writer;
    MemberAdd add = network_.AdmissionOf(applicant);
    if (is_city) add.recommendation = network_.Recommend(applicant, *finland_.writer, "FIN");
    Say("admission", roster_kind::kMemberAdd, Encode(add));
  }
  void Renew() {
    const MemberRecord* member = Known();
    if (member == nullptr) return;
    const NewKeys keys = NewKeysNamed(Fresh());
    writers_[keys.writer->public_key()] = keys.writer;
    const Key consenting = chance_.Below(2) == 0 ? WriterOf(member->present()) : nullptr;
    const NewIncarnation fresh =
        network_.Renewal(member->number, member->present().number.value() + 1, keys, consenting);
    Say("incarnation", roster_kind::kIncarnation, Encode(fresh));
  }
  std::vector<Seal> SealsOf(const MemberRecord& member, const IncarnationKeys& keys) {
    std::vector<Seal> seals;
    for (std::uint16_t collection = 1; collection < 12; ++collection) {
      if (chance_.Below(3) != 0) continue;
      seals.push_back(network_.SealOf(member.number, keys.number.value(), Collection(collection), *WriterOf(keys),
                                      1 + chance_.Below(50), Fresh()));
    }
    return seals;
  }
  void SealSomething() {
    const MemberRecord* member = Known();
    if (member == nullptr) return;
    const IncarnationKeys& keys = member->incarnations[chance_.Below(member->incarnations.size())];
    SealList list{member->number, keys.number, SealsOf(*member, keys), std::nullopt};
    if (chance_.Below(2) == 0) list = network_.Consented(list, WriterOf(member->present()));
    Say("seals", roster_kind::kSeal, Encode(list));
  }
  void Revoke() {
    const MemberRecord* member = Known();
    if (member == nullptr || chance_.Below(2) == 0) return;
    Say("end", roster_kind::kRevoke,
        Encode(replication::Revoke{member->number, RevokeReason::kRetired, SealsOf(*member, member->present())}));
  }
  void Update() {
    const MemberRecord* member = Known();
    if (member == nullptr) return;
    MemberUpdate update{member->number, Fresh()};
    if (chance_.Below(2) == 0) {
      update = network_.TlsUpdate(member->number, {KeyNamed(Fresh())}, WriterOf(member->present()));
    }
    Say("update", roster_kind::kMemberUpdate, Encode(update));
  }
  void GrowPolicy() {
    Policy policy;
    for (const auto& [pair, limit] : network_.roster().state().rights) {
      policy.rights.push_back({pair.first, pair.second, Sequence(limit.value() + chance_.Below(2))});
    }
    const WriteRight fresh{MemberKind::kPartner, Collection(static_cast<std::uint16_t>(2 + chance_.Below(12))),
                           Sequence(100)};
    if (!network_.roster().state().rights.contains({fresh.kind, fresh.collection})) policy.rights.push_back(fresh);
    Say("policy", roster_kind::kPolicy, Encode(policy));
  }
  void ChangeOfficers() {
    if (chance_.Below(2) == 0) return;
    const testing::Keys fresh = KeysNamed(Fresh(), 1);
    // In force from here on, or from a little before: then entries are judged anew.
    const std::uint64_t least = network_.roster().root().newest().from_len.value();
    const std::uint64_t from = Length().value() - std::min(Length().value() - least, chance_.Below(4));
    Must(network_.AppendRoot(network_.RootWithOfficers(fresh, Sequence(from))));
    officers_ = fresh;
    happened_.insert("officers");
  }
  void TakeOver() {
    if (chance_.Below(3) != 0) return;
    const std::uint64_t lost = std::min(Length().value(), chance_.Below(4));
    if (network_.roster().root().Rosters().size() == 1 && Length().value() - lost < 5) return;
    network_.TakeOver(KeyNamed(Fresh()), Sequence(Length().value() - lost));
    happened_.insert("takeover");
  }

  Chance chance_;
  Network network_ = Network::Founded();
  Applicant finland_ = AuthorityOf("FIN");
  testing::Keys officers_ = network_.officers();
  std::map<PublicKey, Key> writers_;
  std::set<std::string> happened_;
  int fresh_ = 0;
};

// The feeds and keys that the state alone gives, made from nothing, against those that the roster names.
std::string FaultsOfIndex(const Roster& roster) {
  std::map<FeedId, FeedAuthor> feeds;
  std::map<Pin, Member> pins;
  for (const FeedAuthor& author : roster.RosterFeeds()) {
    feeds[FeedIdOf(SodiumCrypto(), roster.network(), author)] = author;
  }
  for (const auto& [number, member] : roster.state().members) {
    for (const IncarnationKeys& keys : member.incarnations) {
      for (const auto& [pair, limit] : roster.state().rights) {
        if (pair.first != member.kind || limit.value() == 0) continue;
        FeedAuthor author{number, pair.second, keys.number, keys.writer, limit};
        const FeedId feed = FeedIdOf(SodiumCrypto(), roster.network(), author);
        const auto sealed = roster.state().seals.find({number, keys.number});
        if (sealed != roster.state().seals.end()) {
          const auto seal = sealed->second.find(pair.second);
          author.seal =
              seal != sealed->second.end() ? seal->second : Checkpoint{feed, Sequence(0), Hash(), Signature()};
        }
        feeds[feed] = author;
      }
    }
    if (!member.is_live()) continue;
    for (const PublicKey& key : member.present().tls) pins[PinOf(SodiumCrypto(), key)] = number;
  }
  EXPECT_EQ(roster.feeds(), feeds);
  std::string faults;
  for (const Pin& pin : roster.PinsEverListed()) {
    const auto live = pins.find(pin);
    const Member expected = live == pins.end() ? kMemberUnknown : live->second;
    if (roster.LiveMemberOf(pin).value_or(kMemberUnknown) != expected) absl::StrAppend(&faults, pin.hex(), "\n");
  }
  return faults;
}

// What a policy that changes nothing makes of it: then the roster makes its own index from nothing.
void ExpectAnIndexMadeFromNothingToBeTheSame(const Network& network, const testing::Keys& officers) {
  Network copy = network;
  Policy same;
  for (const auto& [pair, limit] : network.roster().state().rights)
    same.rights.push_back({pair.first, pair.second, limit});
  const RosterLine line =
      copy.Append({roster_kind::kPolicy, Encode(same), officers, testing::RecordNamed("same policy")});
  ASSERT_EQ(line.why_void, "");
  EXPECT_EQ(copy.roster().feeds(), network.roster().feeds());
  for (const Pin& pin : network.roster().PinsEverListed()) {
    EXPECT_EQ(copy.roster().LiveMemberOf(pin), network.roster().LiveMemberOf(pin));
  }
}

// Everything there is, given to a newcomer in an order that chance chooses: documents in theirs, entries of each feed
// in theirs, and none of a feed that it does not know yet.
Roster FoldedInSomeOrder(const Network& network, Chance& chance) {
  const std::vector<Bytes> documents = network.roster().root().SignedFrom(1);
  Roster roster(SodiumCrypto(), Must(RootChain::Begin(SodiumCrypto(), Must(DecodeSignedRoot(documents[0])))));
  std::size_t next_document = 1;
  std::map<FeedId, std::vector<Entry>> waiting;
  std::map<FeedId, std::size_t> next;
  for (const VerifiedUnit& unit : network.units()) waiting[unit.end().feed].push_back(unit.unit().entries.front());
  // A hurried one gets documents early, a late one gets them after most entries.
  const std::uint64_t hurry = 1 + chance.Below(20);
  while (true) {
    std::vector<FeedId> ready;
    for (const auto& [feed, entries] : waiting) {
      if (next[feed] < entries.size() && roster.AuthorOf(feed) != nullptr) ready.push_back(feed);
    }
    const bool has_document = next_document < documents.size();
    if (ready.empty() && !has_document) return roster;
    if (has_document && (ready.empty() || chance.Below(hurry) == 0)) {
      Must(roster.AppendRoot(Must(DecodeSignedRoot(documents[next_document++]))));
    } else {
      const FeedId feed = ready[chance.Below(ready.size())];
      roster.Fold(waiting[feed][next[feed]++]);
    }
  }
}

TEST(RandomRosterTest, WhatIsKeptUpToDateEqualsWhatIsMadeFromNothing) {
  std::set<std::string> happened;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomRoster random(seed);
    for (int step = 0; step < kSteps; ++step) {
      random.Step();
      ASSERT_EQ(FaultsOfIndex(random.network().roster()), "") << "step " << step;
    }
    ExpectAnIndexMadeFromNothingToBeTheSame(random.network(), random.officers());
    if (::testing::Test::HasFailure()) return;
    happened.insert(random.happened().begin(), random.happened().end());
  }
  EXPECT_EQ(happened, (std::set<std::string>{"admission", "end", "incarnation", "officers", "policy", "schema", "seals",
                                             "standing", "takeover", "update"}))
      << "chance has shown every kind of entry at least once";
}

TEST(RandomRosterTest, TheOrderInWhichDocumentsAndEntriesComeMakesNoDifference) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomRoster random(seed);
    for (int step = 0; step < kSteps; ++step) random.Step();
    const Roster& expected = random.network().roster();
    Chance chance(seed + 1000);
    for (int order = 0; order < 3; ++order) {
      const Roster roster = FoldedInSomeOrder(random.network(), chance);
      ASSERT_EQ(PictureOf(roster), PictureOf(expected)) << "order " << order;
      ASSERT_EQ(roster.position(), expected.position());
      ASSERT_EQ(roster.lines().size(), expected.lines().size());
      for (std::size_t i = 0; i < roster.lines().size(); ++i) {
        ASSERT_EQ(roster.lines()[i].valid, expected.lines()[i].valid) << i;
        ASSERT_EQ(roster.lines()[i].why_void, expected.lines()[i].why_void) << i;
        ASSERT_EQ(roster.lines()[i].subject, expected.lines()[i].subject) << i;
        ASSERT_EQ(roster.lines()[i].roster, expected.lines()[i].roster) << i;
      }
    }
  }
}

}  // namespace
}  // namespace hansa::replication
