// Every figure the demo shows is real and can be traced: its source is listed and its licence
// named.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tidy/demo_rows.h"

namespace hansa::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

const std::string kFolder = std::string(HANSA_SOURCE_DIR) + "/deploy/demo-data/";

std::string Text(const std::string& name) {
  std::ifstream in(kFolder + name, std::ios::binary);
  EXPECT_TRUE(in) << name << " is missing";
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<Row> Rows(const std::string& name) {
  const auto rows = ReadCsv(Text(name));
  EXPECT_TRUE(rows.has_value()) << name << " is no sound CSV";
  return rows.value_or(std::vector<Row>());
}

// Of a few cities no open figures were found; they take part with what they tell.
bool HasFigures(const Row& city) { return std::filesystem::exists(kFolder + city.at("slug") + ".csv"); }
bool HasPractices(const Row& city) {
  return std::filesystem::exists(kFolder + "practices/" + city.at("slug") + "-1.md") ||
         std::filesystem::exists(kFolder + "practices/" + city.at("slug") + "-1.json");
}

TEST(DemoData, EachCityHasSoundRowsWithSourceAndLicence) {
  const std::vector<Row> sources = Rows("sources.csv");
  const std::vector<Row> cities = Rows("cities.csv");
  EXPECT_EQ(cities.size(), 12u);
  for (const Row& city : cities) {
    if (!HasFigures(city)) {
      EXPECT_TRUE(HasPractices(city)) << city.at("slug") << " has neither figures nor practices";
      continue;
    }
    EXPECT_THAT(
        ProblemsOf({.name = city.at("name"), .country = city.at("country")}, Rows(city.at("slug") + ".csv"), sources),
        IsEmpty())
        << city.at("slug");
  }
}

TEST(DemoData, NoFileAndNoSourceIsLeftOver) {
  std::set<std::string> known = {"cities.csv", "places.csv", "sources.csv"};
  std::set<std::string> used;
  for (const Row& place : Rows("places.csv")) used.insert(place.at("source"));
  for (const Row& city : Rows("cities.csv")) {
    if (!HasFigures(city)) continue;
    known.insert(city.at("slug") + ".csv");
    for (const Row& row : Rows(city.at("slug") + ".csv")) used.insert(row.at("source"));
  }
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".csv") continue;
    EXPECT_EQ(known.count(entry.path().filename().string()), 1u) << entry.path() << " is no city of cities.csv";
  }
  for (const Row& source : Rows("sources.csv")) {
    EXPECT_EQ(used.count(source.at("title")), 1u) << source.at("source") << " is listed but not used";
  }
}

TEST(DemoData, EachCityHasOnePlaceOfItsNameWithSourceAndLicence) {
  const std::vector<Row> cities = Rows("cities.csv"), places = Rows("places.csv");
  ASSERT_EQ(places.size(), cities.size());
  const std::string page = Text("README.md");
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Row& place = places[i];
    EXPECT_EQ(place.at("slug"), cities[i].at("slug"));
    EXPECT_EQ(place.at("city"), cities[i].at("name"));
    EXPECT_EQ(place.at("country"), cities[i].at("country"));
    for (const char* number : {"population", "geonames_id"}) {
      EXPECT_THAT(place.at(number), MatchesRegex("[1-9][0-9]{3,8}")) << place.at("slug");
    }
    EXPECT_THAT(page, HasSubstr("`" + place.at("licence") + "`"));
  }
}

TEST(DemoData, EachPracticeAndOfferIsOfACityAndSaysWhereItIsFrom) {
  std::map<std::string, std::string> names;
  for (const Row& city : Rows("cities.csv")) names[city.at("slug")] = city.at("name");
  std::size_t files = 0;
  for (const char* folder : {"practices", "offers"}) {
    for (const auto& file : std::filesystem::directory_iterator(kFolder + folder)) {
      ++files;
      const std::string stem = file.path().stem().string();
      const std::string slug = stem.substr(0, stem.rfind('-'));
      ASSERT_TRUE(names.contains(slug)) << file.path();
      const std::string text = Text(std::string(folder) + "/" + file.path().filename().string());
      EXPECT_THAT(text, HasSubstr("\"" + names.at(slug) + "\"")) << file.path();
      EXPECT_THAT(text, HasSubstr("licence")) << file.path();
      EXPECT_THAT(text, HasSubstr("://")) << file.path();
      const bool is_example = absl::EndsWith(stem, "-example");
      EXPECT_EQ(is_example, absl::StrContains(text, "\"example\"")) << file.path();
      EXPECT_EQ(is_example, absl::StrContains(text, "Example: ")) << file.path();
    }
  }
  EXPECT_GE(files, 14u);
}

