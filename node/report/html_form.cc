#include "node/report/html_form.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "node/exports/escaping.h"
#include "node/report/form_texts.h"
#include "node/report/html_style.h"
#include "node/report/report_writing.h"
#include "node/report/svg_chart.h"

namespace hansa::node::report {
namespace {

// Characters of the values that stand next to each other beside a chart.
constexpr std::size_t kYearCharacters = 36;
// Levels of headings that the contents name.
constexpr int kContentsLevel = 2;

// Whether a text may hold letters that are written from right to left (Hebrew, Arabic and their kin): then the browser
// finds out its direction by itself.
bool MayRunLeftwards(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xD6 && byte <= 0xDF) || byte == 0xEF;
  });
}

int LevelOf(const Heading& heading) { return std::clamp(heading.level, 1, kHeadingLevelMax); }

// Writes the page from top to bottom.
class Page {
 public:
  explicit Page(const Document& document) : document_(document), words_(WordsOf(document)) {}

  std::string Take() {
    Head();
    Contents();
    out_ += "<main>\n";
    for (const Block& block : document_.blocks) std::visit([this](const auto& part) { Add(part); }, block);
    out_ += "</main>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  // Text of one or several lines.
  void Text(absl::string_view text) {
    bool is_first = true;
    for (const absl::string_view line : absl::StrSplit(text, '\n')) {
      if (!is_first) out_ += "<br/>";
      is_first = false;
      exports::AppendXmlText(line, out_);
    }
  }

  // <name attributes>text</name>
  void Element(absl::string_view name, absl::string_view attributes, absl::string_view text) {
    absl::StrAppend(&out_, "<", name, attributes, MayRunLeftwards(text) ? " dir=\"auto\"" : "", ">");
    Text(text);
    absl::StrAppend(&out_, "</", name, ">");
  }

  std::string Attribute(absl::string_view name, absl::string_view value) const {
    if (value.empty()) return "";
    std::string text = absl::StrCat(" ", name, "=\"");
    exports::AppendXmlText(value, text);
    return text + "\"";
  }

  void Meta(absl::string_view name, absl::string_view content) {
    if (content.empty()) return;
    absl::StrAppend(&out_, "<meta", Attribute("name", name), Attribute("content", content), "/>\n");
  }

  void Head() {
    const std::string dated = document_.dated_ms == 0 ? "" : MomentText(document_.dated_ms);
    absl::StrAppend(&out_, "<!DOCTYPE html>\n<html", Attribute("lang", document_.language), ">\n<head>\n");
    out_ += "<meta charset=\"utf-8\"/>\n";
    out_ +=
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n";
    Meta("viewport", "width=device-width, initial-scale=1");
    Meta("author", document_.author);
    Meta("dcterms.date", dated);
    Meta("generator", "Hansa");
    out_ += "<title>";
    exports::AppendXmlText(document_.title, out_);
    absl::StrAppend(&out_, "</title>\n<style>", kHtmlStyle, "</style>\n</head>\n<body>\n<header>\n");
    Element("h1", "", document_.title);
    out_ += "\n";
    if (!dated.empty()) {
      Element("p", " class=\"dated\"", DatedLine(document_, words_));
      out_ += "\n";
    }
    out_ += "</header>\n";
  }

  void Contents() {
    int deep = 0;  // lists that are open, one in the other
    std::size_t number = 0;
    absl::StrAppend(&out_, "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">", ContentsTitle(words_),
                    "</h2>\n");
    for (const Block& block : document_.blocks) {
      const Heading* const heading = std::get_if<Heading>(&block);
      if (heading == nullptr) continue;
      ++number;
      if (LevelOf(*heading) > kContentsLevel) continue;
      const int level = std::min(LevelOf(*heading), deep + 1);
      for (; deep > level; --deep) out_ += "</li>\n</ul>\n";
      out_ += deep == level ? "</li>\n<li>" : "<ul>\n<li>";
      deep = level;
      Element("a", absl::StrCat(" href=\"#part-", number, "\""), heading->text);
    }
    for (; deep > 0; --deep) out_ += "</li>\n</ul>\n";
    out_ += "</nav>\n";
  }

  void Add(const Heading& heading) {
    const std::string name = absl::StrCat("h", LevelOf(heading) + 1);
    Element(name, absl::StrCat(" id=\"part-", ++headings_, "\""), heading.text);
    out_ += "\n";
  }

  void Label(absl::string_view label) {
    if (label.empty()) return;
    Element("span", " class=\"label\"", absl::StrCat(label, ":"));
    out_ += " ";
  }

  void Add(const Paragraph& paragraph) {
    out_ += "<p>";
    Label(paragraph.label);
    const std::string language = Attribute("lang", paragraph.language);
    Element("span", language, paragraph.text);
    out_ += "</p>\n";
  }

  void Add(const List& list) {
    if (!list.label.empty()) {
      out_ += "<p>";
      Label(list.label);
      out_ += "</p>\n";
    }
    out_ += "<ul>\n";
    for (const std::string& item : list.items) {
      Element("li", "", item);
      out_ += "\n";
    }
    out_ += "</ul>\n";
  }

  void Add(const Table& table) {
    const std::string id = absl::StrCat("table-", ++tables_);
    absl::StrAppend(&out_, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"", id,
                    "\">\n<table>\n");
    Element("caption", absl::StrCat(" id=\"", id, "\""), table.caption);
    out_ += "\n<thead>\n<tr>";
    for (std::size_t i = 0; i < table.header.size(); ++i) {
      Element("th", absl::StrCat(" scope=\"col\"", ClassOf(table, i)), table.header[i]);
    }
    out_ += "</tr>\n</thead>\n<tbody>\n";
    for (const std::vector<std::string>& row : table.rows) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < table.header.size(); ++i) {
        const bool is_name = i == 0 && !IsNumeric(table, i) && table.header.size() > 1;
        Element(is_name ? "th" : "td", absl::StrCat(is_name ? " scope=\"row\"" : "", ClassOf(table, i)),
                i < row.size() ? row[i] : "");
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n</div>\n";
  }

  static bool IsNumeric(const Table& table, std::size_t column) {
    return std::find(table.numeric.begin(), table.numeric.end(), column) != table.numeric.end();
  }
  static absl::string_view ClassOf(const Table& table, std::size_t column) {
    return IsNumeric(table, column) ? " class=\"n\"" : "";
  }

  void Add(const Chart& chart) {
    const std::string id = absl::StrCat("chart-", ++charts_);
    out_ += "<figure>\n";
    Element("figcaption", "", chart.caption);
    out_ += "\n<div class=\"beside\">\n";
    AppendSvgChart(chart, id, words_, out_);
    Years(chart);
    out_ += "</div>\n";
    const std::vector<std::string> legend = LegendOf(chart, words_);
    if (!legend.empty()) {
      out_ += "<ul class=\"legend\">\n";
      for (const std::string& line : legend) {
        Element("li", "", line);
        out_ += "\n";
      }
      out_ += "</ul>\n";
    }
    out_ += "</figure>\n";
  }

  // The values of a chart: years above values, as many as stand next to each other.
  void Years(const Chart& chart) {
    out_ += "<table class=\"years\">\n";
    Element("caption", "", YearsCaption(chart, words_));
    out_ += "\n<tbody>\n";
    for (const std::vector<YearValue>& row : YearRows(chart, kYearCharacters)) {
      out_ += "<tr class=\"y\">";
      for (const YearValue& one : row) Element("th", " scope=\"col\"", one.year);
      out_ += "</tr>\n<tr>";
      for (const YearValue& one : row) Element("td", "", one.value);
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n";
  }

  const Document& document_;
  const words::Words words_;
  std::string out_;
  std::size_t headings_ = 0, tables_ = 0, charts_ = 0;
};

}  // namespace

std::string HtmlForm(const Document& document) { return Page(document).Take(); }

}  // namespace hansa::node::report
