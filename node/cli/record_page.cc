#include "node/cli/record_page.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "hansa/v1/node_records.pb.h"
#include "hansa/v1/reference.pb.h"
#include "node/catalogue/catalogue.h"
#include "node/catalogue/current.h"
#include "node/cli/text_width.h"
#include "node/markdown/markdown.h"

namespace hansa::node::cli {
namespace {

constexpr std::size_t kShortId = 12;

// Paragraphs as their author broke them, wrapped to the terminal.
std::string Paragraphs(const std::string& text, const Layout& layout) {
  std::string out;
  for (const absl::string_view paragraph : absl::StrSplit(text, '\n')) {
    for (const std::string& line : Wrapped(Printable(paragraph), static_cast<std::size_t>(layout.columns))) {
      absl::StrAppend(&out, line, "\n");
    }
  }
  return out;
}

// Markdown, wrapped to the terminal; code is not.
std::string MarkdownInLines(const std::string& text, const Layout& layout) {
  constexpr std::size_t kNarrowest = 20;
  std::string out;
  for (const markdown::PlainLine& line : markdown::PlainLines(text)) {
    if (line.apart) absl::StrAppend(&out, "\n");
    const std::size_t margin = WidthOf(line.rest), columns = static_cast<std::size_t>(layout.columns);
    const bool is_wrapped = columns != 0 && line.look != markdown::Look::kAsWritten;
    const std::size_t width = !is_wrapped ? 0 : columns > margin + kNarrowest ? columns - margin : kNarrowest;
    std::string before = line.first;
    for (const std::string& each : Wrapped(line.text, width)) {
      const std::string shown = line.look == markdown::Look::kHeading ? Bold(each, layout) : each;
      absl::StrAppend(&out, absl::StripTrailingAsciiWhitespace(absl::StrCat(std::exchange(before, line.rest), shown)),
                      "\n");
    }
  }
  return out;
}

// '2.1.3 Expanding access …', a line each.
std::string FeaturesInWords(const google::protobuf::RepeatedPtrField<std::string>& features, const Layout& layout) {
  std::vector<std::string> lines;
  lines.reserve(static_cast<std::size_t>(features.size()));
  for (const std::string& id : features) {
    const catalogue::Feature* feature = catalogue::CurrentCatalogue().FindFeature(id);
    const std::string name =
        feature == nullptr ? "" : feature->statement.In(words::LanguageTag(layout.words.language()));
    lines.push_back(absl::StrCat(id, name.empty() ? "" : " ", name));
  }
  return absl::StrJoin(lines, "\n");
}

}  // namespace

std::string ShortId(const std::string& id) { return id.substr(0, kShortId); }

std::string ClockTime(std::uint64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::LocalTimeZone());
}

void RecordPage::Title(const std::string& title) {
  for (const std::string& line : Wrapped(Printable(title), static_cast<std::size_t>(layout_.columns))) {
    absl::StrAppend(&text_, Bold(line, layout_), "\n");
  }
}

void RecordPage::Line(const std::string& line) {
  if (!line.empty()) absl::StrAppend(&text_, Paragraphs(line, layout_));
}

void RecordPage::Fact(absl::string_view name, const std::string& value) {
  if (!value.empty()) Line(absl::StrCat(layout_.words(name), ": ", Printable(value)));
}

void RecordPage::Section(absl::string_view name, const std::string& text) {
  if (text.empty()) return;
  absl::StrAppend(&text_, "\n", Bold(layout_.words(name), layout_), "\n", Paragraphs(text, layout_));
}

void RecordPage::MarkdownSection(absl::string_view name, const std::string& text) {
  if (text.empty()) return;
  absl::StrAppend(&text_, "\n", Bold(layout_.words(name), layout_), "\n", MarkdownInLines(text, layout_));
}

void RecordPage::Markdown(const std::string& text) {
  if (!text.empty()) absl::StrAppend(&text_, MarkdownInLines(text, layout_));
}

void RecordPage::Add(const std::string& text) {
  if (!text.empty()) absl::StrAppend(&text_, "\n", text);
}

void RecordPage::Subjects(const v1::Subjects& subjects) {
  Section("Features", FeaturesInWords(subjects.features(), layout_));
  Fact("Action points", absl::StrJoin(subjects.action_points(), ", "));
  Fact("Words", absl::StrJoin(subjects.tags(), ", "));
}

void RecordPage::Contact(const v1::Contact& contact) {
  std::vector<std::string> parts;
  for (const std::string& part :
       {contact.role(), contact.office(), contact.web(), contact.mailbox(), contact.telephone()}) {
    if (!part.empty()) parts.push_back(part);
  }
  Fact("Contact", absl::StrJoin(parts, ", "));
}

void RecordPage::Link(const v1::Link& link) {
  Fact("See", link.title().empty() ? link.url() : absl::StrCat(link.title(), " (", link.url(), ")"));
}

void RecordPage::AddWhyTakenBack(const v1::RecordRevision& last) {
  if (last.withdrawn()) Fact("Why it was taken back", last.reason());
}

Table RecordPage::RevisionTable() const {
  return Table({{layout_.words("revision")}, {layout_.words("published")}, {layout_.words("why")}});
}

void RecordPage::AddRevision(const v1::RecordRevision& revision, Table& table) const {
  std::string why = revision.reason();
  if (revision.withdrawn()) {
    why = why.empty() ? layout_.words("taken back by its author") : layout_.words("taken back by its author: {0}", why);
  }
  table.Add({absl::StrCat(revision.revision()), ClockTime(revision.published_ms()), Printable(why)});
}

}  // namespace hansa::node::cli
