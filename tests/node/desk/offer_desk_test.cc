// Offers at the desk: published, answered, declined, concluded, taken back, and listed. Partnerships are in
// offer_desk_partnerships_test.cc.
#include "node/desk/offer_desk.h"

#include "tests/node/desk/offers_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::ListedOffer;
using node::desk::PublishedEntry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OfferDeskTest : public OffersFixture {
 protected:
  // An offer to Espoo alone.
  std::string OfferToEspoo() {
    v1::Offer offer;
    offer.set_title("For Espoo");
    offer.set_language("en");
    offer.add_addressed_to(espoo_.node.View().member.value());
    return PublishAsIs(bonn_, offer);
  }
};

TEST_F(OfferDeskTest, WhatIsPublishedIsSignedAndListed) {
  const PublishedEntry entry =
      Must(TryPublish(bonn_, "Exchange", R"("kind": "exchange", "features": ["3.3.5"], "tags": ["water"])"));
  EXPECT_EQ(entry.member, "de-bonn");
  EXPECT_EQ(entry.collection, replication::kOffers);
  EXPECT_EQ(entry.sequence.value(), 1u);
  EXPECT_EQ(entry.revision, 1u);
  EXPECT_EQ(entry.title, "Exchange");
  EXPECT_FALSE(entry.unchanged);
  EXPECT_THAT(entry.held_by, ElementsAre("int-uil"));
  const std::vector<ListedOffer> offers = Must(bonn_.desk.List("", ""));
  ASSERT_THAT(offers, SizeIs(1));
  EXPECT_EQ(offers[0].id, entry.id);
  EXPECT_EQ(offers[0].state, "open");
  EXPECT_EQ(offers[0].direction, "offer");
  EXPECT_EQ(offers[0].kind, "exchange");
  EXPECT_EQ(offers[0].standing, "real");
  EXPECT_THAT(offers[0].topics, ElementsAre("3.3.5", "water"));
  const auto shown = Must(bonn_.desk.Show(entry.id.hex().substr(0, 8)));
  ASSERT_NE(shown.content, nullptr);
  EXPECT_EQ(shown.content->text(), "We would like to learn.");
}

TEST_F(OfferDeskTest, TheSameFileTwiceMakesNoSecondOffer) {
  const PublishedEntry first = Must(TryPublish(bonn_, "Exchange"));
  const PublishedEntry again = Must(TryPublish(bonn_, "Exchange"));
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(SignedBy(bonn_), 1u);
  Must(TryWithdraw(bonn_, first.id.hex()));
  EXPECT_FALSE(Must(TryPublish(bonn_, "Exchange")).unchanged) << "after it was taken back it is a new one";
}

TEST_F(OfferDeskTest, AFaultOfTheFileOrItsAuthorIsNamed) {
  EXPECT_THAT(TryPublish(bonn_, "T", R"("features": ["9.9.9"])"), StatusIs(StatusCode::kInvalidArgument, "9.9.9"));
  EXPECT_THAT(TryPublish(bonn_, "T", R"("city": "Cork")"),
              StatusIs(StatusCode::kFailedPrecondition, "the file is of 'Cork'"));
  EXPECT_THAT(TryPublish(bonn_, "T", R"("country": "IRL")"),
              StatusIs(StatusCode::kFailedPrecondition, "of the country 'IRL'"));
  EXPECT_EQ(SignedBy(bonn_), 0u);
}

TEST_F(OfferDeskTest, WhoMayNotWriteOffersIsTold) {
  const std::string id = Publish(bonn_, "Exchange");
  Office dresden(network_, CityNamed("de-dresden", "DEU"), today_);
  EXPECT_THAT(TryPublish(dresden, "T"), StatusIs(StatusCode::kFailedPrecondition, "not a member of the network yet"));
  Office authority(network_, germany_, today_);
  EXPECT_THAT(TryPublish(authority, "T"), StatusIs(StatusCode::kFailedPrecondition, "kind authority write offers"));
  espoo_.node.fence = node::Fence::kRecover;
  EXPECT_THAT(TryPublish(espoo_, "T"), StatusIs(StatusCode::kFailedPrecondition, "may not sign"));
  EXPECT_THAT(TryReply(espoo_, id), StatusIs(StatusCode::kFailedPrecondition, "may not sign"));
  EXPECT_THAT(TryAccept(espoo_, id), StatusIs(StatusCode::kFailedPrecondition, "may not sign"));
  EXPECT_EQ(SignedBy(espoo_), 0u);
}

