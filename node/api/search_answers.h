// Finding: full-text search, cities in like circumstances, what can be learnt about a feature. One answer for each
// method. As answers.h.
#ifndef HANSA_NODE_API_SEARCH_ANSWERS_H_
#define HANSA_NODE_API_SEARCH_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class FindSimilarReply;
class FindSimilarRequest;
class LearnReply;
class LearnRequest;
class SearchReply;
class SearchRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::SearchRequest& request, v1::SearchReply& reply);
absl::Status Answer(ApiParts& parts, const v1::FindSimilarRequest& request, v1::FindSimilarReply& reply);
absl::Status Answer(ApiParts& parts, const v1::LearnRequest& request, v1::LearnReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_SEARCH_ANSWERS_H_
