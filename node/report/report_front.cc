// The front of a report: what it is and rests on, how complete it is, and what changed against the city's own past.
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/report/report_rows.h"
#include "node/report/report_writing.h"

namespace hansa::node::report {
namespace {

void WriteWhatItIs(ReportWriting& writing) {
  const words::Words& words = writing.words;
  const ReportInput& input = writing.input();
  writing.Head(1, words("About this report"));
  writing.Say(
      {.text = words("This report sets out what {0} has published about {1}, row by row of the framework '{2}' of "
                     "the UNESCO Global Network of Learning Cities: its figures with their sources and notes, "
                     "the reasons where there are no data, and what the city does and means to reach.",
                     input.city.name, input.year, writing.catalogue().name().In(writing.language()))});
  writing.Say(
      {.text = words("Every figure is read against the city's own earlier figures. No other city's figures are in "
                     "this report, and nothing in it adds figures up to a score or a rank.")});
}

void WriteWhatItRestsOn(ReportWriting& writing) {
  const words::Words& words = writing.words;
  const ReportInput& input = writing.input();
  const catalogue::Catalogue& framework = writing.catalogue();
  Table table{.caption = words("What this report rests on"), .header = {words("What"), words("In this report")}};
  const auto row = [&](std::string what, std::string is) {
    if (!is.empty()) table.rows.push_back({std::move(what), std::move(is)});
  };
  row(words("City"), input.city.name);
  row(words("Country"),
      input.city.country_name.empty() ? input.city.country : WithAside(input.city.country_name, input.city.country));
  row(words("Network"), input.city.network);
  row(words("Year of the figures"), absl::StrCat(input.year));
  row(words("Framework"),
      input.signed_set
          ? WithAside(words("{0}, version {1}", framework.name().In(writing.language()), input.set.framework_version),
                      input.set.framework_id)
          : WithAside(words("{0}, version {1}", framework.name().In(writing.language()), framework.version()),
                      framework.framework_id()));
  row(words("Catalogue of definitions (SHA-256)"), framework.sha256_hex());
  if (!input.signed_set) {
    row(words("Indicator set (record)"),
        words("none stands for {0}; what surveys, experts and the city's own words say is below", input.year));
    writing.Add(std::move(table));
    return;
  }
  const SignedSet& entry = *input.signed_set;
  row(words("Indicator set (record)"), entry.record);
  row(words("Revision"), input.set.revision_reason.empty()
                             ? absl::StrCat(entry.revision)
                             : absl::StrCat(entry.revision, ": ", input.set.revision_reason));
  row(words("Published"), words("{0}, by the city's own clock", MomentText(entry.published_ms)));
  row(words("Signed by"), words("member {0}, entry {1} of its indicators", input.city.slug, entry.entry));
  row(words("Hash of the signed entry"), entry.entry_hash);
  writing.Add(std::move(table));
}

// Of one part of the framework: cells, values, reasons.
struct Completeness {
  std::size_t cells = 0, values = 0, reasons = 0;

  std::vector<std::string> Row(std::string name) const {
    return {std::move(name), absl::StrCat(cells), absl::StrCat(values), absl::StrCat(reasons),
            absl::StrCat(cells - values - reasons)};
  }
};

void WriteCompleteness(ReportWriting& writing) {
  const words::Words& words = writing.words;
  const catalogue::Catalogue& framework = writing.catalogue();
  writing.Head(2, words("How complete the figures are"));
  Table table{.caption = words("Cells of the framework that have an answer for {0}: of the city, a survey or an expert",
                               writing.input().year),
              .header = {words("Part"), words("Cells"), words("Values"), words("No data, with the reason"),
                         words("Not reported")},
              .numeric = {1, 2, 3, 4}};
  Completeness all;
  for (const catalogue::Part& part : framework.parts()) {
    Completeness of_part;
    for (const catalogue::Cell& cell : framework.cells()) {
      if (!absl::StartsWith(cell.measurement->feature, absl::StrCat(part.id, "."))) continue;
      ++of_part.cells;
      if (writing.HasValueFor(cell.id)) {
        ++of_part.values;
      } else if (writing.AnswerTo(cell.id) != nullptr) {
        ++of_part.reasons;
      }
    }
    table.rows.push_back(of_part.Row(absl::StrCat(part.id, " ", part.name.In(writing.language()))));
    all = {all.cells + of_part.cells, all.values + of_part.values, all.reasons + of_part.reasons};
  }
  table.rows.push_back(all.Row(words("All parts")));
  writing.Add(std::move(table));
  writing.Say(
      {.text = words("The framework lists possible measurements. A city need not fill in every row, and no row is "
                     "a condition of membership. 'No data' is an answer and is not nought.")});
}

void WriteOwnPast(ReportWriting& writing) {
  const words::Words& words = writing.words;
  Table table{.caption = words("Figures for {0} beside the city's own first comparable figures", writing.input().year),
              .header = {words("Measurement"), words("Unit"), words("First year"), words("Value then"),
                         words("Value for {0}", writing.input().year), words("Difference")},
              .numeric = {2, 3, 4, 5}};
  for (const catalogue::Cell& cell : writing.catalogue().cells()) {
    const domain::Series* const series = writing.SeriesOf(cell.id);
    if (series == nullptr || !series->latest) continue;
    const domain::SeriesPoint& latest = series->points[*series->latest];
    if (latest.year != writing.input().year) continue;
    const domain::SeriesPoint& first = series->points[*series->baseline];
    table.rows.push_back({writing.TitleOf(cell), writing.UnitOf(*cell.measurement), absl::StrCat(first.year),
                          first.observation.value->text(), latest.observation.value->text(), Signed(*series)});
  }
  if (table.rows.empty()) return;
  writing.Head(1, words("The city's own past in short"));
  writing.Say({.text = words("Only figures that rest on the same kind of source, wording and area are set beside each "
                             "other. What a difference means is said with each row of the framework below, beside its "
                             "definition, and only where the framework says so.")});
  writing.Add(std::move(table));
}

}  // namespace

void WriteFront(ReportWriting& writing) {
  WriteWhatItIs(writing);
  WriteWhatItRestsOn(writing);
  WriteCompleteness(writing);
  WriteOwnPast(writing);
}

}  // namespace hansa::node::report
