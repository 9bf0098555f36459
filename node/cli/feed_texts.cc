#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

// Enough of a hash to compare by eye; all of it with --verbose.
constexpr std::size_t kHashDigits = 12;

}  // namespace

std::string TextOf(const v1::ListFeedsReply& feeds, const Layout& layout) {
  if (feeds.feeds().empty()) return "no feeds are held\n";
  Table table({{"member"},
               {"collection"},
               {"incarnation", Align::kRight},
               {"entries", Align::kRight},
               {"bytes", Align::kRight},
               {"state"},
               {"head"}});
  for (const v1::FeedSummary& feed : feeds.feeds()) {
    table.Add({feed.member(), feed.collection(), absl::StrCat(feed.incarnation()), Grouped(feed.length()),
               BytesInWords(feed.bytes()), feed.state(),
               layout.verbose ? feed.head() : feed.head().substr(0, kHashDigits)});
  }
  return table.Text(layout);
}

std::string TextOf(const v1::VerifyReply& verified, const Layout& layout) {
  std::string text;
  if (!verified.problems().empty()) {
    Table table({{"member"}, {"collection"}, {"entry", Align::kRight}, {"what is wrong"}});
    for (const v1::VerifyProblem& problem : verified.problems()) {
      table.Add({problem.member().empty() ? "?" : problem.member(), problem.collection(),
                 problem.sequence() == 0 ? "-" : Grouped(problem.sequence()), problem.what()});
    }
    absl::StrAppend(&text, table.Text(layout), "\n");
  }
  absl::StrAppend(&text, "checked ", Counted(verified.entries(), "entry", "entries"), " in ",
                  Counted(verified.feeds(), "feed", "feeds"), " (", BytesInWords(verified.bytes()), "), ",
                  Counted(verified.signatures(), "signature", "signatures"), ": ",
                  verified.ok()
                      ? std::string("all is as it was signed")
                      : Counted(static_cast<std::uint64_t>(verified.problems().size()), "problem", "problems"),
                  "\n");
  return text;
}

}  // namespace hansa::node::cli
