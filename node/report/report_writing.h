// What every section of a report is written with: the document as it grows, what it is made from, and the texts that
// several sections share.
#ifndef HANSA_NODE_REPORT_REPORT_WRITING_H_
#define HANSA_NODE_REPORT_REPORT_WRITING_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "node/domain/series.h"
#include "node/report/document.h"
#include "node/report/report_input.h"
#include "node/words/words.h"

namespace hansa::node::report {

// What one word says of a cell over the years; at least one value.
struct WordSeries {
  std::string word = {};  // as OwnSeries
  domain::Series series = {};
};

// Not thread-safe. The catalogue and the input outlive it.
class ReportWriting {
 public:
  ReportWriting(const catalogue::Catalogue& catalogue, const ReportInput& input, words::Language language);

  // What is written. An empty text, list or table without rows adds nothing; a column but the first that is empty in
  // every row is left out. Rows are as long as the header.
  void Head(int level, std::string text);
  void Say(Paragraph paragraph);
  void Add(List list);
  void Add(Table table);
  void Add(Chart chart);
  Document TakeDocument();

  // What it is written from.
  const catalogue::Catalogue& catalogue() const { return catalogue_; }
  const ReportInput& input() const { return input_; }
  std::string language() const { return words::LanguageTag(words.language()); }

  // What the set of the year says of `cell`; nullptr: nothing. Alive as long as the input.
  const domain::Observation* AnswerTo(absl::string_view cell) const;
  // What the city's sets say of `cell` up to the year of the report; nullptr: no value. Alive as long as this.
  const domain::Series* SeriesOf(absl::string_view cell) const;
  // The same with what surveys and ratings say, each word by itself; that of the sets first.
  const std::vector<WordSeries>& AllSeriesOf(absl::string_view cell) const;
  // Whether the set, a survey or a rating gives a value for the year.
  bool HasValueFor(absl::string_view cell) const;
  std::vector<const OwnTarget*> TargetsOf(absl::string_view cell) const;
  std::vector<const ExpertRating*> RatingsOf(absl::string_view measurement) const;
  // Those that serve `feature`, and those that are drawn on the series of `cell`.
  std::vector<const OwnStrategy*> StrategiesOf(absl::string_view feature) const;
  std::vector<const OwnStrategy*> StrategiesOn(absl::string_view cell) const;
  // Whether anything stands in the report about a row beside its name: an answer for the year, an earlier value, a
  // target, a rating, a survey.
  bool SpeaksOf(const catalogue::Measurement& measurement) const;

  // 'Unemployment rate', 'Unemployment rate, female'.
  std::string TitleOf(const catalogue::Cell& cell) const;
  // The part of its row that a cell is, such as 'female'; empty where there is one cell alone.
  std::string MemberOf(const catalogue::Cell& cell) const;
  std::string UnitOf(const catalogue::Measurement& measurement) const;
  // Kind of source in the words of the reader; empty where it was not given.
  std::string KindOf(domain::SourceKind kind) const;
  // The period and the area as they were given, and what they are where they were not.
  std::string PeriodOf(const domain::Observation& observation, int year) const;
  std::string AreaOf(const domain::Observation& observation) const;
  // How the value departs from the definition; empty where it does not, or nothing was said.
  std::string DepartureOf(const domain::Observation& observation) const;
  // A choice of an attribute in words, or the value as it is.
  std::string ChoiceOf(absl::string_view value) const;

  const words::Words words;

 private:
  const catalogue::Catalogue& catalogue_;
  const ReportInput& input_;
  std::map<std::string, const domain::Observation*, std::less<>> answers_;
  std::map<std::string, std::vector<WordSeries>, std::less<>> series_;
  Document document_;
};

// '2024-05-31 09:12 UTC'.
std::string MomentText(std::uint64_t unix_ms);
// 'a, b'; 'a (b)' and 'a' where b is empty.
std::string WithAside(absl::string_view text, absl::string_view aside);

// The sections, each from its heading on.
void WriteAccounts(ReportWriting& writing);    // report_evidence.cc: what the city says in words
void WriteFront(ReportWriting& writing);       // report_front.cc: what it is, completeness, the city's own past
void WriteFramework(ReportWriting& writing);   // report_framework.cc: part by part, row by row
void WriteStrategies(ReportWriting& writing);  // report_evidence.cc: strategies in full, and surveys
void WriteSurveys(ReportWriting& writing);
void WriteAnnexes(ReportWriting& writing);  // report_annexes.cc: how to read it, definitions, sources, earlier notes

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_REPORT_WRITING_H_
