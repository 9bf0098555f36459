#include "node/desk/indicator_desk.h"

#include <string>
#include <vector>

#include "tests/node/desk/desk_fixture.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::domain::Completeness;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using IndicatorDeskTest = DeskTest;

TEST_F(IndicatorDeskTest, WalksFromAFileToACorrectionAndItsHistory) {
  const auto imported = Imports(absl::StrCat(kHeader, Row(kLiteracy, 2023, "98.50"), Row(kUnemployment, 2023, "5.1")));
  EXPECT_TRUE(imported.ok);
  EXPECT_EQ(imported.accepted, 2);
  EXPECT_EQ(imported.completeness, (Completeness{2, 76}));
  const auto checked = Must(desk_.Check(2023));
  EXPECT_TRUE(checked.ok);
  EXPECT_EQ(checked.completeness, (Completeness{2, 76}));
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 98.50 draft",
                                   "de-bonn 2023 1.2.2/unemployment-rate#total 5.1 draft"));

  const auto first = Publishes(2023);
  ASSERT_THAT(first.sets, SizeIs(1));
  EXPECT_EQ(first.sets[0].member, "de-bonn");
  EXPECT_EQ(first.sets[0].revision, 1u);
  EXPECT_EQ(first.sets[0].sequence.value(), 1u);
  EXPECT_EQ(first.sets[0].values, 2u);
  EXPECT_FALSE(first.sets[0].queued);
  EXPECT_THAT(first.sets[0].held_by, ElementsAre("int-uil"));
  EXPECT_THAT(Shown("de-bonn"), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 98.50 r1",
                                            "de-bonn 2023 1.2.2/unemployment-rate#total 5.1 r1"));

  ImportsRow(kUnemployment, 2023, "5.2");
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 98.50 r1",
                                   "de-bonn 2023 1.2.2/unemployment-rate#total 5.1 r1",
                                   "de-bonn 2023 1.2.2/unemployment-rate#total 5.2 draft"));
  const auto second = Publishes(2023, "the register was revised");
  ASSERT_THAT(second.sets, SizeIs(1));
  EXPECT_EQ(second.sets[0].id, first.sets[0].id);
  EXPECT_EQ(second.sets[0].revision, 2u);
  EXPECT_EQ(second.sets[0].values, 2u);
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 98.50 r2",
                                   "de-bonn 2023 1.2.2/unemployment-rate#total 5.2 r2"));

  const auto history = Must(desk_.History({.cell = kUnemployment, .member = ""}));
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[0].observation->value->text(), "5.1");
  EXPECT_EQ(history[0].revision, 1u);
  EXPECT_EQ(history[0].reason, "");
  EXPECT_EQ(history[1].observation->value->text(), "5.2");
  EXPECT_EQ(history[1].reason, "the register was revised");
  EXPECT_EQ(history[1].sequence.value(), 2u);
  EXPECT_EQ(history[1].member, "de-bonn");
}

TEST_F(IndicatorDeskTest, TakesAFileWholeOrNotAtAll) {
  ImportsRow(kLiteracy, 2022, "97");
  const auto report = Imports(absl::StrCat(kHeader, Row(kLiteracy, 2022, "98"), Row(kUnemployment, 2023, "5,1"),
                                           Row("1.1.1/no-such", 2023, "1"), Row(kUnemployment, 2022, "120")));
  EXPECT_FALSE(report.ok);
  EXPECT_EQ(report.accepted, 0);
  EXPECT_GE(report.errors.size(), 3u);
  EXPECT_EQ(report.errors[0].file, "values.csv");
  EXPECT_EQ(report.errors[0].row, 3);
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2022 1.1.1/adult-literacy-rate#total 97 draft"));
}

TEST_F(IndicatorDeskTest, AFileTouchesOnlyTheCellsItNames) {
  ImportsRow(kLiteracy, 2023, "97");
  ImportsRow(kUnemployment, 2023, "5");
  const auto blank = Imports(absl::StrCat(kHeader, Row(kLiteracy, 2023, "")));
  EXPECT_TRUE(blank.ok);
  EXPECT_EQ(blank.accepted, 0);
  EXPECT_EQ(blank.unchanged, 1);
  EXPECT_THAT(Shown(), SizeIs(2));
}

TEST_F(IndicatorDeskTest, ARowThatSaysWhatIsPublishedTakesItsDraftBack) {
  ImportsRow(kLiteracy, 2023, "97");
  Publishes();
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kLiteracy, 2023, "97");
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2023 1.1.1/adult-literacy-rate#total 97 r1"));
  EXPECT_THAT(Publishes().sets, IsEmpty());
}

