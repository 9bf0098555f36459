#include "node/search/search_index.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "node/catalogue/current.h"
#include "tests/testing/roster.h"

namespace hansa::testing {
namespace {

using node::projection::RecordKey;
using node::search::Found;
using node::search::FoundRecord;
using node::search::IndexedRecord;
using node::search::SearchIndex;
using node::search::SearchQuestion;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Records of three cities in two countries, put in by hand.
class SearchIndexTest : public ::testing::Test {
 protected:
  SearchIndexTest() {
    network_.AdmitAuthority(germany_);
    network_.AdmitAuthority(korea_);
    bonn_ = network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    aachen_ = network_.AdmitCity(CityNamed("de-aachen", "DEU"), germany_);
    osan_ = network_.AdmitCity(CityNamed("kr-osan", "KOR"), korea_);
  }

  static RecordKey KeyOf(replication::Member member, const std::string& title) {
    return {member, replication::kPractices, RecordNamed(title)};
  }
  static IndexedRecord Practice(replication::Member member, const std::string& language, const std::string& title,
                                const std::string& body = "") {
    IndexedRecord record{KeyOf(member, title), 1, {}, {}};
    record.text.kind = "practice";
    record.text.language = language;
    record.text.title = title;
    if (!body.empty()) record.text.parts = {body};
    return record;
  }
  void Put(IndexedRecord record) { index_.Put(index_.Generation(), std::move(record)); }
  void Put(replication::Member member, const std::string& language, const std::string& title,
           const std::string& body = "") {
    Put(Practice(member, language, title, body));
  }
  void PutTranslation(replication::Member by, const RecordKey& original, const std::string& language,
                      const std::string& title) {
    IndexedRecord record = Practice(by, language, title);
    record.text.original = original;
    Put(record);
  }
  Found Search(const SearchQuestion& question) const {
    return index_.Search(question, {network_.roster(), node::catalogue::CurrentCatalogue()});
  }
  std::vector<std::string> TitlesOf(const SearchQuestion& question) const {
    std::vector<std::string> titles;
    for (const FoundRecord& hit : Search(question).hits) titles.push_back(hit.title);
    return titles;
  }
  std::vector<std::string> Titles(const std::string& text) const { return TitlesOf({.text = text}); }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant korea_ = AuthorityOf("KOR");
  replication::Member bonn_, aachen_, osan_;
  SearchIndex index_;
};

TEST_F(SearchIndexTest, FindsWithoutCaseAndAccents) {
  Put(bonn_, "es", "Medellín aprende");
  Put(bonn_, "fr", "Une école pour l’été");
  EXPECT_THAT(Titles("medellin"), ElementsAre("Medellín aprende"));
  EXPECT_THAT(Titles("MEDELLÍN"), ElementsAre("Medellín aprende"));
  EXPECT_THAT(Titles("ecole ete"), ElementsAre("Une école pour l’été"));
}

TEST_F(SearchIndexTest, FindsOnlyWhatIsByTheAuthorsThatAreNamed) {
  Put(bonn_, "en", "In Bonn");
  Put(aachen_, "en", "In Aachen");
  Put(osan_, "en", "In Osan");
  EXPECT_THAT(TitlesOf({.authors = {{bonn_, osan_}}}), ElementsAre("In Bonn", "In Osan"));
  EXPECT_EQ(Search({.authors = {{bonn_, osan_}}, .limit = 1}).records, 2u);
  EXPECT_THAT(TitlesOf({.member = aachen_, .authors = {{bonn_}}}), IsEmpty());
  EXPECT_THAT(TitlesOf({.authors = std::set<replication::Member>()}), IsEmpty());
  EXPECT_THAT(TitlesOf({}), ElementsAre("In Aachen", "In Bonn", "In Osan"));
}

TEST_F(SearchIndexTest, FindsOtherFormsOfAWordInItsLanguage) {
  Put(bonn_, "en", "Libraries teaching");
  Put(bonn_, "fi", "Kirjastoissa opitaan");
  Put(bonn_, "es", "Las ciudades y la educación");
  Put(bonn_, "de", "Volkshochschulen für alle");
  EXPECT_THAT(Titles("library"), ElementsAre("Libraries teaching"));
  EXPECT_THAT(Titles("kirjasto"), ElementsAre("Kirjastoissa opitaan"));
  EXPECT_THAT(Titles("ciudad"), ElementsAre("Las ciudades y la educación"));
  EXPECT_THAT(Titles("educacion"), ElementsAre("Las ciudades y la educación"));
  EXPECT_THAT(Titles("Volkshochschule"), ElementsAre("Volkshochschulen für alle"));
  EXPECT_THAT(Titles("schule"), IsEmpty()) << "a compound is one word";
}

TEST_F(SearchIndexTest, FindsArabicWithAndWithoutItsArticle) {
  Put(bonn_, "ar", "مدينة التعلم");
  EXPECT_THAT(Titles("المدينة"), ElementsAre("مدينة التعلم"));
  EXPECT_THAT(Titles("تعلم"), ElementsAre("مدينة التعلم"));
  EXPECT_THAT(Titles("مدرسة"), IsEmpty());
}

TEST_F(SearchIndexTest, FindsPartsOfKoreanAndChineseWords) {
  Put(osan_, "ko", "오산의 평생학습도시를 위하여");
  Put(osan_, "ko", "책을 읽는 도시");
  Put(osan_, "zh", "北京的终身学习");
  EXPECT_THAT(Titles("평생학습"), ElementsAre("오산의 평생학습도시를 위하여"));
  EXPECT_THAT(Titles("학습도시"), ElementsAre("오산의 평생학습도시를 위하여"));
  EXPECT_THAT(Titles("평생학습도시는"), ElementsAre("오산의 평생학습도시를 위하여"));
  EXPECT_THAT(Titles("책"), ElementsAre("책을 읽는 도시"));
  EXPECT_THAT(Titles("终身学习"), ElementsAre("北京的终身学习"));
  EXPECT_THAT(Titles("\"学终身\""), IsEmpty());
  EXPECT_THAT(Titles("도시학습"), IsEmpty()) << "pieces in another order are another word";
}

TEST_F(SearchIndexTest, AllWordsMustBeThere) {
  Put(bonn_, "en", "Reading adults");
  Put(bonn_, "en", "Reading children");
  EXPECT_THAT(Titles("reading adult"), ElementsAre("Reading adults"));
}

TEST_F(SearchIndexTest, APhraseStandsTogether) {
  Put(bonn_, "en", "A learning city");
  Put(bonn_, "en", "The city of learning");
  EXPECT_THAT(Titles("\"learning city\""), ElementsAre("A learning city"));
  EXPECT_EQ(Titles("learning city").size(), 2u);
}

TEST_F(SearchIndexTest, AMinusLeavesOut) {
  Put(bonn_, "en", "Reading in prisons");
  Put(bonn_, "en", "Reading in parks");
  Put(osan_, "ko", "도서관 독서");
  Put(osan_, "ko", "공원 독서");
  EXPECT_THAT(Titles("reading -prison"), ElementsAre("Reading in parks"));
  EXPECT_THAT(Titles("reading -\"in prisons\""), ElementsAre("Reading in parks"));
  EXPECT_THAT(Titles("독서 -도서관"), ElementsAre("공원 독서"));
  EXPECT_THAT(Titles("-reading -독서"), IsEmpty());
  EXPECT_THAT(Titles("-reading -도서관"), ElementsAre("공원 독서"));
}

TEST_F(SearchIndexTest, TheOrderIsByHowWellTheTextFits) {
  Put(aachen_, "en", "A long account",
      "of many things, among which once a library, and much else that is told at length");
  Put(bonn_, "en", "The library", "library books");
  EXPECT_THAT(Titles("library"), ElementsAre("The library", "A long account"));
}

TEST_F(SearchIndexTest, WithoutWordsAndAmongEqualsTheOrderIsByTitleThenMember) {
  Put(bonn_, "en", "b same");
  Put(osan_, "en", "A same");
  Put(aachen_, "en", "É same");
  EXPECT_THAT(Titles(""), ElementsAre("A same", "b same", "É same"));
  EXPECT_THAT(Titles("same"), ElementsAre("A same", "b same", "É same"));
  Put(aachen_, "en", "Twin");
  Put(bonn_, "en", "Twin");
  std::vector<replication::Member> members;
  for (const FoundRecord& hit : Search({.text = "twin"}).hits) members.push_back(hit.key.member);
  EXPECT_THAT(members, ElementsAre(aachen_, bonn_));
}

TEST_F(SearchIndexTest, TheOrderInWhichTheyComeChangesNothing) {
  std::vector<IndexedRecord> records;
  const char* const words[] = {"library", "reading", "adults", "city", "learning", "festival", "park"};
  std::mt19937 chance(7);
  for (int i = 0; i < 60; ++i) {
    std::string body;
    for (unsigned n = 0; n < 5 + chance() % 20; ++n) absl::StrAppend(&body, words[chance() % 7], " ");
    records.push_back(Practice(i % 2 == 0 ? bonn_ : osan_, "en", absl::StrCat("Title ", i / 2), body));
  }
  const auto answers = [this] {
    std::string all;
    for (const char* text : {"library", "learning city", "reading -park", "\"adults city\"", ""}) {
      for (const FoundRecord& hit : Search({.text = text, .limit = 100}).hits) {
        absl::StrAppend(&all, hit.title, "/", hit.key.member.value(), "\n");
      }
      absl::StrAppend(&all, "--\n");
    }
    return all;
  };
  for (const IndexedRecord& record : records) Put(record);
  const std::string first = answers();
  for (int round = 0; round < 5; ++round) {
    std::shuffle(records.begin(), records.end(), chance);
    if (round % 2 == 0) index_.Clear();
    for (const IndexedRecord& record : records) Put(record);
    EXPECT_EQ(answers(), first);
  }
}

TEST_F(SearchIndexTest, FiltersAllHold) {
  IndexedRecord record = Practice(bonn_, "en-GB", "Reading");
  record.text.features = {"2.1.3"};
  record.text.actions = {"BD1.2"};
  record.text.years = {2021};
  record.text.area_kind = "district";
  Put(record);
  Put(osan_, "ko", "Other");
  const std::vector<SearchQuestion> fitting = {{.kinds = {"offer", "practice"}, .member = bonn_},
                                               {.feature = "2.1.3"},
                                               {.action = "BD1.2"},
                                               {.country = "DEU"},
                                               {.language = "en"},
                                               {.language = "en-GB"},
                                               {.year = 2021},
                                               {.area_kind = "district"}};
  for (const SearchQuestion& question : fitting) EXPECT_THAT(TitlesOf(question), ElementsAre("Reading"));
  const std::vector<SearchQuestion> others = {
      {.kinds = {"offer"}}, {.feature = "2.1.1"},  {.text = "reading", .year = 2020},    {.language = "e"},
      {.region = "AFR"},    {.area_kind = "city"}, {.text = "reading", .country = "KOR"}};
  for (const SearchQuestion& question : others) EXPECT_THAT(TitlesOf(question), IsEmpty());
  EXPECT_EQ(TitlesOf({.region = "EUR"}).size(), 2u);
}

TEST_F(SearchIndexTest, FacetsAreOfAllThatWasFoundAndInTheOrderOfTheFramework) {
  for (int i = 0; i < 5; ++i) {
    IndexedRecord record = Practice(i == 0 ? bonn_ : osan_, i == 0 ? "en" : "ko", absl::StrCat("Title ", i), "same");
    record.text.features = i == 0 ? std::vector<std::string>{"1.1.1"} : std::vector<std::string>{"3.1.2", "2.1.3"};
    record.text.years = {2025 - i};
    Put(record);
  }
  const Found found = Search({.text = "same", .limit = 1});
  EXPECT_EQ(found.records, 5u);
  EXPECT_EQ(found.hits.size(), 1u);
  std::vector<std::string> lines;
  for (const auto& facet : found.facets) {
    lines.push_back(
        absl::StrCat(facet.name, ": ", absl::StrJoin(facet.values, ", ", [](std::string* out, const auto& v) {
                       absl::StrAppend(out, v.value, " ", v.records);
                     })));
  }
  EXPECT_THAT(lines,
              ElementsAre("kind: practice 5", "feature: 1.1.1 1, 2.1.3 4, 3.1.2 4", "country: DEU 1, KOR 4",
                          "region: EUR 5", "language: en 1, ko 4", "year: 2021 1, 2022 1, 2023 1, 2024 1, 2025 1"));
}

TEST_F(SearchIndexTest, PagesHaveEachRecordOnce) {
  for (int i = 0; i < 7; ++i) Put(bonn_, "en", absl::StrCat("Title ", i));
  std::vector<std::string> titles;
  for (std::size_t offset = 0; offset < 9; offset += 3) {
    for (const std::string& title : TitlesOf({.text = "title", .offset = offset, .limit = 3})) titles.push_back(title);
  }
  EXPECT_EQ(titles, TitlesOf({.text = "title", .limit = 100}));
  EXPECT_EQ(titles.size(), 7u);
}

TEST_F(SearchIndexTest, ATranslationFindsWhatItTranslates) {
  Put(osan_, "ko", "책 읽는 도시");
  PutTranslation(bonn_, KeyOf(osan_, "책 읽는 도시"), "en", "A reading city");
  const Found found = Search({.text = "reading"});
  ASSERT_EQ(found.hits.size(), 1u);
  EXPECT_EQ(found.hits[0].title, "책 읽는 도시");
  EXPECT_EQ(found.hits[0].found_in, "en");
  EXPECT_EQ(found.hits[0].key.member, osan_);
  EXPECT_EQ(Search({.text = "도시"}).hits[0].found_in, "");
  EXPECT_EQ(Search({.language = "en"}).hits[0].found_in, "en");
  EXPECT_THAT(Titles(""), ElementsAre("책 읽는 도시"));
  index_.Remove(index_.Generation(), KeyOf(osan_, "책 읽는 도시"));
  EXPECT_THAT(Titles("reading"), IsEmpty()) << "without its original";
}

TEST_F(SearchIndexTest, SuspendedMembersAreNotFound) {
  Put(osan_, "ko", "도시");
  Put(bonn_, "en", "A reading city");
  PutTranslation(bonn_, KeyOf(osan_, "도시"), "en", "A town");
  ASSERT_TRUE(network_
                  .Append({replication::roster_kind::kSuspend, replication::Encode(replication::Standing{bonn_, ""}),
                           network_.approvers(), std::nullopt})
                  .valid);
  EXPECT_THAT(Titles("city"), IsEmpty());
  EXPECT_THAT(Titles("town"), IsEmpty()) << "nor what they translated";
  EXPECT_THAT(Titles(""), ElementsAre("도시"));
  ASSERT_TRUE(network_
                  .Append({replication::roster_kind::kResume, replication::Encode(replication::Standing{bonn_, ""}),
                           network_.approvers(), std::nullopt})
                  .valid);
  EXPECT_THAT(Titles("city"), ElementsAre("A reading city"));
}

TEST_F(SearchIndexTest, ARevisionReplacesTheOneBefore) {
  IndexedRecord record = Practice(bonn_, "en", "Reading");
  Put(record);
  record.text.title = "Writing";
  record.revision = 2;
  Put(record);
  EXPECT_THAT(Titles("reading"), IsEmpty());
  EXPECT_THAT(Titles("writing"), ElementsAre("Writing"));
  EXPECT_EQ(Search({.text = "writing"}).hits[0].revision, 2u);
}

TEST_F(SearchIndexTest, WhatIsForgottenIsNotFoundAndNotTakenLate) {
  const std::uint64_t before = index_.Generation();
  Put(bonn_, "en", "Reading");
  index_.Clear();
  EXPECT_THAT(Titles("reading"), IsEmpty());
  EXPECT_EQ(index_.size(), 0u);
  index_.Put(before, Practice(bonn_, "en", "Reading"));
  EXPECT_EQ(index_.size(), 0u) << "it was read before everything was forgotten";
}

TEST_F(SearchIndexTest, TheNamesOfTheAuthorAreFound) {
  IndexedRecord record = Practice(bonn_, "en", "Reading");
  record.names = {"Bonn", "본"};
  Put(record);
  EXPECT_THAT(Titles("bonn"), ElementsAre("Reading"));
  EXPECT_THAT(Titles("본"), ElementsAre("Reading"));
}

TEST_F(SearchIndexTest, TheExcerptMarksEveryFormOfTheWord) {
  Put(bonn_, "en", "Reading", "All libraries of the city");
  EXPECT_EQ(absl::StrReplaceAll(Search({.text = "library"}).hits[0].excerpt, {{"\x02", "["}, {"\x03", "]"}}),
            "All [libraries] of the city");
}

}  // namespace
}  // namespace hansa::testing
