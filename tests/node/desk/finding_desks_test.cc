// The desks that find: search, cities in like circumstances, what can be learnt about a feature.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/indicators.pb.h"
#include "hansa/v1/notices.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/desk/kept_shelf.h"
#include "node/desk/learn_desk.h"
#include "node/desk/muted_members.h"
#include "node/desk/offer_desk.h"
#include "node/desk/search_desk.h"
#include "node/desk/similar_desk.h"
#include "node/desk/web_feed_desk.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::LearnDesk;
using node::desk::Learnt;
using node::desk::LearntRecord;
using node::desk::Muting;
using node::desk::OfferDesk;
using node::desk::SearchAnswer;
using node::desk::SearchDesk;
using node::desk::SearchQuery;
using node::desk::SimilarCities;
using node::desk::SimilarDesk;
using node::desk::WebFeedDesk;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr char kToday[] = "2026-03-01";

template <typename Message>
Message Titled(const std::string& title, const std::string& feature = "", const std::string& action = "") {
  Message message;
  message.set_title(title);
  message.set_language("en");
  if (!feature.empty()) message.mutable_subjects()->add_features(feature);
  if (!action.empty()) message.mutable_subjects()->add_action_points(action);
  return message;
}

// Bonn's node, where what Aachen and Espoo publish arrives.
class FindingDesksTest : public ::testing::Test {
 protected:
  FindingDesksTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kStrategies);
    LetCitiesWrite(network_, replication::kNotices);
    network_.AdmitAuthority(germany_);
    network_.AdmitAuthority(finland_);
    for (const auto& [city, authority] :
         {std::pair(&bonn_, &germany_), std::pair(&aachen_, &germany_), std::pair(&espoo_, &finland_)}) {
      network_.AdmitCity(*city, *authority);
    }
    node_.Refresh();
  }

  template <typename Message>
  void Publish(const Applicant& city, replication::Kind kind, const Message& message) {
    const replication::Collection collection = replication::CollectionOf(kind);
    const replication::MemberRecord* member = network_.roster().state().Find(absl::string_view(city.application.slug));
    auto& writers = writers_[city.application.slug];
    const auto writer = writers
                            .try_emplace(collection, network_.id(),
                                         *network_.roster().PresentFeed(member->number, collection), city.writer)
                            .first;
    node_.Receive(writer->second.Publish(
        {EntryOf(kind, RecordNamed(absl::StrCat("record ", ++records_)), message.SerializeAsString())}));
    Must(node_.AwaitViews());
  }
  void PublishSet(const Applicant& city, int year, absl::string_view value) {
    Publish(city, replication::kIndicatorSet,
            AsIs{Must(node::domain::EncodeIndicatorSet(
                SetOf(year, {ObservationOf("1.2.2/unemployment-rate#total", value)})))});
  }
  static v1::CityPlace Place(std::uint64_t population, std::uint32_t year = 0) {
    v1::CityPlace place;
    place.set_population(population);
    place.set_population_year(year);
    place.set_source("Census");
    return place;
  }
  struct AsIs {
    std::string bytes;
    std::string SerializeAsString() const { return bytes; }
  };

  void Mute(const Applicant& city) {
    const replication::MemberRecord* member = network_.roster().state().Find(absl::string_view(city.application.slug));
    EXPECT_TRUE(node::desk::SaveMuted({member->number}, node_.tables()).ok());
  }
  absl::StatusOr<SearchAnswer> TrySearch(const SearchQuery& query) const { return search_.Search(query); }
  std::vector<std::string> Titles(const SearchQuery& query) const {
    std::vector<std::string> titles;
    for (const auto& hit : Must(search_.Search(query)).found.hits) titles.push_back(hit.title);
    return titles;
  }
  static std::vector<std::string> Lines(const std::vector<LearntRecord>& records) {
    std::vector<std::string> lines;
    for (const LearntRecord& record : records) lines.push_back(absl::StrCat(record.member, ": ", record.title));
    return lines;
  }
  // "2019 7"; "joined 2021 5.10", where it may be read on from the value before
  static std::vector<std::string> Lines(const node::desk::LearntSeries& series) {
    std::vector<std::string> lines;
    for (const node::domain::SeriesPoint& point : series.points) {
      lines.push_back(absl::StrCat(point.joins ? "joined " : "", point.year, " ", point.observation.value->text()));
    }
    return lines;
  }
  // "Name of de-aachen: in the same country, DEU; …"
  static std::vector<std::string> Lines(const SimilarCities& similar) {
    std::vector<std::string> lines;
    for (const auto& city : similar.cities)
      lines.push_back(absl::StrCat(city.name, ": ", absl::StrJoin(city.reasons, "; ")));
    return lines;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU"), finland_ = AuthorityOf("FIN");
  Applicant bonn_ = CityNamed("de-bonn", "DEU"), aachen_ = CityNamed("de-aachen", "DEU"),
            espoo_ = CityNamed("fi-espoo", "FIN");
  FakeNode node_{network_, bonn_};
  std::map<std::string, std::map<replication::Collection, FeedWriter>> writers_;
  int records_ = 0;
  node::search::IndexReader reader_{node_.views(), node_.feeds(), [this] { return node_.View().roster; }};
  SearchDesk search_{node_, node::catalogue::CurrentCatalogue(), node_.views(), reader_};
  SimilarDesk similar_{node_, node::catalogue::CurrentCatalogue(), node_.views()};
  OfferDesk offers_{node_, node::catalogue::CurrentCatalogue(), node_.views(), [] { return kToday; }};
  LearnDesk learn_{node_, node::catalogue::CurrentCatalogue(), node_.views(), offers_, [] { return kToday; }};
  WebFeedDesk feeds_{node_, node::catalogue::CurrentCatalogue(), node_.views()};
};

