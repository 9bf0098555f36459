// One cell at a time: what `indicators set`, `no-data`, `note`, `discard` and `withdraw` do at the desk.
#include <string>

#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::DraftReport;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class IndicatorEditingTest : public DeskTest {
 protected:
  using Fields = std::vector<node::domain::Field>;

  absl::StatusOr<DraftReport> Edit(const char* cell, int year, Fields fields) {
    return desk_.Edit({.year = year, .cell = cell, .fields = std::move(fields)});
  }
  void Edits(const char* cell, int year, Fields fields) {
    const DraftReport report = Must(Edit(cell, year, std::move(fields)));
    ASSERT_TRUE(report.ok) << Line(report.errors[0]);
    EXPECT_EQ(report.accepted, 1);
    EXPECT_THAT(report.years, ElementsAre(year));
  }
  node::domain::Observation Drafted(const char* cell, int year) {
    for (const auto& row : Must(desk_.Show({.year = year, .member = ""}))) {
      if (!row.published && row.observation.cell == cell) return row.observation;
    }
    ADD_FAILURE() << "no draft of " << cell;
    return {};
  }
};

TEST_F(IndicatorEditingTest, AValueIsEnteredWithAllThatBelongsToIt) {
  Edits(kLiteracy, 2023,
        {{"value", "98.50"}, {"source", "city register"}, {"note", "=counted anew"}, {"match", "proxy"}});
  const auto draft = Drafted(kLiteracy, 2023);
  EXPECT_EQ(draft.value->text(), "98.50");
  EXPECT_EQ(draft.source, "city register");
  EXPECT_EQ(draft.note, "=counted anew");
  EXPECT_EQ(draft.unit, "percent");
  EXPECT_EQ(draft.match, node::domain::DefinitionMatch::kProxy);
}

TEST_F(IndicatorEditingTest, WhatIsNotNamedStays) {
  Edits(kLiteracy, 2023, {{"value", "98"}, {"source", "city register"}, {"note", "a note, with a comma"}});
  Edits(kLiteracy, 2023, {{"value", "99"}});
  EXPECT_EQ(Drafted(kLiteracy, 2023).source, "city register");
  EXPECT_EQ(Drafted(kLiteracy, 2023).note, "a note, with a comma");
  Edits(kLiteracy, 2023, {{"note", ""}});
  EXPECT_EQ(Drafted(kLiteracy, 2023).note, "");
  EXPECT_EQ(Drafted(kLiteracy, 2023).value->text(), "99");
}

TEST_F(IndicatorEditingTest, AChangeOfWhatIsPublishedBuildsOnIt) {
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kUnemployment, 2023, "5");
  Publishes(2023);
  Edits(kLiteracy, 2023, {{"note", "the census year"}});
  EXPECT_EQ(Drafted(kLiteracy, 2023).value->text(), "98");
  EXPECT_EQ(Drafted(kLiteracy, 2023).source, "city register");
  Publishes(2023, "a note was missing");
  EXPECT_THAT(Shown(), SizeIs(2)) << "the other cell stands";
}

TEST_F(IndicatorEditingTest, AReasonTakesThePlaceOfAValueAndBack) {
  Edits(kLiteracy, 2023, {{"value", "98"}, {"source", "city register"}});
  Edits(kLiteracy, 2023, {{"no_data_reason", "not counted this year"}});
  EXPECT_EQ(Drafted(kLiteracy, 2023).value, std::nullopt);
  EXPECT_EQ(Drafted(kLiteracy, 2023).no_data_reason, "not counted this year");
  Edits(kLiteracy, 2023, {{"value", "97"}});
  EXPECT_EQ(Drafted(kLiteracy, 2023).no_data_reason, "");
}

TEST_F(IndicatorEditingTest, FaultsAreThoseOfAnImportAndNameNoRow) {
  const DraftReport report = Must(Edit(kLiteracy, 2023, {{"value", "120"}, {"match", "nearly"}}));
  EXPECT_FALSE(report.ok);
  ASSERT_THAT(report.errors, SizeIs(2));
  for (const auto& error : report.errors) {
    EXPECT_EQ(error.row, 0);
    EXPECT_EQ(error.file, "");
    EXPECT_EQ(error.cell, kLiteracy);
  }
  EXPECT_THAT(Shown(), IsEmpty());
}

TEST_F(IndicatorEditingTest, ANoteAloneIsNoAnswer) {
  EXPECT_THAT(Edit(kLiteracy, 2023, {{"note", "why"}}),
              StatusIs(StatusCode::kFailedPrecondition, "hansa indicators set"));
}

TEST_F(IndicatorEditingTest, AFieldThatThereIsNotIsRefused) {
  EXPECT_THAT(Edit(kLiteracy, 2023, {{"value", "98"}, {"weather", "fine"}}),
              StatusIs(StatusCode::kInvalidArgument, "weather"));
}

TEST_F(IndicatorEditingTest, ACellThatThereIsNotIsSaidWithTheNearest) {
  EXPECT_THAT(Edit("1.1.1/adult-literacy-rate#totl", 2023, {{"value", "98"}}),
              StatusIs(StatusCode::kNotFound, "1.1.1/adult-literacy-rate#total"));
}

