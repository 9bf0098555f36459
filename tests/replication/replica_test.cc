// Whole replicas talking to each other: what arrives, what is refused, what survives a cut or a crash at any point.
#include "replication/replica.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/session_times.h"
#include "tests/testing/league.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::kDialogueKind;
using ::hansa::testing::kIndicatorSetKind;
using ::hansa::testing::League;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::set<std::string> kAll = {"hub", "fi-espoo", "fi-turku"};

class ReplicaTest : public ::testing::Test {
 protected:
  void ConnectAll() {
    league_.loop().Dial("fi-espoo", "hub");
    league_.loop().Dial("fi-turku", "hub");
    league_.loop().Settle();
  }
  std::uint64_t IndicatorsOfEspooAt(const std::string& node) {
    return league_.LengthAt(node, league_.FeedOf("fi-espoo", kIndicators));
  }
  std::string LastErrorAt(const std::string& node) {
    for (const SessionView& session : league_.loop()[node].replica().Sessions()) {
      if (!session.last_error.empty()) return session.last_error;
    }
    return "";
  }

  League league_{{"fi-espoo", "fi-turku"}};
  ::hansa::testing::Loop& loop_ = league_.loop();
};

TEST_F(ReplicaTest, ANewcomerGetsTheRosterAndKnowsItself) {
  EXPECT_FALSE(loop_["fi-espoo"].replica().own_member());
  ConnectAll();
  EXPECT_EQ(loop_["fi-espoo"].replica().own_member(), Member(11));
  EXPECT_EQ(loop_["fi-espoo"].replica().roster().position(), league_.network().roster().position());
  EXPECT_TRUE(loop_.AllEqual(kAll));
}

TEST_F(ReplicaTest, WhatOnePublishesIsOnEveryOther) {
  ConnectAll();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  EXPECT_EQ(IndicatorsOfEspooAt("hub"), 1u);
  EXPECT_EQ(IndicatorsOfEspooAt("fi-turku"), 1u);
  EXPECT_TRUE(loop_.AllEqual(kAll));
}

TEST_F(ReplicaTest, BothSidesOfASessionKnowThatTheyAreEqual) {
  ConnectAll();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  for (const std::string& name : kAll) {
    for (const SessionView& session : loop_[name].replica().Sessions()) {
      EXPECT_TRUE(session.newest_comparison_equal) << name;
      EXPECT_EQ(session.phase, Phase::kLive) << name;
      EXPECT_EQ(session.behind_entries, 0u) << name;
    }
  }
}

TEST_F(ReplicaTest, NodesInSyncGreetEachOtherWithTwoFrames) {
  ConnectAll();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  loop_.Cut("fi-espoo", "hub");
  std::vector<std::string> frames;
  // The fence's claim is no part of comparing.
  loop_.Listen([&](const std::string&, const std::string&, const Frame& frame) {
    const bool is_of_fence = std::holds_alternative<Claim>(frame) || std::holds_alternative<ClaimReply>(frame);
    if (!is_of_fence) frames.push_back(FrameName(frame));
  });
  loop_.Dial("fi-espoo", "hub");
  while (loop_.RunOne()) {
  }
  EXPECT_THAT(frames, ElementsAre("Hello", "Hello"));
  EXPECT_TRUE(loop_["fi-espoo"].replica().Sessions().front().newest_comparison_equal);
  EXPECT_TRUE(loop_["hub"].replica().Sessions().back().newest_comparison_equal);
}

TEST_F(ReplicaTest, AnyoneRelaysWhileTheHubIsAway) {
  ConnectAll();
  loop_.Cut("fi-espoo", "hub");
  loop_.Cut("fi-turku", "hub");
  loop_.Dial("fi-turku", "fi-espoo");
  loop_.Settle();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  EXPECT_EQ(IndicatorsOfEspooAt("fi-turku"), 1u);
  loop_.Cut("fi-turku", "fi-espoo");
  loop_.Dial("hub", "fi-turku");  // the hub gets it from Turku, though Espoo is not there
  loop_.Settle();
  EXPECT_EQ(IndicatorsOfEspooAt("hub"), 1u);
}

TEST_F(ReplicaTest, HoldersAreThoseWhoAcknowledged) {
  ConnectAll();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  const FeedId feed = league_.FeedOf("fi-espoo", kIndicators);
  EXPECT_TRUE(loop_["fi-espoo"].replica().HoldersOf(feed, Sequence(1)).empty());
  loop_.Settle();
  EXPECT_THAT(loop_["fi-espoo"].replica().HoldersOf(feed, Sequence(1)), ElementsAre(Member(1)));
}

