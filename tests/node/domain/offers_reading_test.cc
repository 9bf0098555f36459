// What one entry of offers says: an acceptance counts when the signature, the network and the text are right, and
// everything else that cannot be read says nothing.
#include "node/domain/offers_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hansa/v1/offers.pb.h"
#include "node/domain/record_form.h"
#include "replication/collections.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::domain::AcceptanceFacts;
using node::domain::CheckAcceptance;
using node::domain::ConclusionFacts;
using node::domain::DeclineFacts;
using node::domain::EncodeRecord;
using node::domain::LeavingFacts;
using node::domain::OfferFacts;
using node::domain::OffersEntry;
using node::domain::OffersRecord;
using node::domain::ReadOffersEntry;
using node::domain::ReadText;
using node::domain::ReplyFacts;
using replication::Member;
using replication::StatementType;

constexpr std::uint32_t kBonn = 10, kCork = 11;

// By whose key, for which network, as what.
struct Signing {
  Key key = KeyNamed("bonn");
  replication::NetworkId network = *replication::NetworkId::From(Random("network").view().substr(0, 16));
  StatementType type = StatementType::kAcceptance;
};

class OffersReadingTest : public ::testing::Test {
 protected:
  OffersReadingTest() {
    text_.set_title("Reading together");
    text_.set_language("en");
    text_.add_parties(kBonn);
    text_.add_parties(kCork);
  }

  static v1::Reference ReferenceTo(std::uint32_t member, const std::string& record) {
    v1::Reference reference;
    reference.set_member(member);
    reference.set_collection(replication::kOffers.value());
    reference.set_record_id(RecordNamed(record).str());
    reference.set_entry_hash(Random(record).str());
    return reference;
  }
  replication::FeedAuthor Author(std::uint32_t member) const {
    return {Member(member), replication::kOffers, replication::Incarnation(2), key_->public_key(),
            replication::Sequence(100)};
  }
  replication::Bytes Body() const {
    return replication::Tagged(replication::kAcceptanceTag, Must(EncodeRecord(text_)));
  }

  v1::Acceptance Signed(const replication::Bytes& body, const Signing& signing) const {
    const replication::Statement statement =
        SignStatement(replication::SodiumCrypto(), signing.network, signing.type, *signing.key, body);
    v1::Acceptance acceptance;
    acceptance.mutable_statement()->set_body(statement.body);
    acceptance.mutable_statement()->set_signer_pk(statement.signer.str());
    acceptance.mutable_statement()->set_sig(statement.signature.str());
    return acceptance;
  }
  v1::Acceptance Signed() const { return Signed(Body(), {}); }

  OffersEntry ReadBytes(replication::Kind kind, const std::optional<replication::Bytes>& payload,
                        std::uint32_t member = kBonn, bool retract = false) const {
    const replication::FeedAuthor author = Author(member);
    replication::EntryHeader header;
    header.kind = kind;
    header.record = RecordNamed("record");
    header.seq = replication::Sequence(7);
    header.retract = retract;
    return ReadOffersEntry({replication::SodiumCrypto(), network_, author}, header, payload);
  }
  template <typename Message>
  OffersEntry Read(replication::Kind kind, const Message& message) const {
    return ReadBytes(kind, message.SerializeAsString());
  }
  bool Counts(const v1::Acceptance& acceptance, std::uint32_t member = kBonn) const {
    return std::holds_alternative<AcceptanceFacts>(
        ReadBytes(replication::kOfferAcceptance, acceptance.SerializeAsString(), member).says);
  }
  absl::Status Check(const v1::Acceptance& acceptance, std::uint32_t member = kBonn) const {
    const replication::FeedAuthor author = Author(member);
    v1::AcceptanceBody text;
    return CheckAcceptance({replication::SodiumCrypto(), network_, author}, acceptance, text);
  }
  static bool SaysNothing(const OffersEntry& entry) { return std::holds_alternative<std::monostate>(entry.says); }

  const Key key_ = KeyNamed("bonn");
  const replication::NetworkId network_ = Signing().network;
  v1::AcceptanceBody text_;
};

TEST_F(OffersReadingTest, AnAcceptanceByItsAuthorsKeyCounts) {
  *text_.mutable_offer() = ReferenceTo(kCork, "offer");
  const OffersEntry entry = Read(replication::kOfferAcceptance, Signed());
  EXPECT_EQ(entry.record, (OffersRecord{Member(kBonn), RecordNamed("record")}));
  EXPECT_EQ(entry.place, (node::domain::OffersPlace{replication::Incarnation(2), replication::Sequence(7)}));
  ASSERT_TRUE(std::holds_alternative<AcceptanceFacts>(entry.says));
  const auto& facts = std::get<AcceptanceFacts>(entry.says);
  EXPECT_EQ(facts.text, replication::SodiumCrypto().Sha256(Body()));
  EXPECT_EQ(facts.needed, (std::set<Member>{Member(kBonn), Member(kCork)}));
  EXPECT_FALSE(facts.open_to_others);
  EXPECT_EQ(facts.offer, (OffersRecord{Member(kCork), RecordNamed("offer")}));
  EXPECT_THAT(Check(Signed()), IsOk());
}

