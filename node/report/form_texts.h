// What every form of a document says of its own, and the values of a chart as text for the table that stands beside it.
#ifndef HANSA_NODE_REPORT_FORM_TEXTS_H_
#define HANSA_NODE_REPORT_FORM_TEXTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "node/report/document.h"
#include "node/words/words.h"

namespace hansa::node::report {

struct YearValue {
  std::string year = {};
  std::string value = {};  // as the city wrote it; with '*' where no line leads to it, '–' where there is none
};

// By year, in rows of as many as fit `characters` next to each other; at least two a row.
std::vector<std::vector<YearValue>> YearRows(const Chart& chart, std::size_t characters);

// What the signs of the chart and of its table mean, a line each: 'A 2016: …' for each mark, '*' and '–' where they
// stand.
std::vector<std::string> LegendOf(const Chart& chart, const words::Words& words);

// 'Contents'; 'Figures as published on 2024-05-31 09:12 UTC', empty where the day is not known.
std::string ContentsTitle(const words::Words& words);
std::string DatedLine(const Document& document, const words::Words& words);
// Over the table of a chart's years, and for those who do not see the chart.
std::string YearsCaption(const Chart& chart, const words::Words& words);
std::string ChartDescription(const Chart& chart, const words::Words& words);

// 'page 3 of 12'; the number alone where `of` is 0. 'Sources (continued)'.
std::string PageLine(std::size_t page, std::size_t of, const words::Words& words);
std::string ContinuedCaption(const std::string& caption, const words::Words& words);

// The words of a document in its language; English for one that Hansa does not speak.
words::Words WordsOf(const Document& document);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_FORM_TEXTS_H_
