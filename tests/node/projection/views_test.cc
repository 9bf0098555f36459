#include "node/projection/views.h"

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/indicators.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "tests/node/projection/league_of_cities.h"

namespace hansa::testing {
namespace {

using node::domain::IndicatorSet;
using node::domain::Observation;
using node::projection::PublishedObservation;
using node::projection::Reading;
using node::projection::RecordCounts;
using node::projection::RecordView;
using node::projection::Views;
using replication::NewEntry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t kBonn = 0;
constexpr std::size_t kAachen = 1;
constexpr std::size_t kDresden = 2;

class ViewsTest : public ::testing::Test {
 protected:
  void Publishes(FeedWriter& writer, const std::vector<NewEntry>& entries) {
    const replication::VerifiedUnit unit = writer.Publish(entries);
    Must(feeds_.Append({&unit, 1}));
    Must(views_->CatchUp(league_.roster()));
  }
  std::vector<std::string> Shown(const node::projection::ObservationQuery& query = {}) {
    std::vector<std::string> lines;
    for (const PublishedObservation& row : Must(views_->ObservationsOf(league_.roster(), query))) {
      const Observation& o = row.observation;
      lines.push_back(absl::StrCat(row.slug, " ", row.subject.year, " ", o.cell, " ",
                                   o.value ? o.value->text() : o.no_data_reason));
    }
    return lines;
  }
  RecordView Record(absl::string_view label) { return Must(views_->RecordById(RecordNamed(label).hex())); }
  // The reading of the present value of a record with `set`'s bytes after `spoil` changed them.
  Reading ReadingOf(const IndicatorSet& set) {
    Publishes(aachen_, {EntryOf(RecordNamed("judged"), set)});
    return Record("judged").revisions.back().reading;
  }

