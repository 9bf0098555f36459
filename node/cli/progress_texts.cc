// Indicators over the years, side by side, and of the whole network.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/indicator_words.h"
#include "node/cli/series_chart.h"
#include "node/cli/strategy_texts.h"
#include "node/cli/target_texts.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

std::string Dated(const v1::CellProgress& cell, std::uint32_t year, const words::Words& words) {
  for (const v1::ProgressPoint& point : cell.series()) {
    if (point.row().year() == year) return absl::StrCat(year, ": ", ValueOf(point.row(), words));
  }
  return "";
}

// The last year there is, whatever the city says of it.
std::string Last(const v1::CellProgress& cell, const words::Words& words) {
  if (cell.latest_year() != 0) return Dated(cell, cell.latest_year(), words);
  return cell.series().empty() ? "" : Dated(cell, cell.series(cell.series_size() - 1).row().year(), words);
}

std::string ChangeOf(const v1::CellProgress& cell, const words::Words& words) {
  if (cell.difference().empty()) return "";
  const std::string sign = absl::StartsWith(cell.difference(), "-") || cell.difference() == "0" ? "" : "+";
  const std::string change = absl::StrCat(sign, cell.difference());
  if (cell.meaning().empty()) return change;
  const std::string arrow = cell.moved() == "up" ? "↑" : "↓";
  return absl::StrCat(change, " ", arrow, " ",
                      cell.meaning() == "towards" ? words("towards the feature") : words("away from the feature"));
}

std::string Side(const v1::IndicatorDifference& cell, bool is_after, const words::Words& words) {
  const bool has = is_after ? cell.has_after() : cell.has_before();
  return has ? ValueOf(is_after ? cell.after() : cell.before(), words) : words("not reported");
}

// What one answer has in the column `column` of an Indicator CSV; empty: nothing, or the answer itself, which stands
// beside it already.
std::string FieldOf(const v1::IndicatorRow& row, absl::string_view column) {
  using Text = const std::string& (v1::IndicatorRow::*)() const;
  static const auto& texts =
      *new std::map<absl::string_view, Text>{{"unit", &v1::IndicatorRow::unit},
                                             {"source_kind", &v1::IndicatorRow::source_kind},
                                             {"source", &v1::IndicatorRow::source},
                                             {"supplier", &v1::IndicatorRow::supplier},
                                             {"licence", &v1::IndicatorRow::licence},
                                             {"period", &v1::IndicatorRow::period},
                                             {"area", &v1::IndicatorRow::area},
                                             {"level", &v1::IndicatorRow::level},
                                             {"match", &v1::IndicatorRow::match},
                                             {"derivation_note", &v1::IndicatorRow::derivation_note},
                                             {"language", &v1::IndicatorRow::definition_language},
                                             {"note", &v1::IndicatorRow::note},
                                             {"approved_by", &v1::IndicatorRow::approved_by}};
  if (const auto text = texts.find(column); text != texts.end()) return (row.*text->second)();
  for (const v1::IndicatorAttribute& attribute : row.attributes()) {
    if (attribute.key() == column) return attribute.value();
  }
  return "";
}

// "source: city register → census": both contents where they are short, else the name of the column alone.
std::string Differing(const v1::IndicatorDifference& cell, const std::string& column, const words::Words& words) {
  constexpr std::size_t kWidthMax = 60;
  const auto content = [&](const v1::IndicatorRow& row) {
    const std::string text = FieldOf(row, column);
    if (column == "unit") return UnitOf(text, words);
    return column == "source_kind" || column == "match" || column == "level" ? words(text) : text;
  };
  const std::string before = content(cell.before()), after = content(cell.after());
  if (before.empty() && after.empty()) return column;
  if (WidthOf(before) > kWidthMax || WidthOf(after) > kWidthMax) return column;
  const auto said = [&](const std::string& text) { return text.empty() ? words("not given") : text; };
  return absl::StrCat(column, ": ", said(before), " → ", said(after));
}

