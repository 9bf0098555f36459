#include "node/exports/csvw_metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "node/exports/csv_export.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using Json = nlohmann::json;

const Json& Metadata() {
  static const auto& metadata = *new Json(Json::parse(CsvwMetadata(TheCatalogue(), "hansa_network_2023.csv")));
  return metadata;
}

Json Column(const std::string& name) {
  for (const Json& column : Metadata()["tableSchema"]["columns"]) {
    if (column["name"] == name) return column;
  }
  ADD_FAILURE() << "no column " << name;
  return {};
}

TEST(CsvwMetadataTest, NamesTheFileAndTheVocabulary) {
  const Json& json = Metadata();
  EXPECT_EQ(json["@context"][0], "http://www.w3.org/ns/csvw");
  EXPECT_EQ(json["url"], "hansa_network_2023.csv");
  EXPECT_EQ(json["dialect"]["encoding"], "utf-8");
  EXPECT_EQ(json["tableSchema"]["primaryKey"], Json({"member", "framework", "year", "cell", "record"}));
}

TEST(CsvwMetadataTest, HasTheColumnsOfTheHeaderInItsOrder) {
  std::string names;
  for (const Json& column : Metadata()["tableSchema"]["columns"]) {
    absl::StrAppend(&names, names.empty() ? "" : ",", column["name"].get<std::string>());
    EXPECT_EQ(column["titles"]["en"][0], column["name"]);
  }
  EXPECT_EQ(names + "\r\n", CsvExport(TheCatalogue()).Head());
}

TEST(CsvwMetadataTest, SaysWhatAColumnHolds) {
  EXPECT_EQ(Column("value")["datatype"], "decimal");
  EXPECT_EQ(Column("value")["propertyUrl"], "http://purl.org/linked-data/sdmx/2009/measure#obsValue");
  EXPECT_FALSE(Column("value").contains("required"));
  EXPECT_EQ(Column("year")["datatype"], "gYear");
  EXPECT_EQ(Column("year")["titles"], Json({{"en", {"year", "Year"}}, {"ko", {"연도"}}}));
  EXPECT_EQ(Column("election_year")["datatype"], "gYear");
  EXPECT_EQ(Column("record")["datatype"]["format"], "[0-9a-f]{32}");
  EXPECT_EQ(Column("cell")["required"], true);
}

TEST(CsvwMetadataTest, DefinesEveryMeasurementAndNamesEveryUnit) {
  std::size_t measurements = 0;
  std::size_t units = 0;
  for (const Json& note : Metadata()["notes"]) {
    if (note.contains("measurement")) {
      ++measurements;
      EXPECT_FALSE(note["definition"]["en"].get<std::string>().empty());
      EXPECT_FALSE(note["definition"]["ko"].get<std::string>().empty());
    } else if (note.contains("ucum")) {
      ++units;
    }
  }
  EXPECT_EQ(measurements, 60u);
  EXPECT_EQ(units, TheCatalogue().units().size());
}

TEST(CsvwMetadataTest, AFileNameIsNeverMoreThanAName) {
  const std::string name = "a\"b\\\xFF.csv";
  EXPECT_EQ(Json::parse(CsvwMetadata(TheCatalogue(), name))["url"], "a\"b\\\xEF\xBF\xBD.csv");
}

}  // namespace
}  // namespace hansa::node::exports
