#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"
#include "node/domain/problem.h"

namespace hansa::node::cli {
namespace {

std::string LineOf(const v1::IndicatorProblem& problem) {
  return Printable(domain::Line({.file = problem.file(),
                                 .row = static_cast<std::int64_t>(problem.row()),
                                 .column = problem.column(),
                                 .cell = problem.cell(),
                                 .what = problem.what(),
                                 .remedy = problem.remedy()}));
}

template <typename Problems>
void Append(const char* word, const Problems& problems, std::string& text) {
  for (const v1::IndicatorProblem& problem : problems) {
    absl::StrAppend(&text, word, ": ", LineOf(problem), "\n");
  }
}

template <typename Reply>
std::string Problems(const Reply& reply) {
  std::string text;
  Append("error", reply.errors(), text);
  Append("warning", reply.warnings(), text);
  return text;
}

template <typename Reply>
std::string Completeness(const Reply& reply) {
  return absl::StrCat(Grouped(reply.completeness().reported()), " of ", Grouped(reply.completeness().of()),
                      " cells have a value or a reason why there is none; no city has to fill all");
}

// " for 2019, 2021 to 2024"; nothing without years.
template <typename Reply>
std::string Years(const Reply& reply) {
  std::vector<std::string> spans;
  for (int from = 0, to = 0; from < reply.years_size(); from = to + 1) {
    to = from;
    while (to + 1 < reply.years_size() && reply.years(to + 1) == reply.years(to) + 1) ++to;
    const std::string first = absl::StrCat(reply.years(from));
    spans.push_back(from == to ? first : absl::StrCat(first, " to ", reply.years(to)));
  }
  return spans.empty() ? "" : absl::StrCat(" for ", absl::StrJoin(spans, ", "));
}

std::string Day(std::uint64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::LocalTimeZone());
}

// Notes travel with their value.
std::string Notes(const v1::IndicatorRow& row) {
  std::vector<std::string> parts;
  if (!row.note().empty()) parts.push_back(row.note());
  if (!row.derivation_note().empty()) parts.push_back(row.derivation_note());
  for (const v1::IndicatorAttribute& attribute : row.attributes()) {
    parts.push_back(absl::StrCat(attribute.key(), "=", attribute.value()));
  }
  if (!row.match().empty() && row.match() != "exact") {
    parts.push_back(absl::StrCat("definition: ", row.match()));
  }
  return absl::StrJoin(parts, "; ");
}

std::string ValueOf(const v1::IndicatorRow& row) {
  if (row.has_value()) return row.value();
  return row.no_data_reason().empty() ? "not reported" : absl::StrCat("no data: ", row.no_data_reason());
}

std::string AreaOf(const v1::IndicatorRow& row) { return row.area().empty() ? "" : row.area(); }

}  // namespace

std::string TextOf(const v1::ImportIndicatorsReply& report, const Layout&) {
  std::string text = Problems(report);
  if (!report.ok()) return text;
  absl::StrAppend(&text, Counted(report.accepted(), "value", "values"), Years(report),
                  " taken into the draft, which nobody else sees\n");
  if (report.skipped() > 0) {
    absl::StrAppend(&text, Counted(report.skipped(), "row", "rows"), " of other cities left out\n");
  }
  if (report.unchanged() > 0) {
    absl::StrAppend(&text, Counted(report.unchanged(), "row", "rows"), " without a value changed nothing\n");
  }
  absl::StrAppend(&text, Completeness(report), "\n");
  return text;
}

std::string TextOf(const v1::CheckIndicatorsReply& report, const Layout&) {
  std::string text = Problems(report);
  if (report.years().empty()) return absl::StrCat(text, "nothing is waiting to be published\n");
  if (report.ok()) {
    absl::StrAppend(&text, "ready to publish", Years(report), ": ",
                    Counted(report.accepted(), "value differs", "values differ"), " from what is published\n");
  }
  absl::StrAppend(&text, Completeness(report), "\n");
  return text;
}

std::string TextOf(const v1::ShowIndicatorsReply& values, const Layout& layout) {
  if (values.rows().empty()) return "no values\n";
  Table table({{"member"},
               {"year"},
               {"cell"},
               {"value", Align::kRight},
               {"unit"},
               {"state"},
               {"source"},
               {"period"},
               {"area"},
               {"notes"}});
  for (const v1::IndicatorRow& row : values.rows()) {
    table.Add({row.member(), absl::StrCat(row.year()), row.cell(), ValueOf(row), row.unit(),
               row.published() ? absl::StrCat("revision ", row.revision()) : "draft",
               absl::StrCat(row.source_kind(), row.source_kind().empty() ? "" : ": ", row.source()),
               row.period().empty() ? absl::StrCat(row.year()) : row.period(), AreaOf(row), Notes(row)});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::PublishIndicatorsReply& published, const Layout&) {
  std::string text;
  for (const v1::PublishedSet& set : published.sets()) {
    if (set.unchanged()) {
      absl::StrAppend(&text, set.year(), ": stands as it was published (revision ", set.revision(), ", record ",
                      set.id(), ")\n");
      continue;
    }
    const std::string holders = set.held_by().empty() ? "no other member has confirmed yet that it holds it"
                                                      : absl::StrCat("held by ", absl::StrJoin(set.held_by(), ", "));
    absl::StrAppend(&text, "published ", Counted(set.values(), "value", "values"), " for ", set.year(), ", revision ",
                    set.revision(), set.queued() ? ", queued" : "", ": record ", set.id(), ", entry ", set.sequence(),
                    "; ", holders, "\n");
  }
  if (!published.words().empty()) absl::StrAppend(&text, Printable(published.words()), "\n");
  return text;
}

std::string TextOf(const v1::ListIndicatorHistoryReply& history, const Layout& layout) {
  if (history.revisions().empty()) return "nothing was ever published for this cell\n";
  Table table({{"year"},
               {"revision", Align::kRight},
               {"value", Align::kRight},
               {"unit"},
               {"published"},
               {"source"},
               {"why"},
               {"notes"}});
  for (const v1::IndicatorRevision& revision : history.revisions()) {
    const v1::IndicatorRow& row = revision.row();
    const std::string value = !revision.fault().empty() ? "not readable"
                              : revision.withdrawn()    ? "withdrawn"
                                                        : ValueOf(row);
    table.Add({absl::StrCat(row.year()), absl::StrCat(row.revision()), value, row.unit(), Day(revision.published_ms()),
               row.source(), revision.reason(), revision.fault().empty() ? Notes(row) : revision.fault()});
  }
  return table.Text(layout);
}

}  // namespace hansa::node::cli
