// Suspending, showing again and ending: what is asked for becomes an entry that the roster takes, and every bad wish is
// told what stands against it.
#include "node/membership/member_change.h"

#include "tests/node/membership/life_fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::LifeTest;
using hansa::testing::Must;
using hansa::testing::StatusIs;
using replication::Collection;
using replication::MemberState;
using replication::RevokeReason;
using replication::RosterLine;
using replication::Sequence;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::StatusCode kRefused = absl::StatusCode::kFailedPrecondition;
constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kAlready = absl::StatusCode::kAlreadyExists;

class Standing : public LifeTest {};

TEST_F(Standing, AMemberIsSetAsideAndShownAgainByTheRostersKeyAlone) {
  const EntryDraft suspend =
      Must(DraftStanding({.slug = "gb-bristol", .act = StandingAct::kSuspend, .note = " figures "}, roster()));
  EXPECT_EQ(suspend.approvals_needed, 0u);
  EXPECT_TRUE(network_.Publish(Must(PrepareEntry(suspend, {}, roster()))).valid);
  EXPECT_EQ(bristol().state, MemberState::kSuspended);
  EXPECT_EQ(bristol().standing_note, "figures");
  EXPECT_THAT(DraftStanding({.slug = "gb-bristol"}, roster()), StatusIs(kAlready, "is suspended already"));

  const EntryDraft resume = Must(DraftStanding({.slug = "gb-bristol", .act = StandingAct::kResume}, roster()));
  EXPECT_TRUE(network_.Publish(Must(PrepareEntry(resume, {}, roster()))).valid);
  EXPECT_EQ(bristol().state, MemberState::kMember);
  EXPECT_THAT(DraftStanding({.slug = "gb-bristol", .act = StandingAct::kResume}, roster()),
              StatusIs(kAlready, "is not suspended"));
}

TEST_F(Standing, NobodyElseIsSetAside) {
  EXPECT_THAT(DraftStanding({.slug = "gb-bristl"}, roster()),
              StatusIs(absl::StatusCode::kNotFound, "did you mean 'gb-bristol'?"));
  EXPECT_THAT(DraftStanding({.slug = ""}, roster()), StatusIs(absl::StatusCode::kNotFound, "`hansa members`"));
}

TEST_F(Standing, ANoteIsOneLineOfTextThatFits) {
  EXPECT_THAT(DraftStanding({.slug = "gb-bristol", .note = "two\nlines"}, roster()), StatusIs(kInvalid, "the note"));
  EXPECT_THAT(DraftStanding({.slug = "gb-bristol", .note = std::string(2001, 'x')}, roster()),
              StatusIs(kInvalid, "longer than 2000 bytes"));
  EXPECT_TRUE(DraftStanding({.slug = "gb-bristol", .note = std::string(2000, 'x')}, roster()).ok());
}

TEST(FeedEnds, AreReadAndNothingElseIs) {
  EXPECT_EQ(Must(ParseFeedEnd("practices:12")), (FeedEnd{replication::kPractices, Sequence(12)}));
  EXPECT_EQ(Must(ParseFeedEnd("77:0")), (FeedEnd{Collection(77), Sequence()}));
  for (const char* text : {"", ":", "practices", "practices:", ":7", "practices:x", "practices:-1", "practices:1:2",
                           "cakes:1", "roster:1", "0:1", "256:1", "practices:99999999999999999999"}) {
    EXPECT_THAT(ParseFeedEnd(text), StatusIs(kInvalid, "COLLECTION:LEN")) << text;
  }
}

class Revocation : public LifeTest {
 protected:
  absl::StatusOr<RevokeDraft> Draft(std::vector<FeedEnd> ends = {}, std::vector<std::string> approvals = {},
                                    RevokeReason reason = RevokeReason::kRetired) {
    return DraftRevocation({"gb-bristol", reason, std::move(ends), std::move(approvals)}, roster(), feeds_);
  }
  std::vector<std::string> Warnings(std::vector<FeedEnd> ends = {}) { return Must(Draft(std::move(ends))).warnings; }
  // Where the roster says that Bristol's feed ends; 0: nowhere later.
  std::uint64_t EndOf(Collection collection) const {
    const auto& seals = roster().state().seals.at({bristol().number, bristol().present().number});
    const auto found = seals.find(collection);
    return found == seals.end() ? 0 : found->second.len.value();
  }
};

