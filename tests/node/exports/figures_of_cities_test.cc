// The real figures of the demo's cities go the whole way of a file: into a template, back from it, through the checks,
// out as an export and in again. They come out equal, digits and all.
//
// With HANSA_FIGURES=FILE the same is done with the cities of that file (rows as in deploy/demo-data), and what their
// figures break is printed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/domain/checks.h"
#include "node/domain/csv_table.h"
#include "node/domain/indicator_csv.h"
#include "node/exports/csv_export.h"
#include "node/exports/xlsx_export.h"
#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/table_file.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {
namespace {

using domain::Observation;
using ::testing::IsEmpty;

constexpr int kToday = 2026;

std::string Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

struct City {
  std::string name;
  std::string country;
  std::map<int, std::vector<Observation>> years;
};

// The cities that a file of figures names, rows of whole countries aside.
std::vector<City> CitiesIn(const std::string& bytes) {
  std::set<std::pair<std::string, std::string>> names;
  std::vector<std::string> header;
  domain::ReadCsv(bytes, domain::CsvLimits(), [&](const domain::TableRow& row) {
    if (header.empty()) {
      header = row.cells;
    } else if (!row.cells[0].empty()) {
      names.emplace(row.cells[0], row.cells[1]);
    }
    return true;
  });
  std::vector<City> cities;
  for (const auto& [name, country] : names) {
    const auto read = domain::ReadIndicatorCsv(TheCatalogue(), {name, bytes, std::nullopt, name, country, true});
    EXPECT_THAT(read.errors, IsEmpty()) << name << ": " << (read.errors.empty() ? "" : Line(read.errors.front()));
    City city{name, country, {}};
    for (const domain::YearlyObservation& row : read.accepted) city.years[row.year].push_back(row.observation);
    for (auto& [year, observations] : city.years) SortInCatalogueOrder(TheCatalogue(), observations);
    if (!city.years.empty()) cities.push_back(std::move(city));
  }
  return cities;
}

std::vector<Observation> ReadBack(const City& city, const std::string& bytes) {
  const spreadsheet::TableFile file = spreadsheet::ReadTableFile(bytes, {});
  EXPECT_FALSE(file.fault) << city.name;
  const auto content = domain::ReadIndicatorTable(TheCatalogue(), file.table,
                                                  {.file = city.name, .city = city.name, .country = city.country});
  EXPECT_THAT(content.errors, IsEmpty()) << (content.errors.empty() ? "" : Line(content.errors.front()));
  std::vector<Observation> observations;
  for (const domain::YearlyObservation& row : content.accepted) observations.push_back(row.observation);
  return observations;
}

std::vector<ExportRow> RowsOf(const City& city, int year, const std::vector<Observation>& observations) {
  std::vector<ExportRow> rows;
  for (const Observation& observation : observations) {
    rows.push_back({"xx-city", city.name, city.country, "", "2013", year, 1, std::string(32, '0'), observation});
  }
  return rows;
}

// Through every file, and equal each time.
void GoTheWholeWay(const City& city, int year, const std::vector<Observation>& observations) {
  SCOPED_TRACE(absl::StrCat(city.name, " ", year));
  const spreadsheet::TemplateRequest form{.catalogue = TheCatalogue(),
                                          .language = "ko",
                                          .year = year,
                                          .city = city.name,
                                          .country = city.country,
                                          .cells = {},
                                          .standing = observations,
                                          .last_year = {},
                                          .department = {}};
  EXPECT_EQ(ReadBack(city, spreadsheet::TemplateCsv(form)), observations);
  EXPECT_EQ(ReadBack(city, hansa::testing::Must(spreadsheet::TemplateXlsx(form))), observations);
  const std::vector<ExportRow> rows = RowsOf(city, year, observations);
  const CsvExport csv(TheCatalogue());
  EXPECT_EQ(ReadBack(city, absl::StrCat(csv.Head(), csv.Rows(rows), csv.Tail())), observations);
  EXPECT_EQ(ReadBack(city, hansa::testing::Must(XlsxExport(TheCatalogue(), rows, "en"))), observations);
}

// What keeps a year from being published, by what is wrong.
void CountFaults(int year, const std::vector<Observation>& observations, std::map<std::string, int>& faults) {
  const domain::IndicatorSet set = domain::MakeIndicatorSet(TheCatalogue(), year, observations);
  for (const domain::Problem& error : domain::CheckIndicatorSet(TheCatalogue(), set, kToday).errors) {
    ++faults[absl::StrCat(error.column, ": ", error.what)];
  }
}

// Other cities, for a person who wants to know.
void LookAt(const std::vector<City>& cities) {
  std::map<std::string, int> faults;
  std::size_t figures = 0;
  for (const City& city : cities) {
    for (const auto& [year, observations] : city.years) {
      figures += observations.size();
      GoTheWholeWay(city, year, observations);
      CountFaults(year, observations, faults);
    }
  }
  std::cout << cities.size() << " cities, " << figures << " figures\n";
  for (const auto& [fault, count] : faults) std::cout << count << " x " << fault << "\n";
}

TEST(FiguresOfCitiesTest, GoTheWholeWayAndComeOutEqual) {
  int cities = 0;
  int figures = 0;
  std::map<std::string, int> faults;
  for (const absl::string_view line : absl::StrSplit(
           Content(absl::StrCat(HANSA_SOURCE_DIR, "/deploy/demo-data/cities.csv")), '\n', absl::SkipEmpty())) {
    const std::string slug(line.substr(0, line.find(',')));
    for (const City& city : CitiesIn(Content(absl::StrCat(HANSA_SOURCE_DIR, "/deploy/demo-data/", slug, ".csv")))) {
      ++cities;
      for (const auto& [year, observations] : city.years) {
        figures += static_cast<int>(observations.size());
        GoTheWholeWay(city, year, observations);
        CountFaults(year, observations, faults);
      }
    }
  }
  EXPECT_EQ(cities, 11);
  EXPECT_EQ(figures, 319);
  EXPECT_THAT(faults, IsEmpty());
  if (const char* const path = std::getenv("HANSA_FIGURES")) LookAt(CitiesIn(Content(path)));
}

}  // namespace
}  // namespace hansa::node::exports
