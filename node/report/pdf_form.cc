#include "node/report/pdf_form.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/report/form_texts.h"
#include "node/report/pdf_canvas.h"
#include "node/report/pdf_chart.h"
#include "node/report/pdf_page.h"
#include "node/report/pdf_table.h"
#include "replication/check.h"

namespace hansa::node::report {
namespace {

// Levels of headings that the contents name, and that the outline has.
constexpr int kContentsLevel = 2, kOutlineLevel = 4;
constexpr std::size_t kContentsLines = 3;  // of a heading in the contents
constexpr TextStyle kTitle{.size = 21, .bold = true, .ink = Ink::kHeading};
constexpr TextStyle kDated{.size = 9.5, .ink = Ink::kMuted};
constexpr TextStyle kBody{.size = 9.3};

// By level: how a heading looks, the room above it, and what has to fit below it on the page.
struct HeadingLook {
  TextStyle style;
  double above, below;
};
constexpr HeadingLook kLooks[kHeadingLevelMax] = {
    {{.size = 15, .bold = true, .ink = Ink::kHeading}, 20, 90},
    {{.size = 12, .bold = true, .ink = Ink::kHeading}, 14, 70},
    {{.size = 10.3, .bold = true}, 11, 70},
    {{.size = 9.6, .bold = true, .ink = Ink::kHeading}, 9, 60},
};
constexpr const char* kTags[kHeadingLevelMax] = {"H2", "H3", "H4", "H5"};

int LevelOf(const Heading& heading) { return std::clamp(heading.level, 1, kHeadingLevelMax); }

// What a run through the document found out, for the next one.
struct Numbers {
  std::vector<std::size_t> pages_of_headings;
  std::size_t pages = 0;
};

// Draws the document once.
class Printing {
 public:
  Printing(const Document& document, PdfCanvas& canvas, const Numbers& before)
      : document_(document),
        words_(WordsOf(document)),
        before_(before),
        pages_(canvas, document, words_, before.pages) {}

  Numbers Print() {
    pages_.Text({.text = document_.title}, kTitle, "H1");
    pages_.Down(2);
    pages_.Text({.text = DatedLine(document_, words_)}, kDated, "P");
    Contents();
    pages_.NextPage();
    for (const Block& block : document_.blocks) std::visit([this](const auto& part) { Add(part); }, block);
    pages_.End();
    found_.pages = pages_.page();
    return std::move(found_);
  }

 private:
  PdfCanvas& canvas() { return pages_.canvas(); }

  void Contents() {
    pages_.Down(14);
    const std::string title = ContentsTitle(words_);
    pages_.Text({.text = title}, kLooks[1].style, "P");
    pages_.Down(4);
    std::size_t number = 0;
    for (const Block& block : document_.blocks) {
      const Heading* const heading = std::get_if<Heading>(&block);
      if (heading == nullptr) continue;
      const std::size_t place = number++;
      if (LevelOf(*heading) <= kContentsLevel) ContentsLine(*heading, place);
    }
  }

  void ContentsLine(const Heading& heading, std::size_t place) {
    const double indent = LevelOf(heading) == 1 ? 0 : 14;
    const TextStyle style{.size = 9.3, .bold = LevelOf(heading) == 1};
    const std::string page =
        place < before_.pages_of_headings.size() ? absl::StrCat(before_.pages_of_headings[place]) : "";
    const PdfText text = canvas().Shape({.text = heading.text}, style, kTextWidth - indent - 40);
    const PdfText page_text = canvas().Shape({.text = page}, style, -1);
    const double above = LevelOf(heading) == 1 ? 3.5 : 0.8;
    pages_.Need(text.height(0, kContentsLines) + above);
    pages_.Gap(above);
    canvas().BeginLink(place);
    canvas().Draw(text, 0, kContentsLines, {kMarginLeft + indent, pages_.y()}, Align::kLeft);
    canvas().Draw(page_text, 0, 1, {kMarginLeft + kTextWidth, pages_.y()}, Align::kRight);
    canvas().EndLink();
    pages_.Down(text.height(0, kContentsLines));
  }

  void Add(const Heading& heading) {
    const int level = LevelOf(heading);
    const HeadingLook& look = kLooks[level - 1];
    const PdfText text = canvas().Shape({.text = heading.text}, look.style, kTextWidth);
    pages_.Gap(look.above);
    pages_.Need(text.height() + look.below);
    const std::size_t number = found_.pages_of_headings.size();
    canvas().Place(number, {0, pages_.y() - 6});
    if (level <= kOutlineLevel) canvas().Outline(number, level, heading.text);
    found_.pages_of_headings.push_back(pages_.page());
    pages_.Text({.text = heading.text}, look.style, kTags[level - 1]);
    if (level == 1) {
      canvas().Line({kMarginLeft, pages_.y() + 1}, {kMarginLeft + kTextWidth, pages_.y() + 1}, 0.8, Ink::kRule);
    }
    pages_.Down(level <= 2 ? 5 : 3);
  }

  void Add(const Paragraph& paragraph) {
    const std::string label = paragraph.label.empty() ? "" : absl::StrCat(paragraph.label, ":");
    pages_.Text({.text = paragraph.text, .label = label, .language = paragraph.language}, kBody, "P");
    pages_.Down(3);
  }

  void Add(const List& list) {
    if (!list.label.empty()) {
      pages_.Need(40);
      pages_.Text({.text = "", .label = absl::StrCat(list.label, ":")}, kBody, "P");
    }
    for (const std::string& item : list.items) {
      pages_.Need(14);
      canvas().Disc({kMarginLeft + 5, pages_.y() + 6.5}, 1.5, Ink::kHeading);
      pages_.Text({.text = item}, kBody, "LI", 13);
      pages_.Down(2);
    }
    pages_.Down(3);
  }

  void Add(const Table& table) {
    pages_.Gap(3);
    DrawTable(table, pages_);
  }
  void Add(const Chart& chart) { DrawChart(chart, pages_); }

  const Document& document_;
  const words::Words words_;
  const Numbers& before_;
  PdfPages pages_;
  Numbers found_;
};

}  // namespace

absl::StatusOr<Pdf> PdfForm(const Document& document) {
  const PdfInfo info{
      .title = document.title, .author = document.author, .language = document.language, .dated_ms = document.dated_ms};
  // Once to find out which page everything stands on, and once with these numbers in the contents and below each page.
  Numbers numbers;
  for (const bool is_final : {false, true}) {
    absl::StatusOr<std::unique_ptr<PdfCanvas>> canvas = PdfCanvas::Begin(info);
    HANSA_RETURN_IF_ERROR(canvas.status());
    numbers = Printing(document, **canvas, numbers).Print();
    absl::StatusOr<std::string> bytes = (*canvas)->Finish();
    HANSA_RETURN_IF_ERROR(bytes.status());
    if (is_final) return Pdf{*std::move(bytes), numbers.pages, (*canvas)->unshown()};
  }
  return absl::InternalError("cannot make the PDF");
}

}  // namespace hansa::node::report
