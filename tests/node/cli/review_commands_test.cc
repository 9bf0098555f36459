// The chain of review as people type it: a city's node in memory behind the real API, experts and agencies with their
// keys in files.
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/api/api_server.h"
#include "node/node_folder.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/reviews.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kReport[] = R"(+++
title = "Learning in every street"
language = "en"
year = 2025
+++
## 2.6.1 How does the city speak for learning?
On every corner.
)";
constexpr char kSurvey[] = R"({"agency": "Institute", "year": 2025, "respondents": 1204, "language": "en",
  "fieldwork_starts_on": "2025-03-03", "fieldwork_ends_on": "2025-04-11", "question": "Do you?",
  "question_language": "en", "values": [{"cell": "2.5.2/learning-to-live-together", "value": "61.4"}]})";

class ReviewCommandsTest : public ::testing::Test {
 protected:
  ReviewCommandsTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kReviews);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(bonn_, germany_);
    ListKey(network_, ExpertNamed("int-expert"));
    ListKey(network_, AgencyNamed("int-institute"));
    node_.Refresh();
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = node_,
                                                .views = node_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
  }

  Ran Hansa(std::vector<std::string> words) {
    words.insert(words.end(), {"--socket", socket_});
    return RunHansa(words);
  }
  json Json(std::vector<std::string> words, int exit = 0) {
    words.push_back("--json");
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, exit) << ran.err;
    return json::parse(ran.out);
  }
  std::string Written(const std::string& name, const std::string& content) {
    WriteFile(folder_ / name, content);
    return folder_ / name;
  }
  std::string KeyOf(const std::string& code) {
    const std::string path = folder_ / (code + ".key");
    if (!std::filesystem::exists(path)) {
      Must(node::WriteKey(path, *replication::Seed::From(Random(code + " writer").view())));
    }
    return path;
  }
  Ran Rate(const std::string& report, const std::string& code, const std::string& rating, const std::string& out) {
    return Hansa({"review", "rate", report, "--feature", "2.6.1", "--rating", rating, "--reason", "Wide and lasting.",
                  "--language", "en", "--key", KeyOf(code), "--code", code, "-o", out});
  }

  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_ = CityNamed("de-bonn", "DEU");
  FakeNode node_{network_, bonn_};
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(ReviewCommandsTest, FromAReportToARatingWithAnAnswer) {
  const std::string file = Written("report.md", kReport);
  const json report = Json({"review", "submit", file, "--features", "2.6.1,3.1.1"});
  EXPECT_EQ(report["collection"], "reviews");
  EXPECT_EQ(report["revision"], 1);
  const std::string id = report["id"];
  const std::string saved = folder_ / "report.json", rating = folder_ / "rating.json";
  EXPECT_EQ(Json({"review", "show", id.substr(0, 8), "-o", saved})["file"], saved);
  const json for_expert = json::parse(std::ifstream(saved));
  EXPECT_EQ(for_expert["features"], json({"2.6.1", "3.1.1"}));
  EXPECT_THAT(for_expert["text"].get<std::string>(), HasSubstr("On every corner."));

  EXPECT_EQ(Rate(saved, "int-expert", "6", rating).exit, 2);
  const Ran rated = Rate(saved, "int-expert", "4", rating);
  EXPECT_EQ(rated.exit, 0) << rated.err;
  EXPECT_THAT(rated.out, HasSubstr("send it to the city"));
  const json published = Json({"review", "publish", rating, "--answer", "We take it up.", "--language", "en",
                               "--approved-by", "mayor's office"});
  EXPECT_EQ(published["title"], kAdvocacy);

  const json list = Json({"review", "list"});
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0]["kind"], "report");
  EXPECT_TRUE(list[0]["word_of"].is_null());
  EXPECT_EQ(list[1]["kind"], "rating");
  EXPECT_EQ(list[1]["word_of"], "signed by expert int-expert");
  EXPECT_EQ(list[1]["rating"], 4);
  EXPECT_TRUE(list[1]["fault"].is_null());
  EXPECT_EQ(Json({"review", "list", "--kind", "rating", "--year", "2025", "--feature", "2.6.1"}).size(), 1u);
  EXPECT_EQ(Json({"review", "list", "--member", "de-nowhere"}, 3)["error"]["exit"], 3);
  const json shown = Json({"review", "show", published["id"]});
  EXPECT_EQ(shown["content"]["answer"], "We take it up.");
  EXPECT_EQ(shown["content"]["signed"]["reasons"], "Wide and lasting.");
  const Ran page = Hansa({"review", "show", published["id"]});
  EXPECT_THAT(page.out, AllOf(HasSubstr("4 of 5"), HasSubstr("We take it up."), HasSubstr("int-expert")));
  EXPECT_THAT(Hansa({"review", "list", "--lang", "ko"}).out, HasSubstr("전문가 int-expert"));
  EXPECT_EQ(Hansa({"review", "show", published["id"], "-o", saved}).exit, 4);

  const json rows = Json({"indicators", "show"});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0]["cell"], kAdvocacy);
  EXPECT_EQ(rows[0]["source_kind"], "expert_review");
  EXPECT_EQ(rows[0]["word_of"], "signed by expert int-expert");
  EXPECT_EQ(rows[0]["note"], "We take it up.");
  const json progress = Json({"indicators", "progress"});
  EXPECT_EQ(progress["cells"][0]["word_of"], "signed by expert int-expert");

  EXPECT_EQ(Json({"review", "withdraw", published["id"]})["revision"], 2);
  EXPECT_EQ(Json({"indicators", "show"}).size(), 0u);
}

