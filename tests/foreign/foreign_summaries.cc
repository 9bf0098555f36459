// foreign_summaries OUT [SEED]: random values, and what our summaries make of them, as files in OUT, for R to compute
// again. values.tsv has kind, case and value of each value; summaries.tsv kind, case, n, first quartile, median, third
// quartile and mean; ratings.tsv case and rating; levels.tsv case, n and the number at 1 to 5.
//   kind 'dyadic'   multiples of 1/512, which have nine decimals and are exact as binary numbers as well
//   kind 'decimal'  percentages of two decimals, and numbers up to 100,000 of six
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/comparable.h"
#include "node/domain/decimal.h"
#include "node/summary/cell_summary.h"
#include "tests/foreign/output_files.h"

namespace hansa::node::summary {
namespace {

namespace fs = std::filesystem;
using testing::Write;

constexpr std::int64_t kBillion = 1'000'000'000;
constexpr int kCases = 300;
constexpr int kCitiesMost = 400;
constexpr const char* kRating = "3.1.1/leadership";

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}
  std::int64_t From(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }
  // Few cities often, many seldom.
  int Size() { return static_cast<int>(From(1, From(0, 1) == 0 ? 12 : kCitiesMost)); }

 private:
  std::mt19937_64 random_;
};

// In billionths.
absl::int128 DyadicValue(Draw& draw) { return absl::int128(draw.From(-50'000'000, 50'000'000)) * kBillion / 512; }
absl::int128 DecimalValue(Draw& draw) {
  constexpr std::int64_t kHundredth = kBillion / 100;
  if (draw.From(0, 1) == 0) return absl::int128(draw.From(0, 10'000)) * kHundredth;
  return absl::int128(draw.From(-1'000'000'000, 100'000'000'000)) * 1'000;
}

void WriteSpreads(Draw& draw, const fs::path& out) {
  std::string values, summaries;
  for (int number = 0; number < kCases; ++number) {
    const bool is_dyadic = number % 2 == 0;
    const std::string key = absl::StrCat(is_dyadic ? "dyadic" : "decimal", "\t", number);
    std::vector<absl::int128> drawn;
    for (int left = draw.Size(); left > 0; --left) {
      drawn.push_back(is_dyadic ? DyadicValue(draw) : DecimalValue(draw));
      absl::StrAppend(&values, key, "\t", domain::TextOfBillionths(drawn.back()), "\n");
    }
    const Spread spread = SpreadOf(drawn);
    absl::StrAppend(&summaries, key, "\t", drawn.size(), "\t", spread.q1, "\t", spread.median, "\t", spread.q3, "\t",
                    spread.mean, "\n");
  }
  Write(out / "values.tsv", values);
  Write(out / "summaries.tsv", summaries);
}

void WriteLevels(Draw& draw, const fs::path& out) {
  const catalogue::Catalogue& catalogue = catalogue::CurrentCatalogue();
  const catalogue::Cell& cell = *catalogue.FindCell(kRating);
  domain::Grounds grounds;
  grounds.source_kind = domain::SourceKind::kExpertReview;
  std::string ratings, levels;
  for (int number = 0; number < kCases; ++number) {
    std::vector<CityFigures> cities;
    for (int left = draw.Size(); left > 0; --left) {
      const std::int64_t rating = draw.From(1, 5);
      cities.emplace_back().now = {&grounds, absl::int128(rating) * kBillion};
      absl::StrAppend(&ratings, number, "\t", rating, "\n");
    }
    const std::vector<CellSummary> summary = SummariesOf(catalogue, cell, cities);
    absl::StrAppend(&levels, number, "\t", summary.at(0).n);
    for (std::size_t level = 0; level < 5; ++level) {
      absl::StrAppend(&levels, "\t", summary[0].withheld ? "" : absl::StrCat(summary[0].levels.at(level)));
    }
    absl::StrAppend(&levels, "\n");
  }
  Write(out / "ratings.tsv", ratings);
  Write(out / "levels.tsv", levels);
}

}  // namespace
}  // namespace hansa::node::summary

int main(int count, char** arguments) {
  std::uint64_t seed = std::random_device()();
  if (count < 2 || count > 3 || (count == 3 && !absl::SimpleAtoi(arguments[2], &seed))) {
    std::cerr << "usage: foreign_summaries OUT [SEED]\n";
    return 2;
  }
  const std::filesystem::path out = arguments[1];
  std::filesystem::create_directories(out);
  hansa::node::summary::Draw draw(seed);
  hansa::node::summary::WriteSpreads(draw, out);
  hansa::node::summary::WriteLevels(draw, out);
  std::ofstream(out / "seed") << seed << "\n";
  std::cout << "seed " << seed << "\n";
  return 0;
}
