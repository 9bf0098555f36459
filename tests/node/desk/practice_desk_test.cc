#include "node/desk/practice_desk.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "hansa/v1/practices.pb.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::ListedPractice;
using node::desk::PracticeDesk;
using node::desk::PracticeQuery;
using node::desk::PublishedEntry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

struct Account {
  std::string title;
  std::string language = "en";
  std::vector<std::string> features = {};
  std::vector<std::string> actions = {};
  std::string more = {};  // further members of the object, each with a comma before it
};

std::string Json(const Account& account) {
  const auto list = [](const std::vector<std::string>& items) {
    return items.empty() ? std::string("[]") : absl::StrCat("[\"", absl::StrJoin(items, "\", \""), "\"]");
  };
  return absl::StrCat("{\"title\": \"", account.title, "\", \"language\": \"", account.language,
                      "\", \"summary\": \"How it was done.\", \"feature_ids\": ", list(account.features),
                      ", \"action_points\": ", list(account.actions), account.more, "}");
}

// "de-bonn: Reading aloud (r1)"
std::string Line(const ListedPractice& practice) {
  return absl::StrCat(practice.member, ": ", practice.title, " (r", practice.revision, ")");
}

// Bonn's desk; Espoo's, whose feeds arrive in Bonn; and a partner's.
class PracticeDeskTest : public ::testing::Test {
 protected:
  PracticeDeskTest() {
    AdoptCurrentFramework(network_);
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
    PracticeDesk desk{node, node::catalogue::CurrentCatalogue(), node.views()};
    std::size_t told = 0;  // units that others have of it
  };

  static absl::StatusOr<PublishedEntry> TryAdd(Office& office, const Account& account) {
    const std::string text = Json(account);
    return office.desk.Add({.name = "practice.json", .content = text});
  }
  PublishedEntry Add(Office& office, const Account& account) { return Must(TryAdd(office, account)); }
  PublishedEntry Revise(Office& office, const std::string& id, const Account& account, const std::string& reason = "") {
    const std::string text = Json(account);
    return Must(office.desk.Revise({.id = id, .file = {.name = "again.json", .content = text}, .reason = reason}));
  }
  // What `from` published arrives in Bonn.
  void ArrivesInBonn(Office& from) {
    for (; from.told < from.node.units().size(); ++from.told) bonn_.node.Receive(from.node.units()[from.told]);
    Must(bonn_.node.AwaitViews());
  }
  std::vector<std::string> Listed(const PracticeQuery& query = {}) const {
    std::vector<std::string> lines;
    for (const ListedPractice& practice : Must(bonn_.desk.List(query)).practices) lines.push_back(Line(practice));
    return lines;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant finland_ = AuthorityOf("FIN");
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office espoo_{network_, CityNamed("fi-espoo", "FIN")};
};

TEST_F(PracticeDeskTest, WhatIsAddedIsSignedAndListed) {
  const PublishedEntry entry = Add(bonn_, {.title = "Reading aloud", .features = {"2.1.3"}, .actions = {"BD1.2"}});
  EXPECT_EQ(entry.member, "de-bonn");
  EXPECT_EQ(entry.collection, replication::kPractices);
  EXPECT_EQ(entry.sequence.value(), 1u);
  EXPECT_EQ(entry.revision, 1u);
  EXPECT_EQ(entry.title, "Reading aloud");
  EXPECT_FALSE(entry.unchanged);
  EXPECT_THAT(entry.held_by, ElementsAre("int-uil"));
  const std::vector<ListedPractice> practices = Must(bonn_.desk.List({})).practices;
  ASSERT_THAT(practices, SizeIs(1));
  EXPECT_EQ(practices[0].id, entry.id);
  EXPECT_EQ(practices[0].summary, "How it was done.");
  EXPECT_EQ(practices[0].language, "en");
  EXPECT_THAT(practices[0].features, ElementsAre("2.1.3"));
  EXPECT_THAT(practices[0].actions, ElementsAre("BD1.2"));
}

TEST_F(PracticeDeskTest, TheSameFileTwiceMakesNoSecondPractice) {
  const PublishedEntry first = Add(bonn_, {.title = "Reading aloud"});
  const PublishedEntry again = Add(bonn_, {.title = "Reading aloud"});
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.revision, 1u);
  EXPECT_THAT(again.held_by, IsEmpty());
  EXPECT_THAT(bonn_.node.units(), SizeIs(1));
  EXPECT_FALSE(Add(bonn_, {.title = "Reading aloud", .features = {"2.1.3"}}).unchanged);
  EXPECT_THAT(bonn_.node.units(), SizeIs(2));
}

