// Years that are published while the node may not sign: nothing that an officer entered is lost or published twice.
#include "node/desk/waiting_years.h"

#include <map>
#include <optional>

#include "node/desk/indicator_desk.h"
#include "node/domain/problem_rules.h"
#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr char kWaits[] = "2023 waits to be signed";

class WaitingYearsTest : public DeskTest {
 protected:
  std::vector<std::string> States() {
    std::vector<std::string> states;
    for (const auto& row : Must(desk_.Show({.year = std::nullopt, .member = ""}))) {
      states.push_back(absl::StrCat(Line(row), row.waits ? ", waits" : ""));
    }
    return states;
  }
  void Signs() {
    node_.SignWaiting();
    Must(node_.AwaitViews());
  }
};

TEST_F(WaitingYearsTest, WhatWaitsStaysInTheDraftAndIsNotPublishedTwice) {
  ImportsRow(kLiteracy, 2023, "97");
  node_.queues = true;
  const auto queued = Publishes();
  ASSERT_THAT(queued.sets, SizeIs(1));
  EXPECT_TRUE(queued.sets[0].queued);
  EXPECT_THAT(States(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 97 draft, waits"));
  EXPECT_THAT(desk_.Publish({.year = 2023, .reason = ""}), StatusIs(StatusCode::kFailedPrecondition, kWaits));

  // Another department's cells, which come meanwhile, wait their turn.
  ImportsRow(kUnemployment, 2023, "4.6");
  EXPECT_THAT(desk_.Publish({.year = 2023, .reason = ""}), StatusIs(StatusCode::kFailedPrecondition, kWaits));
  const auto left_out = Publishes();
  EXPECT_THAT(left_out.sets, IsEmpty());
  EXPECT_EQ(left_out.words, "Nothing to publish: 2023 waits to be signed.");
  ImportsRow(kLiteracy, 2022, "96");
  const auto other = Publishes();
  EXPECT_THAT(other.sets, SizeIs(1));  // of 2022 alone
  EXPECT_EQ(other.words, "Left out: 2023 waits to be signed.");
  EXPECT_EQ(Publishes().words, "Nothing to publish: 2022, 2023 wait to be signed.");

  Signs();
  EXPECT_THAT(States(), ElementsAre("de-bonn 2022 1.1.1/adult-literacy-rate#total 96 r1",
                                    "de-bonn 2023 1.1.1/adult-literacy-rate#total 97 r1",
                                    "de-bonn 2023 1.2.2/unemployment-rate#total 4.6 draft"));
  const auto corrected = Publishes(2023, "the labour office has answered");
  EXPECT_EQ(corrected.sets[0].id, queued.sets[0].id);
  EXPECT_EQ(corrected.sets[0].revision, 2u);
  EXPECT_EQ(corrected.sets[0].values, 2u);
}

TEST_F(WaitingYearsTest, ACheckWarnsOfAYearThatWaits) {
  ImportsRow(kLiteracy, 2023, "97");
  node_.queues = true;
  Publishes();
  ImportsRow(kLiteracy, 2022, "96");
  for (const std::optional<int> year : {std::optional<int>(2023), std::optional<int>()}) {
    const auto report = Must(desk_.Check(year));
    EXPECT_THAT(report.years, ElementsAre(year.value_or(2022)));
    ASSERT_FALSE(report.warnings.empty());
    const node::domain::Problem& last = report.warnings.back();
    EXPECT_EQ(last.rule, node::domain::rule_id::kYearWaits);
    EXPECT_EQ(Line(last), "2023 waits to be signed; publish again after that");
  }
  const auto named = Must(desk_.Check(2022));
  for (const node::domain::Problem& warning : named.warnings) {
    EXPECT_NE(warning.rule, node::domain::rule_id::kYearWaits) << "of the other year";
  }
}

TEST_F(WaitingYearsTest, AYearStillWaitsAfterARestart) {
  ImportsRow(kLiteracy, 2023, "97");
  node_.queues = true;
  Publishes();
  node::desk::IndicatorDesk again(
      node_, node::catalogue::CurrentCatalogue(), node_.views(), [] { return 2026; }, node::spreadsheet::ReadTableFile);
  EXPECT_THAT(again.Publish({.year = 2023, .reason = ""}), StatusIs(StatusCode::kFailedPrecondition, kWaits));
  Signs();
  Must(again.Withdraw(2023, "counted wrong"));
  EXPECT_THAT(Must(again.Check(std::nullopt)).years, IsEmpty()) << "what was signed is no draft";
}

// As when the power goes between queueing and noting, or an earlier program queued it.
TEST_F(WaitingYearsTest, ACorrectionThatNobodyNotedWaitsToo) {
  ImportsRow(kLiteracy, 2023, "97");
  Publishes();
  node_.queues = true;
  ImportsRow(kLiteracy, 2023, "98");
  Publishes(2023, "counted anew");
  Must(node::desk::WaitingYears(node_.tables()).TakeOut(2023));
  EXPECT_THAT(desk_.Publish({.year = 2023, .reason = "counted anew"}),
              StatusIs(StatusCode::kFailedPrecondition, kWaits));
  EXPECT_THAT(Must(desk_.Check(std::nullopt)).years, IsEmpty());
}

TEST_F(WaitingYearsTest, AYearIsNotedBeforeItIsQueued) {
  const node::desk::WaitingYears noted(node_.tables());
  std::map<int, replication::RecordId> meanwhile;
  node_.before_publishing = [&] { meanwhile = Must(noted.All()); };
  node_.look = [](node::NodeView& view) { view.fence = node::Fence::kUnconfirmed; };
  ImportsRow(kLiteracy, 2022, "96");
  EXPECT_FALSE(Publishes().sets[0].queued);
  EXPECT_THAT(meanwhile, ElementsAre(Pair(2022, ::testing::_)));
  EXPECT_THAT(Must(noted.All()), IsEmpty()) << "it was signed at once";
  node_.queues = true;
  ImportsRow(kLiteracy, 2023, "97");
  const auto queued = Publishes();
  EXPECT_THAT(meanwhile, ElementsAre(Pair(2023, queued.sets[0].id)));
  EXPECT_EQ(Must(noted.All()), meanwhile);
}

TEST_F(WaitingYearsTest, ACorrectionThatWaitsIsNotUndoneByTheNext) {
  ImportsRow(kLiteracy, 2023, "97");
  ImportsRow(kUnemployment, 2023, "4.9");
  Publishes();
  node_.queues = true;
  ImportsRow(kUnemployment, 2023, "4.4");
  Publishes(2023, "typed wrong");
  ImportsRow(kLiteracy, 2023, "97.5");
  EXPECT_THAT(desk_.Publish({.year = 2023, .reason = "counted anew"}),
              StatusIs(StatusCode::kFailedPrecondition, kWaits));
  EXPECT_THAT(desk_.Withdraw(2023, "all wrong"), StatusIs(StatusCode::kFailedPrecondition, kWaits));
  Signs();
  Publishes(2023, "counted anew");
  EXPECT_THAT(States(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 97.5 r3",
                                    "de-bonn 2023 1.2.2/unemployment-rate#total 4.4 r3"));
}

TEST_F(WaitingYearsTest, WhatARuleRefusesWhenItsTurnComesIsStillInTheDraft) {
  ImportsRow(kLiteracy, 2023, "97");
  node_.queues = true;
  Publishes();
  node_.queues = false;
  node_.PutWaitingAside();
  EXPECT_THAT(States(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 97 draft"));
  EXPECT_THAT(Publishes().sets, SizeIs(1));
  EXPECT_THAT(States(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 97 r1"));
}

TEST_F(WaitingYearsTest, WhatWasSignedIsNoDraftOnceItIsTakenBack) {
  ImportsRow(kLiteracy, 2023, "97");
  node_.queues = true;
  Publishes();
  Signs();
  Must(desk_.Withdraw(2023, "counted wrong"));
  EXPECT_THAT(States(), IsEmpty());
  EXPECT_THAT(Must(desk_.Check(std::nullopt)).years, IsEmpty());
}

TEST_F(WaitingYearsTest, ATakingBackWaitsLikeAnyOther) {
  ImportsRow(kLiteracy, 2023, "97");
  Publishes();
  node_.queues = true;
  EXPECT_TRUE(Must(desk_.Withdraw(2023, "counted wrong")).queued);
  EXPECT_THAT(States(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 97 r1, waits"));
  EXPECT_EQ(Publishes().words, "Nothing to publish: 2023 waits to be signed.");
  EXPECT_THAT(desk_.Withdraw(2023, "counted wrong"), StatusIs(StatusCode::kFailedPrecondition, kWaits));
  ImportsRow(kLiteracy, 2023, "98");
  EXPECT_THAT(desk_.Publish({.year = 2023, .reason = ""}), StatusIs(StatusCode::kFailedPrecondition, kWaits));
  Signs();
  EXPECT_THAT(States(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 98 draft"));
}

// Such years are in networks that have been at work for long.
TEST_F(WaitingYearsTest, AYearOfTwoRecordsIsTakenBackWhole) {
  ImportsRow(kLiteracy, 2023, "97");
  Publishes();
  Must(node_.Publish(
      {{.collection = replication::kIndicators,
        .kind = replication::kIndicatorSet,
        .record = RecordNamed("another of the year"),
        .payload = Must(node::domain::EncodeIndicatorSet(SetOf(2023, {ObservationOf(kUnemployment, "4.1")})))}}));
  Must(node_.AwaitViews());
  EXPECT_THAT(States(), ElementsAre("de-bonn 2023 1.2.2/unemployment-rate#total 4.1 r1"));
  EXPECT_FALSE(Must(desk_.Withdraw(2023, "all wrong")).unchanged);
  EXPECT_THAT(States(), IsEmpty());
  EXPECT_TRUE(Must(desk_.Withdraw(2023, "all wrong")).unchanged);
}

}  // namespace
}  // namespace hansa::testing
