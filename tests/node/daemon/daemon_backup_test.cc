// A backup of a daemon that goes on working, and a daemon on what it restores to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "node/backup/restore_node.h"
#include "node/daemon/daemon.h"
#include "node/membership/found_network.h"
#include "replication/collections.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node {
namespace {

using ::hansa::testing::IsOk;
using ::hansa::testing::Must;
using ::hansa::testing::StatusIs;

class DaemonBackupTest : public ::testing::Test {
 protected:
  DaemonBackupTest() {
    membership::FoundOptions options;
    options.name = "Test network";
    options.out = folder_ / "network";
    options.hub = "127.0.0.1:7400";
    hub_folder_ = Must(membership::FoundNetwork(options)).hub_folder;
    hub_ = Must(Daemon::Start({hub_folder_, "127.0.0.1:0"}));
  }
  static Publication Guidance(const std::string& text) {
    return {replication::kNotices, replication::Kind(2049), std::nullopt, false, text};
  }

  ::hansa::testing::TempFolder folder_;
  const std::string backup_ = folder_ / "backup";
  std::string hub_folder_;
  std::unique_ptr<Daemon> hub_;
};

TEST_F(DaemonBackupTest, OneBackupAtATimeAndTheNodeWorksOn) {
  int asked = 0;
  const auto meanwhile = [&] {
    if (asked++ > 0) return false;
    EXPECT_THAT(hub_->Backup(folder_ / "other", [] { return false; }),
                StatusIs(absl::StatusCode::kFailedPrecondition, "is being made already"));
    EXPECT_THAT(hub_->Publish({Guidance("published meanwhile")}), IsOk());
    return false;
  };
  EXPECT_THAT(hub_->Backup(backup_, meanwhile), IsOk());
  EXPECT_GT(asked, 1);
  EXPECT_THAT(hub_->Backup(backup_, [] { return false; }), IsOk());
}

// It would keep the store open, and the node at rest, for as long as the copying takes.
TEST_F(DaemonBackupTest, P7_ABackupGivesWayWhereTheNodeMustSeeToItsDisk) {
  std::string noise;
  while (noise.size() < 200 * 1024) noise += RandomRecordId().str();
  const Published first = Must(hub_->Publish({Guidance(noise)})).front();
  for (int i = 0; i < 80; ++i) {
    for (std::size_t at = i; at < noise.size(); at += 16) noise[at] = static_cast<char>(noise[at] + 1);
    Must(hub_->Publish({Guidance(noise)}));
  }
  hub_->Stop();  // everything is in tables from here on
  hub_ = Must(Daemon::Start({hub_folder_, "127.0.0.1:0"}));
  const auto rests = [&] { return Must(hub_->Publish({Guidance("meanwhile")})).front().queued; };
  bool is_damaged = false;
  const auto damage_while_it_copies = [&] {
    if (std::exchange(is_damaged, true)) return false;
    for (const auto& file : std::filesystem::directory_iterator(hub_folder_ + "/db/rocksdb")) {
      if (file.path().extension() != ".sst") continue;
      std::string table = ::hansa::testing::ReadFile(file.path().string());
      for (std::size_t at = 0; at < table.size(); at += 1000) table[at] = static_cast<char>(table[at] ^ 1);
      ::hansa::testing::WriteFile(file.path().string(), table);
    }
    for (const storage::HeldFeed& feed : Must(hub_->stored().Feeds())) {
      hub_->stored().ReadEntries(feed.feed, first.seq, 1000).status().IgnoreError();
    }
    while (!rests()) absl::SleepFor(absl::Milliseconds(10));
    return false;
  };
  EXPECT_THAT(hub_->Backup(backup_, damage_while_it_copies),
              StatusIs(absl::StatusCode::kUnavailable, "had to see to its disk"));
}

TEST_F(DaemonBackupTest, P5_ARestoredHubSignsNothingUntilAPersonHasSaidWhereItsFeedsEnd) {
  Must(hub_->Publish({Guidance("before the backup")}));
  Must(hub_->Backup(backup_, [] { return false; }));
  hub_->Stop();
  const std::string restored = folder_ / "restored";
  Must(backup::RestoreNode(backup_, restored));
  const std::unique_ptr<Daemon> hub = Must(Daemon::Start({restored, "127.0.0.1:0"}));
  EXPECT_EQ(hub->View().fence, Fence::kLocked);
  EXPECT_TRUE(Must(hub->Publish({Guidance("after it")})).front().queued);
  EXPECT_EQ(Must(hub->feeds().Feeds()).size(), 2u);
}

}  // namespace
}  // namespace hansa::node
