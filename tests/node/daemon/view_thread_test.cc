#include "node/daemon/view_thread.h"

#include <gtest/gtest.h>

#include <atomic>

namespace hansa::node {
namespace {

TEST(ViewThreadTest, APassFollowsEachAwait) {
  std::atomic<int> passes = 0;
  ViewThread thread([&passes] { ++passes; });
  thread.AwaitPass();
  const int before = passes;
  EXPECT_GE(before, 1);
  thread.AwaitPass();
  EXPECT_GT(passes, before);
}

TEST(ViewThreadTest, WorkRunsBetweenPasses) {
  std::atomic<bool> in_pass = false;
  bool overlapped = false;
  ViewThread thread([&in_pass] {
    in_pass = true;
    in_pass = false;
  });
  for (int i = 0; i < 100; ++i) {
    thread.Notify();
    ASSERT_TRUE(thread.Run([&] { overlapped = overlapped || in_pass; }));
  }
  EXPECT_FALSE(overlapped);
}

TEST(ViewThreadTest, AfterStopNobodyWaits) {
  ViewThread thread([] {});
  thread.Stop();
  thread.AwaitPass();
  EXPECT_FALSE(thread.Run([] {}));
}

}  // namespace
}  // namespace hansa::node
