// The pages of a print as they fill up from top to bottom: margins, what stands above and below every page, and moving
// on to the next one.
#ifndef HANSA_NODE_REPORT_PDF_PAGE_H_
#define HANSA_NODE_REPORT_PDF_PAGE_H_

#include <cstddef>
#include <string>

#include "node/report/document.h"
#include "node/report/pdf_canvas.h"
#include "node/words/words.h"

namespace hansa::node::report {

inline constexpr double kMarginLeft = 48;
inline constexpr double kMarginTop = 62;
inline constexpr double kMarginBottom = 60;
inline constexpr double kTextWidth = kPageWidth - 2 * kMarginLeft;

// Not thread-safe. Everything it is made of outlives it.
class PdfPages {
 public:
  // `pages_in_all` as the foot of each page says it; 0 where it is not known yet.
  PdfPages(PdfCanvas& canvas, const Document& document, const words::Words& words, std::size_t pages_in_all)
      : canvas_(canvas), document_(document), words_(words), pages_in_all_(pages_in_all) {}

  PdfCanvas& canvas() { return canvas_; }
  const words::Words& words() const { return words_; }
  std::size_t page() const { return page_; }  // from 1

  // Where the next thing stands, and how much fits below that.
  double y() const { return y_; }
  double room() const { return kPageHeight - kMarginBottom - y_; }
  // The most that fits on a page.
  static constexpr double full_room() { return kPageHeight - kMarginBottom - kMarginTop; }
  bool is_fresh() const { return y_ <= kMarginTop; }

  // Moves down; at the top of a page nothing is left free.
  void Down(double height) { y_ += height; }
  void Gap(double height);
  // Goes on to the next page unless `height` fits, or nothing stands on this one yet.
  void Need(double height);
  void NextPage();
  // After the last thing.
  void End() { Foot(); }

  // A text from the left margin on, broken at the right one and over pages, each piece of it as one part `tag`.
  void Text(const TextRun& run, const TextStyle& style, const char* tag, double indent = 0);

 private:
  void Head();
  void Foot();

  PdfCanvas& canvas_;
  const Document& document_;
  const words::Words& words_;
  const std::size_t pages_in_all_;
  std::size_t page_ = 1;
  double y_ = kMarginTop;
};

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_PDF_PAGE_H_
