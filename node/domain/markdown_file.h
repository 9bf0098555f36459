// A record as a Markdown file: a TOML head between lines of +++, then text, with sections where the record has them.
#ifndef HANSA_NODE_DOMAIN_MARKDOWN_FILE_H_
#define HANSA_NODE_DOMAIN_MARKDOWN_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::domain {

// Where the text goes.
struct MarkdownPlan {
  struct Section {
    std::string field;
    std::vector<std::string> headings;  // of level 2, any of them; compared without regard to case
  };
  std::vector<Section> sections;
  std::string field_of_rest;  // of text outside sections; empty: there may be none
  // Sections of any heading become a list of objects under this name, in their order: `question`, the heading, and
  // `text`; where the heading begins with the id of a feature or measurement, such as 2.6.1, that is their `id`. Text
  // before the first heading is the first of them. Empty: sections are those above.
  std::string field_of_headings = {};
};
// Problem, what was done, what came of it; in English or Korean.
const MarkdownPlan& PracticePlan();
// What it is, who took part, how it is monitored, what that has shown, what came of it; in English or Korean.
const MarkdownPlan& StrategyPlan();
// All of it is the text.
const MarkdownPlan& OfferPlan();
// Parts of a report for review.
const MarkdownPlan& ReportPlan();

// The head as a JSON object, with the texts of the body beside it. `content` begins with +++ and is UTF-8.
//   INVALID_ARGUMENT  'line: what; what to do'
absl::StatusOr<std::string> JsonOfMarkdown(absl::string_view content, const MarkdownPlan& plan);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_MARKDOWN_FILE_H_
