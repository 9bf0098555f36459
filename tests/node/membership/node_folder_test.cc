// Keys and files of a data folder: what is refused, what is never overwritten.
#include "node/node_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/node/membership/altered.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node {
namespace {

using hansa::testing::IsOk;
using hansa::testing::Must;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;
using hansa::testing::TempFolder;

TEST(Keys, AreReadAsTheyWereWritten) {
  TempFolder folder;
  const replication::Seed seed = RandomSeed();
  ASSERT_THAT(WriteKey(folder / "a.key", seed), IsOk());
  EXPECT_EQ(Must(ReadKey(folder / "a.key")), seed);
}

TEST(Keys, AreNeverOverwritten) {
  TempFolder folder;
  const replication::Seed seed = RandomSeed();
  ASSERT_THAT(WriteKey(folder / "a.key", seed), IsOk());
  EXPECT_THAT(WriteKey(folder / "a.key", RandomSeed()),
              StatusIs(absl::StatusCode::kAlreadyExists, "never overwritten"));
  EXPECT_EQ(Must(ReadKey(folder / "a.key")), seed);
}

TEST(Keys, ThatOthersCanReadAreRefusedWithTheCommandThatMendsIt) {
  TempFolder folder;
  const std::string path = folder / "a.key";
  ASSERT_THAT(WriteKey(path, RandomSeed()), IsOk());
  for (const mode_t mode : {0644, 0640, 0604, 0620, 0602, 0610, 0601}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    EXPECT_THAT(ReadKey(path), StatusIs(absl::StatusCode::kFailedPrecondition, absl::StrCat("chmod 600 ", path)))
        << mode;
  }
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  EXPECT_THAT(ReadKey(path), IsOk());
  ASSERT_EQ(chmod(path.c_str(), 0400), 0);
  EXPECT_THAT(ReadKey(path), IsOk());
}

TEST(Keys, SpoiltOnesAreNoKeys) {
  TempFolder folder;
  const std::string path = folder / "a.key";
  const std::string digits(64, 'a');
  for (const std::string& text : {std::string(), digits.substr(1) + "\n", digits + "a\n", digits + "\n\n", " " + digits,
                                  std::string(63, 'a') + "g\n", std::string(32, '\1'), std::string(5000, 'a')}) {
    hansa::testing::WriteFile(path, text);
    ASSERT_EQ(chmod(path.c_str(), 0600), 0);
    EXPECT_THAT(ReadKey(path), StatusIs(absl::StatusCode::kDataLoss, "not a key")) << text;
  }
  EXPECT_THAT(ReadKey(folder / "none.key"), StatusIs(absl::StatusCode::kNotFound));
}

TEST(Keys, RandomOnesDiffer) {
  std::set<replication::Seed> seeds;
  std::set<replication::RecordId> records;
  std::set<replication::Salt> salts;
  for (int i = 0; i < 100; ++i) {
    seeds.insert(RandomSeed());
    records.insert(RandomRecordId());
    salts.insert(RandomSalt());
  }
  EXPECT_EQ(seeds.size(), 100u);
  EXPECT_EQ(records.size(), 100u);
  EXPECT_EQ(salts.size(), 100u);
}

TEST(Files, AreReplacedWholeWithTheModeAskedFor) {
  TempFolder folder;
  const std::string path = folder / "a.json";
  ASSERT_THAT(WriteFileAtomically(path, "one", 0600), IsOk());
  ASSERT_THAT(WriteFileAtomically(path, "two", 0644), IsOk());
  EXPECT_EQ(Must(ReadFile(path)), "two");
  struct stat about = {};
  ASSERT_EQ(stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0644u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Files, AFailedReplacementLeavesTheOldOneAndNothingElse) {
  TempFolder folder;
  std::filesystem::create_directories(folder / "taken/inside");
  EXPECT_FALSE(WriteFileAtomically(folder / "taken", "x", 0600).ok());
  EXPECT_TRUE(std::filesystem::is_directory(folder / "taken/inside"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
  EXPECT_THAT(WriteFileAtomically(folder / "none/a", "x", 0600), StatusIs(absl::StatusCode::kNotFound));
}

TEST(Files, ReadingSaysWhatIsWrong) {
  TempFolder folder;
  EXPECT_THAT(ReadFile(folder / "none"), StatusIs(absl::StatusCode::kNotFound, "none"));
  EXPECT_THAT(ReadFile(folder.path()), StatusIs(absl::StatusCode::kInvalidArgument, "a folder"));
  hansa::testing::WriteFile(folder / "long", std::string(1000, 'x'));
  EXPECT_THAT(ReadFile(folder / "long", 999), StatusIs(absl::StatusCode::kInvalidArgument, "longer than 999"));
  EXPECT_THAT(ReadFile(folder / "long", 1000), IsOk());
  EXPECT_THAT(ReadFile("/dev/zero", 5000), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Identities, AreReadAsTheyWereWritten) {
  TempFolder folder;
  for (const char* role :
       {"city", "partner", "authority", "secretariat", "expert", "survey-agency", "authority-officer"}) {
    Identity identity{{}, {}, "kr-osan", "오산시", "KOR", {"osan.example:7400", "[2001:db8::1]:1"}};
    ASSERT_THAT(SetRole(role, identity), IsOk());
    EXPECT_STREQ(RoleName(identity.kind, identity.key_role), role);
    ASSERT_THAT(WriteIdentity(folder / "identity.json", identity), IsOk());
    EXPECT_EQ(Must(ReadIdentity(folder / "identity.json")), identity);
  }
}

TEST(Identities, AnUnknownRoleIsAnsweredWithThoseThereAre) {
  Identity identity;
  EXPECT_THAT(SetRole("town", identity), StatusIs(absl::StatusCode::kInvalidArgument, "city, partner, authority"));
}

TEST(Identities, AnAbsentOneNamesTheCommandThatMakesIt) {
  TempFolder folder;
  EXPECT_THAT(ReadIdentity(folder / "identity.json"), StatusIs(absl::StatusCode::kNotFound, "hansa init"));
}

TEST(Identities, RubbishIsRefused) {
  TempFolder folder;
  for (const auto& file : Rubbish()) {
    hansa::testing::WriteFile(folder / "identity.json", file.bytes);
    EXPECT_THAT(ReadIdentity(folder / "identity.json"), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
  }
}

}  // namespace
}  // namespace hansa::node
