// Practices and offers as people write them, and what they are told when something is wrong.
#include "node/domain/record_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/practice_file.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::catalogue::CurrentCatalogue;
using node::domain::FileRemarks;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kPracticeJson[] = R"({
  "title": "Reading aloud", "city": "Bonn", "country": "DEU", "language": "en", "year": 2019,
  "feature_ids": ["2.1.3", "1.1.1"], "action_points": ["BD12.5", "BD1.2"], "tags": ["reading"],
  "area_kind": "metropolitan area",
  "contact": {"role": "coordinator", "office": "Department of Education"},
  "links": [{"url": "https://bonn.example/reading", "title": "Report", "language": "de"}],
  "organizations": [{"name": "City library", "kind": "place of learning"}],
  "problem": "Few read.\n\nFewer aloud.", "done": "Evenings in the library.", "outcome": "More do."
})";
constexpr char kPracticeMarkdown[] = R"(+++
title = "Reading aloud"
city = "Bonn"
country = "DEU"
language = "en"
year = 2019
feature_ids = ["2.1.3", "1.1.1"]
action_points = ["BD12.5", "BD1.2"]
tags = ["reading"]
area_kind = "metropolitan area"
contact = { role = "coordinator", office = "Department of Education" }
[[links]]
url = "https://bonn.example/reading"
title = "Report"
language = "de"
[[organizations]]
name = "City library"
kind = "place of learning"
+++

## Problem

Few read.

Fewer aloud.

## What was done

Evenings in the library.

## What came of it

More do.
)";
constexpr char kOfferJson[] = R"({
  "title": "Exchange", "offered_by_city": "Bonn", "country": "DEU", "language": "en", "kind": "city exchange",
  "status": "open", "partners": "one", "deadline": "2030-03-31 17:00 Europe/Berlin", "valid_until": "2030-06-30",
  "working_languages": ["en", "de"], "features": ["3.3.5"], "text": "We would like to learn."
})";
constexpr char kOfferMarkdown[] = R"(+++
title = "Exchange"
offered_by_city = "Bonn"
country = "DEU"
language = "en"
kind = "city exchange"
status = "open"
partners = "one"
deadline = "2030-03-31 17:00 Europe/Berlin"
valid_until = 2030-06-30
working_languages = ["en", "de"]
features = ["3.3.5"]
+++
We would like to learn.
)";

struct Practice {
  v1::Practice record;
  node::domain::NamedOriginals built_on;
  FileRemarks remarks;
};
struct Offer {
  v1::Offer record;
  FileRemarks remarks;
};

absl::StatusOr<Practice> TryPractice(const std::string& content) {
  Practice practice;
  absl::StatusOr<FileRemarks> remarks = node::domain::ReadPracticeFile(
      {.name = "p.json", .content = content}, CurrentCatalogue(), practice.record, practice.built_on);
  if (!remarks.ok()) return remarks.status();
  practice.remarks = *std::move(remarks);
  return practice;
}
absl::StatusOr<Offer> TryOffer(const std::string& content) {
  Offer offer;
  absl::StatusOr<FileRemarks> remarks =
      node::domain::ReadOfferFile({.name = "o.json", .content = content}, CurrentCatalogue(), offer.record);
  if (!remarks.ok()) return remarks.status();
  offer.remarks = *std::move(remarks);
  return offer;
}
// The least that a practice or offer says, and `more` members of the object.
std::string With(const std::string& more) {
  return absl::StrCat(R"({"title": "T", "language": "en")", more.empty() ? "" : ", ", more, "}");
}

// EXPECT_THAT(TryPractice(…), IsRefused("p.json: title: it is not given"));
auto IsRefused(const std::string& how) { return StatusIs(StatusCode::kInvalidArgument, how); }

TEST(RecordFileTest, APracticeIsTheSameFromJsonAndFromMarkdown) {
  const Practice json = Must(TryPractice(kPracticeJson));
  EXPECT_EQ(json.record.title(), "Reading aloud");
  EXPECT_EQ(json.record.problem(), "Few read.\n\nFewer aloud.");
  EXPECT_EQ(json.record.year(), 2019u);
  EXPECT_EQ(json.record.area_kind(), v1::AREA_KIND_METROPOLITAN_AREA);
  EXPECT_EQ(json.record.contact().role(), "coordinator");
  EXPECT_THAT(json.record.subjects().features(), ElementsAre("1.1.1", "2.1.3")) << "in the order of the framework";
  EXPECT_THAT(json.record.subjects().action_points(), ElementsAre("BD1.2", "BD12.5"));
  EXPECT_EQ(json.remarks.author_city, "Bonn");
  EXPECT_EQ(json.remarks.author_country, "DEU");
  EXPECT_THAT(json.remarks.warnings, IsEmpty());
  const Practice markdown = Must(TryPractice(kPracticeMarkdown));
  EXPECT_EQ(markdown.record.DebugString(), json.record.DebugString());
  EXPECT_EQ(markdown.remarks.author_city, "Bonn");
}

