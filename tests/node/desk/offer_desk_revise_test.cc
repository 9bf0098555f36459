// Offers published anew. An acceptance is of a text: it stays with the text that was signed, and slides to no other.
#include "node/desk/offer_desk.h"
#include "tests/node/desk/offers_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::PartnershipView;
using node::desk::PublishedEntry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OfferReviseTest : public OffersFixture {
 protected:
  static absl::StatusOr<PublishedEntry> TryRevise(Office& office, const std::string& id, const std::string& title,
                                                  const std::string& more = "", const std::string& reason = "") {
    const std::string content =
        absl::StrCat("{\"title\": \"", title, "\", \"language\": \"en\", \"text\": \"We would like to learn.\"",
                     more.empty() ? "" : ", ", more, "}");
    return office.desk.Revise({.id = id, .file = {.name = "offer.json", .content = content}, .reason = reason});
  }
  PublishedEntry Revise(Office& office, const std::string& id, const std::string& title, const std::string& more = "") {
    PublishedEntry entry = Must(TryRevise(office, id, title, more));
    Meet();
    return entry;
  }
  // Of what Bonn published of offers, on the disk of `office`.
  void LosePayload(Office& office, replication::Sequence seq) {
    const replication::Roster& roster = office.node.roster();
    const auto author = roster.PresentFeed(bonn_.node.View().member, replication::kOffers);
    const replication::FeedId feed = FeedIdOf(replication::SodiumCrypto(), roster.network(), *author);
    Must(const_cast<storage::MemoryFeedStore&>(office.node.feeds()).ErasePayloads(feed, {&seq, 1}));
    Must(office.node.Reindex().status());
  }
  // Of the partnerships of an offer: the revision whose text was signed, and how it stands.
  static std::vector<std::string> Texts(const Office& office, const std::string& id) {
    std::vector<std::string> texts;
    for (const PartnershipView& each : Must(office.desk.Show(id)).partnerships) {
      texts.push_back(absl::StrCat("revision ", each.offer_revision, " ", StateName(each.state), ": ", each.title));
    }
    std::sort(texts.begin(), texts.end());
    return texts;
  }
};

TEST_F(OfferReviseTest, ARevisionReplacesTheOfferAndItsPastStaysReadable) {
  const std::string id = Publish(bonn_, "Exchange");
  const PublishedEntry entry = Must(TryRevise(bonn_, id.substr(0, 8), "Exchange of teachers", "", "more exact"));
  EXPECT_EQ(entry.revision, 2u);
  EXPECT_EQ(entry.id.hex(), id);
  EXPECT_EQ(entry.title, "Exchange of teachers");
  EXPECT_THAT(entry.warnings, IsEmpty()) << "nobody has signed anything";
  Meet();
  EXPECT_THAT(Listed(), ElementsAre("de-bonn: Exchange of teachers (open)"));
  const auto shown = Must(cork_.desk.Show(id));
  ASSERT_THAT(shown.revisions, SizeIs(2));
  EXPECT_EQ(shown.revisions[1].reason, "more exact");
  EXPECT_EQ(shown.content->title(), "Exchange of teachers");
  EXPECT_EQ(Must(cork_.desk.Show(id, 1)).content->title(), "Exchange");
  EXPECT_THAT(cork_.desk.Show(id, 3).status(), StatusIs(StatusCode::kNotFound, "no revision 3"));
  EXPECT_TRUE(Must(TryRevise(bonn_, id, "Exchange of teachers")).unchanged);
  EXPECT_EQ(SignedBy(bonn_), 2u);
}

