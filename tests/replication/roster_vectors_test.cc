// A whole roster written by an independent script: the code reads it, agrees with every byte and finds it lawful.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "replication/roster.h"
#include "replication/transfer_unit.h"
#include "tests/replication/vectors.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using ::testing::Eq;
using testing::IsOkAndHolds;
using testing::Must;
using ::testing::SizeIs;

const Crypto& crypto() { return SodiumCrypto(); }

class RosterVectors : public ::testing::Test {
 protected:
  Bytes Body(const std::string& what) const { return BytesOf(Row(what), "body"); }
  const Json& Row(const std::string& what) const {
    for (const Json& row : vectors_.at("entries")) {
      if (row.at("what") == what) return row;
    }
    HANSA_CHECK(!"no such entry");
    return vectors_;
  }
  // Folds every unit, each verified first.
  Roster Folded() const {
    Roster roster(crypto(), Must(RootChain::Begin(crypto(), Must(DecodeSignedRoot(BytesOf(vectors_, "root"))))));
    FeedTail tail;
    for (const Json& bytes : vectors_.at("units")) {
      const VerifiedUnit unit = Must(VerifiedUnit::Verify(crypto(), roster.network(), roster.author(), tail,
                                                          Must(DecodeUnit(*FromHex(bytes.get<std::string>())))));
      for (const Entry& entry : unit.unit().entries) roster.Fold(entry);
      tail = unit.tail();
    }
    return roster;
  }

  Json vectors_ = ReadVectors("roster");
};

TEST_F(RosterVectors, ApplicationsHaveTheSameBytes) {
  for (const Json& row : vectors_.at("applications")) {
    Application application;
    application.kind = static_cast<MemberKind>(row.at("kind").get<int>());
    application.slug = TextOf(row, "slug");
    application.name = TextOf(row, "name");
    if (row.contains("names")) {
      for (const Json& name : row.at("names")) application.names.push_back({name[0], name[1]});
    }
    application.country = TextOf(row, "country");
    if (row.contains("endpoints")) {
      for (const Json& endpoint : row.at("endpoints")) application.endpoints.push_back(endpoint);
    }
    application.writer = Take<PublicKey>(row, "writer");
    application.tls = KeysOf(row, "tls");
    if (row.contains("endorsement_hash")) application.endorsement_hash = Take<Hash>(row, "endorsement_hash");
    application.nonce = BytesOf(row, "nonce");
    EXPECT_EQ(ToHex(Encode(application)), row.at("body").get<std::string>());
    EXPECT_THAT(DecodeApplication(BytesOf(row, "body")), IsOkAndHolds(Eq(application)));
  }
}

TEST_F(RosterVectors, PolicyAndFrameworkHaveTheSameBytes) {
  Policy policy;
  for (const Json& right : vectors_.at("rights")) {
    policy.rights.push_back({static_cast<MemberKind>(right.at("kind").get<int>()),
                             Number<Collection>(right, "collection"), Number<Sequence>(right, "entries_max")});
  }
  EXPECT_EQ(Encode(policy), Body("policy"));
  const Json& row = vectors_.at("framework");
  const Framework framework{TextOf(row, "id"), TextOf(row, "version"), Take<Hash>(row, "catalogue_hash")};
  EXPECT_EQ(Encode(framework), Body("framework"));
  EXPECT_EQ(Encode(NetworkInfo{"Test network", {{"ko", "\xEB\xA7\x9D"}}, {"hub.example:7400"}}), Body("network_info"));
}

