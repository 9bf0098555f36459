#include "node/cli/summary_texts.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/peer_learning_texts.h"

namespace hansa::node::cli {
namespace {

// So many missing feeds are named; all of them with --verbose, and in JSON.
constexpr int kNamedMax = 10;

std::string MissingIn(const v1::VerifiedSummary& summary, const Layout& layout) {
  const int named = layout.verbose ? summary.missing_size() : std::min(summary.missing_size(), kNamedMax);
  const std::string names = absl::StrJoin(summary.missing().begin(), summary.missing().begin() + named, ", ");
  if (named == summary.missing_size()) return layout.words("not held here as far as it was read: {0}", names);
  return layout.words("not held here as far as it was read: {0}, and {1} more", names, summary.missing_size() - named);
}

void Add(const v1::VerifiedSummary& summary, const Layout& layout, std::string& text) {
  const words::Words& words = layout.words;
  const std::string head =
      words("summary of {0} by {1}, revision {2}", summary.year(), summary.member(), summary.revision());
  const std::string found = summary.ok()                    ? words("it is what the feeds give")
                            : summary.differences().empty() ? words("it was not compared")
                                                            : words("it is not what the feeds give");
  absl::StrAppend(&text, head, ": ", found, "\n");
  std::vector<std::string> lines;
  for (const std::string& difference : summary.differences()) lines.push_back(words.Translated(difference));
  if (summary.missing_size() > 0) lines.push_back(MissingIn(summary, layout));
  if (!summary.why_not().empty()) lines.push_back(words.Translated(summary.why_not()));
  if (summary.ok() || layout.verbose) {
    lines.push_back(words.Counted(summary.cells(), "{0} group of figures", "{0} groups of figures"));
  }
  if (layout.verbose) lines.push_back(words("inputs: {0}", summary.inputs_digest()));
  for (const std::string& line : lines) absl::StrAppend(&text, "  ", line, "\n");
}

}  // namespace

std::string TextOf(const v1::PublishSummaryReply& published, std::uint32_t year, const Layout& layout) {
  std::string text;
  for (v1::PublishedRecord record : published.records()) {
    record.set_title(layout.words("summary of {0}", year));
    absl::StrAppend(&text, TextOf(record, Act::kPublished, layout));
  }
  return text;
}

std::string TextOf(const v1::VerifySummaryReply& verified, const Layout& layout) {
  std::string text;
  for (const v1::VerifiedSummary& summary : verified.summaries()) Add(summary, layout, text);
  return text;
}

}  // namespace hansa::node::cli
