// The roster as a fold: its founding, what it makes of entries it cannot read, which feeds and keys it names.
#include "replication/roster.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/replication/roster_verdict.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using testing::Applicant;
using testing::ApplicantNamed;
using testing::AuthorityOf;
using testing::CityNamed;
using ::testing::HasSubstr;
using testing::KeyNamed;
using testing::Network;
using testing::RecordNamed;
using testing::RosterEntry;

constexpr Kind kUnknownCritical{100};
constexpr Kind kUnknownSkippable{200};

TEST(FoundingTest, IsFourEntriesEachValid) {
  Network network;
  for (const RosterEntry& entry : network.FoundingEntries()) EXPECT_EQ(Verdict(network, entry), "");
  const RosterState& state = network.roster().state();
  EXPECT_EQ(network.roster().position().len, Sequence(4));
  EXPECT_EQ(network.roster().position().root_version, 1u);
  ASSERT_EQ(state.members.size(), 1u);
  const MemberRecord& hub = *state.Find(Member(1));
  EXPECT_EQ(hub.slug, "int-uil");
  EXPECT_EQ(hub.kind, MemberKind::kSecretariat);
  EXPECT_EQ(hub.since, Sequence(4));
  EXPECT_EQ(hub.present().number, Incarnation(1));
  EXPECT_TRUE(state.has_policy);
  EXPECT_EQ(state.framework->version, "2013");
  EXPECT_EQ(state.network_info->name, "Test network");
}

TEST(FoundingTest, InTheStrongFormIsApprovedByAsManyOfficersAsItSays) {
  Network network({.root_keys = 3, .threshold = 2, .officers = 3, .approvals = 2});
  std::vector<RosterEntry> entries = network.FoundingEntries();
  entries[0].approvers = {network.officers()[0]};
  EXPECT_THAT(Verdict(network, entries[0]), HasSubstr("needs 2 officers' approvals and has 1"));
  entries[0].approvers = {network.officers()[2], network.officers()[0]};
  EXPECT_EQ(Verdict(network, entries[0]), "");
}

TEST(FoundingTest, WithoutAPolicyNobodyIsAMember) {
  Network network;
  const std::vector<RosterEntry> entries = network.FoundingEntries();
  EXPECT_THAT(Verdict(network, entries[3]), HasSubstr("no policy"));
  EXPECT_EQ(Verdict(network, entries[0]), "");
  EXPECT_EQ(Verdict(network, entries[3]), "");
}

TEST(RosterTest, AnEmptyRosterNamesItsOwnFeedAndNothingElse) {
  const Network network;
  EXPECT_EQ(network.roster().feeds().size(), 1u);
  EXPECT_EQ(network.roster().position().len, Sequence(0));
  EXPECT_TRUE(network.roster().position().head.is_zero());
  EXPECT_EQ(network.roster().author().length_max, kRosterEntriesMax);
  EXPECT_TRUE(network.roster().PinsEverListed().empty());
}

TEST(RosterTest, P11_AVoidEntryDoesNotStopTheChain) {
  Network network = Network::Founded();
  EXPECT_NE(Verdict(network, network.EntryOf(network.AdmissionOf(CityNamed("fi-espoo", "FIN")))), "");
  EXPECT_EQ(network.roster().position().len, Sequence(5));
  EXPECT_EQ(Verdict(network, network.EntryOf(network.AdmissionOf(ApplicantNamed("a", MemberKind::kPartner, "INT")))),
            "");
  EXPECT_EQ(network.roster().position().len, Sequence(6));
}

TEST(RosterTest, AVoidEntryIsShownWithItsReasonAndItsSubject) {
  Network network = Network::Founded();
  network.Append(network.EntryOf(network.AdmissionOf(CityNamed("fi-espoo", "FIN"))));
  const RosterLine& line = network.roster().lines().back();
  EXPECT_FALSE(line.valid);
  EXPECT_EQ(line.seq, Sequence(5));
  EXPECT_EQ(line.subject, "fi-espoo");
  EXPECT_THAT(line.why_void, HasSubstr("recommendation"));
}

