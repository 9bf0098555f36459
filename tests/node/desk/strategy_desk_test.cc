#include "node/desk/strategy_desk.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::ListedStrategy;
using node::desk::PublishedEntry;
using node::desk::StandingStrategy;
using node::desk::StrategyDesk;
using node::desk::StrategyQuery;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A strategy as JSON; `more` are further members of the object, each with a comma before it.
std::string Json(const std::string& title, const std::string& more = "") {
  return absl::StrCat(R"({"title": ")", title, R"(", "language": "en")", more, "}");
}

// "de-bonn: Reading city from 2021-03-01 (r1)"
std::string Line(const ListedStrategy& listed) {
  const StandingStrategy& strategy = listed.strategy;
  return absl::StrCat(listed.member, ": ", strategy.title, strategy.starts_on.empty() ? "" : " from ",
                      strategy.starts_on, " (r", strategy.revision, ")");
}

// Bonn's desk, and Espoo's, whose feeds arrive in Bonn.
class StrategyDeskTest : public ::testing::Test {
 protected:
  StrategyDeskTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kStrategies);
    network_.AdmitAuthority(germany_);
    network_.AdmitAuthority(finland_);
    network_.AdmitCity(bonn_.applicant, germany_);
    network_.AdmitCity(espoo_.applicant, finland_);
    bonn_.node.Refresh();
    espoo_.node.Refresh();
  }

  struct Office {
    Office(const Network& network, Applicant who) : applicant(who), node(network, std::move(who)) {}
    Applicant applicant;
    FakeNode node;
    StrategyDesk desk{node, node::catalogue::CurrentCatalogue(), node.views()};
    std::size_t told = 0;  // units that others have of it
  };

  static absl::StatusOr<PublishedEntry> TryAdd(Office& office, const std::string& text) {
    return office.desk.Add({.name = "strategy.json", .content = text});
  }
  static PublishedEntry Add(Office& office, const std::string& text) { return Must(TryAdd(office, text)); }
  static absl::StatusOr<PublishedEntry> TryRevise(Office& office, const std::string& id, const std::string& text,
                                                  const std::string& reason = "") {
    return office.desk.Revise({.id = id, .file = {.name = "again.json", .content = text}, .reason = reason});
  }
  // What `from` published arrives in Bonn.
  void ArrivesInBonn(Office& from) {
    for (; from.told < from.node.units().size(); ++from.told) bonn_.node.Receive(from.node.units()[from.told]);
    Must(bonn_.node.AwaitViews());
  }
  std::vector<std::string> Listed(const StrategyQuery& query = {}) const {
    std::vector<std::string> lines;
    for (const ListedStrategy& strategy : Must(bonn_.desk.List(query))) lines.push_back(Line(strategy));
    return lines;
  }
  // A practice of Bonn, published; its id.
  std::string Practice(const std::string& title, std::optional<replication::RecordId> record = std::nullopt) {
    v1::Practice practice;
    practice.set_title(title);
    practice.set_language("en");
    const auto published = Must(bonn_.node.Publish(
        {{replication::kPractices, replication::kPractice, record, false, practice.SerializeAsString()}}));
    Must(bonn_.node.AwaitViews());
    return published[0].record.hex();
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant finland_ = AuthorityOf("FIN");
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office espoo_{network_, CityNamed("fi-espoo", "FIN")};
};

TEST_F(StrategyDeskTest, WhatIsAddedIsSignedOnceAndListed) {
  const std::string text = Json("Reading city", R"(, "kind": "strategy", "starts_on": "2021-03-01",
    "features": ["1.1.1"], "action_points": ["BD1.2"])");
  const PublishedEntry entry = Add(bonn_, text);
  EXPECT_EQ(entry.collection, replication::kStrategies);
  EXPECT_EQ(entry.revision, 1u);
  EXPECT_EQ(entry.title, "Reading city");
  EXPECT_THAT(entry.held_by, ElementsAre("int-uil"));
  const PublishedEntry again = Add(bonn_, text);
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, entry.id);
  EXPECT_THAT(bonn_.node.units(), SizeIs(1));
  const std::vector<ListedStrategy> listed = Must(bonn_.desk.List({}));
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].strategy.kind, "strategy");
  EXPECT_EQ(listed[0].strategy.state, "");
  EXPECT_EQ(listed[0].strategy.start_year(), 2021);
  EXPECT_EQ(listed[0].strategy.end_year(), 0);
  EXPECT_THAT(listed[0].strategy.actions, ElementsAre("BD1.2"));
}

