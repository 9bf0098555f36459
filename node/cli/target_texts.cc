#include "node/cli/target_texts.h"

#include "absl/strings/str_cat.h"
#include "hansa/v1/node_records.pb.h"
#include "node/cli/indicator_words.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {

std::string AimOf(const v1::TargetSummary& target, const words::Words& words) {
  return words("{0} by {1}", target.value(), target.by_year());
}

std::string TextOf(const v1::ListTargetsReply& targets, const Layout& layout) {
  const words::Words& words = layout.words;
  if (targets.targets().empty()) return absl::StrCat(words("no target has been set for it"), "\n");
  Table table({{words("member")},
               {words("cell")},
               {words("target")},
               {words("unit")},
               {words("approved by")},
               {words("note")}});
  for (const v1::TargetSummary& target : targets.targets()) {
    const std::string aim =
        target.fault().empty() ? AimOf(target, words) : words("cannot be shown: {0}", words.Translated(target.fault()));
    table.Add({target.member(), Printable(target.cell()), Printable(aim), Printable(UnitOf(target.unit(), words)),
               Printable(target.approved_by()), Printable(target.note())});
  }
  return absl::StrCat(table.Text(layout),
                      words("each city sets its own; none is a bar for another, and `hansa indicators progress` shows "
                            "them beside the figures"),
                      "\n");
}

}  // namespace hansa::node::cli
