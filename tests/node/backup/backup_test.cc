// P20: a backup is one once it is proven, and what it restores to is the node as it was. P5: the node that comes of it
// signs nothing by itself. P19: it keeps nothing that was erased.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "absl/time/clock.h"
#include "node/accounts/account_book.h"
#include "node/accounts/session_book.h"
#include "node/backup/backup_folder.h"
#include "node/backup/make_backup.h"
#include "node/backup/restore_node.h"
#include "storage/folder_lock.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/node/membership/fixture.h"

namespace hansa::node::backup {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::Must;
using testing::Network;
using testing::ReadFile;
using testing::StatusIs;
using testing::WriteFile;

constexpr absl::StatusCode kRefused = absl::StatusCode::kFailedPrecondition;

bool Wanted() { return false; }

unsigned ModeOf(const std::string& path) {
  struct stat about = {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 0777u;
}

std::vector<std::string> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder)) names.push_back(file.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

// {path within `folder`: its bytes}
std::map<std::string, std::string> FilesOf(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) files[file.path().lexically_relative(folder)] = ReadFile(file.path());
  }
  return files;
}

// A node opened as the one that runs has it.
struct OpenNode {
  explicit OpenNode(const std::string& folder)
      : paths(folder),
        identity(Must(ReadIdentity(paths.identity))),
        charter(testing::CharterIn(paths.charter)),
        database(Must(storage::Database::Open(paths.database))),
        high_water(Must(storage::HighWaterFile::Open(paths.high_water))) {}

  BackupParts parts() const { return {paths, identity, charter, *database, *high_water, 1'700'000'000'000}; }
  absl::StatusOr<BackupMade> BackUp(const std::string& to) const { return MakeBackup(parts(), to, Wanted); }
  storage::FenceFinding Compare() const {
    return storage::CompareWithStore(high_water->contents(), database->id(), storage::ThisMachine(),
                                     Must(database->feeds().Feeds()));
  }

  const NodePaths paths;
  const Identity identity;
  const Charter charter;
  const std::unique_ptr<storage::Database> database;
  const std::unique_ptr<storage::HighWaterFile> high_water;
};

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() : hub_(std::make_unique<OpenNode>(network_.founded().hub_folder)) {}

  Network network_;
  std::unique_ptr<OpenNode> hub_;
  const std::string backup_ = network_.folder() / "backup";
  const std::string restored_ = network_.folder() / "restored";
};

TEST_F(BackupTest, P20_RestoresToTheNodeAsItWas) {
  const BackupMade made = Must(hub_->BackUp(backup_));
  EXPECT_EQ(made.feeds, 1u);
  EXPECT_EQ(made.entries, 4u);
  EXPECT_THAT(NamesIn(backup_), ElementsAre("backup.json", "lock", "node.1", "store"));
  const Manifest manifest = Must(RestoreNode(backup_, restored_));
  EXPECT_EQ(manifest.member, "int-uil");
  const NodePaths paths(restored_);
  EXPECT_EQ(ReadFile(paths.charter), ReadFile(hub_->paths.charter));
  EXPECT_EQ(ReadFile(paths.identity), ReadFile(hub_->paths.identity));
  EXPECT_EQ(FilesOf(paths.keys), FilesOf(hub_->paths.keys));
  EXPECT_THAT(NamesIn(restored_), ElementsAre("charter.json", "db", "high_water", "identity.json", "keys"));
  EXPECT_FALSE(std::filesystem::exists(restored_ + ".restoring"));
  const OpenNode node(restored_);
  EXPECT_EQ(Must(node.database->feeds().Feeds()), Must(hub_->database->feeds().Feeds()));
}