TEST_F(FindingDesksTest, FindsRecordsOfEveryKind) {
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("Reading practice"));
  Publish(aachen_, replication::kOffer, Titled<v1::Offer>("Reading offer"));
  Publish(espoo_, replication::kStrategy, Titled<v1::Strategy>("Reading strategy"));
  Publish(espoo_, replication::Kind(2049), Titled<v1::Guidance>("Reading guidance"));
  Publish(espoo_, replication::Kind(1793), Titled<v1::Topic>("Reading topic"));
  EXPECT_THAT(Titles({.text = "reading"}), ElementsAre("Reading guidance", "Reading offer", "Reading practice",
                                                       "Reading strategy", "Reading topic"));
  EXPECT_THAT(Titles({.text = "reading", .kinds = {"offer"}}), ElementsAre("Reading offer"));
  EXPECT_THAT(Titles({.member = "fi-espoo", .country = "fin"}).size(), 3u);
  EXPECT_EQ(Must(TrySearch({})).unread, 0u);
}

TEST_F(FindingDesksTest, RefusesWhatThereIsNotAndSaysWhatThereIs) {
  const auto refused = [this](const SearchQuery& query, StatusCode code, const char* words) {
    const absl::Status status = TrySearch(query).status();
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(words));
  };
  refused({.kinds = {"book"}}, StatusCode::kInvalidArgument, "it is one of practice, offer");
  refused({.feature = "9.9.9"}, StatusCode::kNotFound, "9.9.9");
  refused({.action = "BD99.1"}, StatusCode::kNotFound, "BD99.1");
  refused({.member = "de-bonnn"}, StatusCode::kNotFound, "did you mean de-bonn?");
  refused({.country = "DE"}, StatusCode::kNotFound, "did you mean DEU?");
  refused({.region = "Atlantis"}, StatusCode::kNotFound, "Arab States");
  refused({.language = "!"}, StatusCode::kInvalidArgument, "is not a language");
  refused({.area_kind = "village"}, StatusCode::kInvalidArgument, "metropolitan-area");
  refused({.limit = 101}, StatusCode::kInvalidArgument, "at most 100");
  refused({.population_min = 1000}, StatusCode::kFailedPrecondition, "no city of this network has said");
  refused({.population_min = 1001, .population_max = 1000}, StatusCode::kInvalidArgument, "no population is both 1001");
}

