// What the core knows of peers, forks and erasures, as `status` and `peers` are told it.
#include "node/daemon/core_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replication/collections.h"
#include "tests/testing/roster.h"

namespace hansa::testing {
namespace {

using node::LagView;
using node::PeerView;
using replication::Refusal;
using replication::SessionView;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class CoreViewTest : public ::testing::Test {
 protected:
  CoreViewTest() {
    network_.AdmitAuthority(germany_);
    bonn_ = network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
  }
  PeerView Shown(const SessionView& session) const { return node::PeerViewOf(session, network_.roster(), now_); }
  // The id of a feed of Bonn's first life.
  replication::FeedId FeedOf(replication::Collection collection) const {
    const std::optional<replication::FeedAuthor> author = network_.roster().PresentFeed(bonn_, collection);
    return FeedIdOf(Network::crypto(), network_.id(), *author);
  }

  Network network_ = Network::Founded();
  const Applicant germany_ = AuthorityOf("DEU");
  replication::Member bonn_;
  const absl::Time now_ = absl::FromUnixSeconds(1'795'000'000);
};

TEST_F(CoreViewTest, APeerWithNothingToTellTellsNothing) {
  SessionView session;
  session.phase = replication::Phase::kLive;
  const PeerView peer = Shown(session);
  EXPECT_EQ(peer.member, "");  // not known yet
  EXPECT_EQ(peer.state, "live");
  EXPECT_TRUE(peer.connected);
  EXPECT_EQ(peer.behind_entries, 0u);
  EXPECT_THAT(peer.behind, IsEmpty());
  EXPECT_EQ(peer.stalled_s, std::nullopt);
  EXPECT_EQ(peer.waiting, 0u);
  EXPECT_THAT(peer.refusals, IsEmpty());
  EXPECT_EQ(peer.last_equal_root_s, std::nullopt);
  EXPECT_EQ(peer.last_error, "");
}

TEST_F(CoreViewTest, WhatIsBehindIsToldInTotalAndByCollection) {
  SessionView session;
  session.member = bonn_;
  session.phase = replication::Phase::kLive;
  session.fetching = true;
  session.behind_entries = 12;
  session.behind = {
      {replication::kPractices, {2, 300}}, {replication::kIndicators, {10, 4'000}}, {replication::kOffers, {0, 0}}};
  const PeerView peer = Shown(session);
  EXPECT_EQ(peer.member, "de-bonn");
  EXPECT_EQ(peer.state, "syncing");
  EXPECT_EQ(peer.behind_entries, 12u);
  EXPECT_EQ(peer.behind_bytes, 4'300u);
  EXPECT_THAT(peer.behind,
              ElementsAre(LagView{replication::kIndicators, 10, 4'000}, LagView{replication::kPractices, 2, 300}));
}

TEST_F(CoreViewTest, StallsRefusalsAndComparisonsKeepTheirAgeAndNumber) {
  SessionView session;
  session.member = bonn_;
  session.stalled_since = now_ - absl::Seconds(40);
  session.waiting = 7;
  session.refusals = {{Refusal::kBadSignature, 2}, {Refusal::kNotContiguous, 1}};
  session.last_equal = now_ - absl::Minutes(3);
  session.newest_comparison_equal = true;
  session.last_error = "refused what it sent: something";
  const PeerView peer = Shown(session);
  EXPECT_EQ(peer.stalled_s, 40.0);
  EXPECT_EQ(peer.waiting, 7u);
  EXPECT_THAT(peer.refusals, ElementsAre(Pair(Refusal::kBadSignature, 2), Pair(Refusal::kNotContiguous, 1)));
  EXPECT_EQ(peer.last_equal_root_s, 180.0);
  EXPECT_TRUE(peer.last_comparison_equal);
  EXPECT_EQ(peer.last_error, "refused what it sent: something");
}

TEST_F(CoreViewTest, AForkIsOfAnAuthorThatTheRosterNames) {
  const replication::FeedId practices = FeedOf(replication::kPractices);
  const replication::FeedId unknown;
  EXPECT_THAT(node::ForkViewsOf({practices, unknown}, network_.roster()),
              ElementsAre(node::ForkView{practices, bonn_, replication::kPractices, replication::Incarnation(1)}));
}

TEST_F(CoreViewTest, ErasuresAreCountedByWhatTheyWaitFor) {
  replication::OpenErasure on_hold;
  on_hold.due_after = absl::Hours(14 * 24);
  replication::OpenErasure held_back;
  held_back.waits_for_secretariat = true;
  replication::ErasureCoverage coverage;
  coverage.ordered = 5;
  coverage.erased = 2;
  coverage.unverified = 1;
  coverage.lost = 3;
  const node::ErasuresView shown = node::ErasuresViewOf({on_hold, held_back}, coverage);
  EXPECT_EQ(shown,
            (node::ErasuresView{.open = 2, .held_back = 1, .ordered = 5, .done = 2, .unverified = 1, .lost = 3}));
  EXPECT_EQ(node::ErasuresViewOf({}, {}), node::ErasuresView());
}

}  // namespace
}  // namespace hansa::testing
