// How many people live in a city, said, shown and taken back at the command line, over a real socket; and what a search
// by it and `similar` say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "node/api/api_server.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Bonn's node behind the API.
class PlaceCommandsTest : public ::testing::Test {
 protected:
  PlaceCommandsTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("de-aachen", "DEU"), germany_);
    bonn_.Refresh();
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = bonn_,
                                                .views = bonn_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
  }
  Ran Hansa(std::vector<std::string> words, const std::string& language = "en") {
    words.insert(words.end(), {"--socket", socket_});
    if (!language.empty()) words.insert(words.begin(), {"--lang", language});
    return RunHansa(words);
  }
  json Json(std::vector<std::string> words) {
    words.push_back("--json");
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return json::parse(ran.out);
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(PlaceCommandsTest, APlaceIsSetShownAndTakenBack) {
  const std::vector<std::string> set = {"place", "set",      "--population", "313125", "--year",
                                        "2021",  "--source", "Census",       "--note", "the city alone"};
  const json published = Json(set);
  EXPECT_EQ(published["title"], "residents: 313,125 (2021)");
  EXPECT_TRUE(Json(set)["unchanged"].get<bool>());
  EXPECT_THAT(Hansa(set, "ko").out, HasSubstr("주민 수: 313,125명(2021년)"));
  const json shown = Json({"place", "show"});
  EXPECT_EQ(shown["id"], published["id"]);
  EXPECT_EQ(shown["member"], "de-bonn");
  EXPECT_EQ(shown["population"], 313125);
  EXPECT_EQ(shown["year"], 2021);
  EXPECT_EQ(shown["source"], "Census");
  EXPECT_EQ(shown["note"], "the city alone");
  EXPECT_EQ(shown["fault"], nullptr);
  EXPECT_THAT(Hansa({"place", "show", "de-bonn"}).out,
              AllOf(HasSubstr("(de-bonn)\nResidents: 313,125\nYear: 2021\nSource: Census\n"),
                    HasSubstr("Note\nthe city alone\n")));
  EXPECT_THAT(Hansa({"place", "withdraw"}).out, HasSubstr("taken back \"residents: 313,125 (2021)\""));
  const Ran gone = Hansa({"place", "show"});
  EXPECT_EQ(gone.exit, 3);
  EXPECT_THAT(gone.err, HasSubstr("`hansa place set`"));
  EXPECT_THAT(Hansa({"place", "show"}, "ko").err, HasSubstr("몇 사람이 사는지 밝히지 않았습니다"));
}

TEST_F(PlaceCommandsTest, WhatIsNotDatedSaysSo) {
  Json({"place", "set", "--population", "313125", "--source", "GeoNames"});
  EXPECT_EQ(Json({"place", "show"})["year"], nullptr);
  EXPECT_THAT(Hansa({"place", "show"}).out, HasSubstr("Year: not dated\n"));
  EXPECT_THAT(Hansa({"place", "show"}, "ko").out, HasSubstr("연도: 연도 없음\n"));
}

TEST_F(PlaceCommandsTest, WithoutANumberASourceOrAnyPlaceItIsRefused) {
  EXPECT_EQ(Hansa({"place", "set", "--population", "5"}).exit, 2);
  EXPECT_EQ(Hansa({"place", "set", "--source", "Census"}).exit, 2);
  EXPECT_EQ(Hansa({"place", "set", "--population", "0", "--source", "Census"}).exit, 2);
  EXPECT_EQ(Hansa({"place", "show", "de-aachen"}).exit, 3);
  EXPECT_THAT(Hansa({"search", "--population-min", "5"}).err, HasSubstr("no city of this network has said"));
  EXPECT_THAT(Hansa({"similar"}).out, HasSubstr("population is not compared: de-bonn has not said"));
  EXPECT_THAT(Hansa({"similar"}, "ko").out, HasSubstr("인구는 견주지 않습니다"));
  Json({"place", "set", "--population", "313125", "--source", "Census"});
  EXPECT_EQ(Json({"search", "--population-min", "313125"})["found"], 0);
  EXPECT_EQ(Hansa({"search", "--population-min", "6", "--population-max", "5"}).exit, 2);
}

}  // namespace
}  // namespace hansa::testing