TEST_F(Revocation, EndsEachFeedWhereItIsHeld) {
  Publishes(feeds_, replication::kPractices, 3);
  Publishes(feeds_, replication::kIndicators);
  const RevokeDraft draft = Must(Draft());
  EXPECT_THAT(draft.warnings, IsEmpty());
  EXPECT_EQ(draft.entry.approvals_needed, 1u);
  EXPECT_EQ(InWords(draft.entry.proposal.kind, draft.entry.proposal.body),
            "end the membership of member 11, which leaves the network: the feed of indicators ends after entry 1; the "
            "feed of practices ends after entry 3; every other feed of it ends empty");
  const RosterLine& line = Make(draft.entry);
  EXPECT_TRUE(line.valid) << line.why_void;
  EXPECT_EQ(bristol().state, MemberState::kRetired);
  EXPECT_EQ(EndOf(replication::kPractices), 3u);
  EXPECT_EQ(EndOf(replication::kIndicators), 1u);
  EXPECT_EQ(EndOf(replication::kOffers), 0u);
}

TEST_F(Revocation, EndsAFeedEarlierWhereItsAuthorSigned) {
  Publishes(feeds_, replication::kPractices, 2);
  Publishes(feeds_, replication::kPractices, 3);
  Publishes(feeds_, replication::kPractices);
  const std::vector<FeedEnd> ends = {{replication::kPractices, Sequence(5)}};
  EXPECT_THAT(Warnings(ends), ElementsAre("the feed of practices goes on here to entry 6, and ends after entry 5"));
  EXPECT_TRUE(Make(Must(Draft(ends, {}, RevokeReason::kCompromised)).entry).valid);
  EXPECT_EQ(bristol().state, MemberState::kCompromised);
  EXPECT_EQ(EndOf(replication::kPractices), 5u);
}

TEST_F(Revocation, LeavesNothingOfAFeedWhoseEndIsZero) {
  Publishes(feeds_, replication::kPractices, 2);
  const std::vector<FeedEnd> ends = {{replication::kPractices, Sequence()}};
  EXPECT_THAT(Warnings(ends), ElementsAre("the feed of practices goes on here to entry 2, and ends empty"));
  EXPECT_TRUE(Make(Must(Draft(ends)).entry).valid);
  EXPECT_EQ(EndOf(replication::kPractices), 0u);
}

TEST_F(Revocation, NamesWhereItsAuthorSignedWhenAnEndIsElsewhere) {
  Publishes(feeds_, replication::kPractices, 2);
  Publishes(feeds_, replication::kPractices, 3);
  EXPECT_THAT(Draft({{replication::kPractices, Sequence(3)}}), StatusIs(kRefused, "the nearest are 2 and 5"));
  EXPECT_THAT(Draft({{replication::kPractices, Sequence(1)}}), StatusIs(kRefused, "the nearest are 0 and 2"));
  EXPECT_THAT(Draft({{replication::kPractices, Sequence(6)}}), StatusIs(kRefused, "the last that is held is 5"));
  EXPECT_THAT(Draft({{replication::kOffers, Sequence(1)}}), StatusIs(absl::StatusCode::kNotFound, "leave it out"));
  EXPECT_THAT(Draft({{replication::kPractices, Sequence(2)}, {replication::kPractices, Sequence(5)}}),
              StatusIs(kInvalid, "two ends"));
}

