#include "node/report/pdf_chart.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "node/report/chart_plan.h"
#include "node/report/form_texts.h"
#include "node/report/pdf_table.h"

namespace hansa::node::report {
namespace {

constexpr double kPad = 8;
constexpr ChartBox kBox{.width = 268, .height = 132, .text_size = 7.5};
constexpr double kGutter = 14;
constexpr double kYearsWidth = kTextWidth - 2 * kPad - kBox.width - kGutter;
constexpr std::size_t kYearCharacters = 36;
constexpr double kYearRow = 11.5;
constexpr std::size_t kLines = 3;        // of a caption or of one line of a legend, no more is drawn
constexpr double kYearsHeightMax = 480;  // a table of years that is higher stands below, over pages if need be
constexpr TextStyle kCaption{.size = 8.8, .bold = true, .ink = Ink::kMuted};
constexpr TextStyle kAxis{.size = kBox.text_size, .ink = Ink::kMuted};
constexpr TextStyle kYear{.size = 7.5, .bold = true, .ink = Ink::kMuted};
constexpr TextStyle kValue{.size = 7.5};
constexpr TextStyle kLegend{.size = 8};

// Text that ends, begins or is centred at a point, its middle line there.
void Label(PdfCanvas& canvas, const std::string& text, const TextStyle& style, PdfPoint at, double part_before) {
  const PdfText shaped = canvas.Shape({.text = text}, style, -1);
  canvas.Draw(shaped, 0, 1, {at.x - part_before * shaped.width(), at.y - shaped.height() / 2}, Align::kLeft);
}

void DrawPlan(const ChartPlan& plan, PdfPoint corner, PdfCanvas& canvas) {
  const auto at = [&](double x, double y) { return PdfPoint{corner.x + x, corner.y + y}; };
  for (const PlanTick& tick : plan.values) {
    canvas.Line(at(plan.left, tick.at), at(plan.right, tick.at), 0.5, Ink::kGrid);
    Label(canvas, tick.label, kAxis, at(plan.left - 4, tick.at), 1);
  }
  canvas.Line(at(plan.left, plan.bottom), at(plan.right, plan.bottom), 0.6, Ink::kRule);
  for (const PlanTick& tick : plan.years) {
    canvas.Line(at(tick.at, plan.bottom), at(tick.at, plan.bottom + 2.5), 0.6, Ink::kRule);
    Label(canvas, tick.label, kAxis, at(tick.at, plan.bottom + 9), 0.5);
  }
  for (const PlanMark& mark : plan.marks) {
    if (mark.y) {
      canvas.Ring(at(mark.x, *mark.y), 3.2, Ink::kMark);
      Label(canvas, mark.letters, kAxis, at(mark.x, *mark.y - 8), 0.5);
    } else {
      canvas.Line(at(mark.x, plan.top), at(mark.x, plan.bottom), 0.9, Ink::kMark, Dash::kDashed);
      Label(canvas, mark.letters, kAxis, at(mark.x, plan.top - 5), 0.5);
    }
  }
  for (const PlanLine& line : plan.lines) {
    canvas.Line(at(line.from.x, line.from.y), at(line.to.x, line.to.y), 1.2, Ink::kHeading);
  }
  for (const PlanPoint& dot : plan.dots) canvas.Disc(at(dot.x, dot.y), 2.1, Ink::kHeading);
}

void DrawYears(const std::vector<std::vector<YearValue>>& rows, const PdfText& caption, PdfPoint corner,
               PdfCanvas& canvas) {
  canvas.BeginPart("Table");
  canvas.BeginPart("Caption");
  canvas.Draw(caption, 0, kLines, corner, Align::kLeft);
  canvas.EndPart();
  double y = corner.y + caption.height(0, kLines) + 3;
  const std::size_t columns = rows.empty() ? 1 : rows.front().size();
  const double width = std::min(kYearsWidth / static_cast<double>(columns), 52.0);
  for (const std::vector<YearValue>& row : rows) {
    canvas.Box({corner.x, y}, width * static_cast<double>(row.size()), kYearRow, Ink::kShade);
    for (const bool is_year : {true, false}) {
      canvas.BeginPart("TR");
      for (std::size_t i = 0; i < row.size(); ++i) {
        canvas.BeginPart(is_year ? "TH" : "TD");
        Label(canvas, is_year ? row[i].year : row[i].value, is_year ? kYear : kValue,
              {corner.x + width * static_cast<double>(i + 1) - 4, y + kYearRow / 2}, 1);
        canvas.EndPart();
      }
      canvas.EndPart();
      y += kYearRow;
    }
  }
  canvas.EndPart();
}

// The same as a table of its own: a line for each row of years, and one for their values.
Table YearsTable(const std::string& caption, const std::vector<std::vector<YearValue>>& rows) {
  Table table{.caption = caption};
  for (std::size_t i = 0; i < rows.front().size(); ++i) {
    table.numeric.push_back(i);
    table.header.push_back(rows.front()[i].year);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::string> years, values;
    for (const YearValue& one : rows[i]) {
      years.push_back(one.year);
      values.push_back(one.value);
    }
    if (i > 0) table.rows.push_back(std::move(years));
    table.rows.push_back(std::move(values));
  }
  return table;
}

}  // namespace

void DrawChart(const Chart& chart, PdfPages& pages) {
  PdfCanvas& canvas = pages.canvas();
  const double inner = kTextWidth - 2 * kPad;
  const PdfText caption = canvas.Shape({.text = chart.caption}, kCaption, inner);
  const std::string over_years = YearsCaption(chart, pages.words());
  const PdfText years_caption = canvas.Shape({.text = over_years}, kValue, kYearsWidth);
  const std::vector<std::vector<YearValue>> years = YearRows(chart, kYearCharacters);
  std::vector<PdfText> legend;
  double legend_height = 0;
  for (const std::string& line : LegendOf(chart, pages.words())) {
    legend.push_back(canvas.Shape({.text = line}, kLegend, inner));
    legend_height += legend.back().height(0, kLines);
  }
  const double years_height = years_caption.height(0, kLines) + 3 + 2 * kYearRow * static_cast<double>(years.size());
  const bool is_beside = years_height <= kYearsHeightMax;
  const double middle = std::max(kBox.height, is_beside ? years_height : 0);
  const double height = 2 * kPad + caption.height(0, kLines) + 4 + middle + (legend.empty() ? 0 : 4) + legend_height;
  pages.Gap(4);
  pages.Need(height);
  canvas.Frame({kMarginLeft, pages.y()}, kTextWidth, height, Ink::kRule);
  double y = pages.y() + kPad;
  const double x = kMarginLeft + kPad;
  canvas.BeginPart("Figure");
  canvas.BeginPart("Caption");
  canvas.Draw(caption, 0, kLines, {x, y}, Align::kLeft);
  canvas.EndPart();
  y += caption.height(0, kLines) + 4;
  DrawPlan(PlanChart(chart, kBox), {x, y}, canvas);
  canvas.EndPart();
  if (is_beside) DrawYears(years, years_caption, {x + kBox.width + kGutter, y}, canvas);
  y += middle + 4;
  for (const PdfText& line : legend) {
    canvas.BeginPart("P");
    canvas.Draw(line, 0, kLines, {x, y}, Align::kLeft);
    canvas.EndPart();
    y += line.height(0, kLines);
  }
  pages.Down(height + 8);
  if (!is_beside) DrawTable(YearsTable(over_years, years), pages);
}

}  // namespace hansa::node::report
