// Rows to export: one with a value, one without, and what a spoiler would write.
#ifndef HANSA_TESTS_NODE_EXPORTS_ROWS_H_
#define HANSA_TESTS_NODE_EXPORTS_ROWS_H_

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "node/catalogue/current.h"
#include "node/domain/decimal.h"
#include "node/exports/export_row.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::exports {

inline const catalogue::Catalogue& TheCatalogue() { return catalogue::CurrentCatalogue(); }

inline ExportRow Literacy(const std::string& digits) {
  ExportRow row{"de-bonn", "Bonn", "DEU", "Europe and North America", "2013", 2023, 2, std::string(32, 'a'), {}};
  row.observation.cell = "1.1.1/adult-literacy-rate#female";
  row.observation.value = hansa::testing::Must(domain::Decimal::Parse(digits));
  row.observation.unit = "percent";
  row.observation.source_kind = domain::SourceKind::kOfficialData;
  row.observation.source = "Census, \"table 4\"";
  row.observation.match = domain::DefinitionMatch::kExact;
  return row;
}

inline ExportRow NoTurnout() {
  ExportRow row{"int-uil", "UIL", "", "", "2013", 2024, 1, std::string(32, 'b'), {}};
  row.observation.cell = "1.1.2/participation-rate-in-election";
  row.observation.no_data_reason = "no election";
  row.observation.attributes = {{"election_year", "2021"}};
  row.observation.note = "first line\nsecond line";
  return row;
}

// What would be a formula in a spreadsheet, in every field that a person fills.
inline ExportRow Spoilt(const std::string& text) {
  ExportRow row = Literacy("1");
  domain::Observation& o = row.observation;
  for (std::string* field : {&row.name, &row.region, &o.source, &o.supplier, &o.licence, &o.period, &o.area,
                             &o.derivation_note, &o.definition_language, &o.note, &o.approved_by}) {
    *field = text;
  }
  return row;
}

// The lines of `text`, each without its end.
inline std::vector<std::string> LinesOf(const std::string& text, const std::string& end) {
  std::vector<std::string> lines = absl::StrSplit(text, end);
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace hansa::node::exports

#endif  // HANSA_TESTS_NODE_EXPORTS_ROWS_H_
