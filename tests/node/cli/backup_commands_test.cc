// `hansa backup` on a hub that runs in earnest, and `hansa restore`: what they print, and how they end.
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

class BackupCommands : public ::testing::Test {
 protected:
  BackupCommands() {
    RunHansa({"network", "found", "--name", "League", "--out", folder_ / "league", "--hub", "127.0.0.1:7400"});
    hub_ = Must(node::Daemon::Start({.folder = hub_folder_, .listen = ""}));
    server_ = Must(node::api::ApiServer::Start({.socket = hub_folder_ + "/run/hansa.sock",
                                                .node = *hub_,
                                                .views = hub_->views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = nullptr}));
  }
  Ran Hansa(std::vector<std::string> words, const std::string& data) {
    words.insert(words.end(), {"--data", data});
    return RunHansa(words);
  }

  TempFolder folder_;
  const std::string hub_folder_ = folder_ / "league/hub";
  const std::string backup_ = folder_ / "backup";
  const std::string restored_ = folder_ / "restored";
  std::unique_ptr<node::Daemon> hub_;
  std::unique_ptr<node::api::ApiServer> server_;  // ends before the hub
};

TEST_F(BackupCommands, HaveTheirShapeInJson) {
  const json made = json::parse(Hansa({"backup", backup_, "--json"}, hub_folder_).out);
  EXPECT_EQ(made["folder"], backup_);
  EXPECT_EQ(made["feeds"], 1);
  EXPECT_EQ(made["entries"], 4);
  EXPECT_GT(made["bytes"], made["new_bytes"]);
  EXPECT_GT(made["new_bytes"], 0);
  const json restored = json::parse(Hansa({"restore", backup_, "--json"}, restored_).out);
  EXPECT_EQ(restored["folder"], restored_);
  EXPECT_EQ(restored["member"], "int-uil");
  EXPECT_EQ(restored["made"], made["made"]);
  EXPECT_EQ(restored["feeds"], 1);
  EXPECT_EQ(restored["entries"], 4);
}

TEST_F(BackupCommands, SayWhatWasDoneAndWhatComesNext) {
  const Ran made = Hansa({"backup", backup_}, hub_folder_);
  EXPECT_EQ(made.exit, 0) << made.err;
  EXPECT_THAT(made.out, AllOf(HasSubstr("backed up 1 feed with 4 entries to " + backup_), HasSubstr("secret keys")));
  const Ran restored = Hansa({"restore", backup_}, restored_);
  EXPECT_EQ(restored.exit, 0) << restored.err;
  EXPECT_THAT(restored.out, AllOf(HasSubstr("restored int-uil as it was at "), HasSubstr("stop it there first"),
                                  HasSubstr("hansad --data " + restored_), HasSubstr("`hansa recover`")));
  EXPECT_THAT(Hansa({"restore", backup_, "--lang", "ko"}, restored_ + "-2").out, HasSubstr("복원했습니다"));
}

TEST_F(BackupCommands, AFolderIsNamedFromWhereTheCommandStands) {
  const std::string here = std::filesystem::relative(folder_.path()).string();
  EXPECT_EQ(Hansa({"backup", here + "/backup/"}, hub_folder_).exit, 0);
  EXPECT_TRUE(std::filesystem::exists(backup_ + "/backup.json"));
}

TEST_F(BackupCommands, WhatIsRefusedChangesNothing) {
  const Ran own = Hansa({"backup", hub_folder_ + "/backup"}, hub_folder_);
  EXPECT_EQ(own.exit, 4);
  EXPECT_THAT(own.err, AllOf(IsOneErrorLine(), HasSubstr("lies in the node's own folder")));
  const Ran none = Hansa({"restore", folder_ / "league"}, restored_);
  EXPECT_EQ(none.exit, 3);
  EXPECT_THAT(none.err, AllOf(IsOneErrorLine(), HasSubstr("no finished backup")));
  EXPECT_FALSE(std::filesystem::exists(restored_));
  ASSERT_EQ(Hansa({"backup", backup_}, hub_folder_).exit, 0);
  const Ran over = Hansa({"restore", backup_}, hub_folder_);
  EXPECT_EQ(over.exit, 4);
  EXPECT_THAT(over.err, AllOf(IsOneErrorLine(), HasSubstr("is not empty")));
}

}  // namespace
}  // namespace hansa::testing
