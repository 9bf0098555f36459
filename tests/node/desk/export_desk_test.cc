// An export of a whole network is that of each of its members, one after the other, though several are written out at
// the same time; and its pieces, whatever their size, are one file. The cities are generated.
#include "node/desk/export_desk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/catalogue/current.h"
#include "node/exports/export_writer.h"
#include "storage/memory_store.h"
#include "tests/bench/generated_network.h"

namespace hansa::node::desk {
namespace {

using testing::Must;

// More than are written out together, and more bytes than one piece has.
constexpr std::uint32_t kCities = 21;
constexpr int kYears = 16;

class ExportDeskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    observations_ = land_.PublishTo(feeds_);
    Must(views_->CatchUp(land_.roster()));
  }

  // The whole file; counts its pieces and rows.
  std::string File(const std::string& format, const std::string& member = "") {
    std::string file;
    std::string next;
    pieces_ = 0;
    rows_ = 0;
    do {
      ExportPiece piece = Must(desk_.Piece({.format = format, .year = {}, .member = member}, next));
      file += piece.bytes;
      rows_ += piece.rows;
      ++pieces_;
      next = std::move(piece.next);
    } while (!next.empty());
    return file;
  }

  std::vector<std::string> Slugs() const {
    std::vector<std::string> slugs;
    for (const auto& [number, member] : land_.roster().state().members) {
      if (member.kind == replication::MemberKind::kCity) slugs.push_back(member.slug);
    }
    std::sort(slugs.begin(), slugs.end());
    return slugs;
  }

  const bench::GeneratedNetwork land_{{.cities = kCities, .first_year = 2005, .years = kYears}};
  storage::MemoryFeedStore feeds_;
  storage::MemoryTables tables_;
  testing::FakeNode node_{land_.network(), land_.applicant(0)};
  const std::unique_ptr<projection::Views> views_ =
      Must(projection::Views::Open(feeds_, tables_, catalogue::CurrentCatalogue()));
  ExportDesk desk_{node_, catalogue::CurrentCatalogue(), *views_, [] { return absl::UnixEpoch(); }};
  std::uint64_t observations_ = 0;
  std::uint64_t rows_ = 0;
  int pieces_ = 0;
};

TEST_F(ExportDeskTest, TheWholeNetworkIsEachMemberAfterTheOther) {
  const std::string whole = File("csv");
  EXPECT_EQ(rows_, observations_);
  EXPECT_GT(pieces_, 1);
  std::string one_by_one;
  for (const std::string& slug : Slugs()) {
    const std::string file = File("csv", slug);
    const std::size_t head = file.find("\r\n") + 2;
    one_by_one += one_by_one.empty() ? file : file.substr(head);
    EXPECT_GT(rows_, 0U) << slug;
  }
  EXPECT_EQ(whole, one_by_one);
}

TEST_F(ExportDeskTest, AYearOfTheNetworkIsEachMemberAfterTheOther) {
  std::string one_by_one;
  std::string next;
  for (const std::string& slug : Slugs()) {
    const std::string file = Must(desk_.Piece({.format = "csv", .year = 2005, .member = slug}, "")).bytes;
    const std::size_t head = file.find("\r\n") + 2;
    one_by_one += one_by_one.empty() ? file : file.substr(head);
  }
  std::string whole;
  do {
    ExportPiece piece = Must(desk_.Piece({.format = "csv", .year = 2005, .member = ""}, next));
    whole += piece.bytes;
    next = piece.next;
  } while (!next.empty());
  EXPECT_GT(std::count(whole.begin(), whole.end(), '\n'), 1 + std::ptrdiff_t{kCities});
  EXPECT_TRUE(whole == one_by_one);  // too long to be shown
}

// Rows are written one at a time as they are read; here they are read and written all at once.
TEST_F(ExportDeskTest, EachFormHasTheBytesThatItsRowsGive) {
  for (const std::string format : {"csv", "jsonl", "sdmx-csv", "sdmx-ml"}) {
    const auto writer = Must(
        exports::MakeExportWriter(format, {.catalogue = catalogue::CurrentCatalogue(), .prepared = absl::UnixEpoch()}));
    std::vector<exports::ExportRow> rows;
    for (const std::string& slug : Slugs()) {
      const replication::MemberRecord& member = *land_.roster().state().Find(slug);
      for (const projection::PublishedObservation& row :
           Must(views_->ObservationsOf(land_.roster(), {.member = member.number, .year = {}, .cell = {}}))) {
        rows.push_back({member.slug, member.name, member.country, member.region, row.subject.framework_version,
                        row.subject.year, row.revision, row.record.hex(), row.observation});
      }
    }
    const std::string expected = absl::StrCat(writer->Head(), writer->Rows(rows), writer->Tail());
    EXPECT_TRUE(File(format) == expected) << format;  // too long to be shown
  }
}

TEST_F(ExportDeskTest, NoFormLosesARow) {
  for (const std::string format : {"csv", "jsonl", "sdmx-csv"}) {
    const std::string file = File(format);
    const std::vector<std::string> lines = absl::StrSplit(file, '\n', absl::SkipEmpty());
    EXPECT_EQ(lines.size(), observations_ + (format == "jsonl" ? 0 : 1)) << format;
  }
}

TEST_F(ExportDeskTest, WhoIsNotThereIsNamed) {
  const absl::Status none = desk_.Piece({.format = "csv", .year = {}, .member = "xx-nowhere"}, "").status();
  EXPECT_TRUE(absl::IsNotFound(none));
  EXPECT_TRUE(absl::StrContains(none.message(), "xx-nowhere")) << none;
  EXPECT_TRUE(absl::IsInvalidArgument(desk_.Piece({.format = "pdf", .year = {}}, "").status()));
}

}  // namespace
}  // namespace hansa::node::desk