TEST_F(FindingDesksTest, CitiesInLikeCircumstancesAreByNameWithReasons) {
  v1::Practice practice = Titled<v1::Practice>("A", "2.1.3");
  practice.set_area_kind(v1::AREA_KIND_DISTRICT);
  Publish(bonn_, replication::kPractice, practice);
  practice.set_title("B");
  Publish(espoo_, replication::kPractice, practice);
  Publish(aachen_, replication::kStrategy, Titled<v1::Strategy>("C", "2.1.3"));
  const SimilarCities similar = Must(similar_.Find(""));
  EXPECT_EQ(similar.member, "de-bonn");
  EXPECT_THAT(Lines(similar),
              ElementsAre("Name of de-aachen: in the same country, DEU; in the same region, EUR; both work on 2.1.3",
                          "Name of fi-espoo: in the same region, EUR; practices from the same kind of place, district; "
                          "both work on 2.1.3"));
  EXPECT_THAT(similar.remarks, ElementsAre(HasSubstr("population is not compared")));
  EXPECT_THAT(Must(similar_.Find("de-aachen")).remarks,
              ElementsAre(HasSubstr("population"), HasSubstr("kind of place")));
  EXPECT_EQ(similar_.Find("nowhere").status().code(), StatusCode::kNotFound);
  EXPECT_EQ(similar_.Find("commission-deu").status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(FindingDesksTest, RecordsAreFoundByTheSizeOfTheirCity) {
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("In Bonn", "1.2.2"));
  Publish(aachen_, replication::kPractice, Titled<v1::Practice>("In Aachen", "1.2.2"));
  Publish(espoo_, replication::kPractice, Titled<v1::Practice>("In Espoo", "2.1.3"));
  Publish(aachen_, replication::kCityPlace, Place(250'000));
  Publish(espoo_, replication::kCityPlace, Place(300'000));
  EXPECT_THAT(Titles({.population_min = 250'000}), ElementsAre("In Aachen", "In Espoo"));
  EXPECT_THAT(Titles({.population_min = 250'001}), ElementsAre("In Espoo"));
  EXPECT_THAT(Titles({.population_max = 300'000}), ElementsAre("In Aachen", "In Espoo")) << "Bonn has not said it";
  EXPECT_THAT(Titles({.population_max = 299'999}), ElementsAre("In Aachen"));
  EXPECT_THAT(Titles({.population_min = 250'001, .population_max = 299'999}), IsEmpty());
  EXPECT_THAT(Titles({.country = "DEU", .population_min = 1}), ElementsAre("In Aachen"));
  EXPECT_THAT(Titles({}), ElementsAre("In Aachen", "In Bonn", "In Espoo"));
  const SearchAnswer answer = Must(TrySearch({.population_min = 250'001}));
  EXPECT_EQ(answer.found.records, 1u);
  for (const auto& facet : answer.found.facets) {
    for (const auto& value : facet.values) EXPECT_EQ(value.records, 1u) << facet.name << " " << value.value;
  }
  Publish(aachen_, replication::kCityPlace, Place(310'000));
  EXPECT_THAT(Titles({.population_min = 250'001}), ElementsAre("In Aachen", "In Espoo"));
}

TEST_F(FindingDesksTest, CitiesOfLikeSizeAreSimilarAndSayBothNumbers) {
  const auto reasons = [this](const char* asked) {
    const SimilarCities similar = Must(similar_.Find(asked));
    return absl::StrCat(absl::StrJoin(Lines(similar), "\n"), "\n", absl::StrJoin(similar.remarks, "\n"));
  };
  Publish(bonn_, replication::kCityPlace, Place(300'000, 2021));
  EXPECT_THAT(reasons("de-bonn"), Not(AnyOf(HasSubstr("as many people"), HasSubstr("population is not compared"))))
      << "nobody else has said it";
  EXPECT_THAT(reasons("fi-espoo"), HasSubstr("population is not compared: fi-espoo has not said"));
  Publish(espoo_, replication::kCityPlace, Place(150'000));
  EXPECT_THAT(
      reasons("de-bonn"),
      HasSubstr("Name of fi-espoo: in the same region, EUR; about as many people: 300,000 (2021, from 'Census') "
                "and 150,000 (not dated, from 'Census')"));
  EXPECT_THAT(reasons("fi-espoo"), HasSubstr("about as many people: 150,000 (not dated, from 'Census') and 300,000 "));
  Publish(espoo_, replication::kCityPlace, Place(149'999));
  EXPECT_THAT(reasons("de-bonn"), Not(HasSubstr("as many people")));
  EXPECT_THAT(reasons("fi-espoo"), Not(HasSubstr("as many people")));
}

TEST_F(FindingDesksTest, WhatIsSaidOfCitiesIsReadOnceWhileTheViewsStay) {
  Publish(bonn_, replication::kCityPlace, Place(300'000));
  Publish(aachen_, replication::kCityPlace, Place(290'000));
  const auto are_alike = [this] {
    return absl::StrContains(absl::StrJoin(Lines(Must(similar_.Find("de-bonn"))), "\n"), "about as many people");
  };
  EXPECT_TRUE(are_alike());
  const replication::MemberRecord* aachen = network_.roster().state().Find(absl::string_view("de-aachen"));
  const auto records = Must(node_.views().RecordsOf(aachen->number, replication::kIndicators));
  ASSERT_EQ(records.size(), 1u);
  const auto& position = records[0].revisions.back().position;
  Must(const_cast<storage::MemoryFeedStore&>(node_.feeds()).ErasePayloads(position.feed, {&position.seq, 1}));
  EXPECT_TRUE(are_alike()) << "the feeds are not read again";
  Must(node_.Reindex().status());
  EXPECT_FALSE(are_alike());
}

TEST_F(FindingDesksTest, ManyWhoAskAtOnceReadOnce) {
  node::desk::KeptShelf<int> kept;
  std::atomic<int> reads = 0;
  const auto ask = [&] {
    const auto shelf = kept.Get(node_.views(), node_.View().roster,
                                [&](const replication::Roster&) -> absl::StatusOr<int> { return ++reads; });
    EXPECT_EQ(Must(shelf)->shelf, reads.load());
  };
  const auto ask_at_once = [&] {
    std::vector<std::thread> askers;
    for (int i = 0; i < 8; ++i) askers.emplace_back(ask);
    for (std::thread& asker : askers) asker.join();
  };
  ask_at_once();
  EXPECT_EQ(reads, 1);
  Publish(bonn_, replication::kCityPlace, Place(300'000));
  ask_at_once();
  EXPECT_EQ(reads, 2);
}

TEST_F(FindingDesksTest, WhatCanBeLearntIsByNameTitleAndDay) {
  Publish(espoo_, replication::kPractice, Titled<v1::Practice>("Zebra", "1.2.2"));
  Publish(espoo_, replication::kPractice, Titled<v1::Practice>("Apple", "1.2.2"));
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("Middle", "1.2.2"));
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("Other", "2.1.3"));
  v1::Strategy late = Titled<v1::Strategy>("Late", "1.2.2"), early = Titled<v1::Strategy>("Later title", "1.2.2");
  late.set_starts_on("2023-01-01");
  early.set_starts_on("2020-01-01");
  Publish(aachen_, replication::kStrategy, late);
  Publish(aachen_, replication::kStrategy, early);
  PublishSet(aachen_, 2021, "5.10");
  PublishSet(aachen_, 2019, "7");
  PublishSet(espoo_, 2021, "1");
  const Learnt learnt = Must(learn_.About("1.2.2"));
  EXPECT_THAT(Lines(learnt.practices), ElementsAre("de-bonn: Middle", "fi-espoo: Apple", "fi-espoo: Zebra"));
  ASSERT_EQ(learnt.cities.size(), 1u) << "who says nothing of what it did is not there";
  EXPECT_THAT(Lines(learnt.cities[0].deeds), ElementsAre("de-aachen: Later title", "de-aachen: Late"));
  ASSERT_EQ(learnt.cities[0].series.size(), 1u);
  EXPECT_EQ(learnt.cities[0].series[0].cell, "1.2.2/unemployment-rate#total");
  EXPECT_EQ(learnt.cities[0].series[0].unit, "percent");
  EXPECT_THAT(Lines(learnt.cities[0].series[0]), ElementsAre("2019 7", "joined 2021 5.10"));
}

TEST_F(FindingDesksTest, ValuesThatRestOnSomethingElseAreLearntApartWithWhatTheyRestOn) {
  constexpr char kCulture[] = "1.2.4/participation-in-cultural-activities";
  using node::domain::AreaLevel, node::domain::DefinitionMatch, node::domain::SourceKind;
  Publish(aachen_, replication::kStrategy, Titled<v1::Strategy>("Culture for all", "1.2.4"));
  const auto publish = [&](int year, SourceKind kind, AreaLevel level, DefinitionMatch match) {
    node::domain::Observation observation = ObservationOf(kCulture, "2.1");
    observation.source_kind = kind;
    observation.level = level;
    observation.match = match;
    observation.note = absl::StrCat("Of ", year);
    Publish(aachen_, replication::kIndicatorSet,
            AsIs{Must(node::domain::EncodeIndicatorSet(SetOf(year, {std::move(observation)})))});
  };
  publish(2018, SourceKind::kOfficialData, AreaLevel::kRegion, DefinitionMatch::kNotGiven);
  publish(2019, SourceKind::kOfficialData, AreaLevel::kNotGiven, DefinitionMatch::kNotGiven);
  publish(2020, SourceKind::kSurvey, AreaLevel::kNotGiven, DefinitionMatch::kProxy);
  publish(2021, SourceKind::kOfficialData, AreaLevel::kNotGiven, DefinitionMatch::kNotGiven);
  publish(2022, SourceKind::kOfficialData, AreaLevel::kNotGiven, DefinitionMatch::kNotGiven);
  const Learnt learnt = Must(learn_.About("1.2.4"));
  ASSERT_EQ(learnt.cities.size(), 1u);
  ASSERT_EQ(learnt.cities[0].series.size(), 1u);
  const auto& series = learnt.cities[0].series[0];
  EXPECT_THAT(Lines(series), ElementsAre("2018 2.1", "2019 2.1", "2020 2.1", "2021 2.1", "joined 2022 2.1"));
  EXPECT_EQ(series.points[0].observation.level, AreaLevel::kRegion);
  EXPECT_EQ(series.points[2].observation.source_kind, SourceKind::kSurvey);
  EXPECT_EQ(series.points[2].observation.match, DefinitionMatch::kProxy);
  EXPECT_EQ(series.points[2].observation.note, "Of 2020");
}

TEST_F(FindingDesksTest, OnlyWhatIsStillOpenIsLearnt) {
  v1::Offer past = Titled<v1::Offer>("Past", "1.2.2"), open = Titled<v1::Offer>("Open", "1.2.2");
  past.set_valid_until("2025-01-01");
  Publish(bonn_, replication::kOffer, past);
  Publish(bonn_, replication::kOffer, open);
  const auto opportunity = [](const std::string& title, const std::string& begins) {
    v1::Opportunity made = Titled<v1::Opportunity>(title, "1.2.2");
    if (!begins.empty()) made.mutable_begins()->set_date(begins);
    return made;
  };
  for (const auto& [title, day] : {std::pair("Far", "2027-01-01"), std::pair("Gone", "2026-02-28"),
                                   std::pair("Near", "2026-03-01"), std::pair("Always", "")}) {
    Publish(espoo_, replication::Kind(2050), opportunity(title, day));
  }
  Publish(espoo_, replication::Kind(2049), Titled<v1::Guidance>("Guide", "1.2.2"));
  Publish(espoo_, replication::Kind(1793), Titled<v1::Topic>("Talk", "1.2.2"));
  const Learnt learnt = Must(learn_.About("1.2.2"));
  EXPECT_THAT(Lines(learnt.offers), ElementsAre("de-bonn: Open"));
  EXPECT_THAT(Lines(learnt.opportunities), ElementsAre("fi-espoo: Near", "fi-espoo: Far", "fi-espoo: Always"));
  EXPECT_THAT(Lines(learnt.guidance), ElementsAre("fi-espoo: Guide"));
  EXPECT_THAT(Lines(learnt.dialogue), ElementsAre("fi-espoo: Talk"));
}

TEST_F(FindingDesksTest, AllThatBelongsToAnAreaOrACommitmentIsLearntAndNothingElse) {
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("By feature", "1.2.2"));
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("By a point without a feature", "", "BD2.2"));
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("Of another area", "2.1.3", "BD4.3"));
  for (const char* code : {"1.2", "BD2"}) {
    EXPECT_THAT(Lines(Must(learn_.About(code)).practices),
                ElementsAre("de-bonn: By a point without a feature", "de-bonn: By feature"))
        << code;
  }
  EXPECT_THAT(Lines(Must(learn_.About("2")).practices), ElementsAre("de-bonn: Of another area"));
  EXPECT_THAT(Lines(Must(learn_.About("BD2.2")).practices), ElementsAre("de-bonn: By a point without a feature"));
}

TEST_F(FindingDesksTest, AnActionPointAndItsFeatureAreLearntTogether) {
  const auto& catalogue = node::catalogue::CurrentCatalogue();
  const auto& feature = catalogue.features().front();
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("By feature", feature.id));
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("By point", "", feature.action_point));
  EXPECT_THAT(Lines(Must(learn_.About(feature.id)).practices), ElementsAre("de-bonn: By feature", "de-bonn: By point"));
  EXPECT_THAT(Lines(Must(learn_.About(absl::AsciiStrToLower(feature.action_point))).practices),
              ElementsAre("de-bonn: By feature", "de-bonn: By point"));
  EXPECT_EQ(learn_.About("9.9.9").status().code(), StatusCode::kNotFound);
  EXPECT_EQ(learn_.About("BD99.9").status().code(), StatusCode::kNotFound);
}

TEST_F(FindingDesksTest, WhatAMutedMemberSaysIsFoundOnlyWhereSomebodyAsksForIt) {
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("Reading in Bonn", "1.2.2"));
  Publish(espoo_, replication::kPractice, Titled<v1::Practice>("Reading in Espoo", "1.2.2"));
  Publish(espoo_, replication::kStrategy, Titled<v1::Strategy>("Reading for all", "1.2.2"));
  Mute(espoo_);
  EXPECT_THAT(Titles({.text = "reading"}), ElementsAre("Reading in Bonn"));
  EXPECT_THAT(Titles({.text = "reading", .muting = Muting::kIsIgnored}),
              UnorderedElementsAre("Reading in Bonn", "Reading in Espoo", "Reading for all"));
  const SearchAnswer answer = Must(TrySearch({.limit = 1}));
  EXPECT_EQ(answer.found.records, 1u);
  EXPECT_EQ(answer.found.left_out, 2u);
  const Learnt learnt = Must(learn_.About("1.2.2"));
  EXPECT_THAT(Lines(learnt.practices), ElementsAre("de-bonn: Reading in Bonn"));
  EXPECT_THAT(learnt.cities, IsEmpty());
  EXPECT_EQ(learnt.muted, 2u);
  EXPECT_EQ(Must(learn_.About("1.2.2", Muting::kIsIgnored)).cities.size(), 1u);
  const SimilarCities similar = Must(similar_.Find(""));
  EXPECT_EQ(similar.muted, 1u);
  EXPECT_EQ(similar.cities.size() + 1, Must(similar_.Find("", Muting::kIsIgnored)).cities.size());
  EXPECT_EQ(Must(feeds_.Make({.limit = 1})).muted, 2u);
  EXPECT_EQ(Must(feeds_.Make({})).feed.entries.size(), 1u);
  EXPECT_EQ(Must(feeds_.Make({.muting = Muting::kIsIgnored})).feed.entries.size(), 3u);
}

TEST_F(FindingDesksTest, ASuspendedMemberFindsItsOwnRecordsOnItsOwnNode) {
  Publish(bonn_, replication::kPractice, Titled<v1::Practice>("Reading in Bonn", "1.2.2"));
  Publish(espoo_, replication::kPractice, Titled<v1::Practice>("Reading in Espoo", "1.2.2"));
  const auto suspends = [this](const Applicant& city) {
    const replication::MemberRecord* member = network_.roster().state().Find(absl::string_view(city.application.slug));
    const replication::Standing standing{member->number, ""};
    HANSA_CHECK(
        network_.Append({replication::roster_kind::kSuspend, replication::Encode(standing), {}, std::nullopt}).valid);
    node_.Refresh();
    Must(node_.AwaitViews());
  };
  suspends(espoo_);
  EXPECT_THAT(Titles({.text = "reading"}), ElementsAre("Reading in Bonn"));
  suspends(bonn_);
  EXPECT_THAT(Titles({.text = "reading"}), ElementsAre("Reading in Bonn"));
  EXPECT_THAT(Lines(Must(learn_.About("1.2.2")).practices), ElementsAre("de-bonn: Reading in Bonn"));
}

}  // namespace
}  // namespace hansa::testing
