// Commands that ask a running node, over a real socket: a city's node in memory behind the real API.
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "node/api/api_server.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";
constexpr char kUnemployment[] = "1.2.2/unemployment-rate#total";
constexpr char kHeader[] = "cell,year,value,source,source_kind,note\n";

// What JSON a key must hold: the letters of `types` are s text, n number, b bool, a array, o object,
// 0 null.
void ExpectField(const json& object, const std::string& key, const std::string& types) {
  ASSERT_TRUE(object.contains(key)) << key << " is missing in " << object.dump();
  const json& value = object[key];
  const char type = value.is_string()    ? 's'
                    : value.is_number()  ? 'n'
                    : value.is_boolean() ? 'b'
                    : value.is_array()   ? 'a'
                    : value.is_object()  ? 'o'
                                         : '0';
  EXPECT_NE(types.find(type), std::string::npos) << key << " is " << value.dump();
}
void ExpectFields(const json& object, const std::map<std::string, std::string>& fields) {
  for (const auto& [key, types] : fields) ExpectField(object, key, types);
}

class NodeCommands : public ::testing::Test {
 protected:
  NodeCommands() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(bonn_, germany_);
    network_.AdmitCity(aachen_, germany_);
    node_.Refresh();
    for (const replication::VerifiedUnit& unit : network_.units()) node_.Receive(unit);
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = node_,
                                                .views = node_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
  }

  Ran Hansa(std::vector<std::string> words, const Surroundings& around = {}) {
    words.insert(words.end(), {"--socket", socket_});
    return RunHansa(words, around);
  }
  json Json(std::vector<std::string> words, int exit = 0) {
    words.push_back("--json");
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, exit) << ran.err;
    if (exit != 0) {
      EXPECT_THAT(ran.err, IsOneErrorLine());
    }
    return json::parse(ran.out);
  }
  std::string FileOf(const std::string& rows) {
    const std::string path = folder_ / "values.csv";
    WriteFile(path, kHeader + rows);
    return path;
  }
  static std::string Row(const char* cell, int year, const char* value, const char* note = "") {
    return absl::StrCat(cell, ",", year, ",", value, ",city register,official_data,", note, "\n");
  }

  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_ = CityNamed("de-bonn", "DEU");
  Applicant aachen_ = CityNamed("de-aachen", "DEU");
  FakeNode node_{network_, bonn_};
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(NodeCommands, StatusHasItsShape) {
  const json status = Json({"status"});
  ExpectFields(status, {{"member", "s"},         {"name", "s"},    {"role", "s"},     {"network", "s0"},
                        {"state", "s"},          {"fence", "s"},   {"in_sync", "b"},  {"in_sync_age_s", "n0"},
                        {"missing", "n"},        {"peers", "a"},   {"feeds", "n"},    {"entries", "n"},
                        {"bytes", "n"},          {"version", "s"}, {"witness", "s0"}, {"list_age_s", "n0"},
                        {"list_standing", "s0"}, {"forks", "a"},   {"clones", "a"},   {"erasures", "o"},
                        {"outbox", "o"}});
  EXPECT_EQ(json::array({status["member"], status["role"], status["feeds"]}), json::array({"de-bonn", "city", 1}));
  EXPECT_EQ(status["in_sync"], false);
}

