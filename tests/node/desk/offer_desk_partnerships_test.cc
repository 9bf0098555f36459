// Partnerships at the desk: agreed by parties who never talk, left, concluded, proved.
#include "node/desk/offer_desk.h"
#include "tests/node/desk/offers_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::PartnershipProof;
using node::desk::PartnershipView;
using node::desk::PublishedEntry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OfferDeskPartnershipsTest : public OffersFixture {
 protected:
  std::string OfferForOne() { return Publish(bonn_, "Exchange", R"("partners": "one")"); }
  std::string OfferForSeveral() { return Publish(bonn_, "Exchange", R"("partners": "several")"); }

  // Signs a text that no desk draws up.
  std::string SignsText(Office& office, const v1::AcceptanceBody& text) {
    const auto statement = Must(
        office.node.Sign(replication::StatementType::kAcceptance,
                         replication::Tagged(replication::kAcceptanceTag, Must(node::domain::EncodeRecord(text)))));
    v1::Acceptance acceptance;
    acceptance.mutable_statement()->set_body(statement.body);
    acceptance.mutable_statement()->set_signer_pk(statement.signer.str());
    acceptance.mutable_statement()->set_sig(statement.signature.str());
    SignedId(office, replication::kOfferAcceptance, Must(node::domain::EncodeRecord(acceptance)));
    Meet();
    return replication::SodiumCrypto().Sha256(statement.body).hex();
  }
};

TEST_F(OfferDeskPartnershipsTest, AnOfferForOneIsAgreedByTwoSignatures) {
  const std::string offer = OfferForOne();
  const std::string partnership = Accept(espoo_, offer);
  EXPECT_EQ(Partnership(cork_, partnership), "proposed: de-bonn awaited, fi-espoo signed");
  EXPECT_EQ(StateOf(cork_, offer), "open");
  EXPECT_EQ(Accept(bonn_, offer), partnership) << "both sign the same bytes";
  for (const Office* office : offices_) {
    EXPECT_EQ(Partnership(*office, partnership), "in force: de-bonn signed, fi-espoo signed");
    EXPECT_EQ(StateOf(*office, offer), "agreed");
  }
  EXPECT_THAT(TryAccept(cork_, offer), StatusIs(StatusCode::kFailedPrecondition, "for one partner and has found it"));
  EXPECT_THAT(TryAccept(cork_, partnership), StatusIs(StatusCode::kFailedPrecondition, "between others"));
}

TEST_F(OfferDeskPartnershipsTest, TheTextHasTheDaysTheOrganizationsAndTheSubjectsOfTheOffer) {
  const std::string offer =
      Publish(bonn_, "Exchange", R"("partners": "several", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
              "kind": "exchange", "features": ["2.2.2"],
              "organizations": [{"name": "City library", "country": "DEU", "web": "https://example.org"}])");
  Accept(espoo_, offer);
  const PartnershipView view = Must(cork_.desk.Partnerships(""))[0];
  EXPECT_EQ(view.starts_on, "2026-01-01");
  EXPECT_EQ(view.ends_on, "2026-12-31");
  EXPECT_EQ(view.kind, "exchange");
  EXPECT_THAT(view.features, ElementsAre("2.2.2"));
  ASSERT_THAT(view.organizations, SizeIs(1));
  EXPECT_EQ(view.organizations[0].name, "City library");
  EXPECT_EQ(view.organizations[0].member, "de-bonn");
  EXPECT_EQ(view.organizations[0].web, "https://example.org");
}

// As texts were drawn before they named days and organizations.
TEST_F(OfferDeskPartnershipsTest, WhoFollowsSignsTheShorterTextThatSomebodyStandsBy) {
  const std::string offer = Publish(bonn_, "Exchange", R"("partners": "several", "starts_on": "2026-01-01")");
  v1::AcceptanceBody text;
  text.mutable_offer()->set_member(bonn_.node.View().member.value());
  text.mutable_offer()->set_collection(replication::kOffers.value());
  text.mutable_offer()->set_record_id(replication::RecordId::FromHexText(offer)->str());
  text.mutable_offer()->set_entry_hash(Must(bonn_.desk.Show(offer)).revisions[0].entry_hash.str());
  text.set_title("Exchange");
  text.set_language("en");
  text.set_terms("We would like to learn.");
  text.add_parties(bonn_.node.View().member.value());
  text.set_open_to_others(true);
  const std::string shorter = SignsText(espoo_, text);
  EXPECT_EQ(Accept(bonn_, offer), shorter);
  EXPECT_EQ(Partnership(cork_, shorter), "in force: de-bonn signed, fi-espoo signed");
  EXPECT_TRUE(Must(cork_.desk.Prove(shorter)).ok());
  Must(TryLeave(espoo_, shorter));
  Must(TryLeave(bonn_, shorter));
  Meet();
  EXPECT_NE(Accept(espoo_, offer), shorter) << "nobody stands by it any more";
}

