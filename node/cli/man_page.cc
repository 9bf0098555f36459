#include "node/cli/man_page.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace hansa::node::cli {
namespace {

// As a paragraph takes it: one line, with what stands between ` and ` in bold.
std::string Prose(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '`');
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_closed = i + 1 < parts.size();
    if (i % 2 == 1 && is_closed) {
      absl::StrAppend(&out, ManPage::Bold(parts[i]));
    } else {
      absl::StrAppend(&out, i % 2 == 1 ? ManEscaped("`") : "", ManEscaped(parts[i]));
    }
  }
  return absl::StrReplaceAll(out, {{"\n", " "}});
}

}  // namespace

std::string ManEscaped(absl::string_view text) {
  return absl::StrReplaceAll(
      text,
      {{"\\", "\\e"}, {"-", "\\-"}, {"'", "\\(aq"}, {"`", "\\(ga"}, {"\"", "\\(dq"}, {"^", "\\(ha"}, {"~", "\\(ti"}});
}

ManPage::ManPage(const Title& title) {
  text_ = absl::StrCat(".TH ", ManEscaped(absl::AsciiStrToUpper(title.name)), " ", title.section, " \"", title.date,
                       "\" \"", ManEscaped(title.source), "\" \"", ManEscaped(title.volume), "\"\n");
}

void ManPage::Add(absl::string_view line) {
  is_below_heading_ = false;
  // A full stop at the start of a line would be an instruction; a quote is escaped already.
  absl::StrAppend(&text_, absl::StartsWith(line, ".") ? "\\&" : "", line, "\n");
}

void ManPage::Heading(absl::string_view text) {
  absl::StrAppend(&text_, ".SH ", ManEscaped(text), "\n");
  is_below_heading_ = true;
}

void ManPage::BeginParagraph() {
  // A heading begins one by itself.
  absl::StrAppend(&text_, is_below_heading_ ? "" : ".PP\n");
}

void ManPage::Paragraph(absl::string_view text) {
  BeginParagraph();
  Add(Prose(text));
}

void ManPage::Line(absl::string_view made) { Add(made); }

void ManPage::Entry(absl::string_view made, absl::string_view text) {
  absl::StrAppend(&text_, ".TP\n");
  Add(made);
  Add(Prose(text));
}

void ManPage::Verbatim(absl::string_view text) {
  BeginParagraph();
  absl::StrAppend(&text_, ".nf\n");
  for (const absl::string_view line : absl::StrSplit(absl::StripTrailingAsciiWhitespace(text), '\n')) {
    Add(ManEscaped(absl::StripTrailingAsciiWhitespace(line)));
  }
  absl::StrAppend(&text_, ".fi\n");
}

std::string ManPage::Bold(absl::string_view text) { return absl::StrCat("\\fB", ManEscaped(text), "\\fR"); }
std::string ManPage::Slanted(absl::string_view text) { return absl::StrCat("\\fI", ManEscaped(text), "\\fR"); }

}  // namespace hansa::node::cli
