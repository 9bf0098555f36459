// What a node stores, chosen anew while it talks to others: what it no longer wants goes, what it wants again comes,
// and everybody else goes on as before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/replica.h"
#include "replication/scope.h"
#include "tests/testing/league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::kIndicatorSetKind;
using ::hansa::testing::League;
using ::hansa::testing::Loop;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kEspoo[] = "fi-espoo";
constexpr char kTurku[] = "fi-turku";
constexpr char kOulu[] = "fi-oulu";

class InterestTest : public ::testing::Test {
 protected:
  InterestTest() {
    for (const char* city : {kEspoo, kTurku, kOulu}) loop_.Dial(city, "hub");
    loop_.Settle();
  }
  void Publish(const std::string& city, Kind kind, const std::string& text) {
    ASSERT_TRUE(loop_.Publish(city, kind, text).ok());
  }
  void PublishSomeOfEach() {
    for (const char* city : {kEspoo, kTurku, kOulu}) {
      Publish(city, kPractice, absl::StrCat(city, " practice"));
      Publish(city, kOffer, absl::StrCat(city, " offer"));
    }
    loop_.Settle();
  }
  std::uint64_t At(const std::string& node, const std::string& author, Collection collection) {
    return league_.LengthAt(node, league_.FeedOf(author, collection));
  }
  void ExpectInSync(const std::string& node) {
    const std::vector<SessionView> sessions = loop_[node].replica().Sessions();
    EXPECT_FALSE(sessions.empty());
    for (const SessionView& session : sessions) {
      EXPECT_TRUE(session.newest_comparison_equal) << node << ": " << session.last_error;
      EXPECT_EQ(session.behind_entries, 0u) << node;
      EXPECT_FALSE(session.fetching) << node;
    }
  }

  League league_{{kEspoo, kTurku, kOulu}};
  Loop& loop_ = league_.loop();
};

TEST_F(InterestTest, WhatIsNotKeptAnyMoreGoesAndNothingOfItComesAgain) {
  PublishSomeOfEach();
  loop_.Choose(kEspoo, league_.Only({kTurku}, kPractices));
  loop_.Settle();
  EXPECT_EQ(At(kEspoo, kTurku, kPractices), 1u);
  EXPECT_EQ(At(kEspoo, kTurku, kOffers), 0u);
  EXPECT_EQ(At(kEspoo, kOulu, kPractices), 0u);
  EXPECT_EQ(At(kEspoo, kEspoo, kPractices), 1u);
  EXPECT_EQ(At(kEspoo, kEspoo, kOffers), 1u);
  PublishSomeOfEach();
  EXPECT_EQ(At(kEspoo, kTurku, kPractices), 2u);
  EXPECT_EQ(At(kEspoo, kTurku, kOffers), 0u);
  EXPECT_EQ(At(kEspoo, kOulu, kPractices), 0u);
  EXPECT_EQ(At("hub", kEspoo, kOffers), 2u);
  EXPECT_EQ(loop_[kEspoo].replica().roster().position(), league_.network().roster().position());
  ExpectInSync(kEspoo);
  ExpectInSync("hub");
}

// More changes than are followed one by one: the last one counts.
TEST_F(InterestTest, ManyChangesInARowEndInTheLast) {
  PublishSomeOfEach();
  const std::vector<Interest> chosen = {league_.Only({kTurku}, kPractices), league_.Only({kTurku}, kOffers)};
  for (int i = 0; i < 5 * kInterestsAtOnce; ++i) loop_.Choose(kOulu, chosen[static_cast<std::size_t>(i) % 2]);
  while (loop_.RunOne()) {
  }
  loop_.Settle(absl::Minutes(1));
  EXPECT_EQ(At(kOulu, kTurku, kPractices), 0u);
  EXPECT_EQ(At(kOulu, kTurku, kOffers), 1u);
  ExpectInSync(kOulu);
  ExpectInSync("hub");
  Publish(kTurku, kOffer, "another");
  Publish(kTurku, kPractice, "not for Oulu");
  loop_.Settle();
  EXPECT_EQ(At(kOulu, kTurku, kOffers), 2u);
  EXPECT_EQ(At(kOulu, kTurku, kPractices), 0u);
}

