#include <string>
#include <vector>

#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using storage::Table;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PublishingTest : public DeskTest {
 protected:
  std::size_t EntriesSigned() {
    std::size_t entries = 0;
    for (const auto& held : Must(node_.feeds().Feeds())) entries += held.newest.len.value();
    return entries;
  }
  node::domain::IndicatorSet LastSigned() {
    const auto feeds = Must(node_.feeds().Feeds());
    const auto entries = Must(node_.feeds().ReadEntries(feeds[0].feed, feeds[0].newest.len, 1));
    return Must(node::domain::DecodeIndicatorSet(entries[0].entry.payload->payload));
  }
};

TEST_F(PublishingTest, WithoutAYearEveryChangedYearIsPublishedOldestFirst) {
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kLiteracy, 2021, "96");
  ImportsRow(kLiteracy, 2022, "97");
  const auto report = Publishes();
  ASSERT_THAT(report.sets, SizeIs(3));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(report.sets[i].year, 2021 + static_cast<int>(i));
    EXPECT_EQ(report.sets[i].sequence.value(), i + 1);
  }
  ImportsRow(kLiteracy, 2022, "97.5");
  const auto second = Publishes();
  ASSERT_THAT(second.sets, SizeIs(1));
  EXPECT_EQ(second.sets[0].year, 2022);
  EXPECT_EQ(second.sets[0].revision, 2u);
}

TEST_F(PublishingTest, AnUnchangedDraftPublishesNothingAndSaysSo) {
  const auto nothing = Publishes();
  EXPECT_THAT(nothing.sets, IsEmpty());
  EXPECT_THAT(nothing.words, HasSubstr("Nothing to publish"));

  ImportsRow(kLiteracy, 2023, "98");
  const auto first = Publishes(2023);
  const auto again = Publishes(2023, "for no reason");
  ASSERT_THAT(again.sets, SizeIs(1));
  EXPECT_TRUE(again.sets[0].unchanged);
  EXPECT_EQ(again.sets[0].id, first.sets[0].id);
  EXPECT_EQ(again.sets[0].sequence, first.sets[0].sequence);
  EXPECT_EQ(again.sets[0].revision, 1u);
  EXPECT_EQ(EntriesSigned(), 1u);
  EXPECT_THAT(desk_.Publish({.year = 2019, .reason = ""}), StatusIs(StatusCode::kNotFound, "nothing of 2019"));
}

TEST_F(PublishingTest, ErrorsInOneYearKeepEveryYearFromBeingSigned) {
  ImportsRow(kLiteracy, 2021, "96");
  ASSERT_TRUE(Imports("cell,year,value,source\n1.2.2/unemployment-rate#total,2022,5,\n").ok);
  EXPECT_THAT(desk_.Publish({.year = {}, .reason = ""}),
              StatusIs(StatusCode::kFailedPrecondition, "nothing was published"));
  EXPECT_EQ(EntriesSigned(), 0u);
  EXPECT_THAT(Publishes(2021).sets, SizeIs(1));
}

TEST_F(PublishingTest, AProxyIsPublishedWithANoteOnly) {
  constexpr char kWithoutNote[] =
      "cell,year,value,source,source_kind,match\n"
      "1.2.2/unemployment-rate#total,2022,5,register,official_data,proxy\n";
  ASSERT_TRUE(Imports(kWithoutNote).ok);
  const auto refused = desk_.Publish({.year = 2022, .reason = ""});
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "state the departure"));
  EXPECT_THAT(std::string(refused.status().message()), ::testing::Not(HasSubstr("\n")));
  ASSERT_TRUE(Imports("cell,year,value,source,source_kind,match,note\n"
                      "1.2.2/unemployment-rate#total,2022,5,register,official_data,proxy,"
                      "commuters are counted too\n")
                  .ok);
  EXPECT_THAT(Publishes(2022).sets, SizeIs(1));
}

TEST_F(PublishingTest, ASetIsCompleteAndInCatalogueOrderUnderTheNetworksFramework) {
  ImportsRow(kUnemployment, 2023, "5.1");
  Publishes();
  ImportsRow(kLiteracy, 2023, "98");
  Publishes(2023, "  literacy was missing ");
  const auto set = LastSigned();
  ASSERT_THAT(set.observations, SizeIs(2));
  EXPECT_EQ(set.observations[0].cell, kLiteracy);
  EXPECT_EQ(set.observations[1].cell, kUnemployment);
  EXPECT_EQ(set.revision_reason, "literacy was missing");
  const replication::Framework& framework = *network_.roster().state().framework;
  EXPECT_EQ(set.framework_id, framework.id);
  EXPECT_EQ(set.framework_version, framework.version);
  EXPECT_EQ(set.catalogue_sha256, framework.catalogue_hash.str());
}

TEST_F(PublishingTest, AFirstPublicationHasNoReason) {
  ImportsRow(kUnemployment, 2023, "5.1");
  Publishes(2023, "because");
  EXPECT_EQ(LastSigned().revision_reason, "");
}