TEST_F(IndicatorDeskTest, WhatAFileHasNoColumnForStays) {
  Imports(
      "cell,year,value,source,note,supplier,approved_by,language\n"
      "1.2.2/unemployment-rate#total,2023,5.1,register,\"The works closed, in March\",labour office,statistician,de\n");
  Publishes(2023);
  const auto drafted = [&](absl::string_view csv) {
    const auto report = Imports(csv);
    EXPECT_TRUE(report.ok) << (report.errors.empty() ? "" : Line(report.errors[0]));
    for (const auto& row : Must(desk_.Show({.year = 2023, .member = ""}))) {
      if (!row.published) return row.observation;
    }
    ADD_FAILURE() << "no draft";
    return node::domain::Observation();
  };
  auto draft = drafted("cell,year,value\n1.2.2/unemployment-rate#total,2023,5.2\n");
  EXPECT_EQ(draft.value->text(), "5.2");
  EXPECT_EQ(draft.source, "register");
  EXPECT_EQ(draft.note, "The works closed, in March");
  EXPECT_EQ(draft.supplier, "labour office");
  EXPECT_EQ(draft.approved_by, "statistician");
  draft = drafted("cell,year,value,note,source\n1.2.2/unemployment-rate#total,2023,5.2,,new register\n");
  EXPECT_EQ(draft.note, "") << "a column that is empty says so";
  EXPECT_EQ(draft.source, "new register");
  draft = drafted("Indicator,2023\nUnemployment rate: Total,5.3\n");
  EXPECT_EQ(draft.value->text(), "5.3");
  EXPECT_EQ(draft.source, "new register") << "the draft stands before what is published";
  EXPECT_EQ(draft.supplier, "labour office");
  draft = drafted("cell,year,no_data_reason\n1.2.2/unemployment-rate#total,2023,no survey was made\n");
  EXPECT_EQ(draft.value, std::nullopt);
  EXPECT_EQ(draft.source + draft.supplier + draft.approved_by, "") << "they spoke of the value";
  EXPECT_EQ(draft.definition_language, "de");
}

TEST_F(IndicatorDeskTest, ARegionIsNamedByWhatStands) {
  Imports("cell,year,value,source,level,area\n1.2.2/unemployment-rate#total,2023,5.1,register,region,Rhineland\n");
  const auto report = Imports("cell,year,value,level\n1.2.2/unemployment-rate#total,2023,5.2,region\n");
  EXPECT_TRUE(report.ok) << (report.errors.empty() ? "" : Line(report.errors[0]));
}

TEST_F(IndicatorDeskTest, SaysWhichPublishedAnswersADraftWouldChange) {
  ImportsRow(kUnemployment, 2023, "5.1");
  ImportsRow(kLiteracy, 2023, "98");
  Publishes(2023);
  EXPECT_THAT(Must(desk_.Check(2023)).changes, IsEmpty());
  const auto same = Imports(absl::StrCat(kHeader, Row(kUnemployment, 2023, "5.1"), Row(kLiteracy, 2022, "97")));
  EXPECT_THAT(same.changes, IsEmpty()) << "one says what stands, one is new";
  const auto stale = Imports(absl::StrCat(kHeader, Row(kUnemployment, 2023, "4.9"), Row(kLiteracy, 2023, "98")));
  ASSERT_THAT(stale.changes, SizeIs(1));
  EXPECT_EQ(stale.changes[0].year, 2023);
  EXPECT_EQ(stale.changes[0].published.value->text(), "5.1");
  EXPECT_EQ(stale.changes[0].draft.cell, kUnemployment);
  EXPECT_EQ(stale.changes[0].draft.value->text(), "4.9");
  const auto other = Imports(absl::StrCat(kHeader, Row(kLiteracy, 2023, "98.1")));
  ASSERT_THAT(other.changes, SizeIs(1)) << "only what the file speaks of";
  EXPECT_EQ(other.changes[0].draft.cell, kLiteracy);
  EXPECT_THAT(Must(desk_.Check(2023)).changes, SizeIs(2));
}

TEST_F(IndicatorDeskTest, ATemplateKnowsTheRevisionThatItWasMadeFrom) {
  using Format = node::desk::TemplateRequest::Format;
  ImportsRow(kUnemployment, 2023, "5.1");
  ImportsRow(kLiteracy, 2023, "98");
  Publishes(2023);
  const auto filled = [&](Format format) {
    return Must(desk_.Template({.year = 2023, .format = format, .language = "en", .department = ""}));
  };
  const std::string csv = filled(Format::kCsv);
  const std::string workbook = filled(Format::kXlsx);
  EXPECT_THAT(Imports(csv).warnings, IsEmpty());
  ImportsRow(kUnemployment, 2023, "5.2");
  Publishes(2023, "the register was revised");
  for (const std::string& file : {csv, workbook}) {
    const auto stale = Imports(file);
    ASSERT_THAT(stale.warnings, SizeIs(1)) << "of the row that would change what stands";
    EXPECT_EQ(stale.warnings[0].cell, kUnemployment);
    EXPECT_EQ(stale.warnings[0].what, "the row was made from revision 1, and revision 2 has been published since");
    EXPECT_GT(stale.warnings[0].row, 0);
    Must(desk_.Discard({.year = 2023, .cell = ""}));
  }
  EXPECT_THAT(Imports(filled(Format::kCsv)).warnings, IsEmpty());
}

