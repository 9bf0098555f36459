// Admission as the secretariat does it on the command line, against a hub that runs in earnest.
#include <nlohmann/json.hpp>

#include "node/api/api_server.h"
#include "node/catalogue/current.h"
#include "node/daemon/daemon.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

class Admission : public ::testing::Test {
 protected:
  // Founds with the strong form or the simple one, and starts the hub.
  void Found(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"network",          "found", "--name",        "League", "--out",
                                      folder_ / "league", "--hub", "127.0.0.1:7400"};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = RunHansa(words);
    ASSERT_EQ(ran.exit, 0) << ran.err;
    hub_ = Must(node::Daemon::Start({.folder = hub_folder_, .listen = ""}));
    server_ = Must(node::api::ApiServer::Start({.socket = hub_folder_ + "/run/hansa.sock",
                                                .node = *hub_,
                                                .views = hub_->views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = nullptr}));
  }
  // Sets up a member and returns the path of its application.
  std::string Applies(const std::string& slug, const char* kind, const char* country) {
    const std::string data = folder_ / slug;
    EXPECT_EQ(RunHansa({"init", "--data", data, "--charter", folder_ / "league/charter.json", "--kind", kind, "--slug",
                        slug, "--name", slug, "--country", country})
                  .exit,
              0);
    EXPECT_EQ(RunHansa({"apply", "--data", data, "-o", data + ".json"}).exit, 0);
    return data + ".json";
  }
  std::string Recommends(const std::string& authority, const std::string& application) {
    const std::string file = application + ".recommendation";
    EXPECT_EQ(RunHansa({"recommend", application, "--data", folder_ / authority, "--reason", "seen", "-o", file}).exit,
              0);
    return file;
  }
  Ran Admit(const std::string& application, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"admit", application, "--data", hub_folder_};
    words.insert(words.end(), more.begin(), more.end());
    return RunHansa(words);
  }
  std::size_t RosterLength() {
    return json::parse(RunHansa({"roster", "log", "--json", "--data", hub_folder_}).out).size();
  }

  TempFolder folder_;
  std::string hub_folder_ = folder_ / "league/hub";
  std::unique_ptr<node::Daemon> hub_;
  std::unique_ptr<node::api::ApiServer> server_;  // ends before the hub
};

TEST_F(Admission, ACityComesInByTheRecommendationOfItsOwnAuthority) {
  Found();
  const std::string authority = Applies("gb-unesco", "authority", "GBR");
  const std::string stranger = Applies("de-unesco", "authority", "DEU");
  const std::string city = Applies("gb-bristol", "city", "GBR");
  ASSERT_EQ(Admit(authority).exit, 0);  // approved by the officer's key beside the hub
  ASSERT_EQ(Admit(stranger).exit, 0);
  const Ran without = Admit(city);
  EXPECT_EQ(without.exit, 4);
  EXPECT_THAT(without.err, AllOf(IsOneErrorLine(), HasSubstr("recommendation")));
  EXPECT_EQ(RunHansa({"recommend", city, "--data", folder_ / "de-unesco", "--reason", "r", "-o", folder_ / "r"}).exit,
            4);
  const std::string recommendation = Recommends("gb-unesco", city);
  EXPECT_EQ(Admit(city, {"--recommendation", city}).exit, 2);  // another form of file
  const std::size_t before = RosterLength();

  const Ran admitted = Admit(city, {"--recommendation", recommendation, "--json"});
  ASSERT_EQ(admitted.exit, 0) << admitted.err;
  const json reply = json::parse(admitted.out);
  EXPECT_EQ(reply["slug"], "gb-bristol");
  EXPECT_EQ(reply["number"], 12);
  EXPECT_EQ(reply["kind"], "city");
  EXPECT_EQ(reply["sequence"], before + 1);
  EXPECT_EQ(reply["already"], false);
  const json again = json::parse(Admit(city, {"--recommendation", recommendation, "--json"}).out);
  EXPECT_EQ(again["already"], true);
  EXPECT_EQ(again["number"], 12);
  EXPECT_TRUE(again["sequence"].is_null());
  EXPECT_EQ(RosterLength(), before + 1);
}

TEST_F(Admission, ADeferralIsNotARecommendation) {
  Found();
  ASSERT_EQ(Admit(Applies("gb-unesco", "authority", "GBR")).exit, 0);
  const std::string city = Applies("gb-bristol", "city", "GBR");
  const std::string file = folder_ / "deferral.json";
  ASSERT_EQ(RunHansa({"defer", city, "--data", folder_ / "gb-unesco", "--reason", "later", "-o", file}).exit, 0);
  const std::size_t before = RosterLength();
  EXPECT_NE(Admit(city, {"--recommendation", file}).exit, 0);
  EXPECT_EQ(RosterLength(), before);
}

