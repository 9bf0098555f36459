#include "node/report/pdf_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "node/report/form_texts.h"

namespace hansa::node::report {
namespace {

constexpr TextStyle kSmall{.size = 8, .ink = Ink::kMuted};

}  // namespace

void PdfPages::Gap(double height) {
  if (!is_fresh()) y_ += height;
}

void PdfPages::Need(double height) {
  if (height > room() && !is_fresh()) NextPage();
}

void PdfPages::NextPage() {
  Foot();
  canvas_.NextPage();
  ++page_;
  y_ = kMarginTop;
  Head();
}

// Above every page but the first, which has the title itself.
void PdfPages::Head() {
  const double y = kMarginTop - 26;
  canvas_.Draw(canvas_.Shape({.text = document_.title}, kSmall, kTextWidth), 0, 1, {kMarginLeft, y}, Align::kLeft);
  canvas_.Line({kMarginLeft, y + 14}, {kPageWidth - kMarginLeft, y + 14}, 0.6, Ink::kRule);
}

void PdfPages::Foot() {
  const std::string page = PageLine(page_, pages_in_all_, words_);
  canvas_.Draw(canvas_.Shape({.text = page}, kSmall, -1), 0, 1,
               {kPageWidth - kMarginLeft, kPageHeight - kMarginBottom + 20}, Align::kRight);
}

void PdfPages::Text(const TextRun& run, const TextStyle& style, const char* tag, double indent) {
  const PdfText text = canvas_.Shape(run, style, kTextWidth - indent);
  for (std::size_t line = 0; line < text.lines();) {
    std::size_t count = 0;
    while (line + count < text.lines() && text.height(line, count + 1) <= room()) ++count;
    if (count == 0 && !is_fresh()) {
      NextPage();
      continue;
    }
    count = std::max<std::size_t>(count, 1);
    canvas_.BeginPart(tag);
    canvas_.Draw(text, line, count, {kMarginLeft + indent, y_}, Align::kLeft);
    canvas_.EndPart();
    y_ += text.height(line, count);
    line += count;
  }
}

}  // namespace hansa::node::report
