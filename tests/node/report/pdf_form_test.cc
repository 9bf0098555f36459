#include "node/report/pdf_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "node/report/report_content.h"
#include "tests/node/report/documents.h"
#include "tests/node/report/real_report.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::report {
namespace {

using hansa::testing::Must;
using ::testing::HasSubstr;

Pdf BristolPdf(words::Language language) {
  return Must(PdfForm(MakeReport(TheCatalogue(), BristolWithAll(2018), language)));
}

std::size_t PagesIn(const std::string& bytes) {
  std::size_t pages = 0;
  for (std::size_t at = bytes.find("/Type /Page\n"); at != std::string::npos; at = bytes.find("/Type /Page\n", at + 1))
    ++pages;
  for (std::size_t at = bytes.find("/Type /Page "); at != std::string::npos; at = bytes.find("/Type /Page ", at + 1))
    ++pages;
  return pages;
}

TEST(PdfForm, ARealReportIsAPrintOfSeveralPages) {
  for (const words::Language language : {words::Language::kEnglish, words::Language::kKorean}) {
    const Pdf pdf = BristolPdf(language);
    EXPECT_EQ(pdf.bytes.substr(0, 5), "%PDF-");
    EXPECT_GT(pdf.pages, 5u);
    EXPECT_EQ(pdf.unshown, 0u) << "Hangul has a font: the package fonts-nanum";
    EXPECT_THAT(pdf.bytes, HasSubstr("/StructTreeRoot"));
    EXPECT_THAT(pdf.bytes, HasSubstr("/Outlines"));
  }
}

TEST(PdfForm, TheSameDocumentGivesTheSameBytesAndNoClockIsInThem) {
  const Pdf pdf = BristolPdf(words::Language::kEnglish);
  EXPECT_EQ(pdf.bytes, BristolPdf(words::Language::kEnglish).bytes);
  EXPECT_THAT(pdf.bytes, HasSubstr("20240531091200Z"));
}

TEST(PdfForm, PagesAreCounted) {
  Document document{.title = "T", .language = "en"};
  for (int i = 0; i < 200; ++i) document.blocks.push_back(Paragraph{.text = absl::StrCat("Paragraph ", i)});
  const Pdf pdf = Must(PdfForm(document));
  EXPECT_EQ(pdf.pages, PagesIn(pdf.bytes));
  EXPECT_GT(pdf.pages, 3u);
  EXPECT_EQ(Must(PdfForm({.title = "T", .language = "en"})).pages, 2u);
}

TEST(PdfForm, WhateverATextHoldsIsDrawn) {
  for (const std::string& text :
       {std::string("plain"), std::string("<b>&amp;</b>"), std::string("\xFF\xFE broken"), std::string(5000, 'x'),
        std::string(400, '\n'), std::string("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"),
        std::string("tab\tand \xE2\x80\xA8 separator"), std::string()}) {
    const Pdf pdf = Must(PdfForm(Everywhere(text)));
    EXPECT_GT(pdf.pages, 1u);
  }
}

TEST(PdfForm, ATableLongerThanAPageGoesOnUnderItsHeader) {
  Table table{.caption = "Long", .header = {"Name", "What"}};
  std::string tall;
  for (int i = 0; i < 150; ++i) absl::StrAppend(&tall, "line ", i, "\n");
  for (int i = 0; i < 100; ++i) table.rows.push_back({absl::StrCat("row ", i), "short"});
  table.rows.push_back({"tall", tall});
  const Pdf pdf = Must(PdfForm({.title = "T", .language = "en", .blocks = {table}}));
  EXPECT_GE(pdf.pages, 6u);
  EXPECT_LE(pdf.pages, 9u);
}

TEST(PdfForm, AChartOfThreeCenturiesHasAllItsYears) {
  Chart chart{.caption = "Long", .unit = "%"};
  for (int year = 1900; year <= 2200; ++year) chart.dots.push_back({year, "1", false});
  EXPECT_GE(Must(PdfForm({.title = "T", .language = "en", .blocks = {chart}})).pages, 4u);
}

TEST(PdfForm, CharactersWithoutAFontAreCounted) {
  // A plane of private use, which no font shows.
  const Pdf pdf = Must(
      PdfForm({.title = "T", .language = "en", .blocks = {Paragraph{.text = "\xF3\xB0\x80\x80\xF3\xB0\x80\x81"}}}));
  EXPECT_EQ(pdf.unshown, 2u);
}

}  // namespace
}  // namespace hansa::node::report
