// How many people live in a city, as people read it, in their language. One city at a time.
#ifndef HANSA_NODE_CLI_PLACE_TEXTS_H_
#define HANSA_NODE_CLI_PLACE_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetPlaceReply;
}

namespace hansa::node::cli {

std::string TextOf(const v1::GetPlaceReply& place, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PLACE_TEXTS_H_
