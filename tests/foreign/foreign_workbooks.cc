// foreign_workbooks DATA OUT: workbooks for spreadsheets that are not ours to open, as files in OUT: the template of
// gb-bristol for 2019 in English and in Korean, with what stands, from the figures in DATA (deploy/demo-data). Beside
// them template.tsv, which no writer under test had a hand in: cell and digits of each value that stands.
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/indicator_csv.h"
#include "node/domain/problem.h"
#include "node/exports/export_row.h"
#include "node/spreadsheet/indicator_template.h"
#include "tests/foreign/output_files.h"

namespace hansa::node::spreadsheet {
namespace {

namespace fs = std::filesystem;
using testing::Contents;
using testing::Stop;
using testing::Write;

constexpr int kYear = 2019;

std::vector<domain::Observation> Of(const std::vector<domain::YearlyObservation>& rows, int year) {
  std::vector<domain::Observation> found;
  for (const domain::YearlyObservation& row : rows) {
    if (row.year == year) found.push_back(row.observation);
  }
  return found;
}

void Main(const fs::path& data, const fs::path& out) {
  fs::create_directories(out);
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  const std::string bytes = Contents(data / "gb-bristol.csv");
  const domain::IndicatorCsvContent content =
      domain::ReadIndicatorCsv(catalogue, {"gb-bristol.csv", bytes, std::nullopt, "Bristol", "GBR", false});
  if (!content.errors.empty()) Stop(domain::Line(content.errors.front()));
  TemplateRequest request{.catalogue = catalogue,
                          .language = "en",
                          .year = kYear,
                          .city = "Bristol",
                          .country = "GBR",
                          .cells = {},
                          .standing = Of(content.accepted, kYear),
                          .last_year = Of(content.accepted, kYear - 1),
                          .department = ""};
  if (request.standing.empty() || request.last_year.empty()) Stop("no figures of both years; name another city");
  for (const std::string language : {"en", "ko"}) {
    request.language = language;
    absl::StatusOr<std::string> workbook = TemplateXlsx(request);
    if (!workbook.ok()) Stop(std::string(workbook.status().message()));
    Write(out / absl::StrCat("template.", language, ".xlsx"), *workbook);
  }
  std::string expected;
  for (const domain::Observation& row : request.standing) {
    absl::StrAppend(&expected, row.cell, "\t", exports::ValueOf(row), "\n");
  }
  Write(out / "template.tsv", expected);
  Write(out / "cells.tsv", absl::StrCat(catalogue.cells().size(), "\n"));
  std::cout << request.standing.size() << " values stand in the templates in " << out.string() << "\n";
}

}  // namespace
}  // namespace hansa::node::spreadsheet

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: foreign_workbooks DATA OUT\n";
    return 2;
  }
  hansa::node::spreadsheet::Main(arguments[1], arguments[2]);
  return 0;
}