TEST_F(OffersReadingTest, AnotherKeyAnotherNetworkOrAnotherStatementSaysNothing) {
  const v1::Acceptance by_another = Signed(Body(), {.key = KeyNamed("cork")});
  EXPECT_FALSE(Counts(by_another));
  EXPECT_THAT(Check(by_another), StatusIs(StatusCode::kUnauthenticated, "another key"));
  const v1::Acceptance elsewhere = Signed(Body(), {.network = replication::NetworkId()});
  EXPECT_FALSE(Counts(elsewhere));
  EXPECT_THAT(Check(elsewhere), StatusIs(StatusCode::kUnauthenticated, "signature does not hold"));
  EXPECT_FALSE(Counts(Signed(Body(), {.type = StatementType::kRating})));
}

TEST_F(OffersReadingTest, ASignatureUnderAnothersKeySaysNothing) {
  v1::Acceptance acceptance = Signed(Body(), {.key = KeyNamed("cork")});
  acceptance.mutable_statement()->set_signer_pk(key_->public_key().str());
  EXPECT_FALSE(Counts(acceptance));
}

TEST_F(OffersReadingTest, OnlyWhoIsNamedSignsATextThatIsNotOpen) {
  EXPECT_TRUE(Counts(Signed(), kCork)) << "the key is that of whose feed it is";
  EXPECT_FALSE(Counts(Signed(), 12));
  EXPECT_THAT(Check(Signed(), 12), StatusIs(StatusCode::kFailedPrecondition, "no party"));
  text_.set_open_to_others(true);
  EXPECT_TRUE(Counts(Signed(), 12));
}

TEST_F(OffersReadingTest, AByteChangedAnywhereInWhatWasSignedSaysNothing) {
  const v1::Acceptance acceptance = Signed();
  const auto spoil = [&](auto part) {
    v1::Acceptance copy = acceptance;
    std::string* const bytes = part(*copy.mutable_statement());
    for (std::size_t i = 0; i < bytes->size(); ++i) {
      for (const int bit : {1, 128}) {
        (*bytes)[i] = static_cast<char>((*bytes)[i] ^ bit);
        EXPECT_FALSE(Counts(copy)) << "byte " << i;
        (*bytes)[i] = static_cast<char>((*bytes)[i] ^ bit);
      }
    }
    EXPECT_TRUE(Counts(copy));
    bytes->pop_back();
    EXPECT_FALSE(Counts(copy));
  };
  spoil([](v1::SignedStatement& statement) { return statement.mutable_body(); });
  spoil([](v1::SignedStatement& statement) { return statement.mutable_sig(); });
  spoil([](v1::SignedStatement& statement) { return statement.mutable_signer_pk(); });
}

TEST_F(OffersReadingTest, ATextMustBeOneEvenIfItIsSigned) {
  EXPECT_FALSE(Counts(Signed("", {})));
  EXPECT_FALSE(Counts(Signed(Must(EncodeRecord(text_)), {}))) << "without its tag";
  EXPECT_FALSE(Counts(Signed(replication::Tagged(replication::kConsentTag, text_.SerializeAsString()), {})));
  EXPECT_FALSE(Counts(Signed(replication::Tagged(replication::kAcceptanceTag, "no message \xff"), {})));
  text_.clear_title();
  EXPECT_FALSE(Counts(Signed(replication::Tagged(replication::kAcceptanceTag, text_.SerializeAsString()), {})));
}

TEST_F(OffersReadingTest, ATextNamesEnoughPartiesEachOnceInOrder) {
  const auto counts_with = [&](const std::vector<std::uint32_t>& parties, bool open) {
    text_.clear_parties();
    for (const std::uint32_t party : parties) text_.add_parties(party);
    text_.set_open_to_others(open);
    return Counts(Signed(replication::Tagged(replication::kAcceptanceTag, text_.SerializeAsString()), {}));
  };
  EXPECT_TRUE(counts_with({kBonn, kCork}, false));
  EXPECT_TRUE(counts_with({kBonn}, true));
  EXPECT_FALSE(counts_with({kBonn}, false));
  EXPECT_FALSE(counts_with({}, true));
  EXPECT_FALSE(counts_with({kCork, kBonn}, false));
  EXPECT_FALSE(counts_with({kBonn, kBonn}, false));
}

