// foreign_exports DATA OUT: the figures of the cities in DATA (deploy/demo-data), in every form of export, as files in
// OUT, for other people's readers. Beside them expected.tsv, which no writer under test had a hand in: member, year,
// cell, digits and note of each row, in its order.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "node/catalogue/current.h"
#include "node/domain/csv_table.h"
#include "node/domain/indicator_csv.h"
#include "node/domain/problem.h"
#include "node/exports/csvw_metadata.h"
#include "node/exports/export_format.h"
#include "node/exports/export_writer.h"
#include "node/exports/sdmx_structures.h"
#include "node/exports/xlsx_export.h"
#include "tests/foreign/output_files.h"

namespace hansa::node::exports {
namespace {

namespace fs = std::filesystem;
using testing::Contents;
using testing::Stop;
using testing::Write;

struct City {
  std::string slug;
  std::string name;
  std::string country;
};

std::vector<City> Cities(const fs::path& data) {
  std::vector<City> cities;
  const auto fault = domain::ReadCsv(Contents(data / "cities.csv"), domain::CsvLimits(), [&](const auto& row) {
    if (row.row > 1) cities.push_back({row.cells.at(0), row.cells.at(1), row.cells.at(2)});
    return true;
  });
  if (fault) Stop("cities.csv is no CSV file");
  std::sort(cities.begin(), cities.end(), [](const City& a, const City& b) { return a.slug < b.slug; });
  return cities;
}

std::vector<domain::YearlyObservation> FiguresOf(const City& city, const fs::path& file) {
  const std::string bytes = Contents(file);
  const domain::IndicatorCsvContent content = domain::ReadIndicatorCsv(
      catalogue::CurrentCatalogue(), {file.filename().string(), bytes, std::nullopt, city.name, city.country, false});
  if (!content.errors.empty()) Stop(domain::Line(content.errors.front()));
  return content.accepted;
}

// What a reader may stumble over, as the newest figure of a city: no value, and text of every kind.
domain::YearlyObservation Stumbling() {
  domain::YearlyObservation row;
  row.year = 2025;
  row.observation.cell = "1.1.2/participation-rate-in-election";
  row.observation.no_data_reason = "no election, \"postponed\"";
  row.observation.attributes = {{"election_year", "2021"}};
  row.observation.note = "=HYPERLINK(\"http://example.org\",\"x\")\n<b>&amp;</b> 학습도시 😀";
  return row;
}

std::vector<ExportRow> RowsOf(const City& city, std::vector<domain::YearlyObservation> figures) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  const catalogue::Country* country = catalogue::KnownCountries().FindByIso3(city.country);
  std::sort(figures.begin(), figures.end(), [&](const auto& a, const auto& b) {
    const auto key = [&](const auto& row) {
      return std::pair(row.year, catalogue.FindCell(row.observation.cell)->position);
    };
    return key(a) < key(b);
  });
  std::vector<ExportRow> rows;
  for (domain::YearlyObservation& figure : figures) {
    rows.push_back({city.slug, city.name, city.country, country == nullptr ? "" : country->region, catalogue.version(),
                    figure.year, 1, absl::StrFormat("%032x", figure.year), std::move(figure.observation)});
  }
  return rows;
}

std::string Expected(const std::vector<ExportRow>& rows) {
  std::string lines;
  for (const ExportRow& row : rows) {
    absl::StrAppend(&lines, row.member, "\t", row.year, "\t", row.observation.cell, "\t", ValueOf(row.observation),
                    "\t", absl::StrReplaceAll(row.observation.note, {{"\n", "\\n"}}), "\n");
  }
  return lines;
}

void WriteAll(const std::vector<ExportRow>& rows, const std::vector<SdmxMember>& members, const fs::path& out) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  const absl::Time prepared = absl::FromCivil(absl::CivilDay(2026, 1, 2), absl::UTCTimeZone());
  for (const ExportFormat format :
       {ExportFormat::kCsv, ExportFormat::kSdmxCsv, ExportFormat::kSdmxMl, ExportFormat::kJsonl}) {
    const auto writer = MakeExportWriter(format, {catalogue, prepared});
    Write(out / absl::StrCat("figures.", FileEnding(format)),
          absl::StrCat(writer->Head(), writer->Rows(rows), writer->Tail()));
  }
  const absl::StatusOr<std::string> workbook = XlsxExport(catalogue, rows, "en");
  if (!workbook.ok()) Stop(std::string(workbook.status().message()));
  Write(out / "figures.xlsx", *workbook);
  Write(out / absl::StrCat("figures.csv", kCsvwEnding), CsvwMetadata(catalogue, "figures.csv"));
  Write(out / "structures.xml", SdmxStructures(catalogue, members, prepared));
  Write(out / "expected.tsv", Expected(rows));
}

void Main(const fs::path& data, const fs::path& out) {
  fs::create_directories(out);
  std::vector<ExportRow> rows;
  std::vector<SdmxMember> members;
  for (const City& city : Cities(data)) {
    const fs::path file = data / absl::StrCat(city.slug, ".csv");
    if (!fs::exists(file)) continue;
    std::vector<domain::YearlyObservation> figures = FiguresOf(city, file);
    if (members.empty()) figures.push_back(Stumbling());
    for (ExportRow& row : RowsOf(city, std::move(figures))) rows.push_back(std::move(row));
    members.push_back({city.slug, city.name});
  }
  WriteAll(rows, members, out);
  std::cout << rows.size() << " rows of " << members.size() << " cities in " << out.string() << "\n";
}

}  // namespace
}  // namespace hansa::node::exports

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: foreign_exports DATA OUT\n";
    return 2;
  }
  hansa::node::exports::Main(arguments[1], arguments[2]);
  return 0;
}
