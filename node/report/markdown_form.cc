#include "node/report/markdown_form.h"

#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "node/report/form_texts.h"

namespace hansa::node::report {
namespace {

// Years next to each other in the table of a chart, in characters of their values.
constexpr std::size_t kYearCharacters = 60;

// Characters that mean something wherever they stand; those after the first line are of dialects.
constexpr absl::string_view kMarkup =
    "\\`*_[]<>&#|"
    "~$^";

// The place of the sign that would make `line` a list, a rule or the underline of a heading; npos: there is none.
std::size_t BlockSign(absl::string_view line) {
  if (line.empty()) return line.npos;
  if (line[0] == '-' || line[0] == '=') return 0;
  const std::size_t sign = line.find_first_not_of("0123456789");
  if (sign == line.npos || (sign == 0 ? line[0] != '+' : line[sign] != '.' && line[sign] != ')')) return line.npos;
  return sign + 1 == line.size() || line[sign + 1] == ' ' ? sign : line.npos;
}

void AppendParagraph(absl::string_view label, absl::string_view text, std::string& out) {
  if (!label.empty()) absl::StrAppend(&out, "**", MarkdownText(label), text.empty() ? "**" : ":** ");
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::string written = MarkdownText(line);
    if (!written.empty()) lines.push_back(written);
  }
  absl::StrAppend(&out, absl::StrJoin(lines, "\\\n"), "\n\n");
}

void AppendRow(const std::vector<std::string>& cells, std::size_t columns, std::string& out) {
  out += "|";
  for (std::size_t i = 0; i < columns; ++i)
    absl::StrAppend(&out, " ", i < cells.size() ? MarkdownText(cells[i]) : "", " |");
  out += "\n";
}

void AppendTable(const Table& table, std::string& out) {
  AppendParagraph(table.caption, "", out);
  AppendRow(table.header, table.header.size(), out);
  out += "|";
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const bool is_numeric = std::find(table.numeric.begin(), table.numeric.end(), i) != table.numeric.end();
    out += is_numeric ? " ---: |" : " --- |";
  }
  out += "\n";
  for (const std::vector<std::string>& row : table.rows) AppendRow(row, table.header.size(), out);
  out += "\n";
}

// A table for every row of years: a reader of Markdown knows one header in a table.
void AppendChart(const Chart& chart, const words::Words& words, std::string& out) {
  AppendParagraph(chart.caption, YearsCaption(chart, words), out);
  for (const std::vector<YearValue>& row : YearRows(chart, kYearCharacters)) {
    Table table;
    table.rows.emplace_back();
    for (const YearValue& one : row) {
      table.numeric.push_back(table.header.size());
      table.header.push_back(one.year);
      table.rows.back().push_back(one.value);
    }
    AppendRow(table.header, table.header.size(), out);
    out += "|";
    for (std::size_t i = 0; i < table.header.size(); ++i) out += " ---: |";
    out += "\n";
    AppendRow(table.rows.back(), table.header.size(), out);
    out += "\n";
  }
  for (const std::string& line : LegendOf(chart, words)) AppendParagraph("", line, out);
}

void AppendList(const List& list, std::string& out) {
  if (!list.label.empty()) AppendParagraph(list.label, "", out);
  for (const std::string& item : list.items) absl::StrAppend(&out, "- ", MarkdownText(item), "\n");
  out += "\n";
}

// Appends a block; one for each kind.
struct Writer {
  const words::Words& words;
  std::string& out;

  void operator()(const Heading& heading) const {
    const int level = std::clamp(heading.level, 1, kHeadingLevelMax) + 1;
    absl::StrAppend(&out, std::string(static_cast<std::size_t>(level), '#'), " ", MarkdownText(heading.text), "\n\n");
  }
  void operator()(const Paragraph& paragraph) const { AppendParagraph(paragraph.label, paragraph.text, out); }
  void operator()(const List& list) const { AppendList(list, out); }
  void operator()(const Table& table) const { AppendTable(table, out); }
  void operator()(const Chart& chart) const { AppendChart(chart, words, out); }
};

}  // namespace

std::string MarkdownText(absl::string_view text) {
  std::string line(absl::StripAsciiWhitespace(text));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }, ' ');
  std::string written;
  const std::size_t sign = BlockSign(line);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (kMarkup.find(line[i]) != absl::string_view::npos || i == sign) written += '\\';
    written += line[i];
  }
  return written;
}

std::string MarkdownForm(const Document& document) {
  const words::Words words = WordsOf(document);
  std::string out = absl::StrCat("# ", MarkdownText(document.title), "\n\n");
  if (const std::string dated = DatedLine(document, words); !dated.empty()) AppendParagraph("", dated, out);
  for (const Block& block : document.blocks) std::visit(Writer{words, out}, block);
  return out;
}

}  // namespace hansa::node::report
