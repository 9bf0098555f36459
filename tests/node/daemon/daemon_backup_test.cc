// A backup of a daemon that goes on working, and a daemon on what it restores to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
