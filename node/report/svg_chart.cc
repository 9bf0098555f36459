#include "node/report/svg_chart.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "node/exports/escaping.h"
#include "node/report/chart_plan.h"
#include "node/report/form_texts.h"

namespace hansa::node::report {
namespace {

constexpr ChartBox kBox{.width = 480, .height = 230, .text_size = 13};

void AppendText(double x, double y, absl::string_view anchor, absl::string_view text, std::string& out) {
  absl::StrAppendFormat(&out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
  exports::AppendXmlText(text, out);
  out += "</text>\n";
}

void AppendLine(absl::string_view kind, PlanPoint from, PlanPoint to, std::string& out) {
  absl::StrAppendFormat(&out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", kind, from.x,
                        from.y, to.x, to.y);
}

void AppendCircle(absl::string_view kind, PlanPoint at, double radius, std::string& out) {
  absl::StrAppendFormat(&out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", kind, at.x, at.y, radius);
}

void AppendAxes(const ChartPlan& plan, std::string& out) {
  for (const PlanTick& tick : plan.values) {
    AppendLine("grid", {plan.left, tick.at}, {plan.right, tick.at}, out);
    AppendText(plan.left - 6, tick.at + kBox.text_size * 0.35, "end", tick.label, out);
  }
  AppendLine("axis", {plan.left, plan.bottom}, {plan.right, plan.bottom}, out);
  for (const PlanTick& tick : plan.years) {
    AppendLine("axis", {tick.at, plan.bottom}, {tick.at, plan.bottom + 4}, out);
    AppendText(tick.at, plan.bottom + kBox.text_size * 1.5, "middle", tick.label, out);
  }
}

void AppendMarks(const ChartPlan& plan, std::string& out) {
  for (const PlanMark& mark : plan.marks) {
    if (mark.y) {
      AppendCircle("target", {mark.x, *mark.y}, 5, out);
      AppendText(mark.x, *mark.y - 8, "middle", mark.letters, out);
    } else {
      AppendLine("mark", {mark.x, plan.top}, {mark.x, plan.bottom}, out);
      AppendText(mark.x, plan.top - 4, "middle", mark.letters, out);
    }
  }
}

}  // namespace

void AppendSvgChart(const Chart& chart, absl::string_view id, const words::Words& words, std::string& out) {
  const ChartPlan plan = PlanChart(chart, kBox);
  absl::StrAppendFormat(&out,
                        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
                        "aria-labelledby=\"%s-title %s-desc\">\n",
                        kBox.width, kBox.height, id, id);
  absl::StrAppend(&out, "<title id=\"", id, "-title\">");
  exports::AppendXmlText(chart.caption, out);
  absl::StrAppend(&out, "</title>\n<desc id=\"", id, "-desc\">");
  exports::AppendXmlText(ChartDescription(chart, words), out);
  out += "</desc>\n";
  AppendAxes(plan, out);
  AppendMarks(plan, out);
  for (const PlanLine& line : plan.lines) AppendLine("series", line.from, line.to, out);
  for (const PlanPoint& dot : plan.dots) AppendCircle("dot", dot, 3.5, out);
  out += "</svg>\n";
}

}  // namespace hansa::node::report
