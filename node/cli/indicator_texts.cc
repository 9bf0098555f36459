#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/indicator_words.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"
#include "node/domain/problem.h"
#include "node/domain/problem_rules.h"

namespace hansa::node::cli {
namespace {

std::string LineOf(const v1::IndicatorProblem& problem, const words::Words& words) {
  const std::string said =
      problem.remedy().empty() ? problem.what() : absl::StrCat(problem.what(), "; ", problem.remedy());
  const bool row_of_no_file = problem.file().empty() && problem.row() > 0;
  return Printable(domain::Line({.file = row_of_no_file ? words("row {0}", problem.row()) : problem.file(),
                                 .row = row_of_no_file ? 0 : static_cast<std::int64_t>(problem.row()),
                                 .column = problem.column(),
                                 .cell = row_of_no_file ? "" : problem.cell(),
                                 .rule = "",
                                 .what = words.Translated(said),
                                 .remedy = ""}));
}

// Where a revision of an answer is from, and whose word it is where it stands beside the sets.
std::string SaidBy(const v1::IndicatorRow& row, const words::Words& words) {
  if (row.word_of().empty()) return row.source();
  const std::string word = words.Translated(row.word_of());
  return row.source().empty() ? word : absl::StrCat(row.source(), "; ", word);
}

template <typename Reply>
std::string ProblemLines(const Reply& reply, const words::Words& words) {
  std::string text;
  for (const v1::IndicatorProblem& problem : reply.errors()) {
    absl::StrAppend(&text, words("error"), ": ", LineOf(problem, words), "\n");
  }
  for (const v1::IndicatorProblem& problem : reply.warnings()) {
    absl::StrAppend(&text, words("warning"), ": ", LineOf(problem, words), "\n");
  }
  return text;
}

template <typename Reply>
std::string Completeness(const Reply& reply, const words::Words& words) {
  return words("{0} of {1} cells have a value or a reason why there is none; no city has to fill all",
               Grouped(reply.completeness().reported()), Grouped(reply.completeness().of()));
}

std::string AnswerOf(bool has_value, const std::string& value, const std::string& reason, const words::Words& words) {
  return has_value ? value : words("no data: {0}", reason);
}

// "2023 1.1.4/crime-level: 5 → 6 (source, note)": in brackets what changes beside the answer.
std::string LineOf(const v1::ChangedAnswer& change, const words::Words& words) {
  const std::string before =
      AnswerOf(change.has_published_value(), change.published_value(), change.published_no_data_reason(), words);
  const std::string after = AnswerOf(change.has_value(), change.value(), change.no_data_reason(), words);
  std::vector<std::string> others;
  for (const std::string& column : change.columns()) {
    if (column != "value" && column != "no_data_reason") others.push_back(column);
  }
  return Printable(absl::StrCat(change.year(), " ", change.cell(), ": ", before,
                                before == after ? "" : absl::StrCat(" → ", after),
                                others.empty() ? "" : absl::StrCat(" (", absl::StrJoin(others, ", "), ")")));
}

// What of the published would change, line by line; empty if nothing would.
template <typename Reply>
std::string ChangeLines(const Reply& reply, const words::Words& words) {
  constexpr int kChangesShownMax = 100;
  if (reply.changes().empty()) return "";
  std::string text = absl::StrCat(words("what the draft changes of what is published:"), "\n");
  const int shown = std::min(reply.changes_size(), kChangesShownMax);
  for (int i = 0; i < shown; ++i) absl::StrAppend(&text, "  ", LineOf(reply.changes(i), words), "\n");
  if (shown < reply.changes_size()) {
    const auto more = static_cast<std::uint64_t>(reply.changes_size() - shown);
    absl::StrAppend(&text, "  ", words("and {0} more, which --json lists", Grouped(more)), "\n");
  }
  return text;
}

// "2019, 2021–2024"; empty without years.
template <typename Reply>
std::string Years(const Reply& reply) {
  std::vector<std::string> spans;
  for (int from = 0, to = 0; from < reply.years_size(); from = to + 1) {
    to = from;
    while (to + 1 < reply.years_size() && reply.years(to + 1) == reply.years(to) + 1) ++to;
    const std::string first = absl::StrCat(reply.years(from));
    spans.push_back(from == to ? first : absl::StrCat(first, "–", reply.years(to)));
  }
  return absl::StrJoin(spans, ", ");
}

bool IsOfWaiting(const v1::IndicatorProblem& problem) { return problem.rule() == domain::rule_id::kYearWaits; }

// Whether the one year that was looked at waits to be signed.
bool YearWaits(const v1::CheckIndicatorsReply& report) {
  if (report.years_size() != 1) return false;
  const std::string year = absl::StrCat(report.years(0), " ");
  return std::any_of(report.warnings().begin(), report.warnings().end(), [&](const v1::IndicatorProblem& problem) {
    return IsOfWaiting(problem) && absl::StartsWith(problem.what(), year);
  });
}

std::string ValueCount(std::uint64_t count, const words::Words& words) {
  return words.Counted(count, "{0} value", "{0} values");
}

// "3 values, 1 without data": those that say why there is no value stand beside the others.
std::string AnswerCount(const v1::PublishedSet& set, const words::Words& words) {
  const std::string values = ValueCount(set.values(), words);
  return set.without_data() == 0 ? values : words("{0}, {1} without data", values, Grouped(set.without_data()));
}

std::string Day(std::uint64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::LocalTimeZone());
}

std::string LineOf(const v1::PublishedSet& set, const words::Words& words) {
  if (set.unchanged()) {
    return words("{0}: stands as it was published (revision {1}, record {2})", set.year(), set.revision(), set.id());
  }
  const char* form = "published {0} for {1}, revision {2}: record {3}, entry {4}";
  if (set.withdrawn()) form = "took back {0} for {1}, revision {2}: record {3}, entry {4}";
  if (set.queued()) {
    form = set.withdrawn()
               ? "queued to take back {0} for {1}, revision {2}, to be signed once this node may publish: record {3}"
               : "queued {0} for {1}, revision {2}, to be signed once this node may publish: record {3}";
  }
  const std::string line = words(form, AnswerCount(set, words), set.year(), set.revision(), set.id(), set.sequence());
  const std::string holders = set.held_by().empty() ? words("no other member has confirmed yet that it holds it")
                                                    : words("held by {0}", absl::StrJoin(set.held_by(), ", "));
  return absl::StrCat(line, "; ", holders);
}

}  // namespace