TEST_F(ReviewCommandsTest, ARatingThatNobodyMayGiveIsRefused) {
  const std::string id = Json({"review", "submit", Written("report.md", kReport), "--features", "2.6.1"})["id"];
  const std::string saved = folder_ / "report.json", rating = folder_ / "rating.json";
  ASSERT_EQ(Hansa({"review", "show", id, "-o", saved}).exit, 0);
  for (const char* code : {"int-stranger", "de-bonn", "int-institute"}) {
    ASSERT_EQ(Rate(saved, code, "5", rating).exit, 0) << code;
    const Ran ran = Hansa({"review", "publish", rating});
    EXPECT_EQ(ran.exit, 4) << code;
    EXPECT_THAT(ran.err, AllOf(IsOneErrorLine(), HasSubstr("rating.json")));
  }
  ASSERT_EQ(Rate(saved, "int-expert", "2", rating).exit, 0);
  json forged = json::parse(std::ifstream(rating));
  std::string signature = forged["signature"];
  signature[0] = signature[0] == 'a' ? 'b' : 'a';
  forged["signature"] = signature;
  EXPECT_EQ(Hansa({"review", "publish", Written("forged.json", forged.dump())}).exit, 4);
  EXPECT_EQ(Hansa({"review", "publish", saved}).exit, 2);
  EXPECT_EQ(
      Hansa({"review", "rate", folder_ / "none", "--feature", "2.6.1", "--rating", "1", "--reason", "r", "-o", rating})
          .exit,
      3);
  EXPECT_EQ(Json({"review", "list"}).size(), 1u);
}

