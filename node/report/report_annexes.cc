// The back of a report: how to read it, definitions, sources, and what the city said of earlier values.
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/report/report_remarks.h"
#include "node/report/report_writing.h"
#include "node/spreadsheet/template_words.h"

namespace hansa::node::report {
namespace {

using catalogue::Measurement;
using domain::Observation;

void WriteHowToRead(ReportWriting& writing) {
  const words::Words& words = writing.words;
  writing.Head(1, words("Annex A: how to read this report"));
  writing.Add(List{
      .items = {
          words(
              "A figure is read against the city's own earlier figures. Other cities live in other circumstances, and "
              "the network compares none of them."),
          words("A difference and a line in a chart stand only between values that rest on the same kind of source, "
                "wording and area. Where a chart has no line, the value rests on something else than the one before."),
          words(
              "An arrow says whether the number rose or fell. It stands only where the framework says which way leads "
              "towards the feature, and always beside the definition."),
          words("'No data' is an answer, with its reason, and is not nought. 'Not reported' means that the city has "
                "said nothing about the cell for the year."),
          words("Figures keep the digits that the city wrote. The city's notes stand as they were written, in its own "
                "language."),
          words("A target is the city's own. Nobody else sets one for it, and there is no mark to pass."),
          words("What is published is signed by the city, and earlier versions stay readable. To check the signatures "
                "on a node of the network: `hansa verify {0}`.",
                writing.input().city.slug)}});
}

std::string Joined(const std::vector<std::string>& texts) {
  std::vector<std::string> said;
  for (const std::string& text : texts) {
    if (!text.empty()) said.push_back(text);
  }
  return absl::StrJoin(said, "\n");
}

std::string DirectionOf(const words::Words& words, const Measurement& measurement) {
  if (measurement.direction == "higher_is_better") return words("a rise leads towards the feature");
  if (measurement.direction == "lower_is_better") return words("a fall leads towards the feature");
  return words("none is given");
}

void WriteDefinitions(ReportWriting& writing) {
  const words::Words& words = writing.words;
  const std::string language = writing.language();
  Table table{.caption = words("The rows of the framework that this report speaks of"),
              .header = {words("Measurement"), words("Definition"), words("Population, and what is counted"),
                         words("Unit and range"), words("Expected source"), words("Direction")}};
  for (const Measurement& measurement : writing.catalogue().measurements()) {
    if (!writing.SpeaksOf(measurement)) continue;
    std::vector<std::string> sources;
    for (const std::string& code : measurement.source_kinds) {
      sources.push_back(writing.KindOf(domain::ParseSourceKind(code).value_or(domain::SourceKind::kNotGiven)));
    }
    const auto text_of = [&](const std::optional<catalogue::Population>& population) {
      return population ? population->text.In(language) : "";
    };
    table.rows.push_back({absl::StrCat(measurement.feature, " ", measurement.title.In(language)),
                          measurement.definition.In(language),
                          Joined({text_of(measurement.population), text_of(measurement.denominator),
                                  measurement.counted ? measurement.counted->In(language) : ""}),
                          Joined({writing.UnitOf(measurement), spreadsheet::RangeText(measurement, language)}),
                          absl::StrJoin(sources, ", "), DirectionOf(words, measurement)});
  }
  if (table.rows.empty()) return;
  writing.Head(1, words("Annex B: definitions"));
  writing.Say({.text = words("In the words of the framework '{0}', version {1}.",
                             writing.catalogue().name().In(language), writing.catalogue().version())});
  writing.Add(std::move(table));
}

// Every answer of the report with its year and cell: those of the year, and the earlier values that charts show.
template <typename Visit>
void ForEachAnswer(const ReportWriting& writing, const Visit& visit) {
  for (const catalogue::Cell& cell : writing.catalogue().cells()) {
    if (writing.SeriesOf(cell.id) == nullptr && writing.AnswerTo(cell.id) != nullptr) {
      visit(cell, writing.input().year, *writing.AnswerTo(cell.id));
    }
    for (const WordSeries& each : writing.AllSeriesOf(cell.id)) {
      for (const domain::SeriesPoint& point : each.series.points) visit(cell, point.year, point.observation);
    }
  }
}

void WriteSources(ReportWriting& writing) {
  const words::Words& words = writing.words;
  // By source, then by cell: the years. In the order in which they are met.
  struct Use {
    std::vector<std::string> source;
    std::vector<std::pair<const catalogue::Cell*, std::vector<int>>> cells;
  };
  std::vector<Use> uses;
  std::map<std::vector<std::string>, std::size_t> places;
  ForEachAnswer(writing, [&](const catalogue::Cell& cell, int year, const Observation& answer) {
    if (!answer.value) return;
    std::vector<std::string> source = {
        answer.word_of.empty() ? answer.source : WithAside(answer.source, words.Translated(answer.word_of)),
        writing.KindOf(answer.source_kind), answer.supplier, answer.licence};
    const auto [place, is_new] = places.emplace(source, uses.size());
    if (is_new) uses.push_back({std::move(source), {}});
    auto& cells = uses[place->second].cells;
    if (cells.empty() || cells.back().first != &cell) cells.push_back({&cell, {}});
    if (cells.back().second.empty() || cells.back().second.back() != year) cells.back().second.push_back(year);
  });
  if (uses.empty()) return;
  Table table{.caption = words("Sources of the figures in this report"),
              .header = {words("Source"), words("Kind of source"), words("Supplied by"), words("Licence"),
                         words("Figures and years")}};
  for (const Use& use : uses) {
    std::vector<std::string> figures;
    for (const auto& [cell, years] : use.cells)
      figures.push_back(absl::StrCat(writing.TitleOf(*cell), ": ", YearsText(years)));
    table.rows.push_back(use.source);
    table.rows.back().push_back(absl::StrJoin(figures, "\n"));
  }
  writing.Head(1, words("Annex C: sources"));
  writing.Say({.text = words("As the city named them.")});
  writing.Add(std::move(table));
}

// What the city said of the earlier values that charts show: it travels with them.
void WriteEarlierRemarks(ReportWriting& writing) {
  const words::Words& words = writing.words;
  struct Said {
    const catalogue::Cell* cell;
    Remark remark;
    std::vector<int> years;
  };
  std::vector<Said> all;
  ForEachAnswer(writing, [&](const catalogue::Cell& cell, int year, const Observation& answer) {
    if (year == writing.input().year) return;
    for (Remark& remark : RemarksOf(writing, *cell.measurement, answer)) {
      std::size_t i = all.size();
      while (i > 0 && all[i - 1].cell == &cell && !(all[i - 1].remark == remark)) --i;
      if (i > 0 && all[i - 1].cell == &cell) {
        if (all[i - 1].years.back() != year) all[i - 1].years.push_back(year);
      } else {
        all.push_back({&cell, std::move(remark), {year}});
      }
    }
  });
  if (all.empty()) return;
  Table table{.caption = words("What the city said of earlier figures"),
              .header = {words("Measurement"), words("Years"), words("Kind of remark"), words("What is said")}};
  for (const Said& said : all) {
    table.rows.push_back({writing.TitleOf(*said.cell), YearsText(said.years), said.remark.label, said.remark.text});
  }
  writing.Head(1, words("Annex D: notes on earlier figures"));
  writing.Add(std::move(table));
}

}  // namespace

void WriteAnnexes(ReportWriting& writing) {
  WriteHowToRead(writing);
  WriteDefinitions(writing);
  WriteSources(writing);
  WriteEarlierRemarks(writing);
}

}  // namespace hansa::node::report
