// The real figures of the demo's cities: hardly anything is asked about them as they are, and slips that are planted in
// them are found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/current.h"
#include "node/domain/checks.h"
#include "node/domain/indicator_csv.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kToday = 2026;

std::string FileOf(const std::string& name) {
  std::ifstream file(absl::StrCat(HANSA_SOURCE_DIR, "/deploy/demo-data/", name), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

struct City {
  std::string slug;
  std::map<int, std::vector<Observation>> years;
  PastValues values;  // Of all years.
};

// All cities of the demo that have figures, by name.
const std::vector<City>& Cities() {
  static const auto& cities = *new std::vector<City>([] {
    std::map<std::string, City> by_name;
    for (const absl::string_view line : absl::StrSplit(FileOf("cities.csv"), '\n', absl::SkipEmpty())) {
      const std::vector<std::string> fields = absl::StrSplit(line, ',');  // slug, name, country
      const std::string bytes = FileOf(fields[0] + ".csv");
      if (bytes.empty()) continue;
      const auto read = ReadIndicatorCsv(catalogue::CurrentCatalogue(),
                                         {fields[0], bytes, std::nullopt, fields[1], fields[2], false});
      EXPECT_THAT(read.errors, IsEmpty()) << fields[0];
      City& city = by_name[fields[0]];
      city.slug = fields[0];
      for (const YearlyObservation& row : read.accepted) {
        city.years[row.year].push_back(row.observation);
        city.values.Set(row.year, row.observation);
      }
    }
    std::vector<City> all;
    for (auto& [slug, city] : by_name) all.push_back(std::move(city));
    return all;
  }());
  return cities;
}

std::vector<Finding> FindingsOf(const City& city, int year, const std::vector<Observation>& observations) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  return FindingsIn(CurrentCheckRules(), catalogue, MakeIndicatorSet(catalogue, year, observations), city.values,
                    kToday);
}

bool IsAbout(const Finding& finding, const std::string& place) {
  return finding.problem.cell == place && finding.problem.column == "value";
}

TEST(ChecksOfCities, HardlyAnythingIsAskedAboutRealFigures) {
  std::vector<std::string> asked;
  std::size_t values = 0;
  for (const City& city : Cities()) {
    for (const auto& [year, observations] : city.years) {
      values += observations.size();
      for (const Finding& finding : FindingsOf(city, year, observations)) {
        EXPECT_EQ(finding.severity, Severity::kWarning) << city.slug << " " << Line(finding.problem);
        asked.push_back(absl::StrCat(city.slug, " ", year, " ", finding.rule));
      }
    }
  }
  EXPECT_EQ(values, 319u);
  // The totals of 2011 and 2013 are modelled, the sexes surveyed: the notes say so, and the totals do lie outside.
  EXPECT_THAT(asked, ElementsAre("gb-bristol 2011 total-within-members", "gb-bristol 2013 total-within-members"));
}

struct Tally {
  std::size_t planted = 0;
  std::size_t found = 0;
  std::map<std::string, std::size_t> rules = {};
};

// Plants in every value that has an earlier one to be held against `times` itself, over `parts`, one after the other.
Tally Plant(int times, int parts) {
  Tally tally;
  for (const City& city : Cities()) {
    for (const auto& [year, observations] : city.years) {
      for (std::size_t i = 0; i < observations.size(); ++i) {
        const Observation& real = observations[i];
        if (!city.values.NearestBefore(catalogue::CurrentCatalogue(), year, real)) continue;
        std::vector<Observation> planted = observations;
        planted[i].value = Decimal::Parse(TextOfBillionths(real.value->billionths() * times / parts)).value();
        ++tally.planted;
        for (const Finding& finding : FindingsOf(city, year, planted)) {
          if (!IsAbout(finding, real.cell)) continue;
          ++tally.found;
          ++tally.rules[finding.rule];
        }
      }
    }
  }
  return tally;
}

TEST(ChecksOfCities, EveryValueThatIsAHundredthOfItselfIsFound) {
  const Tally tally = Plant(1, 100);
  EXPECT_EQ(tally.planted, 292u);
  EXPECT_EQ(tally.found, tally.planted);
}

TEST(ChecksOfCities, EveryValueThatIsAHundredTimesItselfIsFound) {
  const Tally tally = Plant(100, 1);
  EXPECT_EQ(tally.planted, 292u);
  EXPECT_EQ(tally.found, tally.planted);
}

TEST(ChecksOfCities, EveryTotalOutsideItsPartsIsFound) {
  std::size_t planted = 0;
  std::size_t found = 0;
  for (const City& city : Cities()) {
    for (const auto& [year, observations] : city.years) {
      for (const catalogue::Measurement& row : catalogue::CurrentCatalogue().measurements()) {
        std::vector<Observation> changed = observations;
        std::vector<Observation*> of_row;
        Observation* total = nullptr;
        for (Observation& o : changed) {
          const catalogue::Cell& cell = *catalogue::CurrentCatalogue().FindCell(o.cell);
          if (cell.measurement != &row || cell.member == nullptr) continue;
          (cell.member->is_total ? total : of_row.emplace_back()) = &o;
        }
        if (total == nullptr || of_row.size() + 1 != row.cells.size()) continue;
        const absl::int128 above = std::max(of_row[0]->value->billionths(), of_row[1]->value->billionths());
        total->value = Decimal::Parse(TextOfBillionths(above + 100'000'000)).value();
        ++planted;
        for (const Finding& finding : FindingsOf(city, year, changed)) {
          if (finding.rule == "total-within-members" && IsAbout(finding, row.id)) ++found;
        }
      }
    }
  }
  EXPECT_EQ(planted, 9u);
  EXPECT_EQ(found, planted);
}

}  // namespace
}  // namespace hansa::node::domain
