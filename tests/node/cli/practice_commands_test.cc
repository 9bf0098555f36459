// Practices, offers that fit and the checklist as the command line shows them, over a real socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/api/api_server.h"
#include "node/desk/dialogue_desk.h"
#include "node/desk/offer_desk.h"
#include "node/desk/practice_desk.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Bonn's node behind the API; what Espoo published has arrived there.
class PracticeCommands : public ::testing::Test {
 protected:
  PracticeCommands() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kStrategies);
    for (const Applicant& authority : {germany_, finland_}) network_.AdmitAuthority(authority);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("fi-espoo", "FIN"), finland_);
    bonn_.Refresh();
    espoo_.Refresh();
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = bonn_,
                                                .views = bonn_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
    practice_ = Must(practices_.Add({.name = "p.json", .content = R"({"title": "Sauna talks", "language": "en",
        "summary": "S", "features": ["2.1.3"], "problem": "Nobody *talked*.\n\n1. at home\n2. [in the sauna](https://sauna.example), which is very long\n"})"}))
                    .id.hex();
    Must(offers_.Publish({.name = "o.json", .content = R"({"title": "Sauna wanted", "language": "en",
        "direction": "request", "features": ["2.1.3"], "kind": "study visit"})"}));
    Arrives();
  }
  void Arrives() {
    for (; told_ < espoo_.units().size(); ++told_) bonn_.Receive(espoo_.units()[told_]);
    Must(bonn_.AwaitViews());
  }

  Ran Hansa(std::vector<std::string> words, const Surroundings& around = {}) {
    words.insert(words.end(), {"--socket", socket_});
    return RunHansa(words, around);
  }
  json Json(std::vector<std::string> words) {
    words.push_back("--json");
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return json::parse(ran.out);
  }
  std::string File(const std::string& content) {
    const std::string path = folder_ / "file.json";
    WriteFile(path, content);
    return path;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU"), finland_ = AuthorityOf("FIN");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")}, espoo_{network_, CityNamed("fi-espoo", "FIN")};
  node::desk::PracticeDesk practices_{espoo_, node::catalogue::CurrentCatalogue(), espoo_.views()};
  node::desk::OfferDesk offers_{espoo_, node::catalogue::CurrentCatalogue(), espoo_.views(),
                                [] { return std::string("2025-06-15"); }};
  node::desk::DialogueDesk dialogue_{espoo_, node::catalogue::CurrentCatalogue(), espoo_.views()};
  std::size_t told_ = 0;
  std::string practice_;
  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(PracticeCommands, APracticeIsReadAsTextWithinTheTerminal) {
  const Ran ran = Hansa({"--lang", "en", "practices", "show", practice_}, {.columns = 40});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Problem\n"
                                 "Nobody talked.\n"
                                 "\n"
                                 "1. at home\n"
                                 "2. in the sauna (https://sauna.example),\n"
                                 "   which is very long\n"));
}

TEST_F(PracticeCommands, ATranslationIsPublishedReadAndTakenBack) {
  const json published = Json({"practices", "translate", practice_.substr(0, 8),
                               File(R"({"language": "ko", "title": "사우나 이야기", "method": "people"})")});
  const std::string id = published["id"];
  EXPECT_EQ(published["title"], "사우나 이야기");
  const std::string shown = Hansa({"--lang", "en", "practices", "show", practice_}).out;
  EXPECT_THAT(shown, HasSubstr("ko: translated by people, at de-bonn (" + id.substr(0, 12) + ")"));
  const json korean = Json({"practices", "show", practice_, "--lang", "ko"});
  EXPECT_EQ(korean["content"]["title"], "사우나 이야기");
  EXPECT_EQ(korean["title"], "Sauna talks") << "as in a list";
  EXPECT_EQ(korean["shown_in"]["translation"]["id"], id);
  EXPECT_EQ(korean["remarks"][0], "not translated, so shown in en: In short; Problem");
  EXPECT_THAT(Hansa({"practices", "show", id, "--lang", "ko"}).out, HasSubstr("번역되지 않아 en 원문으로"));
  const json listed = Json({"practices", "list", "--lang", "ko"});
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0]["translated_title"], "사우나 이야기");
  EXPECT_THAT(Hansa({"--lang", "en", "practices", "list", "--lang", "ko"}).out,
              AllOf(HasSubstr("Sauna talks"), HasSubstr("translated into ko: 사우나 이야기")));
  EXPECT_EQ(Hansa({"practices", "withdraw", id}).exit, 0);
  EXPECT_EQ(Json({"practices", "list", "--lang", "ko"}).size(), 0u);
  EXPECT_EQ(Hansa({"practices", "show", practice_, "--lang", "ko"}).exit, 3);
}

