#include "node/report/pdf_table.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "node/report/form_texts.h"

namespace hansa::node::report {
namespace {

constexpr double kPadX = 4, kPadY = 2.6;
constexpr double kShortColumn = 64;
// What stands on every page of a table is never long: no more of a caption or a header is drawn.
constexpr std::size_t kCaptionLines = 4;
constexpr double kHeaderMax = 120;
constexpr double kRoomMin = 40;  // less of a page is not begun on with a row that goes on over the next one
constexpr TextStyle kCaption{.size = 8.5, .bold = true, .ink = Ink::kMuted};
constexpr TextStyle kHeader{.size = 8, .bold = true};
constexpr TextStyle kName{.size = 8.2, .bold = true};
constexpr TextStyle kCell{.size = 8.2};

using Cells = std::vector<PdfText>;

// One table as it is drawn.
class TableDrawing {
 public:
  TableDrawing(const Table& table, PdfPages& pages) : table_(table), pages_(pages) {
    std::vector<ColumnNeed> needs(table.header.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
      Ask(table.header[i], kHeader, needs[i]);
      for (const std::vector<std::string>& row : table.rows) {
        if (i < row.size()) Ask(row[i], StyleOf(i), needs[i]);
      }
    }
    widths_ = ColumnWidths(needs, kTextWidth);
  }

  void Draw() {
    const Cells header = Shape(table_.header, true);
    std::vector<Cells> rows;
    rows.reserve(table_.rows.size());
    for (const std::vector<std::string>& row : table_.rows) rows.push_back(Shape(row, false));
    const double head = HeaderHeight(header) + 16;
    pages_.Need(std::min(head + (rows.empty() ? 0 : HeightOf(rows.front())), PdfPages::full_room()));
    Begin(header, table_.caption);
    for (const Cells& row : rows) {
      const bool fits_a_page = HeightOf(row) + head <= PdfPages::full_room();
      if (HeightOf(row) > pages_.room() && (fits_a_page || pages_.room() < kRoomMin)) GoOn(header);
      Row(row, header);
    }
    pages_.canvas().EndPart();
    pages_.Down(6);
  }

 private:
  bool IsNumeric(std::size_t column) const {
    return std::find(table_.numeric.begin(), table_.numeric.end(), column) != table_.numeric.end();
  }
  const TextStyle& StyleOf(std::size_t column) const {
    return column == 0 && !IsNumeric(0) && table_.header.size() > 1 ? kName : kCell;
  }

  void Ask(const std::string& text, const TextStyle& style, ColumnNeed& need) {
    const TextRun run{.text = text};
    need.least = std::max(need.least, pages_.canvas().Shape(run, style, 0).width() + 2 * kPadX + 0.5);
    need.natural = std::max(need.natural, pages_.canvas().Shape(run, style, -1).width() + 2 * kPadX + 0.5);
  }

  Cells Shape(const std::vector<std::string>& texts, bool is_header) {
    Cells cells;
    cells.reserve(widths_.size());
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const std::string text = i < texts.size() ? texts[i] : "";
      cells.push_back(pages_.canvas().Shape({.text = text}, is_header ? kHeader : StyleOf(i), widths_[i] - 2 * kPadX));
    }
    return cells;
  }

  static double HeightOf(const Cells& cells) {
    double height = 0;
    for (const PdfText& cell : cells) height = std::max(height, cell.height());
    return height + 2 * kPadY;
  }

  static double HeaderHeight(const Cells& header) { return std::min(HeightOf(header), kHeaderMax); }