TEST_F(ReplicaTest, HoldingsAreThoseWhoAcknowledgedOrWereFoundEqual) {
  ConnectAll();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  const FeedId feed = league_.FeedOf("fi-espoo", kIndicators);
  EXPECT_THAT(loop_["fi-espoo"].replica().HoldingsOf(feed, Sequence(1)), ::testing::IsEmpty());
  std::optional<absl::Time> acknowledged_at;
  loop_.Listen([&](const std::string&, const std::string& to, const Frame& frame) {
    const auto* ack = std::get_if<Ack>(&frame);
    if (to == "fi-espoo" && ack != nullptr && ack->feed == feed) acknowledged_at = loop_.now();
  });
  loop_.Settle();
  loop_.Listen(nullptr);
  ASSERT_TRUE(acknowledged_at);
  const std::optional<absl::Time> equal_at = loop_["fi-espoo"].replica().Sessions().front().last_equal;
  ASSERT_TRUE(equal_at);
  std::vector<Holding> holdings = loop_["fi-espoo"].replica().HoldingsOf(feed, Sequence(1));
  ASSERT_EQ(holdings.size(), 1u);
  EXPECT_EQ(holdings[0].member, Member(1));
  EXPECT_TRUE(holdings[0].acknowledged);
  EXPECT_EQ(holdings[0].known_at, std::max(*acknowledged_at, *equal_at));
  EXPECT_THAT(loop_["fi-espoo"].replica().HoldingsOf(feed, Sequence(2)), ::testing::IsEmpty());

  // What was acknowledged to a process that has ended is not known any more; that both are equal is.
  loop_.Crash("fi-espoo");
  EXPECT_THAT(loop_["fi-espoo"].replica().HoldingsOf(feed, Sequence(1)), ::testing::IsEmpty());
  loop_.Dial("fi-espoo", "hub");
  loop_.Settle();
  holdings = loop_["fi-espoo"].replica().HoldingsOf(feed, Sequence(1));
  ASSERT_EQ(holdings.size(), 1u);
  EXPECT_EQ(holdings[0].member, Member(1));
  EXPECT_FALSE(holdings[0].acknowledged);
}

TEST_F(ReplicaTest, WhoKeepsAFeedNoLongerIsNoHolderOfIt) {
  ConnectAll();
  loop_.Cut("fi-turku", "hub");  // Espoo alone gives and is answered
  loop_.Dial("fi-turku", "fi-espoo");
  loop_.Settle();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  ASSERT_TRUE(loop_.Publish("fi-espoo", kPractice, "a practice").ok());
  loop_.Settle();
  const Replica& espoo = loop_["fi-espoo"].replica();
  const FeedId indicators = league_.FeedOf("fi-espoo", kIndicators);
  const FeedId practices = league_.FeedOf("fi-espoo", kPractices);
  const Member turku = league_.network().roster().state().Find("fi-turku")->number;
  ASSERT_THAT(espoo.HoldersOf(indicators, Sequence(1)), Contains(turku));
  loop_.Choose("fi-turku", league_.Only({"fi-espoo"}, kPractices));
  loop_.Settle();
  EXPECT_EQ(IndicatorsOfEspooAt("fi-turku"), 0u);
  EXPECT_THAT(espoo.HoldersOf(indicators, Sequence(1)), ElementsAre(Member(1)));
  EXPECT_THAT(espoo.HoldingsOf(indicators, Sequence(1)), ::testing::SizeIs(1));
  EXPECT_THAT(espoo.HoldersOf(practices, Sequence(1)), Contains(turku));
  loop_.Choose("fi-turku", InterestInEverything());
  loop_.Settle();
  EXPECT_THAT(espoo.HoldersOf(indicators, Sequence(1)), Contains(turku));
}

TEST_F(ReplicaTest, P1_AcknowledgesOnlyWhatTheDiskHas) {
  ConnectAll();
  const FeedId feed = league_.FeedOf("fi-espoo", kIndicators);
  bool acknowledged_early = false;
  int acks = 0;
  loop_.Listen([&](const std::string& from, const std::string&, const Frame& frame) {
    const auto* ack = std::get_if<Ack>(&frame);
    if (ack == nullptr || ack->feed != feed) return;
    ++acks;
    acknowledged_early = acknowledged_early || league_.LengthAt(from, feed) < ack->durable_through.value();
  });
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  EXPECT_EQ(acks, 2);  // hub to Espoo, Turku to hub
  EXPECT_FALSE(acknowledged_early);
}

