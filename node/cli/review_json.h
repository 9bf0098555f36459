// Reports for review, ratings and surveys as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_REVIEW_JSON_H_
#define HANSA_NODE_CLI_REVIEW_JSON_H_

#include <string>

namespace hansa::v1 {
class GetReviewReply;
class ListReviewsReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// By member, year, kind and title.
std::string JsonOf(const v1::ListReviewsReply& reviews);
// As in the list, with `content` (a report, a rating with the city's answer, or a survey with the city's note), and
// every revision.
std::string JsonOf(const v1::GetReviewReply& review);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_REVIEW_JSON_H_
