// Strategies and actions as people read them, in their language. What cities wrote stays as they wrote it, without what
// could disturb a terminal.
#ifndef HANSA_NODE_CLI_STRATEGY_TEXTS_H_
#define HANSA_NODE_CLI_STRATEGY_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetStrategyReply;
class ListChecklistReply;
class ListStrategiesReply;
class StrategySummary;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::ListStrategiesReply& strategies, const Layout& layout);
std::string TextOf(const v1::GetStrategyReply& strategy, const Layout& layout);
// Parts for which nothing is told are there as well.
std::string TextOf(const v1::ListChecklistReply& checklist, const Layout& layout);

// 'since 2021: Reading city (strategy)': what stands under a series. Empty without a first day.
std::string LineUnderSeries(const v1::StrategySummary& strategy, const words::Words& words);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_STRATEGY_TEXTS_H_
