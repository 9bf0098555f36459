// What was found as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_SEARCH_JSON_H_
#define HANSA_NODE_CLI_SEARCH_JSON_H_

#include <string>

namespace hansa::v1 {
class FindSimilarReply;
class LearnReply;
class SearchReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// {"found","unread","hits":[…],"facets":{NAME:[{"value","records"}]}}
std::string JsonOf(const v1::SearchReply& found);
// The hits alone, as `practices list` has practices, with more fields.
std::string JsonOfPractices(const v1::SearchReply& found);
std::string JsonOf(const v1::FindSimilarReply& similar);
std::string JsonOf(const v1::LearnReply& learnt);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_SEARCH_JSON_H_
