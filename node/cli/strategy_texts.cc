#include "node/cli/strategy_texts.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "hansa/v1/reference.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/catalogue/current.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

// What is not said is read as an action.
std::string KindOf(const v1::StrategySummary& strategy, const words::Words& words) {
  return words(strategy.kind().empty() ? "action" : strategy.kind());
}

std::string DaysOf(const v1::StrategySummary& strategy) {
  if (strategy.starts_on().empty() && strategy.ends_on().empty()) return "-";
  return absl::StrCat(strategy.starts_on(), "–", strategy.ends_on());
}

std::string YearOf(const std::string& day) { return day.substr(0, 4); }

// Organizations as the city names them.
std::string Names(const google::protobuf::RepeatedPtrField<v1::Organization>& organizations) {
  return absl::StrJoin(organizations, ", ", [](std::string* out, const v1::Organization& organization) {
    absl::StrAppend(out, organization.name());
  });
}

std::string Pointed(const v1::Reference& reference) { return ShortId(absl::BytesToHexString(reference.record_id())); }

void AddContent(const v1::Strategy& content, const v1::StrategySummary& strategy, RecordPage& page) {
  page.Section("In short", content.summary());
  page.Section("What it is", content.text());
  page.Section("Who took part", content.participation());
  page.Section("How it is monitored", content.monitoring());
  page.Section("What monitoring has shown", content.findings());
  page.Section("What came of it", content.outcome());
  page.Subjects(content.subjects());
  page.Fact("Shown on the series of", absl::StrJoin(strategy.cells(), ", "));
  if (content.has_part_of()) page.Fact("Part of", Pointed(content.part_of()));
  page.Fact("Practices that tell more",
            absl::StrJoin(content.practices(), ", ", [](std::string* out, const v1::Reference& practice) {
              absl::StrAppend(out, Pointed(practice));
            }));
  page.Fact("In charge", content.responsible());
  page.Fact("Taking part", Names(content.participants()));
  page.Fact("Adopted by",
            absl::StrCat(content.adopted_by(), content.adopted_on().empty() ? "" : " ", content.adopted_on()));
  page.Fact("Funding", content.funding());
  page.WhereFrom(content);
}

// The name of a feature or an action point in the reader's language.
std::string NameOfPart(const v1::ChecklistRow& row, const words::Words& words) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  const std::string language(words::LanguageTag(words.language()));
  if (const catalogue::Feature* feature = catalogue.FindFeature(row.part())) return feature->statement.In(language);
  if (const catalogue::ActionPoint* point = catalogue.FindActionPoint(row.part())) return point->text.In(language);
  return row.name();
}

// '2021-03-01–, under way: Reading city (8d1366908b71)', and who does it below.
std::string DeedLines(const v1::ChecklistDeed& deed, const words::Words& words) {
  std::vector<std::string> facts;
  if (!deed.starts_on().empty() || !deed.ends_on().empty()) {
    facts.push_back(absl::StrCat(deed.starts_on(), "–", deed.ends_on()));
  }
  if (!deed.state().empty()) facts.push_back(words(deed.state()));
  std::string lines = absl::StrCat("  ", absl::StrJoin(facts, ", "), facts.empty() ? "" : ": ",
                                   Printable(deed.strategy().title()), " (", ShortId(deed.strategy().id()), ")\n");
  if (!deed.responsible().empty()) {
    absl::StrAppend(&lines, "    ", words("In charge"), ": ", Printable(deed.responsible()), "\n");
  }
  if (!deed.participants().empty()) {
    absl::StrAppend(&lines, "    ", words("Taking part"), ": ", Printable(absl::StrJoin(deed.participants(), ", ")),
                    "\n");
  }
  return lines;
}

}  // namespace

std::string LineUnderSeries(const v1::StrategySummary& strategy, const words::Words& words) {
  if (strategy.starts_on().empty()) return "";
  const std::string first = YearOf(strategy.starts_on()), last = YearOf(strategy.ends_on());
  const std::string years = last.empty()    ? words("since {0}", first)
                            : first == last ? first
                                            : absl::StrCat(first, "–", last);
  return absl::StrCat(years, ": ", Printable(strategy.title()), " (", KindOf(strategy, words), ")");
}

std::string TextOf(const v1::ListStrategiesReply& strategies, const Layout& layout) {
  const words::Words& words = layout.words;
  if (strategies.strategies().empty()) return absl::StrCat(words("no strategy here is like that"), "\n");
  Table table({{words("id")},
               {words("member")},
               {words("title")},
               {words("kind")},
               {words("state")},
               {words("days")},
               {words("features")}});
  for (const v1::StrategySummary& strategy : strategies.strategies()) {
    table.Add({ShortId(strategy.id()), strategy.member(), Printable(strategy.title()), KindOf(strategy, words),
               strategy.state().empty() ? "-" : words(strategy.state()), DaysOf(strategy),
               Printable(absl::StrJoin(strategy.features(), ", "))});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::GetStrategyReply& reply, const Layout& layout) {
  const words::Words& words = layout.words;
  RecordPage page(layout);
  const v1::StrategySummary& strategy = reply.strategy();
  page.Title(strategy.title());
  std::vector<std::string> facts = {strategy.member(), KindOf(strategy, words)};
  if (!strategy.state().empty()) facts.push_back(words(strategy.state()));
  if (!strategy.starts_on().empty() || !strategy.ends_on().empty()) facts.push_back(DaysOf(strategy));
  if (reply.has_content()) facts.push_back(reply.content().language());
  facts.push_back(words("revision {0}", strategy.revision()));
  facts.push_back(words("record {0}", strategy.id()));
  page.Line(absl::StrJoin(facts, ", "));
  if (reply.withdrawn()) page.Line(words("taken back by its author"));
  page.WhyTakenBack(reply.revisions());
  if (!reply.fault().empty()) page.Line(words.Translated(reply.fault()));
  if (reply.has_content()) AddContent(reply.content(), strategy, page);
  if (layout.verbose) page.AddRevisions(reply.revisions());
  return page.text();
}

std::string TextOf(const v1::ListChecklistReply& checklist, const Layout& layout) {
  const words::Words& words = layout.words;
  RecordPage page(layout);
  page.Title(words("What {0} does for each part of the framework", checklist.member()));
  for (const v1::ChecklistRow& row : checklist.rows()) {
    std::string lines;
    for (const std::string& line :
         Wrapped(absl::StrCat(row.part(), " ", NameOfPart(row, words)), static_cast<std::size_t>(layout.columns))) {
      absl::StrAppend(&lines, Bold(line, layout), "\n");
    }
    for (const v1::ChecklistDeed& deed : row.deeds()) absl::StrAppend(&lines, DeedLines(deed, words));
    for (const v1::RecordLink& practice : row.practices()) {
      absl::StrAppend(&lines, "  ", words("practice"), ": ", Printable(practice.title()), " (", ShortId(practice.id()),
                      ")\n");
    }
    if (row.deeds().empty() && row.practices().empty()) absl::StrAppend(&lines, "  ", words("nothing is told"), "\n");
    page.Add(lines);
  }
  return page.text();
}

}  // namespace hansa::node::cli
