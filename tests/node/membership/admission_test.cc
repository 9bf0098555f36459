// Admission: from files to a roster entry that every node judges valid, and every rule in its way.
#include "node/membership/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "node/membership/grant.h"
#include "node/membership/recommendation.h"
#include "replication/collections.h"
#include "tests/node/membership/fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::IsOk;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::StatusIs;
using replication::KeyRole;
using replication::Member;
using replication::MemberKind;
using replication::MemberRecord;
using replication::RosterLine;
using ::testing::ElementsAre;
using ::testing::SizeIs;
namespace roster_kind = replication::roster_kind;

constexpr char kReason[] = "It has a learning council.";
constexpr absl::StatusCode kRefused = absl::StatusCode::kFailedPrecondition;

class AdmissionTest : public ::testing::Test {
 protected:
  const MemberRecord* Find(const std::string& slug) { return network_.roster().state().Find(slug); }
  absl::StatusOr<PreparedEntry> Prepare(const AdmitRequest& request) {
    return PrepareAdmission(request, network_.roster());
  }
  std::string Application(const std::string& kind, const std::string& slug, const std::string& country) {
    return Network::Apply(network_.SetUp(kind, slug, country));
  }

  Network network_;
};

// The strong form: two of three officers approve.
class StrongAdmissionTest : public AdmissionTest {
 protected:
  StrongAdmissionTest() {
    FoundOptions options;
    options.root_keys = options.officers = 3;
    options.threshold = options.approvals = 2;
    strong_ = std::make_unique<Network>(options);
    application_ = Network::Apply(strong_->SetUp("authority", "gb-natcom", "GBR"));
  }
  Proposal Propose() { return Must(ProposeAdmission({.application = application_}, strong_->roster())); }
  std::string ApprovalBy(std::size_t officer, const Proposal& proposal) {
    return Must(ApproveFile({EncodeProposal(proposal), strong_->founded().officer_keys[officer]}));
  }
  absl::StatusOr<PreparedEntry> PrepareWith(std::vector<std::string> approvals, std::vector<std::string> keys = {}) {
    return PrepareAdmission(
        {.application = application_, .approvals = std::move(approvals), .officer_key_files = std::move(keys)},
        strong_->roster());
  }

  std::unique_ptr<Network> strong_;
  std::string application_;
};

TEST_F(AdmissionTest, ACityWithItsAuthoritysRecommendationBecomesAMember) {
  const std::string authority = network_.Authority("gb-natcom", "GBR");
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  const RosterLine& line =
      network_.Admit({.application = bristol, .recommendation = Must(Recommend({authority, bristol, kReason}))});
  EXPECT_TRUE(line.valid) << line.why_void;
  const MemberRecord* member = Find("gb-bristol");
  ASSERT_NE(member, nullptr);
  EXPECT_EQ(member->number, Member(11));
  EXPECT_EQ(member->kind, MemberKind::kCity);
  EXPECT_EQ(member->region, "Europe and North America");
  EXPECT_EQ(member->recommended_by, Find("gb-natcom")->number);
}

TEST_F(AdmissionTest, ACityNeedsNoOfficer) {
  const std::string authority = network_.Authority("gb-natcom", "GBR");
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  const PreparedEntry admission =
      Must(Prepare({.application = bristol, .recommendation = Must(Recommend({authority, bristol, kReason}))}));
  EXPECT_EQ(admission.kind, roster_kind::kMemberAdd);
  EXPECT_EQ(admission.slug, "gb-bristol");
  EXPECT_EQ(admission.words, "admit gb-bristol (The one called gb-bristol), city, GBR, as member 11");
  EXPECT_THAT(Must(replication::DecodeRosterPayload(admission.payload)).approvals, SizeIs(0));
}

TEST_F(AdmissionTest, ACityWithoutARecommendationIsToldWhomToAsk) {
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  EXPECT_THAT(Prepare({.application = bristol}), StatusIs(kRefused, "admit the authority first"));
  network_.Authority("gb-natcom", "GBR");
  EXPECT_THAT(Prepare({.application = bristol}),
              StatusIs(kRefused,
                       "the city gb-bristol needs the recommendation of the national authority of "
                       "GBR: ask gb-natcom to run `hansa recommend`"));
}

TEST_F(AdmissionTest, AnotherCountrysAuthorityDoesNotCount) {
  network_.Authority("gb-natcom", "GBR");
  // It believes itself to be of another country than it was admitted for.
  const std::string germany = network_.Authority("de-natcom", "DEU");
  NodePaths paths(germany);
  Identity identity = Must(ReadIdentity(paths.identity));
  identity.country = "GBR";
  Must(WriteIdentity(paths.identity, identity));
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  EXPECT_THAT(Prepare({.application = bristol, .recommendation = Must(Recommend({germany, bristol, kReason}))}),
              StatusIs(kRefused, "is by de-natcom, the authority of DEU, and gb-bristol is a city"));
}