TEST_F(OfferDeskPartnershipsTest, TheAuthorChoosesAmongThoseWhoHaveSigned) {
  const std::string offer = OfferForOne();
  EXPECT_THAT(TryAccept(bonn_, offer), StatusIs(StatusCode::kFailedPrecondition, "nobody has accepted your offer yet"));
  const std::string with_espoo = Accept(espoo_, offer), with_cork = Accept(cork_, offer);
  EXPECT_NE(with_espoo, with_cork);
  EXPECT_THAT(TryAccept(bonn_, offer), StatusIs(StatusCode::kFailedPrecondition, "fi-espoo, ie-cork; choose one"));
  EXPECT_THAT(TryAccept(bonn_, offer, "fi-espo"), StatusIs(StatusCode::kNotFound, "did you mean fi-espoo?"));
  EXPECT_THAT(TryAccept(bonn_, offer, "int-uil"), StatusIs(StatusCode::kFailedPrecondition, "has not accepted"));
  EXPECT_EQ(SignedBy(bonn_), 1u);
  EXPECT_EQ(Accept(bonn_, offer, "ie-cork"), with_cork);
  EXPECT_EQ(Partnership(espoo_, with_espoo), "proposed: de-bonn awaited, fi-espoo signed");
  EXPECT_EQ(Partnership(espoo_, with_cork), "in force: de-bonn signed, ie-cork signed");
}

TEST_F(OfferDeskPartnershipsTest, AnOfferForSeveralIsOnePartnershipOfAllWhoSign) {
  const std::string offer = OfferForSeveral();
  const std::string partnership = Accept(espoo_, offer);
  EXPECT_EQ(Accept(cork_, offer), partnership);
  EXPECT_EQ(Partnership(bonn_, partnership), "proposed: de-bonn awaited, fi-espoo signed, ie-cork signed");
  EXPECT_EQ(Accept(bonn_, partnership), partnership) << "by its own id as well";
  EXPECT_EQ(Partnership(bonn_, partnership), "in force: de-bonn signed, fi-espoo signed, ie-cork signed");
}

TEST_F(OfferDeskPartnershipsTest, TwoWhoSignAtOnceWithoutHearingOfEachOtherAgree) {
  const std::string offer = OfferForSeveral();
  std::string by_bonn, by_espoo;
  Must(bonn_.desk.Accept({.id = offer, .with = "", .note = "gladly", .approved_by = "mayor's office"}, by_bonn));
  Must(espoo_.desk.Accept({.id = offer, .with = "", .note = "", .approved_by = ""}, by_espoo));
  EXPECT_EQ(by_bonn, by_espoo);
  Meet();
  EXPECT_EQ(Partnership(cork_, by_bonn), "in force: de-bonn signed, fi-espoo signed");
}

TEST_F(OfferDeskPartnershipsTest, WhoHasSignedSignsNoSecondTime) {
  const std::string offer = OfferForSeveral();
  const std::string partnership = Accept(espoo_, offer);
  EXPECT_TRUE(Must(TryAccept(espoo_, offer)).unchanged);
  EXPECT_TRUE(Must(TryAccept(espoo_, partnership)).unchanged);
  EXPECT_EQ(SignedBy(espoo_), 1u);
}

