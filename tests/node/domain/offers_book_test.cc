// Every state of offers, parties and partnerships, by example. That the order of arrival never matters is in
// offers_book_order_test.cc.
#include "node/domain/offers_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/node/domain/offers_chronicle.h"

namespace hansa::testing {
namespace {

using node::domain::AcceptanceFacts;
using node::domain::BookOf;
using node::domain::ConclusionFacts;
using node::domain::DeclineFacts;
using node::domain::IsClosed;
using node::domain::LeavingFacts;
using node::domain::OfferFacts;
using node::domain::OfferLine;
using node::domain::OffersBook;
using node::domain::OffersRecord;
using node::domain::OfferState;
using node::domain::Partnership;
using node::domain::ReplyFacts;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::uint32_t kBonn = 10, kCork = 11, kEspoo = 12, kOsan = 13;

// A text that some have to sign.
struct Text {
  std::string name;
  std::set<std::uint32_t> needed;
  bool open_to_others = false;
  std::optional<OffersRecord> offer = {};
};

class OffersBookTest : public ::testing::Test {
 protected:
  static replication::Hash HashOf(const Text& text) { return Random(text.name); }

  OffersRecord Offers(std::uint32_t who, const std::string& record, const OfferFacts& facts = {}) {
    return chronicle_.Write(who, record, facts);
  }
  OffersRecord Signs(std::uint32_t who, const Text& text, const std::string& record = "signature") {
    AcceptanceFacts facts{HashOf(text), {}, text.open_to_others, text.offer};
    for (const std::uint32_t member : text.needed) facts.needed.insert(replication::Member(member));
    return chronicle_.Write(who, record, facts);
  }
  void Leaves(std::uint32_t who, const Text& text) {
    chronicle_.Write(who, absl::StrCat("leaving ", ++count_), LeavingFacts{HashOf(text)});
  }
  OffersRecord Concludes(std::uint32_t who, const Text& text, const std::string& record = "conclusion") {
    return chronicle_.Write(who, record, ConclusionFacts{HashOf(text), text.offer});
  }
  OffersRecord ConcludesOffer(std::uint32_t who, const OffersRecord& offer) {
    return chronicle_.Write(who, "end of offer", ConclusionFacts{std::nullopt, offer});
  }
  void TakesBack(std::uint32_t who, const std::string& record) { chronicle_.TakeBack(who, record); }

  OffersBook Book() const { return BookOf(chronicle_.entries()); }
  OfferLine Line(const OffersRecord& offer) const { return Book().offers.at(offer); }
  std::string StateOf(const OffersRecord& offer) const { return StateName(Line(offer).state); }
  std::string StateOf(const Text& text) const { return StateName(Book().partnerships.at(HashOf(text)).state); }
  std::vector<std::string> PartiesOf(const Text& text) const {
    std::vector<std::string> parties;
    const OffersBook book = Book();
    for (const auto& [member, party] : book.partnerships.at(HashOf(text)).parties) {
      parties.push_back(absl::StrCat(member.value(), " ", StateName(party.state)));
    }
    return parties;
  }

