#include "node/cli/table.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "node/cli/text_width.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;  // a column is not squeezed below it

void AppendUnder(const std::string& line, const Layout& layout, std::string& text) {
  const auto columns = static_cast<std::size_t>(std::max(layout.columns, 0));
  for (const std::string& part : Wrapped(Printable(line), columns > kGap ? columns - kGap : 0)) {
    absl::StrAppend(&text, std::string(kGap, ' '), part, "\n");
  }
}

}  // namespace

void Table::Under(std::string line) {
  HANSA_CHECK(!rows_.empty());
  if (!line.empty()) rows_.back().under.push_back(std::move(line));
}

std::vector<std::size_t> Table::Widths(const Layout& layout) const {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(WidthOf(column.title));
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], WidthOf(Printable(row.cells[i])));
    }
  }
  if (layout.columns <= 0) return widths;
  std::size_t total = kGap * (widths.size() - 1);
  for (const std::size_t width : widths) total += width;
  // The widest column gives way until all fit.
  while (total > static_cast<std::size_t>(layout.columns)) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowest) break;
    --*widest;
    --total;
  }
  return widths;
}

void Table::AppendRow(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                      std::string& text) const {
  std::vector<std::vector<std::string>> wrapped;
  std::size_t height = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    wrapped.push_back(Wrapped(Printable(cells[i]), widths[i]));
    height = std::max(height, wrapped.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string whole;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string part = line < wrapped[i].size() ? wrapped[i][line] : std::string();
      const std::size_t wide = WidthOf(part);
      const std::string blank(widths[i] > wide ? widths[i] - wide : 0, ' ');
      absl::StrAppend(&whole, i == 0 ? "" : std::string(kGap, ' '),
                      columns_[i].align == Align::kRight ? blank + part : part + blank);
    }
    absl::StrAppend(&text, absl::StripTrailingAsciiWhitespace(whole), "\n");
  }
}

std::string Table::Text(const Layout& layout) const {
  if (rows_.empty()) return "";
  const std::vector<std::size_t> widths = Widths(layout);
  std::vector<std::string> titles;
  for (const Column& column : columns_) titles.push_back(column.title);
  std::string head;
  AppendRow(titles, widths, head);
  head.pop_back();  // the line end goes after the escapes
  std::string text = absl::StrCat(Bold(head, layout), "\n");
  for (const Row& row : rows_) {
    AppendRow(row.cells, widths, text);
    for (const std::string& line : row.under) AppendUnder(line, layout, text);
  }
  return text;
}

std::string Bold(const std::string& text, const Layout& layout) {
  return layout.bold ? absl::StrCat("\x1b[1m", text, "\x1b[0m") : text;
}

std::string Grouped(std::uint64_t number) { return words::Grouped(number); }

std::string BytesInWords(std::uint64_t bytes) {
  constexpr const char* kUnits[] = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return absl::StrCat(bytes, " B");
  double amount = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (amount >= 999.95 && unit + 1 < std::size(kUnits)) {
    amount /= 1000;
    ++unit;
  }
  return absl::StrFormat("%.1f %s", amount, kUnits[unit]);
}

}  // namespace hansa::node::cli
