#include "node/catalogue/countries.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace hansa::node::catalogue {
namespace {

bool IsCode(absl::string_view text, std::size_t letters) {
  return text.size() == letters && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// What is wrong with one line; empty when nothing is. Only the last column may be quoted.
std::string ReadLine(absl::string_view line, Country& country) {
  const std::vector<std::string> parts = absl::StrSplit(line, absl::MaxSplits(',', 4));
  if (parts.size() != 5) return "needs iso3,iso2,region,korean,name";
  country = {parts[0], parts[1], parts[2], parts[4], parts[3]};
  absl::string_view name = country.name;
  const bool quoted = absl::ConsumePrefix(&name, "\"") && absl::ConsumeSuffix(&name, "\"");
  if (name.find('"') != absl::string_view::npos || (!quoted && absl::StrContains(name, ","))) {
    return "the name is badly quoted";
  }
  country.name = std::string(name);
  if (country.name.empty() || country.korean.empty()) return "has no name";
  if (!IsCode(country.iso3, 3)) return "iso3 is not three capital letters";
  if (!IsCode(country.iso2, 2)) return "iso2 is not two capital letters";
  const std::vector<std::string>& regions = UnescoRegions();
  const bool known = std::find(regions.begin(), regions.end(), country.region) != regions.end();
  if (!known && country.iso3 != "ATA") return absl::StrCat("unknown region '", country.region, "'");
  return "";
}

}  // namespace

absl::StatusOr<Countries> Countries::Parse(absl::string_view csv) {
  Countries result;
  std::vector<std::string> faults;
  int line_number = 0;
  for (absl::string_view line : absl::StrSplit(absl::StripSuffix(csv, "\n"), '\n')) {
    const auto fault = [&](absl::string_view what) {
      faults.push_back(absl::StrCat("countries.csv:", line_number, ": ", what));
    };
    if (++line_number == 1) {
      if (line != "iso3,iso2,region,korean,name") fault("the header must be iso3,iso2,region,korean,name");
      continue;
    }
    Country country;
    if (const std::string what = ReadLine(line, country); !what.empty()) {
      fault(what);
      continue;
    }
    if (!result.countries_.empty() && result.countries_.back().iso3 >= country.iso3) {
      fault(absl::StrCat(country.iso3, " is not in ascending order or stands twice"));
    }
    if (!result.by_iso2_.emplace(country.iso2, result.countries_.size()).second) {
      fault(absl::StrCat(country.iso2, " stands twice"));
    }
    result.countries_.push_back(std::move(country));
  }
  if (!faults.empty()) return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
  return result;
}

const Country* Countries::FindByIso3(absl::string_view iso3) const {
  const auto found =
      std::lower_bound(countries_.begin(), countries_.end(), iso3,
                       [](const Country& country, absl::string_view code) { return country.iso3 < code; });
  return found != countries_.end() && found->iso3 == iso3 ? &*found : nullptr;
}

const Country* Countries::FindByIso2(absl::string_view iso2) const {
  const auto found = by_iso2_.find(std::string(iso2));
  return found == by_iso2_.end() ? nullptr : &countries_[found->second];
}

const std::vector<std::string>& UnescoRegions() {
  static const auto& regions = *new std::vector<std::string>{
      "Africa", "Arab States", "Asia and the Pacific", "Europe and North America", "Latin America and the Caribbean"};
  return regions;
}

}  // namespace hansa::node::catalogue
