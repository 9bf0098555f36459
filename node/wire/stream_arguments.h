// What both ends demand of HTTP/2, as gRPC's named integers: one list, so that the ends agree.
#ifndef HANSA_NODE_WIRE_STREAM_ARGUMENTS_H_
#define HANSA_NODE_WIRE_STREAM_ARGUMENTS_H_

#include <utility>
#include <vector>

namespace hansa::node::wire {

using StreamArguments = std::vector<std::pair<const char*, int>>;

StreamArguments DiallerArguments();
StreamArguments ListenerArguments();

// The full name of the one method, and what the listener adds to its first answer: a stream is up
// when the dialler has seen it. A plain refusal has no such mark.
inline constexpr char kConverseMethod[] = "/hansa.v1.Replication/Converse";
inline constexpr char kOpenMark[] = "hansa-open";

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_STREAM_ARGUMENTS_H_