  void Begin(const Cells& header, const std::string& caption) {
    PdfCanvas& canvas = pages_.canvas();
    canvas.BeginPart("Table");
    const PdfText title = canvas.Shape({.text = caption}, kCaption, kTextWidth);
    canvas.BeginPart("Caption");
    canvas.Draw(title, 0, kCaptionLines, {kMarginLeft, pages_.y()}, Align::kLeft);
    canvas.EndPart();
    pages_.Down(title.height(0, kCaptionLines) + 2);
    const double height = HeaderHeight(header);
    canvas.Box({kMarginLeft, pages_.y()}, kTextWidth, height, Ink::kShade);
    DrawCells(header, std::vector<std::size_t>(header.size(), 0), height, "TH");
    canvas.Line({kMarginLeft, pages_.y()}, {kMarginLeft + kTextWidth, pages_.y()}, 1, Ink::kHeading);
  }

  void GoOn(const Cells& header) {
    pages_.canvas().EndPart();
    pages_.NextPage();
    Begin(header, ContinuedCaption(table_.caption, pages_.words()));
  }

  // A row, over as many pages as it takes.
  void Row(const Cells& cells, const Cells& header) {
    std::vector<std::size_t> from(cells.size(), 0);
    const auto is_left = [&] {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (from[i] < cells[i].lines()) return true;
      }
      return false;
    };
    while (is_left()) {
      const double height = std::min(LeftHeight(cells, from), pages_.room());
      from = DrawCells(cells, from, height, "TD");
      pages_.canvas().Line({kMarginLeft, pages_.y()}, {kMarginLeft + kTextWidth, pages_.y()}, 0.5, Ink::kGrid);
      if (is_left()) GoOn(header);
    }
  }

  static double LeftHeight(const Cells& cells, const std::vector<std::size_t>& from) {
    double height = 0;
    for (std::size_t i = 0; i < cells.size(); ++i)
      height = std::max(height, cells[i].height(from[i], cells[i].lines()));
    return height + 2 * kPadY;
  }

  // Draws of each cell the lines that fit into `height`, and at least one; returns where each goes on.
  std::vector<std::size_t> DrawCells(const Cells& cells, const std::vector<std::size_t>& from, double height,
                                     const char* tag) {
    PdfCanvas& canvas = pages_.canvas();
    std::vector<std::size_t> next = from;
    double x = kMarginLeft;
    canvas.BeginPart("TR");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::size_t count = 0;
      while (from[i] + count < cells[i].lines() &&
             (count == 0 || cells[i].height(from[i], count + 1) + 2 * kPadY <= height + 0.01)) {
        ++count;
      }
      const Align align = IsNumeric(i) ? Align::kRight : Align::kLeft;
      canvas.BeginPart(tag);
      canvas.Draw(cells[i], from[i], count,
                  {align == Align::kRight ? x + widths_[i] - kPadX : x + kPadX, pages_.y() + kPadY}, align);
      canvas.EndPart();
      next[i] = from[i] + count;
      x += widths_[i];
    }
    canvas.EndPart();
    pages_.Down(height);
    return next;
  }

  const Table& table_;
  PdfPages& pages_;
  std::vector<double> widths_;
};

}  // namespace

std::vector<double> ColumnWidths(std::vector<ColumnNeed> needs, double width) {
  double least = 0, natural = 0, short_whole = 0;
  for (const ColumnNeed& need : needs) {
    least += need.least;
    natural += need.natural;
    short_whole += need.natural <= kShortColumn ? need.natural : need.least;
  }
  if (short_whole <= width) {
    for (ColumnNeed& need : needs) need.least = need.natural <= kShortColumn ? need.natural : need.least;
    least = short_whole;
  }
  std::vector<double> widths;
  widths.reserve(needs.size());
  for (const ColumnNeed& need : needs) {
    if (natural <= width) {
      widths.push_back(natural > 0 ? need.natural * width / natural : width / static_cast<double>(needs.size()));
    } else if (least <= width) {
      widths.push_back(need.least + (need.natural - need.least) * (width - least) / (natural - least));
    } else {
      widths.push_back(need.least * width / least);
    }
  }
  return widths;
}

void DrawTable(const Table& table, PdfPages& pages) {
  if (!table.header.empty()) TableDrawing(table, pages).Draw();
}

}  // namespace hansa::node::report
