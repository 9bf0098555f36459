// The framework part by part: every area, the features and rows of it that the city speaks of, and the names of those
// that it does not.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/report/report_rows.h"
#include "node/report/report_writing.h"

namespace hansa::node::report {
namespace {

std::string StateText(const words::Words& words, absl::string_view state) {
  if (state == "planned") return words("planned");
  if (state == "under way") return words("under way");
  if (state == "finished") return words("finished");
  if (state == "stopped") return words("stopped");
  return std::string(state);
}

// 'Plan for a learning city (since 2016-03-01; under way)'.
std::string LineOf(const words::Words& words, const OwnStrategy& strategy) {
  std::vector<std::string> parts;
  if (!strategy.starts_on.empty() && !strategy.ends_on.empty()) {
    parts.push_back(words("from {0} to {1}", strategy.starts_on, strategy.ends_on));
  } else if (!strategy.starts_on.empty()) {
    parts.push_back(words("begun on {0}", strategy.starts_on));
  }
  if (!strategy.state.empty()) parts.push_back(StateText(words, strategy.state));
  return WithAside(strategy.title, absl::StrJoin(parts, "; "));
}

std::vector<const catalogue::Measurement*> RowsOf(const ReportWriting& writing, const catalogue::Feature& feature) {
  std::vector<const catalogue::Measurement*> rows;
  for (const catalogue::Measurement& measurement : writing.catalogue().measurements()) {
    if (measurement.feature == feature.id) rows.push_back(&measurement);
  }
  return rows;
}

// The feature with what the city says of it; the rows that it says nothing of are added to `silent`.
void WriteFeature(ReportWriting& writing, const catalogue::Feature& feature, std::vector<std::string>& silent) {
  const std::vector<const catalogue::Measurement*> rows = RowsOf(writing, feature);
  const std::vector<const OwnStrategy*> strategies = writing.StrategiesOf(feature.id);
  const bool speaks = std::any_of(rows.begin(), rows.end(), [&](const auto* row) { return writing.SpeaksOf(*row); });
  if (speaks || !strategies.empty()) {
    writing.Head(3, absl::StrCat(feature.id, " ", feature.statement.In(writing.language())));
    List list{.label = writing.words("Strategies and actions for this feature")};
    for (const OwnStrategy* strategy : strategies) list.items.push_back(LineOf(writing.words, *strategy));
    writing.Add(std::move(list));
  }
  for (const catalogue::Measurement* row : rows) {
    if (writing.SpeaksOf(*row)) {
      WriteRow(writing, *row);
    } else {
      silent.push_back(absl::StrCat(feature.id, " ", row->title.In(writing.language())));
    }
  }
}

void WriteArea(ReportWriting& writing, const catalogue::Area& area) {
  writing.Head(2, absl::StrCat(area.id, " ", area.name.In(writing.language())));
  std::vector<std::string> silent;
  for (const catalogue::Feature& feature : writing.catalogue().features()) {
    if (feature.area == area.id) WriteFeature(writing, feature, silent);
  }
  writing.Say(
      {.label = writing.words("Not reported for {0}", writing.input().year), .text = absl::StrJoin(silent, "; ")});
}

// What the set says of cells that the framework held here does not have: shown by their ids, unread.
void WriteUnknownCells(ReportWriting& writing) {
  const words::Words& words = writing.words;
  Table table{.caption = words("Answers to cells of another version of the framework"),
              .header = {words("Cell"), words("Value"), words("Unit"), words("Source"), words("Note")},
              .numeric = {1}};
  for (const domain::Observation& answer : writing.input().set.observations) {
    if (writing.catalogue().FindCell(answer.cell) != nullptr) continue;
    const std::string value = answer.value ? answer.value->text() : words("no data: {0}", answer.no_data_reason);
    table.rows.push_back({answer.cell, value, answer.unit, answer.source, answer.note});
  }
  if (table.rows.empty()) return;
  writing.Head(1, words("Other answers"));
  writing.Add(std::move(table));
}

}  // namespace

void WriteFramework(ReportWriting& writing) {
  for (const catalogue::Part& part : writing.catalogue().parts()) {
    writing.Head(1, absl::StrCat(part.id, " ", part.name.In(writing.language())));
    for (const catalogue::Area& area : writing.catalogue().areas()) {
      if (area.part == part.id) WriteArea(writing, area);
    }
  }
  WriteUnknownCells(writing);
}

}  // namespace hansa::node::report
