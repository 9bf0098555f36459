#include "node/report/html_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <pugixml.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/report/html_style.h"
#include "node/report/report_content.h"
#include "tests/node/report/documents.h"
#include "tests/node/report/real_report.h"

namespace hansa::node::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::unique_ptr<pugi::xml_document> Parsed(const std::string& page) {
  auto document = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result result =
      document->load_buffer(page.data(), page.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  EXPECT_TRUE(result) << result.description() << " at " << page.substr(static_cast<std::size_t>(result.offset), 60);
  return document;
}

std::string BristolPage(words::Language language = words::Language::kEnglish) {
  return HtmlForm(MakeReport(TheCatalogue(), BristolWithAll(2018), language));
}

// All text within `node`.
std::string TextIn(const pugi::xml_node& node) {
  std::string text;
  struct Walker : pugi::xml_tree_walker {
    std::string* text;
    bool for_each(pugi::xml_node& each) override {
      *text += each.value();
      if (std::string(each.name()) == "br") *text += "\n";
      return true;
    }
  } walker;
  walker.text = &text;
  pugi::xml_node copy = node;
  copy.traverse(walker);
  return text;
}

TEST(HtmlForm, IsWellFormedAndNeedsNothingBesideIt) {
  for (const words::Language language : {words::Language::kEnglish, words::Language::kKorean}) {
    const std::string page = BristolPage(language);
    const auto document = Parsed(page);
    EXPECT_EQ(document->child("html").attribute("lang").value(), std::string(words::LanguageTag(language)));
    EXPECT_FALSE(document->select_node("//script|//link|//img|//iframe|//object|//embed|//@src|//@style|//form"));
    EXPECT_THAT(page, Not(HasSubstr("http:")));
    EXPECT_THAT(page, Not(HasSubstr("https:")));
    EXPECT_THAT(page, Not(HasSubstr("url(")));
    for (const pugi::xpath_node& attribute : document->select_nodes("//@*")) {
      EXPECT_FALSE(absl::StartsWith(attribute.attribute().name(), "on")) << attribute.attribute().name();
    }
  }
}

TEST(HtmlForm, IdsAreThereOnceAndEveryLinkLeadsSomewhere) {
  const auto document = Parsed(BristolPage());
  std::set<std::string> ids;
  for (const pugi::xpath_node& id : document->select_nodes("//@id")) {
    EXPECT_TRUE(ids.insert(id.attribute().value()).second) << id.attribute().value();
  }
  for (const pugi::xpath_node& link : document->select_nodes("//a/@href")) {
    const std::string to = link.attribute().value();
    EXPECT_EQ(to.front(), '#');
    EXPECT_TRUE(ids.contains(to.substr(1))) << to;
  }
  for (const char* attribute : {"aria-labelledby"}) {
    for (const pugi::xpath_node& named : document->select_nodes(absl::StrCat("//@", attribute).c_str())) {
      std::istringstream words(named.attribute().value());
      for (std::string id; words >> id;) EXPECT_TRUE(ids.contains(id)) << id;
    }
  }
}

TEST(HtmlForm, HeadingsNeverSkipALevelAndThereIsOneTitle) {
  const auto document = Parsed(BristolPage());
  EXPECT_EQ(document->select_nodes("//h1").size(), 1u);
  int before = 1;
  for (const pugi::xpath_node& heading : document->select_nodes("//h1|//h2|//h3|//h4|//h5")) {
    const int level = heading.node().name()[1] - '0';
    EXPECT_LE(level, before + 1) << TextIn(heading.node());
    before = level;
  }
}

TEST(HtmlForm, TablesAndChartsAreForThoseWhoHearThemToo) {
  const auto document = Parsed(BristolPage());
  EXPECT_FALSE(document->select_node("//table[not(caption)]"));
  EXPECT_FALSE(document->select_node("//th[not(@scope)]"));
  EXPECT_FALSE(document->select_node("//svg[not(@role='img') or not(title) or not(desc)]"));
  EXPECT_EQ(document->select_nodes("//figure").size(),
            document->select_nodes("//figure//table[@class='years']").size());
  const pugi::xml_node years = document
                                   ->select_node(
                                       "//figure[contains(figcaption, 'Rate, T') or contains(figcaption, 'rate, T')]"
                                       "//table")
                                   .node();
  EXPECT_THAT(TextIn(years), HasSubstr("5.1"));
}

TEST(HtmlForm, WhateverATextHoldsStandsThereAsText) {
  for (const std::string text :
       {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "a & b &lt; &amp;amp;",
        "]]>", "<!-- x -->", "line \xE2\x80\xA8 separator", "</title></style></svg>", "{{7*7}}${7*7}",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "first\nsecond"}) {
    const std::string page = HtmlForm(Everywhere(text));
    const auto document = Parsed(page);
    EXPECT_FALSE(document->select_node("//script|//img|//@onerror|//@onmouseover")) << text;
    EXPECT_EQ(TextIn(document->select_node("//h1").node()), text);
    EXPECT_EQ(TextIn(document->select_node("//caption").node()), text);
    EXPECT_EQ(TextIn(document->select_node("//main//li").node()), text);
    EXPECT_EQ(TextIn(document->select_node("//figcaption").node()), text);
    EXPECT_EQ(TextIn(document->select_node("//tbody/tr/th").node()), text);
  }
}

TEST(HtmlForm, BytesThatAreNoTextBreakNothing) {
  Parsed(HtmlForm(Everywhere(std::string("\xFF\xFE a\x01\x0B\0z", 8))));
}

TEST(HtmlForm, TextInAnotherLanguageSaysSo) {
  const auto document = Parsed(HtmlForm(Everywhere("글")));
  EXPECT_EQ(document->select_nodes("//p/span[@lang='ko']").size(), 1u);
}

TEST(HtmlForm, TextThatRunsLeftwardsFindsItsOwnDirection) {
  EXPECT_TRUE(Parsed(HtmlForm(Everywhere("\xD7\xA9\xD7\x9C")))->select_node("//h1[@dir='auto']"));
  EXPECT_FALSE(Parsed(HtmlForm(Everywhere("plain")))->select_node("//@dir"));
}

TEST(HtmlForm, AChartIsDrawnAndItsSignsAreExplained) {
  const auto document = Parsed(HtmlForm({.title = "T", .language = "en", .blocks = {SomeChart()}}));
  EXPECT_EQ(document->select_nodes("//circle[@class='dot']").size(), 3u);
  EXPECT_EQ(document->select_nodes("//line[@class='series']").size(), 1u);
  EXPECT_EQ(document->select_nodes("//line[@class='mark']").size(), 1u);
  EXPECT_EQ(document->select_nodes("//circle[@class='target']").size(), 1u);
  std::vector<std::string> legend;
  for (const pugi::xpath_node& line : document->select_nodes("//ul[@class='legend']/li"))
    legend.push_back(TextIn(line.node()));
  EXPECT_THAT(legend, ElementsAre("A 2020: 'Plan' begins", "B 2024: own target: 3",
                                  HasSubstr("* rests on another source"), "– no data for the year"));
  EXPECT_EQ(TextIn(document->select_node("//table[@class='years']/tbody/tr[2]").node()), "5.10–47.5*");
}

TEST(HtmlForm, ContentsNestAndAnEmptyDocumentIsAPageToo) {
  const auto document =
      Parsed(HtmlForm({.title = "T",
                       .language = "en",
                       .blocks = {Heading{2, "deep first"}, Heading{1, "a"}, Heading{2, "b"}, Heading{2, "c"},
                                  Heading{3, "not named"}, Heading{1, "d"}, Heading{9, "too deep"}}}));
  EXPECT_EQ(document->select_nodes("//nav/ul/li").size(), 3u);
  EXPECT_EQ(document->select_nodes("//nav/ul/li/ul/li").size(), 2u);
  Parsed(HtmlForm({.title = "T", .language = "en"}));
}

// Relative luminance of '#rrggbb', as WCAG has it.
double Luminance(const std::string& colour) {
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (int i = 0; i < 3; ++i) {
    const double part = std::stoi(colour.substr(1 + 2 * static_cast<std::size_t>(i), 2), nullptr, 16) / 255.0;
    sum += weights[i] * (part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

TEST(HtmlForm, TextHasEnoughContrastOnEveryGround) {
  const std::string style = kHtmlStyle;
  std::vector<std::string> inks, grounds = {"#ffffff"};
  const std::regex ink(R"((?:^|[^-])(?:color|fill): (#[0-9a-f]{6}))"), ground(R"(background: (#[0-9a-f]{6}))");
  for (std::sregex_iterator it(style.begin(), style.end(), ink), end; it != end; ++it) inks.push_back((*it)[1]);
  for (std::sregex_iterator it(style.begin(), style.end(), ground), end; it != end; ++it) grounds.push_back((*it)[1]);
  EXPECT_GE(inks.size(), 4u);
  EXPECT_GE(grounds.size(), 3u);
  for (const std::string& of : inks) {
    if (of == "#ffffff") continue;  // the inside of a hollow dot
    for (const std::string& on : grounds) {
      const double a = Luminance(of), b = Luminance(on);
      EXPECT_GE((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05), 4.5) << of << " on " << on;
    }
  }
  EXPECT_THAT(style, Not(HasSubstr("<")));
  EXPECT_THAT(style, Not(HasSubstr("&")));
}

TEST(HtmlForm, TheSameDocumentGivesTheSameBytes) { EXPECT_EQ(BristolPage(), BristolPage()); }

}  // namespace
}  // namespace hansa::node::report