// What is read and written again has the same bytes: nothing of a message is lost or put in another order.
TEST_F(RosterVectors, EveryMessageKeepsItsBytesThroughReadingAndWriting) {
  for (const Json& row : vectors_.at("entries")) {
    EXPECT_EQ(Encode(Must(DecodeRosterPayload(BytesOf(row, "payload")))), BytesOf(row, "payload")) << row.at("what");
    EXPECT_EQ(Must(DecodeRosterPayload(BytesOf(row, "payload"))).body, BytesOf(row, "body"));
  }
  EXPECT_EQ(Encode(Must(DecodePolicy(Body("policy")))), Body("policy"));
  EXPECT_EQ(Encode(Must(DecodeFramework(Body("framework")))), Body("framework"));
  EXPECT_EQ(Encode(Must(DecodeNetworkInfo(Body("network_info")))), Body("network_info"));
  for (const char* what : {"secretariat", "authority", "city"}) {
    EXPECT_EQ(Encode(Must(DecodeMemberAdd(Body(what)))), Body(what)) << what;
  }
  for (const char* what : {"incarnation_by_consent", "incarnation_by_officers"}) {
    EXPECT_EQ(Encode(Must(DecodeNewIncarnation(Body(what)))), Body(what)) << what;
  }
  for (const char* what : {"officer", "expert"}) {
    EXPECT_EQ(Encode(Must(DecodeKeyGrant(Body(what)))), Body(what)) << what;
  }
  for (const char* what : {"seals_by_consent", "seals_by_officers"}) {
    EXPECT_EQ(Encode(Must(DecodeSealList(Body(what)))), Body(what)) << what;
  }
  EXPECT_EQ(Encode(Must(DecodeMemberUpdate(Body("update")))), Body("update"));
  EXPECT_EQ(Encode(Must(DecodeStanding(Body("suspend")))), Body("suspend"));
  EXPECT_EQ(Encode(Must(DecodeStanding(Body("resume")))), Body("resume"));
  EXPECT_EQ(Encode(Must(DecodeRevoke(Body("revoke")))), Body("revoke"));
  EXPECT_EQ(Encode(Must(DecodeSchemaInfo(Body("schema")))), Body("schema"));
  const SealList sealed = Must(DecodeSealList(Body("seals_by_consent")));
  EXPECT_EQ(SealConsentBody(sealed), sealed.consent->body);
  const Bytes recommendation = Must(DecodeMemberAdd(Body("city"))).recommendation->body;
  EXPECT_EQ(Encode(Must(DecodeRecommendation(recommendation))), recommendation);
  const Bytes consent = Must(DecodeNewIncarnation(Body("incarnation_by_consent"))).body;
  EXPECT_EQ(Encode(Must(DecodeConsent(consent))), consent);
  const Bytes key_consent = Must(DecodeKeyGrant(Body("officer"))).grant->body;
  EXPECT_EQ(Encode(Must(DecodeKeyConsent(key_consent))), key_consent);
}

TEST_F(RosterVectors, EveryEntryIsLawful) {
  const Roster roster = Folded();
  EXPECT_EQ(roster.network(), NetworkOf(vectors_));
  EXPECT_EQ(roster.feed(), Take<FeedId>(vectors_, "feed"));
  ASSERT_EQ(roster.lines().size(), vectors_.at("entries").size());
  for (std::size_t i = 0; i < roster.lines().size(); ++i) {
    EXPECT_TRUE(roster.lines()[i].valid) << vectors_.at("entries")[i].at("what") << roster.lines()[i].why_void;
    EXPECT_EQ(roster.lines()[i].kind, Number<Kind>(vectors_.at("entries")[i], "kind"));
  }
  EXPECT_EQ(roster.position().len, Number<Sequence>(vectors_, "len"));
  EXPECT_EQ(roster.position().head, Take<Hash>(vectors_, "head"));
}

TEST_F(RosterVectors, AndSaysWhatTheScriptMeant) {
  const Roster roster = Folded();
  EXPECT_THAT(roster.state().members, SizeIs(3));
  const MemberRecord& espoo = *roster.state().Find("fi-espoo");
  EXPECT_EQ(espoo.number, Member(11));
  EXPECT_EQ(espoo.region, "EUR");
  EXPECT_EQ(espoo.recommended_by, Member(10));
  EXPECT_EQ(espoo.names[1].language, "ko");
  std::vector<PublicKey> writers;
  for (const IncarnationKeys& keys : espoo.incarnations) writers.push_back(keys.writer);
  EXPECT_EQ(writers, KeysOf(vectors_, "espoo_writers"));
  EXPECT_THAT(roster.state().statement_keys, SizeIs(2));
  EXPECT_EQ(roster.PresentFeed(Member(10), kDialogue)->length_max, Sequence(100'000));
  EXPECT_EQ(espoo.name, "Espoon kaupunki");
  EXPECT_EQ(espoo.present().tls.size(), 2u);
  EXPECT_EQ(espoo.state, MemberState::kCompromised);
  EXPECT_FALSE(roster.PresentFeed(Member(11), kDialogue).has_value());
  EXPECT_EQ(roster.state().schemas.size(), 1u);
}

TEST_F(RosterVectors, AndEndsEachFeedWhereTheScriptSealedIt) {
  const Roster roster = Folded();
  const std::vector<PublicKey> writers = KeysOf(vectors_, "espoo_writers");
  const auto end_of = [&](std::uint32_t incarnation, Collection collection) {
    const FeedAuthor author{Member(11), collection, Incarnation(incarnation), writers[incarnation - 1], {}};
    return roster.AuthorOf(FeedIdOf(crypto(), roster.network(), author))->seal.value().len.value();
  };
  EXPECT_EQ(end_of(1, kIndicators), 2u);
  EXPECT_EQ(end_of(1, kDialogue), 0u);
  EXPECT_EQ(end_of(2, kIndicators), 5u);
  EXPECT_EQ(end_of(3, kIndicators), 4u);
  EXPECT_EQ(end_of(3, kDialogue), 0u);
}

}  // namespace
}  // namespace hansa::replication