TEST_F(PracticeCommands, WhatBuildsOnAnotherSaysSoAndCountsNobody) {
  const json built =
      Json({"practices", "add",
            File(absl::StrCat(R"({"title": "Pool talks", "language": "en",
      "built_on": [{"practice": ")",
                              practice_.substr(0, 6), R"(", "changed": "In water.", "outcome": "Cooler."}]})"))});
  const std::string id = built["id"];
  EXPECT_THAT(Hansa({"--lang", "en", "practices", "show", id}).out,
              HasSubstr("Builds on\nfi-espoo: Sauna talks (" + practice_.substr(0, 12) +
                        ", revision 1)\n  what was changed: In water.\n  what came of it: Cooler.\n"));
  EXPECT_THAT(Hansa({"--lang", "en", "practices", "show", practice_}).out,
              HasSubstr("Others built on it\nde-bonn: Pool talks ("));
  const json links = Json({"practices", "show", practice_})["built_upon_by"];
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0]["practice"]["title"], "Pool talks");
  EXPECT_TRUE(links[0]["fault"].is_null());
  Must(practices_.Withdraw(practice_, ""));
  Arrives();
  EXPECT_THAT(Hansa({"--lang", "en", "practices", "show", id}).out,
              HasSubstr("fi-espoo: it was taken back by its author ("));
}