TEST_F(NodeCommands, StatusTellsWhatWaitsAndWhatIsWrong) {
  EXPECT_EQ(Json({"status"})["outbox"], json({{"waiting", 0}, {"oldest_s", nullptr}, {"set_aside", 0}}));
  const auto feed_of = [this](const Applicant& applicant, replication::Collection collection) {
    const replication::Member member = node_.roster().state().Find(applicant.application.slug)->number;
    const auto author = node_.roster().PresentFeed(member, collection);
    return node::ForkView{FeedIdOf(Network::crypto(), network_.id(), *author), member, collection, author->incarnation};
  };
  const node::ForkView of_bonn = feed_of(bonn_, replication::kIndicators);
  const node::ForkView of_aachen = feed_of(aachen_, replication::kPractices);
  node_.look = [=](node::NodeView& view) {
    view.missing = 4;
    view.witness = replication::kFirstSecretariat;
    view.list_age = absl::Hours(24 * 14);
    view.forks = {of_bonn, of_aachen};
    view.clones = {of_bonn.member, of_aachen.member};
    view.erasures = {.open = 2, .held_back = 1, .ordered = 5, .done = 3, .unverified = 0, .lost = 1};
    view.list_signed_to = 12;
    view.disk.salvaged = 1;
    view.outbox = {.waiting = 2, .oldest_s = 75.5, .set_aside = 1, .records = {}};
  };
  const json status = Json({"status"});
  EXPECT_EQ(status["missing"], 4);
  EXPECT_EQ(status["witness"], network_.hub().application.slug);
  EXPECT_EQ(status["list_age_s"], 14 * 24 * 3600);
  EXPECT_EQ(json::array({status["list_standing"], status["list_signed_to"]}), json::array({"old", 12}));
  EXPECT_EQ(status["disk"]["salvaged"], 1);
  // By name, not by number.
  EXPECT_EQ(status["forks"], json::array({{{"member", "de-aachen"}, {"collection", "practices"}, {"incarnation", 1}},
                                          {{"member", "de-bonn"}, {"collection", "indicators"}, {"incarnation", 1}}}));
  EXPECT_EQ(status["clones"], json::array({"de-aachen", "de-bonn"}));
  EXPECT_EQ(status["erasures"], json({{"open", 2},
                                      {"held_back", 1},
                                      {"ordered", 5},
                                      {"done", 3},
                                      {"unverified", 0},
                                      {"lost", 1},
                                      {"files_left", 0}}));
  EXPECT_EQ(status["outbox"], json({{"waiting", 2}, {"oldest_s", 75.5}, {"set_aside", 1}}));
}

TEST_F(NodeCommands, ANodeThatPublishesNothingForWantOfRoomIsNotAsItShouldBe) {
  bool is_full = false;
  node_.look = [&](node::NodeView& view) {
    view.in_sync = true;
    if (is_full) view.disk.room = storage::Room::kNone;
  };
  EXPECT_EQ(Hansa({"status", "--check"}).exit, 0);
  is_full = true;
  const Ran full = Hansa({"status", "--check"});
  EXPECT_THAT(full.err, HasSubstr("publishes nothing: its disk is full"));
  EXPECT_THAT(full.out, HasSubstr("publishes nothing: the disk is nearly full"));
  EXPECT_EQ(Json({"status", "--check"}, 1)["disk"]["room"], "none");
}

TEST_F(NodeCommands, WithoutAListOfMembersAnAddressIsAddedWithAWarning) {
  EXPECT_THAT(Hansa({"peer", "add", "127.0.0.1:7401"}).err, IsEmpty());
  const auto chain = replication::RootChain::Begin(
      Network::crypto(), Must(replication::DecodeSignedRoot(network_.roster().root().SignedFrom(1).front())));
  const auto nothing = std::make_shared<const replication::Roster>(Network::crypto(), Must(chain));
  node_.look = [&](node::NodeView& view) { view.roster = nothing; };
  const Ran added = Hansa({"peer", "add", "127.0.0.1:7401"});
  EXPECT_EQ(added.exit, 0);
  EXPECT_THAT(added.err, AllOf(HasSubstr("warning"), HasSubstr("have it reach a hub first")));
}

TEST_F(NodeCommands, AFeedWithTwoHistoriesIsShownAsForked) {
  EXPECT_EQ(Json({"feeds", "roster"})[0]["state"], "ok");
  node_.look = [this](node::NodeView& view) {
    view.forks = {{network_.roster().feed(), replication::kRosterWriter, replication::kRosterCollection,
                   replication::Incarnation(1)}};
  };
  EXPECT_EQ(Json({"feeds", "roster"})[0]["state"], "forked");
  EXPECT_EQ(Json({"status"})["forks"][0]["member"], "roster");
}

