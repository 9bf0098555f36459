// Publishing the draft, as whoever is signed in on the page may ask for it.
#ifndef HANSA_NODE_API_INDICATOR_ANSWERS_H_
#define HANSA_NODE_API_INDICATOR_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/answers.h"

namespace hansa::node::api {

// As the command line asks, and for an account also
//   INVALID_ARGUMENT  it does not say which year, or which draft was looked at
absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::PublishIndicatorsRequest& request,
                    v1::PublishIndicatorsReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_INDICATOR_ANSWERS_H_
