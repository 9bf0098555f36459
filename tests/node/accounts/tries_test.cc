// How long whoever types a wrong password has to wait.
#include "node/accounts/tries.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace hansa::node::accounts {
namespace {

class TriesTest : public ::testing::Test {
 protected:
  // Waits as long as it has to, and tries.
  absl::Duration WaitAndTry() {
    const absl::Duration wait = tries_.Wait("kim", now_);
    now_ += wait;
    tries_.Count("kim", now_);
    return wait;
  }

  Tries tries_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(TriesTest, FiveAreFreeAndThenTheWaitsGrowToAnHour) {
  for (int i = 0; i < kTriesFree; ++i) EXPECT_EQ(WaitAndTry(), absl::ZeroDuration()) << i;
  for (const int minutes : {1, 2, 4, 8, 16, 32, 60, 60}) EXPECT_EQ(WaitAndTry(), absl::Minutes(minutes));
}

TEST_F(TriesTest, OthersDoNotWait) {
  for (int i = 0; i < kTriesFree; ++i) WaitAndTry();
  EXPECT_GT(tries_.Wait("kim", now_), absl::ZeroDuration());
  EXPECT_EQ(tries_.Wait("lee", now_), absl::ZeroDuration());
}

TEST_F(TriesTest, AllIsForgottenAfterAQuarterOfAnHourWithoutATry) {
  for (int i = 0; i < kTriesFree + 2; ++i) WaitAndTry();
  now_ += tries_.Wait("kim", now_) + kTriesWindow;
  for (int i = 0; i < kTriesFree; ++i) EXPECT_EQ(WaitAndTry(), absl::ZeroDuration()) << i;
  EXPECT_GT(tries_.Wait("kim", now_), absl::ZeroDuration());
}

TEST_F(TriesTest, WhatWasRightIsForgivenAndWhatWasNoTryTakenBack) {
  for (int i = 0; i < kTriesFree; ++i) WaitAndTry();
  tries_.TakeBack("kim");
  EXPECT_EQ(tries_.Wait("kim", now_), absl::ZeroDuration());
  WaitAndTry();
  EXPECT_GT(tries_.Wait("kim", now_), absl::ZeroDuration());
  tries_.Forgive("kim");
  EXPECT_EQ(tries_.Wait("kim", now_), absl::ZeroDuration());
  tries_.TakeBack("nobody");
}

TEST_F(TriesTest, AClockThatIsPutBackMakesNobodyWaitLonger) {
  for (int i = 0; i < kTriesFree; ++i) WaitAndTry();
  now_ -= absl::Hours(1000);
  EXPECT_EQ(tries_.Wait("kim", now_), kTryWaitFirst);
}

TEST_F(TriesTest, WhoeverTriesManyNamesIsNotKeptInMemoryForEach) {
  for (int i = 0; i < kTriesFree; ++i) WaitAndTry();
  for (std::size_t i = 0; i < kTriedMax + 10; ++i) {
    now_ += absl::Microseconds(1);
    tries_.Count(absl::StrCat("name ", i), now_);
  }
  EXPECT_EQ(tries_.Wait("kim", now_), absl::ZeroDuration()) << "the longest ago was forgotten for newer ones";
}

}  // namespace
}  // namespace hansa::node::accounts