TEST_F(ReplicaTest, LargeFeedsTravelUnitByUnit) {
  for (int i = 0; i < 12; ++i) {
    league_.loop().Dial("fi-espoo", "hub");
    if (i == 0) loop_.Settle();
    ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, std::string(200'000, static_cast<char>('a' + i))).ok());
  }
  ConnectAll();
  EXPECT_EQ(IndicatorsOfEspooAt("fi-turku"), 12u);
  EXPECT_TRUE(loop_.AllEqual(kAll));
}

TEST_F(ReplicaTest, P3_AnAlteredUnitIsRefusedAndChangesNothing) {
  ConnectAll();
  loop_.Meddle([](const std::string& from, const std::string& to, Frame& frame) {
    if (from != "hub" || to != "fi-turku") return true;
    if (auto* unit = std::get_if<UnitFrame>(&frame)) unit->unit[160] = static_cast<char>(unit->unit[160] ^ 1);
    if (auto* have = std::get_if<Have>(&frame); have != nullptr && !have->unit.empty()) {
      have->unit[160] = static_cast<char>(have->unit[160] ^ 1);
    }
    return true;
  });
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  EXPECT_EQ(IndicatorsOfEspooAt("fi-turku"), 0u);
  EXPECT_THAT(LastErrorAt("fi-turku"), HasSubstr("refused"));
  loop_.Meddle(nullptr);
  loop_.Dial("fi-turku", "fi-espoo");  // an honest source is enough
  loop_.Settle();
  EXPECT_EQ(IndicatorsOfEspooAt("fi-turku"), 1u);
}

TEST_F(ReplicaTest, P11_AFeedThatIsRefusedHoldsUpNoOther) {
  ConnectAll();
  const FeedId poisoned = league_.FeedOf("fi-espoo", kIndicators);
  loop_.Meddle([&](const std::string& from, const std::string& to, Frame& frame) {
    if (from != "hub" || to != "fi-turku") return true;
    auto* have = std::get_if<Have>(&frame);
    if (have != nullptr && have->checkpoint.feed == poisoned) have->checkpoint.signature = Signature();
    auto* unit = std::get_if<UnitFrame>(&frame);
    if (unit != nullptr && unit->unit.substr(0, 16) == poisoned.str()) unit->unit.back() ^= 1;
    return true;
  });
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  ASSERT_TRUE(loop_.Publish("fi-espoo", kDialogueKind, "a question").ok());
  loop_.Settle();
  EXPECT_EQ(IndicatorsOfEspooAt("fi-turku"), 0u);
  EXPECT_EQ(league_.LengthAt("fi-turku", league_.FeedOf("fi-espoo", kDialogue)), 1u);
}

TEST_F(ReplicaTest, AHubThatBecomesAWitnessIsAskedAtOnceByWhomItTurnedAway) {
  ConnectAll();
  loop_.Crash("hub");
  loop_.Meddle([](const std::string& from, const std::string& to, Frame& frame) {
    if (auto* hello = std::get_if<Hello>(&frame); hello != nullptr && from == "fi-turku") {
      hello->predicted_root = Hash();  // it cannot tell yet where both stand
    }
    return from != "hub" || to != "fi-turku";
  });
  loop_.Dial("fi-turku", "hub");
  loop_.Settle(absl::ZeroDuration());  // met, and cut before the two have compared
  loop_.Dial("fi-espoo", "hub");
  loop_.Settle(kSettle);
  ASSERT_EQ(loop_["fi-espoo"].replica().fence(), Fence::kUnconfirmed);

  loop_.Meddle(nullptr);
  loop_.Dial("fi-turku", "hub");
  loop_.Settle();
  EXPECT_EQ(loop_["fi-espoo"].replica().fence(), Fence::kOpen);
}

TEST_F(ReplicaTest, SomebodyWhoWasNotAdmittedCannotPublish) {
  EXPECT_THAT(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023"),
              ::hansa::testing::StatusIs(absl::StatusCode::kFailedPrecondition, "not a member yet"));
}

TEST_F(ReplicaTest, PolicySaysWhoMayWriteWhat) {
  ConnectAll();
  EXPECT_THAT(loop_.Publish("hub", kIndicatorSetKind, "2023"),
              ::hansa::testing::StatusIs(absl::StatusCode::kFailedPrecondition, "policy"));
  EXPECT_THAT(loop_.Publish("fi-espoo", roster_kind::kNetworkInfo, "x"),
              ::hansa::testing::StatusIs(absl::StatusCode::kPermissionDenied, "roster key"));
}

TEST_F(ReplicaTest, TheHubSignsNoRosterEntryThatWouldBeVoid) {
  EXPECT_THAT(loop_.Publish("hub", roster_kind::kMemberAdd, "rubbish"),
              ::hansa::testing::StatusIs(absl::StatusCode::kFailedPrecondition, "cannot be read"));
  EXPECT_EQ(loop_["hub"].replica().roster().position(), league_.network().roster().position());
}

TEST_F(ReplicaTest, AnotherNetworkIsTurnedAway) {
  std::optional<CloseCode> code;
  loop_.Meddle([](const std::string& from, const std::string&, Frame& frame) {
    auto* hello = std::get_if<Hello>(&frame);
    if (from == "fi-espoo" && hello != nullptr) hello->network = NetworkId();
    return true;
  });
  loop_.Listen([&](const std::string&, const std::string&, const Frame& frame) {
    if (const auto* close = std::get_if<CloseFrame>(&frame)) code = close->code;
  });
  ConnectAll();
  EXPECT_EQ(code, CloseCode::kNetwork);
  EXPECT_FALSE(loop_["fi-espoo"].replica().own_member());
}

// A Hello may announce an interest nobody knows, and yet predict the root that everybody arrives at.
TEST_F(ReplicaTest, P10_ARightRootWithAnInterestThatIsNotKnownAgreesOnNothing) {
  ConnectAll();
  loop_.Cut("fi-espoo", "hub");
  loop_.Meddle([](const std::string& from, const std::string&, Frame& frame) {
    auto* hello = std::get_if<Hello>(&frame);
    if (from == "fi-espoo" && hello != nullptr) hello->interest = ::hansa::testing::Random("an interest");
    return true;
  });
  loop_.Dial("fi-espoo", "hub");
  loop_.Settle();
  const std::vector<SessionView> sessions = loop_["hub"].replica().Sessions();
  EXPECT_EQ(sessions.back().phase, Phase::kControl);
  EXPECT_FALSE(sessions.back().newest_comparison_equal);
}

TEST_F(ReplicaTest, AStrangerGetsTheRosterAndNothingElse) {
  ConnectAll();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Add("stranger", league_.network().roster().root(), ::hansa::testing::CityNamed("fi-stranger", "FIN"));
  loop_.Dial("stranger", "hub");
  loop_.Settle();
  EXPECT_EQ(loop_["stranger"].replica().roster().position(), league_.network().roster().position());
  EXPECT_EQ(loop_["stranger"].disk().Feeds()->size(), 1u);  // the roster
}

TEST_F(ReplicaTest, AnAdmissionReachesThoseWhoAreConnected) {
  ConnectAll();
  ::hansa::testing::Applicant oulu = ::hansa::testing::ApplicantNamed("fi-library", MemberKind::kPartner, "FIN");
  const MemberAdd add = league_.network().AdmissionOf(oulu);
  const ::hansa::testing::RosterEntry entry = league_.network().EntryOf(add);
  const RecordId record = ::hansa::testing::RecordNamed("record 1");  // the first that the loop gives out
  ASSERT_TRUE(loop_.Publish("hub", roster_kind::kMemberAdd, league_.network().PayloadOf(entry, record)).ok());
  loop_.Settle();
  EXPECT_NE(loop_["fi-turku"].replica().roster().state().Find("fi-library"), nullptr);
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  EXPECT_TRUE(loop_.AllEqual(kAll));
}

TEST_F(ReplicaTest, AWriterWhoseEndWasLostSignsNothingOnceAPeerShowsIt) {
  ConnectAll();
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2022").ok());
  loop_.Settle();
  loop_.Crash("fi-espoo");
  // A restored copy: the same keys, an empty disk.
  loop_.Add("fi-espoo", league_.network().roster().root(), league_.applicant("fi-espoo"));
  loop_.Dial("fi-espoo", "hub");
  loop_.Settle();
  EXPECT_EQ(loop_["fi-espoo"].replica().fence(), Fence::kRecover);
  // What of its own others hold beyond it shows.
  ASSERT_EQ(IndicatorsOfEspooAt("fi-espoo"), 0u);
  EXPECT_EQ(loop_["fi-espoo"].replica().Sessions().front().behind_entries, 1u);
  EXPECT_THAT(loop_.Publish("fi-espoo", kIndicatorSetKind, "another 2022"),
              ::hansa::testing::StatusIs(absl::StatusCode::kFailedPrecondition, "does not hold itself"));
}

TEST_F(ReplicaTest, OfTwoSessionsOfOnePairOneGoesOn) {
  ConnectAll();
  loop_.Dial("hub", "fi-espoo");
  loop_.Settle(absl::Minutes(3));
  EXPECT_EQ(loop_["fi-espoo"].replica().Sessions().size(), 1u);
  EXPECT_EQ(loop_["hub"].replica().Sessions().size(), 2u);  // Espoo's and Turku's
  ASSERT_TRUE(loop_.Publish("fi-espoo", kIndicatorSetKind, "2023").ok());
  loop_.Settle();
  EXPECT_TRUE(loop_.AllEqual(kAll));
}

// Each dials the other at about the same moment, one of them knowing nothing yet.
TEST(ReplicaDialTest, WhoeverDialsWhenBothSidesOfEverySessionAgree) {
  constexpr int kGapMax = 12;
  for (const bool hub_first : {false, true}) {
    for (int gap = 0; gap < kGapMax; ++gap) {
      SCOPED_TRACE(absl::StrCat(hub_first ? "hub" : "city", " first, ", gap, " steps between"));
      League league({"fi-espoo"});
      ::hansa::testing::Loop& loop = league.loop();
      loop.Dial(hub_first ? "hub" : "fi-espoo", hub_first ? "fi-espoo" : "hub");
      for (int i = 0; i < gap; ++i) loop.RunOne();
      loop.Dial(hub_first ? "fi-espoo" : "hub", hub_first ? "hub" : "fi-espoo");
      loop.Settle(absl::Seconds(5));
      for (const char* name : {"hub", "fi-espoo"}) {
        const std::vector<SessionView> sessions = loop[name].replica().Sessions();
        EXPECT_EQ(sessions.size(), 1u) << name;
        for (const SessionView& session : sessions) {
          EXPECT_TRUE(session.newest_comparison_equal) << name << ", phase " << PhaseName(session.phase);
        }
      }
    }
  }
}

// Cuts the stream after each number of frames there can be, then connects again.
TEST(ReplicaCutTest, P9_ACutAfterAnyFrameLosesNothing) {
  std::size_t total = 1;
  for (std::size_t cut_after = 0; cut_after < total; ++cut_after) {
    League league({"fi-espoo"});
    ::hansa::testing::Loop& loop = league.loop();
    const bool to_the_end = cut_after == 0;
    loop.Meddle([&](const std::string&, const std::string&, Frame&) {
      return to_the_end || loop.frames_delivered() != cut_after;
    });
    loop.Dial("fi-espoo", "hub");
    loop.Settle();
    // Where the hub has not confirmed it yet, it waits.
    const absl::Status published = loop.Publish("fi-espoo", kIndicatorSetKind, "2023");
    ASSERT_TRUE(published.ok() || cut_after > 0) << published;
    loop.Settle();
    if (to_the_end) total = loop.frames_delivered();
    loop.Meddle(nullptr);
    loop.Dial("fi-espoo", "hub");
    loop.Settle();
    ASSERT_TRUE(loop.AllEqual({"hub", "fi-espoo"})) << "cut after frame " << cut_after;
  }
  EXPECT_GT(total, 8u);
}

// Random publishing, cutting, dialling and crashing; then the links heal and everybody must agree.
TEST(ReplicaRandomTest, P9_AfterAnyDisorderAllComeToTheSame) {
  const std::vector<std::string> names = {"hub", "fi-espoo", "fi-turku", "fi-oulu"};
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 chance(seed);
    League league({"fi-espoo", "fi-turku", "fi-oulu"});
    ::hansa::testing::Loop& loop = league.loop();
    std::map<std::string, std::uint64_t> acknowledged;
    for (int i = 0; i < 60; ++i) {
      const std::string& a = names[chance() % names.size()];
      const std::string& b = names[chance() % names.size()];
      switch (chance() % 6) {
        case 0:
        case 1:
          if (a != b) loop.Dial(a, b);
          break;
        case 2:
          loop.Cut(a, b);
          break;
        case 3:
          loop.Crash(a);
          break;
        case 4:
          if (a != "hub" && loop.Publish(a, kIndicatorSetKind, absl::StrCat("value ", i)).ok()) ++acknowledged[a];
          break;
        default:
          for (auto steps = chance() % 40; steps > 0 && loop.RunOne(); --steps) {
          }
      }
    }
    for (const std::string& name : names) {
      if (name != "hub") loop.Dial(name, "hub");
    }
    loop.Settle(absl::Minutes(5));
    ASSERT_TRUE(loop.AllEqual({names.begin(), names.end()}));
    for (const auto& [city, count] : acknowledged) {
      ASSERT_EQ(league.LengthAt("hub", league.FeedOf(city, kIndicators)), count) << city;
    }
  }
}

}  // namespace
}  // namespace hansa::replication
