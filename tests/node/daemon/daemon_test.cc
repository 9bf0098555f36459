// A daemon on a real folder: what it refuses to start on, and what is there again after a restart.
#include "node/daemon/daemon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "node/membership/found_network.h"
#include "replication/collections.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node {
namespace {

using ::hansa::testing::IsOk;
using ::hansa::testing::StatusIs;
using ::testing::SizeIs;

constexpr replication::Kind kGuidance{2049};

class DaemonTest : public ::testing::Test {
 protected:
  void SetUp() override {
    membership::FoundOptions options;
    options.name = "Test network";
    options.out = folder_.path() + "/network";
    options.hub = "127.0.0.1:7400";
    absl::StatusOr<membership::FoundedNetwork> founded = membership::FoundNetwork(options);
    ASSERT_THAT(founded.status(), IsOk());
    hub_ = founded->hub_folder;
  }
  absl::StatusOr<std::unique_ptr<Daemon>> StartHub() { return Daemon::Start({hub_, "127.0.0.1:0"}); }
  static Publication Guidance(const std::string& text) {
    return {replication::kNotices, kGuidance, std::nullopt, false, text};
  }

  ::hansa::testing::TempFolder folder_;
  std::string hub_;
};

TEST_F(DaemonTest, TheHubOfAFreshNetworkIsMemberOne) {
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const NodeView view = (*hub)->View();
  EXPECT_EQ(view.member, replication::kFirstSecretariat);
  EXPECT_EQ(view.slug, "int-uil");
  EXPECT_EQ(view.network, "Test network");
  EXPECT_EQ(view.fence, Fence::kUnconfirmed);
  EXPECT_TRUE(view.is_hub);
  EXPECT_FALSE(view.in_sync);  // nobody is connected, so nobody agrees
  EXPECT_NE((*hub)->replication_address(), "");
}

TEST_F(DaemonTest, WhatWasPublishedIsThereAfterARestart) {
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const absl::StatusOr<std::vector<Published>> published = (*hub)->Publish({Guidance("one"), Guidance("two")});
  ASSERT_THAT(published.status(), IsOk());
  ASSERT_THAT(*published, SizeIs(2));
  EXPECT_EQ((*published)[1].seq, replication::Sequence(2));
  (*hub)->Stop();
  hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const absl::StatusOr<std::vector<Published>> third = (*hub)->Publish({Guidance("three")});
  ASSERT_THAT(third.status(), IsOk());
  EXPECT_EQ((*third)[0].seq, replication::Sequence(3));
}

TEST_F(DaemonTest, AFolderWithoutANodeIsRefused) {
  EXPECT_THAT(Daemon::Start({folder_.path() + "/nothing", ""}).status(), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DaemonTest, ASecondNodeOnOneFolderIsRefused) {
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  EXPECT_THAT(StartHub().status(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(DaemonTest, KeysThatOthersCanReadAreRefused) {
  std::filesystem::permissions(hub_ + "/keys/writer.key", std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_THAT(StartHub().status(), StatusIs(absl::StatusCode::kFailedPrecondition, "chmod"));
}

// A restored copy of the store: the high-water file knows better, and nothing is signed.
TEST_F(DaemonTest, P5_AStoreBehindItsHighWaterMarkSignsNothing) {
  std::filesystem::copy(hub_ + "/db", folder_.path() + "/old", std::filesystem::copy_options::recursive);
  {
    absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
    ASSERT_THAT(hub.status(), IsOk());
    ASSERT_THAT((*hub)->Publish({Guidance("one")}).status(), IsOk());
  }
  std::filesystem::remove_all(hub_ + "/db");
  std::filesystem::copy(folder_.path() + "/old", hub_ + "/db", std::filesystem::copy_options::recursive);
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  EXPECT_EQ((*hub)->View().fence, Fence::kRecover);
  EXPECT_THAT((*hub)->Publish({Guidance("another one")}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, "behind what it has published"));
}

TEST_F(DaemonTest, AddedPeersSurviveARestart) {
  {
    absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
    ASSERT_THAT(hub.status(), IsOk());
    EXPECT_THAT((*hub)->AddPeer("127.0.0.1:1"), IsOk());
    EXPECT_THAT((*hub)->AddPeer("127.0.0.1:1"), IsOk());  // twice is once
    EXPECT_THAT((*hub)->AddPeer("no port"), StatusIs(absl::StatusCode::kInvalidArgument));
  }
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  EXPECT_THAT((*hub)->View().peers, SizeIs(1));
  EXPECT_THAT((*hub)->RemovePeer("127.0.0.1:1"), IsOk());
  EXPECT_THAT((*hub)->RemovePeer("127.0.0.1:1"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace hansa::node