TEST_F(StrategyDeskTest, ItStandsOnTheCellsItNamesOrElseOnThoseOfItsFeatures) {
  Add(bonn_, Json("All of it", R"(, "features": ["1.1.1"])"));
  Add(bonn_, Json("One of them", R"(, "features": ["1.1.1"], "cells": ["1.2.2/unemployment-rate#total"])"));
  Add(bonn_, Json("None", ""));
  const auto strategies = Must(node::desk::StrategiesOf(bonn_.node.feeds(), bonn_.node.views(),
                                                        node::catalogue::CurrentCatalogue(), bonn_.node.View().member));
  ASSERT_THAT(strategies, SizeIs(3));
  std::vector<std::string> of_feature;
  for (const auto& cell : node::catalogue::CurrentCatalogue().cells()) {
    if (cell.measurement->feature == "1.1.1") of_feature.push_back(cell.id);
  }
  EXPECT_EQ(strategies[0].cells, of_feature);
  EXPECT_THAT(strategies[0].cells, Not(IsEmpty()));
  EXPECT_THAT(strategies[1].cells, IsEmpty());
  EXPECT_THAT(strategies[2].cells, ElementsAre("1.2.2/unemployment-rate#total"));
}

TEST_F(StrategyDeskTest, ListsAreByMemberAndFirstDayThoseWithoutOneLast) {
  Add(espoo_, Json("Sauna talks", R"(, "starts_on": "1999-01-01")"));
  ArrivesInBonn(espoo_);
  Add(bonn_, Json("A plan"));
  Add(bonn_, Json("Zoo school", R"(, "starts_on": "2019-09-01")"));
  Add(bonn_, Json("Art school", R"(, "starts_on": "2021-01-01")"));
  EXPECT_THAT(Listed(),
              ElementsAre("de-bonn: Zoo school from 2019-09-01 (r1)", "de-bonn: Art school from 2021-01-01 (r1)",
                          "de-bonn: A plan (r1)", "fi-espoo: Sauna talks from 1999-01-01 (r1)"));
}

TEST_F(StrategyDeskTest, ListsWhatIsAskedFor) {
  Add(bonn_, Json("A", R"(, "features": ["1.1.1", "2.1.3"], "action_points": ["BD1.2"])"));
  Add(bonn_, Json("B", R"(, "features": ["2.1.3"])"));
  EXPECT_THAT(Listed({.feature = "1.1.1"}), ElementsAre("de-bonn: A (r1)"));
  EXPECT_THAT(Listed({.action = "bd1.2"}), ElementsAre("de-bonn: A (r1)"));
  EXPECT_THAT(Listed({.member = "fi-espoo"}), IsEmpty());
  EXPECT_THAT(bonn_.desk.List({.feature = "2.1.33"}), StatusIs(StatusCode::kNotFound, "did you mean 2.1.3?"));
  EXPECT_THAT(bonn_.desk.List({.action = "BD13.1"}), StatusIs(StatusCode::kNotFound, "no action point 'BD13.1'"));
  EXPECT_THAT(bonn_.desk.List({.member = "fi-espo"}), StatusIs(StatusCode::kNotFound, "did you mean fi-espoo?"));
}

TEST_F(StrategyDeskTest, WhatWasRevisedSinceItWasReadIsNotWrittenOver) {
  const std::string id = Add(bonn_, Json("Reading city")).id.hex();
  Must(TryRevise(bonn_, id, Json("Reading region")).status());
  const std::size_t before = bonn_.node.units().size();
  const auto revise = [&](const std::string& title, std::uint64_t of_revision) {
    const std::string text = Json(title);
    return bonn_.desk.Revise(
        {.id = id, .file = {.name = "f", .content = text}, .reason = "", .of_revision = of_revision});
  };
  EXPECT_THAT(revise("Reading land", 1), StatusIs(StatusCode::kFailedPrecondition, "read revision 2"));
  EXPECT_THAT(revise("Reading land", 3), StatusIs(StatusCode::kFailedPrecondition, "has no revision 3"));
  EXPECT_EQ(bonn_.node.units().size(), before) << "nothing was published";
  EXPECT_EQ(Must(revise("Reading land", 2)).revision, 3u);
}

TEST_F(StrategyDeskTest, WhatWaitsToBeSignedIsNotWrittenOver) {
  const replication::RecordId id = Add(bonn_, Json("Old")).id;
  const auto revise = [&](const std::string& title, std::uint64_t of_revision) {
    const std::string text = Json(title);
    return bonn_.desk.Revise(
        {.id = id.hex(), .file = {.name = "f.json", .content = text}, .reason = "", .of_revision = of_revision});
  };
  bonn_.node.fence = node::Fence::kRecover;
  bonn_.node.look = [&](node::NodeView& view) { view.outbox.records = {id}; };
  for (const char* const title : {"Old", "New"}) {
    EXPECT_THAT(revise(title, 1), StatusIs(StatusCode::kFailedPrecondition, "waits to be signed; wait until"));
  }
  EXPECT_THAT(revise("New", 0), StatusIs(StatusCode::kFailedPrecondition, "may not sign")) << "it says nothing of it";
  bonn_.node.look = [](node::NodeView& view) { view.outbox.records = {RecordNamed("another")}; };
  EXPECT_THAT(revise("New", 1), StatusIs(StatusCode::kFailedPrecondition, "may not sign"));
}

TEST_F(StrategyDeskTest, ARevisionReplacesAndThePastStaysReadable) {
  const std::string id = Add(bonn_, Json("Reading city")).id.hex();
  const PublishedEntry second = Must(TryRevise(bonn_, id.substr(0, 8), Json("Reading region"), " it grew "));
  EXPECT_EQ(second.revision, 2u);
  EXPECT_TRUE(Must(TryRevise(bonn_, id, Json("Reading region"), "again")).unchanged);
  const auto now = Must(bonn_.desk.Show(id, 0));
  ASSERT_NE(now.content, nullptr);
  EXPECT_EQ(now.content->title(), "Reading region");
  ASSERT_THAT(now.revisions, SizeIs(2));
  EXPECT_EQ(now.revisions[1].reason, "it grew");
  EXPECT_EQ(Must(bonn_.desk.Show(id, 1)).content->title(), "Reading city");
  EXPECT_THAT(bonn_.desk.Show(id, 3), StatusIs(StatusCode::kNotFound, "has no revision 3; its last is 2"));
}

TEST_F(StrategyDeskTest, WhatIsTakenBackLeavesTheListsAndKeepsItsPast) {
  const std::string id = Add(bonn_, Json("Reading city")).id.hex();
  EXPECT_EQ(Must(bonn_.desk.Withdraw(id)).title, "Reading city");
  EXPECT_TRUE(Must(bonn_.desk.Withdraw(id)).unchanged);
  EXPECT_THAT(bonn_.node.units(), SizeIs(2));
  EXPECT_THAT(Listed(), IsEmpty());
  const auto shown = Must(bonn_.desk.Show(id, 0));
  EXPECT_TRUE(shown.withdrawn);
  EXPECT_EQ(shown.content, nullptr);
  EXPECT_EQ(shown.fault, "");
  EXPECT_EQ(shown.strategy.strategy.title, "Reading city");
  EXPECT_EQ(Must(bonn_.desk.Show(id, 1)).content->title(), "Reading city");
  EXPECT_THAT(TryRevise(bonn_, id, Json("T")), StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
  EXPECT_FALSE(Add(bonn_, Json("Reading city")).unchanged);
}

TEST_F(StrategyDeskTest, AnActionIsPartOfAStrategyOfItsOwnCity) {
  const std::string whole = Add(bonn_, Json("Reading city")).id.hex();
  const std::string of_it = absl::StrCat(R"(, "part_of": ")", whole.substr(0, 8), "\"");
  const PublishedEntry action = Add(bonn_, Json("Book bus", of_it));
  const auto shown = Must(bonn_.desk.Show(action.id.hex(), 0));
  EXPECT_EQ(shown.content->part_of().record_id(), Must(bonn_.desk.Show(whole, 0)).strategy.strategy.id.str());
  EXPECT_EQ(shown.content->part_of().collection(), replication::kStrategies.value());
  EXPECT_THAT(TryRevise(bonn_, whole, Json("Reading city", of_it)),
              StatusIs(StatusCode::kInvalidArgument, "a strategy is no part of itself"));
  const std::string others = Add(espoo_, Json("Sauna talks")).id.hex();
  ArrivesInBonn(espoo_);
  EXPECT_THAT(TryAdd(bonn_, Json("T", absl::StrCat(R"(, "part_of": ")", others, "\""))),
              StatusIs(StatusCode::kFailedPrecondition, "is of fi-espoo; name a strategy of this city"));
  EXPECT_THAT(TryAdd(bonn_, Json("T", R"(, "part_of": "0123456789")")), StatusIs(StatusCode::kNotFound));
  Must(bonn_.desk.Withdraw(whole));
  EXPECT_THAT(TryAdd(bonn_, Json("T", of_it)), StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
  EXPECT_EQ(Must(TryRevise(bonn_, action.id.hex(), Json("Book boat", of_it))).revision, 2u) << "as it stood before";
  EXPECT_EQ(Must(bonn_.desk.Show(action.id.hex(), 0)).content->part_of().entry_hash(),
            shown.content->part_of().entry_hash());
}

TEST_F(StrategyDeskTest, ALaterRevisionOfAPracticeThatItNamesMakesNoSecondStrategy) {
  const std::string practice = Practice("Reading aloud");
  const std::string text = Json("Reading city", absl::StrCat(R"(, "practices": [")", practice, "\"]"));
  const PublishedEntry entry = Add(bonn_, text);
  Practice("Reading together", replication::RecordId::FromHexText(practice));
  const PublishedEntry again = Add(bonn_, text);
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, entry.id);
  EXPECT_THAT(TryAdd(bonn_, Json("T", absl::StrCat(R"(, "practices": [")", entry.id.hex(), "\"]"))),
              StatusIs(StatusCode::kNotFound, "is a strategy, not a practice"));
  EXPECT_THAT(bonn_.desk.Show(practice, 0), StatusIs(StatusCode::kNotFound, ", not a strategy; hansa strategies list"));
}

