// What replicas promise whatever relays, streams, disks and clocks do to them, each test with the number of its
// promise.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "tests/testing/league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::ApplicantNamed;
using ::hansa::testing::kDialogueKind;
using ::hansa::testing::kIndicatorSetKind;
using ::hansa::testing::League;
using ::hansa::testing::RosterEntry;
using ::testing::HasSubstr;

constexpr char kHub[] = "hub";
constexpr char kEspoo[] = "fi-espoo";
constexpr char kTurku[] = "fi-turku";
constexpr char kTwin[] = "the hub's twin";

class PromisesTest : public ::testing::Test {
 protected:
  void ConnectAll() {
    for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, kHub);
    loop_.Settle();
  }
  void Publish(const std::string& node, Kind kind, const std::string& text) {
    const absl::Status published = loop_.Publish(node, kind, text);
    ASSERT_TRUE(published.ok()) << published;
  }
  // The session that `node` has with `peer`, if any.
  std::optional<SessionView> SessionOf(const std::string& node, const std::string& peer) {
    for (const SessionView& session : loop_[node].replica().Sessions()) {
      if (session.peer == loop_[peer].pin()) return session;
    }
    return std::nullopt;
  }
  // The roster's writer admits a partner, at `hub` and nowhere else.
  absl::Status Admit(const std::string& hub, const std::string& slug) {
    ::hansa::testing::Network& network = league_.network();
    const RosterEntry entry = network.EntryOf(network.AdmissionOf(ApplicantNamed(slug, MemberKind::kPartner, "FIN")));
    NewEntry fresh;
    fresh.kind = entry.kind;
    fresh.record = network.RecordOf(entry);
    fresh.payload =
        SaltedPayload{::hansa::testing::SaltNamed(fresh.record.view()), network.PayloadOf(entry, fresh.record)};
    return loop_.PublishEntry(hub, fresh);
  }
  bool Knows(const std::string& node, const std::string& slug) {
    return loop_[node].replica().roster().state().Find(slug) != nullptr;
  }
  // A machine with the hub's keys whose disk holds the first `entries` of the roster.
  void StartHub(const std::string& name, const ::hansa::testing::Key& roster_writer, std::size_t entries) {
    const ::hansa::testing::Network& network = league_.network();
    loop_.Add(name, network.roster().root(), network.hub(), roster_writer);
    for (const VerifiedUnit& unit : network.units()) {
      if (entries-- == 0) break;
      ASSERT_TRUE(loop_[name].disk().Append({&unit, 1}).ok());
    }
    loop_[name].Start();
  }

  League league_{{kEspoo, kTurku}};
  ::hansa::testing::Loop& loop_ = league_.loop();
  const FeedId feed_ = league_.FeedOf(kEspoo, kIndicators);
};

TEST_F(PromisesTest, P4_AnEndThatARelayHidesShowsAsBehind) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "shown");
  loop_.Settle();
  // The hub tells Turku that there is more, as a checkpoint has it, and gives none of it.
  loop_.Meddle([](const std::string& from, const std::string& to, Frame& frame) {
    if (from != kHub || to != kTurku) return true;
    if (auto* have = std::get_if<Have>(&frame)) have->unit.clear();
    if (const auto* unit = std::get_if<UnitFrame>(&frame)) {
      const TransferUnit hidden = DecodeUnit(unit->unit).value();
      frame = WantNack{hidden.feed, hidden.from, NackReason::kNotHeld};
    }
    return true;
  });
  for (const char* text : {"hidden", "hidden too"}) Publish(kEspoo, kIndicatorSetKind, text);
  loop_.Settle();
  EXPECT_EQ(league_.LengthAt(kTurku, feed_), 1u);
  EXPECT_EQ(SessionOf(kTurku, kHub)->behind_entries, 2u);
  EXPECT_FALSE(SessionOf(kTurku, kHub)->newest_comparison_equal);
  loop_.Meddle(nullptr);
  loop_.Dial(kTurku, kEspoo);
  loop_.Settle();
  EXPECT_EQ(league_.LengthAt(kTurku, feed_), 3u);
  EXPECT_EQ(SessionOf(kTurku, kHub)->behind_entries, 0u);
}

