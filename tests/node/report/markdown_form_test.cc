#include "node/report/markdown_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "node/report/report_content.h"
#include "tests/node/report/documents.h"
#include "tests/node/report/real_report.h"

namespace hansa::node::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MarkdownText, WhateverATextHoldsBecomesNoMarkup) {
  const std::map<std::string, std::string> cases = {
      {"# no heading", "\\# no heading"},
      {"*no* _emphasis_", "\\*no\\* \\_emphasis\\_"},
      {"[no](link)", "\\[no\\](link)"},
      {"![no](image)", "!\\[no\\](image)"},
      {"<script>", "\\<script\\>"},
      {"&amp;", "\\&amp;"},
      {"`code`", "\\`code\\`"},
      {"a | b", "a \\| b"},
      {"~~~", "\\~\\~\\~"},
      {"- item", "\\- item"},
      {"---", "\\---"},
      {"===", "\\==="},
      {"+ item", "\\+ item"},
      {"+2.6", "+2.6"},
      {"1. item", "1\\. item"},
      {"12) item", "12\\) item"},
      {"3.", "3\\."},
      {"3.2", "3.2"},
      {"1.1.1 Feature", "1.1.1 Feature"},
      {"−5.8", "−5.8"},
      {"back\\slash", "back\\\\slash"},
      {"> quote", "\\> quote"},
      {"    no code", "no code"},
      {"two\nlines\tand a tab", "two lines and a tab"},
      {"", ""},
  };
  for (const auto& [text, written] : cases) EXPECT_EQ(MarkdownText(text), written);
}

TEST(MarkdownForm, EveryRowOfATableHasAsManyCellsAsItsHeader) {
  for (const std::string text : {"plain", "a | b", "first\nsecond", "\\", "\\|"}) {
    std::size_t columns = 0;
    for (const absl::string_view line : absl::StrSplit(MarkdownForm(Everywhere(text)), '\n')) {
      if (line.empty() || line[0] != '|') {
        columns = 0;
        continue;
      }
      std::size_t bars = 0;
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\') {
          ++i;
        } else if (line[i] == '|') {
          ++bars;
        }
      }
      if (columns == 0) columns = bars;
      EXPECT_EQ(bars, columns) << line;
    }
  }
}

TEST(MarkdownForm, ALineEndInAParagraphIsALineEnd) {
  EXPECT_THAT(MarkdownForm({.title = "T", .language = "en", .blocks = {Paragraph{.text = "one\n\n- two"}}}),
              HasSubstr("one\\\n\\- two\n\n"));
}

TEST(MarkdownForm, ARealReportReadsAsText) {
  const std::string text = MarkdownForm(MakeReport(TheCatalogue(), BristolWithAll(2018), words::Language::kEnglish));
  EXPECT_THAT(text, HasSubstr("# Bristol: progress report for 2018\n\n"));
  EXPECT_THAT(text, HasSubstr("| Total | 3.8 | % | 2018 | the city | official data | Modelled unemployment rate by "
                              "local authority | Office for National Statistics (UK) |\n"));
  EXPECT_THAT(text, HasSubstr("**Definition:** Unemployed working age population"));
  EXPECT_THAT(text, HasSubstr("| 2016 | 2017 | 2018 |\n| ---: | ---: | ---: |\n| 42 | 42 | 42 |\n"));
  EXPECT_THAT(text, HasSubstr("A 2012: 'Plan for learning in the city' begins\n"));
  EXPECT_THAT(text, Not(HasSubstr("<")));
}

}  // namespace
}  // namespace hansa::node::report
