// What a report of a real city is made from: the figures of deploy/demo-data, as the city would have published them.
#ifndef HANSA_TESTS_NODE_REPORT_REAL_REPORT_H_
#define HANSA_TESTS_NODE_REPORT_REAL_REPORT_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/indicator_csv.h"
#include "node/report/report_input.h"

namespace hansa::node::report {

inline const catalogue::Catalogue& TheCatalogue() { return catalogue::CurrentCatalogue(); }

// Bristol's figures up to `year` and beyond; the set is that of `year`.
inline ReportInput BristolIn(int year) {
  std::ifstream file(absl::StrCat(HANSA_SOURCE_DIR, "/deploy/demo-data/gb-bristol.csv"), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto read = domain::ReadIndicatorCsv(TheCatalogue(), {"gb-bristol.csv", bytes, std::nullopt, "Bristol", "GBR"});
  EXPECT_THAT(read.errors, ::testing::IsEmpty());
  ReportInput input{.city = {.slug = "gb-bristol",
                             .name = "Bristol",
                             .country = "GBR",
                             .country_name = "United Kingdom",
                             .network = "A demonstration"},
                    .year = year};
  std::map<std::size_t, OwnSeries> series;
  std::vector<domain::Observation> answers;
  for (const domain::YearlyObservation& row : read.accepted) {
    const catalogue::Cell* const cell = TheCatalogue().FindCell(row.observation.cell);
    OwnSeries& own = series[cell->position];
    own.cell = cell;
    own.points.push_back({.year = row.year, .observation = row.observation, .revision = 1});
    if (row.year == year) answers.push_back(row.observation);
  }
  for (auto& [position, own] : series) input.series.push_back(std::move(own));
  input.set = domain::MakeIndicatorSet(TheCatalogue(), year, std::move(answers));
  input.set.language = "en";
  input.signed_set = {.record = std::string(32, 'a'),
                      .revision = 2,
                      .entry = 12,
                      .entry_hash = std::string(64, 'b'),
                      .published_ms = 1717146720000};  // 2024-05-31 09:12 UTC
  input.set.revision_reason = "corrected by the statistics office";
  return input;
}

// Everything a report may say beside figures.
inline ReportInput BristolWithAll(int year) {
  ReportInput input = BristolIn(year);
  input.targets = {{.cell = "1.2.2/unemployment-rate#total",
                    .value = "3.5",
                    .by_year = year + 4,
                    .note = "As adopted with the plan for jobs.",
                    .language = "en",
                    .approved_by = "city council"}};
  input.strategies = {{.id = std::string(32, 'c'),
                       .title = "Plan for learning in the city",
                       .kind = "strategy",
                       .state = "under way",
                       .starts_on = absl::StrCat(year - 6, "-09-01"),
                       .ends_on = "",
                       .language = "en",
                       .responsible = "department of education",
                       .adopted_by = "city council",
                       .adopted_on = absl::StrCat(year - 6, "-07-01"),
                       .summary = "More adults learn, and those out of work first.",
                       .participation = "Residents were asked in every ward.",
                       .monitoring = "Yearly, by the statistics office.",
                       .features = {"1.2.2"},
                       .cells = {"1.2.2/unemployment-rate#total"}}};
  input.ratings = {{.measurement = "2.6.1/advocacy-for-learning",
                    .rating = 4,
                    .expert_code = "E-07",
                    .rated_on = absl::StrCat(year + 1, "-02-01"),
                    .reasons = "A festival every year, and media take part.",
                    .language = "en",
                    .answer = "We shall widen it.",
                    .answer_language = "en"}};
  input.surveys = {{.agency = "An agency for surveys",
                    .starts_on = absl::StrCat(year, "-03-01"),
                    .ends_on = absl::StrCat(year, "-03-31"),
                    .respondents = 1200,
                    .method = "A random sample of residents aged 16 and over.",
                    .language = "en",
                    .answers = {{.cell = "1.2.5/participation-in-physical-exercise-and-sports",
                                 .value = "34.5",
                                 .question = "How often do you exercise in a week?",
                                 .question_language = "en"}}}};
  return input;
}

}  // namespace hansa::node::report

#endif  // HANSA_TESTS_NODE_REPORT_REAL_REPORT_H_
