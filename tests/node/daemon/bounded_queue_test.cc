#include "node/daemon/bounded_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace hansa::node {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(BoundedQueueTest, GivesEverythingInOrder) {
  BoundedQueue<int> queue(10);
  EXPECT_TRUE(queue.Push(1));
  EXPECT_TRUE(queue.Push(2));
  EXPECT_THAT(queue.TakeAll(absl::InfiniteDuration()), ElementsAre(1, 2));
  EXPECT_THAT(queue.TakeAll(absl::ZeroDuration()), IsEmpty());
}

TEST(BoundedQueueTest, AFullQueueMakesTheWriterWait) {
  BoundedQueue<int> queue(1);
  EXPECT_TRUE(queue.Push(1));
  std::thread writer([&queue] { EXPECT_TRUE(queue.Push(2)); });
  std::deque<int> taken;
  while (taken.size() < 2) {
    for (const int value : queue.TakeAll(absl::InfiniteDuration())) taken.push_back(value);
  }
  writer.join();
  EXPECT_THAT(taken, ElementsAre(1, 2));
}

TEST(BoundedQueueTest, WhatIsInAClosedQueueCanStillBeTaken) {
  BoundedQueue<int> queue(10);
  EXPECT_TRUE(queue.Push(1));
  queue.Close();
  EXPECT_FALSE(queue.Push(2));
  EXPECT_FALSE(queue.closed_and_empty());
  EXPECT_THAT(queue.TakeAll(absl::InfiniteDuration()), ElementsAre(1));
  EXPECT_TRUE(queue.closed_and_empty());
}

}  // namespace
}  // namespace hansa::node
