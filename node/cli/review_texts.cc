#include "node/cli/review_texts.h"

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node_records.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "node/cli/indicator_words.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

std::string HeadingOf(const v1::ReviewReport::Section& section) {
  return absl::StrCat(section.id(), section.id().empty() || section.question().empty() ? "" : " ", section.question());
}

// First to last day; one of them where only that is given.
std::string DaysOf(const std::string& first, const std::string& last) {
  return absl::StrCat(first, first.empty() || last.empty() ? "" : "–", last);
}

void AddReport(const v1::ReviewReport& report, RecordPage& page) {
  page.Fact("Period", DaysOf(report.period_starts_on(), report.period_ends_on()));
  page.Fact("Approved by", report.approved_by());
  page.Subjects(report.subjects());
  page.Section("Summary", report.summary());
  for (const v1::ReviewReport::Section& section : report.sections()) {
    const std::string heading = HeadingOf(section);
    if (!heading.empty()) page.Add(absl::StrCat(Bold(Printable(heading), page.layout()), "\n"));
    page.Line(section.text());
  }
  for (const v1::Link& link : report.links()) page.Link(link);
}

void AddRating(const v1::GetReviewReply& review, RecordPage& page) {
  const v1::RatingBody& body = review.rating_body();
  page.Fact("Feature", body.feature());
  page.Fact("Rating", page.layout().words("{0} of 5", body.rating()));
  page.Fact("Rated on", body.rated_on());
  page.Fact("Report", ShortId(absl::BytesToHexString(body.report().record_id())));
  page.Section("Reasons", body.reasons());
  page.Section("The city's answer", review.rating().answer());
  page.Fact("Approved by", review.rating().approved_by());
}

Table ValuesOf(const v1::SurveyBody& survey, const words::Words& words) {
  Table table({{words("cell")},
               {words("value"), Align::kRight},
               {words("unit")},
               {words("question")},
               {words("language")},
               {words("answered"), Align::kRight},
               {words("notes")}});
  for (const v1::SurveyValue& value : survey.values()) {
    const std::string said = value.has_value() ? value.value() : words("no data: {0}", value.no_data_reason());
    table.Add({value.cell(), said, UnitOf(value.unit(), words), Printable(value.question()), value.question_language(),
               value.respondents() == 0 ? "" : Grouped(value.respondents()), Printable(value.note())});
  }
  return table;
}

void AddSurvey(const v1::GetReviewReply& review, RecordPage& page) {
  const v1::SurveyBody& body = review.survey_body();
  const words::Words& words = page.layout().words;
  page.Fact("Asked", DaysOf(body.fieldwork_starts_on(), body.fieldwork_ends_on()));
  page.Fact("Answered", body.respondents() == 0 ? "" : Grouped(body.respondents()));
  const std::string mode = domain::EnumWords(*v1::SurveyMode_descriptor(), body.mode());
  page.Fact("Way of asking", mode.empty() ? "" : words(mode));
  page.Section("How people were chosen", body.method());
  page.Add(ValuesOf(body, words).Text(page.layout()));
  if (body.has_report()) {
    page.Fact("Report of the agency",
              words("{0}, {1}, by its hash alone", body.report().name(), BytesInWords(body.report().size())));
  }
  page.Section("The city's own account", review.survey().note());
  page.Fact("Approved by", review.survey().approved_by());
}

}  // namespace

std::string TextOf(const v1::ListReviewsReply& reviews, const Layout& layout) {
  const words::Words& words = layout.words;
  if (reviews.reviews().empty()) return absl::StrCat(words("no reports, ratings or surveys"), "\n");
  Table table({{words("id")},
               {words("member")},
               {words("year")},
               {words("kind")},
               {words("title")},
               {words("features")},
               {words("whose word")},
               {words("revision"), Align::kRight}});
  for (const v1::ReviewSummary& review : reviews.reviews()) {
    const std::string rated = review.has_rating() ? absl::StrCat(": ", review.rating()) : "";
    table.Add({ShortId(review.id()), review.member(), review.year() == 0 ? "" : absl::StrCat(review.year()),
               words(review.kind()), absl::StrCat(Printable(review.title()), rated),
               Printable(absl::StrJoin(review.features(), ", ")), Printable(words.Translated(review.word_of())),
               absl::StrCat(review.revision())});
    if (!review.fault().empty()) table.Under(words("does not stand: {0}", words.Translated(review.fault())));
  }
  return table.Text(layout);
}

std::string TextOf(const v1::GetReviewReply& review, const Layout& layout) {
  const words::Words& words = layout.words;
  RecordPage page(layout);
  const v1::ReviewSummary& summary = review.review();
  page.Title(summary.title().empty() ? summary.id() : summary.title());
  page.Line(absl::StrCat(summary.member(), summary.year() == 0 ? "" : absl::StrCat(", ", summary.year()), ", ",
                         words(summary.kind()), ", ", words("revision {0}", summary.revision()), ", ",
                         ShortId(summary.id())));
  page.Fact("Whose word", words.Translated(summary.word_of()));
  if (review.withdrawn()) page.Line(words("taken back by its author"));
  page.WhyTakenBack(review.revisions());
  if (!review.fault().empty()) page.Line(words("does not stand: {0}", words.Translated(review.fault())));
  if (review.has_report()) AddReport(review.report(), page);
  if (review.has_rating()) AddRating(review, page);
  if (review.has_survey()) AddSurvey(review, page);
  if (layout.verbose) page.AddRevisions(review.revisions());
  return page.text();
}

std::string MarkdownOf(const v1::ReviewReport& report) {
  std::string text = absl::StrCat("# ", report.title(), "\n");
  if (!report.summary().empty()) absl::StrAppend(&text, "\n", report.summary(), "\n");
  for (const v1::ReviewReport::Section& section : report.sections()) {
    const std::string heading = HeadingOf(section);
    absl::StrAppend(&text, "\n", heading.empty() ? "" : absl::StrCat("## ", heading, "\n\n"), section.text(), "\n");
  }
  return text;
}

}  // namespace hansa::node::cli