TEST_F(AdmissionTest, AnAuthorityThatIsNoMemberDoesNotCount) {
  network_.Authority("gb-natcom", "GBR");
  const std::string stranger = network_.SetUp("authority", "gb-other", "GBR");
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  EXPECT_THAT(Prepare({.application = bristol, .recommendation = Must(Recommend({stranger, bristol, kReason}))}),
              StatusIs(kRefused, "not signed by a national authority of this network"));
}

TEST_F(AdmissionTest, TheRecommendationOfAnotherApplicationDoesNotCount) {
  const std::string authority = network_.Authority("gb-natcom", "GBR");
  const std::string folder = network_.SetUp("city", "gb-bristol", "GBR");
  const std::string first = Network::Apply(folder);
  const std::string second = Network::Apply(folder);
  EXPECT_THAT(Prepare({.application = second, .recommendation = Must(Recommend({authority, first, kReason}))}),
              StatusIs(kRefused, "of another application"));
}

TEST_F(AdmissionTest, ADeferralDoesNotCount) {
  const std::string authority = network_.Authority("gb-natcom", "GBR");
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  EXPECT_THAT(Prepare({.application = bristol, .recommendation = Must(Defer({authority, bristol, kReason}))}),
              StatusIs(absl::StatusCode::kInvalidArgument, "deferral"));
}

TEST_F(AdmissionTest, ACityThatTheHubPutInWithoutARecommendationHasNoEffectAnywhere) {
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  const ApplicationFile file = Must(ReadApplication(bristol, network_.id()));
  const replication::MemberAdd add{Member(10), "", file.statement, file.possession, std::nullopt};
  const RosterLine& line = network_.Publish({roster_kind::kMemberAdd, RandomRecordId(),
                                             Encode(replication::RosterPayload{Encode(add), {}}), "", "gb-bristol"});
  EXPECT_FALSE(line.valid);
  EXPECT_EQ(Find("gb-bristol"), nullptr);
}

TEST_F(AdmissionTest, WithAllKeysAtHandAnAuthorityIsAdmittedAtOnce) {
  network_.Authority("kr-natcom", "KOR");
  const MemberRecord* member = Find("kr-natcom");
  ASSERT_NE(member, nullptr);
  EXPECT_EQ(member->number, Member(10));
  EXPECT_EQ(member->region, "Asia and the Pacific");
}

TEST_F(AdmissionTest, WithoutApprovalsItIsToldHowToGetThem) {
  const std::string natcom = Application("authority", "gb-natcom", "GBR");
  EXPECT_THAT(Prepare({.application = natcom}),
              StatusIs(kRefused, "needs one officer's approval and has 0: write a proposal with -o"));
}

TEST_F(AdmissionTest, PartnersNeedNobodyAndMayBeInternational) {
  const std::string partner = Application("partner", "int-library", "INT");
  EXPECT_TRUE(network_.Publish(Must(Prepare({.application = partner}))).valid);
  EXPECT_EQ(Find("int-library")->region, "");
  EXPECT_THAT(Prepare({.application = Application("partner", "gb-library", "GBR"), .recommendation = "{}"}),
              StatusIs(kRefused, "leave the recommendation out"));
}

TEST_F(AdmissionTest, SecretariatNodesTakeTheLowNumbersUpToNine) {
  for (int i = 2; i <= 9; ++i) {
    const std::string slug = absl::StrCat("int-hub", i);
    EXPECT_TRUE(network_.Admit({.application = Application("secretariat", slug, "INT")}).valid);
    EXPECT_EQ(Find(slug)->number, Member(static_cast<std::uint32_t>(i)));
  }
  EXPECT_THAT(Prepare({.application = Application("secretariat", "int-hub10", "INT"),
                       .officer_key_files = network_.founded().officer_keys}),
              StatusIs(kRefused, "nine"));
}

TEST_F(AdmissionTest, WhoIsAMemberAlreadyIsToldSoWithItsNumber) {
  const std::string authority = network_.Authority("gb-natcom", "GBR");
  const std::string folder = network_.SetUp("city", "gb-bristol", "GBR");
  const std::string bristol = Network::Apply(folder);
  const AdmitRequest request{.application = bristol, .recommendation = Must(Recommend({authority, bristol, kReason}))};
  network_.Admit(request);
  EXPECT_THAT(Prepare(request), StatusIs(absl::StatusCode::kAlreadyExists, "number 11"));
  EXPECT_THAT(Prepare({.application = Network::Apply(folder)}),
              StatusIs(absl::StatusCode::kAlreadyExists, "number 11"));
}

