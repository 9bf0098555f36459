#include "node/exports/jsonl_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using Json = nlohmann::json;
using ::testing::SizeIs;

TEST(JsonlExportTest, WritesOneObjectALineWithoutWhatIsEmpty) {
  const ExportRow rows[] = {Literacy("76.70"), NoTurnout()};
  EXPECT_EQ(JsonlExport().Rows(rows),
            "{\"member\":\"de-bonn\",\"name\":\"Bonn\",\"country\":\"DEU\",\"region\":\"Europe and North America\","
            "\"framework\":\"2013\",\"year\":2023,\"revision\":2,\"record\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
            "\"cell\":\"1.1.1/adult-literacy-rate#female\",\"value\":\"76.70\",\"unit\":\"percent\","
            "\"source_kind\":\"official_data\",\"source\":\"Census, \\\"table 4\\\"\",\"match\":\"exact\"}\n"
            "{\"member\":\"int-uil\",\"name\":\"UIL\",\"framework\":\"2013\",\"year\":2024,\"revision\":1,"
            "\"record\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\"cell\":\"1.1.2/participation-rate-in-election\","
            "\"no_data_reason\":\"no election\",\"attributes\":{\"election_year\":\"2021\"},"
            "\"note\":\"first line\\nsecond line\"}\n");
}

TEST(JsonlExportTest, AnotherReaderFindsEveryTextAsItWas) {
  const std::string text = "=\"a\"\\ \n\t\x01 학습도시 😀 </script>";
  const ExportRow row = Spoilt(text);
  const std::vector<std::string> lines = LinesOf(JsonlExport().Rows({&row, 1}), "\n");
  ASSERT_THAT(lines, SizeIs(1));
  const Json json = Json::parse(lines.front());
  for (const char* name : {"name", "region", "source", "supplier", "licence", "period", "area", "derivation_note",
                           "language", "note", "approved_by"}) {
    EXPECT_EQ(json[name], text) << name;
  }
}

TEST(JsonlExportTest, KeepsAttributesOfAnotherFramework) {
  ExportRow row = NoTurnout();
  row.observation.attributes = {{"unheard_of", "x"}};
  EXPECT_EQ(Json::parse(JsonlExport().Rows({&row, 1}))["attributes"], Json({{"unheard_of", "x"}}));
}

}  // namespace
}  // namespace hansa::node::exports