TEST_F(OffersReadingTest, WhatCannotBeReadOrIsNotHeldSaysNothing) {
  for (const replication::Kind kind :
       {replication::kOffer, replication::kOfferReply, replication::kOfferAcceptance, replication::kOfferLeaving,
        replication::kOfferConclusion, replication::kOfferDecline, replication::Kind(1099)}) {
    EXPECT_TRUE(SaysNothing(ReadBytes(kind, std::nullopt))) << kind.value();
    EXPECT_TRUE(SaysNothing(ReadBytes(kind, replication::Bytes("\xff\xff nothing of ours")))) << kind.value();
  }
  for (const replication::Kind kind : {replication::kOffer, replication::kOfferReply, replication::kOfferAcceptance,
                                       replication::kOfferLeaving, replication::kOfferDecline}) {
    EXPECT_TRUE(SaysNothing(ReadBytes(kind, replication::Bytes()))) << kind.value();
  }
}

TEST_F(OffersReadingTest, WhatWasTakenBackSaysNothingAndSaysThatItWas) {
  const OffersEntry retracted = ReadBytes(replication::kOfferAcceptance, Signed().SerializeAsString(), kBonn, true);
  EXPECT_TRUE(retracted.retracted);
  EXPECT_TRUE(SaysNothing(retracted));
  EXPECT_TRUE(Read(replication::kOfferWithdrawal, v1::OfferWithdrawal()).retracted) << "also by its kind alone";
  EXPECT_FALSE(Read(replication::kOfferAcceptance, Signed()).retracted);
}

TEST_F(OffersReadingTest, TheLastDayOfAnOfferIsTheEarlierOfTwo) {
  const auto last_day = [&](const std::string& deadline, const std::string& valid_until) {
    v1::Offer offer;
    offer.set_title("T");
    offer.set_language("en");
    if (!deadline.empty()) offer.mutable_deadline()->set_date(deadline);
    offer.set_valid_until(valid_until);
    return std::get<OfferFacts>(Read(replication::kOffer, offer).says).last_day;
  };
  EXPECT_EQ(last_day("2025-03-31", "2025-06-30"), "2025-03-31");
  EXPECT_EQ(last_day("2025-06-30", "2025-03-31"), "2025-03-31");
  EXPECT_EQ(last_day("2025-03-31", ""), "2025-03-31");
  EXPECT_EQ(last_day("", "2025-03-31"), "2025-03-31");
  EXPECT_EQ(last_day("", ""), "");
}

TEST_F(OffersReadingTest, TheStandingAndThePartnersOfAnOfferAreRead) {
  v1::Offer offer;
  offer.set_title("T");
  offer.set_language("en");
  offer.set_standing(v1::OFFER_STANDING_HISTORICAL);
  offer.set_partners(v1::PARTNER_COUNT_ONE);
  const auto facts = std::get<OfferFacts>(Read(replication::kOffer, offer).says);
  EXPECT_TRUE(facts.is_past);
  EXPECT_TRUE(facts.for_one);
  EXPECT_FALSE(facts.is_example);
  offer.set_standing(v1::OFFER_STANDING_EXAMPLE);
  EXPECT_TRUE(std::get<OfferFacts>(Read(replication::kOffer, offer).says).is_example);
}

TEST_F(OffersReadingTest, RepliesDeclinesLeavingsAndConclusionsPointAtWhatTheyMean) {
  const OffersRecord offer{Member(kCork), RecordNamed("offer")};
  v1::OfferReply reply;
  *reply.mutable_offer() = ReferenceTo(kCork, "offer");
  EXPECT_EQ(std::get<ReplyFacts>(Read(replication::kOfferReply, reply).says).offer, offer);
  v1::Decline decline;
  *decline.mutable_declined() = ReferenceTo(kCork, "offer");
  EXPECT_EQ(std::get<DeclineFacts>(Read(replication::kOfferDecline, decline).says).declined, offer);
  v1::Leaving leaving;
  leaving.set_agreement_hash(Random("text").str());
  EXPECT_EQ(std::get<LeavingFacts>(Read(replication::kOfferLeaving, leaving).says).text, Random("text"));
  v1::Conclusion conclusion;
  *conclusion.mutable_offer() = ReferenceTo(kCork, "offer");
  const auto of_offer = std::get<ConclusionFacts>(Read(replication::kOfferConclusion, conclusion).says);
  EXPECT_EQ(of_offer.offer, offer);
  EXPECT_FALSE(of_offer.text.has_value());
  conclusion.set_agreement_hash(Random("text").str());
  EXPECT_EQ(std::get<ConclusionFacts>(Read(replication::kOfferConclusion, conclusion).says).text, Random("text"));
}

TEST_F(OffersReadingTest, AReplyToSomethingOutsideOffersSaysNothing) {
  v1::OfferReply reply;
  *reply.mutable_offer() = ReferenceTo(kCork, "offer");
  reply.mutable_offer()->set_collection(replication::kPractices.value());
  EXPECT_TRUE(SaysNothing(Read(replication::kOfferReply, reply)));
}

}  // namespace
}  // namespace hansa::testing