TEST_F(OfferDeskTest, ARepliesIsShownWithTheOfferAndAnswered) {
  const std::string id = Publish(bonn_, "Exchange");
  const std::string reply = Reply(espoo_, id);
  Must(bonn_.desk.Reply({.id = reply, .text = "Write to us.", .language = "de", .intent = "answer"}));
  const auto shown = Must(bonn_.desk.Show(id));
  ASSERT_THAT(shown.replies, SizeIs(2));
  EXPECT_EQ(shown.replies[0].member, "de-bonn");
  EXPECT_EQ(shown.replies[0].intent, "answer");
  EXPECT_EQ(shown.replies[0].language, "de");
  EXPECT_EQ(shown.replies[1].member, "fi-espoo");
  EXPECT_EQ(shown.replies[1].text, "We are interested.");
  EXPECT_EQ(shown.replies[1].language, "") << "nobody said, and it need not be that of the offer";
  EXPECT_EQ(shown.offer.replies, 2u);
  EXPECT_EQ(Must(bonn_.desk.Show(reply)).offer.id.hex(), id) << "a reply leads to its offer";
}

TEST_F(OfferDeskTest, AReplySaysSomethingAndWhatItWants) {
  const std::string id = Publish(bonn_, "Exchange");
  const auto reply = [&](const std::string& text, const std::string& intent) {
    return espoo_.desk.Reply({.id = id, .text = text, .language = "", .intent = intent});
  };
  EXPECT_THAT(reply(" \n", ""), StatusIs(StatusCode::kInvalidArgument, "the text is empty"));
  EXPECT_THAT(reply("x", "maybe"), StatusIs(StatusCode::kInvalidArgument, "'maybe' is not one of the choices"));
  EXPECT_THAT(reply("x", "proposal"), StatusIs(StatusCode::kInvalidArgument, "not one of the choices"));
  EXPECT_THAT(reply(std::string(4001, 'x'), ""), StatusIs(StatusCode::kInvalidArgument, "longer than 4000"));
  EXPECT_EQ(SignedBy(espoo_), 0u);
  EXPECT_THAT(reply("x", ""), IsOk());
}

TEST_F(OfferDeskTest, WhatIsPastClosedConcludedOrTakenBackIsNotTakenUp) {
  const std::string past = Publish(bonn_, "Past", R"("status": "historical")");
  today_ = "2025-06-14";
  const std::string closed = Publish(bonn_, "Closed", R"("deadline": "2025-06-14")");
  today_ = "2025-06-15";
  const std::string concluded = Publish(bonn_, "Concluded");
  const std::string gone = Publish(bonn_, "Gone");
  Must(TryConclude(bonn_, concluded, "filled"));
  Must(TryWithdraw(bonn_, gone));
  Meet();
  const std::vector<std::pair<std::string, std::string>> refusals = {
      {past, "the offer is of the past"},
      {closed, "the last day of the offer was 2025-06-14"},
      {concluded, "the offer is concluded"},
      {gone, "the offer was taken back"}};
  for (const auto& [id, why] : refusals) {
    EXPECT_THAT(TryReply(espoo_, id), StatusIs(StatusCode::kFailedPrecondition, why));
    EXPECT_THAT(TryAccept(espoo_, id), StatusIs(StatusCode::kFailedPrecondition, why));
  }
  EXPECT_EQ(SignedBy(espoo_), 0u);
  EXPECT_THAT(Listed(),
              ElementsAre("de-bonn: Closed (closed)", "de-bonn: Concluded (concluded)", "de-bonn: Past (past)"));
  EXPECT_THAT(Listed("", "withdrawn"), ElementsAre("de-bonn: Gone (withdrawn)"));
}

TEST_F(OfferDeskTest, WhatWasOfferedByOneWhoHasLeftTheNetworkIsClosed) {
  const std::string id = Publish(espoo_, "Exchange");
  const std::string gone = Publish(espoo_, "Gone");
  const std::string request = Publish(bonn_, "Wanted", R"("direction": "request")");
  Must(TryWithdraw(espoo_, gone));
  Meet();
  Leaves(espoo_);
  constexpr char kWhy[] = "the author of the offer is no longer a member of the network";
  EXPECT_THAT(TryReply(cork_, id), StatusIs(StatusCode::kFailedPrecondition, kWhy));
  EXPECT_THAT(TryAccept(cork_, id), StatusIs(StatusCode::kFailedPrecondition, kWhy));
  EXPECT_THAT(bonn_.desk.Matches(id).status(), StatusIs(StatusCode::kFailedPrecondition, kWhy));
  EXPECT_EQ(SignedBy(cork_), 0u);
  EXPECT_THAT(Listed("fi-espoo"), ElementsAre("fi-espoo: Exchange (closed)"));
  EXPECT_THAT(Listed("fi-espoo", "open"), IsEmpty());
  EXPECT_THAT(Must(cork_.desk.Show(id)).offer.closed_because, HasSubstr(kWhy));
  EXPECT_THAT(Must(cork_.desk.Show(gone)).offer.closed_because, HasSubstr("taken back by its author"));
  EXPECT_EQ(Must(cork_.desk.Show(request)).offer.closed_because, "");
  const auto matched = Must(bonn_.desk.Matches(request));
  ASSERT_THAT(matched, SizeIs(1));
  EXPECT_THAT(matched[0].matches, IsEmpty());
}

