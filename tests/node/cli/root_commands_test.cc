// Root documents by command: the hub's node in memory behind the real API, keys in files as people have them.
#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "node/api/api_server.h"
#include "node/node_folder.h"
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

constexpr char kStrong[] = "2 of 3 to sign together, 3 new";

class RootCommands : public ::testing::Test {
 protected:
  RootCommands() {
    AdoptCurrentFramework(network_);
    node_.Refresh();
    node_.is_hub = true;
    for (const replication::VerifiedUnit& unit : network_.units()) node_.Receive(unit);
    // As a founding leaves it: the root key beside the hub's folder.
    Must(node::WriteKey(root_key_, *replication::Seed::From(Random("root 1").view())));
    std::filesystem::create_directories(folder_ / "hub/keys");
    server_ = Must(node::api::ApiServer::Start({.socket = folder_ / "hub/run/hansa.sock",
                                                .node = node_,
                                                .views = node_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = nullptr}));
  }

  Ran Hansa(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", folder_ / "hub"});
    return RunHansa(words);
  }
  Ran Root(const std::string& command, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {"root", command};
    words.insert(words.end(), more.begin(), more.end());
    return Hansa(words);
  }
  Ran Strengthen(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {"--root-keys", "3", "--threshold", "2", "--out", new_keys_};
    words.insert(words.end(), more.begin(), more.end());
    return Root("strengthen", words);
  }
  // The approval of a proposal by one key, as its holder makes it at home.
  std::string Approval(const std::string& proposal, const std::string& key) {
    const std::string file = folder_ / absl::StrCat("approval-", ++approvals_);
    const Ran ran = RunHansa({"approve", proposal, "--key", key, "-o", file});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return file;
  }
  std::string NewKey(const std::string& name) const { return new_keys_ + "/" + name; }
  std::uint32_t Version() { return node_.roster().root().newest().version; }
  void ExpectRefused(const Ran& ran, const char* why) {
    EXPECT_EQ(ran.exit, 4) << ran.err;
    EXPECT_THAT(ran.err, AllOf(IsOneErrorLine(), HasSubstr(why)));
  }

  TempFolder folder_;
  std::string root_key_ = folder_ / "root.key";
  std::string new_keys_ = folder_ / "new";
  Network network_ = Network::Founded();
  FakeNode node_{network_, network_.hub()};
  std::unique_ptr<node::api::ApiServer> server_;
  int approvals_ = 0;
};

TEST_F(RootCommands, ShowSaysWhoSpeaksForTheNetwork) {
  const json root = json::parse(Root("show", {"--json"}).out);
  EXPECT_EQ(root["network"], network_.id().hex());
  EXPECT_EQ(root["version"], 1);
  ASSERT_EQ(root["versions"].size(), 1u);
  const json& first = root["versions"][0];
  EXPECT_EQ(first["root_keys"], json::array({KeyNamed("root 1")->public_key().hex()}));
  EXPECT_EQ(first["threshold"], 1);
  EXPECT_EQ(first["officers"].size(), 1u);
  EXPECT_EQ(first["approvals"], 1);
  EXPECT_EQ(first["roster_incarnation"], 1);
  EXPECT_EQ(first["roster_key"], network_.writer()->public_key().hex());
  EXPECT_EQ(first["from_length"], 0);
  EXPECT_TRUE(first["previous_roster"].is_null());
  const Ran ran = Root("show");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("version 1 of the root document is in force"), HasSubstr("1 of 1"),
                             HasSubstr(KeyNamed("root 1")->public_key().hex())));
}

