// Published summaries as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_SUMMARY_JSON_H_
#define HANSA_NODE_CLI_SUMMARY_JSON_H_

#include <cstdint>
#include <string>

namespace hansa::v1 {
class PublishSummaryReply;
class VerifySummaryReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// {"year","records":[…]}: one record for each part, as every published record.
std::string JsonOf(const v1::PublishSummaryReply& published, std::uint32_t year);
// By year, then by who published it.
std::string JsonOf(const v1::VerifySummaryReply& verified);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_SUMMARY_JSON_H_