TEST_F(Admission, TheStrongFormGathersApprovalsAsFiles) {
  Found({"--root-keys", "3", "--threshold", "2", "--officers", "3", "--approvals", "2"});
  const std::string authority = Applies("gb-unesco", "authority", "GBR");
  const std::string proposal = folder_ / "proposal.json";
  const std::size_t before = RosterLength();
  const Ran proposed = Admit(authority, {"-o", proposal});
  EXPECT_EQ(proposed.exit, 0) << proposed.err;
  EXPECT_THAT(proposed.out, HasSubstr("2 approvals needed"));
  EXPECT_EQ(RosterLength(), before);

  // The officers' keys are moved away, as they should be.
  for (const char* n : {"1", "2", "3"}) {
    const std::string name = std::string("officer-") + n + ".key";
    std::filesystem::rename(folder_ / ("league/" + name), folder_ / name);
  }
  EXPECT_EQ(Admit(authority).exit, 4);
  const auto approval = [&](const char* n) {
    const std::string file = folder_ / (std::string("approval-") + n);
    const Ran ran =
        RunHansa({"approve", proposal, "--key", folder_ / (std::string("officer-") + n + ".key"), "-o", file});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("admit gb-unesco"));
    return file;
  };
  const std::string first = approval("1");
  EXPECT_EQ(Admit(authority, {"--approval", first}).exit, 4);
  EXPECT_EQ(Admit(authority, {"--approval", first, "--approval", first}).exit, 4);
  EXPECT_EQ(RosterLength(), before);
  // One as a file, the other by a key at hand.
  const Ran admitted = Admit(authority, {"--approval", first, "--officer-key", folder_ / "officer-3.key"});
  EXPECT_EQ(admitted.exit, 0) << admitted.err;
  EXPECT_EQ(RosterLength(), before + 1);
}

// Such as one that a change of officers, or another founding, left there.
TEST_F(Admission, AKeyBesideTheHubThatIsNoOfficersIsNotTakenForAnApproval) {
  Found({"--root-keys", "3", "--threshold", "2", "--officers", "3", "--approvals", "2"});
  const std::string authority = Applies("gb-unesco", "authority", "GBR");
  for (const char* n : {"1", "2", "3"}) {
    const std::string name = std::string("officer-") + n + ".key";
    std::filesystem::rename(folder_ / ("league/" + name), folder_ / name);
  }
  const std::string stale = folder_ / "league/officer-1.key";
  std::filesystem::copy_file(folder_ / "gb-unesco/keys/writer.key", stale);
  const Ran refused = Admit(authority);
  EXPECT_EQ(refused.exit, 4);
  EXPECT_THAT(refused.err, HasSubstr("needs 2 officers' approvals and has 0: write a proposal with -o"));
  // Those of officers beside it count as ever.
  for (const char* n : {"2", "3"}) {
    const std::string name = std::string("officer-") + n + ".key";
    std::filesystem::rename(folder_ / name, folder_ / ("league/" + name));
  }
  const Ran admitted = Admit(authority);
  EXPECT_EQ(admitted.exit, 0) << admitted.err;
}

TEST_F(Admission, RubbishIsRefusedAndNothingIsWritten) {
  Found();
  const std::size_t before = RosterLength();
  const std::string good = Applies("gb-unesco", "authority", "GBR");
  const std::vector<std::string> rubbish = {"",
                                            "{}",
                                            "not json",
                                            std::string(300'000, 'x'),
                                            std::string(64, '\0'),
                                            ReadFile(folder_ / "league/charter.json"),
                                            ReadFile(good).substr(0, 200)};
  for (const std::string& bytes : rubbish) {
    WriteFile(folder_ / "rubbish", bytes);
    const Ran ran = Admit(folder_ / "rubbish");
    EXPECT_TRUE(ran.exit == 2 || ran.exit == 4) << ran.exit << ran.err;
    EXPECT_THAT(ran.err, IsOneErrorLine());
    for (const char* option : {"--recommendation", "--approval", "--officer-key"}) {
      const Ran with = Admit(good, {option, folder_ / "rubbish"});
      EXPECT_NE(with.exit, 0) << option << " " << bytes.substr(0, 20);
      EXPECT_THAT(with.err, IsOneErrorLine());
    }
  }
  EXPECT_EQ(Admit(folder_ / "none.json").exit, 3);
  EXPECT_EQ(RosterLength(), before);
}

TEST_F(Admission, PeersAddedByHandAreShownWithTheirShape) {
  Found();
  const std::string address = "127.0.0.1:1";
  ASSERT_EQ(RunHansa({"peer", "add", address, "--data", hub_folder_}).exit, 0);
  ASSERT_EQ(RunHansa({"peer", "add", address, "--data", hub_folder_}).exit, 0);
  const json peers = json::parse(RunHansa({"peers", "--json", "--data", hub_folder_}).out);
  ASSERT_EQ(peers.size(), 1u);
  EXPECT_EQ(peers[0]["address"], address);
  for (const char* key : {"member", "state", "behind_entries", "behind_bytes", "last_equal_root_s", "last_error"}) {
    EXPECT_TRUE(peers[0].contains(key)) << key;
  }
  EXPECT_EQ(RunHansa({"peer", "remove", address, "--data", hub_folder_}).exit, 0);
  EXPECT_EQ(RunHansa({"peer", "remove", address, "--data", hub_folder_}).exit, 3);
}

}  // namespace
}  // namespace hansa::testing