std::string TextOf(const v1::ImportIndicatorsReply& report, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text = absl::StrCat(ReadAsLines(report.read_as(), words), ProblemLines(report, words));
  if (!report.ok()) return text;
  const std::string values = ValueCount(report.accepted(), words);
  const char* form = report.years().empty() ? "{0} taken into the draft, which nobody else sees"
                                            : "{0} for {1} taken into the draft, which nobody else sees";
  if (report.dry_run()) {
    form = report.years().empty() ? "{0} would be taken into the draft; nothing was changed"
                                  : "{0} for {1} would be taken into the draft; nothing was changed";
  }
  absl::StrAppend(&text, words(form, values, Years(report)), "\n");
  if (report.skipped() > 0) {
    absl::StrAppend(
        &text, words.Counted(report.skipped(), "{0} row of other cities left out", "{0} rows of other cities left out"),
        "\n");
  }
  if (report.unchanged() > 0) {
    absl::StrAppend(&text,
                    words.Counted(report.unchanged(), "{0} row without a value changed nothing",
                                  "{0} rows without a value changed nothing"),
                    "\n");
  }
  absl::StrAppend(&text, ChangeLines(report, words), Completeness(report, words), "\n");
  return text;
}

std::string TextOf(const v1::CheckIndicatorsReply& report, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text = ProblemLines(report, words);
  if (report.years().empty()) {
    // What waits to be signed is said above.
    const bool one_waits = std::any_of(report.warnings().begin(), report.warnings().end(), IsOfWaiting);
    return one_waits ? text : absl::StrCat(text, words("nothing is waiting to be published"), "\n");
  }
  if (report.ok() && !YearWaits(report)) {
    absl::StrAppend(&text,
                    words(report.accepted() == 1 ? "ready to publish for {0}: {1} value differs from what is published"
                                                 : "ready to publish for {0}: {1} values differ from what is published",
                          Years(report), Grouped(report.accepted())),
                    "\n");
  }
  absl::StrAppend(&text, ChangeLines(report, words), Completeness(report, words), "\n");
  return text;
}

