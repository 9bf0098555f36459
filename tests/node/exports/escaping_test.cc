#include "node/exports/escaping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "node/catalogue/current.h"
#include "node/domain/text.h"

namespace hansa::node::exports {
namespace {

std::string Csv(absl::string_view text) {
  std::string out;
  AppendCsvText(text, out);
  return out;
}
std::string Xml(absl::string_view text) {
  std::string out;
  AppendXmlText(text, out);
  return out;
}
std::string Json(absl::string_view text) {
  std::string out;
  AppendJsonText(text, out);
  return out;
}

TEST(EscapingTest, PutsInQuotationMarksWhatACsvFileWouldSplit) {
  EXPECT_EQ(Csv(""), "");
  EXPECT_EQ(Csv("plain; text"), "plain; text");
  EXPECT_EQ(Csv("a,b"), "\"a,b\"");
  EXPECT_EQ(Csv("say \"yes\""), "\"say \"\"yes\"\"\"");
  EXPECT_EQ(Csv("one\ntwo"), "\"one\ntwo\"");
  EXPECT_EQ(Csv("one\rtwo"), "\"one\rtwo\"");
}

TEST(EscapingTest, LetsNoCellBeAFormula) {
  EXPECT_EQ(Csv("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  EXPECT_EQ(Csv("+1"), "'+1");
  EXPECT_EQ(Csv("-1"), "'-1");
  EXPECT_EQ(Csv("@x"), "'@x");
  EXPECT_EQ(Csv("\tx"), "'\tx");
  EXPECT_EQ(Csv("'=x"), "''=x");
  EXPECT_EQ(Csv("a=b"), "a=b");
  EXPECT_EQ(Csv("한국"), "한국");
}

TEST(EscapingTest, KeepsMarkupAndLineEndsInXml) {
  EXPECT_EQ(Xml("a < b & c > d \"e\" 'f'"), "a &lt; b &amp; c &gt; d &quot;e&quot; 'f'");
  EXPECT_EQ(Xml("\t\n\r"), "&#9;&#10;&#13;");
  EXPECT_EQ(Xml("학습도시 😀"), "학습도시 😀");
}

TEST(EscapingTest, WritesNoCharacterThatXmlForbids) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(Xml(std::string("a\0b", 3)), "a" + mark + "b");
  for (char c = 1; c < 0x20; ++c) {
    if (c == '\t' || c == '\n' || c == '\r') continue;
    EXPECT_EQ(Xml(std::string(1, c)), mark) << int{c};
  }
  EXPECT_EQ(Xml("\xEF\xBF\xBE"), mark);                           // U+FFFE
  EXPECT_EQ(Xml("\xEF\xBF\xBF"), mark);                           // U+FFFF
  EXPECT_EQ(Xml("\xEF\xBF\xBD"), mark);                           // the mark itself
  EXPECT_EQ(Xml("\xED\xA0\x80"), mark + mark + mark);             // a surrogate
  EXPECT_EQ(Xml("\xC3"), mark);                                   // cut off
  EXPECT_EQ(Xml("\xC0\xAF"), mark + mark);                        // longer than it need be
  EXPECT_EQ(Xml("\xE0\x80\xAF"), mark + mark + mark);             // the same in three bytes
  EXPECT_EQ(Xml("\xF4\x90\x80\x80"), mark + mark + mark + mark);  // beyond Unicode
}

TEST(EscapingTest, WritesJsonThatAnotherReaderTakesForTheSameText) {
  std::string all;
  for (int c = 0; c < 0x80; ++c) all += static_cast<char>(c);
  all += "학습도시 😀 \xEF\xBF\xBF";
  EXPECT_EQ(nlohmann::json::parse(Json(all)).get<std::string>(), all);
  EXPECT_EQ(Json("a\x01\"\\\n"), "\"a\\u0001\\\"\\\\\\n\"");
  EXPECT_TRUE(domain::IsUtf8(Json("a\xFFz")));
  EXPECT_EQ(nlohmann::json::parse(Json("a\xFFz")).get<std::string>(), "a\xEF\xBF\xBDz");
}

TEST(EscapingTest, MakesACodeOfAnyIdAndOfNoTwoTheSame) {
  EXPECT_EQ(SdmxCode("gb-bristol"), "GB_BRISTOL");
  EXPECT_EQ(SdmxCode("1.1.1/adult-literacy-rate"), "1_1_1_ADULT_LITERACY_RATE");
  EXPECT_EQ(SdmxCode("=1, \"x\"\n"), "_1___X__");
  std::set<std::string> codes;
  for (const catalogue::Measurement& measurement : catalogue::CurrentCatalogue().measurements()) {
    EXPECT_TRUE(codes.insert(SdmxCode(measurement.id)).second) << measurement.id;
  }
  EXPECT_EQ(codes.size(), 60u);
}

}  // namespace
}  // namespace hansa::node::exports
