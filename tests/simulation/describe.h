// How frames look in the event log, and about how many bytes they are on the way.
#ifndef HANSA_TESTS_SIMULATION_DESCRIBE_H_
#define HANSA_TESTS_SIMULATION_DESCRIBE_H_

#include <functional>
#include <string>

#include "replication/events.h"

namespace hansa::simulation {

// What a feed is called: "city-1/2".
using FeedNames = std::function<std::string(const replication::FeedId&)>;

std::string Describe(const replication::Frame& frame, const FeedNames& names);
// What the protobuf of node/wire comes to, within a few per cent.
std::size_t BytesOf(const replication::Frame& frame);

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_DESCRIBE_H_