std::string TextOf(const v1::ShowIndicatorsReply& values, const Layout& layout) {
  const words::Words& words = layout.words;
  if (values.rows().empty()) return absl::StrCat(words("no values"), "\n");
  Table table({{words("member")},
               {words("year")},
               {words("cell")},
               {words("value"), Align::kRight},
               {words("unit")},
               {words("state")},
               {words("source")},
               {words("period")},
               {words("area")},
               {words("notes")}});
  const auto state_of = [&](const v1::IndicatorRow& row) {
    if (row.published()) {
      return words(row.waits() ? "revision {0} (the year waits to be signed)" : "revision {0}", row.revision());
    }
    return row.waits() ? words("draft (the year waits to be signed)") : words("draft");
  };
  for (const v1::IndicatorRow& row : values.rows()) {
    table.Add({row.member(), absl::StrCat(row.year()), row.cell(), ValueOf(row, words), UnitOf(row.unit(), words),
               state_of(row), SourceOf(row, words), PeriodOf(row), row.area(), NotesOf(row, words)});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::PublishIndicatorsReply& published, const Layout& layout) {
  std::string text;
  for (const v1::PublishedSet& set : published.sets()) absl::StrAppend(&text, LineOf(set, layout.words), "\n");
  if (!published.words().empty()) {
    absl::StrAppend(&text, Printable(layout.words.Translated(published.words())), "\n");
  }
  return text;
}

std::string TextOf(const v1::PublishedSet& set, const Layout& layout) {
  return absl::StrCat(set.unchanged() ? layout.words("{0}: taken back already (revision {1}, record {2})", set.year(),
                                                     set.revision(), set.id())
                                      : LineOf(set, layout.words),
                      "\n");
}

std::string TextOf(const v1::DiscardIndicatorsReply& discarded, const Layout& layout) {
  if (discarded.cells() == 0) return absl::StrCat(layout.words("the draft says nothing of it"), "\n");
  return absl::StrCat(
      layout.words.Counted(discarded.cells(), "{0} value of the draft forgotten", "{0} values of the draft forgotten"),
      "\n");
}

std::string TextOf(const v1::ListIndicatorHistoryReply& history, Cells cells, const Layout& layout) {
  const words::Words& words = layout.words;
  if (history.revisions().empty()) {
    return absl::StrCat(
        cells == Cells::kOne ? words("nothing was ever published for this cell") : words("nothing was ever published"),
        "\n");
  }
  std::vector<Table::Column> columns = {{words("year")},
                                        {words("revision"), Align::kRight},
                                        {words("value"), Align::kRight},
                                        {words("unit")},
                                        {words("published")},
                                        {words("source")},
                                        {words("why")},
                                        {words("notes")}};
  if (cells == Cells::kSeveral) columns.insert(columns.begin(), {words("cell")});
  Table table(std::move(columns));
  for (const v1::IndicatorRevision& revision : history.revisions()) {
    const v1::IndicatorRow& row = revision.row();
    const bool is_readable = revision.fault().empty() || row.has_value() || !row.no_data_reason().empty();
    const std::string value = !is_readable           ? words("not readable")
                              : revision.withdrawn() ? words("withdrawn")
                                                     : ValueOf(row, words);
    std::vector<std::string> texts = {
        absl::StrCat(row.year()),
        absl::StrCat(row.revision()),
        value,
        UnitOf(row.unit(), words),
        Day(revision.published_ms()),
        SaidBy(row, words),
        revision.reason(),
        revision.fault().empty() ? NotesOf(row, words) : words.Translated(revision.fault())};
    if (cells == Cells::kSeveral) texts.insert(texts.begin(), row.cell());
    table.Add(std::move(texts));
  }
  return table.Text(layout);
}

}  // namespace hansa::node::cli