TEST_F(StrategyDeskTest, OnlyItsAuthorChangesAStrategyAndOnlyCitiesHaveThem) {
  const std::string id = Add(espoo_, Json("Sauna talks")).id.hex();
  ArrivesInBonn(espoo_);
  EXPECT_THAT(bonn_.desk.Withdraw(id), StatusIs(StatusCode::kFailedPrecondition, "is of fi-espoo"));
  EXPECT_THAT(TryRevise(bonn_, id, Json("Ours")), StatusIs(StatusCode::kFailedPrecondition, "only its author"));
  EXPECT_THAT(TryAdd(bonn_, Json("T", R"(, "city": "Cork")")),
              StatusIs(StatusCode::kFailedPrecondition, "the file is of 'Cork'"));
  Office dresden(network_, CityNamed("de-dresden", "DEU"));
  EXPECT_THAT(TryAdd(dresden, Json("T")), StatusIs(StatusCode::kFailedPrecondition, "not a member of the network yet"));
  Office authority(network_, germany_);
  EXPECT_THAT(TryAdd(authority, Json("T")),
              StatusIs(StatusCode::kFailedPrecondition, "does not let members of kind authority write strategies"));
  EXPECT_THAT(bonn_.node.units(), IsEmpty());
}

TEST_F(StrategyDeskTest, WhatCannotBeReadIsNotListedAndSaysWhy) {
  const auto bad = Must(espoo_.node.Publish(
      {{replication::kStrategies, replication::kStrategy, std::nullopt, false, "not a strategy at all"}}));
  ArrivesInBonn(espoo_);
  EXPECT_THAT(Listed(), IsEmpty());
  const auto shown = Must(bonn_.desk.Show(bad[0].record.hex(), 0));
  EXPECT_EQ(shown.content, nullptr);
  EXPECT_THAT(shown.fault, Not(IsEmpty()));
}

