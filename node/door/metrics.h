// How the node is, as Prometheus reads it. Pure.
#ifndef HANSA_NODE_DOOR_METRICS_H_
#define HANSA_NODE_DOOR_METRICS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "node/running_node.h"

namespace hansa::node::door {

inline constexpr char kMetricsMediaType[] = "text/plain; version=0.0.4; charset=utf-8";

// Text of Prometheus's exposition format. Names begin with hansa_ and end in their unit where they have one; they never
// change, and others may join them.
// `csp_reports`: how often a browser said that the page's content security policy was broken.
std::string MetricsText(const NodeView& view, absl::string_view version, std::uint64_t csp_reports);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_METRICS_H_
