// POLICY: only officers change who may write what, and rights only ever grow.
#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/roster_rules.h"
#include "tests/replication/roster_verdict.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using ::testing::HasSubstr;
using testing::KeyNamed;
using testing::Keys;
using testing::Network;
using testing::RecordNamed;
using testing::RosterEntry;
using testing::UsualRights;

RosterEntry PolicyEntry(const std::vector<WriteRight>& rights, Keys approvers) {
  return {roster_kind::kPolicy, Encode(Policy{rights}), std::move(approvers), {}};
}

class PolicyRulesTest : public ::testing::Test {
 protected:
  Network network_ = Network::Founded({.root_keys = 1, .threshold = 1, .officers = 3, .approvals = 2});
  Keys officers_ = network_.officers();
};

TEST_F(PolicyRulesTest, NeedsKApprovalsByKDifferentOfficers) {
  const auto by = [&](Keys approvers) { return Verdict(network_, PolicyEntry(UsualRights(), std::move(approvers))); };
  EXPECT_THAT(by({}), HasSubstr("needs 2 officers' approvals and has 0"));
  EXPECT_THAT(by({officers_[0]}), HasSubstr("has 1"));
  EXPECT_THAT(by({officers_[0], officers_[0]}), HasSubstr("has 1"));
  EXPECT_THAT(by({officers_[0], KeyNamed("nobody")}), HasSubstr("has 1"));
  EXPECT_THAT(by({officers_[0], network_.writer()}), HasSubstr("has 1"));
  EXPECT_EQ(by({officers_[2], KeyNamed("nobody"), officers_[0]}), "");
}

TEST_F(PolicyRulesTest, AnApprovalCountsForItsOwnKindNonceAndBodyAlone) {
  const RecordId record = RecordNamed("this entry");
  const Bytes body = Encode(Policy{UsualRights()});
  const auto with = [&](Kind kind, const RecordId& nonce, const Bytes& approved) {
    RosterPayload payload{body, {}};
    for (int i = 0; i < 2; ++i) {
      const Statement statement =
          network_.Signed(StatementType::kApproval, *officers_[i], ApprovalBody(SodiumCrypto(), kind, nonce, approved));
      payload.approvals.push_back({statement.signer, statement.signature});
    }
    return network_.roster().WouldAccept(roster_kind::kPolicy, record, Encode(payload));
  };
  EXPECT_FALSE(with(roster_kind::kMemberAdd, record, body).ok());
  EXPECT_FALSE(with(roster_kind::kPolicy, RecordNamed("another entry"), body).ok());
  EXPECT_FALSE(with(roster_kind::kPolicy, record, Encode(Policy{})).ok());
  EXPECT_TRUE(with(roster_kind::kPolicy, record, body).ok());
}

TEST_F(PolicyRulesTest, AnApprovalOfAnotherTypeOfStatementDoesNotCount) {
  const RecordId record = RecordNamed("this entry");
  RosterPayload payload{Encode(Policy{UsualRights()}), {}};
  for (int i = 0; i < 2; ++i) {
    const Statement statement =
        network_.Signed(StatementType::kConsent, *officers_[i],
                        ApprovalBody(SodiumCrypto(), roster_kind::kPolicy, record, payload.body));
    payload.approvals.push_back({statement.signer, statement.signature});
  }
  EXPECT_FALSE(network_.roster().WouldAccept(roster_kind::kPolicy, record, Encode(payload)).ok());
}

TEST_F(PolicyRulesTest, NoLimitIsLoweredAndNoRightTakenBack) {
  const auto changed = [&](const std::function<void(std::vector<WriteRight>&)>& change) {
    std::vector<WriteRight> rights = UsualRights();
    change(rights);
    return Verdict(network_, PolicyEntry(rights, network_.approvers()));
  };
  EXPECT_THAT(changed([](auto& r) { r[3].entries_max = Sequence(r[3].entries_max.value() - 1); }),
              HasSubstr("may not lower"));
  EXPECT_THAT(changed([](auto& r) { r[3].entries_max = Sequence(0); }), HasSubstr("may not lower"));
  EXPECT_THAT(changed([](auto& r) { r.pop_back(); }), HasSubstr("may not lower"));
  EXPECT_THAT(changed([](auto& r) { r.clear(); }), HasSubstr("may not lower"));
  EXPECT_EQ(changed([](auto&) {}), "");
  EXPECT_EQ(changed([](auto& r) { r[3].entries_max = Sequence(r[3].entries_max.value() + 1); }), "");
  EXPECT_THAT(changed([](auto&) {}), HasSubstr("may not lower")) << "the raised limit is in force";
}

TEST_F(PolicyRulesTest, APairOfKindAndCollectionStandsOnce) {
  std::vector<WriteRight> rights = UsualRights();
  rights.push_back(rights[3]);
  EXPECT_THAT(Verdict(network_, PolicyEntry(rights, network_.approvers())), HasSubstr("twice"));
  rights.back().collection = kStrategies;
  EXPECT_EQ(Verdict(network_, PolicyEntry(rights, network_.approvers())), "");
}

TEST_F(PolicyRulesTest, ACollectionBeyond255DoesNotExist) {
  std::vector<WriteRight> rights = UsualRights();
  rights.push_back({MemberKind::kCity, Collection(256), Sequence(1)});
  EXPECT_NE(Verdict(network_, PolicyEntry(rights, network_.approvers())), "");
  rights.back().collection = kLastCollection;
  EXPECT_EQ(Verdict(network_, PolicyEntry(rights, network_.approvers())), "");
}

TEST_F(PolicyRulesTest, SetsTheLengthThatTheRosterItselfMayReach) {
  std::vector<WriteRight> rights = UsualRights();
  rights[0].entries_max = Sequence(2'000'000);
  EXPECT_EQ(Verdict(network_, PolicyEntry(rights, network_.approvers())), "");
  EXPECT_EQ(network_.roster().author().length_max, Sequence(2'000'000));
  EXPECT_EQ(network_.roster().AuthorOf(network_.roster().feed())->length_max, Sequence(2'000'000));
}

}  // namespace
}  // namespace hansa::replication
