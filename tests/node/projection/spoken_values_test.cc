// Surveys and ratings beside the sets of the indicators: shown with whose word they are, the last where the same word
// is given twice, and not at all where the list of keys does not bear them out. Every order of arrival gives the same
// rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "node/projection/views.h"
#include "tests/testing/reviews.h"

namespace hansa::testing {
namespace {

using node::domain::AnswersOf;
using node::projection::CellValues;
using node::projection::ObservationQuery;
using node::projection::PublishedObservation;
using node::projection::StandingWord;
using node::projection::Views;
using replication::Member;
using storage::Table;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Store {
  storage::MemoryFeedStore feeds;
  storage::MemoryTables tables;
  std::unique_ptr<Views> views = Must(Views::Open(feeds, tables, node::catalogue::CurrentCatalogue()));
};

std::vector<std::tuple<Table, std::string, std::string>> Rows(const Store& store) {
  std::vector<std::tuple<Table, std::string, std::string>> rows;
  for (const Table table : {Table::kCursors, Table::kRecords, Table::kObservations}) {
    for (const storage::KeyValue& row : Must(store.tables.Scan(table, "", "", 1'000'000))) {
      rows.emplace_back(table, row.key, row.value);
    }
  }
  return rows;
}

// Bonn, under two keys one after the other, and Aachen.
class SpokenValuesTest : public ::testing::Test {
 protected:
  SpokenValuesTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kReviews);
    network_.AdmitAuthority(germany_);
    bonn_ = network_.AdmitCity(bonn_city_, germany_);
    aachen_ = network_.AdmitCity(aachen_city_, germany_);
    ListKey(network_, expert_);
    ListKey(network_, second_expert_);
    ListKey(network_, agency_);
    const NewKeys again = NewKeysNamed("bonn again");
    bonn_again_ = again.writer;
    HANSA_CHECK(network_
                    .Append({replication::roster_kind::kIncarnation,
                             Encode(network_.Renewal(bonn_, 2, again, bonn_city_.writer)),
                             {},
                             std::nullopt})
                    .valid);
  }