// "2.1.3: Reading city by Education, Book bus; practices Reading aloud"
std::vector<std::string> Checked(const node::desk::Checklist& list) {
  std::vector<std::string> lines;
  for (const node::desk::ChecklistRow& row : list.rows) {
    std::vector<std::string> deeds, practices;
    for (const node::desk::ChecklistDeed& deed : row.deeds) {
      deeds.push_back(absl::StrCat(deed.link.title, deed.responsible.empty() ? "" : " by ", deed.responsible));
    }
    for (const auto& practice : row.practices) practices.push_back(practice.title);
    lines.push_back(absl::StrCat(row.part, ": ", absl::StrJoin(deeds, ", "), practices.empty() ? "" : "; practices ",
                                 absl::StrJoin(practices, ", ")));
  }
  return lines;
}

TEST_F(StrategyDeskTest, AChecklistHasEveryFeatureAndWhatIsDoneForIt) {
  Add(bonn_,
      Json("Zoo school", R"(, "starts_on": "2019-09-01", "features": ["1.1.1"], "participants": [{"name": "Zoo"}])"));
  Add(bonn_, Json("Art school", R"(, "starts_on": "2021-01-01", "features": ["1.1.1", "1.1.2"],
                  "responsible": "Education", "action_points": ["BD1.2"])"));
  Add(bonn_, Json("A plan", R"(, "features": ["1.1.1"])"));
  Add(espoo_, Json("Sauna talks", R"(, "features": ["1.1.1"])"));
  ArrivesInBonn(espoo_);
  v1::Practice practice;
  practice.set_title("Reading aloud");
  practice.set_language("en");
  practice.mutable_subjects()->add_features("1.1.2");
  practice.mutable_subjects()->add_action_points("BD1.2");
  Must(bonn_.node.Publish(
      {{replication::kPractices, replication::kPractice, std::nullopt, false, practice.SerializeAsString()}}));
  Must(bonn_.node.AwaitViews());
  const auto all = Must(bonn_.desk.ListChecklist("", ""));
  EXPECT_EQ(all.member, "de-bonn");
  EXPECT_EQ(all.rows.size(), node::catalogue::CurrentCatalogue().features().size());
  EXPECT_EQ(all.rows[0].deeds[0].participants, std::vector<std::string>{"Zoo"});
  EXPECT_THAT(Checked(Must(bonn_.desk.ListChecklist("de-bonn", "1.1"))),
              ElementsAre("1.1.1: Zoo school, Art school by Education, A plan",
                          "1.1.2: Art school by Education; practices Reading aloud", "1.1.3: ", "1.1.4: "));
  EXPECT_THAT(Checked(Must(bonn_.desk.ListChecklist("fi-espoo", "1.1.1"))), ElementsAre("1.1.1: Sauna talks"));
  EXPECT_THAT(Checked(Must(bonn_.desk.ListChecklist("", "bd1.2"))),
              ElementsAre("BD1.2: Art school by Education; practices Reading aloud"));
  EXPECT_EQ(Must(bonn_.desk.ListChecklist("", "BD1")).rows.size(), 4u);
  EXPECT_THAT(bonn_.desk.ListChecklist("", "1.1.11"), StatusIs(StatusCode::kNotFound, "did you mean"));
  EXPECT_THAT(bonn_.desk.ListChecklist("", "BD13.1"), StatusIs(StatusCode::kNotFound, "no action point"));
  EXPECT_THAT(bonn_.desk.ListChecklist("fi-espo", ""), StatusIs(StatusCode::kNotFound, "did you mean fi-espoo?"));
}

}  // namespace
}  // namespace hansa::testing