TEST(RecordFileTest, AnOfferIsTheSameFromJsonAndFromMarkdown) {
  const Offer json = Must(TryOffer(kOfferJson));
  EXPECT_EQ(json.record.kind(), v1::OFFER_KIND_EXCHANGE);
  EXPECT_EQ(json.record.kind_words(), "city exchange");
  EXPECT_EQ(json.record.partners(), v1::PARTNER_COUNT_ONE);
  EXPECT_EQ(json.record.standing(), v1::OFFER_STANDING_UNSPECIFIED);
  EXPECT_EQ(json.record.deadline().date(), "2030-03-31");
  EXPECT_EQ(json.record.deadline().time(), "17:00");
  EXPECT_EQ(json.record.deadline().zone(), "Europe/Berlin");
  EXPECT_EQ(json.remarks.author_city, "Bonn");
  const Offer markdown = Must(TryOffer(kOfferMarkdown));
  EXPECT_EQ(markdown.record.DebugString(), json.record.DebugString());
  EXPECT_EQ(markdown.remarks.warnings, json.remarks.warnings);
}

TEST(RecordFileTest, AByteOrderMarkAndWindowsLineEndsChangeNothing) {
  for (const char* file : {kPracticeJson, kPracticeMarkdown}) {
    const std::string windows = absl::StrReplaceAll(file, {{"\n", "\r\n"}});
    const Practice expected = Must(TryPractice(file));
    EXPECT_EQ(Must(TryPractice(absl::StrCat("\xEF\xBB\xBF", file))).record.DebugString(),
              expected.record.DebugString());
    EXPECT_EQ(Must(TryPractice(absl::StrCat("\xEF\xBB\xBF", windows))).record.DebugString(),
              expected.record.DebugString());
  }
}

TEST(RecordFileTest, TextIsNormalisedAndTrimmed) {
  const Practice practice = Must(TryPractice(With(R"("summary": "  Cafe\u0301\r\nand\tmore  ")")));
  EXPECT_EQ(practice.record.summary(), "Caf\u00e9\nand more");
}

TEST(RecordFileTest, WhatIsNoFileOfOursIsSaidWithTheNameOfTheFile) {
  EXPECT_THAT(TryPractice(""), IsRefused("p.json: it is empty"));
  EXPECT_THAT(TryPractice("\xEF\xBB\xBF \n"), IsRefused("p.json: it is empty"));
  EXPECT_THAT(TryPractice("[{}]"), IsRefused("p.json: it is a list; write one object"));
  EXPECT_THAT(TryPractice("Dear colleagues"), IsRefused("p.json: it is neither JSON nor Markdown"));
  EXPECT_THAT(TryPractice(std::string("{\"title\": \"a\0b\"}", 16)), IsRefused("p.json: it holds a NUL byte"));
  EXPECT_THAT(TryPractice("{\"title\": \"caf\xe9\"}"), IsRefused("p.json: it is not UTF-8"));
  EXPECT_THAT(TryPractice(std::string(node::domain::kRecordFileBytesMax + 1, ' ')), IsRefused("larger than 1 MiB"));
}

TEST(RecordFileTest, BrokenJsonIsSaidWithItsLine) {
  EXPECT_THAT(TryPractice("{\"title\": \"T\"\n\"language\": \"en\"}"), IsRefused("p.json:2: this is not JSON"));
  EXPECT_THAT(TryPractice("{\"title\": \"T\",\n\n\"language\": \"e"), IsRefused("p.json:3: this is not JSON"));
  EXPECT_THAT(TryPractice("{\"title\": \"T\"\n"), IsRefused("p.json:2: this is not JSON"));
  EXPECT_THAT(TryPractice(absl::StrCat(With(""), "\n{}")), IsRefused("p.json:2: something follows the object"));
  EXPECT_THAT(TryPractice(With(R"("summary": "\ud800")")), IsRefused("p.json:1: this is not JSON"));
}

