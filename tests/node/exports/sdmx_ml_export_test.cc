#include "node/exports/sdmx_ml_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

SdmxMlExport Writer() {
  return {TheCatalogue(), absl::FromCivil(absl::CivilSecond(2026, 3, 4, 5, 6, 7), absl::UTCTimeZone())};
}

TEST(SdmxMlExportTest, TheHeadSaysWhoSentWhatAndWhen) {
  EXPECT_EQ(
      Writer().Head(),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<message:StructureSpecificData xmlns:message=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
      "xmlns:common=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\" "
      "xmlns:ss=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific\" "
      "xmlns:hansa=\"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=HANSA:KEY_FEATURES(1.0)"
      ":ObsLevelDim:AllDimensions\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
      "  <message:Header>\n"
      "    <message:ID>HANSA_DATA_20260304T050607Z</message:ID>\n"
      "    <message:Test>false</message:Test>\n"
      "    <message:Prepared>2026-03-04T05:06:07Z</message:Prepared>\n"
      "    <message:Sender id=\"HANSA\"/>\n"
      "    <message:Structure structureID=\"KEY_FEATURES\" "
      "namespace=\"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=HANSA:KEY_FEATURES(1.0)"
      ":ObsLevelDim:AllDimensions\" dimensionAtObservation=\"AllDimensions\">\n"
      "      <common:Structure>\n"
      "        <Ref agencyID=\"HANSA\" id=\"KEY_FEATURES\" version=\"1.0\"/>\n"
      "      </common:Structure>\n"
      "    </message:Structure>\n"
      "  </message:Header>\n"
      "  <message:DataSet ss:structureRef=\"KEY_FEATURES\" xsi:type=\"hansa:DataSetType\" "
      "ss:dataScope=\"DataStructure\" ss:action=\"Replace\">\n");
  EXPECT_EQ(Writer().Tail(), "  </message:DataSet>\n</message:StructureSpecificData>\n");
}

TEST(SdmxMlExportTest, WritesOneObservationForEachRow) {
  const ExportRow rows[] = {Literacy("76.70"), NoTurnout()};
  EXPECT_EQ(Writer().Rows(rows),
            "    <Obs FREQ=\"A\" REF_AREA=\"DE_BONN\" MEASUREMENT=\"1_1_1_ADULT_LITERACY_RATE\" BREAKDOWN=\"FEMALE\" "
            "FRAMEWORK=\"2013\" WORD_OF=\"_Z\" TIME_PERIOD=\"2023\" OBS_VALUE=\"76.70\" UNIT_MEASURE=\"PERCENT\" "
            "OBS_STATUS=\"A\" "
            "SOURCE_KIND=\"OFFICIAL_DATA\" DEF_MATCH=\"EXACT\" SOURCE_TEXT=\"Census, &quot;table 4&quot;\" "
            "REVISION=\"2\"/>\n"
            "    <Obs FREQ=\"A\" REF_AREA=\"INT_UIL\" MEASUREMENT=\"1_1_2_PARTICIPATION_RATE_IN_ELECTION\" "
            "BREAKDOWN=\"_Z\" FRAMEWORK=\"2013\" WORD_OF=\"_Z\" TIME_PERIOD=\"2024\" OBS_STATUS=\"M\" "
            "NO_DATA_REASON=\"no election\" "
            "ELECTION_YEAR=\"2021\" COMMENT=\"first line&#10;second line\" REVISION=\"1\"/>\n");
}

TEST(SdmxMlExportTest, NothingThatACityWritesBecomesMarkupOrAForbiddenCharacter) {
  ExportRow row = Spoilt("\"/><Obs OBS_VALUE=\"1\x01\x1F\xEF\xBF\xBF");
  row.member = "x\"><y";
  row.observation.cell = "1/\"<&#bad\"code";
  row.observation.unit = "<unit>";
  const std::string xml = Writer().Rows({&row, 1});
  EXPECT_THAT(
      xml,
      AllOf(HasSubstr("COMMENT=\"&quot;/&gt;&lt;Obs OBS_VALUE=&quot;1\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""),
            HasSubstr("REF_AREA=\"X___Y\""), HasSubstr("MEASUREMENT=\"1____\""), HasSubstr("BREAKDOWN=\"BAD_CODE\""),
            HasSubstr("UNIT_MEASURE=\"_UNIT_\""), Not(HasSubstr("\x01")), Not(HasSubstr("\x1F"))));
  EXPECT_EQ(xml.find('<', 5), std::string::npos);
}

TEST(SdmxMlExportTest, TextIsKeptAsItIsWhereNoSpreadsheetReadsIt) {
  const ExportRow row = Spoilt("=1+1");
  EXPECT_THAT(Writer().Rows({&row, 1}), HasSubstr("COMMENT=\"=1+1\""));
}

}  // namespace
}  // namespace hansa::node::exports