TEST_F(ReviewCommandsTest, ASurveyEnteredAndASurveySigned) {
  const std::string file = Written("survey.json", kSurvey), pdf = Written("agency.pdf", "pages");
  const json entered =
      Json({"survey", "enter", file, "--report", pdf, "--note", "After the flood.", "--language", "en"});
  EXPECT_EQ(entered["title"], "Institute");
  const json shown = Json({"review", "show", entered["id"]});
  EXPECT_EQ(shown["word_of"], "entered by the city");
  EXPECT_EQ(shown["content"]["report"]["name"], "agency.pdf");
  EXPECT_EQ(shown["content"]["report"]["size"], 5);
  EXPECT_EQ(shown["content"]["city_note"], "After the flood.");
  EXPECT_THAT(Hansa({"review", "show", entered["id"]}).out, AllOf(HasSubstr("61.4"), HasSubstr("Do you?")));

  WriteFile(folder_ / "charter.json", "{}");
  const Ran without = Hansa({"survey", "deliver", file, "--member", "12", "--key", KeyOf("int-institute"), "--code",
                             "int-institute", "-o", folder_ / "delivery.json"});
  EXPECT_EQ(without.exit, 2);
  EXPECT_THAT(without.err, HasSubstr("--charter"));
  EXPECT_EQ(Hansa({"survey", "enter", folder_ / "none.json"}).exit, 3);
  EXPECT_EQ(Hansa({"survey", "enter", Written("bad.json", "[]")}).exit, 2);
}

TEST_F(ReviewCommandsTest, AnExportIsNamedByTheYearsThatStand) {
  const std::string set = Written("set.csv",
                                  "cell,year,value,source,source_kind\n"
                                  "1.1.1/adult-literacy-rate#total,2024,97,city register,official_data\n"
                                  "1.1.1/adult-literacy-rate#total,2025,98,city register,official_data\n");
  ASSERT_EQ(Hansa({"indicators", "import", set}).exit, 0);
  ASSERT_EQ(Hansa({"indicators", "publish"}).exit, 0);
  ASSERT_EQ(Hansa({"indicators", "withdraw", "--year", "2025", "--reason", "a mistake"}).exit, 0);
  const json written = Json({"network", "export", "--format", "csv", "-o", folder_.path()});
  EXPECT_THAT(written["file"].get<std::string>(), AllOf(HasSubstr("2024"), Not(HasSubstr("2025"))));
}

TEST_F(ReviewCommandsTest, AnExportToStandardOutputIsNoJson) {
  const Ran ran = Hansa({"network", "export", "--format", "csv", "-o", "-", "--json"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.out, HasSubstr("name a file with -o, or leave --json out"));
}

TEST_F(ReviewCommandsTest, AnExportSaysWhoseWordItIsAndGoesBackWithoutIt) {
  const std::string set = Written("set.csv",
                                  "cell,year,value,source,source_kind\n"
                                  "1.1.1/adult-literacy-rate#total,2025,98,city register,official_data\n");
  ASSERT_EQ(Hansa({"indicators", "import", set}).exit, 0);
  ASSERT_EQ(Hansa({"indicators", "publish"}).exit, 0);
  ASSERT_EQ(Hansa({"survey", "enter", Written("survey.json", kSurvey)}).exit, 0);
  const std::string out = folder_ / "export.csv";
  ASSERT_EQ(Hansa({"network", "export", "--format", "csv", "-o", out}).exit, 0);
  const std::string csv = Must(node::ReadFile(out));
  EXPECT_THAT(csv, HasSubstr(",entered by the city\r\n"));
  const json imported = Json({"indicators", "import", out});
  EXPECT_EQ(imported["ok"], true);
  EXPECT_EQ(imported["accepted"], 1);
  EXPECT_THAT(imported["warnings"].dump(), HasSubstr("stands in a survey or a rating of its own"));
  EXPECT_EQ(Json({"indicators", "publish", "--year", "2025"})["unchanged"], true);
  const std::string sdmx = folder_ / "export.xml";
  ASSERT_EQ(Hansa({"network", "export", "--format", "sdmx-ml", "-o", sdmx}).exit, 0);
  EXPECT_THAT(Must(node::ReadFile(sdmx)),
              AllOf(HasSubstr("WORD_OF=\"ENTERED_BY_THE_CITY\""), HasSubstr("WORD_OF=\"_Z\"")));
}

}  // namespace
}  // namespace hansa::testing
