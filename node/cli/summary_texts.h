// Published summaries as people read them: what was signed, and whether it is what the feeds give.
#ifndef HANSA_NODE_CLI_SUMMARY_TEXTS_H_
#define HANSA_NODE_CLI_SUMMARY_TEXTS_H_

#include <cstdint>
#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class PublishSummaryReply;
class VerifySummaryReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::PublishSummaryReply& published, std::uint32_t year, const Layout& layout);
std::string TextOf(const v1::VerifySummaryReply& verified, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_SUMMARY_TEXTS_H_
