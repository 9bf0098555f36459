#include "node/cli/practice_texts.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

using words::Words;

// Who translated it into what, and how.
std::string TranslationLine(const v1::TranslationSummary& translation, const Words& words) {
  const std::string& language = translation.language();
  const std::string& member = translation.translation().member();
  const std::string& method = translation.method();
  if (method == "people") return words("{0}: translated by people, at {1}", language, member);
  if (method == "machine-checked") {
    return words("{0}: translated by a machine and corrected by people, at {1}", language, member);
  }
  if (method == "machine") return words("{0}: translated by a machine alone, at {1}", language, member);
  return words("{0}: translated at {1}", language, member);
}

std::vector<std::string> TranslationLines(
    const google::protobuf::RepeatedPtrField<v1::TranslationSummary>& translations, const Words& words) {
  std::vector<std::string> lines;
  for (const v1::TranslationSummary& each : translations) {
    std::string& line = lines.emplace_back(TranslationLine(each, words));
    absl::StrAppend(&line, " (", ShortId(each.translation().id()), ")");
    if (!each.is_of_earlier_revision()) continue;
    absl::StrAppend(&line, "; ", words("the original has been revised since it was translated"));
  }
  return lines;
}

// One line for each practice, and what was changed and came of it below.
std::vector<std::string> BuiltOnLines(const google::protobuf::RepeatedPtrField<v1::BuiltOnLink>& links,
                                      const Words& words) {
  std::vector<std::string> lines;
  for (const v1::BuiltOnLink& link : links) {
    const v1::RecordLink& practice = link.practice();
    const std::string revision =
        practice.revision() == 0 ? "" : absl::StrCat(", ", words("revision {0}", practice.revision()));
    const std::string title = link.fault().empty() ? Printable(practice.title()) : words.Translated(link.fault());
    lines.push_back(absl::StrCat(practice.member(), ": ", title, " (", ShortId(practice.id()), revision, ")"));
    if (!link.changed().empty()) lines.push_back(absl::StrCat("  ", words("what was changed: {0}", link.changed())));
    if (!link.outcome().empty()) lines.push_back(absl::StrCat("  ", words("what came of it: {0}", link.outcome())));
  }
  return lines;
}

void AddFacts(const v1::GetPracticeReply& reply, RecordPage& page) {
  const Words& words = page.layout().words;
  const v1::PracticeSummary& practice = reply.practice();
  std::vector<std::string> facts = {practice.member()};
  if (practice.year() != 0) facts.push_back(absl::StrCat(practice.year()));
  if (!practice.language().empty()) facts.push_back(practice.language());
  if (practice.revision() != 0) facts.push_back(words("revision {0}", practice.revision()));
  facts.push_back(words("record {0}", practice.id()));
  page.Line(absl::StrJoin(facts, ", "));
  if (reply.withdrawn()) page.Line(words("taken back by its author"));
  page.WhyTakenBack(reply.revisions());
  if (!reply.fault().empty()) page.Line(words.Translated(reply.fault()));
  if (reply.has_shown_in()) {
    page.Line(absl::StrCat(TranslationLine(reply.shown_in(), words), " (", ShortId(reply.shown_in().translation().id()),
                           ")"));
  }
  for (const std::string& remark : reply.remarks()) page.Line(words.Translated(remark));
}

void AddContent(const v1::Practice& content, RecordPage& page) {
  page.Section("In short", content.summary());
  page.MarkdownSection("Problem", content.problem());
  page.MarkdownSection("What was done", content.done());
  page.MarkdownSection("What came of it", content.outcome());
  page.Fact("Cost", content.cost());
  page.Fact("Who took part", content.people());
  page.Subjects(content.subjects());
  page.WhereFrom(content);
}

}  // namespace

std::string TextOf(const v1::ListPracticesReply& practices, const Layout& layout) {
  const Words& words = layout.words;
  if (practices.practices().empty()) return absl::StrCat(words("no practice here is like that"), "\n");
  Table table(
      {{words("id")}, {words("member")}, {words("title")}, {words("year")}, {words("language")}, {words("features")}});
  for (const v1::PracticeSummary& practice : practices.practices()) {
    table.Add({ShortId(practice.id()), practice.member(), Printable(practice.title()),
               practice.year() == 0 ? "-" : absl::StrCat(practice.year()), practice.language(),
               Printable(absl::StrJoin(practice.features(), ", "))});
    if (practice.translated_language().empty()) continue;
    table.Under(practice.translated_title().empty() ? words("translated into {0}", practice.translated_language())
                                                    : words("translated into {0}: {1}", practice.translated_language(),
                                                            Printable(practice.translated_title())));
  }
  return table.Text(layout);
}

std::string TextOf(const v1::GetPracticeReply& reply, const Layout& layout) {
  RecordPage page(layout);
  const bool has_title = reply.has_content() && !reply.content().title().empty();
  const std::string& title = has_title ? reply.content().title() : reply.practice().title();
  page.Title(title.empty() && reply.has_erased() ? layout.words("a practice that was erased") : title);
  AddFacts(reply, page);
  if (reply.has_content()) AddContent(reply.content(), page);
  page.Section("Builds on", absl::StrJoin(BuiltOnLines(reply.builds_on(), layout.words), "\n"));
  page.Section("Others built on it", absl::StrJoin(BuiltOnLines(reply.built_upon_by(), layout.words), "\n"));
  page.Section("In other languages", absl::StrJoin(TranslationLines(reply.translations(), layout.words), "\n"));
  if (layout.verbose) page.AddRevisions(reply.revisions());
  return page.text();
}

}  // namespace hansa::node::cli