TEST_F(OfferDeskPartnershipsTest, APartyLeavesAndMaySignAgain) {
  const std::string offer = OfferForOne();
  const std::string partnership = Accept(espoo_, offer);
  Accept(bonn_, offer);
  EXPECT_THAT(TryLeave(cork_, partnership), StatusIs(StatusCode::kFailedPrecondition, "you have not signed it"));
  EXPECT_THAT(TryLeave(cork_, offer), StatusIs(StatusCode::kNotFound, "no partnership of yours"));
  EXPECT_THAT(TryLeave(espoo_, offer), IsOk()) << "the offer means the one that came of it";
  EXPECT_TRUE(Must(TryLeave(espoo_, partnership)).unchanged);
  EXPECT_EQ(SignedBy(espoo_), 2u);
  Meet();
  EXPECT_EQ(Partnership(bonn_, partnership), "ended: de-bonn signed, fi-espoo left");
  EXPECT_EQ(StateOf(bonn_, offer), "open");
  EXPECT_EQ(Accept(espoo_, offer), partnership);
  EXPECT_EQ(Partnership(bonn_, partnership), "in force: de-bonn signed, fi-espoo signed");
}

TEST_F(OfferDeskPartnershipsTest, WhyAPartyLeftIsShown) {
  const std::string offer = OfferForSeveral();
  const std::string signature = Must(TryAccept(espoo_, offer)).id.hex();
  const std::string partnership = Accept(cork_, offer);
  Accept(bonn_, offer);
  std::string left;
  Must(cork_.desk.Leave({.id = partnership, .reason = "It has ended here."}, left));
  Must(TryWithdraw(espoo_, signature));
  Meet();
  const PartnershipView view = Must(bonn_.desk.Partnerships(""))[0];
  ASSERT_THAT(view.parties, SizeIs(3));
  EXPECT_EQ(view.parties[0].left_because, "");
  EXPECT_EQ(view.parties[1].left_because, "a mistake") << "the acceptance was taken back";
  EXPECT_EQ(view.parties[2].left_because, "It has ended here.");
}

TEST_F(OfferDeskPartnershipsTest, WhoHasSignedDoesNotDecline) {
  const std::string offer = OfferForOne();
  const std::string partnership = Accept(espoo_, offer);
  EXPECT_THAT(TryDecline(espoo_, offer), StatusIs(StatusCode::kFailedPrecondition, "hansa offers leave leaves it"));
  Accept(bonn_, offer);
  EXPECT_THAT(TryDecline(espoo_, offer), StatusIs(StatusCode::kFailedPrecondition, "hansa offers leave leaves it"));
  Must(TryConclude(bonn_, partnership));
  Meet();
  EXPECT_THAT(TryDecline(espoo_, offer), StatusIs(StatusCode::kFailedPrecondition, "it is concluded"));
  EXPECT_THAT(TryDecline(cork_, offer), IsOk()) << "who has not signed may say no";
}

TEST_F(OfferDeskPartnershipsTest, WhoSignsAfterAllHasNotDeclined) {
  const std::string offer = OfferForSeveral();
  Must(TryDecline(espoo_, offer));
  Must(TryDecline(cork_, offer));
  const std::string partnership = Accept(espoo_, offer);
  ASSERT_THAT(Must(bonn_.desk.Show(offer)).declines, SizeIs(1));
  EXPECT_EQ(Must(bonn_.desk.Show(offer)).declines[0].member, "ie-cork");
  Must(TryLeave(espoo_, partnership));
  EXPECT_FALSE(Must(TryDecline(espoo_, offer)).unchanged) << "it is said anew";
  EXPECT_TRUE(Must(TryDecline(espoo_, offer)).unchanged);
  Meet();
  EXPECT_THAT(Must(bonn_.desk.Show(offer)).declines, SizeIs(2));
}

TEST_F(OfferDeskPartnershipsTest, WhoHasLeftTheNetworkIsShownSo) {
  const std::string offer = OfferForSeveral();
  const std::string partnership = Accept(espoo_, offer);
  Accept(bonn_, offer);
  Leaves(espoo_);
  const PartnershipView view = Must(cork_.desk.Partnerships(""))[0];
  ASSERT_THAT(view.parties, SizeIs(2));
  EXPECT_EQ(view.parties[0].membership, "member");
  EXPECT_EQ(view.parties[1].membership, "retired");
  EXPECT_EQ(view.signing_closed, "") << "whoever made the offer is still there";
  EXPECT_EQ(Accept(cork_, partnership), partnership);
}