TEST_F(PracticeCommands, OffersThatFitAreShownWithTheirReasons) {
  EXPECT_THAT(Hansa({"--lang", "en", "offers", "matches"}).out, HasSubstr("you have no open offer"));
  const json offer = Json({"offers", "publish", File(R"({"title": "Our sauna", "language": "en", "kind": "study visit",
      "features": ["2.1.3"]})")});
  const json matched = Json({"offers", "matches", std::string(offer["id"]).substr(0, 8)});
  ASSERT_EQ(matched.size(), 1u);
  EXPECT_EQ(matched[0]["direction"], "offer");
  EXPECT_EQ(matched[0]["matches"][0]["member_name"], "Name of fi-espoo");
  EXPECT_EQ(matched[0]["matches"][0]["reasons"],
            json({"both are about the features 2.1.3", "both are of one kind: study visit"}));
  EXPECT_THAT(Hansa({"--lang", "ko", "offers", "matches"}).out,
              AllOf(HasSubstr("Sauna wanted"), HasSubstr("둘 다 핵심 특징 2.1.3"), Not(HasSubstr("both are"))));
}

TEST_F(PracticeCommands, MatchesAndDialogueLeaveOutWhomTheNodeMutes) {
  const json offer = Json({"offers", "publish", File(R"({"title": "Our sauna", "language": "en", "kind": "study visit",
      "features": ["2.1.3"]})")});
  const std::string id = offer["id"];
  Must(dialogue_.Ask({.about = practice_, .text = "How hot?", .language = "en"}).status());
  Arrives();
  EXPECT_THAT(Hansa({"--lang", "en", "practices", "show", practice_}).out, HasSubstr("shows what was asked and said"));
  EXPECT_EQ(Hansa({"mute", "fi-espoo"}).exit, 0);
  EXPECT_THAT(Json({"offers", "matches", id})[0]["matches"], IsEmpty());
  EXPECT_THAT(Hansa({"--lang", "en", "offers", "matches", id}).out, HasSubstr("1 is left out because this node mutes"));
  EXPECT_THAT(Json({"offers", "matches", id, "--with-muted"})[0]["matches"], SizeIs(1));
  const std::string shown = Hansa({"--lang", "en", "practices", "show", practice_}).out;
  EXPECT_THAT(shown, HasSubstr("1 is left out because this node mutes who wrote it"));
  EXPECT_THAT(shown, Not(HasSubstr("shows what was asked and said")));
  EXPECT_THAT(Hansa({"--lang", "en", "practices", "show", practice_, "--with-muted"}).out,
              AllOf(HasSubstr("shows what was asked and said"), Not(HasSubstr("left out"))));
}

TEST_F(PracticeCommands, RecordsOfOnesOwnHaveFilesByRevision) {
  const std::string offer = Json({"offers", "publish", File(R"({"title": "Our sauna", "language": "en"})")})["id"];
  const std::string strategy = Json({"strategies", "add", File(R"({"title": "Saunas", "language": "en"})")})["id"];
  const std::string pdf = folder_ / "plan.pdf";
  WriteFile(pdf, "%PDF");
  for (const std::string& id : {offer, strategy}) {
    EXPECT_THAT(Hansa({"--lang", "en", "files", "list", id}).out, HasSubstr("this record names no files"));
    EXPECT_EQ(Json({"files", "attach", id, pdf})["revision"], 2);
    const json files = Json({"files", "list", id});
    ASSERT_EQ(files.size(), 1u);
    EXPECT_EQ(files[0]["name"], "plan.pdf");
    EXPECT_EQ(files[0]["state"], "here");
    EXPECT_THAT(Json({"files", "list", id, "--revision", "1"}), IsEmpty());
    EXPECT_EQ(Hansa({"files", "save", id, "plan.pdf", "-o", folder_ / (id + ".pdf")}).exit, 0);
    EXPECT_EQ(ReadFile(folder_ / (id + ".pdf")), "%PDF");
    EXPECT_EQ(Json({"files", "detach", id, "plan.pdf"})["revision"], 3);
    EXPECT_EQ(Hansa({"files", "save", id, "plan.pdf", "-o", folder_ / "x"}).exit, 3);
  }
  EXPECT_EQ(Json({"offers", "show", offer, "--revision", "2"})["attachments"][0]["name"], "plan.pdf");
  EXPECT_THAT(Json({"offers", "show", offer})["attachments"], IsEmpty());
  EXPECT_EQ(Json({"strategies", "show", strategy, "--revision", "2"})["attachments"].size(), 1u);
  EXPECT_THAT(Hansa({"--lang", "en", "offers", "show", offer, "--revision", "2"}).out, HasSubstr("plan.pdf, 4 B"));
  EXPECT_EQ(Hansa({"files", "attach", practice_, pdf}).exit, 4) << "another's";
}

TEST_F(PracticeCommands, AnOfferIsRevisedAndItsPastShown) {
  const std::string id = Json({"offers", "publish", File(R"({"title": "Our sauna", "language": "en"})")})["id"];
  const json revised = Json(
      {"offers", "revise", id, File(R"({"title": "Our two saunas", "language": "en"})"), "--reason", "another one"});
  EXPECT_EQ(revised["revision"], 2);
  const json shown = Json({"offers", "show", id});
  EXPECT_EQ(shown["title"], "Our two saunas");
  EXPECT_EQ(shown["revisions"][1]["reason"], "another one");
  EXPECT_EQ(Json({"offers", "show", id, "--revision", "1"})["content"]["title"], "Our sauna");
}

TEST_F(PracticeCommands, WhoHoldsARecordOfOnesOwnIsTold) {
  const std::string id = Json({"offers", "publish", File(R"({"title": "Our sauna", "language": "en"})")})["id"];
  EXPECT_THAT(Hansa({"--lang", "en", "holders", id}).out, HasSubstr("nobody else is known to hold it"));
  bonn_.holders = [](const replication::FeedId&, replication::Sequence seq) {
    EXPECT_EQ(seq.value(), 1u);
    return std::vector<node::HolderView>{{"int-uil", absl::Minutes(2), false}, {"fi-espoo", absl::Seconds(1), true}};
  };
  const json told = Json({"holders", id});
  EXPECT_EQ(told["revision"], 1);
  ASSERT_EQ(told["holders"].size(), 2u);
  EXPECT_EQ(told["holders"][0]["member"], "fi-espoo");
  EXPECT_TRUE(told["holders"][0]["acknowledged"]);
  EXPECT_EQ(told["holders"][1]["member"], "int-uil");
  EXPECT_THAT(Hansa({"--lang", "en", "holders", id}).out, HasSubstr("their contents may still be on the way"));
  EXPECT_EQ(Hansa({"holders", practice_}).exit, 3) << "another's";
}

TEST_F(PracticeCommands, AChecklistHasWhatIsDoneAndWhatIsNot) {
  Json({"strategies", "add", File(R"({"title": "Pool city", "language": "en", "features": ["2.1.3"],
      "starts_on": "2021-03-01", "responsible": "Education", "participants": [{"name": "Swimmers"}]})")});
  const std::string text = Hansa({"--lang", "en", "strategies", "checklist", "--part", "2.1"}).out;
  EXPECT_THAT(text, HasSubstr("  2021-03-01–: Pool city ("));
  EXPECT_THAT(text, HasSubstr("    In charge: Education\n    Taking part: Swimmers\n"));
  EXPECT_THAT(text, HasSubstr("2.1.1 Expanding access to early childhood care and education\n  nothing is told\n"));
  const json list = Json({"strategies", "checklist", "fi-espoo"});
  EXPECT_EQ(list["member"], "fi-espoo");
  EXPECT_EQ(list["rows"].size(), 42u);
  for (const json& row : list["rows"]) {
    EXPECT_EQ(row["practices"].size(), row["part"] == "2.1.3" ? 1u : 0u) << row;
    EXPECT_EQ(row["deeds"].size(), 0u);
  }
  EXPECT_EQ(Hansa({"strategies", "checklist", "--part", "9.9"}).exit, 3);
}

}  // namespace
}  // namespace hansa::testing
