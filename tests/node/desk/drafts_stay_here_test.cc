// Drafts never leave the node: marks planted in every text of a draft are looked for in everything else
// that the node holds.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using storage::Table;

constexpr char kMark[] = "MARK-OF-A-DRAFT";

class DraftsStayHereTest : public DeskTest {
 protected:
  // A draft with a mark in each of its texts, and its value.
  void PlantMarks(int year) {
    const auto report =
        Imports(absl::StrCat("cell,year,value,source,source_kind,supplier,licence,period,area,note,derivation_note,"
                             "approved_by\n",
                             kUnemployment, ",", year,
                             ",7.770077,MARK-OF-A-DRAFT a,official_data,MARK-OF-A-DRAFT b,MARK-OF-A-DRAFT c,"
                             "MARK-OF-A-DRAFT d,MARK-OF-A-DRAFT e,MARK-OF-A-DRAFT f,MARK-OF-A-DRAFT g,"
                             "MARK-OF-A-DRAFT h\n",
                             kLiteracy, ",", year, ",,,,,,,,,,\n"));
    ASSERT_TRUE(report.ok) << Line(report.errors[0]);
    const auto no_data = Imports(absl::StrCat("cell,year,value,no_data_reason\n", "1.2.2/unemployment-rate#male,", year,
                                              ",,MARK-OF-A-DRAFT i\n"));
    ASSERT_TRUE(no_data.ok) << Line(no_data.errors[0]);
  }
  std::size_t MarksIn(Table table) {
    std::size_t found = 0;
    for (const auto& row : Must(node_.tables().Scan(table, "", "", 1'000'000))) {
      for (const char* mark : {kMark, "7.770077"}) {
        found += absl::StrContains(row.key, mark) || absl::StrContains(row.value, mark) ? 1 : 0;
      }
    }
    return found;
  }
  // In the bytes that would be sent to peers.
  std::size_t MarksInFeeds() {
    std::size_t found = 0;
    for (const auto& held : Must(node_.feeds().Feeds())) {
      for (replication::Sequence from(1); from <= held.newest.len;) {
        const std::string bytes = Must(node_.feeds().ReadUnit(held.feed, from));
        for (const char* mark : {kMark, "7.770077"}) found += absl::StrContains(bytes, mark) ? 1 : 0;
        from = replication::Sequence(Must(replication::DecodeUnit(bytes)).end.len.value() + 1);
      }
    }
    return found;
  }
};

TEST_F(DraftsStayHereTest, P2_MarksInADraftAreInNoFeedAndNoOtherTable) {
  ImportsRow(kLiteracy, 2021, "96");
  PlantMarks(2022);
  Publishes(2021);
  Must(desk_.Check(std::nullopt));
  ASSERT_EQ(Must(desk_.Show({.year = {}, .member = ""})).size(), 3u);
  Must(desk_.History({.cell = kUnemployment, .member = ""}));
  Must(node_.Reindex());
  EXPECT_EQ(MarksIn(Table::kDrafts), 3u);  // two in the value's row, one in the reason's
  for (const Table table : {Table::kSettings, Table::kCursors, Table::kRecords, Table::kObservations, Table::kNews}) {
    EXPECT_EQ(MarksIn(table), 0u) << static_cast<int>(table);
  }
  EXPECT_EQ(MarksInFeeds(), 0u);
}

TEST_F(DraftsStayHereTest, TheSearchFindsMarksOnceTheyArePublished) {
  PlantMarks(2022);
  Publishes(2022);
  EXPECT_EQ(MarksIn(Table::kDrafts), 0u);
  EXPECT_GT(MarksIn(Table::kObservations), 0u);
  EXPECT_GT(MarksInFeeds(), 0u);
}

}  // namespace
}  // namespace hansa::testing
