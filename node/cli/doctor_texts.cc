#include "node/cli/doctor_texts.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/cli/json_parts.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

using json::Json;
using json::OrNull;

std::string LinesOf(const desk::Finding& finding, const Layout& layout) {
  const words::Words& words = layout.words;
  // The name alone is that of a column too.
  const std::string level =
      finding.level == desk::FindingLevel::kNote ? words("a note") : words(desk::FindingLevelName(finding.level));
  return absl::StrCat(Bold(level, layout), " (", words(finding.check), "): ", Printable(words.Translated(finding.what)),
                      "\n  ", words("what to do: {0}", Printable(words.Translated(finding.remedy))), "\n");
}

}  // namespace

std::string TextOf(const desk::Examination& examination, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text;
  for (const desk::Finding& finding : examination.findings) absl::StrAppend(&text, LinesOf(finding, layout));
  if (!text.empty()) absl::StrAppend(&text, "\n");
  std::vector<std::string> made;
  for (const desk::Check& check : examination.checks) {
    if (check.done) made.push_back(words(check.name));
  }
  absl::StrAppend(&text, words("looked at: {0}", absl::StrJoin(made, ", ")), "\n");
  for (const desk::Check& check : examination.checks) {
    if (check.done) continue;
    absl::StrAppend(&text, words("not looked at: {0}", words(check.name)), " (",
                    Printable(words.Translated(check.why_not)), ")\n");
  }
  if (examination.Faults() == 0) absl::StrAppend(&text, words("nothing was found that is not as it should be"), "\n");
  return text;
}

std::string JsonOf(const desk::Examination& examination) {
  Json checks = Json::array();
  for (const desk::Check& check : examination.checks) {
    checks.push_back({{"name", check.name}, {"done", check.done}, {"why_not", OrNull(check.why_not)}});
  }
  Json findings = Json::array();
  for (const desk::Finding& finding : examination.findings) {
    findings.push_back({{"check", finding.check},
                        {"level", desk::FindingLevelName(finding.level)},
                        {"what", finding.what},
                        {"do", OrNull(finding.remedy)}});
  }
  const Json all = {{"ok", examination.Faults() == 0}, {"checks", checks}, {"findings", findings}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hansa::node::cli
