#include "node/cli/target_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "hansa/v1/node_records.pb.h"
#include "node/cli/json_parts.h"

namespace hansa::node::cli {
namespace {

using json::Json;
using json::OrNull;

}  // namespace

std::string JsonOf(const v1::ListTargetsReply& targets) {
  Json array = Json::array();
  for (const v1::TargetSummary& target : targets.targets()) {
    array.push_back({{"id", target.id()},
                     {"member", target.member()},
                     {"cell", OrNull(target.cell())},
                     {"value", OrNull(target.value())},
                     {"unit", OrNull(target.unit())},
                     {"by_year", OrNull(std::uint64_t{target.by_year()})},
                     {"note", OrNull(target.note())},
                     {"approved_by", OrNull(target.approved_by())},
                     {"revision", target.revision()},
                     {"fault", OrNull(target.fault())}});
  }
  return array.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hansa::node::cli
