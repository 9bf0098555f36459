// The high-water file: what is recorded is there again, whatever a crash or a disk did to one half of it.
#include "storage/high_water.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/testing/feeds.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {
namespace {

using replication::FeedId;
using replication::Hash;
using replication::Sequence;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::Must;
using testing::ReadFile;
using testing::StatusIs;
using testing::WriteFile;

constexpr std::size_t kSlotBytes = 16384;

template <typename Fixed>
Fixed Filled(std::uint8_t byte) {
  std::array<std::uint8_t, Fixed::kSize> bytes;
  bytes.fill(byte);
  return Fixed(bytes);
}

Mark MarkOf(std::uint8_t feed, std::uint64_t len) {
  return {Filled<FeedId>(feed), Sequence(len), Filled<Hash>(static_cast<std::uint8_t>(len))};
}

class HighWaterTest : public ::testing::Test {
 protected:
  std::unique_ptr<HighWaterFile> Open() { return Must(HighWaterFile::Open(path_)); }
  // A new file with our ids and no marks.
  std::unique_ptr<HighWaterFile> Made() {
    std::unique_ptr<HighWaterFile> file = Open();
    Must(file->Replace({database_, machine_, {}}));
    return file;
  }

  const DatabaseId database_ = Filled<DatabaseId>(1);
  const MachineId machine_ = Filled<MachineId>(2);
  testing::TempFolder folder_;
  const std::string path_ = folder_ / "high-water";
};

TEST_F(HighWaterTest, SaysWhenThereWasNoFile) {
  const std::unique_ptr<HighWaterFile> file = Open();
  EXPECT_FALSE(file->existed());
  EXPECT_EQ(file->contents(), std::nullopt);
  EXPECT_THAT(file->Record({MarkOf(1, 1)}), StatusIs(absl::StatusCode::kFailedPrecondition, "not there yet"));
}

TEST_F(HighWaterTest, RemembersIdsAndMarks) {
  Must(Made()->Record({MarkOf(9, 3), MarkOf(4, 7)}));
  const std::unique_ptr<HighWaterFile> file = Open();
  EXPECT_TRUE(file->existed());
  EXPECT_EQ(file->contents(), (HighWater{database_, machine_, {MarkOf(4, 7), MarkOf(9, 3)}}));
}

TEST_F(HighWaterTest, MovesTheMarksNamedAndKeepsTheOthers) {
  const std::unique_ptr<HighWaterFile> file = Made();
  Must(file->Record({MarkOf(1, 1), MarkOf(2, 1)}));
  Must(file->Record({MarkOf(2, 5)}));
  Must(file->Record({MarkOf(2, 5)}));
  EXPECT_THAT(file->marks(), ElementsAre(MarkOf(1, 1), MarkOf(2, 5)));
  EXPECT_THAT(Open()->marks(), ElementsAre(MarkOf(1, 1), MarkOf(2, 5)));
}

TEST_F(HighWaterTest, NoMarkGoesBackOrIntoAnotherHistory) {
  const std::unique_ptr<HighWaterFile> file = Made();
  Must(file->Record({MarkOf(1, 5)}));
  EXPECT_THAT(file->Record({MarkOf(2, 1), MarkOf(1, 4)}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "cannot go back"));
  Mark other = MarkOf(1, 5);
  other.head = Filled<Hash>(0x77);
  EXPECT_THAT(file->Record({other}), StatusIs(absl::StatusCode::kFailedPrecondition, "another history"));
  EXPECT_THAT(Open()->marks(), ElementsAre(MarkOf(1, 5)));
}

TEST_F(HighWaterTest, OnlyASealLowersAMark) {
  const std::unique_ptr<HighWaterFile> file = Made();
  Must(file->Record({MarkOf(1, 5), MarkOf(2, 5), MarkOf(3, 5), MarkOf(4, 5)}));
  ASSERT_THAT(file->Lower(MarkOf(1, 3)), IsOk());
  Mark other_history = MarkOf(2, 5);
  other_history.head = Filled<Hash>(0x77);
  ASSERT_THAT(file->Lower(other_history), IsOk());
  ASSERT_THAT(file->Lower({Filled<FeedId>(3), Sequence(0), {}}), IsOk());
  ASSERT_THAT(file->Lower(MarkOf(4, 8)), IsOk());  // a seal beyond what is published leaves the mark
  ASSERT_THAT(file->Lower(MarkOf(9, 1)), IsOk());  // nor does one of a feed that is not ours make one
  EXPECT_THAT(file->marks(), ElementsAre(MarkOf(1, 3), other_history, MarkOf(4, 5)));
  EXPECT_EQ(Open()->marks(), file->marks());
  EXPECT_THAT(file->Record({MarkOf(1, 2)}), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(file->Record({MarkOf(3, 1)}), IsOk());
}

TEST_F(HighWaterTest, NothingIsLoweredBeforeThereIsAFile) {
  EXPECT_THAT(Open()->Lower(MarkOf(1, 1)), StatusIs(absl::StatusCode::kFailedPrecondition, "not there yet"));
}

TEST_F(HighWaterTest, HasRoomFor256FeedsAndSaysSoForMore) {
  const std::unique_ptr<HighWaterFile> file = Made();
  std::vector<Mark> marks(256);
  for (std::size_t i = 0; i < marks.size(); ++i) marks[i] = MarkOf(static_cast<std::uint8_t>(i), 1);
  ASSERT_THAT(file->Record(marks), IsOk());
  EXPECT_EQ(Open()->marks(), marks);
  Mark one_more = MarkOf(0, 1);
  one_more.feed.data()[3] = 1;
  EXPECT_THAT(file->Record({one_more}), StatusIs(absl::StatusCode::kResourceExhausted, "room for 256"));
  marks.push_back(one_more);
  EXPECT_THAT(file->Replace({database_, machine_, marks}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(HighWaterTest, WritesItsTwoSlotsInTurns) {
  const std::unique_ptr<HighWaterFile> file = Made();
  for (std::uint64_t len = 1; len <= 6; ++len) {
    const std::string before = ReadFile(path_);
    Must(file->Record({MarkOf(1, len)}));
    const std::string after = ReadFile(path_);
    const std::size_t other = (len + 1) % 2 * kSlotBytes;
    EXPECT_EQ(before.substr(other, kSlotBytes), after.substr(other, kSlotBytes));
    EXPECT_NE(before, after);
    EXPECT_EQ(after.size(), 2 * kSlotBytes);
  }
}

// Every way in which the last write can be torn between what stood there and what was to stand there.
TEST_F(HighWaterTest, ATornWriteLeavesWhatWasRecordedBefore) {
  const std::unique_ptr<HighWaterFile> file = Made();
  for (std::uint64_t len = 1; len <= 3; ++len) Must(file->Record({MarkOf(1, len), MarkOf(2, len)}));
  const std::string before = ReadFile(path_);
  Must(file->Record({MarkOf(1, 9)}));
  const std::string after = ReadFile(path_);
  int old_seen = 0;
  int new_seen = 0;
  for (std::size_t cut = 0; cut <= 400; ++cut) {
    std::string torn = before;
    torn.replace(0, cut, after, 0, cut);  // the fourth record goes to slot 0
    WriteFile(path_, torn);
    const std::vector<Mark> marks = Open()->marks();
    if (torn == after) {
      EXPECT_THAT(marks, ElementsAre(MarkOf(1, 9), MarkOf(2, 3))) << cut;
      ++new_seen;
    } else {
      EXPECT_THAT(marks, ElementsAre(MarkOf(1, 3), MarkOf(2, 3))) << cut;
      ++old_seen;
    }
  }
  EXPECT_GT(old_seen, 150);
  EXPECT_GT(new_seen, 150);
}

TEST_F(HighWaterTest, AFlippedBitAnywhereInASlotLeavesTheOther) {
  const std::unique_ptr<HighWaterFile> file = Made();
  for (std::uint64_t len = 1; len <= 4; ++len) Must(file->Record({MarkOf(1, len)}));
  const std::string whole = ReadFile(path_);
  const std::size_t written = 8 + 4 + 8 + 4 + 36 + 56 + 32;
  for (std::size_t slot = 0; slot < 2; ++slot) {
    for (std::size_t at = 0; at < written; ++at) {
      std::string flipped = whole;
      flipped[slot * kSlotBytes + at] ^= static_cast<char>(1 << (at % 8));
      WriteFile(path_, flipped);
      EXPECT_THAT(Open()->marks(), ElementsAre(MarkOf(1, slot == 0 ? 3 : 4))) << at;
    }
  }
}

TEST_F(HighWaterTest, DamageInBothSlotsIsSaid) {
  const std::unique_ptr<HighWaterFile> file = Made();
  Must(file->Record({MarkOf(1, 1)}));
  std::string bytes = ReadFile(path_);
  bytes[30] ^= 1;
  bytes[kSlotBytes + 30] ^= 1;
  for (const std::string& damaged : {bytes, std::string(), std::string(2 * kSlotBytes, '\0'), bytes.substr(0, 100)}) {
    WriteFile(path_, damaged);
    EXPECT_THAT(HighWaterFile::Open(path_), StatusIs(absl::StatusCode::kDataLoss, "move it away"));
  }
}

TEST_F(HighWaterTest, ATruncatedFileLosesOnlyTheSlotCutOff) {
  const std::unique_ptr<HighWaterFile> file = Made();
  for (std::uint64_t len = 1; len <= 3; ++len) Must(file->Record({MarkOf(1, len)}));
  WriteFile(path_, ReadFile(path_).substr(0, kSlotBytes + 50));
  EXPECT_THAT(Open()->marks(), ElementsAre(MarkOf(1, 2)));
}

TEST_F(HighWaterTest, GoesOnAfterATornWrite) {
  const std::unique_ptr<HighWaterFile> file = Made();
  Must(file->Record({MarkOf(1, 1)}));
  Must(file->Record({MarkOf(1, 2)}));
  std::string bytes = ReadFile(path_);
  bytes[40] ^= 1;  // slot 0 holds the newest
  WriteFile(path_, bytes);
  Must(Open()->Record({MarkOf(1, 5)}));
  EXPECT_THAT(Open()->marks(), ElementsAre(MarkOf(1, 5)));
  Must(Open()->Record({MarkOf(1, 6)}));
  EXPECT_THAT(Open()->marks(), ElementsAre(MarkOf(1, 6)));
}

TEST_F(HighWaterTest, RefusesAFileOfANewerVersion) {
  Must(Made()->Record({MarkOf(1, 1)}));
  std::string bytes = ReadFile(path_);
  // A slot as a later program might write it: version 2, counter 9, a payload we know nothing of.
  replication::ByteWriter newer;
  newer.Raw("hansahwm").U32(2).U64(9).U32(5).Raw("later");
  newer.Raw(replication::SodiumCrypto().Sha256(newer.bytes()).view());
  bytes.replace(0, newer.bytes().size(), newer.bytes());
  WriteFile(path_, bytes);
  EXPECT_THAT(HighWaterFile::Open(path_), StatusIs(absl::StatusCode::kFailedPrecondition, "newer Hansa"));
}

TEST_F(HighWaterTest, AFolderThatIsNotThereIsSaid) {
  const std::unique_ptr<HighWaterFile> file = Must(HighWaterFile::Open(folder_ / "nowhere/high-water"));
  EXPECT_THAT(file->Replace({database_, machine_, {}}), StatusIs(absl::StatusCode::kNotFound, "nowhere"));
}

class FenceTest : public ::testing::Test {
 protected:
  static HeldFeed Held(std::uint8_t feed, std::uint64_t len) {
    const Mark mark = MarkOf(feed, len);
    HeldFeed held;
    held.feed = mark.feed;
    held.newest.feed = mark.feed;
    held.newest.len = mark.len;
    held.newest.head = mark.head;
    return held;
  }
  FenceFinding Compare(const std::vector<Mark>& marks, const std::vector<HeldFeed>& own) {
    return CompareWithStore(HighWater{database_, machine_, marks}, database_, machine_, own);
  }

  const DatabaseId database_ = Filled<DatabaseId>(1);
  const MachineId machine_ = Filled<MachineId>(2);
};

TEST_F(FenceTest, AStoreThatHoldsWhatWasPublishedIsIntact) {
  EXPECT_EQ(Compare({}, {}).fence, Fence::kIntact);
  EXPECT_EQ(Compare({MarkOf(1, 5), MarkOf(2, 1)}, {Held(1, 5), Held(2, 1)}).fence, Fence::kIntact);
}

TEST_F(FenceTest, AStoreAheadIsAnOrdinaryCrash) {
  EXPECT_EQ(Compare({MarkOf(1, 5)}, {Held(1, 6), Held(2, 1)}).fence, Fence::kIntact);
  EXPECT_EQ(Compare({}, {Held(1, 1)}).fence, Fence::kIntact);
}

TEST_F(FenceTest, P5_AStoreBehindIsFoundAndTheFeedNamed) {
  const FenceFinding shorter = Compare({MarkOf(1, 5), MarkOf(2, 5)}, {Held(1, 5), Held(2, 4)});
  EXPECT_EQ(shorter.fence, Fence::kStoreBehind);
  EXPECT_EQ(shorter.feed, Filled<FeedId>(2));
  EXPECT_THAT(shorter.detail, ::testing::HasSubstr("ends at 4 in the store, but was published up to 5"));
  EXPECT_EQ(Compare({MarkOf(1, 5)}, {}).fence, Fence::kStoreBehind);
}

TEST_F(FenceTest, AnotherHistoryOfTheSameLengthIsFound) {
  HeldFeed held = Held(1, 5);
  held.newest.head = Filled<Hash>(0x99);
  EXPECT_EQ(Compare({MarkOf(1, 5)}, {held}).fence, Fence::kDiverged);
}

TEST_F(FenceTest, AMissingFileMattersOnlyWhereFeedsAreHeld) {
  EXPECT_EQ(CompareWithStore(std::nullopt, database_, machine_, {}).fence, Fence::kIntact);
  EXPECT_EQ(CompareWithStore(std::nullopt, database_, machine_, {Held(1, 1)}).fence, Fence::kFileMissing);
}

TEST_F(FenceTest, AnotherDatabaseOrMachineIsFoundButLossWeighsMore) {
  const HighWater high_water{database_, machine_, {MarkOf(1, 5)}};
  const DatabaseId other_database = Filled<DatabaseId>(7);
  const MachineId other_machine = Filled<MachineId>(7);
  EXPECT_EQ(CompareWithStore(high_water, other_database, machine_, {Held(1, 5)}).fence, Fence::kIdsDiffer);
  EXPECT_EQ(CompareWithStore(high_water, database_, other_machine, {Held(1, 5)}).fence, Fence::kIdsDiffer);
  EXPECT_EQ(CompareWithStore(high_water, other_database, other_machine, {Held(1, 4)}).fence, Fence::kStoreBehind);
}

TEST(MachineIdTest, IsZeroWithoutTextAndNeverTheTextItself) {
  EXPECT_TRUE(MachineIdFrom(" \n").is_zero());
  const std::string text = "0123456789abcdef0123456789abcdef";
  EXPECT_FALSE(MachineIdFrom(text).is_zero());
  EXPECT_EQ(MachineIdFrom(text), MachineIdFrom(text + "\n"));
  EXPECT_NE(MachineIdFrom(text).hex(), text);
  EXPECT_NE(MachineIdFrom(text), MachineIdFrom("1" + text.substr(1)));
}

}  // namespace
}  // namespace hansa::storage
