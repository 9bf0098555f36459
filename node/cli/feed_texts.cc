#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

// Enough of a hash to compare by eye; all of it with --verbose.
constexpr std::size_t kHashDigits = 12;

}  // namespace

std::string EntryCount(std::uint64_t count, const words::Words& words) {
  return words.Counted(count, "{0} entry", "{0} entries");
}
std::string FeedCount(std::uint64_t count, const words::Words& words) {
  return words.Counted(count, "{0} feed", "{0} feeds");
}
std::string ProblemCount(std::uint64_t count, const words::Words& words) {
  return words.Counted(count, "{0} problem", "{0} problems");
}

std::string TextOf(const v1::ListFeedsReply& feeds, const Layout& layout) {
  const words::Words& words = layout.words;
  if (feeds.feeds().empty()) return absl::StrCat(words("no feeds are held"), "\n");
  Table table({{words("member")},
               {words("collection")},
               {words("incarnation"), Align::kRight},
               {words("entries"), Align::kRight},
               {words("bytes"), Align::kRight},
               {words("state")},
               {words("head")}});
  for (const v1::FeedSummary& feed : feeds.feeds()) {
    table.Add({feed.member(), words(feed.collection()), absl::StrCat(feed.incarnation()), Grouped(feed.length()),
               BytesInWords(feed.bytes()), words(feed.state()),
               layout.verbose ? feed.head() : feed.head().substr(0, kHashDigits)});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::VerifyReply& verified, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text;
  if (!verified.problems().empty()) {
    Table table({{words("member")}, {words("collection")}, {words("entry"), Align::kRight}, {words("what is wrong")}});
    for (const v1::VerifyProblem& problem : verified.problems()) {
      table.Add({problem.member().empty() ? "?" : problem.member(), words(problem.collection()),
                 problem.sequence() == 0 ? "-" : Grouped(problem.sequence()), words.Translated(problem.what())});
    }
    absl::StrAppend(&text, table.Text(layout), "\n");
  }
  const std::string signatures = words.Counted(verified.signatures(), "{0} signature", "{0} signatures");
  absl::StrAppend(
      &text,
      words(verified.ok() ? "checked {0} in {1} ({2}), {3}: all is as it was signed"
                          : "checked {0} in {1} ({2}), {3}: {4}",
            EntryCount(verified.entries(), words), FeedCount(verified.feeds(), words), BytesInWords(verified.bytes()),
            signatures, ProblemCount(static_cast<std::uint64_t>(verified.problems().size()), words)),
      "\n");
  return text;
}

}  // namespace hansa::node::cli