// The machine that the member had before, which goes on elsewhere.
TEST_F(NodeCommands, AMachineWhoseMemberHasMovedPublishesNothingAndSaysWhy) {
  const std::string file = folder_ / "practice.json";
  WriteFile(file, R"({"title": "T", "language": "en"})");
  node_.look = [](node::NodeView& view) {
    view.member = replication::kMemberUnknown;
    view.fence = node::Fence::kSuperseded;
  };
  const json status = Json({"status"});
  EXPECT_EQ(status["state"], "member");
  EXPECT_EQ(status["fence"], "superseded");
  const Ran refused = Hansa({"practices", "add", file});
  EXPECT_EQ(refused.exit, 4);
  EXPECT_THAT(refused.err, HasSubstr("goes on under a newer key on another machine"));
  EXPECT_THAT(Hansa({"indicators", "publish", "--year", "2024"}).err, HasSubstr("newer key on another machine"));
  node_.look = [](node::NodeView& view) {
    view.fence = node::Fence::kSuperseded;
    view.key_waits = true;
  };
  EXPECT_EQ(Json({"status"})["key_waits"], true);
  EXPECT_THAT(Hansa({"practices", "add", file}).err, HasSubstr("restart hansad"));
  node_.look = [](node::NodeView& view) {
    view.fence = node::Fence::kRecover;
    view.told_clone = true;
  };
  EXPECT_EQ(Json({"status"})["told_clone"], true);
  EXPECT_THAT(Hansa({"practices", "add", file}).err, HasSubstr("another machine under this node's key"));
}

