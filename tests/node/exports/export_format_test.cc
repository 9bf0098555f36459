#include "node/exports/export_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/testing/status_matchers.h"

namespace hansa::node::exports {
namespace {

using ::hansa::testing::IsOkAndHolds;
using ::hansa::testing::StatusIs;

constexpr ExportFormat kAll[] = {ExportFormat::kCsv, ExportFormat::kSdmxCsv, ExportFormat::kSdmxMl,
                                 ExportFormat::kJsonl};

TEST(ExportFormatTest, EveryFormIsFoundByItsCodeAndHasAnEndingOfItsOwn) {
  std::set<std::string> endings;
  for (const ExportFormat format : kAll) {
    EXPECT_THAT(ParseExportFormat(Code(format)), IsOkAndHolds(format));
    EXPECT_TRUE(endings.insert(std::string(FileEnding(format))).second);
    EXPECT_FALSE(MediaType(format).empty());
  }
  EXPECT_EQ(endings.size(), 4u);
}

TEST(ExportFormatTest, ToAnUnknownCodeItSaysWhichThereAre) {
  EXPECT_THAT(ParseExportFormat("xls"),
              StatusIs(absl::StatusCode::kInvalidArgument, "'xls'; write csv, sdmx-csv, sdmx-ml, jsonl or xlsx"));
  EXPECT_THAT(ParseExportFormat("CSV"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ExportFileNameTest, SaysWhoseItIsOfWhichYearsAndInWhichRevision) {
  EXPECT_EQ(ExportFileName({"gb-bristol", 2023, 2023, 2, "csv"}), "hansa_gb-bristol_2023_r2.csv");
  EXPECT_EQ(ExportFileName({"gb-bristol", 2023, 2023, std::nullopt, "csv"}), "hansa_gb-bristol_2023.csv");
  EXPECT_EQ(ExportFileName({"gb-bristol", 2015, 2024, std::nullopt, "csv"}), "hansa_gb-bristol_2015-2024.csv");
  EXPECT_EQ(ExportFileName({"", 2023, 2023, std::nullopt, "sdmx.csv"}), "hansa_network_2023.sdmx.csv");
}

TEST(ExportFileNameTest, NamesARevisionOnlyWhereThereIsOne) {
  EXPECT_EQ(ExportFileName({"gb-bristol", 2015, 2024, 2, "xml"}), "hansa_gb-bristol_2015-2024.xml");
  EXPECT_EQ(ExportFileName({"", 2023, 2023, 2, "jsonl"}), "hansa_network_2023.jsonl");
}

}  // namespace
}  // namespace hansa::node::exports