TEST_F(IndicatorDeskTest, ATemplateOfAnEmptyYearKnowsThatSomethingWasPublishedSince) {
  const auto filled = [&] {
    return Must(desk_.Template(
        {.year = 2023, .format = node::desk::TemplateRequest::Format::kCsv, .language = "en", .department = ""}));
  };
  // A row as a person fills it in: made from the revision that the template says.
  const auto row = [&](int revision) {
    return absl::StrCat("cell,year,value,source,source_kind,revision\n", kUnemployment,
                        ",2023,5.1,city register,official_data,", revision, "\n");
  };
  EXPECT_THAT(filled(), HasSubstr(",0\r\n"));
  ImportsRow(kUnemployment, 2023, "5.2");
  Publishes(2023);
  const auto early = Imports(row(0));
  ASSERT_THAT(early.warnings, SizeIs(1));
  EXPECT_EQ(early.warnings[0].what,
            "the row was made before anything was published for the year, and revision 1 has been published since");
  EXPECT_THAT(Imports(row(1)).warnings, IsEmpty());

  Must(desk_.Withdraw(2023, "counted wrong"));
  const auto withdrawn = Imports(row(1));
  ASSERT_THAT(withdrawn.warnings, SizeIs(1)) << "it would bring back what was taken back";
  EXPECT_EQ(withdrawn.warnings[0].what, "the row was made from revision 1, and the year was taken back since");
  EXPECT_THAT(Imports(row(0)).warnings, SizeIs(1));
  EXPECT_THAT(filled(), HasSubstr(",2\r\n"));
  EXPECT_THAT(Imports(row(2)).warnings, IsEmpty());

  // Published again without the cell that was taken back.
  Must(desk_.Discard({.year = 2023, .cell = ""}));
  ImportsRow(kLiteracy, 2023, "98");
  Publishes(2023, "what could be counted again");
  EXPECT_THAT(Imports(row(1)).warnings, SizeIs(1));
  EXPECT_THAT(Imports(row(2)).warnings, IsEmpty()) << "nothing that stands would change";
}

TEST_F(IndicatorDeskTest, CheckBlocksAndAsks) {
  // A city does not rate itself; shares need a source; a year that has not come.
  const auto report = Imports(
      "cell,year,value,source,match\n"
      "1.2.2/unemployment-rate#total,2027,5,,proxy\n");
  ASSERT_TRUE(report.ok);
  const auto checked = Must(desk_.Check(2027));
  EXPECT_FALSE(checked.ok);
  std::vector<std::string> lines;
  for (const auto& problem : checked.errors) lines.push_back(Line(problem));
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("2027 has not come yet")));
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("names no source")));
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("state the departure")));
  const auto all = Must(desk_.Check(std::nullopt));
  EXPECT_THAT(all.years, ElementsAre(2027));
  EXPECT_EQ(all.errors.size(), checked.errors.size());
}

TEST_F(IndicatorDeskTest, CheckOfAllYearsNamesTheYearOfEachProblem) {
  Imports(
      "cell,year,value,source\n1.2.2/unemployment-rate#total,2021,5,\n"
      "1.2.2/unemployment-rate#total,2022,5,\n");
  const auto all = Must(desk_.Check(std::nullopt));
  EXPECT_THAT(all.years, ElementsAre(2021, 2022));
  EXPECT_EQ(all.completeness, (Completeness{2, 152}));
  ASSERT_THAT(all.errors, SizeIs(2));
  EXPECT_THAT(all.errors[0].what, ::testing::StartsWith("2021: "));
  EXPECT_THAT(all.errors[1].what, ::testing::StartsWith("2022: "));
}

TEST_F(IndicatorDeskTest, ShowsWhatCameInFromAnotherCity) {
  AachenPublishes(2022, kLiteracy, "96");
  AachenPublishes(2021, kLiteracy, "95");
  EXPECT_THAT(Shown("de-aachen"), ElementsAre("de-aachen 2021 1.1.1/adult-literacy-rate#total 95 r1",
                                              "de-aachen 2022 1.1.1/adult-literacy-rate#total 96 r1"));
  EXPECT_THAT(Shown("de-aachen", 2022), SizeIs(1));
  EXPECT_THAT(Shown(), IsEmpty());
  EXPECT_THAT(desk_.Show({.year = {}, .member = "de-aachn"}),
              StatusIs(StatusCode::kNotFound, "did you mean de-aachen"));
  const auto history = Must(desk_.History({.cell = kLiteracy, .member = "de-aachen"}));
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[0].year, 2021);
}

