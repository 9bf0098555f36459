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
};
// Problem, what was done, what came of it; in English or Korean.
const MarkdownPlan& PracticePlan();
// All of it is the text.
const MarkdownPlan& OfferPlan();

// The head as a JSON object, with the texts of the body beside it. `content` begins with +++ and is UTF-8.
//   INVALID_ARGUMENT  'line: what; what to do'
absl::StatusOr<std::string> JsonOfMarkdown(absl::string_view content, const MarkdownPlan& plan);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_MARKDOWN_FILE_H_
