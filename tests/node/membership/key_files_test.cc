// Key files: made whole or not at all, never over another, and found by their names.
#include "node/membership/key_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "node/node_folder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::IsOk;
using hansa::testing::Must;
using hansa::testing::StatusIs;
using hansa::testing::TempFolder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<replication::Seed> Seeds(int count) {
  std::vector<replication::Seed> seeds;
  for (int i = 0; i < count; ++i) seeds.push_back(RandomSeed());
  return seeds;
}

TEST(KeyFiles, AreNumberedWhereThereAreSeveral) {
  EXPECT_THAT(KeyNames("root", 1), ElementsAre("root.key"));
  EXPECT_THAT(KeyNames("officer", 3), ElementsAre("officer-1.key", "officer-2.key", "officer-3.key"));
}

TEST(KeyFiles, AreWrittenForTheirOwnerAloneAndFoundAgain) {
  const TempFolder folder;
  const std::vector<KeyFile> files = KeyFilesIn(folder.path(), kRootKeyFile, Seeds(2));
  ASSERT_THAT(WriteKeys(files), IsOk());
  EXPECT_THAT(KeysIn(folder.path(), kRootKeyFile), ElementsAre(files[0].path, files[1].path));
  EXPECT_THAT(KeysIn(folder.path(), kOfficerKeyFile), IsEmpty());
  EXPECT_THAT(KeysIn(folder / "none", kRootKeyFile), IsEmpty());
  for (const KeyFile& file : files) {
    EXPECT_EQ(Must(ReadKey(file.path)), file.seed);
    struct stat about;
    ASSERT_EQ(stat(file.path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777u, 0600u);
  }
}

TEST(KeyFiles, NoneIsWrittenWhereOneIsThereAlready) {
  const TempFolder folder;
  const std::vector<KeyFile> files = KeyFilesIn(folder.path(), kRootKeyFile, Seeds(3));
  Must(WriteKey(files[1].path, RandomSeed()));
  const std::string before = hansa::testing::ReadFile(files[1].path);
  EXPECT_THAT(CheckNoneThere(files), StatusIs(absl::StatusCode::kAlreadyExists, "root-2.key"));
  EXPECT_THAT(WriteKeys(files), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(KeysIn(folder.path(), kRootKeyFile), ElementsAre(files[1].path));
  EXPECT_EQ(hansa::testing::ReadFile(files[1].path), before);
}

TEST(KeyFiles, NoneIsLeftWhereOneCannotBeWritten) {
  const TempFolder folder;
  std::vector<KeyFile> files = KeyFilesIn(folder.path(), kRootKeyFile, Seeds(2));
  files[1].path = folder / "none/root-2.key";
  EXPECT_THAT(WriteKeys(files), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(KeysIn(folder.path(), kRootKeyFile), IsEmpty());
}

}  // namespace
}  // namespace hansa::node::membership