TEST_F(InterestTest, WhatIsKeptAgainComesWithoutAnewConnection) {
  PublishSomeOfEach();
  loop_.Choose(kEspoo, league_.Only({kTurku}, kPractices));
  loop_.Settle();
  PublishSomeOfEach();
  loop_.Choose(kEspoo, InterestInEverything());
  loop_.Settle();
  EXPECT_TRUE(loop_.AllEqual({"hub", kEspoo, kTurku, kOulu}));
  ExpectInSync(kEspoo);
  EXPECT_THAT(loop_[kEspoo].replica().Sessions(), SizeIs(1));
}

TEST_F(InterestTest, BothSidesMayChooseAtOnce) {
  loop_.Dial(kEspoo, kTurku);
  loop_.Settle();
  PublishSomeOfEach();
  loop_.Choose(kEspoo, league_.Only({kOulu}, kPractices));
  loop_.Choose(kTurku, league_.Only({kOulu}, kOffers));
  loop_.Settle();
  PublishSomeOfEach();
  EXPECT_EQ(At(kEspoo, kOulu, kPractices), 2u);
  EXPECT_EQ(At(kEspoo, kOulu, kOffers), 0u);
  EXPECT_EQ(At(kTurku, kOulu, kOffers), 2u);
  EXPECT_EQ(At(kTurku, kOulu, kPractices), 0u);
  for (const char* node : {kEspoo, kTurku, "hub"}) ExpectInSync(node);
  loop_.Choose(kEspoo, InterestInEverything());
  loop_.Choose(kTurku, InterestInEverything());
  loop_.Settle();
  EXPECT_TRUE(loop_.AllEqual({"hub", kEspoo, kTurku, kOulu}));
}

TEST_F(InterestTest, ANodeThatKeepsLittlePassesOnWhatItHas) {
  loop_.Choose(kEspoo, league_.Only({kTurku}, kPractices));
  loop_.Dial(kTurku, kEspoo);
  loop_.Dial(kOulu, kEspoo);
  loop_.Settle();
  for (const char* city : {kEspoo, kOulu}) loop_.Cut(city, "hub");
  for (const char* city : {kEspoo, kTurku}) {
    Publish(city, kPractice, absl::StrCat(city, " practice"));
    Publish(city, kOffer, absl::StrCat(city, " offer"));
  }
  loop_.Settle();
  EXPECT_EQ(At(kOulu, kTurku, kPractices), 1u);  // by way of Espoo
  EXPECT_EQ(At(kOulu, kEspoo, kOffers), 1u);
  EXPECT_EQ(At(kOulu, kTurku, kOffers), 0u);
}

TEST_F(InterestTest, AnInterestOutlivesARestartAndIsSaidInTheGreeting) {
  PublishSomeOfEach();
  loop_.Choose(kEspoo, league_.Only({kTurku}, kPractices));
  loop_.Settle();
  loop_.Crash(kEspoo);
  for (const char* city : {kTurku, kOulu}) Publish(city, kPractice, absl::StrCat(city, " practice"));
  loop_.Dial(kEspoo, "hub");
  loop_.Settle();
  EXPECT_EQ(At(kEspoo, kTurku, kPractices), 2u);
  EXPECT_EQ(At(kEspoo, kOulu, kPractices), 0u);
  ExpectInSync(kEspoo);
}

TEST_F(InterestTest, AnApplicantThatKeepsLittleSharesItsOwnOnceItIsAMember) {
  League league({kEspoo});
  Loop& loop = league.loop();
  loop.Choose(kEspoo, league.Only({}, kPractices));
  loop.Dial(kEspoo, "hub");
  loop.Settle();
  ASSERT_TRUE(loop.Publish(kEspoo, kPractice, "own").ok());
  loop.Settle();
  EXPECT_EQ(league.LengthAt("hub", league.FeedOf(kEspoo, kPractices)), 1u);
}