TEST_F(IndicatorEditingTest, WhoIsBoundToDepartmentsChangesTheirCellsAlone) {
  Must(desk_.departments().Assign(node::catalogue::CurrentCatalogue(), "1.1.1", "Schools"));
  Must(desk_.departments().Assign(node::catalogue::CurrentCatalogue(), "1.2.2", "Labour"));
  const std::vector<std::string> schools = {"Libraries", "SCHOOLS"};
  const Fields value = {{"value", "5"}, {"source", "city register"}};
  Must(desk_.Edit({.year = 2023, .cell = kLiteracy, .fields = value, .departments = schools}));
  EXPECT_THAT(desk_.Edit({.year = 2023, .cell = kUnemployment, .fields = value, .departments = schools}),
              StatusIs(StatusCode::kPermissionDenied, "another department"));
  EXPECT_THAT(desk_.Edit({.year = 2023, .cell = "2.1.1/none#total", .fields = value, .departments = schools}),
              StatusIs(StatusCode::kPermissionDenied, "another department"))
      << "also what is nobody's";

  const std::string file = absl::StrCat(kHeader, Row(kLiteracy, 2023, "98"), Row(kUnemployment, 2023, "6"));
  const DraftReport report = Must(desk_.Import({.file = "f", .bytes = file, .year = {}, .departments = schools}));
  EXPECT_FALSE(report.ok);
  ASSERT_THAT(report.errors, SizeIs(1));
  EXPECT_EQ(report.errors[0].row, 3);
  EXPECT_EQ(report.errors[0].cell, kUnemployment);
  EXPECT_EQ(Drafted(kLiteracy, 2023).value->text(), "5") << "nothing of the file was taken";

  Edits(kUnemployment, 2023, value);
  EXPECT_THAT(desk_.Discard({.year = 2023, .cell = kUnemployment, .departments = schools}),
              StatusIs(StatusCode::kPermissionDenied, "another department"));
  EXPECT_EQ(Must(desk_.Discard({.year = 2023, .cell = "", .departments = schools})), 1) << "theirs of the year";
  EXPECT_EQ(Drafted(kUnemployment, 2023).value->text(), "5");
}

TEST_F(IndicatorEditingTest, DiscardForgetsTheDraftAndNothingElse) {
  ImportsRow(kLiteracy, 2023, "98");
  Publishes(2023);
  ImportsRow(kLiteracy, 2023, "99");
  ImportsRow(kUnemployment, 2023, "5");
  ImportsRow(kUnemployment, 2022, "6");
  EXPECT_EQ(Must(desk_.Discard({.year = 2023, .cell = kLiteracy})), 1);
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2022 1.2.2/unemployment-rate#total 6 draft",
                                   "de-bonn 2023 1.1.1/adult-literacy-rate#total 98 r1",
                                   "de-bonn 2023 1.2.2/unemployment-rate#total 5 draft"));
  EXPECT_EQ(Must(desk_.Discard({.year = 2023, .cell = ""})), 1);
  EXPECT_EQ(Must(desk_.Discard({.year = 2023, .cell = ""})), 0);
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2022 1.2.2/unemployment-rate#total 6 draft",
                                   "de-bonn 2023 1.1.1/adult-literacy-rate#total 98 r1"));
  EXPECT_THAT(desk_.Discard({.year = 2023, .cell = "1.1.1/no-such"}), StatusIs(StatusCode::kNotFound));
}

TEST_F(IndicatorEditingTest, AWithdrawnYearIsShownNoMoreAndItsHistoryStays) {
  ImportsRow(kLiteracy, 2023, "98");
  ImportsRow(kLiteracy, 2022, "97");
  Publishes();
  const auto withdrawn = Must(desk_.Withdraw(2023, "of another city"));
  EXPECT_EQ(withdrawn.revision, 2u);
  EXPECT_FALSE(withdrawn.unchanged);
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2022 1.1.1/adult-literacy-rate#total 97 r1"));
  const auto history = Must(desk_.History({.cell = kLiteracy, .member = ""}));
  ASSERT_THAT(history, SizeIs(3));
  EXPECT_EQ(history[1].observation->value->text(), "98");
  EXPECT_TRUE(history[2].withdrawn);
  EXPECT_EQ(history[2].reason, "of another city");
  EXPECT_TRUE(Must(desk_.Withdraw(2023, "again")).unchanged);

  ImportsRow(kLiteracy, 2023, "98.5");
  Publishes(2023, "the right one");
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2022 1.1.1/adult-literacy-rate#total 97 r1",
                                   "de-bonn 2023 1.1.1/adult-literacy-rate#total 98.5 r3"));
}

TEST_F(IndicatorEditingTest, AReasonForNoDataIsNoValueWhereTheyAreCounted) {
  ImportsRow(kLiteracy, 2023, "98");
  Edits(kUnemployment, 2023, {{"no_data_reason", "not surveyed"}});
  const auto published = Publishes().sets[0];
  EXPECT_EQ(published.values, 1u);
  EXPECT_EQ(published.without_data, 1u);
  EXPECT_FALSE(published.withdrawn);
  const auto withdrawn = Must(desk_.Withdraw(2023, "of another city"));
  EXPECT_EQ(withdrawn.values, 1u) << "of what was taken back";
  EXPECT_EQ(withdrawn.without_data, 1u);
  EXPECT_TRUE(withdrawn.withdrawn);
  EXPECT_TRUE(Must(desk_.Withdraw(2023, "again")).withdrawn);
}

TEST_F(IndicatorEditingTest, AWithdrawalNeedsAReasonAndSomethingToTakeBack) {
  ImportsRow(kLiteracy, 2023, "98");
  EXPECT_THAT(desk_.Withdraw(2023, "why"), StatusIs(StatusCode::kNotFound));
  Publishes();
  EXPECT_THAT(desk_.Withdraw(2023, " "), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(desk_.Withdraw(20230, "why"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Shown(), SizeIs(1));
}

}  // namespace
}  // namespace hansa::testing