TEST_F(AdmissionTest, ANameIsGivenOnce) {
  network_.Admit({.application = Application("partner", "gb-library", "GBR")});
  std::filesystem::remove_all(network_.folder() / "gb-library");
  EXPECT_THAT(Prepare({.application = Application("partner", "gb-library", "GBR")}),
              StatusIs(kRefused, "has been used and is never given again"));
}

TEST_F(AdmissionTest, AKeyBelongsToOneMember) {
  const std::string first = network_.SetUp("partner", "gb-library", "GBR");
  const std::string other = network_.SetUp("partner", "gb-museum", "GBR");
  network_.Admit({.application = Network::Apply(first)});
  std::filesystem::copy_file(NodePaths(first).tls_key, NodePaths(other).tls_key,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(Prepare({.application = Network::Apply(other)}), StatusIs(kRefused, "set up a new folder"));
}

TEST_F(AdmissionTest, ExpertsAndSurveyAgenciesNeedOneOfficer) {
  for (const char* role : {"expert", "survey-agency"}) {
    const std::string application = Application(role, absl::StrCat("int-", role), "INT");
    EXPECT_THAT(Prepare({.application = application}), StatusIs(kRefused, "one officer's approval"));
    const PreparedEntry admission =
        Must(Prepare({.application = application, .officer_key_files = network_.founded().officer_keys}));
    EXPECT_EQ(admission.kind, roster_kind::kKey);
    EXPECT_TRUE(network_.Publish(admission).valid);
    EXPECT_THAT(Prepare({.application = application}), StatusIs(absl::StatusCode::kAlreadyExists, "accepted already"));
  }
  EXPECT_THAT(network_.roster().state().statement_keys, SizeIs(2));
}

TEST_F(AdmissionTest, AnAuthoritysOfficerNeedsItsGrantAndThenRecommends) {
  const std::string authority = network_.Authority("gb-natcom", "GBR");
  const std::string folder = network_.SetUp("authority-officer", "gb-officer", "GBR");
  const std::string officer = Network::Apply(folder);
  EXPECT_THAT(Prepare({.application = officer}), StatusIs(kRefused, "needs the grant"));
  EXPECT_THAT(Prepare({.application = officer, .recommendation = Must(GrantOfficer({authority, officer, Member(1)}))}),
              StatusIs(kRefused, "not by the national authority of GBR"));
  const std::string bristol = Application("city", "gb-bristol", "GBR");
  const AdmitRequest admit_bristol{.application = bristol,
                                   .recommendation = Must(Recommend({folder, bristol, kReason}))};
  EXPECT_THAT(Prepare(admit_bristol), StatusIs(kRefused, "not signed by a national authority"));

  const Member number = Find("gb-natcom")->number;
  const PreparedEntry key =
      Must(Prepare({.application = officer, .recommendation = Must(GrantOfficer({authority, officer, number}))}));
  EXPECT_TRUE(network_.Publish(key).valid);
  EXPECT_TRUE(network_.Publish(Must(Prepare(admit_bristol))).valid);
  EXPECT_EQ(Find("gb-bristol")->recommended_by, number);
}

TEST_F(AdmissionTest, AnotherNetworksApplicationIsRefused) {
  Network other;
  const std::string partner = Network::Apply(other.SetUp("partner", "gb-library", "GBR"));
  EXPECT_THAT(Prepare({.application = partner}), StatusIs(kRefused, "is for the network"));
}

TEST_F(AdmissionTest, OfficersKeysBesideTheHubAreFound) {
  EXPECT_THAT(OfficerKeysBeside(network_.founded().hub_folder), SizeIs(1));
  hansa::testing::WriteFile(network_.folder() / "out/officer.txt", "x");
  hansa::testing::WriteFile(network_.folder() / "out/my-officer-1.key", "x");
  const std::vector<std::string> keys = OfficerKeysBeside(network_.founded().hub_folder + "/");
  ASSERT_THAT(keys, SizeIs(1));
  EXPECT_EQ(Must(ReadKey(keys[0])), Must(ReadKey(network_.founded().officer_keys[0])));
  EXPECT_THAT(OfficerKeysBeside(network_.folder() / "none/hub"), SizeIs(0));
}

TEST_F(AdmissionTest, AKeyOfNobodyInOfficeIsPassedOverAndNamed) {
  const std::string natcom = Application("authority", "gb-natcom", "GBR");
  const std::string stranger = network_.folder() / "stranger.key";
  Must(WriteKey(stranger, RandomSeed()));
  EXPECT_THAT(Prepare({.application = natcom, .officer_key_files = {stranger}}),
              StatusIs(kRefused, "stranger.key is no officer's"));
  EXPECT_THAT(Prepare({.application = natcom, .officer_key_files = {stranger, network_.founded().officer_keys[0]}}),
              IsOk());
}

TEST_F(AdmissionTest, AKeyThatIsNotNeededIsNotRead) {
  ASSERT_EQ(chmod(network_.founded().officer_keys[0].c_str(), 0644), 0);
  EXPECT_THAT(Prepare({.application = Application("partner", "gb-library", "GBR"),
                       .officer_key_files = network_.founded().officer_keys}),
              IsOk());
  EXPECT_THAT(Prepare({.application = Application("authority", "gb-natcom", "GBR"),
                       .officer_key_files = network_.founded().officer_keys}),
              StatusIs(kRefused, "chmod 600"));
}

TEST_F(StrongAdmissionTest, TwoApprovalsByFileAdmit) {
  const Proposal proposal = Propose();
  const PreparedEntry admission = Must(PrepareWith({ApprovalBy(2, proposal), ApprovalBy(0, proposal)}));
  EXPECT_EQ(admission.record, proposal.record);
  EXPECT_TRUE(strong_->Publish(admission).valid);
}

TEST_F(StrongAdmissionTest, OneApprovalByFileAndOneKeyAtHandAdmit) {
  const Proposal proposal = Propose();
  const PreparedEntry admission = Must(PrepareWith({ApprovalBy(1, proposal)}, {strong_->founded().officer_keys[0]}));
  EXPECT_TRUE(strong_->Publish(admission).valid);
}

TEST_F(StrongAdmissionTest, KeysAtHandSignNoMoreThanNeeded) {
  const PreparedEntry admission = Must(PrepareWith({}, strong_->founded().officer_keys));
  EXPECT_THAT(Must(replication::DecodeRosterPayload(admission.payload)).approvals, SizeIs(2));
}

TEST_F(StrongAdmissionTest, TheSameOfficerTwiceIsOne) {
  const Proposal proposal = Propose();
  EXPECT_THAT(PrepareWith({ApprovalBy(0, proposal), ApprovalBy(0, proposal)}),
              StatusIs(kRefused, "needs 2 officers' approvals and has 1"));
  EXPECT_THAT(PrepareWith({ApprovalBy(0, proposal)}, {strong_->founded().officer_keys[0]}),
              StatusIs(kRefused, "needs 2 officers' approvals and has 1"));
}

TEST_F(StrongAdmissionTest, ApprovalsOfTwoProposalsDoNotAddUp) {
  const Proposal first = Propose();
  const Proposal second = Propose();
  EXPECT_THAT(PrepareWith({ApprovalBy(0, first), ApprovalBy(1, second)}), StatusIs(kRefused, "of another proposal"));
}

TEST_F(StrongAdmissionTest, AnApprovalByNobodyInOfficeIsRefused) {
  const Proposal proposal = Propose();
  const std::string stranger = strong_->folder() / "stranger.key";
  Must(WriteKey(stranger, RandomSeed()));
  EXPECT_THAT(PrepareWith({Must(ApproveFile({EncodeProposal(proposal), stranger}))}),
              StatusIs(kRefused, "no officer's of this network"));
}

TEST_F(StrongAdmissionTest, AProposalThatTheRosterOvertookIsToBeMadeAgain) {
  const Proposal proposal = Propose();
  const std::vector<std::string> approvals = {ApprovalBy(0, proposal), ApprovalBy(1, proposal)};
  strong_->Admit({.application = Network::Apply(strong_->SetUp("partner", "gb-library", "GBR"))});
  EXPECT_THAT(PrepareWith(approvals), StatusIs(kRefused, "write the proposal again"));
}

TEST_F(StrongAdmissionTest, ApprovalsAreSpentOnce) {
  const Proposal proposal = Propose();
  const std::vector<std::string> approvals = {ApprovalBy(0, proposal), ApprovalBy(1, proposal)};
  const PreparedEntry admission = Must(PrepareWith(approvals));
  EXPECT_TRUE(strong_->Publish(admission).valid);
  EXPECT_THAT(PrepareWith(approvals), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_FALSE(strong_->Publish(admission).valid);
}

TEST_F(StrongAdmissionTest, AnExpertNeedsOneOfficerAllTheSame) {
  const std::string expert = Network::Apply(strong_->SetUp("expert", "int-expert", "INT"));
  const PreparedEntry admission = Must(PrepareAdmission(
      {.application = expert, .officer_key_files = {strong_->founded().officer_keys[2]}}, strong_->roster()));
  EXPECT_TRUE(strong_->Publish(admission).valid);
}

}  // namespace
}  // namespace hansa::node::membership
