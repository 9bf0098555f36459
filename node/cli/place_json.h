// How many people live in a city as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_PLACE_JSON_H_
#define HANSA_NODE_CLI_PLACE_JSON_H_

#include <string>

namespace hansa::v1 {
class GetPlaceReply;
}

namespace hansa::node::cli {

std::string JsonOf(const v1::GetPlaceReply& place);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PLACE_JSON_H_
