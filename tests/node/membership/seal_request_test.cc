// The end of older feeds: asked for by the member that got them back, and judged by what the hub holds.
#include "node/membership/seal_request.h"

#include "node/membership/new_key.h"
#include "node/membership/recovery_file.h"
#include "tests/node/membership/altered.h"
#include "tests/node/membership/life_fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::Alterations;
using hansa::testing::LifeTest;
using hansa::testing::Must;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;
using replication::Incarnation;
using replication::SealList;
using replication::Sequence;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::StatusCode kRefused = absl::StatusCode::kFailedPrecondition;
constexpr absl::StatusCode kAlready = absl::StatusCode::kAlreadyExists;

class SealRequest : public LifeTest {
 protected:
  // Bristol goes on under a new key; what it publishes from now on is under that.
  void Renew() {
    const NewKey key =
        Must(TakeNewKey({bristol_, bristol().number, bristol().present().number, bristol().present().writer}));
    ASSERT_TRUE(Make(Must(DraftReinstatement({"gb-bristol", key.request}, roster())).entry).valid);
    tails_.clear();
  }
  std::string Request(const storage::FeedStore& back) const {
    return SignSealRequest(network_.id(), "gb-bristol", Must(SealListsHeld(bristol(), roster(), back)),
                           *WriterIn(bristol_));
  }
  absl::StatusOr<SealDrafts> Draft(const std::string& request, EvenSo even_so = EvenSo::kNo) const {
    return DraftSeals({"gb-bristol", request, even_so}, roster(), feeds_);
  }
  std::uint64_t EndOf(std::uint32_t incarnation, replication::Collection collection) const {
    const auto& seals = roster().state().seals.at({bristol().number, Incarnation(incarnation)});
    const auto found = seals.find(collection);
    return found == seals.end() ? 0 : found->second.len.value();
  }

  storage::MemoryFeedStore back_;  // what the member has got back
};

TEST_F(SealRequest, ByTheMembersOwnWordItsOlderFeedsEndWhereItGotThemBack) {
  const auto first = Publishes(feeds_, replication::kPractices, 2);
  Must(back_.Append({&first, 1}));
  Renew();
  EXPECT_FALSE(roster().IsPastSealed(bristol().number));
  const SealDrafts drafts = Must(Draft(Request(back_)));
  EXPECT_THAT(drafts.warnings, IsEmpty());
  ASSERT_THAT(drafts.entries, SizeIs(1));
  EXPECT_EQ(drafts.entries[0].approvals_needed, 0u);
  EXPECT_EQ(
      InWords(drafts.entries[0].proposal.kind, drafts.entries[0].proposal.body),
      "end the feeds of member 11 under its key of incarnation 1: the feed of practices ends after entry 2; every "
      "other feed of it ends empty");
  EXPECT_TRUE(network_.Publish(Must(PrepareEntry(drafts.entries[0], {}, roster()))).valid);
  EXPECT_EQ(EndOf(1, replication::kPractices), 2u);
  EXPECT_TRUE(roster().IsPastSealed(bristol().number));
  EXPECT_THAT(Draft(Request(back_)), StatusIs(kRefused));  // it holds no lists any more
}

TEST_F(SealRequest, TwiceIsOnce) {
  Publishes(feeds_, replication::kPractices);
  Renew();
  const std::string request = Request(feeds_);
  Make(Must(Draft(request)).entries[0]);
  EXPECT_THAT(Draft(request), StatusIs(kAlready, "end there already"));
}

TEST_F(SealRequest, MoreAtTheHubIsRefusedUnlessItIsMeant) {
  const auto first = Publishes(feeds_, replication::kPractices, 2);
  Must(back_.Append({&first, 1}));
  Publishes(feeds_, replication::kPractices);
  Publishes(feeds_, replication::kOffers);
  Renew();
  const std::string request = Request(back_);
  EXPECT_THAT(Draft(request),
              StatusIs(kRefused, "the feed of practices goes on here to entry 3, and ends after entry 2"));
  const SealDrafts drafts = Must(Draft(request, EvenSo::kYes));
  EXPECT_THAT(drafts.warnings, ElementsAre("the feed of practices goes on here to entry 3, and ends after entry 2",
                                           "the feed of offers goes on here to entry 1, and ends empty"));
  EXPECT_TRUE(Make(drafts.entries[0]).valid);
  EXPECT_EQ(EndOf(1, replication::kPractices), 2u);
}

TEST_F(SealRequest, MoreAtTheMemberIsWelcomeAndTold) {
  Publishes(back_, replication::kPractices, 2);
  Renew();
  const SealDrafts drafts = Must(Draft(Request(back_)));
  EXPECT_THAT(drafts.warnings, ElementsAre("the feed of practices has come here to entry 0, and ends after entry 2"));
  EXPECT_TRUE(Make(drafts.entries[0]).valid);
}