TEST_F(OfferDeskTest, WhoIsSuspendedIsAMemberStill) {
  const std::string id = Publish(espoo_, "Exchange");
  const replication::Standing standing{espoo_.node.View().member, "set aside"};
  ASSERT_TRUE(network_.Append({replication::roster_kind::kSuspend, Encode(standing), {}, std::nullopt}).valid);
  for (Office* each : offices_) each->node.Refresh();
  EXPECT_THAT(Listed("fi-espoo", "open"), ElementsAre("fi-espoo: Exchange (open)"));
  EXPECT_THAT(TryReply(cork_, id), IsOk());
}

TEST_F(OfferDeskTest, AnOfferIsOpenUntilItsLastDayIsOverEverywhere) {
  const std::string id = Publish(bonn_, "Exchange", R"("deadline": "2025-06-15", "valid_until": "2025-12-31")");
  EXPECT_EQ(StateOf(bonn_, id), "open");
  EXPECT_THAT(TryReply(espoo_, id), IsOk());
  today_ = "2025-06-16";
  EXPECT_EQ(StateOf(bonn_, id), "closed");
  EXPECT_THAT(TryReply(espoo_, id), StatusIs(StatusCode::kFailedPrecondition, "the last day"));
}

TEST_F(OfferDeskTest, AnOfferToSomeIsForThemAndEverybodyReadsIt) {
  const std::string id = OfferToEspoo();
  EXPECT_THAT(TryReply(cork_, id), StatusIs(StatusCode::kFailedPrecondition, "addressed to others"));
  EXPECT_THAT(TryAccept(cork_, id), StatusIs(StatusCode::kFailedPrecondition, "addressed to others"));
  EXPECT_EQ(Must(cork_.desk.Show(id)).offer.title, "For Espoo");
  EXPECT_THAT(TryReply(espoo_, id), IsOk());
  EXPECT_THAT(TryAccept(espoo_, id), IsOk());
}

TEST_F(OfferDeskTest, AnOfferIsDeclinedOnce) {
  const std::string id = Publish(bonn_, "Exchange");
  const PublishedEntry no = Must(TryDecline(espoo_, id));
  const PublishedEntry again = Must(TryDecline(espoo_, id));
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, no.id);
  EXPECT_EQ(SignedBy(espoo_), 1u);
  Meet();
  const auto shown = Must(bonn_.desk.Show(id));
  ASSERT_THAT(shown.declines, SizeIs(1));
  EXPECT_EQ(shown.declines[0].intent, "declined");
  EXPECT_EQ(shown.declines[0].text, "not this year");
  EXPECT_THAT(TryDecline(bonn_, id), StatusIs(StatusCode::kFailedPrecondition, "this is your own"));
}

TEST_F(OfferDeskTest, AReplyIsDeclinedByTheAuthorOfTheOffer) {
  const std::string id = Publish(bonn_, "Exchange");
  const std::string reply = Reply(espoo_, id);
  EXPECT_THAT(TryDecline(cork_, reply), StatusIs(StatusCode::kFailedPrecondition, "by the author of the offer"));
  EXPECT_THAT(TryDecline(espoo_, reply), StatusIs(StatusCode::kFailedPrecondition, "this is your own"));
  EXPECT_THAT(TryDecline(bonn_, reply), IsOk());
  EXPECT_TRUE(Must(TryDecline(bonn_, reply)).unchanged);
}

TEST_F(OfferDeskTest, WhatWasTakenBackIsNotDeclined) {
  const std::string id = Publish(bonn_, "Exchange");
  const std::string reply = Reply(espoo_, id);
  Must(TryWithdraw(espoo_, reply));
  Must(TryWithdraw(bonn_, id));
  Meet();
  EXPECT_THAT(TryDecline(cork_, id), StatusIs(StatusCode::kFailedPrecondition, "it was taken back already"));
  EXPECT_FALSE(TryDecline(bonn_, reply).ok());
}