TEST_F(OfferDeskPartnershipsTest, NobodySignsWithOneWhoHasLeftTheNetwork) {
  const std::string offer = OfferForOne();
  const std::string partnership = Accept(espoo_, offer);
  Leaves(espoo_);
  EXPECT_THAT(Must(cork_.desk.Partnerships(""))[0].signing_closed, HasSubstr("fi-espoo is no longer a member"));
  for (const auto& [id, with] : {std::pair(partnership, ""), std::pair(offer, "fi-espoo")}) {
    EXPECT_THAT(TryAccept(bonn_, id, with),
                StatusIs(StatusCode::kFailedPrecondition, "fi-espoo is no longer a member of the network"));
  }
  EXPECT_THAT(TryAccept(bonn_, offer), StatusIs(StatusCode::kFailedPrecondition, "wait for a partner to sign"));
  const std::string other = Accept(cork_, offer);
  EXPECT_EQ(Accept(bonn_, offer), other) << "the one that is left need not be named";
}

TEST_F(OfferDeskPartnershipsTest, APartnershipSaysWhatAcceptSays) {
  const std::string withdrawn = OfferForSeveral(), ended = Publish(espoo_, "Of Espoo", R"("partners": "several")");
  const std::vector<std::string> partnerships = {Accept(espoo_, withdrawn), Accept(bonn_, ended)};
  Accept(bonn_, withdrawn);
  Accept(espoo_, ended);
  for (const PartnershipView& view : Must(cork_.desk.Partnerships(""))) EXPECT_EQ(view.signing_closed, "");
  Must(TryWithdraw(bonn_, withdrawn));
  Meet();
  Leaves(espoo_);
  for (const std::string& offer : {withdrawn, ended}) {
    const PartnershipView view = Must(cork_.desk.Show(offer)).partnerships[0];
    EXPECT_TRUE(view.open_to_others);
    ASSERT_NE(view.signing_closed, "");
    EXPECT_EQ(Must(cork_.desk.Prove(view.id.hex())).partnership.signing_closed, view.signing_closed);
    for (const std::string& id : {offer, view.id.hex()}) {
      EXPECT_THAT(TryAccept(cork_, id), StatusIs(StatusCode::kFailedPrecondition, view.signing_closed));
    }
  }
}

TEST_F(OfferDeskPartnershipsTest, AnAcceptanceTakenBackCountsAsLeaving) {
  const std::string offer = OfferForOne();
  const std::string signature = Must(TryAccept(espoo_, offer)).id.hex();
  Meet();
  const std::string partnership = Accept(bonn_, offer);
  EXPECT_THAT(TryWithdraw(espoo_, partnership), StatusIs(StatusCode::kFailedPrecondition, "leave leaves it"));
  Must(TryWithdraw(espoo_, signature));
  Meet();
  EXPECT_EQ(Partnership(bonn_, partnership), "ended: de-bonn signed, fi-espoo left");
  EXPECT_TRUE(Must(TryLeave(espoo_, partnership)).unchanged);
}

TEST_F(OfferDeskPartnershipsTest, ALeavingStands) {
  const std::string partnership = Accept(espoo_, OfferForOne());
  const std::string leaving = Must(TryLeave(espoo_, partnership)).id.hex();
  EXPECT_THAT(TryWithdraw(espoo_, leaving), StatusIs(StatusCode::kFailedPrecondition, "a leaving or a conclusion"));
}

TEST_F(OfferDeskPartnershipsTest, EachPartyConcludesOnceAndTellsItsOutcome) {
  const std::string offer = OfferForOne();
  const std::string partnership = Accept(espoo_, offer);
  Accept(bonn_, offer);
  EXPECT_THAT(TryConclude(cork_, partnership), StatusIs(StatusCode::kFailedPrecondition, "its parties conclude it"));
  EXPECT_THAT(TryConclude(espoo_, partnership, "", "We learned."), IsOk());
  EXPECT_TRUE(Must(TryConclude(espoo_, partnership, "", "Again.")).unchanged);
  Meet();
  EXPECT_THAT(TryConclude(bonn_, partnership, "ended early", "So did we."), IsOk());
  Meet();
  const auto views = Must(cork_.desk.Partnerships("fi-espoo"));
  ASSERT_THAT(views, SizeIs(1));
  EXPECT_STREQ(StateName(views[0].state), "concluded");
  ASSERT_THAT(views[0].conclusions, SizeIs(2));
  EXPECT_EQ(views[0].conclusions[0].member, "de-bonn");
  EXPECT_EQ(views[0].conclusions[0].how, "ended early");
  EXPECT_EQ(views[0].conclusions[0].outcome, "So did we.");
  EXPECT_EQ(views[0].conclusions[1].outcome, "We learned.");
  EXPECT_THAT(TryLeave(bonn_, partnership), StatusIs(StatusCode::kFailedPrecondition, "concluded"));
  EXPECT_THAT(TryAccept(cork_, partnership), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Must(cork_.desk.Partnerships("ie-cork")), IsEmpty());
}