TEST_F(RootCommands, WithAllKeysAtHandItIsOneCommand) {
  const Ran ran = Strengthen({"--officers", "3", "--approvals", "2"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr(kStrong), HasSubstr("move away and keep safe: " + NewKey("root-1.key")),
                             HasSubstr("for the officers: " + NewKey("officer-1.key"))));
  EXPECT_EQ(Version(), 2u);
  const replication::RootDocument& newest = node_.roster().root().newest();
  EXPECT_EQ(newest.threshold, 2u);
  EXPECT_EQ(newest.approvals, 2u);
  for (int i = 0; i < 3; ++i) {
    const std::string file = NewKey(absl::StrCat("root-", i + 1, ".key"));
    EXPECT_EQ(replication::SodiumSigner(Must(node::ReadKey(file)))->public_key(), newest.root_keys[i]);
    struct stat about;
    ASSERT_EQ(stat(file.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777u, 0600u);
  }
  const json root = json::parse(Root("show", {"--json"}).out);
  EXPECT_EQ(root["version"], 2);
  EXPECT_EQ(root["versions"][1]["from_length"], root["roster_length"]);
}

TEST_F(RootCommands, TheStrongFormGathersApprovalsAsFiles) {
  const std::string proposal = folder_ / "proposal.json";
  const Ran proposed = Strengthen({"-o", proposal, "--json"});
  ASSERT_EQ(proposed.exit, 0) << proposed.err;
  const json written = json::parse(proposed.out);
  EXPECT_EQ(written["form"], "root-proposal");
  EXPECT_EQ(written["file"], proposal);
  EXPECT_EQ(written["root_keys"].size(), 3u);
  EXPECT_EQ(written["officer_keys"].size(), 0u);
  EXPECT_TRUE(written["roster_key"].is_null());
  EXPECT_EQ(Version(), 1u);

  // Every key goes home with its holder.
  const std::string home = folder_ / "home";
  std::filesystem::rename(new_keys_, home);
  std::filesystem::rename(root_key_, home + "/root.key");
  const Ran shown = RunHansa({"approve", proposal, "--key", home + "/root.key", "-o", folder_ / "first"});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  const std::string new_root = replication::SodiumSigner(Must(node::ReadKey(home + "/root-3.key")))->public_key().hex();
  EXPECT_THAT(shown.out,
              AllOf(HasSubstr(kStrong), HasSubstr("new root key " + new_root), HasSubstr("  officer's key ")));
  const std::string first = folder_ / "first";
  const std::string second = Approval(proposal, home + "/root-2.key");
  const std::string third = Approval(proposal, home + "/root-3.key");

  ExpectRefused(Root("strengthen", {"--approval", second, "--approval", third}), "1 of the root keys of version 1");
  ExpectRefused(Root("strengthen", {"--approval", first, "--approval", second, "--approval", second}),
                "2 of the root keys of version 2 and has 1");
  EXPECT_EQ(Version(), 1u);
  const Ran done =
      Root("strengthen", {"--root-keys", "3", "--approval", first, "--approval", second, "--approval", third});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_EQ(Version(), 2u);
  const json again =
      json::parse(Root("strengthen", {"--approval", first, "--approval", second, "--approval", third, "--json"}).out);
  EXPECT_EQ(again["already"], true);
  EXPECT_EQ(again["version"], 2);
}

TEST_F(RootCommands, SomeKeysMayBeFilesOfApprovalsAndOthersAtHand) {
  const std::string proposal = folder_ / "proposal.json";
  ASSERT_EQ(Strengthen({"-o", proposal}).exit, 0);
  // The new keys lie where they were made, the old one's holder sent an approval.
  const std::string approval = Approval(proposal, root_key_);
  std::filesystem::remove(root_key_);
  EXPECT_EQ(Strengthen({"--approval", approval}).exit, 0);
  EXPECT_EQ(Version(), 2u);
}

TEST_F(RootCommands, RotatingKeepsTheNumbers) {
  ASSERT_EQ(Strengthen().exit, 0);
  const replication::RootDocument before = node_.roster().root().newest();
  const std::vector<std::string> with_keys = {"--key", NewKey("root-1.key"), "--key", NewKey("root-2.key")};
  std::vector<std::string> words = {"--officers", "--out", folder_ / "officers"};
  words.insert(words.end(), with_keys.begin(), with_keys.end());
  const Ran officers = Root("rotate", words);
  ASSERT_EQ(officers.exit, 0) << officers.err;
  EXPECT_EQ(node_.roster().root().newest().root_keys, before.root_keys);
  EXPECT_NE(node_.roster().root().newest().officer_keys, before.officer_keys);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "officers/officer.key"));

  words = {"--out", folder_ / "all", "--key", NewKey("root-3.key"), "--key", NewKey("root-2.key")};
  const Ran all = Root("rotate", words);
  ASSERT_EQ(all.exit, 0) << all.err;
  const replication::RootDocument& after = node_.roster().root().newest();
  EXPECT_EQ(after.version, 4u);
  EXPECT_EQ(after.threshold, 2u);
  ASSERT_EQ(after.root_keys.size(), 3u);
  EXPECT_NE(after.root_keys, before.root_keys);
  // Keys of the version before sign no more.
  words = {"--root", "--out", folder_ / "more"};
  words.insert(words.end(), with_keys.begin(), with_keys.end());
  ExpectRefused(Root("rotate", words), "no root key of version 4 or 5");
}