TEST(RosterTest, AnUnknownCriticalKindStopsTheFoldAndSaysUpgrade) {
  Network network = Network::Founded();
  const std::string before = PictureOf(network.roster());
  EXPECT_THAT(Verdict(network, {kUnknownCritical, "from the future", {}, {}}), HasSubstr("upgrade"));
  EXPECT_TRUE(network.roster().needs_upgrade());
  const RosterEntry lawful =
      network.EntryOf(network.AdmissionOf(ApplicantNamed("partner", MemberKind::kPartner, "INT")));
  EXPECT_EQ(
      network.roster().WouldAccept(lawful.kind, RecordNamed("r"), network.PayloadOf(lawful, RecordNamed("r"))).code(),
      absl::StatusCode::kUnimplemented);
  EXPECT_NE(Verdict(network, lawful), "");
  EXPECT_EQ(network.roster().state().members.size(), 1u);
  EXPECT_EQ(network.roster().position().len, Sequence(6)) << "the chain is followed all the same";
  EXPECT_EQ(before.substr(0, before.size() - 1), PictureOf(network.roster()).substr(0, before.size() - 1));
}

TEST(RosterTest, ALaterFormOfACriticalKindStopsTheFoldToo) {
  Network network = Network::Founded();
  RosterEntry entry = network.FoundingEntries()[0];
  entry.schema_ver = 2;
  EXPECT_NE(Verdict(network, entry), "");
  EXPECT_TRUE(network.roster().needs_upgrade());
}

TEST(RosterTest, AnUnknownKindThatMayBeSkippedIsSkipped) {
  Network network = Network::Founded();
  EXPECT_EQ(Verdict(network, {kUnknownSkippable, "from the future", {}, {}}), "");
  RosterEntry later_form{roster_kind::kFramework, "another form", {}, {}};
  later_form.schema_ver = 2;
  EXPECT_EQ(Verdict(network, later_form), "");
  EXPECT_FALSE(network.roster().needs_upgrade());
  EXPECT_EQ(network.roster().state().framework->version, "2013");
  EXPECT_EQ(Verdict(network, network.EntryOf(network.AdmissionOf(ApplicantNamed("a", MemberKind::kPartner, "INT")))),
            "");
}

TEST(RosterTest, ARecordIdThatStoodInAValidEntryIsSpent) {
  Network network = Network::Founded();
  RosterEntry first = network.EntryOf(network.AdmissionOf(ApplicantNamed("a", MemberKind::kPartner, "INT")));
  first.record = RecordNamed("twice");
  EXPECT_EQ(Verdict(network, first), "");
  RosterEntry second = network.EntryOf(network.AdmissionOf(ApplicantNamed("b", MemberKind::kPartner, "INT")));
  second.record = RecordNamed("twice");
  EXPECT_THAT(Verdict(network, second), HasSubstr("record id"));
  second.record = RecordNamed("once");
  EXPECT_EQ(Verdict(network, second), "");
}

TEST(RosterTest, ARecordIdOfAVoidEntryMayBeUsed) {
  Network network = Network::Founded();
  RosterEntry entry = network.EntryOf(network.AdmissionOf(CityNamed("fi-espoo", "FIN")));
  entry.record = RecordNamed("id");
  EXPECT_NE(Verdict(network, entry), "");
  entry = network.EntryOf(network.AdmissionOf(ApplicantNamed("a", MemberKind::kPartner, "INT")));
  entry.record = RecordNamed("id");
  EXPECT_EQ(Verdict(network, entry), "");
}

TEST(RosterTest, APayloadThatCannotBeReadIsVoid) {
  Network network = Network::Founded();
  for (const Kind kind :
       {roster_kind::kPolicy, roster_kind::kMemberAdd, roster_kind::kMemberUpdate, roster_kind::kIncarnation,
        roster_kind::kSeal, roster_kind::kRevoke, roster_kind::kSuspend, roster_kind::kResume, roster_kind::kSchema,
        roster_kind::kKey, roster_kind::kFramework, roster_kind::kNetworkInfo}) {
    EXPECT_NE(Verdict(network, {kind, "\xff\xff\xff", network.approvers(), {}}), "") << kind.value();
    EXPECT_NE(Verdict(network, {kind, Encode(NetworkInfo{}), {}, {}}), "") << kind.value();
  }
}

TEST(RosterTest, AnEntryWithoutAPayloadIsVoid) {
  Network network = Network::Founded();
  EXPECT_THAT(Verdict(network, {roster_kind::kPolicy, "", {}, {}}), HasSubstr("no payload"));
  EXPECT_THAT(Verdict(network, {roster_kind::kNetworkInfo, "", {}, {}}), HasSubstr("no payload"));
}