TEST_F(OfferReviseTest, ALastDayThatIsOverIsRefusedUnlessItStoodThereAlready) {
  EXPECT_THAT(TryPublish(bonn_, "Late", R"("deadline": "2025-06-14")"),
              StatusIs(StatusCode::kFailedPrecondition, "the last day of the offer was 2025-06-14"));
  EXPECT_THAT(Must(TryPublish(bonn_, "Of the past", R"("deadline": "2020-01-31", "status": "historical")")).warnings,
              IsEmpty());
  EXPECT_THAT(Must(TryPublish(bonn_, "Example", R"("deadline": "2020-01-31", "status": "example")")).warnings,
              ElementsAre(HasSubstr("the last day of the example was 2020-01-31")));
  const std::string id = Publish(bonn_, "Exchange", R"("deadline": "2025-06-15")");
  today_ = "2025-06-16";
  EXPECT_THAT(Must(TryRevise(bonn_, id, "Exchange of teachers", R"("deadline": "2025-06-15")")).warnings, IsEmpty());
  EXPECT_THAT(TryRevise(bonn_, id, "Exchange", R"("deadline": "2025-06-14")"),
              StatusIs(StatusCode::kFailedPrecondition, "give a later day"));
  EXPECT_EQ(Must(TryRevise(bonn_, id, "Exchange", R"("deadline": "2025-06-16")")).revision, 3u);
  // An account of the past becomes no open offer by leaving out that it is one.
  const std::string past = Publish(bonn_, "Of the past", R"("deadline": "2020-01-31", "status": "historical")");
  EXPECT_THAT(TryRevise(bonn_, past, "Of the past", R"("deadline": "2020-01-31")"),
              StatusIs(StatusCode::kFailedPrecondition, "the last day of the offer was 2020-01-31"));
}

TEST_F(OfferReviseTest, WhoHasAcceptedStaysWithTheTextThatWasSigned) {
  const std::string id = Publish(bonn_, "Exchange", R"("partners": "several")");
  Accept(cork_, id);
  const std::string first = Accept(bonn_, id);
  EXPECT_EQ(Partnership(bonn_, first), "in force: de-bonn signed, ie-cork signed");
  const PublishedEntry entry = Revise(bonn_, id, "Exchange, longer", R"("partners": "several")");
  EXPECT_THAT(entry.warnings, ElementsAre(HasSubstr("stays with the text that was signed")));
  EXPECT_EQ(Partnership(cork_, first), "in force: de-bonn signed, ie-cork signed");
  EXPECT_EQ(StateOf(cork_, id), "agreed");
  const std::string second = Accept(espoo_, id);
  EXPECT_NE(second, first);
  EXPECT_EQ(Partnership(bonn_, second), "proposed: de-bonn awaited, fi-espoo signed");
  EXPECT_THAT(Texts(bonn_, id), ElementsAre("revision 1 in force: Exchange", "revision 2 proposed: Exchange, longer"));
  Accept(bonn_, id);
  EXPECT_EQ(Partnership(espoo_, second), "in force: de-bonn signed, fi-espoo signed");
  EXPECT_EQ(Partnership(espoo_, first), "in force: de-bonn signed, ie-cork signed");
}

TEST_F(OfferReviseTest, TheAuthorSignsNoTextThatItsOnePartnerHasNotSigned) {
  const std::string id = Publish(bonn_, "Exchange", R"("partners": "one")");
  const std::string first = Accept(cork_, id);
  EXPECT_THAT(Revise(bonn_, id, "Exchange, longer", R"("partners": "one")").warnings, SizeIs(1));
  EXPECT_THAT(TryAccept(bonn_, id),
              StatusIs(StatusCode::kFailedPrecondition, "signed the text of an earlier revision"));
  EXPECT_EQ(Accept(bonn_, first), first);
  EXPECT_EQ(Partnership(cork_, first), "in force: de-bonn signed, ie-cork signed");
  EXPECT_EQ(StateOf(cork_, id), "agreed");
}

TEST_F(OfferReviseTest, ThePartnerMayAcceptTheOfferAsItStandsNow) {
  const std::string id = Publish(bonn_, "Exchange", R"("partners": "one")");
  const std::string first = Accept(cork_, id);
  Revise(bonn_, id, "Exchange, longer", R"("partners": "one")");
  const std::string second = Accept(cork_, id);
  EXPECT_NE(second, first);
  EXPECT_EQ(Accept(bonn_, id), second);
  EXPECT_EQ(Partnership(cork_, first), "proposed: de-bonn awaited, ie-cork signed");
  EXPECT_EQ(Partnership(cork_, second), "in force: de-bonn signed, ie-cork signed");
}