TEST_F(RootCommands, ARefusalLeavesNoFile) {
  std::filesystem::rename(root_key_, folder_ / "away.key");
  ExpectRefused(Strengthen(), "1 of the root keys of version 1 and has 0");
  EXPECT_FALSE(std::filesystem::exists(new_keys_));
  const std::string stranger = folder_ / "stranger.key";
  Must(node::WriteKey(stranger, node::RandomSeed()));
  ExpectRefused(Strengthen({"--key", folder_ / "away.key", "--key", stranger}), "stranger.key: the key is no root key");
  EXPECT_FALSE(std::filesystem::exists(new_keys_));
  EXPECT_EQ(Version(), 1u);
}

TEST_F(RootCommands, NoKeyIsEverOverwritten) {
  std::filesystem::create_directory(new_keys_);
  WriteFile(NewKey("root-2.key"), "somebody's");
  ExpectRefused(Strengthen(), "is never overwritten");
  EXPECT_EQ(ReadFile(NewKey("root-2.key")), "somebody's");
  EXPECT_FALSE(std::filesystem::exists(NewKey("root-1.key")));
  EXPECT_EQ(Version(), 1u);
}

TEST_F(RootCommands, WhatMakesNoSenseIsUsage) {
  const std::string proposal = folder_ / "proposal.json";
  ASSERT_EQ(Strengthen({"-o", proposal}).exit, 0);
  const std::string approval = Approval(proposal, root_key_);
  const std::vector<std::vector<std::string>> cases = {
      {"strengthen"},
      {"strengthen", "--root-keys", "3"},
      {"strengthen", "--threshold", "2"},
      {"strengthen", "--root-keys", "17", "--out", folder_ / "x"},
      {"strengthen", "--root-keys", "2", "--threshold", "3", "--out", folder_ / "x"},
      {"strengthen", "--approval", approval, "-o", folder_ / "p"},
      {"strengthen", "--approval", approval, "--threshold", "3"},
      {"rotate", "--root"},
      {"takeover", "--approval", approval},
      {"takeover", "--roster-key", root_key_, "--out", folder_ / "x"},
  };
  for (const std::vector<std::string>& words : cases) {
    const Ran ran = Root(words[0], {words.begin() + 1, words.end()});
    EXPECT_EQ(ran.exit, 2) << ::testing::PrintToString(words) << ran.err;
    EXPECT_THAT(ran.err, IsOneErrorLine());
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "x"));
  EXPECT_EQ(Version(), 1u);
}

TEST_F(RootCommands, WhatIsNotWhatItShouldBeIsRefused) {
  const std::string proposal = folder_ / "proposal.json";
  ASSERT_EQ(Strengthen({"-o", proposal}).exit, 0);
  const std::string stranger = folder_ / "stranger.key";
  Must(node::WriteKey(stranger, node::RandomSeed()));
  ExpectRefused(RunHansa({"approve", proposal, "--key", stranger, "-o", folder_ / "a"}),
                "no root key of version 1 or 2");
  EXPECT_EQ(RunHansa({"approve", proposal, "--key", folder_ / "none.key", "-o", folder_ / "a"}).exit, 3);
  json altered = json::parse(ReadFile(proposal));
  altered["what"] = "make tea";
  WriteFile(folder_ / "altered.json", altered.dump());
  ExpectRefused(RunHansa({"approve", folder_ / "altered.json", "--key", root_key_, "-o", folder_ / "a"}),
                "was altered");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a"));

  // An approval whose signature was altered, one of another proposal, and one of another version.
  const std::string approval = Approval(proposal, root_key_);
  json spoilt = json::parse(ReadFile(approval));
  const std::string signature = spoilt["signatures"][0]["signature"];
  spoilt["signatures"][0]["signature"] = (signature[0] == '0' ? "1" : "0") + signature.substr(1);
  WriteFile(folder_ / "spoilt.json", spoilt.dump());
  ExpectRefused(Strengthen({"--approval", folder_ / "spoilt.json"}), "its signature is false");
  const std::string other = folder_ / "other.json";
  ASSERT_EQ(Root("rotate", {"--officers", "--out", folder_ / "officers", "-o", other}).exit, 0);
  ExpectRefused(Strengthen({"--approval", approval, "--approval", Approval(other, root_key_)}),
                "of different root documents");
  const std::string of_other = Approval(other, root_key_);
  ASSERT_EQ(Strengthen({"--approval", approval}).exit, 0);
  ExpectRefused(Root("rotate", {"--approval", of_other}), "the network has another version 2");
  for (const char* bytes : {"", "{}", "not json"}) {
    WriteFile(folder_ / "rubbish", bytes);
    EXPECT_EQ(Root("strengthen", {"--approval", folder_ / "rubbish"}).exit, 2);
    EXPECT_NE(Root("rotate", {"--officers", "--out", folder_ / "y", "--key", folder_ / "rubbish"}).exit, 0);
  }
  EXPECT_EQ(Root("strengthen", {"--approval", folder_ / "none"}).exit, 3);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "y"));
}

