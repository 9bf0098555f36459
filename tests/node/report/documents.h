// Documents to be given a form: every kind of block, and what a spoiler would write.
#ifndef HANSA_TESTS_NODE_REPORT_DOCUMENTS_H_
#define HANSA_TESTS_NODE_REPORT_DOCUMENTS_H_

#include <string>
#include <vector>

#include "node/report/document.h"

namespace hansa::node::report {

inline Chart SomeChart() {
  return {.caption = "Rate, 2018 to 2021",
          .unit = "%",
          .dots = {{2018, "5.10", false}, {2019, "", false}, {2020, "4", false}, {2021, "7.5", true}},
          .marks = {{2020, "'Plan' begins", ""}, {2024, "own target", "3"}},
          .least = "0",
          .greatest = "100"};
}

// `text` in every place that holds one.
inline Document Everywhere(const std::string& text) {
  Chart chart = SomeChart();
  chart.caption = chart.unit = chart.marks[0].text = text;
  return {
      .title = text,
      .author = text,
      .language = "en",
      .dated_ms = 1717146720000,  // 2024-05-31 09:12 UTC
      .blocks = {Heading{1, text}, Paragraph{.label = text, .text = text}, Paragraph{.text = text, .language = "ko"},
                 List{.label = text, .items = {text, text}},
                 Table{.caption = text, .header = {text, "Value"}, .rows = {{text, "1"}, {"a", text}}, .numeric = {1}},
                 chart, Heading{2, text}, Heading{4, text}, Heading{1, text}}};
}

}  // namespace hansa::node::report

#endif  // HANSA_TESTS_NODE_REPORT_DOCUMENTS_H_