TEST_F(PublishingTest, AReasonThatMayNotBeSignedIsRefused) {
  ImportsRow(kUnemployment, 2023, "5.1");
  EXPECT_THAT(desk_.Publish({.year = {}, .reason = std::string(1001, 'x')}),
              StatusIs(StatusCode::kInvalidArgument, "shorten"));
  EXPECT_THAT(desk_.Publish({.year = {},
                             .reason = "a\xE2\x80\xAE"
                                       "b"}),
              StatusIs(StatusCode::kInvalidArgument, "reason"));
  EXPECT_EQ(EntriesSigned(), 0u);
}

TEST_F(PublishingTest, WhatChangesWhileASetIsSignedStaysInTheDraft) {
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kUnemployment, 2023, "5");
  node_.before_publishing = [&] {
    node_.before_publishing = nullptr;
    ImportsRow(kUnemployment, 2023, "6");
  };
  Publishes();
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 98 r1",
                                   "de-bonn 2023 1.2.2/unemployment-rate#total 5 r1",
                                   "de-bonn 2023 1.2.2/unemployment-rate#total 6 draft"));
}

TEST_F(PublishingTest, ADraftLeftBehindByAStopAfterSigningIsNotSignedAgain) {
  ImportsRow(kLiteracy, 2023, "98");
  const auto drafts = Must(node_.tables().Scan(Table::kDrafts, "", "", 10));
  ASSERT_THAT(drafts, SizeIs(1));
  Publishes();
  // As if the node had stopped between the signature and the clearing of the draft.
  const storage::Write left{Table::kDrafts, drafts[0].key, drafts[0].value};
  Must(node_.tables().Apply({&left, 1}, storage::Durability::kSynced));
  EXPECT_THAT(Publishes().sets, IsEmpty());
  EXPECT_TRUE(Publishes(2023).sets[0].unchanged);
  EXPECT_EQ(EntriesSigned(), 1u);
  EXPECT_THAT(Must(node_.tables().Scan(Table::kDrafts, "", "", 10)), IsEmpty());
}

TEST_F(PublishingTest, ARefusalByTheNodeKeepsTheDraft) {
  ImportsRow(kLiteracy, 2023, "98");
  node_.fence = node::Fence::kRecover;
  EXPECT_THAT(desk_.Publish({.year = {}, .reason = ""}), StatusIs(StatusCode::kFailedPrecondition, "may not sign"));
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 98 draft"));
}

TEST_F(PublishingTest, AFailureHalfWaySaysWhatWasPublished) {
  ImportsRow(kLiteracy, 2021, "96");
  ImportsRow(kLiteracy, 2022, "97");
  int calls = 0;
  node_.before_publishing = [&] {
    if (++calls == 2) node_.fence = node::Fence::kReadonly;
  };
  EXPECT_THAT(desk_.Publish({.year = {}, .reason = ""}),
              StatusIs(StatusCode::kFailedPrecondition, "published before that: 2021"));
  node_.fence = node::Fence::kOpen;
  Must(node_.AwaitViews());
  const auto rest = Publishes();
  ASSERT_THAT(rest.sets, SizeIs(1));
  EXPECT_EQ(rest.sets[0].year, 2022);
}

TEST_F(PublishingTest, AnApplicantFillsItsDraftAndPublishesOnceAdmitted) {
  const Applicant dresden = CityNamed("de-dresden", "DEU");
  FakeNode node(network_, dresden);
  node::desk::IndicatorDesk desk(
      node, node::catalogue::CurrentCatalogue(), node.views(), [] { return 2026; }, node::spreadsheet::ReadTableFile);
  const std::string csv = absl::StrCat(kHeader, Row(kLiteracy, 2023, "98"));
  ASSERT_TRUE(Must(desk.Import({.file = "f", .bytes = csv, .year = {}, .skip_others = false})).ok);
  EXPECT_THAT(Must(desk.Show({.year = {}, .member = ""})), SizeIs(1));
  EXPECT_THAT(desk.Publish({.year = {}, .reason = ""}),
              StatusIs(StatusCode::kFailedPrecondition, "not a member of the network yet"));
  network_.AdmitCity(dresden, germany_);
  node.Refresh();
  EXPECT_THAT(Must(desk.Publish({.year = {}, .reason = ""})).sets, SizeIs(1));
}

TEST_F(PublishingTest, AnotherFrameworkThanTheProgramsIsRefused) {
  ImportsRow(kLiteracy, 2023, "98");
  const replication::Framework other{"unesco-gnlc-key-features", "2030", Random("later")};
  ASSERT_TRUE(
      network_.Append({replication::roster_kind::kFramework, replication::Encode(other), {}, std::nullopt}).valid);
  node_.Refresh();
  EXPECT_THAT(desk_.Publish({.year = {}, .reason = ""}), StatusIs(StatusCode::kFailedPrecondition, "the network uses"));
}

}  // namespace
}  // namespace hansa::testing