TEST_F(PromisesTest, P10_AStreamThatStallsIsNoticedByBothSidesWithinNinetySeconds) {
  ConnectAll();
  ASSERT_TRUE(SessionOf(kEspoo, kHub)->newest_comparison_equal);
  loop_.Stall(kEspoo, kHub);
  Publish(kTurku, kIndicatorSetKind, "what Espoo does not hear of");
  loop_.Settle(absl::Seconds(90));
  EXPECT_FALSE(SessionOf(kEspoo, kHub).has_value()) << "Espoo still believes that it is connected";
  EXPECT_FALSE(SessionOf(kHub, kEspoo).has_value()) << "the hub still believes that Espoo is connected";
  EXPECT_TRUE(SessionOf(kHub, kTurku)->newest_comparison_equal) << "the streams that carry go on";
}

TEST_F(PromisesTest, P10_NobodyCallsAPeerEqualThatHasNotSaidSo) {
  loop_.Meddle([](const std::string& from, const std::string&, Frame& frame) {
    // Espoo's word on roots never comes: its roots are of another scope, its answers are to nothing.
    if (from != kEspoo) return true;
    if (auto* hello = std::get_if<Hello>(&frame)) hello->predicted_root = Hash();
    if (auto* root = std::get_if<ScopeRoot>(&frame)) root->root = TreeDigest();
    if (auto* ping = std::get_if<Ping>(&frame)) ping->root = TreeDigest();
    return true;
  });
  ConnectAll();
  EXPECT_FALSE(SessionOf(kHub, kEspoo)->newest_comparison_equal);
  EXPECT_EQ(SessionOf(kHub, kEspoo)->last_equal, std::nullopt);
  EXPECT_TRUE(SessionOf(kHub, kTurku)->newest_comparison_equal);
}

TEST_F(PromisesTest, P13_AHubWhoseDiskIsLostIsRebuiltByThePeers) {
  ConnectAll();
  Publish(kEspoo, kIndicatorSetKind, "of Espoo");
  Publish(kTurku, kDialogueKind, "of Turku");
  loop_.Settle();
  ASSERT_EQ(loop_[kEspoo].replica().HoldersOf(feed_, Sequence(1)).size(), 1u);  // the hub has acknowledged it
  const std::vector<FeedRow> held = loop_.Heads()[kHub];
  for (const char* node : {kHub, kEspoo}) loop_.Crash(node);
  // The roster's key went with the disk; and what Espoo published, only Turku can give back.
  StartHub(kHub, nullptr, 0);
  EXPECT_TRUE(loop_.Heads()[kHub].empty());
  loop_.Dial(kTurku, kHub);
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_.Heads()[kHub], held);
  EXPECT_EQ(loop_[kHub].replica().missing(), 0u);
  EXPECT_TRUE(SessionOf(kHub, kTurku)->newest_comparison_equal);
}

TEST_F(PromisesTest, P15_AnOlderRosterTakesNothingBackAndIsContinuedByNobody) {
  ConnectAll();
  const RosterPosition newest = loop_[kTurku].replica().roster().position();
  loop_.Crash(kHub);
  StartHub(kHub, league_.network().writer(), 5);  // the founding and the authority: it knows of no city
  ASSERT_FALSE(Knows(kHub, kTurku));
  loop_.Dial(kTurku, kHub);
  loop_.Settle();
  EXPECT_EQ(loop_[kTurku].replica().roster().position(), newest);
  EXPECT_FALSE(Admit(kHub, "fi-instead").ok());
  // Whoever does not write the roster itself is brought up to date.
  StartHub(kTwin, nullptr, 5);
  loop_.Dial(kTurku, kTwin);
  loop_.Settle();
  EXPECT_EQ(loop_[kTurku].replica().roster().position(), newest);
  EXPECT_EQ(loop_[kTwin].replica().roster().position(), newest);
}

