// Strategies and actions as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_STRATEGY_JSON_H_
#define HANSA_NODE_CLI_STRATEGY_JSON_H_

#include <string>

namespace hansa::v1 {
class GetStrategyReply;
class ListChecklistReply;
class ListStrategiesReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// By member, first day and title.
std::string JsonOf(const v1::ListStrategiesReply& strategies);
// As in the list, with what its file says, and every revision.
std::string JsonOf(const v1::GetStrategyReply& strategy);
// In the order of the framework, each part with its deeds by first day and its practices by title.
std::string JsonOf(const v1::ListChecklistReply& checklist);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_STRATEGY_JSON_H_
