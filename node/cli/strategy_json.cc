#include "node/cli/strategy_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "hansa/v1/node.pb.h"
#include "node/cli/json_parts.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::Json;
using json::Moment;
using json::OrNull;
using json::Revision;
using json::Text;

Json Strategy(const v1::StrategySummary& strategy) {
  return {{"id", strategy.id()},
          {"member", strategy.member()},
          {"title", strategy.title()},
          {"kind", OrNull(strategy.kind())},
          {"state", OrNull(strategy.state())},
          {"starts_on", OrNull(strategy.starts_on())},
          {"ends_on", OrNull(strategy.ends_on())},
          {"features", Array(strategy.features())},
          {"actions", Array(strategy.actions())},
          {"revision", strategy.revision()},
          {"cells", Array(strategy.cells())}};
}

}  // namespace

std::string JsonOf(const v1::ListStrategiesReply& strategies) {
  Json array = Json::array();
  for (const v1::StrategySummary& strategy : strategies.strategies()) array.push_back(Strategy(strategy));
  return Text(array);
}

std::string JsonOf(const v1::GetStrategyReply& strategy) {
  Json json = Strategy(strategy.strategy());
  json["withdrawn"] = strategy.withdrawn();
  json["fault"] = OrNull(strategy.fault());
  json["content"] =
      strategy.has_content() ? Json::parse(domain::RecordJson(strategy.content()), nullptr, false) : Json(nullptr);
  Json revisions = Json::array();
  for (const v1::RecordRevision& revision : strategy.revisions()) revisions.push_back(Revision(revision));
  json["revisions"] = std::move(revisions);
  return Text(json);
}

std::string JsonOf(const v1::ListChecklistReply& checklist) {
  Json rows = Json::array();
  for (const v1::ChecklistRow& row : checklist.rows()) {
    Json deeds = Json::array(), practices = Json::array();
    for (const v1::ChecklistDeed& deed : row.deeds()) {
      deeds.push_back({{"id", deed.strategy().id()},
                       {"title", deed.strategy().title()},
                       {"language", OrNull(deed.strategy().language())},
                       {"state", OrNull(deed.state())},
                       {"starts_on", OrNull(deed.starts_on())},
                       {"ends_on", OrNull(deed.ends_on())},
                       {"responsible", OrNull(deed.responsible())},
                       {"participants", Array(deed.participants())}});
    }
    for (const v1::RecordLink& practice : row.practices()) {
      practices.push_back(
          {{"id", practice.id()}, {"title", practice.title()}, {"language", OrNull(practice.language())}});
    }
    rows.push_back(
        {{"part", row.part()}, {"name", row.name()}, {"deeds", std::move(deeds)}, {"practices", std::move(practices)}});
  }
  return Text({{"member", checklist.member()}, {"rows", std::move(rows)}});
}

}  // namespace hansa::node::cli
