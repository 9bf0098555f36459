#include "node/cli/muted_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace hansa::node::cli {

Option WithMutedOption() { return {.name = "--with-muted", .help = "also what members say whom this node mutes"}; }

std::string MutedLine(std::uint32_t muted, const words::Words& words) {
  if (muted == 0) return "";
  return absl::StrCat(words.Counted(muted, "1 is left out because this node mutes who wrote it; --with-muted shows it",
                                    "{0} are left out because this node mutes who wrote them; --with-muted shows them"),
                      "\n");
}

void ShowList(Invocation& invocation, const std::string& json, const std::string& text, std::uint32_t muted) {
  const std::string line = MutedLine(muted, invocation.words());
  invocation.Show(json, absl::StrCat(text, line));
  if (invocation.json() && muted > 0) invocation.Warn(absl::StripSuffix(line, "\n"));
}

}  // namespace hansa::node::cli