TEST_F(PromisesTest, P15_ARootDocumentThatIsKnownAlreadyIsNoNews) {
  ConnectAll();
  Replica& espoo = loop_[kEspoo].replica();
  const SessionId with_hub = SessionOf(kEspoo, kHub)->session;
  const Frame known = RootDocs{espoo.roster().root().SignedFrom(1)};
  const Effects effects = espoo.Step(espoo.deadline(), Received{with_hub, known});
  for (const Effect& effect : effects) EXPECT_FALSE(std::holds_alternative<KeepRoots>(effect));
  for (const SessionView& session : espoo.Sessions()) EXPECT_NE(session.phase, Phase::kClosed);
}

TEST_F(PromisesTest, P15_TwoViewsOfTheRosterAreSeenInTheFirstSessionOfTheirHolders) {
  // The roster's key is on two machines, and each tells one city a story of its own.
  StartHub(kTwin, league_.network().writer(), league_.network().units().size());
  loop_.Dial(kEspoo, kHub);
  loop_.Dial(kTurku, kTwin);
  loop_.Settle();
  ASSERT_TRUE(Admit(kHub, "fi-one").ok());
  ASSERT_TRUE(Admit(kTwin, "fi-other").ok());
  loop_.Settle();
  ASSERT_TRUE(Knows(kEspoo, "fi-one") && Knows(kTurku, "fi-other"));
  loop_.Dial(kEspoo, kTurku);
  while (loop_.RunOne()) {
  }
  for (const auto& [city, other] : {std::pair(kEspoo, kTurku), std::pair(kTurku, kEspoo)}) {
    EXPECT_THAT(SessionOf(city, other)->last_error, HasSubstr("another history")) << city;
    EXPECT_FALSE(SessionOf(city, other)->newest_comparison_equal) << city;
  }
  EXPECT_FALSE(Knows(kEspoo, "fi-other"));
  EXPECT_FALSE(Knows(kTurku, "fi-one"));
}

// Every machine's clock says something else, one of them jumps on the way, and records claim any time at all.
TEST_F(PromisesTest, P16_WhateverClocksSayTheSameArrives) {
  constexpr absl::Duration kYear = absl::Hours(24 * 365);
  loop_[kEspoo].clock_ahead = 129 * kYear;
  loop_[kTurku].clock_ahead = -40 * kYear;
  ConnectAll();
  std::uint64_t published = 0;
  for (const std::uint64_t claimed : {std::uint64_t{4'102'444'800'000}, std::uint64_t{0}, ~std::uint64_t{0}}) {
    NewEntry entry;
    entry.kind = kIndicatorSetKind;
    entry.record = ::hansa::testing::RecordNamed(absl::StrCat("claims ", claimed));
    entry.claimed_time_ms = claimed;
    entry.payload = SaltedPayload{::hansa::testing::SaltNamed(absl::StrCat("salt ", claimed)), "a value"};
    ASSERT_TRUE(loop_.PublishEntry(kEspoo, entry).ok());
    ++published;
    loop_.Settle();
    loop_[kHub].clock_ahead += 70 * kYear;
    loop_.Settle(absl::Minutes(5));
    // Who took the jump for silence begins again.
    if (!SessionOf(kEspoo, kHub)) loop_.Dial(kEspoo, kHub);
    if (!SessionOf(kTurku, kHub)) loop_.Dial(kTurku, kHub);
    loop_.Settle();
    ASSERT_EQ(league_.LengthAt(kTurku, feed_), published) << "after a claim of " << claimed;
  }
  EXPECT_TRUE(loop_.AllEqual({kHub, kEspoo, kTurku}));
  EXPECT_TRUE(SessionOf(kTurku, kHub)->newest_comparison_equal);
}

}  // namespace
}  // namespace hansa::replication
