#include "node/exports/sdmx_structures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "absl/strings/str_cat.h"
#include "node/exports/sdmx_components.h"
#include "node/exports/sdmx_csv_export.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Message() {
  const SdmxMember members[] = {{"gb-bristol", "Bristol"}, {"kr-osan", "오산 <&>"}};
  return SdmxStructures(TheCatalogue(), members, absl::UnixEpoch());
}

// The first group of every match, in the order of the text.
std::vector<std::string> Found(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) found.push_back((*it)[1]);
  return found;
}

std::string Codelist(const std::string& id) {
  const std::string message = Message();
  const std::size_t begin = message.find(absl::StrCat("<structure:Codelist id=\"", id, "\""));
  if (begin == std::string::npos) return "";
  return message.substr(begin, message.find("</structure:Codelist>", begin) - begin);
}

TEST(SdmxStructuresTest, StandsInTheOrderOfTheSchemas) {
  EXPECT_THAT(Found(Message(), "\n    <structure:(\\w+)>"),
              ElementsAre("Dataflows", "Codelists", "Concepts", "DataStructures"));
  EXPECT_THAT(Found(Message(), "\n          <structure:(\\w+List) "),
              ElementsAre("DimensionList", "AttributeList", "MeasureList"));
}

TEST(SdmxStructuresTest, MembersStandAsTheyComeAndTheirNamesAreOnlyNames) {
  EXPECT_EQ(Codelist("CL_REF_AREA"),
            "<structure:Codelist id=\"CL_REF_AREA\" agencyID=\"HANSA\" version=\"1.0\">\n"
            "        <common:Name xml:lang=\"en\">Members</common:Name>\n"
            "        <common:Name xml:lang=\"ko\">회원</common:Name>\n"
            "        <structure:Code id=\"GB_BRISTOL\">\n"
            "          <common:Name xml:lang=\"en\">Bristol</common:Name>\n"
            "        </structure:Code>\n"
            "        <structure:Code id=\"KR_OSAN\">\n"
            "          <common:Name xml:lang=\"en\">오산 &lt;&amp;&gt;</common:Name>\n"
            "        </structure:Code>\n"
            "      ");
}

TEST(SdmxStructuresTest, HasACodeForEveryThingThatARowMaySay) {
  EXPECT_EQ(Found(Codelist("CL_MEASUREMENT"), "Code id=\"([^\"]+)\"").size(), 60u);
  EXPECT_EQ(Found(Codelist("CL_UNIT_MEASURE"), "Code id=\"([^\"]+)\"").size(), 11u);
  EXPECT_EQ(Found(Codelist("CL_BREAKDOWN"), "Code id=\"([^\"]+)\"").size(), 15u);
  EXPECT_THAT(Found(Codelist("CL_FRAMEWORK"), "Code id=\"([^\"]+)\""), ElementsAre("2013"));
  EXPECT_THAT(Found(Codelist("CL_DEF_MATCH"), "Code id=\"([^\"]+)\""),
              ElementsAre("EXACT", "CLOSE", "PROXY", "APPROXIMATE"));
  EXPECT_THAT(Found(Codelist("CL_AREA_LEVEL"), "Code id=\"([^\"]+)\""), ElementsAre("CITY", "REGION"));
  EXPECT_THAT(Found(Codelist("CL_SOURCE_KIND"), "Code id=\"([^\"]+)\""),
              ElementsAre("OFFICIAL_DATA", "SURVEY", "EXPERT_REVIEW"));
}

TEST(SdmxStructuresTest, EveryCodeOfAListIsItsOwnAndOfTheFormThatSdmxAllows) {
  const std::regex allowed("[A-Za-z0-9_@$-]+");
  for (const std::string& id : Found(Message(), "<structure:Codelist id=\"([^\"]+)\"")) {
    std::set<std::string> codes;
    for (const std::string& code : Found(Codelist(id), "Code id=\"([^\"]+)\"")) {
      EXPECT_TRUE(codes.insert(code).second) << id << " " << code;
      EXPECT_TRUE(std::regex_match(code, allowed)) << id << " " << code;
    }
    EXPECT_FALSE(codes.empty()) << id;
  }
}

TEST(SdmxStructuresTest, EveryCodelistThatIsReferredToIsThere) {
  const std::string message = Message();
  const std::vector<std::string> defined = Found(message, "<structure:Codelist id=\"([^\"]+)\"");
  const std::set<std::string> known(defined.begin(), defined.end());
  std::set<std::string> used;
  for (const SdmxComponent& component : SdmxComponents(TheCatalogue())) {
    if (!component.codelist.empty()) used.insert(component.codelist);
  }
  EXPECT_EQ(known, used);
}

TEST(SdmxComponentsTest, AreTheColumnsOfSdmxCsvAndEachIsAName) {
  const std::regex name("[A-Z][A-Z0-9_]*");
  std::string header = "DATAFLOW";
  std::set<std::string> ids;
  for (const SdmxComponent& component : SdmxComponents(TheCatalogue())) {
    absl::StrAppend(&header, ",", component.id);
    EXPECT_TRUE(std::regex_match(component.id, name)) << component.id;
    EXPECT_TRUE(ids.insert(component.id).second) << component.id;
    EXPECT_FALSE(component.name.en.empty() || component.name.ko.empty()) << component.id;
    EXPECT_NE(component.codelist.empty(), component.text_type.empty()) << component.id;
  }
  EXPECT_EQ(header + "\r\n", SdmxCsvExport(TheCatalogue()).Head());
}

TEST(SdmxComponentsTest, DimensionsAndAttributesRefer) {
  const std::string message = Message();
  EXPECT_THAT(Found(message, "<structure:(?:Time)?Dimension id=\"([^\"]+)\""),
              ElementsAre("FREQ", "REF_AREA", "MEASUREMENT", "BREAKDOWN", "FRAMEWORK", "WORD_OF", "TIME_PERIOD"));
  EXPECT_THAT(Found(message, "position=\"(\\d+)\""), ElementsAre("1", "2", "3", "4", "5", "6", "7"));
  EXPECT_THAT(message, HasSubstr("<structure:Attribute id=\"OBS_STATUS\" assignmentStatus=\"Mandatory\">"));
  EXPECT_THAT(message, HasSubstr("<structure:Attribute id=\"COMMENT\" assignmentStatus=\"Conditional\">"));
}

}  // namespace
}  // namespace hansa::node::exports