TEST_F(PracticeDeskTest, AFileOfAnotherCityOrCountryIsRefused) {
  EXPECT_THAT(TryAdd(bonn_, {.title = "T", .more = ", \"city\": \"Cork\""}),
              StatusIs(StatusCode::kFailedPrecondition, "the file is of 'Cork'"));
  EXPECT_THAT(TryAdd(bonn_, {.title = "T", .more = ", \"city\": \"Name of de-bonn\", \"country\": \"FIN\""}),
              StatusIs(StatusCode::kFailedPrecondition, "the file is of the country 'FIN'"));
  EXPECT_THAT(bonn_.node.units(), IsEmpty());
  EXPECT_THAT(TryAdd(bonn_, {.title = "T", .more = ", \"city\": \"NAME OF DE-BONN\", \"country\": \"DEU\""}), IsOk());
  EXPECT_THAT(TryAdd(bonn_, {.title = "U", .more = ", \"city\": \"de-bonn\""}), IsOk());
}

TEST_F(PracticeDeskTest, AFaultOfTheFileIsNamed) {
  EXPECT_THAT(bonn_.desk.Add({.name = "bad.json", .content = "{\"language\": \"en\"}"}),
              StatusIs(StatusCode::kInvalidArgument, "bad.json"));
  EXPECT_THAT(TryAdd(bonn_, {.title = "T", .features = {"9.9.9"}}), StatusIs(StatusCode::kInvalidArgument, "9.9.9"));
  EXPECT_THAT(bonn_.node.units(), IsEmpty());
}

TEST_F(PracticeDeskTest, WhoMayNotWritePracticesIsTold) {
  Office dresden(network_, CityNamed("de-dresden", "DEU"));
  EXPECT_THAT(TryAdd(dresden, {.title = "T"}),
              StatusIs(StatusCode::kFailedPrecondition, "de-dresden is not a member of the network yet"));
  Office authority(network_, germany_);
  EXPECT_THAT(TryAdd(authority, {.title = "T"}),
              StatusIs(StatusCode::kFailedPrecondition, "does not let members of kind authority write practices"));
  bonn_.node.fence = node::Fence::kRecover;
  EXPECT_THAT(TryAdd(bonn_, {.title = "T"}), StatusIs(StatusCode::kFailedPrecondition, "may not sign"));
}

TEST_F(PracticeDeskTest, WhatWasRevisedSinceItWasReadIsNotWrittenOver) {
  const std::string id = Add(bonn_, {.title = "Reading aloud"}).id.hex();
  Revise(bonn_, id, {.title = "Reading together"});
  const std::size_t before = bonn_.node.units().size();
  const auto revise = [&](const std::string& title, std::uint64_t of_revision) {
    const std::string text = Json({.title = title});
    return bonn_.desk.Revise(
        {.id = id, .file = {.name = "f", .content = text}, .reason = "", .of_revision = of_revision});
  };
  EXPECT_THAT(revise("Reading at home", 1), StatusIs(StatusCode::kFailedPrecondition, "read revision 2"));
  EXPECT_THAT(revise("Reading at home", 3), StatusIs(StatusCode::kFailedPrecondition, "has no revision 3"));
  EXPECT_TRUE(Must(revise("Reading together", 1)).unchanged) << "it says so already";
  EXPECT_EQ(bonn_.node.units().size(), before) << "nothing was published";
  EXPECT_EQ(Must(revise("Reading at home", 2)).revision, 3u);
}

