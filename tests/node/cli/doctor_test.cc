// The doctor asked about a running node, over a real socket: what the node finds out about itself.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "node/api/api_server.h"
#include "node/node_folder.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using storage::Table;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kFailed = 1;

class DoctorTest : public ::testing::Test {
 protected:
  DoctorTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(bonn_, germany_);
    node_.Refresh();
    for (const replication::VerifiedUnit& unit : network_.units()) node_.Receive(unit);
    node_.fence = node::Fence::kOpen;
    node_.look = [this](node::NodeView& view) { view.peers = peers_; };
    node::PeerView hub;
    hub.member = "int-uil";
    hub.connected = true;
    hub.last_equal_root_s = 1;
    peers_.push_back(hub);
    std::filesystem::create_directories(folder_ / "run");
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all);
    server_ = Must(node::api::ApiServer::Start({.socket = node::NodePaths(folder_.path()).socket,
                                                .node = node_,
                                                .views = node_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = nullptr}));
    Must(node_.Publish({{replication::kPractices, replication::Kind(1025), RecordNamed("a"), false, "a payload"}}));
    Must(node_.AwaitViews());
  }

  // Exits 1: the folder has neither identity nor keys.
  json Examined() {
    const Ran ran = RunHansa({"doctor", "--json", "--data", folder_.path()});
    EXPECT_EQ(ran.exit, kFailed) << ran.err;
    EXPECT_THAT(ran.err, IsOneErrorLine());
    return json::parse(ran.out);
  }
  std::vector<json> FindingsOf(const std::string& check) {
    std::vector<json> found;
    const json all = Examined();
    for (const json& finding : all["findings"]) {
      if (finding["check"] == check) found.push_back(finding);
    }
    return found;
  }
  json CheckCalled(const std::string& name) {
    const json all = Examined();
    for (const json& check : all["checks"]) {
      if (check["name"] == name) return check;
    }
    return nullptr;
  }

  TempFolder folder_;
  Network network_ = Network::Founded({});
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_ = CityNamed("de-bonn", "DEU");
  FakeNode node_{network_, bonn_};
  std::vector<node::PeerView> peers_;
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(DoctorTest, ANodeThatIsWellFindsNothingAboutItself) {
  for (const char* check : {"node", "chain", "index", "peers", "fence", "clock", "set-aside"}) {
    EXPECT_THAT(FindingsOf(check), IsEmpty()) << check;
    EXPECT_EQ(CheckCalled(check)["done"], true) << check;
  }
  EXPECT_EQ(CheckCalled("hub")["done"], false);  // there is no charter to say where one is
  EXPECT_THAT(FindingsOf("format"), SizeIs(4));  // the files that are not there
}

TEST_F(DoctorTest, BySocketAloneItAsksTheNodeAndNothingElse) {
  const Ran ran = RunHansa({"doctor", "--json", "--socket", node::NodePaths(folder_.path()).socket});
  EXPECT_EQ(ran.exit, 0) << ran.out;
  const json all = json::parse(ran.out);
  EXPECT_EQ(all["ok"], true);
  std::set<std::string> made;
  for (const json& check : all["checks"]) {
    if (check["done"] == true) made.insert(check["name"]);
  }
  EXPECT_THAT(made, ElementsAre("chain", "clock", "fence", "index", "node", "peers"));
}

TEST_F(DoctorTest, ARowThatTheViewsShowAndNobodyPublished) {
  const std::vector<storage::KeyValue> rows = Must(node_.tables().Scan(Table::kRecords, "", "", 100));
  ASSERT_FALSE(rows.empty());
  const storage::Write altered{Table::kRecords, rows.front().key, rows.front().value + "x"};
  Must(node_.tables().Apply({&altered, 1}, storage::Durability::kLazy));
  const std::vector<json> found = FindingsOf("index");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0]["level"], "problem");
  EXPECT_THAT(found[0]["what"], HasSubstr("1 altered, 0 missing, 0 too many"));
  EXPECT_THAT(found[0]["do"], HasSubstr("hansa reindex"));
  Must(node_.Reindex());
  EXPECT_THAT(FindingsOf("index"), IsEmpty());
}

TEST_F(DoctorTest, WhatTheNodeSeesOfOthersAndOfItsFence) {
  peers_.clear();
  node_.fence = node::Fence::kRecover;
  ASSERT_THAT(FindingsOf("peers"), SizeIs(1));
  ASSERT_THAT(FindingsOf("fence"), SizeIs(1));
  EXPECT_THAT(FindingsOf("fence")[0]["do"], HasSubstr("hansa recover"));
}

TEST_F(DoctorTest, AnEntryFromTheFuture) {
  replication::NewEntry entry = EntryOf(replication::Kind(1025), RecordNamed("b"), "a payload");
  entry.claimed_time_ms = 4'000'000'000'000;  // in 2096
  FeedWriter writer(network_.roster().network(),
                    *node_.View().roster->PresentFeed(node_.View().member, replication::kOffers), bonn_.writer);
  node_.Receive(writer.Publish({entry}));
  const std::vector<json> found = FindingsOf("clock");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0]["level"], "note");  // its own, which stays as it was signed
  EXPECT_THAT(found[0]["what"], HasSubstr("newest entry of this node claims the time 2096-10-02 07:06 UTC"));
  const Ran by_socket = RunHansa({"doctor", "--json", "--socket", node::NodePaths(folder_.path()).socket});
  EXPECT_EQ(by_socket.exit, 0) << by_socket.out;
  EXPECT_EQ(json::parse(by_socket.out)["ok"], true);
}

}  // namespace
}  // namespace hansa::testing
