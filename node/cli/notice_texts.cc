#include "node/cli/notice_texts.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node_notices.pb.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"
#include "node/domain/moment.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

// The first and the last day, or what is given of them.
std::string Days(const std::string& first, const std::string& last) {
  if (first.empty() && last.empty()) return "";
  return first == last ? first : absl::StrCat(first, "–", last);
}

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::string WrittenOf(const v1::Moment& moment) {
  return domain::WrittenMoment({moment.date(), moment.time(), moment.zone()});
}

// Of an opportunity also its sort.
std::string KindOf(const v1::NoticeSummary& notice, const words::Words& words) {
  const std::string kind = words(notice.kind());
  return notice.sort().empty() ? kind : absl::StrCat(kind, " (", words(notice.sort()), ")");
}

// Until when: the deadline, else the last day.
std::string UntilOf(const v1::NoticeSummary& notice) {
  return notice.deadline().empty() ? notice.ends_on() : notice.deadline();
}

std::string Names(const google::protobuf::RepeatedPtrField<v1::Organization>& organizations) {
  return absl::StrJoin(organizations, ", ", [](std::string* out, const v1::Organization& organization) {
    absl::StrAppend(out, organization.name());
  });
}

template <typename Notice>
void AddEnd(const Notice& notice, RecordPage& page) {
  page.Subjects(notice.subjects());
  if constexpr (requires { notice.contact(); }) {
    if (notice.has_contact()) page.Contact(notice.contact());
  }
  for (const v1::Link& link : notice.links()) page.Link(link);
  if constexpr (requires { notice.source(); }) page.Fact("Source", notice.source());
  if constexpr (requires { notice.licence(); }) page.Fact("Licence", notice.licence());
  if (notice.has_on_behalf_of()) page.Fact("On behalf of", notice.on_behalf_of().name());
}

void AddContent(const v1::Guidance& guidance, RecordPage& page) {
  page.Fact("Edition", guidance.edition());
  page.Section("In short", guidance.summary());
  page.MarkdownSection("Guidance", guidance.text());
  AddEnd(guidance, page);
}

void AddContent(const v1::Opportunity& opportunity, RecordPage& page) {
  page.Fact("Begins", WrittenOf(opportunity.begins()));
  page.Fact("Ends", WrittenOf(opportunity.ends()));
  page.Fact("Place", opportunity.place());
  page.Fact("Takes place", page.layout().words(domain::EnumWords(*v1::Presence_descriptor(), opportunity.presence())));
  page.Fact("Languages", absl::StrJoin(opportunity.working_languages(), ", "));
  page.Fact("Places there are", opportunity.places() == 0 ? "" : absl::StrCat(opportunity.places()));
  page.Section("In short", opportunity.summary());
  page.MarkdownSection("At length", opportunity.text());
  page.Section("How to apply", opportunity.how_to_apply());
  page.Section("Cost", opportunity.cost());
  page.Fact("Organized by", Names(opportunity.organizers()));
  AddEnd(opportunity, page);
}

void AddContent(const v1::CallForData& call, RecordPage& page) {
  page.Fact("Years", absl::StrJoin(call.years(), ", "));
  page.Fact("Period", Days(call.period_starts_on(), call.period_ends_on()));
  page.MarkdownSection("What is asked", call.text());
  page.Section("Rows that are asked for", absl::StrJoin(call.cells(), "\n"));
  std::vector<std::string> questions;
  for (const v1::ReportQuestion& question : call.questions()) {
    const std::string most =
        question.words_max() == 0
            ? ""
            : absl::StrCat(" (", page.layout().words("at most {0} words", question.words_max()), ")");
    questions.push_back(absl::StrCat(question.id(), ": ", question.question(), most));
  }
  page.Section("Questions for a report", absl::StrJoin(questions, "\n"));
  AddEnd(call, page);
}

void AddContent(const v1::Recognition& recognition, RecordPage& page) {
  page.Fact("Award",
            absl::StrCat(recognition.award(), recognition.award().empty() || recognition.year() == 0 ? "" : " ",
                         recognition.year() == 0 ? "" : absl::StrCat(recognition.year())));
  page.Fact("Decided by", recognition.decided_by());
  page.MarkdownSection("What is recognized", recognition.text());
  AddEnd(recognition, page);
}

void AddContent(const v1::Cluster& cluster, RecordPage& page) {
  page.MarkdownSection("What it is for", cluster.text());
  page.Section("How it meets", cluster.meetings());
  AddEnd(cluster, page);
}

void AddContent(const v1::GetNoticeReply& reply, RecordPage& page) {
  switch (reply.content_case()) {
    case v1::GetNoticeReply::kGuidance:
      return AddContent(reply.guidance(), page);
    case v1::GetNoticeReply::kOpportunity:
      return AddContent(reply.opportunity(), page);
    case v1::GetNoticeReply::kCall:
      return AddContent(reply.call(), page);
    case v1::GetNoticeReply::kRecognition:
      return AddContent(reply.recognition(), page);
    case v1::GetNoticeReply::kCluster:
      return AddContent(reply.cluster(), page);
    case v1::GetNoticeReply::CONTENT_NOT_SET:
      return;
  }
}