TEST_F(BackupTest, AccountsThatCannotBeReadAreNoBackup) {
  std::filesystem::create_directory(NodePaths(hub_->paths.folder).accounts_folder);
  testing::WriteFile(hub_->paths.accounts, "{");
  const absl::Status refused = hub_->BackUp(backup_).status();
  EXPECT_TRUE(absl::IsDataLoss(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr(hub_->paths.accounts));
}

TEST_F(BackupTest, AccountsComeBackWithEverySessionAndLinkEnded) {
  const std::string folder = hub_->paths.folder;
  std::string token;
  {
    accounts::AccountBook book({.folder = folder, .now = absl::Now, .cost = testing::kCheap});
    for (const char* const name : {"kim", "lee"}) {
      Must(book.Add({.name = name, .role = accounts::Role::kPublisher}));
      Must(book.SetPassword(name, "a few words together"));
    }
    Must(book.SetFourEyes(true));
    accounts::SessionBook sessions({.folder = folder, .now = absl::Now}, book);
    token = sessions.Begin(Must(book.Find("kim"))).token;
  }
  accounts::AccountBook book({.folder = folder, .now = absl::Now, .cost = testing::kCheap});
  const std::string link = Must(book.IssueLink("lee")).token;
  Must(hub_->BackUp(backup_));
  EXPECT_THAT(NamesIn(backup_ + "/node.1/accounts"), ElementsAre("accounts.json"));
  EXPECT_EQ(ModeOf(backup_ + "/node.1/accounts"), 0700u);
  EXPECT_EQ(ModeOf(backup_ + "/node.1/accounts/accounts.json"), 0600u);
  Must(RestoreNode(backup_, restored_));
  EXPECT_EQ(ModeOf(restored_ + "/accounts"), 0700u);
  EXPECT_EQ(ModeOf(restored_ + "/accounts/accounts.json"), 0600u);
  accounts::AccountBook restored({.folder = restored_, .now = absl::Now, .cost = testing::kCheap});
  EXPECT_TRUE(Must(restored.Check("kim", "a few words together")).has_value());
  EXPECT_TRUE(Must(restored.FourEyes()));
  EXPECT_THAT(restored.TakeLink(link, "other words together"), StatusIs(absl::StatusCode::kPermissionDenied));
  accounts::SessionBook sessions({.folder = restored_, .now = absl::Now}, restored);
  EXPECT_EQ(sessions.Find(token), std::nullopt);
}

TEST_F(BackupTest, KeysAreReadByTheirOwnerAlone) {
  Must(hub_->BackUp(backup_));
  std::filesystem::create_directory(restored_);
  ::chmod(restored_.c_str(), 0755);
  Must(RestoreNode(backup_, restored_));
  for (const std::string& folder : {backup_ + "/node.1", restored_}) {
    EXPECT_EQ(ModeOf(folder), 0700u);
    EXPECT_EQ(ModeOf(folder + "/keys"), 0700u);
    for (const std::string& key : NamesIn(folder + "/keys")) EXPECT_EQ(ModeOf(folder + "/keys/" + key), 0600u) << key;
    EXPECT_EQ(NamesIn(folder + "/keys").size(), 3u);
  }
  EXPECT_EQ(ModeOf(backup_), 0700u);
}

TEST_F(BackupTest, P5_ARestoredNodeIsACopyWhateverMachineItIsOn) {
  ASSERT_EQ(hub_->Compare().fence, storage::Fence::kIntact);
  Must(hub_->BackUp(backup_));
  Must(RestoreNode(backup_, restored_));
  const OpenNode node(restored_);
  EXPECT_EQ(node.Compare().fence, storage::Fence::kIdsDiffer);
  EXPECT_EQ(node.high_water->marks(), hub_->high_water->marks());
  // A machine without an id is not the one either.
  const auto on = [&](const storage::MachineId& machine) {
    return storage::CompareWithStore(node.high_water->contents(), node.database->id(), machine,
                                     Must(node.database->feeds().Feeds()));
  };
  EXPECT_EQ(on(storage::MachineId()).fence, storage::Fence::kIdsDiffer);
  // Of both halves of the file: the older one would name the machine. One without an id has none to be named by.
  if (storage::ThisMachine() != storage::MachineId()) {
    EXPECT_THAT(ReadFile(node.paths.high_water), ::testing::Not(HasSubstr(storage::ThisMachine().str())));
  }
}

TEST_F(BackupTest, P5_AStoreBehindItsMarksStaysBehindThem) {
  storage::HighWater ahead = *hub_->high_water->contents();
  ahead.marks.front().len = replication::Sequence(9);
  Must(hub_->high_water->Replace(ahead));
  Must(hub_->BackUp(backup_));
  Must(RestoreNode(backup_, restored_));
  EXPECT_EQ(OpenNode(restored_).Compare().fence, storage::Fence::kStoreBehind);
}

TEST_F(BackupTest, P20_KeepsExactlyOneBackup) {
  Must(hub_->BackUp(backup_));
  const BackupMade second = Must(hub_->BackUp(backup_));
  EXPECT_LT(second.new_bytes, second.bytes);
  EXPECT_THAT(NamesIn(backup_), ElementsAre("backup.json", "lock", "node.2", "store"));
  EXPECT_THAT(NamesIn(backup_ + "/store/meta"), ElementsAre("2"));
  EXPECT_THAT(NamesIn(backup_ + "/store/private"), ElementsAre("2"));
  EXPECT_THAT(RestoreNode(backup_, restored_), IsOk());
}

// However far another backup got before it was cut off: the older one restores, and the next cleans up.
TEST_F(BackupTest, P20_WhatWasCutOffLeavesTheOlderOne) {
  Must(hub_->BackUp(backup_));
  Must(hub_->database->Backup(backup_, Wanted));
  std::filesystem::create_directories(backup_ + "/node.2/keys");
  std::filesystem::create_directories(backup_ + "/scratch/rocksdb");
  WriteFile(backup_ + "/backup.json.0badcafe.new", "{");
  EXPECT_EQ(Must(RestoreNode(backup_, restored_)).copy, 1u);
  Must(hub_->BackUp(backup_));
  EXPECT_EQ(NamesIn(backup_).size(), 4u);
  EXPECT_EQ(NamesIn(backup_ + "/store/meta").size(), 1u);
}

TEST_F(BackupTest, P20_WhatIsGivenUpLeavesTheOlderOne) {
  Must(hub_->BackUp(backup_));
  EXPECT_THAT(MakeBackup(hub_->parts(), backup_, [] { return true; }), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(RestoreNode(backup_, restored_), IsOk());
}

TEST_F(BackupTest, P20_AnAlteredByteAnywherePutsNothingInPlace) {
  Must(hub_->BackUp(backup_));
  const Manifest manifest = Must(ReadManifest(backup_));
  int refused = 0;
  for (const auto& [name, bytes] : FilesOf(backup_)) {
    for (const std::size_t at : {std::size_t{0}, bytes.size() / 3, bytes.size() / 2}) {
      if (bytes.empty() || name == "lock") break;
      std::string altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ 1);
      WriteFile(backup_ + "/" + name, altered);
      const absl::StatusOr<Manifest> restored = RestoreNode(backup_, restored_);
      if (restored.ok()) {
        // A byte that means nothing: spaces, and the time at which it was made.
        EXPECT_TRUE(name == "backup.json" || name.find("meta/") != std::string::npos) << name << " at " << at;
        EXPECT_EQ(restored->contents, manifest.contents);
        std::filesystem::remove_all(restored_);
      } else {
        EXPECT_THAT(restored, StatusIs(absl::StatusCode::kDataLoss)) << name << " at " << at;
        EXPECT_FALSE(std::filesystem::exists(restored_)) << name;
        ++refused;
      }
    }
    WriteFile(backup_ + "/" + name, bytes);
  }
  EXPECT_GT(refused, 20);
  EXPECT_FALSE(std::filesystem::exists(restored_ + ".restoring"));
  EXPECT_THAT(RestoreNode(backup_, restored_), IsOk());
}

TEST_F(BackupTest, RefusesAFolderThatHoldsSomethingElse) {
  for (const char* name : {"letter.txt", "store"}) {
    const std::string folder = network_.folder() / (std::string("with-") + name);
    std::filesystem::create_directory(folder);
    WriteFile(folder + "/" + name, "mine");
    EXPECT_THAT(hub_->BackUp(folder), StatusIs(kRefused, "holds something else than a backup"));
    EXPECT_THAT(NamesIn(folder), ElementsAre(name));
  }
}

TEST_F(BackupTest, RefusesTheNodesOwnFolder) {
  const std::string& own = hub_->paths.folder;
  std::filesystem::create_directory_symlink(own, network_.folder() / "link");
  for (const std::string& folder : {own, own + "/backup", own + "/db/../backup", network_.folder() / "link/backup"}) {
    EXPECT_THAT(hub_->BackUp(folder), StatusIs(kRefused, "lies in the node's own folder")) << folder;
  }
  EXPECT_FALSE(std::filesystem::exists(own + "/backup"));
  EXPECT_THAT(hub_->BackUp("backup"), StatusIs(absl::StatusCode::kInvalidArgument, "no absolute path"));
}

TEST_F(BackupTest, RefusesTheBackupOfAnotherNodeOrDatabase) {
  Must(hub_->BackUp(backup_));
  const Network other;
  EXPECT_THAT(OpenNode(other.founded().hub_folder).BackUp(backup_), StatusIs(kRefused, "another node, int-uil"));
  const std::unique_ptr<storage::Database> fresh = Must(storage::Database::Open(network_.folder() / "fresh"));
  const BackupParts parts{hub_->paths, hub_->identity, hub_->charter, *fresh, *hub_->high_water, 0};
  EXPECT_THAT(MakeBackup(parts, backup_, Wanted), StatusIs(kRefused, "another database of this node"));
  EXPECT_THAT(RestoreNode(backup_, restored_), IsOk());
}

TEST_F(BackupTest, RefusesAFolderThatOthersUseOrCanRead) {
  Must(hub_->BackUp(backup_));
  {
    const storage::FolderLock lock = Must(storage::FolderLock::Take(backup_));
    EXPECT_THAT(hub_->BackUp(backup_), StatusIs(kRefused, "is in use by"));
  }
  ::chmod(backup_.c_str(), 0755);
  EXPECT_THAT(hub_->BackUp(backup_), StatusIs(kRefused, "chmod 700"));
}

TEST_F(BackupTest, RestoresToAnEmptyFolderAlone) {
  Must(hub_->BackUp(backup_));
  const std::string letter = restored_ + "/letter.txt";
  std::filesystem::create_directory(restored_);
  WriteFile(letter, "mine");
  EXPECT_THAT(RestoreNode(backup_, restored_), StatusIs(kRefused, "is not empty"));
  EXPECT_THAT(NamesIn(restored_), ElementsAre("letter.txt"));
  EXPECT_THAT(RestoreNode(backup_, letter), StatusIs(kRefused));
  EXPECT_THAT(RestoreNode(backup_, backup_ + "/new"), StatusIs(kRefused, "lies in the backup"));
  EXPECT_THAT(RestoreNode(network_.folder() / "nothing", restored_ + "-2"),
              StatusIs(absl::StatusCode::kNotFound, "no finished backup"));
  EXPECT_FALSE(std::filesystem::exists(restored_ + "-2"));
  // What an earlier restoring left when it was cut off is no hindrance; a slash at the end means nothing.
  std::filesystem::create_directories(restored_ + "-2.restoring/db");
  ::chmod((restored_ + "-2.restoring").c_str(), 0700);
  EXPECT_THAT(RestoreNode(backup_, restored_ + "-2/"), IsOk());
  EXPECT_THAT(OpenNode(restored_ + "-2").database->feeds().Feeds(), IsOk());
  // A folder may be named from where one stands.
  EXPECT_THAT(RestoreNode(std::filesystem::relative(backup_), std::filesystem::relative(restored_ + "-3")), IsOk());
  EXPECT_THAT(OpenNode(restored_ + "-3").database->feeds().Feeds(), IsOk());
}

}  // namespace
}  // namespace hansa::node::backup
