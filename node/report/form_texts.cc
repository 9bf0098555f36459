#include "node/report/form_texts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/report/chart_plan.h"
#include "node/report/report_writing.h"

namespace hansa::node::report {

std::vector<std::vector<YearValue>> YearRows(const Chart& chart, std::size_t characters) {
  std::vector<YearValue> all;
  std::size_t longest = 4;
  for (const Dot& dot : chart.dots) {
    all.push_back({absl::StrCat(dot.year), dot.value.empty() ? "–" : absl::StrCat(dot.value, dot.apart ? "*" : "")});
    longest = std::max(longest, dot.value.size() + (dot.apart ? 1 : 0));
  }
  const std::size_t in_row = std::max<std::size_t>(2, characters / (longest + 2));
  const std::size_t rows = (all.size() + in_row - 1) / in_row;
  std::vector<std::vector<YearValue>> table(rows);
  for (std::size_t i = 0; i < all.size(); ++i) table[i / in_row].push_back(std::move(all[i]));
  return table;
}

std::vector<std::string> LegendOf(const Chart& chart, const words::Words& words) {
  std::vector<std::string> legend;
  for (std::size_t i = 0; i < chart.marks.size(); ++i) {
    const Mark& mark = chart.marks[i];
    const std::string value = mark.value.empty() ? "" : absl::StrCat(": ", mark.value);
    legend.push_back(absl::StrCat(LetterOf(i), " ", mark.year, ": ", mark.text, value));
  }
  if (std::any_of(chart.dots.begin(), chart.dots.end(), [](const Dot& dot) { return dot.apart; })) {
    legend.push_back(absl::StrCat("* ", words("rests on another source, wording or area than the value before it: no "
                                              "line joins the two")));
  }
  if (std::any_of(chart.dots.begin(), chart.dots.end(), [](const Dot& dot) { return dot.value.empty(); })) {
    legend.push_back(absl::StrCat("– ", words("no data for the year")));
  }
  return legend;
}

std::string ContentsTitle(const words::Words& words) { return words("Contents"); }

std::string DatedLine(const Document& document, const words::Words& words) {
  return document.dated_ms == 0 ? "" : words("Figures as published on {0}", MomentText(document.dated_ms));
}

std::string YearsCaption(const Chart& chart, const words::Words& words) {
  return words("Values by year, in the unit {0}", chart.unit);
}

std::string ChartDescription(const Chart& chart, const words::Words& words) {
  std::vector<std::string> values;
  for (const Dot& dot : chart.dots) {
    values.push_back(absl::StrCat(dot.year, " ", dot.value.empty() ? words("No data") : dot.value));
  }
  return words("A chart of the values by year, in the unit {0}: {1}. The same values stand in the table beside it.",
               chart.unit, absl::StrJoin(values, ", "));
}

std::string PageLine(std::size_t page, std::size_t of, const words::Words& words) {
  return of == 0 ? absl::StrCat(page) : words("page {0} of {1}", page, of);
}

std::string ContinuedCaption(const std::string& caption, const words::Words& words) {
  return words("{0} (continued)", caption);
}

words::Words WordsOf(const Document& document) {
  const std::string primary = document.language.substr(0, document.language.find('-'));
  return words::Words(words::LanguageNamed(primary).value_or(words::Language::kEnglish));
}

}  // namespace hansa::node::report
