#include "node/cli/strategy_texts.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node_records.pb.h"
#include "hansa/v1/reference.pb.h"
#include "hansa/v1/strategies.pb.h"
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
  if (!reply.fault().empty()) page.Line(words.Translated(reply.fault()));
  if (!reply.has_content()) return page.text();
  AddContent(reply.content(), strategy, page);
  if (layout.verbose) page.AddRevisions(reply.revisions());
  return page.text();
}

}  // namespace hansa::node::cli