TEST_F(OfferDeskTest, ItsAuthorConcludesAnOfferOnce) {
  const std::string id = Publish(bonn_, "Exchange");
  EXPECT_THAT(TryConclude(espoo_, id), StatusIs(StatusCode::kFailedPrecondition, "concluded by its author"));
  EXPECT_THAT(TryConclude(bonn_, id, "somehow"), StatusIs(StatusCode::kInvalidArgument, "'somehow' is not one of"));
  EXPECT_THAT(TryConclude(bonn_, id, "filled", "Two came."), IsOk());
  EXPECT_TRUE(Must(TryConclude(bonn_, id, "filled")).unchanged);
  EXPECT_EQ(SignedBy(bonn_), 2u);
  EXPECT_EQ(StateOf(bonn_, id), "concluded");
  const std::string past = Publish(bonn_, "Past", R"("status": "historical")");
  EXPECT_THAT(TryConclude(bonn_, past), StatusIs(StatusCode::kFailedPrecondition, "of the past"));
}

TEST_F(OfferDeskTest, ItsAuthorTakesARecordBackOnce) {
  const std::string id = Publish(bonn_, "Exchange");
  const std::string reply = Reply(espoo_, id);
  EXPECT_THAT(TryWithdraw(espoo_, id),
              StatusIs(StatusCode::kFailedPrecondition, "it is of de-bonn; only its author can take it back"));
  const PublishedEntry gone = Must(TryWithdraw(espoo_, reply));
  EXPECT_EQ(gone.revision, 2u);
  EXPECT_EQ(gone.id.hex(), reply);
  EXPECT_TRUE(Must(TryWithdraw(espoo_, reply)).unchanged);
  EXPECT_EQ(SignedBy(espoo_), 2u);
  Meet();
  EXPECT_THAT(Must(bonn_.desk.Show(id)).replies, IsEmpty());
  Must(TryWithdraw(bonn_, id));
  const auto shown = Must(bonn_.desk.Show(id));
  EXPECT_EQ(shown.offer.state, "withdrawn");
  EXPECT_EQ(shown.offer.title, "Exchange");
  EXPECT_EQ(shown.content, nullptr);
}

TEST_F(OfferDeskTest, AConclusionStands) {
  const std::string id = Publish(bonn_, "Exchange");
  const std::string end = Must(TryConclude(bonn_, id)).id.hex();
  EXPECT_THAT(TryWithdraw(bonn_, end), StatusIs(StatusCode::kFailedPrecondition, "a conclusion stands"));
}

TEST_F(OfferDeskTest, ListsAreBySlugAndTitleAndWhatIsAskedFor) {
  Publish(espoo_, "B");
  Publish(espoo_, "A");
  Publish(bonn_, "Z", R"("direction": "request", "kind": "choir", "status": "example")");
  EXPECT_THAT(Listed(), ElementsAre("de-bonn: Z (open)", "fi-espoo: A (open)", "fi-espoo: B (open)"));
  EXPECT_THAT(Listed("fi-espoo"), ElementsAre("fi-espoo: A (open)", "fi-espoo: B (open)"));
  EXPECT_THAT(Listed("", "agreed"), IsEmpty());
  EXPECT_THAT(bonn_.desk.List("fi-espo", ""), StatusIs(StatusCode::kNotFound, "did you mean fi-espoo?"));
  EXPECT_THAT(bonn_.desk.List("", "new"), StatusIs(StatusCode::kInvalidArgument, "'new' is no state of an offer"));
  const ListedOffer own = Must(bonn_.desk.List("de-bonn", ""))[0];
  EXPECT_EQ(own.direction, "request");
  EXPECT_EQ(own.kind, "choir");
  EXPECT_EQ(own.standing, "example");
}