  OffersChronicle chronicle_;
  int count_ = 0;
};

TEST_F(OffersBookTest, NothingHeldIsAnEmptyBook) {
  EXPECT_THAT(Book().offers, IsEmpty());
  EXPECT_THAT(Book().partnerships, IsEmpty());
  EXPECT_THAT(Book().records, IsEmpty());
}

TEST_F(OffersBookTest, AnOfferIsOpenPastOrWithdrawn) {
  const OffersRecord open = Offers(kBonn, "open", {.last_day = "2030-01-01"});
  const OffersRecord past = Offers(kBonn, "past", {.is_past = true, .last_day = ""});
  const OffersRecord gone = Offers(kBonn, "gone", {.for_one = true, .last_day = ""});
  TakesBack(kBonn, "gone");
  EXPECT_EQ(StateOf(open), "open");
  EXPECT_EQ(Line(open).facts.last_day, "2030-01-01");
  EXPECT_EQ(StateOf(past), "past");
  EXPECT_EQ(StateOf(gone), "withdrawn");
  EXPECT_TRUE(Line(gone).facts.for_one) << "what it was can still be read";
}

TEST_F(OffersBookTest, AWithdrawnOfferThatIsPublishedAgainIsOpen) {
  const OffersRecord offer = Offers(kBonn, "offer");
  TakesBack(kBonn, "offer");
  Offers(kBonn, "offer");
  EXPECT_EQ(StateOf(offer), "open");
}

TEST_F(OffersBookTest, ARevisionReplacesAndOneThatCannotBeReadDoesNot) {
  const OffersRecord offer = Offers(kBonn, "offer", {.last_day = "2030-01-01"});
  Offers(kBonn, "offer", {.is_example = true, .last_day = "2031-01-01"});
  chronicle_.Write(kBonn, "offer", std::monostate());
  EXPECT_EQ(Line(offer).facts.last_day, "2031-01-01");
  EXPECT_TRUE(Line(offer).facts.is_example);
  EXPECT_EQ(StateOf(offer), "open");
}

TEST_F(OffersBookTest, TheLaterIncarnationHasTheLastWord) {
  const OffersRecord offer = Offers(kBonn, "offer", {.last_day = "2030-01-01"});
  Offers(kBonn, "offer", {.last_day = "2031-01-01"});
  chronicle_.Renew(kBonn);
  Offers(kBonn, "offer", {.last_day = "2032-01-01"});
  EXPECT_EQ(Line(offer).facts.last_day, "2032-01-01");
}

TEST_F(OffersBookTest, AnOfferListsTheRepliesAndDeclinesThatStand) {
  const OffersRecord offer = Offers(kBonn, "offer");
  const OffersRecord cork = chronicle_.Write(kCork, "reply", ReplyFacts{offer});
  chronicle_.Write(kEspoo, "reply", ReplyFacts{offer});
  TakesBack(kEspoo, "reply");
  const OffersRecord no = chronicle_.Write(kOsan, "no", DeclineFacts{offer});
  chronicle_.Write(kBonn, "no to Cork", DeclineFacts{cork});
  EXPECT_THAT(Line(offer).replies, ElementsAre(cork));
  EXPECT_THAT(Line(offer).declines, ElementsAre(no));
}

TEST_F(OffersBookTest, ADeclineLapsesOnceItsAuthorSignsWhatCameOfTheOffer) {
  const OffersRecord offer = Offers(kBonn, "offer"), another = Offers(kBonn, "another");
  const Text text{"text", {kBonn}, true, offer};
  chronicle_.Write(kCork, "no", DeclineFacts{offer});
  const OffersRecord of_another = chronicle_.Write(kCork, "no to another", DeclineFacts{another});
  const OffersRecord of_osan = chronicle_.Write(kOsan, "no", DeclineFacts{offer});
  Signs(kBonn, text);
  EXPECT_THAT(Line(offer).declines, ElementsAre(OffersRecordOf(kCork, "no"), of_osan));
  Signs(kCork, text);
  EXPECT_THAT(Line(offer).declines, ElementsAre(of_osan));
  EXPECT_THAT(Line(another).declines, ElementsAre(of_another));
  Leaves(kCork, text);
  EXPECT_THAT(Line(offer).declines, ElementsAre(of_osan)) << "that it left is said by its leaving";
  const OffersRecord again = chronicle_.Write(kCork, "no again", DeclineFacts{offer});
  EXPECT_THAT(Line(offer).declines, UnorderedElementsAre(again, of_osan));
}

TEST_F(OffersBookTest, WhatAnswersAnOfferThatIsNotHeldWaitsInTheBook) {
  const OffersRecord offer = OffersRecordOf(kBonn, "offer");
  chronicle_.Write(kCork, "reply", ReplyFacts{offer});
  EXPECT_THAT(Book().offers, IsEmpty());
  Offers(kBonn, "offer");
  EXPECT_THAT(Line(offer).replies, ElementsAre(OffersRecordOf(kCork, "reply")));
}

TEST_F(OffersBookTest, AnotherMembersRecordOfTheSameIdIsAnotherRecord) {
  const OffersRecord offer = Offers(kBonn, "offer");
  TakesBack(kCork, "offer");
  EXPECT_EQ(StateOf(offer), "open");
}

TEST_F(OffersBookTest, APartnershipIsProposedUntilAllThatItNamesHaveSigned) {
  const Text text{"text", {kBonn, kCork}};
  const OffersRecord signature = Signs(kBonn, text);
  EXPECT_EQ(StateOf(text), "proposed");
  EXPECT_THAT(PartiesOf(text), ElementsAre("10 signed", "11 awaited"));
  EXPECT_EQ(Book().partnerships.at(HashOf(text)).parties.at(replication::Member(kBonn)).acceptance, signature);
  Signs(kCork, text);
  EXPECT_EQ(StateOf(text), "in force");
  EXPECT_THAT(PartiesOf(text), ElementsAre("10 signed", "11 signed"));
}

TEST_F(OffersBookTest, OneMemberAloneIsNoPartnership) {
  const Text text{"text", {kBonn}, true};
  Signs(kBonn, text);
  Signs(kBonn, text, "again");
  EXPECT_EQ(StateOf(text), "proposed");
}

TEST_F(OffersBookTest, WhoIsNotNamedSignsOnlyWhatIsOpenToOthers) {
  const Text closed{"closed", {kBonn, kCork}};
  const Text open{"open", {kBonn}, true};
  Signs(kBonn, closed);
  Signs(kEspoo, closed);
  EXPECT_THAT(PartiesOf(closed), ElementsAre("10 signed", "11 awaited"));
  Signs(kEspoo, open, "other");
  EXPECT_EQ(StateOf(open), "proposed") << "the member that the text names has not signed";
  EXPECT_THAT(PartiesOf(open), ElementsAre("10 awaited", "12 signed"));
  Signs(kBonn, open, "other");
  EXPECT_EQ(StateOf(open), "in force");
}

TEST_F(OffersBookTest, OnlyASignatureOfOutsidersMakesNoPartnershipAtAll) {
  Signs(kEspoo, {"closed", {kBonn, kCork}});
  EXPECT_THAT(Book().partnerships, IsEmpty());
}

TEST_F(OffersBookTest, TheSameMembersUnderAnotherTextAreAnotherPartnership) {
  const Text one{"one", {kBonn, kCork}}, other{"other", {kBonn, kCork}};
  Signs(kBonn, one);
  Signs(kCork, other);
  EXPECT_EQ(StateOf(one), "proposed");
  EXPECT_EQ(StateOf(other), "proposed");
}

TEST_F(OffersBookTest, ItGoesOnWhileTwoAreLeftAndEndsWhenOneIs) {
  const Text text{"text", {kBonn, kCork}, true};
  for (const std::uint32_t who : {kBonn, kCork, kEspoo}) Signs(who, text);
  Leaves(kCork, text);
  EXPECT_EQ(StateOf(text), "in force") << "also when a member that it names leaves";
  EXPECT_THAT(PartiesOf(text), ElementsAre("10 signed", "11 left", "12 signed"));
  Leaves(kEspoo, text);
  EXPECT_EQ(StateOf(text), "ended");
  EXPECT_EQ(Book().partnerships.at(HashOf(text)).parties.at(replication::Member(kCork)).acceptance,
            OffersRecordOf(kCork, "signature"))
      << "what was signed can still be shown";
}

TEST_F(OffersBookTest, WhoHasLeftMaySignAgain) {
  const Text text{"text", {kBonn, kCork}};
  Signs(kBonn, text);
  Signs(kCork, text);
  Leaves(kCork, text);
  EXPECT_EQ(StateOf(text), "ended");
  chronicle_.Renew(kCork);
  Signs(kCork, text, "second");
  EXPECT_EQ(StateOf(text), "in force");
  Leaves(kCork, text);
  EXPECT_EQ(StateOf(text), "ended");
}

TEST_F(OffersBookTest, LeavingBeforeTheLastSignatureLeavesAPartnershipThatNeverWasInForce) {
  const Text text{"text", {kBonn, kCork}};
  Signs(kBonn, text);
  Leaves(kBonn, text);
  EXPECT_EQ(StateOf(text), "proposed");
  Signs(kCork, text);
  EXPECT_EQ(StateOf(text), "ended");
}

TEST_F(OffersBookTest, LeavingWhatOneNeverSignedSaysNothing) {
  const Text text{"text", {kBonn, kCork}};
  Leaves(kBonn, text);
  EXPECT_THAT(Book().partnerships, IsEmpty());
  Signs(kBonn, text);
  Signs(kCork, text);
  Leaves(kEspoo, text);
  EXPECT_EQ(StateOf(text), "in force");
}

TEST_F(OffersBookTest, AnAcceptanceTakenBackOrReplacedCountsAsLeaving) {
  const Text text{"text", {kBonn, kCork}}, other{"other", {kBonn, kCork}};
  Signs(kBonn, text);
  Signs(kCork, text);
  TakesBack(kCork, "signature");
  EXPECT_THAT(PartiesOf(text), ElementsAre("10 signed", "11 left"));
  EXPECT_EQ(StateOf(text), "ended");
  Signs(kCork, text);
  EXPECT_EQ(StateOf(text), "in force");
  Signs(kCork, other);
  EXPECT_EQ(StateOf(text), "ended");
  EXPECT_EQ(StateOf(other), "proposed");
}

TEST_F(OffersBookTest, OneOfTwoSignaturesTakenBackLeavesTheOther) {
  const Text text{"text", {kBonn, kCork}};
  Signs(kBonn, text);
  Signs(kCork, text, "first");
  Signs(kCork, text, "second");
  TakesBack(kCork, "second");
  EXPECT_EQ(StateOf(text), "in force");
  EXPECT_EQ(Book().partnerships.at(HashOf(text)).parties.at(replication::Member(kCork)).acceptance,
            OffersRecordOf(kCork, "first"));
}

TEST_F(OffersBookTest, APartyConcludesAPartnershipAndNobodyElseDoes) {
  const Text text{"text", {kBonn, kCork, kOsan}};
  Signs(kBonn, text);
  Signs(kCork, text);
  Concludes(kEspoo, text);
  Concludes(kOsan, text);
  EXPECT_EQ(StateOf(text), "proposed") << "neither an outsider nor one that has not signed";
  Concludes(kBonn, text, "too early");
  EXPECT_EQ(StateOf(text), "proposed") << "what is not agreed has no end";
  Signs(kOsan, text);
  const OffersRecord end = Concludes(kCork, text);
  EXPECT_EQ(StateOf(text), "concluded");
  EXPECT_THAT(Book().partnerships.at(HashOf(text)).conclusions, Contains(end));
}

TEST_F(OffersBookTest, WhoOnlyJoinedEndsItForNobodyElse) {
  const Text text{"text", {kBonn}, true};
  Signs(kBonn, text);
  Signs(kCork, text);
  Signs(kOsan, text);
  Concludes(kOsan, text);
  EXPECT_EQ(StateOf(text), "in force") << "the one who made the offer and another go on";
  Leaves(kOsan, text);
  EXPECT_EQ(StateOf(text), "in force");
  EXPECT_THAT(Book().partnerships.at(HashOf(text)).conclusions, IsEmpty()) << "who has left concludes nothing";
  Concludes(kBonn, text);
  EXPECT_EQ(StateOf(text), "concluded");
}

TEST_F(OffersBookTest, EachPartyTellsItsOwnOutcome) {
  const Text text{"text", {kBonn, kCork}};
  Signs(kBonn, text);
  Signs(kCork, text);
  const OffersRecord bonn = Concludes(kBonn, text), cork = Concludes(kCork, text);
  EXPECT_THAT(Book().partnerships.at(HashOf(text)).conclusions, UnorderedElementsAre(bonn, cork));
}

TEST_F(OffersBookTest, OnlyTheAuthorConcludesAnOffer) {
  const OffersRecord offer = Offers(kBonn, "offer");
  ConcludesOffer(kCork, offer);
  EXPECT_EQ(StateOf(offer), "open");
  const OffersRecord end = ConcludesOffer(kBonn, offer);
  EXPECT_EQ(StateOf(offer), "concluded");
  EXPECT_THAT(Line(offer).conclusions, ElementsAre(end));
}

TEST_F(OffersBookTest, AnOfferIsAgreedWhileItsAuthorIsInAPartnershipInForce) {
  const OffersRecord offer = Offers(kBonn, "offer");
  const Text text{"text", {kBonn}, true, offer};
  Signs(kCork, text);
  EXPECT_EQ(StateOf(offer), "open");
  EXPECT_THAT(Line(offer).partnerships, ElementsAre(HashOf(text))) << "it names the author as a party";
  Signs(kBonn, text);
  EXPECT_EQ(StateOf(offer), "agreed");
  Signs(kEspoo, text);
  Leaves(kBonn, text);
  EXPECT_EQ(StateOf(text), "in force");
  EXPECT_EQ(StateOf(offer), "open") << "others go on without the author";
}

TEST_F(OffersBookTest, OthersCannotFileTheirPartnershipUnderSomebodysOffer) {
  const OffersRecord offer = Offers(kBonn, "offer");
  const Text text{"text", {kCork, kEspoo}, false, offer};
  Signs(kCork, text);
  Signs(kEspoo, text);
  EXPECT_EQ(StateOf(text), "in force");
  EXPECT_EQ(StateOf(offer), "open");
  EXPECT_THAT(Line(offer).partnerships, IsEmpty());
}

TEST_F(OffersBookTest, AnOfferThatWasTakenBackLeavesItsPartnershipInForce) {
  const OffersRecord offer = Offers(kBonn, "offer");
  const Text text{"text", {kBonn, kCork}, false, offer};
  Signs(kBonn, text);
  Signs(kCork, text);
  TakesBack(kBonn, "offer");
  EXPECT_EQ(StateOf(offer), "withdrawn");
  EXPECT_EQ(StateOf(text), "in force");
}

TEST(IsClosedTest, AnOfferIsClosedOnceItsLastDayIsOverEverywhere) {
  EXPECT_FALSE(IsClosed({.last_day = "2025-03-31"}, "2025-03-31"));
  EXPECT_TRUE(IsClosed({.last_day = "2025-03-31"}, "2025-04-01"));
  EXPECT_FALSE(IsClosed({.last_day = "2025-03-31"}, "2024-12-31"));
  EXPECT_FALSE(IsClosed({}, "9999-12-31"));
}

}  // namespace
}  // namespace hansa::testing