TEST_F(PracticeDeskTest, WhatWaitsToBeSignedIsNotWrittenOver) {
  const replication::RecordId id = Add(bonn_, {.title = "Old"}).id;
  const auto revise = [&](const std::string& title, std::uint64_t of_revision) {
    const std::string text = Json({.title = title});
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

TEST_F(PracticeDeskTest, ARevisionReplacesAndThePastStaysReadable) {
  const std::string id = Add(bonn_, {.title = "Reading aloud"}).id.hex();
  const PublishedEntry second = Revise(bonn_, id.substr(0, 8), {.title = "Reading together"}, " a better name ");
  EXPECT_EQ(second.id.hex(), id);
  EXPECT_EQ(second.revision, 2u);
  EXPECT_THAT(Listed(), ElementsAre("de-bonn: Reading together (r2)"));

  const auto now = Must(bonn_.desk.Show(id, 0));
  ASSERT_NE(now.content, nullptr);
  EXPECT_EQ(now.content->title(), "Reading together");
  EXPECT_FALSE(now.withdrawn);
  ASSERT_THAT(now.revisions, SizeIs(2));
  EXPECT_EQ(now.revisions[0].reason, "");
  EXPECT_EQ(now.revisions[1].reason, "a better name");
  EXPECT_EQ(now.revisions[1].sequence.value(), 2u);
  const auto before = Must(bonn_.desk.Show(id, 1));
  EXPECT_EQ(before.content->title(), "Reading aloud");
  EXPECT_EQ(before.practice.title, "Reading aloud");
  EXPECT_EQ(before.practice.revision, 1u);
  EXPECT_THAT(bonn_.desk.Show(id, 3), StatusIs(StatusCode::kNotFound, "has no revision 3; its last is 2"));
}

TEST_F(PracticeDeskTest, ARevisionThatChangesNothingIsNotSigned) {
  const std::string id = Add(bonn_, {.title = "Reading aloud"}).id.hex();
  Revise(bonn_, id, {.title = "Reading together"}, "a better name");
  const PublishedEntry again = Revise(bonn_, id, {.title = "Reading together"}, "for no reason");
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.revision, 2u);
  EXPECT_THAT(bonn_.node.units(), SizeIs(2));
}

TEST_F(PracticeDeskTest, WhatIsTakenBackLeavesTheListsAndKeepsItsPast) {
  const std::string id = Add(bonn_, {.title = "Reading aloud"}).id.hex();
  const PublishedEntry gone = Must(bonn_.desk.Withdraw(id, "it was a mistake"));
  EXPECT_EQ(gone.revision, 2u);
  EXPECT_EQ(gone.title, "Reading aloud");
  EXPECT_THAT(Listed(), IsEmpty());
  const auto shown = Must(bonn_.desk.Show(id, 0));
  EXPECT_TRUE(shown.withdrawn);
  EXPECT_EQ(shown.content, nullptr);
  EXPECT_EQ(shown.fault, "");
  EXPECT_EQ(shown.practice.title, "Reading aloud");
  ASSERT_THAT(shown.revisions, SizeIs(2));
  EXPECT_TRUE(shown.revisions[1].withdrawn);
  EXPECT_EQ(shown.revisions[1].reason, "it was a mistake");
  EXPECT_EQ(Must(bonn_.desk.Show(id, 1)).content->title(), "Reading aloud");

  const PublishedEntry again = Must(bonn_.desk.Withdraw(id, ""));
  EXPECT_TRUE(again.unchanged);
  EXPECT_THAT(bonn_.node.units(), SizeIs(2));
  const std::string text = Json({.title = "Reading aloud"});
  EXPECT_THAT(bonn_.desk.Revise({.id = id, .file = {.name = "f", .content = text}, .reason = ""}),
              StatusIs(StatusCode::kFailedPrecondition, "was taken back; add it anew"));
  EXPECT_FALSE(Add(bonn_, {.title = "Reading aloud"}).unchanged);
}

TEST_F(PracticeDeskTest, OnlyItsAuthorChangesAPractice) {
  const std::string id = Add(espoo_, {.title = "Sauna talks"}).id.hex();
  ArrivesInBonn(espoo_);
  EXPECT_EQ(Must(bonn_.desk.Show(id, 0)).practice.member, "fi-espoo");
  EXPECT_THAT(bonn_.desk.Withdraw(id, ""),
              StatusIs(StatusCode::kFailedPrecondition, "is of fi-espoo; only its author can change it"));
  const std::string text = Json({.title = "Ours now"});
  EXPECT_THAT(bonn_.desk.Revise({.id = id, .file = {.name = "f", .content = text}, .reason = ""}),
              StatusIs(StatusCode::kFailedPrecondition, "only its author"));
  EXPECT_THAT(bonn_.node.units(), IsEmpty());
}

TEST_F(PracticeDeskTest, IdsThatAreNoneAndIdsOfOtherRecordsAreSaid) {
  EXPECT_THAT(bonn_.desk.Show("12ab", 0), StatusIs(StatusCode::kInvalidArgument, "6 to 32 hex digits"));
  EXPECT_THAT(bonn_.desk.Withdraw("practice", ""), StatusIs(StatusCode::kInvalidArgument, "hex digits"));
  EXPECT_THAT(bonn_.desk.Show("0123456789", 0), StatusIs(StatusCode::kNotFound, "none here begins with 0123456789"));
  const auto set = Must(bonn_.node.Publish({{replication::kIndicators, replication::kIndicatorSet, std::nullopt, false,
                                             Must(node::domain::EncodeIndicatorSet(SetOf(
                                                 2020, {ObservationOf("1.1.1/adult-literacy-rate#total", "99")})))}}));
  Must(bonn_.node.AwaitViews());
  EXPECT_THAT(bonn_.desk.Show(set[0].record.hex(), 0),
              StatusIs(StatusCode::kNotFound, "is a set of indicators, not a practice"));
}

TEST_F(PracticeDeskTest, NobodyHidesAnothersPracticeByUsingItsId) {
  const PublishedEntry entry = Add(bonn_, {.title = "Reading aloud"});
  v1::Practice copy;
  copy.set_title("Not by Bonn");
  copy.set_language("en");
  Must(espoo_.node.Publish(
      {{replication::kPractices, replication::kPractice, entry.id, false, copy.SerializeAsString()}}));
  ArrivesInBonn(espoo_);
  EXPECT_THAT(Listed(), ElementsAre("de-bonn: Reading aloud (r1)", "fi-espoo: Not by Bonn (r1)"));
  EXPECT_EQ(Must(bonn_.desk.Show(entry.id.hex(), 0)).practice.title, "Reading aloud");
  EXPECT_THAT(bonn_.desk.Show(entry.id.hex().substr(0, 10), 0), StatusIs(StatusCode::kInvalidArgument, "2 begin with"));
  EXPECT_THAT(bonn_.desk.Withdraw(entry.id.hex(), ""), IsOk());
  EXPECT_THAT(Listed(), ElementsAre("fi-espoo: Not by Bonn (r1)"));
}

TEST_F(PracticeDeskTest, ListsAreBySlugAndTitleWhateverTheOrderOfPublishing) {
  Add(espoo_, {.title = "B", .more = ", \"year\": 2024"});
  Add(espoo_, {.title = "A", .more = ", \"year\": 1999"});
  ArrivesInBonn(espoo_);
  Add(bonn_, {.title = "Z"});
  Add(bonn_, {.title = "C"});
  EXPECT_THAT(Listed(), ElementsAre("de-bonn: C (r1)", "de-bonn: Z (r1)", "fi-espoo: A (r1)", "fi-espoo: B (r1)"));
}

TEST_F(PracticeDeskTest, ListsWhatIsAskedFor) {
  Add(bonn_, {.title = "A", .language = "de", .features = {"2.1.3", "3.1.2"}, .actions = {"BD1.2"}});
  Add(bonn_, {.title = "B", .language = "en-GB", .features = {"3.1.2"}});
  Add(espoo_, {.title = "C", .language = "en", .actions = {"BD12.5"}});
  ArrivesInBonn(espoo_);
  EXPECT_THAT(Listed({.feature = "3.1.2"}), ElementsAre("de-bonn: A (r1)", "de-bonn: B (r1)"));
  EXPECT_THAT(Listed({.feature = "2.1.3"}), ElementsAre("de-bonn: A (r1)"));
  EXPECT_THAT(Listed({.action = "bd12.5"}), ElementsAre("fi-espoo: C (r1)"));
  EXPECT_THAT(Listed({.member = "fi-espoo"}), ElementsAre("fi-espoo: C (r1)"));
  EXPECT_THAT(Listed({.country = "fin"}), ElementsAre("fi-espoo: C (r1)"));
  EXPECT_THAT(Listed({.language = "en"}), ElementsAre("de-bonn: B (r1)", "fi-espoo: C (r1)"));
  EXPECT_THAT(Listed({.language = "en-gb"}), ElementsAre("de-bonn: B (r1)"));
  EXPECT_THAT(Listed({.feature = "3.1.2", .language = "ko"}), IsEmpty());
}

TEST_F(PracticeDeskTest, WhatCannotBeAskedForIsSaidWithASuggestion) {
  EXPECT_THAT(bonn_.desk.List({.feature = "2.1.33"}), StatusIs(StatusCode::kNotFound, "did you mean 2.1.3?"));
  EXPECT_THAT(bonn_.desk.List({.feature = "literacy"}), StatusIs(StatusCode::kNotFound, "hansa catalogue lists them"));
  EXPECT_THAT(bonn_.desk.List({.action = "BD13.1"}), StatusIs(StatusCode::kNotFound, "no action point 'BD13.1'"));
  EXPECT_THAT(bonn_.desk.List({.member = "fi-espo"}), StatusIs(StatusCode::kNotFound, "did you mean fi-espoo?"));
  EXPECT_THAT(bonn_.desk.List({.country = "FI"}), StatusIs(StatusCode::kNotFound, "did you mean FIN?"));
  EXPECT_THAT(bonn_.desk.List({.country = "Finland"}), StatusIs(StatusCode::kNotFound, "three letters"));
  EXPECT_THAT(bonn_.desk.List({.language = "english please"}),
              StatusIs(StatusCode::kInvalidArgument, "not a language"));
}

TEST_F(PracticeDeskTest, WhatCannotBeReadIsNotListedAndSaysWhy) {
  const auto bad = Must(espoo_.node.Publish(
      {{replication::kPractices, replication::kPractice, std::nullopt, false, "not a practice at all"}}));
  ArrivesInBonn(espoo_);
  EXPECT_THAT(Listed(), IsEmpty());
  const auto shown = Must(bonn_.desk.Show(bad[0].record.hex(), 0));
  EXPECT_EQ(shown.content, nullptr);
  EXPECT_THAT(shown.fault, Not(IsEmpty()));
  EXPECT_FALSE(shown.withdrawn);
}

TEST_F(PracticeDeskTest, AReasonHasALimit) {
  const std::string id = Add(bonn_, {.title = "Reading aloud"}).id.hex();
  EXPECT_THAT(bonn_.desk.Withdraw(id, std::string(1001, 'x')),
              StatusIs(StatusCode::kInvalidArgument, "longer than 1000 characters"));
  const std::string text = Json({.title = "T"});
  EXPECT_THAT(bonn_.desk.Revise({.id = id, .file = {.name = "f", .content = text}, .reason = std::string(201, 'x')}),
              StatusIs(StatusCode::kInvalidArgument, "longer than 200 characters"));
  EXPECT_THAT(bonn_.node.units(), SizeIs(1));
}

}  // namespace
}  // namespace hansa::testing
