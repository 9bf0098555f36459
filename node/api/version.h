// The version of the program, as `--version` and the status show it.
#ifndef HANSA_NODE_API_VERSION_H_
#define HANSA_NODE_API_VERSION_H_

namespace hansa::node::api {

// Such as "0.1.0".
const char* Version();
// When it was made, in UTC, such as "2026-11-27".
const char* BuildDay();

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_VERSION_H_