TEST_F(Revocation, HoldsAsItWasApprovedThoughMoreWasPublishedMeanwhile) {
  Publishes(feeds_, replication::kPractices, 2);
  const EntryDraft proposed = Must(Draft()).entry;
  const std::string approval = Approved(proposed);
  Publishes(feeds_, replication::kPractices);
  const RevokeDraft draft = Must(Draft({}, {approval}));
  EXPECT_EQ(draft.entry.proposal.body, proposed.proposal.body);
  EXPECT_THAT(draft.warnings, ElementsAre("the feed of practices goes on here to entry 3, and ends after entry 2"));
  EXPECT_TRUE(network_.Publish(Must(PrepareEntry(draft.entry, {.files = {approval}}, roster()))).valid);
  EXPECT_EQ(EndOf(replication::kPractices), 2u);
}

TEST_F(Revocation, TakesNoApprovalOfAnotherWish) {
  Publishes(feeds_, replication::kPractices, 2);
  const std::string approval = Approved(Must(Draft()).entry);
  EXPECT_THAT(Draft({}, {approval}, RevokeReason::kCompromised), StatusIs(kRefused, "which leaves the network"));
  EXPECT_THAT(Draft({{replication::kPractices, Sequence()}}, {approval}), StatusIs(kRefused, "ask for the same"));
  const std::string natcom =
      Approved(Must(DraftRevocation({"gb-natcom", RevokeReason::kRetired, {}, {}}, roster(), feeds_)).entry);
  EXPECT_THAT(Draft({}, {natcom}), StatusIs(kRefused, "member 10"));
  EXPECT_THAT(Draft({}, {"{}"}), StatusIs(kInvalid));
}

TEST_F(Revocation, NeedsAnOfficer) {
  EXPECT_THAT(PrepareEntry(Must(Draft()).entry, {}, roster()),
              StatusIs(kRefused, "ending the membership of gb-bristol needs one officer's approval and has 0"));
}

TEST_F(Revocation, IsOnceAndForAll) {
  Make(Must(Draft()).entry);
  EXPECT_THAT(Draft(), StatusIs(kAlready));
  EXPECT_THAT(Draft({}, {}, RevokeReason::kCompromised), StatusIs(kRefused, "is no member of the network any more"));
  EXPECT_THAT(DraftStanding({.slug = "gb-bristol"}, roster()), StatusIs(kRefused, "(retired)"));
}

TEST_F(Revocation, OfTheLastHubIsAgainstTheLaw) {
  const RevokeDraft draft = Must(DraftRevocation({"int-uil", RevokeReason::kRetired, {}, {}}, roster(), feeds_));
  EXPECT_THAT(PrepareEntry(draft.entry, {.officer_key_files = network_.founded().officer_keys}, roster()),
              StatusIs(kRefused, "the roster's law forbids it"));
}

FoundOptions Strong() {
  FoundOptions options;
  options.root_keys = options.officers = 3;
  options.threshold = options.approvals = 2;
  return options;
}
class StrongLife : public LifeTest {
 protected:
  StrongLife() : LifeTest(Strong()) {}
};

TEST_F(StrongLife, TwoOfficersByFileEndAMembershipAndOneDoesNot) {
  Publishes(feeds_, replication::kPractices);
  const RevokeRequest wish{"gb-bristol", RevokeReason::kRetired, {}, {}};
  const EntryDraft proposed = Must(DraftRevocation(wish, roster(), feeds_)).entry;
  const std::vector<std::string> approvals = {Approved(proposed, 2), Approved(proposed, 0)};
  EXPECT_THAT(PrepareEntry(proposed, {.files = {approvals[0]}}, roster()), StatusIs(kRefused, "needs 2"));
  EXPECT_THAT(PrepareEntry(proposed, {.files = {approvals[0], approvals[0]}}, roster()), StatusIs(kRefused, "has 1"));
  const PreparedEntry entry = Must(PrepareEntry(proposed, {.files = approvals}, roster()));
  EXPECT_EQ(entry.record, proposed.proposal.record);
  EXPECT_TRUE(network_.Publish(entry).valid);
  EXPECT_FALSE(network_.Publish(entry).valid);
}

}  // namespace
}  // namespace hansa::node::membership