TEST_F(OfferReviseTest, WhereThePresentRevisionIsNotHereNoEarlierOneIsShownOrSignedInItsPlace) {
  const std::string id = Publish(bonn_, "Exchange");
  Revise(bonn_, id, "Exchange of teachers");
  LosePayload(cork_, replication::Sequence(2));
  const auto shown = Must(cork_.desk.Show(id));
  EXPECT_EQ(shown.content, nullptr);
  EXPECT_THAT(shown.fault, HasSubstr("cannot be shown"));
  EXPECT_EQ(Must(cork_.desk.Show(id, 1)).content->title(), "Exchange");
  const std::size_t before = SignedBy(cork_);
  EXPECT_THAT(TryAccept(cork_, id), StatusIs(StatusCode::kFailedPrecondition, "present revision of the offer is not"));
  EXPECT_EQ(SignedBy(cork_), before);
  EXPECT_THAT(TryAccept(espoo_, id).status(), IsOk());
}

TEST_F(OfferReviseTest, WhatAnEarlierRevisionSaidIsNotWhatStands) {
  const std::string id = Publish(bonn_, "Exchange");
  Revise(bonn_, id, "Exchange of teachers");
  LosePayload(bonn_, replication::Sequence(2));
  const PublishedEntry entry = Must(TryRevise(bonn_, id, "Exchange"));
  EXPECT_FALSE(entry.unchanged);
  EXPECT_EQ(entry.revision, 3u);
  EXPECT_EQ(Must(bonn_.desk.Show(id)).content->title(), "Exchange");
}

TEST_F(OfferReviseTest, WhatWasRevisedSinceItWasReadIsNotWrittenOver) {
  const std::string id = Publish(bonn_, "Exchange");
  Revise(bonn_, id, "Exchange of teachers");
  const auto revise = [&](const std::string& title, std::uint64_t of_revision) {
    const std::string text =
        absl::StrCat(R"({"title": ")", title, R"(", "language": "en", "text": "We would like to learn."})");
    return bonn_.desk.Revise(
        {.id = id, .file = {.name = "offer.json", .content = text}, .reason = "", .of_revision = of_revision});
  };
  const std::size_t before = SignedBy(bonn_);
  EXPECT_THAT(revise("Exchange of pupils", 1), StatusIs(StatusCode::kFailedPrecondition, "read revision 2"));
  EXPECT_THAT(revise("Exchange of pupils", 3), StatusIs(StatusCode::kFailedPrecondition, "has no revision 3"));
  EXPECT_TRUE(Must(revise("Exchange of teachers", 1)).unchanged) << "it says so already";
  EXPECT_EQ(SignedBy(bonn_), before);
  EXPECT_EQ(Must(revise("Exchange of pupils", 2)).revision, 3u);
}

TEST_F(OfferReviseTest, WhoHasReadAnEarlierRevisionDoesNotSignAnother) {
  const std::string id = Publish(bonn_, "Exchange", R"("partners": "several")");
  const auto accept = [&](const std::string& what, std::uint64_t revision) {
    std::string partnership;
    return cork_.desk.Accept({.id = what, .with = "", .note = "", .approved_by = "", .revision = revision},
                             partnership);
  };
  const std::string first = Accept(espoo_, id);
  Revise(bonn_, id, "Exchange for money", R"("partners": "several")");
  const std::size_t before = SignedBy(cork_);
  EXPECT_THAT(accept(id, 1), StatusIs(StatusCode::kFailedPrecondition, "was revised since its revision 1 was read"));
  EXPECT_THAT(accept(id, 1), StatusIs(StatusCode::kFailedPrecondition, "read revision 2 and decide anew"));
  EXPECT_THAT(accept(id, 3), StatusIs(StatusCode::kFailedPrecondition, "has no revision 3"));
  EXPECT_EQ(SignedBy(cork_), before) << "nothing was signed";
  Must(accept(id, 2).status());
  Meet();
  EXPECT_THAT(Texts(bonn_, id),
              ElementsAre("revision 1 proposed: Exchange", "revision 2 proposed: Exchange for money"));
  // The id of a partnership is that of its text, whichever revision it is of.
  std::string partnership;
  Must(
      bonn_.desk.Accept({.id = first, .with = "", .note = "", .approved_by = "", .revision = 2}, partnership).status());
  EXPECT_EQ(partnership, first);
}