TEST(DemoData, ThePageNamesEveryPublisherAndWhatMustBeSharedAlike) {
  const std::string page = Text("README.md");
  for (const Row& source : Rows("sources.csv")) EXPECT_THAT(page, HasSubstr(source.at("source")));
  for (const Row& city : Rows("cities.csv")) {
    if (!HasFigures(city)) continue;
    for (const Row& row : Rows(city.at("slug") + ".csv")) {
      EXPECT_THAT(page, HasSubstr(row.at("licence")));
      if (absl::StrContains(row.at("licence"), "BY-SA")) {
        EXPECT_THAT(page, HasSubstr("`" + city.at("slug") + ".csv`")) << "rows under CC BY-SA must be named";
      }
    }
  }
}

// A sound row of an invented city, to be spoiled in one place at a time.
Row Sound() {
  return {{"city", "Vineta"},  {"country", "DEU"},    {"measurement_id", "1.2.2/unemployment-rate"},
          {"breakdown", ""},   {"year", "2020"},      {"value", "4.2"},
          {"source", "Atlas"}, {"supplier", "Hansa"}, {"licence", "CC0"},
          {"level", "city"},   {"match", "exact"}};
}

std::vector<std::string> Spoiled(const std::string& column, const std::string& value) {
  Row row = Sound();
  row[column] = value;
  return ProblemsOf({.name = "Vineta", .country = "DEU"}, {row},
                    {{{"title", "Atlas"}, {"licence", "CC0"}, {"publisher", "Hansa"}}});
}

TEST(DemoRows, EachFaultIsFound) {
  EXPECT_THAT(Spoiled("year", "2021"), IsEmpty());
  EXPECT_THAT(Spoiled("city", "Rungholt"), ElementsAre("row 2: is another city's"));
  EXPECT_THAT(Spoiled("country", "FIN"), ElementsAre("row 2: is another city's"));
  EXPECT_THAT(Spoiled("level", "country"), ElementsAre("row 2: is not about the city itself"));
  EXPECT_THAT(Spoiled("match", "proxy"), ElementsAre("row 2: match 'proxy' is not exact or close"));
  EXPECT_THAT(Spoiled("value", ""), ElementsAre("row 2: has no value"));
  EXPECT_THAT(Spoiled("licence", ""), ElementsAre("row 2: names no licence"));
  EXPECT_THAT(Spoiled("source", "rumour"), ElementsAre("row 2: source 'rumour' is no title in sources.csv"));
  EXPECT_THAT(Spoiled("supplier", "Rungholt"),
              ElementsAre("row 2: supplier 'Rungholt' is not the publisher of the source"));
}

TEST(DemoRows, AnUnlicensedSourceAndACellTwiceAreFaults) {
  const DemoCity city = {.name = "Vineta", .country = "DEU"};
  EXPECT_THAT(ProblemsOf(city, {Sound()}, {{{"title", "Atlas"}, {"licence", ""}, {"publisher", "Hansa"}}}),
              ElementsAre("row 2: source 'Atlas' is listed without licence or publisher"));
  EXPECT_THAT(ProblemsOf(city, {Sound(), Sound()}, {{{"title", "Atlas"}, {"licence", "CC0"}, {"publisher", "Hansa"}}}),
              ElementsAre("row 3: 1.2.2/unemployment-rate# 2020 stands twice"));
}

TEST(DemoRows, BrokenCsvIsNoCsv) {
  EXPECT_EQ(ReadCsv("a,b\n1,\"2\n"), std::nullopt);
  EXPECT_EQ(ReadCsv("a,b\n1\n"), std::nullopt);
  EXPECT_EQ(ReadCsv("a,b\n\"1,5\",\"say \"\"x\"\"\"\n")->front(), (Row{{"a", "1,5"}, {"b", "say \"x\""}}));
}

}  // namespace
}  // namespace hansa::tidy
