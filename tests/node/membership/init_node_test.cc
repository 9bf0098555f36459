// Setting up a node or a key: what is made, what is refused, and that nothing in use is changed.
#include "node/membership/init_node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <map>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/node/membership/altered.h"
#include "tests/node/membership/fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::IsOk;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;

unsigned ModeOf(const std::string& path) {
  struct stat about = {};
  EXPECT_EQ(stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 0777u;
}

std::map<std::string, std::string> ContentOf(const std::string& folder) {
  std::map<std::string, std::string> content;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) content[file.path()] = Must(ReadFile(file.path()));
  }
  return content;
}

class InitNodeTest : public ::testing::Test {
 protected:
  InitOptions Osan() {
    return {.folder = network_.folder() / "osan",
            .charter_file = network_.founded().charter,
            .kind = "city",
            .slug = "kr-osan",
            .name = "오산시",
            .country = "KOR",
            .endpoints = {"osan.example:7400"}};
  }

  Network network_;
};

TEST_F(InitNodeTest, MakesKeysIdentityAndACopyOfTheCharter) {
  const NodeSetUp made = Must(InitNode(Osan()));
  EXPECT_FALSE(made.was_there);
  EXPECT_EQ(made.network, "Hansa of tests");
  const NodePaths paths(Osan().folder);
  EXPECT_EQ(ModeOf(paths.folder), 0700u);
  EXPECT_EQ(ModeOf(paths.keys), 0700u);
  EXPECT_EQ(ModeOf(paths.writer_key), 0600u);
  EXPECT_EQ(ModeOf(paths.tls_key), 0600u);
  EXPECT_EQ(Must(ReadFile(paths.charter)), Must(ReadFile(network_.founded().charter)));
  EXPECT_EQ(Must(ReadIdentity(paths.identity)), made.identity);
  EXPECT_NE(Must(ReadKey(paths.writer_key)), Must(ReadKey(paths.tls_key)));
  EXPECT_FALSE(std::filesystem::exists(paths.roster_key));
}

TEST_F(InitNodeTest, TheSameAgainChangesNothing) {
  const NodeSetUp first = Must(InitNode(Osan()));
  const auto before = ContentOf(Osan().folder);
  const NodeSetUp second = Must(InitNode(Osan()));
  EXPECT_TRUE(second.was_there);
  EXPECT_EQ(second.writer_key, first.writer_key);
  EXPECT_EQ(ContentOf(Osan().folder), before);
}

TEST_F(InitNodeTest, AnythingElseInTheSameFolderIsRefusedAndChangesNothing) {
  Must(InitNode(Osan()));
  const Network other;
  const auto before = ContentOf(Osan().folder);
  std::vector<InitOptions> others(6, Osan());
  others[0].slug = "kr-suwon";
  others[1].name = "Osan";
  others[2].kind = "partner";
  others[3].endpoints = {};
  others[4] = {Osan().folder, Osan().charter_file, "city", "fi-espoo", "Espoo", "FIN", {}};
  others[5].charter_file = other.founded().charter;
  for (const InitOptions& options : others) {
    EXPECT_THAT(InitNode(options), StatusIs(absl::StatusCode::kFailedPrecondition, "give another folder"))
        << options.slug;
    EXPECT_EQ(ContentOf(Osan().folder), before);
  }
}

TEST_F(InitNodeTest, ASetUpThatWasCutShortGoesOnWithTheKeysItHas) {
  const NodeSetUp first = Must(InitNode(Osan()));
  std::filesystem::remove(NodePaths(Osan().folder).identity);
  std::filesystem::remove(NodePaths(Osan().folder).tls_key);
  const NodeSetUp second = Must(InitNode(Osan()));
  EXPECT_FALSE(second.was_there);
  EXPECT_EQ(second.writer_key, first.writer_key);
}

TEST_F(InitNodeTest, AKeyFileHasNoTlsKeyAndNoEndpoint) {
  InitOptions expert = Osan();
  expert.kind = "expert";
  EXPECT_THAT(InitNode(expert), StatusIs(absl::StatusCode::kInvalidArgument, "endpoint"));
  expert.endpoints.clear();
  Must(InitNode(expert));
  EXPECT_FALSE(std::filesystem::exists(NodePaths(expert.folder).tls_key));
}

TEST_F(InitNodeTest, AFolderThatOthersReadIsRefusedUnlessItIsEmpty) {
  std::filesystem::create_directories(Osan().folder);
  ASSERT_EQ(chmod(Osan().folder.c_str(), 0755), 0);
  hansa::testing::WriteFile(Osan().folder + "/letter.txt", "x");
  EXPECT_THAT(InitNode(Osan()), StatusIs(absl::StatusCode::kFailedPrecondition, "chmod 700"));
  EXPECT_EQ(ModeOf(Osan().folder), 0755u);
  std::filesystem::remove(Osan().folder + "/letter.txt");
  EXPECT_THAT(InitNode(Osan()), IsOk());
  EXPECT_EQ(ModeOf(Osan().folder), 0700u);
}

TEST_F(InitNodeTest, NamesAreStoredInNormalForm) {
  InitOptions options = Osan();
  options.slug = "de-koeln";
  options.country = "DEU";
  options.name = " Ko\u0308ln ";  // o and a combining diaeresis
  EXPECT_EQ(Must(InitNode(options)).identity.name, "K\u00f6ln");
}

