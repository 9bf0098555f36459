#include "node/daemon/caretaker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hansa::node {
namespace {

using storage::DiskSpace;
using storage::Room;

constexpr std::uint64_t kMiB = 1024 * 1024;
constexpr absl::Duration kPatience = absl::Minutes(2);

// A disk and a node, as the caretaker sees them.
class CaretakerTest : public ::testing::Test {
 protected:
  void TearDown() override { caretaker_.Stop(); }

  void SetFree(std::uint64_t mib) {
    absl::MutexLock lock(&mutex_);
    free_ = mib * kMiB;
  }
  void SetAnswers(const absl::Status& answer) {
    absl::MutexLock lock(&mutex_);
    answer_ = answer;
  }
  // Waits until so many lines are there, and returns them.
  std::vector<std::string> Lines(std::size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto has = [this, count]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return lines_.size() >= count; };
    EXPECT_TRUE(mutex_.AwaitWithTimeout(absl::Condition(&has), kPatience));
    return lines_;
  }
  absl::Status Say(const std::string& line) {
    absl::MutexLock lock(&mutex_);
    lines_.push_back(line);
    return line == "write again" || line == "mend" ? answer_ : absl::OkStatus();
  }

  absl::Mutex mutex_;
  std::uint64_t free_ ABSL_GUARDED_BY(mutex_) = 32 * kMiB;
  absl::Status answer_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  int tidied_ ABSL_GUARDED_BY(mutex_) = 0;
  Caretaker caretaker_{{[this]() -> absl::StatusOr<DiskSpace> {
                          absl::MutexLock lock(&mutex_);
                          return DiskSpace{free_, 64 * kMiB};
                        },
                        [this](Room room, const DiskSpace&) { Say(RoomName(room)).IgnoreError(); },
                        [this](bool taken) { Say(taken ? "writes" : "no writes").IgnoreError(); },
                        [this] { return Say("write again"); }, [this] { return Say("mend"); },
                        [this] {
                          absl::MutexLock lock(&mutex_);
                          ++tidied_;
                        }},
                       {absl::Milliseconds(5), absl::Milliseconds(5), absl::Hours(1), absl::Milliseconds(5)}};
};

TEST_F(CaretakerTest, P7_TellsWhenThereIsLessRoomAndWhenThereIsMore) {
  caretaker_.Start();
  EXPECT_THAT(Lines(1), ::testing::ElementsAre("ample"));
  SetFree(12);
  EXPECT_THAT(Lines(2), ::testing::ElementsAre("ample", "own-only"));
  SetFree(2);
  EXPECT_THAT(Lines(4), ::testing::ElementsAre("ample", "own-only", "none", "no writes"));
  EXPECT_EQ(caretaker_.room(), Room::kNone);
  EXPECT_EQ(caretaker_.space(), (DiskSpace{2 * kMiB, 64 * kMiB}));
  SetFree(40);
  EXPECT_THAT(Lines(6), ::testing::ElementsAre("ample", "own-only", "none", "no writes", "ample", "writes"));
}

TEST_F(CaretakerTest, P7_WritesAgainOnceThereIsRoomAndTriesUntilItSucceeds) {
  SetFree(2);
  SetAnswers(absl::UnavailableError("not yet"));
  caretaker_.DiskRefused();
  caretaker_.Start();
  EXPECT_THAT(Lines(2), ::testing::ElementsAre("none", "no writes"));
  EXPECT_TRUE(caretaker_.is_refused());
  SetFree(40);
  EXPECT_THAT(Lines(5), ::testing::ElementsAre("none", "no writes", "ample", "write again", "write again"));
  SetAnswers(absl::OkStatus());
  std::vector<std::string> lines = Lines(6);
  while (lines.back() != "writes") lines = Lines(lines.size() + 1);
  EXPECT_FALSE(caretaker_.is_refused());
}

TEST_F(CaretakerTest, P8_MendsOnceAndNotAgainAtOnce) {
  caretaker_.Start();
  EXPECT_THAT(Lines(1), ::testing::ElementsAre("ample"));
  caretaker_.Damaged();
  EXPECT_THAT(Lines(2), ::testing::ElementsAre("ample", "mend"));
  // What damages a mended store at once would damage it for ever.
  caretaker_.Damaged();
  SetFree(12);
  EXPECT_THAT(Lines(3), ::testing::ElementsAre("ample", "mend", "own-only"));
}

// Opening it again and again would never succeed.
TEST_F(CaretakerTest, P8_WhatIsFoundDamagedWhenItIsOpenedAgainIsMended) {
  SetAnswers(absl::DataLossError("the log is damaged"));
  caretaker_.DiskRefused();
  caretaker_.Start();
  std::vector<std::string> lines = Lines(4);
  EXPECT_THAT(lines, ::testing::ElementsAre("ample", "no writes", "write again", "mend"));
}

TEST_F(CaretakerTest, WhatThereWasNoRoomForIsTriedAgainAndAgain) {
  caretaker_.Start();
  absl::MutexLock lock(&mutex_);
  const auto has = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return tidied_ >= 3; };
  EXPECT_TRUE(mutex_.AwaitWithTimeout(absl::Condition(&has), kPatience));
}

}  // namespace
}  // namespace hansa::node
