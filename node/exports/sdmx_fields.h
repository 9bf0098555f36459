// One row by the components of SDMX, in their order: the one place that says what stands in which.
#ifndef HANSA_NODE_EXPORTS_SDMX_FIELDS_H_
#define HANSA_NODE_EXPORTS_SDMX_FIELDS_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/domain/observation.h"
#include "node/exports/export_row.h"
#include "node/exports/sdmx_components.h"

namespace hansa::node::exports {

// Calls `sink` once for each component of `SdmxComponents`, in that order, with the component's id and what stands in
// it, empty for nothing: sink.Code(component, id) for what becomes a code by AppendSdmxCode, sink.Text(component, text)
// for what a person wrote, sink.Exact(component, text) for what is written as it is.
template <typename Sink>
void VisitSdmxFields(const ExportRow& row, const std::vector<SdmxAttribute>& attributes, Sink& sink) {
  const domain::Observation& o = row.observation;
  const CellParts parts = PartsOf(o.cell);
  sink.Exact("FREQ", "A");
  sink.Code("REF_AREA", row.member);
  sink.Code("MEASUREMENT", parts.measurement);
  if (parts.breakdown.empty()) {
    sink.Exact("BREAKDOWN", kNoBreakdown);
  } else {
    sink.Code("BREAKDOWN", parts.breakdown);
  }
  sink.Code("FRAMEWORK", row.framework_version);
  if (o.word_of.empty()) {
    sink.Exact("WORD_OF", kOwnSet);
  } else {
    sink.Code("WORD_OF", o.word_of);
  }
  sink.Exact("TIME_PERIOD", absl::AlphaNum(row.year).Piece());
  sink.Exact("OBS_VALUE", ValueOf(o));
  sink.Code("UNIT_MEASURE", o.unit);
  sink.Exact("OBS_STATUS", o.value ? "A" : "M");
  sink.Code("SOURCE_KIND", domain::Code(o.source_kind));
  sink.Code("DEF_MATCH", domain::Code(o.match));
  sink.Text("DEF_LANGUAGE", o.definition_language);
  sink.Code("AREA_LEVEL", domain::Code(o.level));
  sink.Text("REF_AREA_NOTE", o.area);
  sink.Text("PERIOD_NOTE", o.period);
  sink.Text("SOURCE_TEXT", o.source);
  sink.Text("SUPPLIER", o.supplier);
  sink.Text("LICENCE", o.licence);
  sink.Text("NO_DATA_REASON", o.no_data_reason);
  sink.Text("DERIVATION_NOTE", o.derivation_note);
  for (const SdmxAttribute& attribute : attributes) sink.Text(attribute.id, AttributeOf(o, attribute.code));
  sink.Text("COMMENT", o.note);
  sink.Text("APPROVED_BY", o.approved_by);
  sink.Exact("REVISION", absl::AlphaNum(row.revision).Piece());
}

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_SDMX_FIELDS_H_
