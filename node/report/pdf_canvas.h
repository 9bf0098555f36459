// A PDF as a pen sees it: pages of A4, text in any script that a font of this machine shows, lines, discs, structure
// for those who hear the document, an outline, and links within it. The only code that knows Pango and Cairo.
#ifndef HANSA_NODE_REPORT_PDF_CANVAS_H_
#define HANSA_NODE_REPORT_PDF_CANVAS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::report {

// All lengths are points, 72 to the inch; y grows downwards from the top of the page.
inline constexpr double kPageWidth = 595.28;
inline constexpr double kPageHeight = 841.89;

// Colours, by what they are for. Text keeps a contrast of 4.5 to 1 on white and on kShade.
enum class Ink { kText, kMuted, kHeading, kRule, kGrid, kMark, kShade, kWhite };

struct TextStyle {
  double size = 9.5;
  bool bold = false;
  Ink ink = Ink::kText;
};

// What is written: `label` in bold, then `text`. LF ends a line.
struct TextRun {
  absl::string_view text;
  absl::string_view label = {};
  absl::string_view language = {};  // BCP 47; empty: that of the document
};

// Text broken into lines. Only the canvas that made it can draw it, as long as it lives.
class PdfText {
 public:
  PdfText();
  PdfText(PdfText&&) noexcept;
  PdfText& operator=(PdfText&&) noexcept;
  ~PdfText();

  std::size_t lines() const;
  double height(std::size_t first_line, std::size_t count) const;
  double height() const { return height(0, lines()); }
  double width() const;  // of the longest line

 private:
  friend class PdfCanvas;
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

struct PdfPoint {
  double x = 0;
  double y = 0;
};
enum class Align { kLeft, kRight };
enum class Dash { kNone, kDashed };

// What the document says of itself.
struct PdfInfo {
  std::string title = {};
  std::string author = {};
  std::string language = {};
  std::uint64_t dated_ms = 0;  // Unix milliseconds; stands in the file as the time it was made
};

// Not thread-safe; one document. Nothing of the clock or the machine's name gets into it.
class PdfCanvas {
 public:
  //   FAILED_PRECONDITION  this machine has no font
  static absl::StatusOr<std::unique_ptr<PdfCanvas>> Begin(const PdfInfo& info);
  ~PdfCanvas();

  // `width` is where lines break; 0: at each word; negative: only at line ends.
  PdfText Shape(const TextRun& run, const TextStyle& style, double width);
  // Draws `count` lines from `first_line` on, the top of the first at `at.y`. With Align::kRight `at.x` is their end.
  void Draw(const PdfText& text, std::size_t first_line, std::size_t count, PdfPoint at, Align align);

  void Line(PdfPoint from, PdfPoint to, double width, Ink ink, Dash dash = Dash::kNone);
  void Box(PdfPoint corner, double width, double height, Ink ink);  // filled
  void Frame(PdfPoint corner, double width, double height, Ink ink);
  void Disc(PdfPoint center, double radius, Ink ink);
  void Ring(PdfPoint center, double radius, Ink ink);  // white within

  void NextPage();

  // Structure around what is drawn until End: 'H1', 'P', 'Table', 'TR', 'TH', 'TD', 'L', 'LI', 'Figure', 'Caption'.
  // Every Begin has its End on the same page, the last one first.
  void BeginPart(const char* tag);
  void EndPart();
  // A place that links and the outline lead to, by a number of the caller's, once each; and what leads there.
  void Place(std::size_t number, PdfPoint at);
  void BeginLink(std::size_t number);
  void EndLink();
  // `level` from 1; deeper ones lie in the last one above them.
  void Outline(std::size_t number, int level, const std::string& title);

  // Characters drawn so far that no font of this machine shows: a box stands in their place.
  std::size_t unshown() const;

  // The file. Nothing may be drawn after it.
  //   INTERNAL  it could not be made
  absl::StatusOr<std::string> Finish();

 private:
  struct Inside;
  explicit PdfCanvas(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_PDF_CANVAS_H_