std::string DifferencesOf(const v1::IndicatorDifference& cell, const words::Words& words) {
  std::vector<std::string> differing;
  for (const std::string& column : cell.fields()) differing.push_back(Differing(cell, column, words));
  return absl::StrJoin(differing, "; ");
}

std::string NameOf(const v1::SetChoice& choice) { return absl::StrCat(choice.year(), ":", choice.revision()); }

std::string RegionName(const std::string& region, const words::Words& words) {
  return region.empty() ? words("no region") : words(region);
}

// "official_data, ko, proxy": on what the values of a group rest.
std::string GroupOf(const v1::CellSummary& cell, const words::Words& words) {
  std::vector<std::string> parts;
  if (!cell.source_kind().empty()) parts.push_back(words(cell.source_kind()));
  if (!cell.language().empty()) parts.push_back(cell.language());
  if (!cell.match().empty()) parts.push_back(words(cell.match()));
  return absl::StrJoin(parts, ", ");
}

std::string MovementOf(const v1::CellSummary& cell) {
  if (!cell.has_movement()) return "";
  return absl::StrCat("↑", cell.movement().up(), " =", cell.movement().same(), " ↓", cell.movement().down());
}

// "conversion: ppp 12, market_exchange_rate 3": how many cities chose what.
std::string ChoicesOf(const v1::AttributeCounts& attribute, const words::Words& words) {
  std::vector<std::string> choices;
  for (const v1::ChoiceCount& choice : attribute.choices()) {
    choices.push_back(absl::StrCat(choice.choice(), " ", Grouped(choice.count())));
  }
  return absl::StrCat(attribute.attribute(), ": ",
                      attribute.withheld() ? words("withheld: fewer than five") : absl::StrJoin(choices, ", "));
}

void AddSummaries(const v1::RegionSummary& region, const words::Words& words, std::string& text, const Layout& layout) {
  Table table({{words("cell")},
               {words("source, language, definition")},
               {words("cities"), Align::kRight},
               {words("first quartile"), Align::kRight},
               {words("median"), Align::kRight},
               {words("third quartile"), Align::kRight},
               {words("mean"), Align::kRight},
               {words("ratings 1 to 5")},
               {words("against the own past")}});
  for (const v1::CellSummary& cell : region.cells()) {
    const std::string withheld = cell.withheld() ? words("withheld: fewer than five") : "";
    table.Add({cell.cell(), GroupOf(cell, words), Grouped(cell.n()), cell.q1(),
               cell.withheld() ? withheld : cell.median(), cell.q3(), cell.mean(), absl::StrJoin(cell.levels(), " "),
               MovementOf(cell)});
    for (const v1::AttributeCounts& attribute : cell.attributes()) table.Under(ChoicesOf(attribute, words));
  }
  absl::StrAppend(&text, table.Text(layout));
}

}  // namespace

std::string TextOf(const v1::ListProgressReply& progress, const Layout& layout) {
  const words::Words& words = layout.words;
  if (progress.cells().empty()) return absl::StrCat(words("nothing is published of it"), "\n");
  Table table(
      {{words("cell")}, {words("unit")}, {words("years")}, {words("first")}, {words("latest")}, {words("change")}});
  for (const v1::CellProgress& cell : progress.cells()) {
    const std::uint32_t first = cell.series(0).row().year();
    const std::uint32_t last = cell.series(cell.series_size() - 1).row().year();
    table.Add({cell.cell(), UnitOf(cell.unit(), words),
               first == last ? absl::StrCat(first) : absl::StrCat(first, "–", last),
               Dated(cell, cell.baseline_year(), words), Last(cell, words), ChangeOf(cell, words)});
    if (!cell.word_of().empty()) table.Under(words.Translated(cell.word_of()));
    table.Under(ChartLine(cell, layout));
    if (cell.has_target()) table.Under(words("target: {0}", AimOf(cell.target(), words)));
    for (const v1::StrategySummary& strategy : cell.strategies()) table.Under(LineUnderSeries(strategy, words));
  }
  std::string text = table.Text(layout);
  absl::StrAppend(
      &text,
      words("read against the city's own earlier value; values that rest on another source or definition are not "
            "joined"),
      "\n");
  return text;
}

