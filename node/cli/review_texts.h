// Reports for review, ratings and surveys as people read them, in their language. What cities, experts and agencies
// wrote stays as they wrote it, without what could disturb a terminal. Nothing is ordered by a value.
#ifndef HANSA_NODE_CLI_REVIEW_TEXTS_H_
#define HANSA_NODE_CLI_REVIEW_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetReviewReply;
class ListReviewsReply;
class ReviewReport;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::ListReviewsReply& reviews, const Layout& layout);
std::string TextOf(const v1::GetReviewReply& review, const Layout& layout);

// The report as plain Markdown, for the file that an expert gets.
std::string MarkdownOf(const v1::ReviewReport& report);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_REVIEW_TEXTS_H_