void AddTable(absl::string_view heading, const Table& table, RecordPage& page) {
  if (!table.empty())
    page.Add(absl::StrCat(Bold(page.layout().words(heading), page.layout()), "\n", table.Text(page.layout())));
}

void AddLinks(absl::string_view heading, const google::protobuf::RepeatedPtrField<v1::RecordLink>& links,
              RecordPage& page) {
  const words::Words& words = page.layout().words;
  Table table({{words("id")}, {words("member")}, {words("kind")}, {words("title")}, {words("language")}});
  for (const v1::RecordLink& link : links) {
    table.Add({ShortId(link.id()), link.member(), link.kind().empty() ? "-" : words(link.kind()),
               OrDash(Printable(link.title())), OrDash(link.language())});
  }
  AddTable(heading, table, page);
}

std::string TitleOf(const v1::TakenPartSummary& said) {
  const std::string& title = said.content().title();
  return OrDash(Printable(title.empty() ? said.event().title() : title));
}

Table TakenPartTable(const google::protobuf::RepeatedPtrField<v1::TakenPartSummary>& taken_part, const Layout& layout) {
  const words::Words& words = layout.words;
  Table table({{words("id")}, {words("member")}, {words("took part in")}, {words("days")}, {words("in what part")}});
  for (const v1::TakenPartSummary& said : taken_part) {
    const v1::TakenPart& part = said.content();
    // Without a last day it was that one day.
    const std::string days = part.ends_on().empty() ? part.starts_on() : Days(part.starts_on(), part.ends_on());
    table.Add({ShortId(said.id()), said.member(), TitleOf(said), OrDash(days), OrDash(Printable(part.role()))});
    if (!part.outcome().empty()) table.Under(Printable(part.outcome()));
    if (!said.fault().empty()) table.Under(words.Translated(said.fault()));
  }
  return table;
}

void AddJoined(const google::protobuf::RepeatedPtrField<v1::JoinedSummary>& joined, RecordPage& page) {
  const words::Words& words = page.layout().words;
  Table table({{words("member")}, {words("since")}, {words("note")}});
  for (const v1::JoinedSummary& said : joined) {
    table.Add({said.member(), OrDash(said.content().joined_on()), OrDash(Printable(said.content().note()))});
  }
  AddTable("Members that have joined", table, page);
}

}  // namespace

std::string TextOf(const v1::ListNoticesReply& notices, const Layout& layout) {
  const words::Words& words = layout.words;
  if (notices.notices().empty()) return absl::StrCat(words("no notice here is like that"), "\n");
  Table table({{words("id")},
               {words("kind")},
               {words("title")},
               {words("language")},
               {words("member")},
               {words("until")},
               {words("state")},
               {words("for whom")}});
  for (const v1::NoticeSummary& notice : notices.notices()) {
    table.Add({ShortId(notice.id()), KindOf(notice, words), Printable(notice.title()), notice.language(),
               notice.member(), OrDash(UntilOf(notice)), notice.state().empty() ? "-" : words(notice.state()),
               notice.audience().empty() ? words("everyone") : Printable(notice.audience())});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::GetNoticeReply& reply, const Layout& layout) {
  const words::Words& words = layout.words;
  RecordPage page(layout);
  const v1::NoticeSummary& notice = reply.notice();
  page.Title(notice.title());
  std::vector<std::string> facts = {notice.member(), KindOf(notice, words)};
  if (!notice.state().empty()) facts.push_back(words(notice.state()));
  if (!notice.language().empty()) facts.push_back(notice.language());
  facts.push_back(words("revision {0}", notice.revision()));
  facts.push_back(words("record {0}", notice.id()));
  page.Line(absl::StrJoin(facts, ", "));
  if (reply.withdrawn()) page.Line(words("taken back by its author"));
  page.WhyTakenBack(reply.revisions());
  if (!reply.fault().empty()) page.Line(words.Translated(reply.fault()));
  page.Fact("Until", UntilOf(notice));
  if (notice.kind() == "cluster") page.Fact("Since", notice.begins_on());
  if (notice.kind() == "recognition") page.Fact("Made known", notice.begins_on());
  page.Fact("For", notice.audience());
  page.Fact("Recognized", absl::StrJoin(notice.members(), ", "));
  if (notice.has_translation_of()) {
    const v1::RecordLink& original = notice.translation_of();
    page.Fact("Translation of", absl::StrCat(original.title().empty() ? "" : absl::StrCat(original.title(), ", "),
                                             words("record {0}", original.id())));
  }
  AddContent(reply, page);
  AddJoined(reply.joined(), page);
  AddTable("Who took part", TakenPartTable(reply.taken_part(), layout), page);
  AddLinks("What belongs to it", reply.belonging(), page);
  AddLinks("In other languages", reply.translations(), page);
  if (layout.verbose) page.AddRevisions(reply.revisions());
  return page.text();
}

std::string TextOf(const v1::ListTakenPartReply& taken_part, const Layout& layout) {
  if (taken_part.taken_part().empty()) {
    return absl::StrCat(layout.words("nobody here says to have taken part in anything like that"), "\n");
  }
  return TakenPartTable(taken_part.taken_part(), layout).Text(layout);
}

}  // namespace hansa::node::cli