std::string TextOf(const v1::CompareIndicatorsReply& compared, const Layout& layout) {
  const words::Words& words = layout.words;
  const std::string before = NameOf(compared.before()), after = NameOf(compared.after());
  if (compared.cells().empty()) return absl::StrCat(words("{0} and {1} say the same", before, after), "\n");
  Table table({{words("cell")}, {before}, {after}, {words("what differs")}});
  for (const v1::IndicatorDifference& cell : compared.cells()) {
    table.Add({cell.cell(), Side(cell, false, words), Side(cell, true, words), DifferencesOf(cell, words)});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::ListBesideReply& beside, const Layout& layout) {
  const words::Words& words = layout.words;
  if (beside.rows().empty()) return absl::StrCat(words("none of them has published it"), "\n");
  Table table({{words("cell")},
               {words("member")},
               {words("year")},
               {words("value"), Align::kRight},
               {words("unit")},
               {words("source")},
               {words("definition")},
               {words("language")},
               {words("period")},
               {words("area")},
               {words("notes")}});
  for (const v1::IndicatorRow& row : beside.rows()) {
    const std::string match = row.match().empty() ? words("not compared") : words(row.match());
    table.Add({row.cell(), row.member(), absl::StrCat(row.year()), ValueOf(row, words), UnitOf(row.unit(), words),
               SourceOf(row, words), match, row.definition_language(), PeriodOf(row), row.area(), NotesOf(row, words)});
  }
  return absl::StrCat(table.Text(layout), words("by name; what the values say of each other is for you to judge"),
                      "\n");
}

std::string TextOf(const v1::GetCoverageReply& coverage, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text = absl::StrCat(words("{0} of {1} cities have published values for {2}",
                                        Grouped(coverage.reporting()), Grouped(coverage.members()), coverage.year()),
                                  "\n\n");
  Table regions({{words("region")}, {words("with values"), Align::kRight}, {words("cities"), Align::kRight}});
  for (const v1::RegionCoverage& region : coverage.by_region()) {
    regions.Add({RegionName(region.region(), words), Grouped(region.reporting()), Grouped(region.members())});
  }
  absl::StrAppend(&text, regions.Text(layout), regions.empty() ? "" : "\n");
  Table cells({{words("cell")}, {words("answered"), Align::kRight}, {words("in any year"), Align::kRight}});
  for (const v1::CellCoverage& cell : coverage.cells()) {
    if (cell.chosen() == 0 && !layout.verbose) continue;
    cells.Add({cell.cell(), Grouped(cell.reporting()), Grouped(cell.chosen())});
  }
  absl::StrAppend(&text, cells.Text(layout));
  if (!coverage.without_set().empty()) {
    absl::StrAppend(&text, "\n",
                    words("nothing for {0} yet: {1}", coverage.year(), absl::StrJoin(coverage.without_set(), ", ")),
                    "\n");
  }
  return text;
}

std::string TextOf(const v1::GetSummaryReply& summary, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text = absl::StrCat(words(summary.cities() == 1 ? "{0} city has published values for {1}"
                                                              : "{0} cities have published values for {1}",
                                        Grouped(summary.cities()), summary.year()),
                                  "\n");
  for (const v1::RegionSummary& region : summary.regions()) {
    if (region.cells().empty()) continue;
    const bool is_whole = summary.regions_size() == 1 && region.region().empty();
    absl::StrAppend(&text, "\n", is_whole ? "" : absl::StrCat(RegionName(region.region(), words), "\n"));
    AddSummaries(region, words, text, layout);
  }
  if (layout.verbose) absl::StrAppend(&text, "\n", words("inputs: {0}", summary.inputs_digest()), "\n");
  return text;
}

}  // namespace hansa::node::cli
