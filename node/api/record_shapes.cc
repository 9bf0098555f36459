#include "node/api/record_shapes.h"

#include <cstdint>

#include "hansa/v1/node_records.pb.h"
#include "node/desk/linked_record.h"
#include "node/desk/practice_desk.h"
#include "node/desk/strategy_records.h"
#include "node/desk/target_records.h"
#include "replication/collections.h"

namespace hansa::node::api {

void Put(const desk::StandingTarget& target, const std::string& member, v1::TargetSummary& out) {
  out.set_id(target.id.hex());
  out.set_member(member);
  out.set_cell(target.cell);
  out.set_value(target.value);
  out.set_unit(target.unit);
  out.set_by_year(static_cast<std::uint32_t>(target.by_year));
  out.set_note(target.note);
  out.set_approved_by(target.approved_by);
  out.set_revision(static_cast<std::uint32_t>(target.revision));
  out.set_fault(target.fault);
}

void Put(const desk::StandingStrategy& strategy, const std::string& member, v1::StrategySummary& out) {
  out.set_id(strategy.id.hex());
  out.set_member(member);
  out.set_title(strategy.title);
  out.set_kind(strategy.kind);
  out.set_state(strategy.state);
  out.set_starts_on(strategy.starts_on);
  out.set_ends_on(strategy.ends_on);
  for (const std::string& feature : strategy.features) out.add_features(feature);
  for (const std::string& action : strategy.actions) out.add_actions(action);
  out.set_revision(static_cast<std::uint32_t>(strategy.revision));
  for (const std::string& cell : strategy.cells) out.add_cells(cell);
}

void PutLink(const desk::LinkedRecord& link, v1::RecordLink& out) {
  out.set_id(link.key.id.hex());
  out.set_member(link.member);
  out.set_collection(replication::CollectionName(link.key.collection));
  out.set_kind(link.kind);
  out.set_title(link.title);
  out.set_language(link.language);
  out.set_revision(static_cast<std::uint32_t>(link.revision));
}

void Put(const desk::PracticeRevision& revision, v1::RecordRevision& out) {
  out.set_revision(static_cast<std::uint32_t>(revision.number));
  out.set_sequence(revision.sequence.value());
  out.set_published_ms(revision.claimed_time_ms);
  out.set_reason(revision.reason);
  out.set_withdrawn(revision.withdrawn);
  out.set_entry_hash(revision.entry_hash.hex());
}

}  // namespace hansa::node::api
