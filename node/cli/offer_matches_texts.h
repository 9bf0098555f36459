// Offers and requests that fit each other, as people read them: each with its reasons in words, by name.
#ifndef HANSA_NODE_CLI_OFFER_MATCHES_TEXTS_H_
#define HANSA_NODE_CLI_OFFER_MATCHES_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class FindMatchesReply;
}

namespace hansa::node::cli {

std::string TextOf(const v1::FindMatchesReply& matches, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_OFFER_MATCHES_TEXTS_H_
