#include "node/cli/summary_json.h"

#include <nlohmann/json.hpp>

#include "hansa/v1/node.pb.h"
#include "node/cli/json_parts.h"
#include "node/cli/peer_learning_json.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::Json;
using json::OrNull;
using json::Text;

}  // namespace

std::string JsonOf(const v1::PublishSummaryReply& published, std::uint32_t year) {
  Json records = Json::array();
  for (const v1::PublishedRecord& record : published.records()) records.push_back(Json::parse(JsonOf(record)));
  return Text({{"year", year}, {"records", std::move(records)}});
}

std::string JsonOf(const v1::VerifySummaryReply& verified) {
  Json array = Json::array();
  for (const v1::VerifiedSummary& summary : verified.summaries()) {
    array.push_back({{"year", summary.year()},
                     {"member", summary.member()},
                     {"revision", summary.revision()},
                     {"ok", summary.ok()},
                     {"missing", Array(summary.missing())},
                     {"differences", Array(summary.differences())},
                     {"why_not", OrNull(summary.why_not())},
                     {"cells", summary.cells()},
                     {"inputs_digest", OrNull(summary.inputs_digest())}});
  }
  return Text(array);
}

}  // namespace hansa::node::cli