TEST(RosterTest, FrameworkAndNetworkInformationAreReplacedByLaterOnes) {
  Network network = Network::Founded();
  const Framework framework{"unesco-gnlc-key-features", "2030", testing::Random("catalogue 2030")};
  EXPECT_EQ(Verdict(network, {roster_kind::kFramework, Encode(framework), {}, {}}), "");
  EXPECT_EQ(network.roster().state().framework, framework);
  const NetworkInfo info{"Renamed", {{"ko", "\xEB\xA7\x9D"}}, {"hub.example:1", "hub2.example:2"}};
  EXPECT_EQ(Verdict(network, {roster_kind::kNetworkInfo, Encode(info), {}, {}}), "");
  EXPECT_EQ(network.roster().state().network_info, info);
}

TEST(RosterTest, FrameworkAndNetworkInformationMustBeReadable) {
  Network network = Network::Founded();
  EXPECT_NE(Verdict(network, {roster_kind::kFramework, Encode(Framework{"", "2030", Hash()}), {}, {}}), "");
  EXPECT_NE(Verdict(network, {roster_kind::kFramework, Encode(Framework{"id", "a\nb", Hash()}), {}, {}}), "");
  EXPECT_NE(Verdict(network, {roster_kind::kNetworkInfo, Encode(NetworkInfo{"a\tb", {}, {}}), {}, {}}), "");
  EXPECT_NE(Verdict(network, {roster_kind::kNetworkInfo, Encode(NetworkInfo{"", {}, {}}), {}, {}}), "");
  EXPECT_EQ(network.roster().state().framework->version, "2013");
  EXPECT_EQ(network.roster().state().network_info->name, "Test network");
}

class NamedFeedsTest : public ::testing::Test {
 protected:
  NamedFeedsTest() {
    finland_number_ = network_.AdmitAuthority(finland_);
    espoo_number_ = network_.AdmitCity(espoo_, finland_);
  }
  // (member, collection) of every feed named.
  std::set<std::pair<std::uint32_t, int>> Named() const {
    std::set<std::pair<std::uint32_t, int>> named;
    for (const auto& [feed, author] : network_.roster().feeds()) {
      EXPECT_EQ(feed, FeedIdOf(SodiumCrypto(), network_.id(), author));
      EXPECT_EQ(*network_.roster().AuthorOf(feed), author);
      named.insert({author.member.value(), author.collection.value()});
    }
    return named;
  }

  Network network_ = Network::Founded();
  Applicant finland_ = AuthorityOf("FIN");
  Applicant espoo_ = CityNamed("fi-espoo", "FIN");
  Member finland_number_;
  Member espoo_number_;
};

TEST_F(NamedFeedsTest, AreThoseThatThePolicyGivesToEachKindOfMember) {
  const std::set<std::pair<std::uint32_t, int>> expected = {{0, 0},  {1, 1},  {1, 8},  {1, 5},  {10, 7},
                                                            {11, 1}, {11, 2}, {11, 3}, {11, 4}, {11, 7}};
  EXPECT_EQ(Named(), expected);
}

TEST_F(NamedFeedsTest, GrowWithThePolicyForMembersOldAndNew) {
  Policy policy{testing::UsualRights()};
  policy.rights.push_back({MemberKind::kCity, kStrategies, Sequence(50)});
  policy.rights.push_back({MemberKind::kCity, kReviews, Sequence(0)});
  EXPECT_EQ(Verdict(network_, {roster_kind::kPolicy, Encode(policy), network_.approvers(), {}}), "");
  EXPECT_TRUE(Named().contains({11, 9}));
  EXPECT_FALSE(Named().contains({11, 6})) << "a limit of 0 gives no right";
  EXPECT_EQ(network_.roster().PresentFeed(espoo_number_, kStrategies)->length_max, Sequence(50));
  network_.AdmitCity(CityNamed("fi-turku", "FIN"), finland_);
  EXPECT_TRUE(Named().contains({12, 9}));
}

TEST_F(NamedFeedsTest, PresentFeedIsNothingWhereThePolicyGivesNoRight) {
  const Roster& roster = network_.roster();
  EXPECT_TRUE(roster.PresentFeed(espoo_number_, kIndicators).has_value());
  EXPECT_FALSE(roster.PresentFeed(espoo_number_, kNotices).has_value());
  EXPECT_FALSE(roster.PresentFeed(finland_number_, kIndicators).has_value());
  EXPECT_FALSE(roster.PresentFeed(Member(99), kIndicators).has_value());
  EXPECT_EQ(roster.PresentFeed(kRosterWriter, kRosterCollection), roster.author());
  EXPECT_EQ(roster.AuthorOf(FeedId()), nullptr);
}

TEST_F(NamedFeedsTest, MemberZeroWritesTheRosterAndNothingElse) {
  EXPECT_FALSE(network_.roster().PresentFeed(kRosterWriter, kIndicators).has_value());
}