TEST(RecordFileTest, NothingThatAFileHoldsEndsTheProgram) {
  EXPECT_THAT(TryPractice(With(R"("year": 1e400)")), IsRefused("p.json: '1e400': it is not a whole number"));
  for (const char* bracket : {"[", "{\"a\":"}) {
    std::string deep;
    while (deep.size() < 900'000) deep += bracket;
    EXPECT_THAT(TryPractice(absl::StrCat("{\"title\":", deep)), IsRefused("p.json"));
    EXPECT_THAT(TryOffer(absl::StrCat("{\"title\":", deep)), IsRefused("o.json"));
  }
  std::string deep(400'000, '[');
  deep.append(400'000, ']');
  EXPECT_THAT(TryPractice(absl::StrCat("{\"title\": ", deep, "}")), IsRefused("p.json"));
  EXPECT_THAT(TryPractice(absl::StrCat("+++\ntitle = ", deep, "\n+++\n")), IsRefused("p.json"));
  for (const char* number : {"1e400", "inf", "nan", "-1", "2019.5", "99999999999999999999"}) {
    EXPECT_THAT(TryPractice(absl::StrCat("+++\ntitle = \"T\"\nlanguage = \"en\"\nyear = ", number, "\n+++\n")),
                IsRefused("p.json"));
  }
}

TEST(RecordFileTest, ANameGivenTwiceIsRefusedAtAnyDepth) {
  EXPECT_THAT(TryPractice(With(R"("title": "U")")), IsRefused("p.json: 'title': it is given twice"));
  EXPECT_THAT(TryPractice(With(R"("links": [{"url": "https://a.example", "url": "https://b.example"}])")),
              IsRefused("'url': it is given twice"));
  EXPECT_THAT(TryPractice(With(R"("features": [], "feature_ids": [])")),
              IsRefused("'feature_ids': it means the same as features"));
  EXPECT_THAT(TryPractice(With(R"("actions": [], "action_points": [])")), IsRefused("'actions': it means the same"));
}

TEST(RecordFileTest, PersonsAreNotNamed) {
  for (const char* name : {"name", "person", "contact_name", "author", "mayor", "Mayor", "surname"}) {
    EXPECT_THAT(TryPractice(With(absl::StrCat("\"", name, "\": \"Erika Muster\""))),
                IsRefused("names of persons are not published; give the role and the office"))
        << name;
    EXPECT_THAT(TryOffer(With(absl::StrCat(R"("contact": {")", name, R"(": "Erika Muster"})"))),
                IsRefused("names of persons are not published"))
        << name;
  }
}

TEST(RecordFileTest, AnUnknownFieldIsRefusedWithASuggestion) {
  EXPECT_THAT(TryPractice(With(R"("sumary": "S")")),
              IsRefused("p.json: 'sumary': there is no such field; did you mean summary?"));
  EXPECT_THAT(TryPractice(With(R"("colour": "red")")), IsRefused("there is no such field; there are: title, summary"));
  EXPECT_THAT(TryPractice(With(R"("contact": {"ofice": "O"})")), IsRefused("contact: 'ofice': there is no such field"));
  EXPECT_THAT(TryPractice(With(R"("attachments": [])")), IsRefused("attachments: it cannot be given in a file"));
}

TEST(RecordFileTest, ValuesOfTheWrongSortAreSaidWithTheirField) {
  EXPECT_THAT(TryPractice(With(R"("summary": 7)")), IsRefused("p.json: summary: it is not a text"));
  EXPECT_THAT(TryPractice(With(R"("year": "2019")")), IsRefused("year: it is not a whole number"));
  EXPECT_THAT(TryPractice(With(R"("year": -1)")), IsRefused("year: it is not a whole number"));
  EXPECT_THAT(TryPractice(With(R"("year": 1066)")), IsRefused("year: 1066 is out of range; give a whole number from"));
  EXPECT_THAT(TryPractice(With(R"("tags": "reading")")), IsRefused("tags: it is not a list"));
  EXPECT_THAT(TryPractice(With(R"("city": 7)")), IsRefused("city: it is not a text"));
  EXPECT_THAT(TryPractice(With(R"("contact": "us")")), IsRefused("contact: it is not an object"));
  EXPECT_THAT(TryPractice(With(R"("area_kind": "moon")")), IsRefused("area_kind: 'moon' is not one of the choices"));
  EXPECT_THAT(TryPractice(With(R"("links": [{"url": "https://a.example"}, {"url": "example"}])")),
              IsRefused("p.json: links 2: url: 'example' is not an address"));
  EXPECT_THAT(TryPractice(R"({"language": "en"})"), IsRefused("p.json: title: it is not given"));
  EXPECT_THAT(TryPractice(R"({"title": " ", "language": "en"})"), IsRefused("title: it is not given"));
}

TEST(RecordFileTest, NullAndAbsentAreTheSame) {
  EXPECT_EQ(
      Must(TryPractice(With(R"("summary": null, "year": null, "tags": null, "city": null)"))).record.DebugString(),
      Must(TryPractice(With(""))).record.DebugString());
  EXPECT_EQ(Must(TryOffer(With(R"("deadline": null, "status": null, "kind": null)"))).record.DebugString(),
            Must(TryOffer(With(""))).record.DebugString());
}

TEST(RecordFileTest, LanguagesAreTags) {
  for (const char* tag : {"en", "ko", "pt-BR", "zh-Hant-TW"}) {
    EXPECT_THAT(TryPractice(absl::StrCat(R"({"title": "T", "language": ")", tag, "\"}")), IsOk()) << tag;
  }
  for (const char* tag : {"Korean", "EN", "e", "en_GB", "en-"}) {
    EXPECT_THAT(TryPractice(absl::StrCat(R"({"title": "T", "language": ")", tag, "\"}")),
                IsRefused(absl::StrCat("p.json: language: '", tag, "' is not a language")));
  }
}

TEST(RecordFileTest, TooLongATextIsRefusedWithItsLimit) {
  EXPECT_THAT(TryPractice(With(absl::StrCat("\"summary\": \"", std::string(1000, 'x'), "\""))), IsOk());
  EXPECT_THAT(TryPractice(With(absl::StrCat("\"summary\": \"", std::string(1001, 'x'), "\""))),
              IsRefused("p.json: summary: it has 1001 characters, and the most is 1000; shorten it"));
  std::string tags = "\"a0\"";
  for (int i = 1; i <= 20; ++i) absl::StrAppend(&tags, ", \"a", i, "\"");
  EXPECT_THAT(TryPractice(With(absl::StrCat("\"tags\": [", tags, "]"))),
              IsRefused("tags: it has 21 items, and the most is 20"));
  EXPECT_THAT(TryPractice(With(R"("tags": ["a", "a"])")), IsRefused("tags: 'a' stands there twice"));
}

TEST(RecordFileTest, CharactersThatShowOtherWordsThanWereWrittenAreRefused) {
  EXPECT_THAT(TryPractice(With(R"("summary": "a\u202eb")")), IsRefused("p.json: summary: the text holds U+202E"));
  EXPECT_THAT(TryPractice(With(R"("summary": "a\u2066b")")), IsRefused("changes the direction of writing"));
  EXPECT_THAT(TryPractice(With(R"("summary": "a\u0000b")")), IsRefused("U+0000, which is an invisible control"));
  EXPECT_THAT(TryPractice(With(R"("year_basis": "a\nb")")), IsRefused("year_basis: the text has more than one line"));
}

TEST(RecordFileTest, UnknownFeaturesAndActionPointsAreRefusedWithASuggestion) {
  EXPECT_THAT(TryPractice(With(R"("features": ["2.1.33"])")),
              IsRefused("p.json: features: there is no '2.1.33'; did you mean 2.1.3?"));
  EXPECT_THAT(TryPractice(With(R"("features": ["literacy"])")), IsRefused("`hansa catalogue` lists them"));
  EXPECT_THAT(TryPractice(With(R"("action_points": ["BD12.55"])")),
              IsRefused("action_points: there is no 'BD12.55'; did you mean BD12.5?"));
  EXPECT_THAT(TryPractice(With(R"("actions": ["bd1.2"])")), IsRefused("did you mean BD1.2?"));
  EXPECT_THAT(TryPractice(With(R"("features": [2])")), IsRefused("features 1: it is not a text"));
}

TEST(RecordFileTest, AllFeaturesAndAllFiftyActionPointsCanBeNamed) {
  std::vector<std::string> features, points;
  for (const auto& feature : CurrentCatalogue().features()) features.push_back(feature.id);
  for (const auto& commitment : CurrentCatalogue().commitments()) {
    for (const auto& point : commitment.action_points) points.push_back(point.id);
  }
  ASSERT_THAT(points, SizeIs(50));
  const std::string all = absl::StrCat("\"features\": [\"", absl::StrJoin(features, "\", \""),
                                       "\"], \"action_points\": [\"", absl::StrJoin(points, "\", \""), "\"]");
  const Practice practice = Must(TryPractice(With(all)));
  EXPECT_THAT(practice.record.subjects().features(), ::testing::ElementsAreArray(features));
  EXPECT_THAT(practice.record.subjects().action_points(), ::testing::ElementsAreArray(points));
  EXPECT_THAT(Must(TryOffer(With(all))).record.subjects().action_points(), SizeIs(50));
}

TEST(RecordFileTest, AFeatureNamedTwiceIsTakenOnceWithAWarning) {
  const Practice practice = Must(TryPractice(With(R"("features": ["2.1.3", " 1.1.1", "2.1.3"])")));
  EXPECT_THAT(practice.record.subjects().features(), ElementsAre("1.1.1", "2.1.3"));
  EXPECT_THAT(practice.remarks.warnings, ElementsAre(HasSubstr("2.1.3 stands there twice")));
}

}  // namespace
}  // namespace hansa::testing