TEST_F(OfferDeskTest, IdsThatAreNoneAndIdsOfOtherRecordsAreSaid) {
  EXPECT_THAT(bonn_.desk.Show("12ab"), StatusIs(StatusCode::kInvalidArgument, "6 to 64 hex digits"));
  EXPECT_THAT(bonn_.desk.Show("0123456789"),
              StatusIs(StatusCode::kNotFound, "no offer and no partnership here begins with 0123456789"));
  EXPECT_THAT(TryReply(bonn_, "offers"), StatusIs(StatusCode::kInvalidArgument, "hex digits"));
  const std::string id = Publish(bonn_, "Exchange");
  const std::string end = Must(TryConclude(bonn_, id)).id.hex();
  EXPECT_THAT(bonn_.desk.Show(end), StatusIs(StatusCode::kNotFound, "this is no offer"));
  const std::string bad = SignedId(bonn_, replication::kOffer, "not an offer at all");
  EXPECT_THAT(bonn_.desk.Show(bad), StatusIs(StatusCode::kNotFound, "this is no offer"));
  EXPECT_THAT(Listed(), SizeIs(1));
}

TEST_F(OfferDeskTest, AReplyToAnOfferThatIsNotHereIsNoOffer) {
  v1::OfferReply reply;
  reply.mutable_offer()->set_member(99);
  reply.mutable_offer()->set_collection(replication::kOffers.value());
  reply.mutable_offer()->set_record_id(RecordNamed("nowhere").str());
  reply.mutable_offer()->set_entry_hash(Random("nowhere").str());
  const std::string id = SignedId(bonn_, replication::kOfferReply, Must(node::domain::EncodeRecord(reply)));
  EXPECT_THAT(bonn_.desk.Show(id), StatusIs(StatusCode::kNotFound, "this is no offer"));
  EXPECT_THAT(TryReply(bonn_, id), StatusIs(StatusCode::kNotFound, "this is no offer"));
}

// "Exchange: fi-espoo Visit wanted (both are about the features 3.3.5)"
std::vector<std::string> Matched(const std::vector<node::desk::MatchedOffer>& matched) {
  std::vector<std::string> lines;
  for (const node::desk::MatchedOffer& each : matched) {
    if (each.matches.empty()) lines.push_back(absl::StrCat(each.offer.title, ": nothing"));
    for (const node::desk::OfferMatch& match : each.matches) {
      lines.push_back(absl::StrCat(each.offer.title, ": ", match.offer.member, " ", match.offer.title, " (",
                                   match.reasons.front(), ")"));
    }
  }
  return lines;
}

TEST_F(OfferDeskTest, WhatFitsIsFoundForAllOwnOpenOffersOrForOne) {
  const std::string exchange = Publish(bonn_, "Exchange", R"("features": ["3.3.5"])");
  Publish(bonn_, "Another", R"("features": ["1.1.1"])");
  const std::string wanted = Publish(espoo_, "Visit wanted", R"("direction": "request", "features": ["3.3.5"])");
  today_ = "2025-06-14";
  Publish(cork_, "Closed already", R"("direction": "request", "features": ["3.3.5"], "valid_until": "2025-06-14")");
  today_ = "2025-06-15";
  Publish(cork_, "An offer too", R"("features": ["3.3.5"])");
  const std::string line = "fi-espoo Visit wanted (both are about the features 3.3.5)";
  EXPECT_THAT(Matched(Must(bonn_.desk.Matches(""))), ElementsAre("Another: nothing", "Exchange: " + line));
  EXPECT_THAT(Matched(Must(bonn_.desk.Matches(exchange.substr(0, 8)))), ElementsAre("Exchange: " + line));
  EXPECT_THAT(Matched(Must(cork_.desk.Matches(wanted))),
              ElementsAre("Visit wanted: de-bonn Exchange (both are about the features 3.3.5)",
                          "Visit wanted: ie-cork An offer too (both are about the features 3.3.5)"))
      << "by the names of cities, whoever asks";
  Must(TryWithdraw(espoo_, wanted));
  Meet();
  EXPECT_THAT(Matched(Must(bonn_.desk.Matches(exchange))), ElementsAre("Exchange: nothing"));
  EXPECT_THAT(bonn_.desk.Matches(wanted), StatusIs(StatusCode::kFailedPrecondition, "taken back"));
  EXPECT_THAT(bonn_.desk.Matches("0123456789"), StatusIs(StatusCode::kNotFound));
}

TEST_F(OfferDeskTest, AnOfferToSomebodyIsFoundByThemAlone) {
  OfferToEspoo();
  Publish(espoo_, "Anything", R"("direction": "request")");
  Publish(cork_, "Anything", R"("direction": "request")");
  EXPECT_THAT(Matched(Must(espoo_.desk.Matches(""))),
              ElementsAre("Anything: de-bonn For Espoo (it is addressed to Name of fi-espoo)"));
  EXPECT_THAT(Matched(Must(cork_.desk.Matches(""))), ElementsAre("Anything: nothing"));
}

}  // namespace
}  // namespace hansa::testing