TEST_F(NamedFeedsTest, TlsKeysLeadToTheirMember) {
  const Pin pin = PinOf(SodiumCrypto(), espoo_.tls[0]->public_key());
  EXPECT_EQ(network_.roster().LiveMemberOf(pin), espoo_number_);
  EXPECT_EQ(network_.roster().PinsOf(espoo_number_), std::set<Pin>({pin}));
  EXPECT_EQ(network_.roster().PinsEverListed().size(), 3u);
  const Pin unknown = PinOf(SodiumCrypto(), KeyNamed("nobody")->public_key());
  EXPECT_FALSE(network_.roster().LiveMemberOf(unknown).has_value());
  EXPECT_FALSE(network_.roster().PinsEverListed().contains(unknown));
  EXPECT_TRUE(network_.roster().PinsOf(Member(99)).empty());
}

// The same entries give the same state, whoever folds them and however often.
TEST_F(NamedFeedsTest, FoldingTheSameEntriesAgainGivesTheSameRoster) {
  network_.Append(network_.EntryOf(network_.AdmissionOf(CityNamed("it-turin", "ITA"))));
  network_.Append({kUnknownSkippable, "from the future", {}, {}});
  Roster again(SodiumCrypto(), network_.roster().root());
  for (const VerifiedUnit& unit : network_.units()) again.Fold(unit.unit().entries.front());
  EXPECT_EQ(PictureOf(again), PictureOf(network_.roster()));
  EXPECT_EQ(again.position(), network_.roster().position());
  ASSERT_EQ(again.lines().size(), network_.roster().lines().size());
  for (std::size_t i = 0; i < again.lines().size(); ++i) {
    EXPECT_EQ(again.lines()[i].valid, network_.roster().lines()[i].valid);
    EXPECT_EQ(again.lines()[i].why_void, network_.roster().lines()[i].why_void);
    EXPECT_EQ(again.lines()[i].subject, network_.roster().lines()[i].subject);
  }
}

TEST(RosterRootTest, OfficersChangeFromTheLengthThatTheRootDocumentNames) {
  Network network = Network::Founded();
  const testing::Keys fresh = testing::KeysNamed("fresh officer", 1);
  ASSERT_TRUE(network.AppendRoot(network.RootWithOfficers(fresh, Sequence(5))).ok());
  EXPECT_EQ(network.roster().position().root_version, 2u);
  const Applicant finland = AuthorityOf("FIN");
  EXPECT_EQ(Verdict(network, network.EntryOf(network.AdmissionOf(finland), network.officers())), "");
  const Applicant italy = AuthorityOf("ITA");
  EXPECT_NE(Verdict(network, network.EntryOf(network.AdmissionOf(italy), network.officers())), "");
  EXPECT_EQ(Verdict(network, network.EntryOf(network.AdmissionOf(italy), fresh)), "");
}

// Root documents and roster entries come by different ways. In whatever order they come, the same entry is judged by
// the same officers.
TEST(RosterRootTest, P15_ARootDocumentThatArrivesLateJudgesTheSameEntriesTheSameWay) {
  Network network = Network::Founded();
  const testing::Keys fresh = testing::KeysNamed("fresh officer", 1);
  const SignedRoot second = network.RootWithOfficers(fresh, Sequence(4));
  const Applicant finland = AuthorityOf("FIN");
  network.Append(network.EntryOf(network.AdmissionOf(finland), network.officers()));  // no officer any more

  Roster early(SodiumCrypto(), network.roster().root());
  ASSERT_TRUE(early.AppendRoot(second).ok());
  for (const VerifiedUnit& unit : network.units()) early.Fold(unit.unit().entries.front());
  ASSERT_TRUE(network.AppendRoot(second).ok());
  EXPECT_FALSE(early.lines().back().valid);
  EXPECT_EQ(PictureOf(network.roster()), PictureOf(early));
}

TEST(RosterRootTest, ARootDocumentThatDoesNotFollowChangesNothing) {
  Network network = Network::Founded();
  SignedRoot unsigned_root = network.RootWithOfficers(testing::KeysNamed("fresh officer", 1), Sequence(4));
  unsigned_root.signatures.pop_back();
  EXPECT_EQ(network.AppendRoot(unsigned_root).code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(network.roster().position().root_version, 1u);
}

TEST(RosterDeathTest, OnlyTheNextEntryIsFolded) {
  Network network = Network::Founded();
  Roster fresh(SodiumCrypto(), network.roster().root());
  EXPECT_DEATH(fresh.Fold(network.units()[1].unit().entries.front()), "broken invariant");
}

}  // namespace
}  // namespace hansa::replication