TEST_F(OfferReviseTest, WhatNoFileCanSayStays) {
  v1::Offer offer;
  offer.set_title("For Espoo");
  offer.set_language("en");
  offer.add_addressed_to(espoo_.node.View().member.value());
  const std::string id = PublishAsIs(bonn_, offer);
  Revise(bonn_, id, "For Espoo alone");
  EXPECT_THAT(TryReply(cork_, id), StatusIs(StatusCode::kFailedPrecondition, "addressed to others"));
  EXPECT_THAT(TryReply(espoo_, id).status(), IsOk());
}

TEST_F(OfferReviseTest, WhatIsOverOrFoundItsPartnerIsNotRevised) {
  const std::string one = Publish(bonn_, "For one", R"("partners": "one")");
  Accept(cork_, one);
  Accept(bonn_, one);
  EXPECT_THAT(TryRevise(bonn_, one, "Other"), StatusIs(StatusCode::kFailedPrecondition, "has found it; publish a new"));
  const std::string over = Publish(bonn_, "Over");
  Must(TryConclude(bonn_, over, "filled").status());
  EXPECT_THAT(TryRevise(bonn_, over, "Other"),
              StatusIs(StatusCode::kFailedPrecondition, "is concluded; publish a new"));
  const std::string back = Publish(bonn_, "Back");
  Must(TryWithdraw(bonn_, back).status());
  EXPECT_THAT(TryRevise(bonn_, back, "Other"), StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
  EXPECT_THAT(TryRevise(cork_, one, "Other"), StatusIs(StatusCode::kFailedPrecondition, "only its author"));
  const std::string open = Publish(bonn_, "Open");
  const std::string reply = Reply(cork_, open);
  EXPECT_THAT(TryRevise(cork_, reply, "Other"), StatusIs(StatusCode::kNotFound, "this is no offer"));
  EXPECT_THAT(TryRevise(bonn_, open, "T", R"("features": ["9.9.9"])"), StatusIs(StatusCode::kInvalidArgument, "9.9.9"));
}

TEST_F(OfferReviseTest, WhatWaitsToBeSignedIsNeitherWrittenOverNorAccepted) {
  const std::string id = Publish(bonn_, "Exchange");
  const replication::RecordId record = Must(bonn_.node.views().RecordById(id)).key.id;
  bonn_.node.fence = node::Fence::kRecover;
  bonn_.node.look = [&](node::NodeView& view) { view.outbox.records = {record}; };
  const std::string content = R"({"title": "Other", "language": "en", "text": "We would like to learn."})";
  const auto revise = [&](std::uint64_t of_revision) {
    return bonn_.desk.Revise(
        {.id = id, .file = {.name = "offer.json", .content = content}, .reason = "", .of_revision = of_revision});
  };
  EXPECT_THAT(revise(1), StatusIs(StatusCode::kFailedPrecondition, "waits to be signed"));
  EXPECT_THAT(revise(0), StatusIs(StatusCode::kFailedPrecondition, "may not sign")) << "it says nothing of it";
  std::string partnership;
  EXPECT_THAT(
      bonn_.desk.Accept({.id = id, .with = "ie-cork", .note = "", .approved_by = "", .revision = 1}, partnership),
      StatusIs(StatusCode::kFailedPrecondition, "waits to be signed"));
  EXPECT_THAT(
      bonn_.desk.ChangeFiles({.doing = "attaching a file", .id = id, .change = [](auto&) { return absl::OkStatus(); }}),
      StatusIs(StatusCode::kFailedPrecondition, "attaching a file: a revision of"));
}

}  // namespace
}  // namespace hansa::testing