  LeagueOfCities league_;
  FeedWriter bonn_ = league_.Writer(kBonn);
  FeedWriter aachen_ = league_.Writer(kAachen);
  FeedWriter dresden_ = league_.Writer(kDresden);
  storage::MemoryFeedStore feeds_;
  storage::MemoryTables tables_;
  std::unique_ptr<Views> views_ = Must(Views::Open(feeds_, tables_, node::catalogue::CurrentCatalogue()));
};

TEST_F(ViewsTest, WhoReadsDuringARebuildSeesAllOfIt) {
  for (FeedWriter* writer : {&bonn_, &aachen_, &dresden_}) {
    Publishes(*writer, {EntryOf(RecordNamed("whole"), SetOf(2021, {ObservationOf(kLiteracy, "99")}))});
  }
  const std::vector<std::string> all = Shown();
  ASSERT_THAT(all, SizeIs(3));
  std::atomic<bool> is_done = false;
  std::atomic<int> reads = 0;
  std::atomic<int> partial = 0;
  std::thread reader([&] {
    while (!is_done) {
      if (Shown() != all) ++partial;
      ++reads;
    }
  });
  constexpr int kReadsBeside = 200;
  while (reads < kReadsBeside) Must(views_->Reindex(league_.roster()));
  is_done = true;
  reader.join();
  EXPECT_EQ(partial, 0);
}

TEST_F(ViewsTest, WhatASuspendedMemberPublishesIsShownToItselfAlone) {
  const auto said = [](const char* value) { return SetOf(2021, {ObservationOf(kLiteracy, value)}); };
  Publishes(bonn_, {EntryOf(RecordNamed("b"), said("97"))});
  Publishes(aachen_, {EntryOf(RecordNamed("a"), said("98"))});
  const std::vector<std::string> both = Shown();
  ASSERT_THAT(both, SizeIs(2));
  storage::MemoryTables own_tables;
  const std::unique_ptr<Views> own = Must(Views::Open(feeds_, own_tables, node::catalogue::CurrentCatalogue()));
  own->SetOwn(league_.member(kBonn));

  league_.Stand(replication::roster_kind::kSuspend, kBonn);
  Publishes(bonn_, {EntryOf(RecordNamed("b"), said("96"))});
  EXPECT_THAT(Shown(), ElementsAre("de-aachen 2021 1.1.1/adult-literacy-rate#total 98"));
  EXPECT_EQ(Must(views_->Lag(league_.roster())), 0u);
  EXPECT_EQ(Must(views_->CompareWithFeeds(league_.roster())).differing(), 0u);
  EXPECT_FALSE(views_->RecordById(RecordNamed("b").hex()).ok());
  Must(own->CatchUp(league_.roster()));
  EXPECT_THAT(Must(own->ObservationsOf(league_.roster(), {})), SizeIs(2));
  EXPECT_EQ(Must(own->CompareWithFeeds(league_.roster())).differing(), 0u);

  // It is remembered over a restart, also where the roster changed while the views did not run.
  views_ = Must(Views::Open(feeds_, tables_, node::catalogue::CurrentCatalogue()));
  Must(views_->CatchUp(league_.roster()));
  EXPECT_THAT(Shown(), SizeIs(1));
  league_.Stand(replication::roster_kind::kResume, kBonn);
  Must(views_->CatchUp(league_.roster()));
  EXPECT_THAT(Shown(), ElementsAre("de-aachen 2021 1.1.1/adult-literacy-rate#total 98",
                                   "de-bonn 2021 1.1.1/adult-literacy-rate#total 96"));
  EXPECT_EQ(Must(views_->CompareWithFeeds(league_.roster())).differing(), 0u);
}

TEST_F(ViewsTest, ShowsByNameYearAndCatalogueOrderAndNeverByValue) {
  const auto set = [](int year, const char* literacy, const char* unemployment) {
    return SetOf(year, {ObservationOf(kUnemployment, unemployment), ObservationOf(kLiteracy, literacy)});
  };
  Publishes(dresden_, {EntryOf(RecordNamed("d21"), set(2021, "99", "3"))});
  Publishes(dresden_, {EntryOf(RecordNamed("d20"), set(2020, "1", "50"))});
  Publishes(aachen_, {EntryOf(RecordNamed("a"), set(2020, "50", "20"))});
  Publishes(bonn_, {EntryOf(RecordNamed("b"), set(2020, "70", "10"))});
  EXPECT_THAT(
      Shown(),
      ElementsAre(
          "de-aachen 2020 1.1.1/adult-literacy-rate#total 50", "de-aachen 2020 1.2.2/unemployment-rate#total 20",
          "de-bonn 2020 1.1.1/adult-literacy-rate#total 70", "de-bonn 2020 1.2.2/unemployment-rate#total 10",
          "de-dresden 2020 1.1.1/adult-literacy-rate#total 1", "de-dresden 2020 1.2.2/unemployment-rate#total 50",
          "de-dresden 2021 1.1.1/adult-literacy-rate#total 99", "de-dresden 2021 1.2.2/unemployment-rate#total 3"));
  EXPECT_THAT(Shown({.member = {}, .year = 2021, .cell = kLiteracy}),
              ElementsAre("de-dresden 2021 1.1.1/adult-literacy-rate#total 99"));
  EXPECT_THAT(Shown({.member = league_.member(kDresden), .year = {}, .cell = kLiteracy}),
              ElementsAre("de-dresden 2020 1.1.1/adult-literacy-rate#total 1",
                          "de-dresden 2021 1.1.1/adult-literacy-rate#total 99"));
  EXPECT_THAT(Shown({.member = league_.member(kBonn), .year = 2021, .cell = {}}), IsEmpty());
}

TEST_F(ViewsTest, ACorrectionIsShownAndTheEarlierRevisionStaysReadable) {
  Publishes(bonn_, {EntryOf(RecordNamed("b"), SetOf(2020, {ObservationOf(kLiteracy, "70.10")}))});
  IndicatorSet corrected = SetOf(2020, {ObservationOf(kLiteracy, "70.2")});
  corrected.revision_reason = "a typing error";
  Publishes(bonn_, {EntryOf(RecordNamed("b"), corrected)});
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2020 1.1.1/adult-literacy-rate#total 70.2"));
  const auto rows = Must(views_->ObservationsOf(league_.roster(), {}));
  EXPECT_EQ(rows[0].revision, 2u);
  EXPECT_EQ(rows[0].seq.value(), 2u);
  const auto history = Must(views_->HistoryOf(league_.member(kBonn), {.cell = kLiteracy, .year = {}}));
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[0].observation->value->text(), "70.10");
  EXPECT_EQ(history[0].reason, "");
  EXPECT_EQ(history[1].observation->value->text(), "70.2");
  EXPECT_EQ(history[1].reason, "a typing error");
  EXPECT_EQ(history[1].number, 2u);
}

TEST_F(ViewsTest, ALaterIncarnationSpeaksLastWhateverArrivesAfterIt) {
  FeedWriter again = league_.Writer(kBonn, 2);
  Publishes(again, {EntryOf(RecordNamed("b"), SetOf(2020, {ObservationOf(kLiteracy, "2")}))});
  Publishes(bonn_, {EntryOf(RecordNamed("b"), SetOf(2020, {ObservationOf(kLiteracy, "1")}))});
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2020 1.1.1/adult-literacy-rate#total 2"));
  EXPECT_EQ(Must(views_->ObservationsOf(league_.roster(), {}))[0].revision, 2u);
}

TEST_F(ViewsTest, TwoRecordsOfOneYearShowTheLastAndFallBackWhenItIsWithdrawn) {
  Publishes(bonn_, {EntryOf(RecordNamed("x"), SetOf(2020, {ObservationOf(kLiteracy, "1")}))});
  Publishes(bonn_, {EntryOf(RecordNamed("y"), SetOf(2020, {ObservationOf(kUnemployment, "2")}))});
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2020 1.2.2/unemployment-rate#total 2"));
  NewEntry withdrawal;
  withdrawal.kind = replication::kIndicatorSet;
  withdrawal.record = RecordNamed("y");
  withdrawal.retract = true;
  Publishes(bonn_, {withdrawal});
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2020 1.1.1/adult-literacy-rate#total 1"));
  const auto history = Must(views_->HistoryOf(league_.member(kBonn), {.cell = kUnemployment, .year = {}}));
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_TRUE(history[1].revision.retracted);
  EXPECT_EQ(history[1].subject.year, 2020);
}

TEST_F(ViewsTest, ASetThatMovesToAnotherYearLeavesTheOldOne) {
  Publishes(bonn_, {EntryOf(RecordNamed("x"), SetOf(2020, {ObservationOf(kLiteracy, "1")}))});
  Publishes(bonn_, {EntryOf(RecordNamed("x"), SetOf(2021, {ObservationOf(kLiteracy, "1")}))});
  EXPECT_THAT(Shown(), ElementsAre("de-bonn 2021 1.1.1/adult-literacy-rate#total 1"));
}

TEST_F(ViewsTest, SetsThatBreakARuleAreKeptAndFlaggedAndNotShown) {
  const IndicatorSet sound = SetOf(2020, {ObservationOf(kLiteracy, "50"), ObservationOf(kUnemployment, "5")});
  EXPECT_EQ(ReadingOf(sound), Reading::kUnderstood);
  EXPECT_THAT(Shown(), SizeIs(2));

  IndicatorSet set = sound;
  std::swap(set.observations[0], set.observations[1]);
  EXPECT_EQ(ReadingOf(set), Reading::kInvalid);
  EXPECT_THAT(Record("judged").revisions.back().what, HasSubstr("catalogue order"));
  EXPECT_THAT(Shown(), IsEmpty());

  set = sound;
  set.observations[0].value = Must(node::domain::Decimal::Parse("101"));
  EXPECT_EQ(ReadingOf(set), Reading::kInvalid);
  set = sound;
  set.observations[0].cell = "1.1.1/no-such-row";
  EXPECT_EQ(ReadingOf(set), Reading::kInvalid);
  set = sound;
  set.observations[0].source_kind = node::domain::SourceKind::kExpertReview;
  EXPECT_EQ(ReadingOf(set), Reading::kInvalid);
  EXPECT_THAT(views_->Counts(), IsOkAndHolds(RecordCounts{1, 0, 1}));
  EXPECT_EQ(ReadingOf(sound), Reading::kUnderstood);
  EXPECT_THAT(Shown(), SizeIs(2));
  EXPECT_THAT(views_->Counts(), IsOkAndHolds(RecordCounts{1, 0, 0}));
}

TEST_F(ViewsTest, BytesThatAreNoLawfulSetAreMalformed) {
  const IndicatorSet sound = SetOf(2020, {ObservationOf(kLiteracy, "50")});
  const std::string bytes = Must(node::domain::EncodeIndicatorSet(sound));
  // 'city register' with a letter and a combining accent where NFC has one character.
  std::string not_nfc = bytes;
  not_nfc.replace(not_nfc.find("register"), 3, "e\xCC\x81");
  std::string bad_number = bytes;
  bad_number.replace(bad_number.find("50", bad_number.find("literacy")), 2, "5e");
  for (const std::string& payload : {std::string("rubbish"), not_nfc, bad_number}) {
    Publishes(aachen_, {EntryOf(replication::kIndicatorSet, RecordNamed("m"), payload)});
    EXPECT_EQ(Record("m").revisions.back().reading, Reading::kMalformed);
  }
  EXPECT_THAT(Record("m").revisions, SizeIs(3));
  EXPECT_THAT(Shown(), IsEmpty());
  EXPECT_THAT(views_->Counts(), IsOkAndHolds(RecordCounts{1, 0, 1}));
}

TEST_F(ViewsTest, RecordsOfTheFutureAreKeptAndCounted) {
  Publishes(bonn_, {EntryOf(replication::Kind(700), RecordNamed("f"), "?"),
                    EntryOf(replication::Kind(600), RecordNamed("g"), "?")});
  EXPECT_EQ(Record("g").revisions.back().reading, Reading::kUnknown);
  EXPECT_EQ(Record("f").revisions.back().reading, Reading::kUnknown);
  EXPECT_THAT(Record("f").revisions.back().what, HasSubstr("kind 700"));
  EXPECT_THAT(views_->Counts(), IsOkAndHolds(RecordCounts{2, 2, 0}));
}

TEST_F(ViewsTest, AKindOfAnotherCollectionIsInvalid) {
  FeedWriter dialogue = league_.Writer(kBonn, 1, replication::kDialogue);
  Publishes(dialogue, {EntryOf(RecordNamed("x"), SetOf(2020, {ObservationOf(kLiteracy, "1")}))});
  EXPECT_EQ(Record("x").revisions.back().reading, Reading::kInvalid);
  EXPECT_THAT(Shown(), IsEmpty());
}

TEST_F(ViewsTest, ASetByAnyoneButACityIsInvalid) {
  Network network = Network::Founded();
  const Applicant partner = ApplicantNamed("de-press", replication::MemberKind::kPartner, "DEU");
  const replication::Member number = network.AdmitPartner(partner);
  std::vector<replication::WriteRight> rights = UsualRights();
  rights.push_back({replication::MemberKind::kPartner, replication::kIndicators, replication::Sequence(100)});
  ASSERT_TRUE(network
                  .Append({replication::roster_kind::kPolicy, replication::Encode(replication::Policy{rights}),
                           network.approvers(), std::nullopt})
                  .valid);
  FeedWriter writer(network.id(), *network.roster().PresentFeed(number, replication::kIndicators), partner.writer);
  const auto unit = writer.Publish({EntryOf(RecordNamed("p"), SetOf(2020, {ObservationOf(kLiteracy, "1")}))});
  Must(feeds_.Append({&unit, 1}));
  EXPECT_THAT(views_->CatchUp(network.roster()), IsOkAndHolds(1u));
  EXPECT_EQ(Record("p").revisions.back().reading, Reading::kInvalid);
  EXPECT_THAT(Record("p").revisions.back().what, HasSubstr("partner"));
  EXPECT_THAT(Must(views_->ObservationsOf(network.roster(), {})), IsEmpty());
}

TEST_F(ViewsTest, AStrategyByAnyoneButACityIsInvalidAndATargetThatIsNoNumberIsMalformed) {
  Network network = Network::Founded();
  const Applicant partner = ApplicantNamed("de-press", replication::MemberKind::kPartner, "DEU");
  const replication::Member number = network.AdmitPartner(partner);
  std::vector<replication::WriteRight> rights = UsualRights();
  rights.push_back({replication::MemberKind::kPartner, replication::kStrategies, replication::Sequence(100)});
  rights.push_back({replication::MemberKind::kPartner, replication::kIndicators, replication::Sequence(100)});
  ASSERT_TRUE(network
                  .Append({replication::roster_kind::kPolicy, replication::Encode(replication::Policy{rights}),
                           network.approvers(), std::nullopt})
                  .valid);
  v1::Strategy strategy;
  strategy.set_title("Reading city");
  strategy.set_language("en");
  std::map<replication::Collection, FeedWriter> writers;
  const auto arrives = [&](replication::Kind kind, const std::string& payload) {
    const auto author = *network.roster().PresentFeed(number, replication::CollectionOf(kind));
    FeedWriter& writer = writers.try_emplace(author.collection, network.id(), author, partner.writer).first->second;
    const auto unit = writer.Publish({EntryOf(kind, RecordNamed(payload), payload)});
    Must(feeds_.Append({&unit, 1}));
    Must(views_->CatchUp(network.roster()));
    return Must(views_->Record({number, author.collection, RecordNamed(payload)})).revisions.back();
  };
  const node::projection::Revision invalid = arrives(replication::kStrategy, strategy.SerializeAsString());
  EXPECT_EQ(invalid.reading, Reading::kInvalid);
  EXPECT_THAT(invalid.what, HasSubstr("written by cities, and this is by a member of kind partner"));
  v1::OwnTarget target;
  target.set_cell(kLiteracy);
  target.set_value("many");
  EXPECT_EQ(arrives(replication::kOwnTarget, target.SerializeAsString()).reading, Reading::kMalformed);
  v1::CityPlace place;
  place.set_population(313'125);
  EXPECT_EQ(arrives(replication::kCityPlace, place.SerializeAsString()).reading, Reading::kMalformed) << "no source";
  place.set_source("Census");
  const node::projection::Revision of_place = arrives(replication::kCityPlace, place.SerializeAsString());
  EXPECT_EQ(of_place.reading, Reading::kInvalid);
  EXPECT_THAT(of_place.what, HasSubstr("targets, places and strategies are written by cities"));
}

TEST_F(ViewsTest, ASetUnderAnotherFrameworkIsNotJudgedByOurs) {
  Observation unheard = ObservationOf(kLiteracy, "1");
  unheard.cell = "9.9.9/of-a-later-framework";
  IndicatorSet set = SetOf(2020, {unheard});
  set.framework_version = "2031";
  EXPECT_EQ(ReadingOf(set), Reading::kUnderstood);
  EXPECT_THAT(Shown(), ElementsAre("de-aachen 2020 9.9.9/of-a-later-framework 1"));
}

TEST_F(ViewsTest, FindsARecordByTheBeginningOfItsId) {
  const std::string id = RecordNamed("b").hex();
  Publishes(bonn_, {EntryOf(RecordNamed("b"), SetOf(2020, {ObservationOf(kLiteracy, "1")}))});
  EXPECT_EQ(Must(views_->RecordById(id.substr(0, 6))).key.id.hex(), id);
  EXPECT_EQ(Must(views_->RecordById(id.substr(0, 7))).key.member, league_.member(kBonn));
  EXPECT_THAT(views_->RecordById(id.substr(0, 5)), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(views_->RecordById(id + "00"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(views_->RecordById("not hex"), StatusIs(absl::StatusCode::kInvalidArgument));
  std::string other = id.substr(0, 7);
  other[6] = other[6] == '0' ? '1' : '0';
  EXPECT_THAT(views_->RecordById(other), StatusIs(absl::StatusCode::kNotFound));
  Publishes(aachen_, {EntryOf(RecordNamed("b"), SetOf(2020, {ObservationOf(kLiteracy, "1")}))});
  EXPECT_THAT(views_->RecordById(id.substr(0, 8)), StatusIs(absl::StatusCode::kInvalidArgument, "2 begin with"));
  const auto both = Must(views_->RecordsById(id.substr(0, 8)));
  ASSERT_THAT(both, SizeIs(2));
  EXPECT_LT(both[0].key.member, both[1].key.member);
  EXPECT_THAT(Must(views_->RecordsById(other)), SizeIs(0));
  EXPECT_THAT(views_->RecordsById("not hex"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Must(views_->Record(both[1].key)).revisions, SizeIs(1));
  node::projection::RecordKey nowhere = both[1].key;
  nowhere.collection = replication::kPractices;
  EXPECT_THAT(views_->Record(nowhere), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ViewsTest, ListsAMembersSetsByYear) {
  Publishes(bonn_, {EntryOf(RecordNamed("21"), SetOf(2021, {}))});
  Publishes(bonn_, {EntryOf(RecordNamed("20"), SetOf(2020, {}))});
  Publishes(bonn_, {EntryOf(RecordNamed("21"), SetOf(2021, {}))});
  Publishes(bonn_, {EntryOf(replication::Kind(514), RecordNamed("target"), "?")});
  const auto sets = Must(views_->SetsOf(league_.member(kBonn)));
  ASSERT_THAT(sets, SizeIs(2));
  EXPECT_EQ(sets[0].key.id, RecordNamed("20"));
  EXPECT_EQ(sets[1].key.id, RecordNamed("21"));
  EXPECT_THAT(sets[1].revisions, SizeIs(2));
}

TEST_F(ViewsTest, ABatchIsShownWholeHoweverLongItIs) {
  std::vector<NewEntry> entries;
  for (int i = 0; i < 600; ++i) {
    entries.push_back(EntryOf(replication::Kind(600), RecordNamed(absl::StrCat(i)), "?"));
  }
  Publishes(bonn_, entries);
  EXPECT_THAT(views_->Counts(), IsOkAndHolds(RecordCounts{600, 600, 0}));
  EXPECT_THAT(views_->Lag(league_.roster()), IsOkAndHolds(0u));
}

}  // namespace
}  // namespace hansa::testing
