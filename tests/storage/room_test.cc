#include "storage/room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hansa::storage {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;
constexpr std::uint64_t kLarge = 1024 * 1024 * kMiB;

Room At(std::uint64_t free_mib, Room before, std::uint64_t total = kLarge) {
  return RoomIn({free_mib * kMiB, total}, before);
}

TEST(RoomTest, P7_ImportsStopFirstThenPeersThenOwnWords) {
  EXPECT_EQ(At(512, Room::kAmple), Room::kAmple);
  EXPECT_EQ(At(511, Room::kAmple), Room::kNoImports);
  EXPECT_EQ(At(255, Room::kAmple), Room::kOwnOnly);
  EXPECT_EQ(At(128, Room::kAmple), Room::kOwnOnly);
  EXPECT_EQ(At(127, Room::kAmple), Room::kNone);
}

TEST(RoomTest, LevelsOfASmallDiskArePartsOfIt) {
  EXPECT_EQ(LevelsOf(64 * kMiB), (RoomLevels{24 * kMiB, 16 * kMiB, 8 * kMiB}));
  EXPECT_EQ(LevelsOf(kLarge), (RoomLevels{512 * kMiB, 256 * kMiB, 128 * kMiB}));
  EXPECT_EQ(At(8, Room::kAmple, 64 * kMiB), Room::kOwnOnly);
  EXPECT_EQ(At(7, Room::kAmple, 64 * kMiB), Room::kNone);
}

TEST(RoomTest, MoreIsTakenAgainOnlyWithSomethingToSpare) {
  EXPECT_EQ(At(130, Room::kNone), Room::kNone);
  EXPECT_EQ(At(144, Room::kNone), Room::kOwnOnly);
  EXPECT_EQ(At(260, Room::kOwnOnly), Room::kOwnOnly);
  EXPECT_EQ(At(288, Room::kOwnOnly), Room::kNoImports);
  EXPECT_EQ(At(576, Room::kNone), Room::kAmple);
  // Getting worse waits for nothing.
  EXPECT_EQ(At(127, Room::kOwnOnly), Room::kNone);
}

TEST(RoomTest, ADiskThatTakesNoMoreFilesHasNone) {
  EXPECT_EQ(RoomIn({kLarge, kLarge, false}, Room::kAmple), Room::kNone);
}

TEST(RoomTest, SaysHowMuchIsLeft) { EXPECT_EQ(FreeOfTotal({3 * kMiB + kMiB / 2, 64 * kMiB}), "3.5 MiB of 64.0 MiB"); }

}  // namespace
}  // namespace hansa::storage