struct BadInit {
  const char* why;
  void (*spoil)(InitOptions&);
  const char* says;
};

TEST_F(InitNodeTest, BadParticularsAreRefusedAndNothingIsMade) {
  const std::vector<BadInit> cases = {
      {"kind", [](InitOptions& o) { o.kind = "town"; }, "use one of"},
      {"no slug", [](InitOptions& o) { o.slug = ""; }, "member name"},
      {"capital", [](InitOptions& o) { o.slug = "kr-Osan"; }, "lower-case"},
      {"two hyphens", [](InitOptions& o) { o.slug = "kr--osan"; }, "hyphen"},
      {"long slug", [](InitOptions& o) { o.slug = "kr-" + std::string(61, 'a'); }, "63"},
      {"prefix", [](InitOptions& o) { o.slug = "fi-osan"; }, "kr-osan"},
      {"country", [](InitOptions& o) { o.country = "KOREA"; }, "country"},
      {"lower case country", [](InitOptions& o) { o.country = "kor"; }, "country"},
      {"international city", [](InitOptions& o) { o.country = "INT", o.slug = "int-osan"; }, "one country"},
      {"international authority", [](InitOptions& o) { o.kind = "authority", o.country = "INT", o.slug = "int-a"; },
       "one country"},
      {"national secretariat", [](InitOptions& o) { o.kind = "secretariat"; }, "INT"},
      {"no name", [](InitOptions& o) { o.name = "  "; }, "name"},
      {"long name", [](InitOptions& o) { o.name = std::string(201, 'x'); }, "200"},
      {"two lines", [](InitOptions& o) { o.name = "a\nb"; }, "line"},
      {"not UTF-8", [](InitOptions& o) { o.name = "\xff"; }, "UTF-8"},
      {"endpoint", [](InitOptions& o) { o.endpoints = {"osan.example"}; }, "port"},
      {"endpoint twice",
       [](InitOptions& o) {
         o.endpoints = {"a.example:1", "a.example:1"};
       },
       "twice"},
      {"nine endpoints",
       [](InitOptions& o) {
         o.endpoints.clear();
         for (char c = 'a'; c < 'j'; ++c) o.endpoints.push_back(std::string(1, c) + ".example:1");
       },
       "more than 8"},
  };
  for (const BadInit& bad : cases) {
    InitOptions options = Osan();
    bad.spoil(options);
    EXPECT_THAT(InitNode(options), StatusIs(absl::StatusCode::kInvalidArgument, bad.says)) << bad.why;
    EXPECT_FALSE(std::filesystem::exists(options.folder)) << bad.why;
  }
}

TEST_F(InitNodeTest, NoFolderIsNotTheRootOfTheDisk) {
  InitOptions options = Osan();
  options.folder = "";
  EXPECT_THAT(InitNode(options), StatusIs(absl::StatusCode::kInvalidArgument, "give one"));
}

TEST_F(InitNodeTest, BadCharterFilesAreRefusedAndNothingIsMade) {
  InitOptions options = Osan();
  options.charter_file = network_.folder() / "none.json";
  EXPECT_THAT(InitNode(options), StatusIs(absl::StatusCode::kNotFound));
  for (const auto& file : Rubbish()) {
    hansa::testing::WriteFile(options.charter_file, file.bytes);
    EXPECT_THAT(InitNode(options), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
    EXPECT_FALSE(std::filesystem::exists(options.folder)) << file.how;
  }
}

// Whoever of many makes a folder first, the others take it as it is, and nobody else can ever look in.
TEST_F(InitNodeTest, ManyMakeTheSameFolderAtTheSameTime) {
  constexpr int kFolders = 200;
  const mode_t before = umask(0022);
  const auto path = [this](int i) { return absl::StrCat(network_.folder() / "made-", i); };
  std::vector<std::thread> threads;
  std::array<absl::Status, 4> failed;
  std::atomic<int> waiting = 0;
  for (std::size_t each = 0; each < failed.size(); ++each) {
    threads.emplace_back([&, each] {
      waiting++;
      while (waiting < static_cast<int>(failed.size())) std::this_thread::yield();
      for (int i = 0; i < kFolders; ++i) {
        failed[each].Update(MakePrivateFolder(path(i)));
        failed[each].Update(WriteFileAtomically(absl::StrCat(path(i), "/of-", each), "", 0600));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  umask(before);
  EXPECT_THAT(failed, ::testing::Each(IsOk()));
  for (int i = 0; i < kFolders; ++i) EXPECT_EQ(ModeOf(path(i)), 0700u) << i;
}

TEST_F(InitNodeTest, AFolderIsMadeWhereOneStandsToo) {
  const std::string before = std::filesystem::current_path();
  std::filesystem::current_path(network_.folder().path());
  const absl::Status made = MakePrivateFolder("here");
  std::filesystem::current_path(before);
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(ModeOf(network_.folder() / "here"), 0700u);
}

TEST_F(InitNodeTest, AFolderTypedWithASlashBehindItIsPrivateToo) {
  const mode_t before = umask(0022);
  const std::string folder = network_.folder() / "above/below";
  const absl::Status made = MakePrivateFolder(folder + "/");
  umask(before);
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(ModeOf(folder), 0700u);
}

}  // namespace
}  // namespace hansa::node::membership