TEST_F(OfferDeskPartnershipsTest, WhatCameOfAnOfferStandsWithIt) {
  const std::string offer = OfferForSeveral();
  Must(TryConclude(bonn_, offer, "filled", "Two cities come."));
  Meet();
  const auto shown = Must(cork_.desk.Show(offer));
  ASSERT_THAT(shown.conclusions, SizeIs(1));
  EXPECT_EQ(shown.conclusions[0].member, "de-bonn");
  EXPECT_EQ(shown.conclusions[0].how, "filled");
  EXPECT_EQ(shown.conclusions[0].outcome, "Two cities come.");
}

TEST_F(OfferDeskPartnershipsTest, APartnershipIsProvedFromItsSignatures) {
  const std::string offer = OfferForOne();
  const std::string partnership = Accept(espoo_, offer);
  const PartnershipProof half = Must(cork_.desk.Prove(partnership));
  EXPECT_FALSE(half.ok());
  EXPECT_THAT(half.problems, ElementsAre("de-bonn has not signed"));
  Accept(bonn_, offer);
  const PartnershipProof proof = Must(cork_.desk.Prove(offer));
  EXPECT_TRUE(proof.ok());
  ASSERT_THAT(proof.signatures, SizeIs(2));
  for (const auto& signature : proof.signatures) EXPECT_TRUE(signature.ok) << signature.what;
  EXPECT_EQ(proof.signatures[1].member, "fi-espoo");
  EXPECT_EQ(proof.signatures[1].key, espoo_.applicant.writer->public_key().hex());
  EXPECT_EQ(Must(cork_.desk.PartnershipNamed(offer)).hex(), partnership);
}

TEST_F(OfferDeskPartnershipsTest, OneMemberAloneProvesNothing) {
  v1::AcceptanceBody text;
  text.set_title("Alone");
  text.add_parties(bonn_.node.View().member.value());
  text.set_open_to_others(true);
  EXPECT_THAT(Must(cork_.desk.Prove(SignsText(bonn_, text))).problems,
              ElementsAre("only one member has signed, and a partnership takes two"));
}

TEST_F(OfferDeskPartnershipsTest, ATextThatNamesAnOfferWhichIsNotHereHarmsNobody) {
  v1::AcceptanceBody text;
  text.set_title("Of nothing");
  text.add_parties(espoo_.node.View().member.value());
  text.set_open_to_others(true);
  text.mutable_offer()->set_member(99);
  text.mutable_offer()->set_collection(replication::kOffers.value());
  text.mutable_offer()->set_record_id(RecordNamed("nowhere").str());
  text.mutable_offer()->set_entry_hash(Random("nowhere").str());
  const std::string partnership = SignsText(espoo_, text);
  EXPECT_THAT(bonn_.desk.Show(partnership), StatusIs(StatusCode::kNotFound, "this is no offer"));
  EXPECT_THAT(TryReply(bonn_, partnership), StatusIs(StatusCode::kNotFound, "this is no offer"));
  EXPECT_THAT(TryDecline(bonn_, partnership), StatusIs(StatusCode::kNotFound, "this is no offer"));
  EXPECT_EQ(Accept(bonn_, partnership), partnership);
  EXPECT_EQ(Partnership(bonn_, partnership), "in force: de-bonn signed, fi-espoo signed");
  EXPECT_THAT(TryConclude(bonn_, partnership, "", "All the same."), IsOk());
}

TEST_F(OfferDeskPartnershipsTest, SeveralThatCameOfOneOfferAreToldApart) {
  const std::string offer = OfferForOne();
  Accept(espoo_, offer);
  Accept(cork_, offer);
  Accept(bonn_, offer, "ie-cork");
  Accept(bonn_, offer, "fi-espoo");
  EXPECT_THAT(TryLeave(bonn_, offer),
              StatusIs(StatusCode::kInvalidArgument, "several partnerships came of this offer"));
  EXPECT_THAT(TryLeave(espoo_, offer), IsOk());
}

}  // namespace
}  // namespace hansa::testing
