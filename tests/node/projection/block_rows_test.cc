#include "node/projection/block_rows.h"

#include <map>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using node::projection::BlockEdit;
using node::projection::BlockEdits;
using node::projection::BlockOf;
using node::projection::Edited;
using node::projection::EntryAt;
using node::projection::ForEachEntry;
using node::projection::kMembersPerBlock;
using node::projection::PlaceOf;
using replication::Member;

using Entries = std::map<std::uint8_t, std::string>;

Entries EntriesOf(const std::string& row) {
  Entries entries;
  Must(ForEachEntry(row, [&](std::uint8_t place, absl::string_view entry) {
    entries[place] = std::string(entry);
    return absl::OkStatus();
  }));
  return entries;
}
std::string RowOf(const std::vector<BlockEdit>& edits) { return Must(Edited("", edits)); }

TEST(BlockRowsTest, MembersWithNeighbouringNumbersShareABlock) {
  EXPECT_EQ(BlockOf(Member(127)), 1u);
  EXPECT_EQ(PlaceOf(Member(127)), 63u);
  EXPECT_EQ(BlockOf(Member(128)), 2u);
  EXPECT_EQ(PlaceOf(Member(128)), 0u);
}

TEST(BlockRowsTest, AnEntryIsPutReplacedAndTakenOut) {
  std::string row = RowOf({{7, "seven"}});
  row = Must(Edited(row, {{2, "two"}, {63, ""}}));
  EXPECT_EQ(EntriesOf(row), (Entries{{2, "two"}, {7, "seven"}, {63, ""}}));
  row = Must(Edited(row, {{7, "7"}, {8, std::nullopt}}));
  EXPECT_EQ(Must(EntryAt(row, 7)), "7");
  EXPECT_EQ(Must(EntryAt(row, 8)), std::nullopt);
  row = Must(Edited(row, {{2, std::nullopt}, {7, std::nullopt}, {63, std::nullopt}}));
  EXPECT_EQ(row, "");
}

TEST(BlockRowsTest, TheLastEditOfAPlaceCounts) {
  BlockEdits edits;
  for (BlockEdit& edit : std::vector<BlockEdit>{{5, "a"}, {1, "b"}, {5, std::nullopt}, {9, "c"}, {5, "d"}}) {
    Add(std::move(edit), edits);
  }
  EXPECT_EQ(EntriesOf(RowOf(edits)), (Entries{{1, "b"}, {5, "d"}, {9, "c"}}));
}

TEST(BlockRowsTest, TheBytesFollowFromTheEntriesInWhateverOrderTheyCame) {
  std::mt19937 chance(11);
  for (int round = 0; round < 200; ++round) {
    std::string row;
    Entries entries;
    for (int step = 0; step < 40; ++step) {
      const auto place = static_cast<std::uint8_t>(chance() % kMembersPerBlock);
      if (chance() % 3 == 0) {
        entries.erase(place);
        row = Must(Edited(row, {{place, std::nullopt}}));
      } else {
        entries[place] = std::string(chance() % 300, 'x');
        row = Must(Edited(row, {{place, entries[place]}}));
      }
    }
    ASSERT_EQ(EntriesOf(row), entries);
    BlockEdits at_once;
    for (const auto& [place, entry] : entries) at_once.push_back({place, entry});
    ASSERT_EQ(row, RowOf(at_once));
  }
}

TEST(BlockRowsTest, ARowThatIsNoneIsDamage) {
  const std::string row = RowOf({{1, "one"}, {2, "two"}});
  const std::string entry = RowOf({{1, "one"}});
  const std::string late_place = std::string(1, static_cast<char>(kMembersPerBlock)) + entry.substr(1);
  for (const std::string& damaged :
       {row + "x", row.substr(0, row.size() - 1), row.substr(1), entry + entry, late_place}) {
    EXPECT_THAT(Edited(damaged, {}), StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_THAT(EntryAt(damaged, 60), StatusIs(absl::StatusCode::kDataLoss));
  }
}

}  // namespace
}  // namespace hansa::testing
