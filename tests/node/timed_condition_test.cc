#include "node/timed_condition.h"

#include <gtest/gtest.h>

#include <thread>

namespace hansa::node {
namespace {

class TimedConditionTest : public ::testing::Test {
 protected:
  void Finish() {
    absl::MutexLock lock(&mutex_);
    is_done_ = true;
    condition_.Notify();
  }
  bool Await(absl::Duration wait) {
    absl::MutexLock lock(&mutex_);
    return condition_.Await(mutex_, wait, [&] { return is_done_; });
  }

  absl::Mutex mutex_;
  TimedCondition condition_;
  bool is_done_ = false;
};

TEST_F(TimedConditionTest, WhatIsTrueAlreadyIsNotWaitedFor) {
  Finish();
  EXPECT_TRUE(Await(absl::ZeroDuration()));
  EXPECT_TRUE(Await(absl::InfiniteDuration()));
}

TEST_F(TimedConditionTest, SaysThatItHasNotBecomeTrue) {
  EXPECT_FALSE(Await(absl::ZeroDuration()));
  EXPECT_FALSE(Await(-absl::Seconds(1)));
  EXPECT_FALSE(Await(absl::Milliseconds(1)));
}

TEST_F(TimedConditionTest, AnotherThreadEndsAWaitHoweverLong) {
  for (const absl::Duration wait : {absl::Hours(1), absl::Hours(24 * 365 * 1000), absl::InfiniteDuration()}) {
    is_done_ = false;
    std::thread other([&] { Finish(); });
    EXPECT_TRUE(Await(wait));
    other.join();
  }
}

TEST_F(TimedConditionTest, TheMutexIsHeldWhileItIsAskedAndAfterwards) {
  absl::MutexLock lock(&mutex_);
  EXPECT_FALSE(condition_.Await(mutex_, absl::Milliseconds(1), [&] {
    mutex_.AssertHeld();
    return false;
  }));
  mutex_.AssertHeld();
}

}  // namespace
}  // namespace hansa::node