TEST_F(SealRequest, AnotherHistoryAtTheHubIsRefused) {
  Publishes(feeds_, replication::kPractices);
  tails_.clear();  // a restored copy signs the same place again
  Publishes(back_, replication::kPractices);
  Renew();
  EXPECT_THAT(Draft(Request(back_)), StatusIs(kRefused, "another history"));
  Publishes(back_, replication::kOffers);  // of the new incarnation: not in the list
  EXPECT_TRUE(Make(Must(Draft(Request(back_), EvenSo::kYes)).entries[0]).valid);
}

TEST_F(SealRequest, EachOlderIncarnationGetsItsEnd) {
  Publishes(feeds_, replication::kPractices);
  Renew();
  Publishes(feeds_, replication::kPractices, 3);
  Renew();
  const SealDrafts drafts = Must(Draft(Request(feeds_)));
  ASSERT_THAT(drafts.entries, SizeIs(2));
  for (const EntryDraft& entry : drafts.entries) EXPECT_TRUE(Make(entry).valid);
  EXPECT_EQ(EndOf(1, replication::kPractices), 1u);
  EXPECT_EQ(EndOf(2, replication::kPractices), 3u);
}

TEST_F(SealRequest, AWordBySomebodyElseIsForOfficersToJudge) {
  Publishes(feeds_, replication::kPractices);
  Renew();
  Publishes(feeds_, replication::kPractices);
  Renew();
  const auto stranger = replication::SodiumSigner(RandomSeed());
  const std::string request =
      SignSealRequest(network_.id(), "gb-bristol", Must(SealListsHeld(bristol(), roster(), feeds_)), *stranger);
  const SealDrafts drafts = Must(Draft(request));
  ASSERT_THAT(drafts.entries, SizeIs(1));  // one at a time
  EXPECT_THAT(drafts.warnings, ElementsAre("the end of incarnation 2 is left for the next time; run the same command "
                                           "again"));
  EXPECT_THAT(PrepareEntry(drafts.entries[0], {}, roster()), StatusIs(kRefused, "needs one officer's approval"));
  EXPECT_TRUE(Make(drafts.entries[0]).valid);
  EXPECT_TRUE(Make(Must(Draft(request)).entries[0]).valid);
  EXPECT_THAT(Draft(request), StatusIs(kAlready));
}

TEST_F(SealRequest, WhatHasNotEndedGetsNoEnd) {
  Publishes(feeds_, replication::kPractices);
  const std::string request =
      SignSealRequest(network_.id(), "gb-bristol",
                      {{bristol().number, Incarnation(1), Must(SealsHeld(life(), roster(), feeds_)), std::nullopt}},
                      *WriterIn(bristol_));
  EXPECT_THAT(Draft(request), StatusIs(kRefused, "`hansa reinstate`"));
  EXPECT_THAT(DraftSeals({"gb-natcom", request, EvenSo::kNo}, roster(), feeds_),
              StatusIs(kRefused, "gb-natcom is member 10"));
}

TEST_F(SealRequest, AnEndThatStandsIsMovedOnlyWhenItIsMeant) {
  const auto first = Publishes(feeds_, replication::kPractices);
  Must(back_.Append({&first, 1}));
  Publishes(feeds_, replication::kPractices);
  Renew();
  const std::string longer = Request(feeds_);
  Make(Must(Draft(Request(back_), EvenSo::kYes)).entries[0]);
  EXPECT_THAT(Draft(longer), StatusIs(kRefused, "has ends in the roster already"));
  EXPECT_TRUE(Make(Must(Draft(longer, EvenSo::kYes)).entries[0]).valid);
  EXPECT_EQ(EndOf(1, replication::kPractices), 2u);
}

TEST_F(SealRequest, NoAlteredRequestIsTaken) {
  Publishes(feeds_, replication::kPractices);
  Renew();
  const std::string request = Request(feeds_);
  EXPECT_EQ(Must(ReadSealRequest(request, network_.id())).lists[0].seals[0].len, Sequence(1));
  int tried = 0;
  for (const auto& file : Alterations(request, {"slug"})) {
    EXPECT_FALSE(ReadSealRequest(file.bytes, network_.id()).ok()) << file.how;
    ++tried;
  }
  EXPECT_GT(tried, 300);
  for (const auto& file : Rubbish()) {
    EXPECT_THAT(ReadSealRequest(file.bytes, network_.id()), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
  }
}

}  // namespace
}  // namespace hansa::node::membership