// A unit is on its way, or on its way to the disk, when its feed is no longer wanted.
TEST_F(InterestTest, ChoosingAtAnyMomentOfATransferLosesNothing) {
  for (int steps = 0; steps < 60; ++steps) {
    SCOPED_TRACE(absl::StrCat("after ", steps, " steps"));
    League league({kEspoo, kTurku});
    Loop& loop = league.loop();
    loop.Dial(kTurku, "hub");
    loop.Settle();
    for (int i = 0; i < 5; ++i)
      ASSERT_TRUE(loop.Publish(kTurku, kPractice, absl::StrCat(i, std::string(20'000, 'x'))).ok());
    loop.Settle();
    loop.Dial(kEspoo, "hub");
    for (int i = 0; i < steps; ++i) loop.RunOne();
    loop.Choose(kEspoo, league.Only({}, kPractices));
    for (int i = 0; i < steps % 4; ++i) loop.RunOne();
    const bool stays = steps % 2 == 0;
    if (!stays) loop.Choose(kEspoo, InterestInEverything());
    loop.Settle();
    EXPECT_EQ(league.LengthAt(kEspoo, league.FeedOf(kTurku, kPractices)), stays ? 0u : 5u);
    for (const SessionView& session : loop["hub"].replica().Sessions()) {
      EXPECT_TRUE(session.newest_comparison_equal) << session.last_error;
    }
  }
}

TEST(InterestRandomTest, AfterAnyDisorderAllHoldWhatTheyChose) {
  const std::vector<std::string> cities = {kEspoo, kTurku, kOulu};
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 chance(seed);
    League league(cities);
    Loop& loop = league.loop();
    std::map<std::string, bool> keeps_all = {{kEspoo, true}, {kTurku, true}, {kOulu, true}};
    for (int i = 0; i < 60; ++i) {
      const std::string& a = cities[chance() % cities.size()];
      const std::string b = chance() % 2 == 0 ? "hub" : cities[chance() % cities.size()];
      switch (chance() % 7) {
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
          static_cast<void>(loop.Publish(a, chance() % 2 == 0 ? kPractice : kOffer, absl::StrCat("value ", i)));
          break;
        case 5: {
          keeps_all[a] = chance() % 2 == 0;
          loop.Choose(a, keeps_all[a] ? InterestInEverything() : league.Only({kTurku}, kPractices));
          break;
        }
        default:
          for (auto steps = chance() % 40; steps > 0 && loop.RunOne(); --steps) {
          }
      }
    }
    for (const std::string& city : cities) loop.Dial(city, "hub");
    loop.Settle(absl::Minutes(5));
    for (const std::string& city : cities) {
      if (keeps_all[city]) {
        ASSERT_TRUE(loop.AllEqual({"hub", city})) << city;
        continue;
      }
      for (const std::string& author : cities) {
        for (const Collection collection : {kPractices, kOffers}) {
          const bool kept = author == city || (author == kTurku && collection == kPractices);
          const FeedId feed = league.FeedOf(author, collection);
          ASSERT_EQ(league.LengthAt(city, feed), kept ? league.LengthAt("hub", feed) : 0u)
              << city << " of " << author << ", " << CollectionName(collection);
        }
      }
    }
  }
}

TEST(InterestInTest, NamesTheOwnFeedsAndThoseFollowed) {
  const Interest interest = InterestIn(Member(12), {{kPractices, {Member(14), Member(10)}}, {Collection(77), {}}});
  EXPECT_FALSE(interest.everything);
  ASSERT_THAT(interest.rows, SizeIs(8));
  EXPECT_EQ(interest.rows[0].collection, kIndicators);
  EXPECT_THAT(interest.rows[0].members, ElementsAre(Member(12)));
  EXPECT_EQ(interest.rows[1].collection, kPractices);
  EXPECT_THAT(interest.rows[1].members, ElementsAre(Member(10), Member(12), Member(14)));
}

}  // namespace
}  // namespace hansa::replication