TEST_F(IndicatorDeskTest, HistoryOfAnUnknownCellSaysWhatWasMeant) {
  EXPECT_THAT(desk_.History({.cell = "1.1.1/adult-literacy-rat#total", .member = ""}),
              StatusIs(StatusCode::kNotFound, "1.1.1/adult-literacy-rate#total"));
  EXPECT_THAT(Must(desk_.History({.cell = kLiteracy, .member = ""})), IsEmpty());
}

TEST_F(IndicatorDeskTest, ImportsTheRowsOfARealCity) {
  const std::string bytes = ReadFile(std::string(HANSA_SOURCE_DIR) + "/tests/data/indicators_bristol.csv");
  ASSERT_FALSE(bytes.empty());
  Applicant bristol = CityNamed("gb-bristol", "GBR");
  bristol.application.name = "Bristol";
  FakeNode node(network_, bristol);
  node::desk::IndicatorDesk desk(
      node, node::catalogue::CurrentCatalogue(), node.views(), [] { return 2026; }, node::spreadsheet::ReadTableFile);
  const auto report = Must(desk.Import({.file = "b.csv", .bytes = bytes, .year = {}, .skip_others = true}));
  EXPECT_TRUE(report.ok) << (report.errors.empty() ? "" : Line(report.errors[0]));
  EXPECT_GT(report.accepted, 20);
  EXPECT_TRUE(Must(desk.Check(std::nullopt)).ok);
}

TEST_F(IndicatorDeskTest, ATrialSaysWhatTheDraftWouldSayAndChangesNothing) {
  const std::string csv = absl::StrCat(kHeader, Row(kLiteracy, 2023, "98.50"));
  const auto tried = Must(desk_.Import({.file = "f", .bytes = csv, .year = {}, .skip_others = false, .dry_run = true}));
  ASSERT_THAT(tried.rows, SizeIs(1));
  EXPECT_EQ(tried.rows[0].year, 2023);
  EXPECT_EQ(tried.rows[0].observation.value->text(), "98.50");
  EXPECT_THAT(Shown(), IsEmpty());
  EXPECT_THAT(Must(desk_.Import({.file = "f", .bytes = csv, .year = {}, .skip_others = false})).rows, IsEmpty());
}

TEST_F(IndicatorDeskTest, OnlyACityHasADesk) {
  FakeNode partner(network_, ApplicantNamed("de-press", replication::MemberKind::kPartner, "DEU"));
  node::desk::IndicatorDesk desk(
      partner, node::catalogue::CurrentCatalogue(), partner.views(), [] { return 2026; },
      node::spreadsheet::ReadTableFile);
  EXPECT_THAT(desk.Import({.file = "f", .bytes = kHeader, .year = {}, .skip_others = false}),
              StatusIs(StatusCode::kFailedPrecondition, "a partner gives no data"));
  EXPECT_THAT(desk.Check(2023), StatusIs(StatusCode::kFailedPrecondition, "a partner gives no data"));
  EXPECT_THAT(desk.Publish({.year = {}, .reason = ""}),
              StatusIs(StatusCode::kFailedPrecondition, "a partner gives no data"));
  EXPECT_TRUE(desk.Show({.year = {}, .member = ""}).ok());
}

TEST_F(IndicatorDeskTest, ANodeOfNoCityShowsEveryCity) {
  FakeNode hub(network_, network_.hub());
  hub.Receive(aachen_writer_->Publish({EntryOf(RecordNamed("a"), SetOf(2022, {ObservationOf(kLiteracy, "96")}))}));
  Must(hub.AwaitViews());
  node::desk::IndicatorDesk desk(
      hub, node::catalogue::CurrentCatalogue(), hub.views(), [] { return 2026; }, node::spreadsheet::ReadTableFile);
  EXPECT_THAT(Must(desk.Show({.year = {}, .member = ""})), SizeIs(1));
}

TEST_F(IndicatorDeskTest, RefusesYearsThatAreNone) {
  EXPECT_THAT(desk_.Check(23), StatusIs(StatusCode::kInvalidArgument, "four digits"));
  EXPECT_THAT(desk_.Show({.year = 70'000, .member = ""}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(desk_.Publish({.year = -1, .reason = ""}), StatusIs(StatusCode::kInvalidArgument));
  const auto report = Must(desk_.Import({.file = "f", .bytes = kHeader, .year = 70'000, .skip_others = false}));
  EXPECT_FALSE(report.ok);
}

}  // namespace
}  // namespace hansa::testing