  FeedWriter Writer(Member member, const Key& key, std::uint32_t incarnation = 1,
                    replication::Collection collection = replication::kReviews) const {
    return FeedWriter(
        network_.id(),
        {member, collection, replication::Incarnation(incarnation), key->public_key(), replication::Sequence(100'000)},
        key);
  }
  template <typename Record>
  Rated Publishes(FeedWriter& writer, const std::string& record, const Record& content) {
    const replication::VerifiedUnit unit = writer.Publish({EntryOf(RecordNamed(record), content)});
    Arrives(unit);
    return RatedIn(unit);
  }
  void Arrives(const replication::VerifiedUnit& unit) {
    Must(store_.feeds.Append({&unit, 1}));
    Must(store_.views->CatchUp(network_.roster()));
  }
  void TakesBack(FeedWriter& writer, replication::Kind kind, const std::string& record) {
    Arrives(writer.Publish({Retraction(kind, RecordNamed(record))}));
  }
  std::vector<PublishedObservation> Shown(const ObservationQuery& query = {}) const {
    return Must(store_.views->ObservationsOf(network_.roster(), query));
  }
  // "de-bonn 2025 CELL 4 r1 signed by expert int-expert"
  std::vector<std::string> Lines(const ObservationQuery& query = {}) const {
    std::vector<std::string> lines;
    for (const PublishedObservation& row : Shown(query)) {
      const node::domain::Observation& o = row.observation;
      lines.push_back(absl::StrCat(row.slug, " ", row.subject.year, " ", o.cell, " ",
                                   o.value ? o.value->text() : o.no_data_reason, " r", row.revision, " ", o.word_of));
    }
    return lines;
  }
  // "10: 4 (3)": member, value and voice.
  std::vector<std::string> Values(const CellValues& values) const {
    std::vector<std::string> lines;
    for (const auto& value : values.values) {
      lines.push_back(absl::StrCat(value.member == bonn_ ? "bonn" : "aachen", " ", value.year, ": ",
                                   node::domain::TextOfBillionths(value.billionths), " (", int{value.voice}, ")"));
    }
    return lines;
  }
  v1::Rating RatingBy(const Applicant& expert, const Rated& rated, std::uint32_t rating,
                      std::uint32_t year = 2025) const {
    return SignedRating(network_, expert, RatingOf(rated, expert, rating, year));
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_city_ = CityNamed("de-bonn", "DEU"), aachen_city_ = CityNamed("de-aachen", "DEU");
  Applicant expert_ = ExpertNamed("int-expert"), second_expert_ = ExpertNamed("int-other"),
            stranger_ = ExpertNamed("int-stranger"), agency_ = AgencyNamed("int-institute");
  Member bonn_, aachen_;
  Key bonn_again_;
  Store store_;
};

TEST_F(SpokenValuesTest, NothingThatAPartnerPublishesOfReviewsCounts) {
  const Applicant partner = ApplicantNamed("int-partner", replication::MemberKind::kPartner, "INT");
  const Member number = network_.AdmitPartner(partner);
  LetWrite(network_, replication::MemberKind::kPartner, replication::kReviews);
  FeedWriter writer = Writer(number, partner.writer);
  const Rated report = Publishes(writer, "report", ReportNamed("Report"));
  Publishes(writer, "rating", RatingBy(expert_, report, 4));
  EXPECT_THAT(Lines(), IsEmpty());
  for (const auto& record : Must(store_.views->RecordsOf(number, replication::kReviews))) {
    EXPECT_EQ(record.revisions.back().reading, node::projection::Reading::kInvalid);
    EXPECT_EQ(record.revisions.back().what,
              "reports, ratings and surveys are written by cities, and this is by a member of kind partner");
  }
}

TEST_F(SpokenValuesTest, ARatingIsShownWithWhoseWordItIs) {
  FeedWriter bonn = Writer(bonn_, bonn_city_.writer);
  const Rated report = Publishes(bonn, "report", ReportNamed("Report"));
  EXPECT_THAT(Lines(), IsEmpty());
  Publishes(bonn, "first", RatingBy(expert_, report, 4));
  Publishes(bonn, "second", RatingBy(second_expert_, report, 2));
  const std::vector<std::string> both = {absl::StrCat("de-bonn 2025 ", kAdvocacy, " 4 r1 signed by expert int-expert"),
                                         absl::StrCat("de-bonn 2025 ", kAdvocacy, " 2 r1 signed by expert int-other")};
  EXPECT_EQ(Lines(), both);
  EXPECT_EQ(Lines({.member = bonn_, .year = 2025, .cell = kAdvocacy}), both);
  EXPECT_EQ(Lines({.member = {}, .year = {}, .cell = kAdvocacy}), both);
  EXPECT_THAT(Lines({.member = {}, .year = 2024, .cell = {}}), IsEmpty());
  EXPECT_THAT(Lines({.member = aachen_, .year = {}, .cell = {}}), IsEmpty());
  EXPECT_THAT(Shown({.member = {}, .year = {}, .cell = {}, .standing = node::projection::Standing::kInSet}), IsEmpty());
  EXPECT_EQ(Shown()[0].record, RecordNamed("first"));
  EXPECT_EQ(Shown()[0].seq.value(), 2u);
  TakesBack(bonn, replication::kReviewRating, "first");
  EXPECT_THAT(Lines(), SizeIs(1));
}

TEST_F(SpokenValuesTest, WhatIsForgedOrNotListedIsNotShown) {
  FeedWriter bonn = Writer(bonn_, bonn_city_.writer);
  const Rated report = Publishes(bonn, "report", ReportNamed("Report"));
  Publishes(bonn, "stranger", RatingBy(stranger_, report, 5));
  v1::Rating forged = RatingBy(expert_, report, 1);
  v1::RatingBody better = RatingOf(report, expert_, 5);
  forged.mutable_statement()->set_body(
      replication::Tagged(replication::kRatingTag, Must(node::domain::EncodeRecord(better))));
  Publishes(bonn, "forged", forged);
  Publishes(bonn, "own", SignedRating(network_, bonn_city_, RatingOf(report, bonn_city_, 5)));
  FeedWriter aachen = Writer(aachen_, aachen_city_.writer);
  Publishes(aachen, "of another", RatingBy(expert_, report, 5));
  EXPECT_THAT(Lines(), IsEmpty());
  EXPECT_EQ(Must(store_.views->Counts()).faulty, 2u);  // the forged one and that of another city's report
  ListKey(network_, stranger_);
  EXPECT_THAT(Lines(), ElementsAre(absl::StrCat("de-bonn 2025 ", kAdvocacy, " 5 r1 signed by expert int-stranger")));
}

TEST_F(SpokenValuesTest, ARatingWaitsForItsReport) {
  FeedWriter first = Writer(bonn_, bonn_city_.writer), second = Writer(bonn_, bonn_again_, 2);
  const replication::VerifiedUnit report = first.Publish({EntryOf(RecordNamed("report"), ReportNamed("Report", 2024))});
  const Rated rated = RatedIn(report);
  Publishes(second, "rating", RatingBy(expert_, rated, 3, 0));
  Publishes(second, "of nothing", RatingBy(second_expert_, {bonn_, RecordNamed("none"), Random("none")}, 3));
  EXPECT_THAT(Lines(), IsEmpty());
  Arrives(report);
  EXPECT_THAT(Lines(), ElementsAre(absl::StrCat("de-bonn 2024 ", kAdvocacy, " 3 r1 signed by expert int-expert")));
}

TEST_F(SpokenValuesTest, TheSameWordTwiceIsShownOnce) {
  FeedWriter bonn = Writer(bonn_, bonn_city_.writer);
  const Rated report = Publishes(bonn, "report", ReportNamed("Report"));
  const Rated revised = Publishes(bonn, "report", ReportNamed("Report, revised"));
  Publishes(bonn, "of the first", RatingBy(expert_, report, 2));
  Publishes(bonn, "of the second", RatingBy(expert_, revised, 4));
  EXPECT_THAT(Lines(), ElementsAre(absl::StrCat("de-bonn 2025 ", kAdvocacy, " 4 r1 signed by expert int-expert")));
  TakesBack(bonn, replication::kReviewRating, "of the second");
  EXPECT_THAT(Lines(), ElementsAre(absl::StrCat("de-bonn 2025 ", kAdvocacy, " 2 r1 signed by expert int-expert")));
}

TEST_F(SpokenValuesTest, ASurveyStandsBesideTheSet) {
  FeedWriter set = Writer(bonn_, bonn_city_.writer, 1, replication::kIndicators);
  node::domain::Observation own = ObservationOf(kTogether, "50");
  own.source_kind = node::domain::SourceKind::kSurvey;
  Arrives(set.Publish({EntryOf(RecordNamed("2025"), SetOf(2025, {own}))}));
  FeedWriter bonn = Writer(bonn_, bonn_city_.writer);
  Publishes(bonn, "entered", Entered(SurveyOf(bonn_, {{kTogether, "55"}, {kServices, "30"}})));
  Publishes(bonn, "delivered", Delivered(network_, agency_, SurveyOf(bonn_, {{kTogether, "61.4"}})));
  EXPECT_THAT(Lines(), ElementsAre(absl::StrCat("de-bonn 2025 ", kTogether, " 50 r1 "),
                                   absl::StrCat("de-bonn 2025 ", kTogether, " 55 r1 entered by the city"),
                                   absl::StrCat("de-bonn 2025 ", kTogether, " 61.4 r1 signed by agency int-institute"),
                                   absl::StrCat("de-bonn 2025 ", kServices, " 30 r1 entered by the city")));
  const replication::Roster& roster = network_.roster();
  EXPECT_THAT(Values(Must(store_.views->ValuesOf(kTogether, 2025))), ElementsAre("bonn 2025: 50 (0)"));
  EXPECT_THAT(Values(Must(store_.views->AllValuesOf(roster, kTogether, 2025))),
              ElementsAre("bonn 2025: 50 (0)", "bonn 2025: 55 (1)", "bonn 2025: 61.4 (2)"));
  Publishes(bonn, "entered", Entered(SurveyOf(bonn_, {{kServices, "31"}})));
  EXPECT_THAT(Values(Must(store_.views->AllValuesOf(roster, kTogether, 2025))),
              ElementsAre("bonn 2025: 50 (0)", "bonn 2025: 61.4 (2)"));
  EXPECT_THAT(Lines({.member = {}, .year = {}, .cell = kServices}),
              ElementsAre(absl::StrCat("de-bonn 2025 ", kServices, " 31 r2 entered by the city")));
}

TEST_F(SpokenValuesTest, TheLastOfAllBeforeAYearIsTheAgencysBeforeTheCitys) {
  FeedWriter bonn = Writer(bonn_, bonn_city_.writer);
  Publishes(bonn, "2022", Delivered(network_, agency_, SurveyOf(bonn_, {{kTogether, "40"}}, 2022)));
  Publishes(bonn, "2023 delivered", Delivered(network_, agency_, SurveyOf(bonn_, {{kTogether, "45"}}, 2023)));
  Publishes(bonn, "2023 entered", Entered(SurveyOf(bonn_, {{kTogether, "46"}}, 2023)));
  FeedWriter set = Writer(bonn_, bonn_city_.writer, 1, replication::kIndicators);
  Arrives(set.Publish({EntryOf(RecordNamed("2024"), SetOf(2024, {ObservationOf(kTogether, "50")}))}));
  const auto before = [&](int year) {
    return Values(Must(store_.views->LastOfAllBefore(network_.roster(), kTogether, year, {bonn_})));
  };
  EXPECT_THAT(before(2025), ElementsAre("bonn 2024: 50 (0)", "bonn 2023: 45 (2)"));
  EXPECT_THAT(before(2024), ElementsAre("bonn 2023: 45 (2)"));
  EXPECT_THAT(before(2023), ElementsAre("bonn 2022: 40 (2)"));
  EXPECT_THAT(before(2022), IsEmpty());
  EXPECT_THAT(Must(store_.views->LastOfAllBefore(network_.roster(), kTogether, 2025, {aachen_})).values, IsEmpty());
}

TEST_F(SpokenValuesTest, OneAfterAnotherTheyStandInTheSamePlace) {
  FeedWriter bonn = Writer(bonn_, bonn_city_.writer);
  FeedWriter sets = Writer(bonn_, bonn_city_.writer, 1, replication::kIndicators);
  Publishes(sets, "set",
            SetOf(2025, {ObservationOf("1.1.1/adult-literacy-rate#total", "99"), ObservationOf(kTogether, "60")}));
  Publishes(bonn, "survey", Entered(SurveyOf(bonn_, {{kTogether, "55"}})));
  const auto at_once = Shown({.member = bonn_, .year = {}, .cell = {}});
  ASSERT_THAT(at_once, SizeIs(3));
  std::vector<node::domain::Observation> one_by_one;
  node::domain::Observation observation;
  Must(store_.views->ForEachObservationOf(network_.roster(), bonn_, std::nullopt, observation,
                                          [&](const auto&) { one_by_one.push_back(observation); }));
  ASSERT_THAT(one_by_one, SizeIs(3));
  for (std::size_t i = 0; i < one_by_one.size(); ++i) EXPECT_EQ(one_by_one[i], at_once[i].observation);
  Must(store_.views->ForEachObservationOf(network_.roster(), Member(4'000), std::nullopt, observation,
                                          [&](const auto&) { ADD_FAILURE(); }));
}

TEST_F(SpokenValuesTest, WordsThatStandNameTheirCells) {
  FeedWriter bonn = Writer(bonn_, bonn_city_.writer);
  const Rated report = Publishes(bonn, "report", ReportNamed("Report", 2024));
  Publishes(bonn, "survey", Entered(SurveyOf(bonn_, {{kTogether, "55"}})));
  Publishes(bonn, "rating", RatingBy(expert_, report, 4, 2024));
  Publishes(bonn, "rating", RatingBy(expert_, report, 4, 2024));
  Publishes(bonn, "by nobody", RatingBy(stranger_, report, 4));
  const auto words = Must(store_.views->StandingWords(network_.roster(), std::nullopt, std::nullopt));
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_EQ(words[0].year, 2024);
  EXPECT_EQ(words[0].revisions, 2u);
  EXPECT_EQ(words[1].record, RecordNamed("survey"));
  EXPECT_TRUE(words[1].cells.Has(node::catalogue::CurrentCatalogue().FindCell(kTogether)->position));
  EXPECT_THAT(Must(store_.views->StandingWords(network_.roster(), bonn_, 2025)), SizeIs(1));
  EXPECT_THAT(Must(store_.views->StandingWords(network_.roster(), aachen_, std::nullopt)), IsEmpty());
}

// Feeds of reports, ratings, surveys, what takes them back, and what is no such thing.
class SpokenOrderTest : public SpokenValuesTest {
 protected:
  // Reports come in `reports`, in what order ever; ratings rate any of them.
  replication::NewEntry RandomEntry(Member member, std::vector<Rated>& reports, std::mt19937& chance) const {
    const auto some_year = static_cast<std::uint32_t>(2023 + chance() % 2);
    const std::string name = absl::StrCat("record ", chance() % 5);
    const replication::RecordId record = RecordNamed(name);
    const Applicant* const experts[] = {&expert_, &second_expert_, &stranger_};
    switch (chance() % 10) {
      case 0:
      case 1:
        return EntryOf(record, ReportNamed(absl::StrCat("Report ", chance() % 100), some_year));
      case 2:
        return Retraction(replication::kReviewRating, record);
      case 3:
        return EntryOf(replication::kReviewRating, record, "no rating at all");
      case 4:
      case 5:
        return EntryOf(record, Entered(SurveyOf(member, {{kTogether, "55"}}, some_year)));
      case 6:
        return EntryOf(record, Delivered(network_, agency_, SurveyOf(member, {{kServices, "61"}}, 2024)));
      default:
        break;
    }
    if (reports.empty()) return EntryOf(record, ReportNamed("First"));
    const Rated& rated = reports[chance() % reports.size()];
    const std::uint32_t year = chance() % 3 == 0 ? 0 : some_year;
    return EntryOf(record, RatingBy(*experts[chance() % 3], rated, 1 + static_cast<std::uint32_t>(chance() % 5), year));
  }
  std::vector<std::vector<replication::VerifiedUnit>> RandomHistories(std::uint32_t seed) const {
    std::mt19937 chance(seed);
    std::vector<FeedWriter> writers = {Writer(bonn_, bonn_city_.writer), Writer(bonn_, bonn_again_, 2),
                                       Writer(aachen_, aachen_city_.writer)};
    std::vector<std::vector<replication::VerifiedUnit>> histories(writers.size());
    std::map<Member, std::vector<Rated>> reports;
    for (int i = 0; i < 45; ++i) {
      const std::size_t feed = chance() % writers.size();
      const Member member = writers[feed].author().member;
      histories[feed].push_back(writers[feed].Publish({RandomEntry(member, reports[member], chance)}));
      const replication::VerifiedUnit& unit = histories[feed].back();
      if (unit.headers()[0].kind == replication::kReviewReport) reports[member].push_back(RatedIn(unit));
    }
    return histories;
  }
};

TEST_F(SpokenOrderTest, EveryOrderOfArrivalGivesTheSameRows) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    const auto histories = RandomHistories(seed);
    Store at_once, mixed;
    for (const auto& history : histories) Must(at_once.feeds.Append(history));
    Must(at_once.views->CatchUp(network_.roster()));
    std::mt19937 chance(seed + 1000);
    std::vector<std::size_t> next(histories.size(), 0);
    for (std::size_t left = 45; left > 0;) {
      const std::size_t feed = chance() % histories.size();
      if (next[feed] == histories[feed].size()) continue;
      Must(mixed.feeds.Append({&histories[feed][next[feed]++], 1}));
      --left;
      if (chance() % 4 == 0) Must(mixed.views->CatchUp(network_.roster()));
    }
    Must(mixed.views->CatchUp(network_.roster()));
    ASSERT_EQ(Rows(mixed), Rows(at_once));
    Must(mixed.views->Reindex(network_.roster()));
    ASSERT_EQ(Rows(mixed), Rows(at_once));
    ASSERT_EQ(Must(mixed.views->CompareWithFeeds(network_.roster())).differing(), 0u);
  }
}

// What is shown, worked out from the entries alone.
TEST_F(SpokenOrderTest, WhatIsShownIsWhatTheLastEntriesSay) {
  for (std::uint32_t seed = 101; seed <= 160; ++seed) {
    SCOPED_TRACE(seed);
    const auto histories = RandomHistories(seed);
    Store store;
    for (const auto& history : histories) Must(store.feeds.Append(history));
    Must(store.views->CatchUp(network_.roster()));
    std::map<std::tuple<Member, int, std::string, std::string>, std::string> expected;
    std::map<std::pair<Member, replication::RecordId>, const replication::VerifiedUnit*> heads;
    std::map<replication::Hash, int> years;
    for (const auto& history : histories) {  // Bonn's second life comes after its first
      for (const replication::VerifiedUnit& unit : history) {
        heads[{unit.author().member, unit.headers()[0].record}] = &unit;
        v1::ReviewReport report;
        const replication::Entry& entry = unit.unit().entries[0];
        if (unit.headers()[0].kind == replication::kReviewReport && report.ParseFromString(entry.payload->payload)) {
          years[RatedIn(unit).entry_hash] = static_cast<int>(report.year());
        }
      }
    }
    std::vector<std::pair<std::pair<std::uint32_t, std::uint64_t>, const replication::VerifiedUnit*>> in_order;
    for (const auto& [key, unit] : heads) {
      in_order.push_back({{unit->author().incarnation.value(), unit->headers()[0].seq.value()}, unit});
    }
    std::sort(in_order.begin(), in_order.end());
    for (const auto& [place, unit] : in_order) {
      const replication::EntryHeader& header = unit->headers()[0];
      if (header.retract) continue;
      const std::string& payload = unit->unit().entries[0].payload->payload;
      const Member member = unit->author().member;
      v1::Rating rating;
      v1::SurveyResult survey;
      v1::RatingBody body;
      if (header.kind == replication::kSurveyResult && survey.ParseFromString(payload)) {
        const auto said = AnswersOf(node::catalogue::CurrentCatalogue(), survey);
        for (const auto& o : said.observations) expected[{member, said.year, o.cell, o.word_of}] = o.value->text();
      } else if (header.kind == replication::kReviewRating && node::domain::DecodeRecord(payload, rating).ok()) {
        const auto said = AnswersOf(node::catalogue::CurrentCatalogue(), rating);
        const int year = said.year != 0 ? said.year : years[said.report->entry_hash];
        if (said.word.code == "int-stranger" || year == 0) continue;
        for (const auto& o : said.observations) expected[{member, year, o.cell, o.word_of}] = o.value->text();
      }
    }
    std::map<std::tuple<Member, int, std::string, std::string>, std::string> shown;
    for (const PublishedObservation& row : Must(store.views->ObservationsOf(network_.roster(), {}))) {
      shown[{row.member, row.subject.year, row.observation.cell, row.observation.word_of}] =
          row.observation.value->text();
    }
    ASSERT_EQ(shown, expected);
  }
}

}  // namespace
}  // namespace hansa::testing
