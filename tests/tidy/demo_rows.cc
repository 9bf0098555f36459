// Reads and judges the rows of deploy/demo-data: see demo_rows.h.
#include "tests/tidy/demo_rows.h"

#include <csv.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace hansa::tidy {
namespace {

struct Table {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
};

void OnField(void* text, std::size_t size, void* table) {
  static_cast<Table*>(table)->row.emplace_back(static_cast<const char*>(text), size);
}

void OnRow(int /*end*/, void* table) {
  auto* t = static_cast<Table*>(table);
  t->rows.push_back(t->row);
  t->row.clear();
}

std::string Get(const Row& row, const std::string& column) {
  const auto it = row.find(column);
  return it == row.end() ? "" : it->second;
}

}  // namespace

std::optional<std::vector<Row>> ReadCsv(const std::string& text) {
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return std::nullopt;
  Table table;
  const bool whole = csv_parse(&parser, text.data(), text.size(), OnField, OnRow, &table) == text.size() &&
                     csv_fini(&parser, OnField, OnRow, &table) == 0;
  csv_free(&parser);
  if (!whole || table.rows.empty()) return std::nullopt;

  const std::vector<std::string>& names = table.rows.front();
  std::vector<Row> rows;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    if (table.rows[i].size() != names.size()) return std::nullopt;
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < names.size(); ++c) row[names[c]] = table.rows[i][c];
  }
  return rows;
}

std::vector<std::string> ProblemsOf(const DemoCity& city, const std::vector<Row>& rows,
                                    const std::vector<Row>& sources) {
  std::map<std::string, Row> by_title;
  for (const Row& source : sources) by_title[Get(source, "title")] = source;

  std::vector<std::string> problems;
  std::set<std::string> cells;
  if (rows.empty()) problems.push_back("no row");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const auto fault = [&](const std::string& what) { problems.push_back(absl::StrCat("row ", i + 2, ": ", what)); };
    if (Get(row, "city") != city.name || Get(row, "country") != city.country) fault("is another city's");
    if (Get(row, "level") != "city") fault("is not about the city itself");
    const std::string match = Get(row, "match");
    if (match != "exact" && match != "close") fault(absl::StrCat("match '", match, "' is not exact or close"));
    if (Get(row, "value").empty()) fault("has no value");
    if (Get(row, "licence").empty()) fault("names no licence");
    const auto source = by_title.find(Get(row, "source"));
    if (source == by_title.end()) {
      fault(absl::StrCat("source '", Get(row, "source"), "' is no title in sources.csv"));
    } else if (Get(row, "supplier") != Get(source->second, "publisher")) {
      fault(absl::StrCat("supplier '", Get(row, "supplier"), "' is not the publisher of the source"));
    } else if (Get(source->second, "licence").empty() || Get(source->second, "publisher").empty()) {
      fault(absl::StrCat("source '", source->first, "' is listed without licence or publisher"));
    }
    const std::string cell =
        absl::StrCat(Get(row, "measurement_id"), "#", Get(row, "breakdown"), " ", Get(row, "year"));
    if (!cells.insert(cell).second) fault(absl::StrCat(cell, " stands twice"));
  }
  return problems;
}

}  // namespace hansa::tidy