TEST_F(NodeCommands, PeersTellWhatIsBehindWhatWaitsAndWhatWasRefused) {
  node::PeerView aachen;
  aachen.member = "de-aachen";
  aachen.address = "127.0.0.1:7400";
  aachen.state = "syncing";
  aachen.connected = true;
  aachen.behind_entries = 12;
  aachen.behind_bytes = 4'300;
  aachen.behind = {{replication::kIndicators, 10, 4'000}, {replication::kPractices, 2, 300}};
  aachen.stalled_s = 40.25;
  aachen.waiting = 7;
  aachen.refusals = {{replication::Refusal::kBadSignature, 2}, {replication::Refusal::kNotContiguous, 1}};
  aachen.last_error = "made no progress with a feed for 30 s";
  node::PeerView quiet;
  quiet.address = "127.0.0.1:7401";
  quiet.state = "waiting";
  node_.look = [=](node::NodeView& view) { view.peers = {aachen, quiet}; };
  const json peers = Json({"peers"});
  ASSERT_EQ(peers.size(), 2u);
  EXPECT_EQ(peers[0]["behind"], json::array());  // it has no name yet, and comes first
  EXPECT_TRUE(peers[0]["stalled_s"].is_null());
  EXPECT_EQ(peers[0]["waiting"], 0);
  EXPECT_EQ(peers[0]["refusals"], json::object());
  EXPECT_EQ(peers[1]["behind_entries"], 12);
  EXPECT_EQ(peers[1]["behind"], json::array({{{"collection", "indicators"}, {"entries", 10}, {"bytes", 4'000}},
                                             {{"collection", "practices"}, {"entries", 2}, {"bytes", 300}}}));
  EXPECT_EQ(peers[1]["stalled_s"], 40.25);
  EXPECT_EQ(peers[1]["waiting"], 7);
  EXPECT_EQ(peers[1]["refusals"], json({{"bad signature", 2}, {"not contiguous", 1}}));
  EXPECT_EQ(Json({"status"})["peers"], peers);
}

TEST_F(NodeCommands, StatusCheckFailsUnlessInSyncAndSaysWhy) {
  const Ran ran = Hansa({"status", "--check"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, AllOf(IsOneErrorLine(), HasSubstr("de-bonn is not up to date")));
  EXPECT_THAT(ran.out, HasSubstr("may publish"));
  EXPECT_EQ(Json({"status", "--check"}, 1)["in_sync"], false);
}

TEST_F(NodeCommands, MembersComeByNameWithTheirShape) {
  const json members = Json({"members"});
  std::vector<std::string> slugs;
  for (const json& member : members) {
    ExpectFields(member, {{"slug", "s"},
                          {"number", "n"},
                          {"name", "s"},
                          {"kind", "s"},
                          {"country", "s0"},
                          {"region", "s0"},
                          {"state", "s"},
                          {"recommended_by", "s0"},
                          {"endpoints", "a"}});
    slugs.push_back(member["slug"]);
    if (member["kind"] == "secretariat") {
      EXPECT_TRUE(member["country"].is_null());
      EXPECT_TRUE(member["region"].is_null());
    }
    EXPECT_EQ(member["recommended_by"].is_string(), member["kind"] == "city");
  }
  EXPECT_EQ(slugs.size(), 4u);
  EXPECT_TRUE(std::is_sorted(slugs.begin(), slugs.end()));
}

TEST_F(NodeCommands, OneMemberWithWhatIsHeldOfIt) {
  const json member = Json({"member", "de-aachen"});
  EXPECT_EQ(member["slug"], "de-aachen");
  EXPECT_EQ(member["writer_key"].get<std::string>().size(), 64u);
  EXPECT_EQ(Json({"member"})["slug"], "de-bonn");
  const json error = Json({"member", "de-achen"}, 3)["error"];
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("did you mean 'de-aachen'?"));
}

TEST_F(NodeCommands, TheRosterLogHasEveryEntryInOrder) {
  const json log = Json({"roster", "log"});
  ASSERT_EQ(log.size(), network_.roster().lines().size());
  for (std::size_t i = 0; i < log.size(); ++i) EXPECT_EQ(log[i]["sequence"], i + 1);
  EXPECT_EQ(log[0]["kind"], "POLICY");
  EXPECT_EQ(log[3]["kind"], "MEMBER_ADD");
}

TEST_F(NodeCommands, ALogLongerThanOneAnswerIsWhole) {
  for (int i = 0; i < 1'050; ++i) AdoptCurrentFramework(network_);
  node_.Refresh();
  const json log = Json({"roster", "log"});
  ASSERT_EQ(log.size(), network_.roster().lines().size());
  EXPECT_EQ(log.back()["sequence"], log.size());
}

TEST_F(NodeCommands, FeedsHaveTheirShape) {
  const json feeds = Json({"feeds"});
  ASSERT_EQ(feeds.size(), 1u);
  ExpectFields(feeds[0], {{"member", "s"},
                          {"collection", "s"},
                          {"incarnation", "n"},
                          {"length", "n"},
                          {"head", "s"},
                          {"state", "s"},
                          {"bytes", "n"}});
  EXPECT_EQ(feeds[0]["member"], "roster");
  EXPECT_EQ(feeds[0]["state"], "ok");
  EXPECT_EQ(feeds[0]["head"].get<std::string>().size(), 64u);
  EXPECT_EQ(Json({"feeds", "de-aachen"}), json::array());
  EXPECT_EQ(Json({"feeds", "roster"}), feeds);
  EXPECT_EQ(Hansa({"feeds", "nobody"}).exit, 3);
}

TEST_F(NodeCommands, VerifyHasItsShape) {
  const json verified = Json({"verify"});
  ExpectFields(verified,
               {{"feeds", "n"}, {"entries", "n"}, {"bytes", "n"}, {"signatures", "n"}, {"ok", "b"}, {"problems", "a"}});
  EXPECT_EQ(verified["ok"], true);
  EXPECT_EQ(verified["entries"], network_.roster().lines().size());
}

TEST_F(NodeCommands, AnImportIsTakenCheckedPublishedCorrectedAndLookedBackOn) {
  const json imported = Json(
      {"indicators", "import", FileOf(Row(kLiteracy, 2023, "98.50", "한글 메모") + Row(kUnemployment, 2023, "5.1"))});
  ExpectFields(imported, {{"ok", "b"}, {"accepted", "n"}, {"errors", "a"}, {"warnings", "a"}, {"completeness", "o"}});
  EXPECT_EQ(imported["accepted"], 2);
  EXPECT_EQ(imported["completeness"], (json{{"reported", 2}, {"of", 76}}));

  const json draft = Json({"indicators", "show"});
  ASSERT_EQ(draft.size(), 2u);
  ExpectFields(draft[0], {{"member", "s"},
                          {"year", "n"},
                          {"cell", "s"},
                          {"value", "s0"},
                          {"unit", "s0"},
                          {"source_kind", "s0"},
                          {"source", "s0"},
                          {"period", "s0"},
                          {"area", "s0"},
                          {"match", "s0"},
                          {"revision", "n"},
                          {"published", "b"},
                          {"note", "s0"},
                          {"no_data_reason", "s0"},
                          {"attributes", "o"}});
  EXPECT_EQ(draft[0]["value"], "98.50");
  EXPECT_EQ(draft[0]["note"], "한글 메모");
  EXPECT_EQ(draft[0]["published"], false);

  EXPECT_EQ(Json({"indicators", "check", "--year", "2023"})["ok"], true);
  const json published = Json({"indicators", "publish", "--year", "2023"});
  ExpectFields(published, {{"id", "s"},
                           {"member", "s"},
                           {"collection", "s"},
                           {"sequence", "n"},
                           {"revision", "n"},
                           {"queued", "b"},
                           {"held_by", "a"},
                           {"year", "n"}});
  EXPECT_EQ(published["collection"], "indicators");
  EXPECT_EQ(published["revision"], 1);
  const json again = Json({"indicators", "publish", "--year", "2023"});
  EXPECT_EQ(again["unchanged"], true);
  EXPECT_EQ(again["id"], published["id"]);

  EXPECT_EQ(Json({"indicators", "import", FileOf(Row(kUnemployment, 2023, "5.2"))})["ok"], true);
  const json corrected = Json({"indicators", "publish", "--reason", "the register was revised"});
  ASSERT_EQ(corrected.size(), 1u);
  EXPECT_EQ(corrected[0]["id"], published["id"]);
  EXPECT_EQ(corrected[0]["revision"], 2);
  EXPECT_EQ(Json({"indicators", "publish"}), json::array());

  const json history = Json({"indicators", "history", kUnemployment});
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[0]["value"], "5.1");
  EXPECT_TRUE(history[0]["reason"].is_null());
  EXPECT_EQ(history[1]["value"], "5.2");
  EXPECT_EQ(history[1]["reason"], "the register was revised");
  EXPECT_THAT(Hansa({"indicators", "history", kUnemployment}).out, AllOf(HasSubstr(" %"), Not(HasSubstr("percent"))));
  EXPECT_EQ(Json({"indicators", "show", "--member", "de-aachen"}), json::array());
  EXPECT_GT(Json({"reindex"})["entries"], 0);
  EXPECT_EQ(Json({"indicators", "history", kUnemployment}), history);
}

TEST_F(NodeCommands, WhatStandsBesideEachOtherIsOfTheYearsAskedFor) {
  Json({"indicators", "import",
        FileOf(Row(kLiteracy, 2021, "97") + Row(kLiteracy, 2022, "98") + Row(kLiteracy, 2023, "98.5"))});
  Json({"indicators", "publish"});
  const auto years_of = [&](const std::string& years) {
    std::vector<int> found;
    const json beside = Json({"indicators", "beside", kLiteracy, "--members", "de-bonn,de-aachen", "--years", years});
    for (const json& row : beside["rows"]) found.push_back(row["year"]);
    return found;
  };
  EXPECT_THAT(years_of("2022-2023"), ElementsAre(2022, 2023));
  EXPECT_THAT(years_of("2021–2022"), ElementsAre(2021, 2022));
  EXPECT_THAT(years_of("2022"), ElementsAre(2022));
  const std::vector<std::string> asked = {"indicators", "beside", kLiteracy, "--members", "de-bonn,de-aachen"};
  for (const std::vector<std::string>& more : {std::vector<std::string>{"--years", "2023-2022"},
                                               {"--years", "lately"},
                                               {"--years", "2022", "--from", "2021"}}) {
    std::vector<std::string> words = asked;
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(Hansa(words).exit, 2) << more.back();
  }
}

TEST_F(NodeCommands, AMarkedTableIsAWorkbookAndItsNameSaysSo) {
  const Ran ran =
      Hansa({"indicators", "import", FileOf(Row(kLiteracy, 2023, "98")), "--marked", folder_ / "marked.csv"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("is an .xlsx file"));
  EXPECT_EQ(Json({"indicators", "show"}), json::array()) << "nothing was imported";
}

TEST_F(NodeCommands, WhatIsTakenBackIsSaidAndNotThatItWasPublished) {
  Json({"indicators", "import", FileOf(Row(kLiteracy, 2023, "98"))});
  Json({"indicators", "no-data", kUnemployment, "--year", "2023", "--reason", "not surveyed"});
  EXPECT_THAT(Hansa({"indicators", "publish"}).out, HasSubstr("published 1 value, 1 without data for 2023"));
  EXPECT_THAT(Hansa({"indicators", "withdraw", "--year", "2023", "--reason", "a mistake"}).out,
              HasSubstr("took back 1 value, 1 without data for 2023"));
}

TEST_F(NodeCommands, AFileWithErrorsIsRefusedWholeAndEachIsNamed) {
  const std::string file = FileOf(Row(kLiteracy, 2023, "98.5") + Row(kUnemployment, 2023, "five") +
                                  Row("1.2.2/unemployment-rat#total", 2023, "5"));
  const json report = Json({"indicators", "import", file}, 4);
  EXPECT_EQ(report["ok"], false);
  EXPECT_EQ(report["accepted"], 0);
  ASSERT_EQ(report["errors"].size(), 2u);
  for (const json& error : report["errors"]) {
    ExpectFields(
        error,
        {{"rule", "s"}, {"file", "s"}, {"row", "n"}, {"cell", "s0"}, {"column", "s0"}, {"what", "s"}, {"do", "s0"}});
    EXPECT_EQ(error["file"], file);
  }
  EXPECT_EQ(report["errors"][0]["row"], 3);
  EXPECT_EQ(Json({"indicators", "show"}), json::array());
  const Ran plain = Hansa({"indicators", "import", file});
  EXPECT_EQ(plain.exit, 4);
  EXPECT_THAT(plain.err, AllOf(IsOneErrorLine(), HasSubstr("2 errors; nothing was imported")));
  EXPECT_THAT(plain.out, AllOf(HasSubstr("error: " + file + ":3:"), HasSubstr(file + ":4:")));
}

TEST_F(NodeCommands, ADashReadsStandardInputAndAnEncodingIsConverted) {
  const std::string rows = kHeader + Row(kLiteracy, 2023, "98.5");
  EXPECT_EQ(Hansa({"indicators", "import", "-"}, {.in = rows}).exit, 0);
  const std::string korean = kHeader + Row(kLiteracy, 2024, "98.5", "\xB9\xCC\xB9\xDF");  // 미발
  EXPECT_EQ(Hansa({"indicators", "import", "-"}, {.in = korean}).exit, 4);
  EXPECT_EQ(Hansa({"indicators", "import", "-", "--encoding", "CP949"}, {.in = korean}).exit, 0);
  EXPECT_EQ(Json({"indicators", "show", "--year", "2024"})[0]["note"], "미발");
}

TEST_F(NodeCommands, WhatTheNodeRefusesIsSaidInOneLine) {
  EXPECT_EQ(Hansa({"indicators", "publish", "--year", "1999"}).exit, 3);
  EXPECT_EQ(Hansa({"indicators", "history", "9.9.9/nothing"}).exit, 3);
  EXPECT_EQ(Hansa({"indicators", "set", "nope", "4", "--year", "2023"}).exit, 3);
  EXPECT_EQ(Json({"indicators", "import", FileOf(Row(kLiteracy, 2023, "98.5"))})["ok"], true);
  node_.fence = node::Fence::kLocked;
  const json error = Json({"indicators", "publish"}, 4)["error"];
  EXPECT_EQ(error["code"], "failed_precondition");
  WriteFile(folder_ / "a.json", "{}");
  const Ran admit = Hansa({"admit", folder_ / "a.json"});
  EXPECT_EQ(admit.exit, 4);
  EXPECT_THAT(admit.err, AllOf(IsOneErrorLine(), HasSubstr("does not hold the roster key")));
}

TEST_F(NodeCommands, NothingButPlainTextGoesIntoAPipe) {
  EXPECT_EQ(Json({"indicators", "import", FileOf(Row(kLiteracy, 2023, "98.5", "성인"))})["ok"], true);
  const std::vector<std::vector<std::string>> commands = {{"status", "--verbose"},
                                                          {"members"},
                                                          {"members", "--verbose"},
                                                          {"member"},
                                                          {"feeds"},
                                                          {"verify"},
                                                          {"peers"},
                                                          {"roster", "log"},
                                                          {"indicators", "show"},
                                                          {"indicators", "check"}};
  for (const std::vector<std::string>& words : commands) {
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, 0) << words[0];
    EXPECT_THAT(ran.out, AllOf(Not(IsEmpty()), Not(HasSubstr("\x1b")), Not(HasSubstr("│"))));
    EXPECT_THAT(ran.err, IsEmpty());
  }
  EXPECT_THAT(Hansa({"members"}, {.columns = 80, .bold = true}).out, HasSubstr("\x1b[1m"));
}

TEST_F(NodeCommands, PeersAreAddedAndRemoved) {
  EXPECT_EQ(Json({"peer", "add", "127.0.0.1:7400"})["added"], true);
  EXPECT_EQ(Json({"peer", "remove", "127.0.0.1:7400"})["removed"], true);
  EXPECT_EQ(Json({"peers"}), json::array());
}

TEST_F(NodeCommands, ANodeThatStoppedIsNotReachable) {
  server_->Shutdown(absl::Seconds(1));
  EXPECT_EQ(Json({"members"}, 5)["error"]["code"], "unavailable");
}

}  // namespace
}  // namespace hansa::testing