// A root document says from which entry of the list on it counts.
TEST_F(RootCommands, NothingIsChangedOverAListWhoseEndIsStillToComeBack) {
  const std::uint32_t before = Version();
  node_.look = [](node::NodeView& view) { view.list_signed_to = 1000; };
  ExpectRefused(Strengthen(), "lost the end of the list of members");
  ExpectRefused(Root("takeover", {"--out", new_keys_}), "lost the end of the list of members");
  EXPECT_EQ(Version(), before);
  node_.look = nullptr;
  EXPECT_EQ(Strengthen().exit, 0);
}

TEST_F(RootCommands, OnlyTheNodeThatWritesTheRosterChangesWhoJudgesIt) {
  node_.is_hub = false;
  ExpectRefused(Strengthen(), "does not hold the roster key");
  ExpectRefused(Root("rotate", {"--out", new_keys_, "-o", folder_ / "p"}), "does not hold the roster key");
  EXPECT_FALSE(std::filesystem::exists(new_keys_));
  EXPECT_EQ(Root("show").exit, 0);
}

TEST_F(RootCommands, ATakeoverMakesItsKeyInTheFolderOfTheNode) {
  node_.is_hub = false;
  const std::string proposal = folder_ / "proposal.json";
  const Ran proposed = Root("takeover", {"-o", proposal});
  ASSERT_EQ(proposed.exit, 0) << proposed.err;
  const std::string key = folder_ / "hub/keys/roster.key";
  const std::string writer = replication::SodiumSigner(Must(node::ReadKey(key)))->public_key().hex();
  EXPECT_THAT(proposed.out, AllOf(HasSubstr("a new key writes the roster, after entry "), HasSubstr(key)));
  const Ran shown = RunHansa({"approve", proposal, "--key", root_key_, "-o", folder_ / "a"});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("new roster key " + writer));
  ExpectRefused(Root("takeover", {"-o", proposal}), "is never overwritten");
  // Any other folder, or a key that is there.
  EXPECT_EQ(Root("takeover", {"--roster-key", key, "-o", folder_ / "p2"}).exit, 0);
  EXPECT_EQ(Root("takeover", {"--out", new_keys_, "-o", folder_ / "p3"}).exit, 0);
  EXPECT_TRUE(std::filesystem::exists(NewKey("roster.key")));
  EXPECT_EQ(RunHansa({"root", "takeover", "-o", folder_ / "p4", "--socket", folder_ / "hub/run/hansa.sock"}).exit, 2);
  EXPECT_EQ(Version(), 1u);
}

TEST_F(RootCommands, WordsOfAChangeAreInTheReadersLanguage) {
  const std::string proposal = folder_ / "proposal.json";
  const Ran ran = Strengthen({"-o", proposal, "--lang", "ko"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("루트 문서 버전 2"), HasSubstr("루트 키 3개 중 2개가 함께 서명"),
                             HasSubstr("승인 담당자는 그대로"), Not(HasSubstr("root keys"))));
  const Ran refused = Root("strengthen", {"--approval", Approval(proposal, NewKey("root-1.key")), "--lang", "ko",
                                          "--key", NewKey("root-2.key")});
  EXPECT_EQ(refused.exit, 4);
  EXPECT_THAT(refused.err, HasSubstr("버전 1의 루트 키 1개의 서명이 필요한데 지금은 0개뿐입니다"));
}

}  // namespace
}  // namespace hansa::testing
