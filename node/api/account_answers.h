// Officers' accounts, as the page and the command line ask of them.
#ifndef HANSA_NODE_API_ACCOUNT_ANSWERS_H_
#define HANSA_NODE_API_ACCOUNT_ANSWERS_H_

#include "absl/status/status.h"
#include "node/accounts/reception.h"
#include "node/api/account_shapes.h"
#include "node/api/api_parts.h"
#include "node/api/asker.h"

namespace hansa::node::api {

// As the Do of account_shapes.h, written down under the name of `asker`.
//   FAILED_PRECONDITION  nobody signs in to this node
template <typename Request, typename Reply>
absl::Status AnswerOfAccounts(ApiParts& parts, const Asker& asker, const Request& request, Reply& reply) {
  if (parts.reception == nullptr) return absl::FailedPreconditionError("nobody signs in to this node");
  return Do(parts.reception->Acts({.account = asker.account, .through = asker.account.empty() ? "command" : "page"}),
            request, reply);
}

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_ACCOUNT_ANSWERS_H_
