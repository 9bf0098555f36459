#include "node/catalogue/countries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"

namespace hansa::node::catalogue {
namespace {

using ::testing::HasSubstr;

TEST(CountriesTest, KnowsAll249OfIso3166) {
  EXPECT_EQ(KnownCountries().all().size(), 249u);
  for (const Country& country : KnownCountries().all()) {
    EXPECT_EQ(KnownCountries().FindByIso3(country.iso3), &country);
    EXPECT_EQ(KnownCountries().FindByIso2(country.iso2), &country);
    EXPECT_FALSE(country.korean.empty()) << country.iso3;
  }
}

TEST(CountriesTest, PutsCountriesInTheirUnescoRegion) {
  const std::map<std::string, std::string> expected = {{"KOR", "Asia and the Pacific"},
                                                       {"FIN", "Europe and North America"},
                                                       {"CAN", "Europe and North America"},
                                                       {"TUR", "Europe and North America"},
                                                       {"EGY", "Arab States"},
                                                       {"SDN", "Arab States"},
                                                       {"KEN", "Africa"},
                                                       {"COL", "Latin America and the Caribbean"}};
  for (const auto& [iso3, region] : expected) {
    ASSERT_NE(KnownCountries().FindByIso3(iso3), nullptr) << iso3;
    EXPECT_EQ(KnownCountries().FindByIso3(iso3)->region, region);
  }
}

TEST(CountriesTest, OnlyAntarcticaHasNoRegion) {
  for (const Country& country : KnownCountries().all()) {
    EXPECT_EQ(country.region.empty(), country.iso3 == "ATA") << country.iso3;
  }
}

TEST(CountriesTest, FindsNothingUnderAnUnknownCode) {
  EXPECT_EQ(KnownCountries().FindByIso3("XXX"), nullptr);
  EXPECT_EQ(KnownCountries().FindByIso3("kor"), nullptr);
  EXPECT_EQ(KnownCountries().FindByIso2("UK"), nullptr);
}

TEST(CountriesTest, ReadsANameWithACommaInQuotationMarks) {
  const auto table = Countries::Parse("iso3,iso2,region,korean,name\nABC,AB,Africa,가,\"A, B and C\"\n");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->FindByIso3("ABC")->name, "A, B and C");
}

TEST(CountriesTest, NamesTheLineOfEveryFault) {
  constexpr char kHeader[] = "iso3,iso2,region,korean,name\n";
  const std::pair<const char*, const char*> faults[] = {
      {"ABC,AB,Atlantis,가,A\n", "countries.csv:2: unknown region 'Atlantis'"},
      {"abc,AB,Africa,가,A\n", "countries.csv:2: iso3"},
      {"ABC,A,Africa,가,A\n", "countries.csv:2: iso2"},
      {"ABC,AB,Africa,가,\n", "countries.csv:2: has no name"},
      {"ABC,AB,Africa,,A\n", "countries.csv:2: has no name"},
      {"ABC,AB,Africa,가,A, B\n", "countries.csv:2: the name is badly quoted"},
      {"ABC,AB\n", "countries.csv:2: needs"},
      {"ABC,AB,Africa,가,A\nABC,AC,Africa,나,B\n", "countries.csv:3: ABC"},
      {"ABC,AB,Africa,가,A\nABD,AB,Africa,나,B\n", "countries.csv:3: AB stands twice"}};
  for (const auto& [lines, fault] : faults) {
    const auto table = Countries::Parse(absl::StrCat(kHeader, lines));
    ASSERT_FALSE(table.ok()) << lines;
    EXPECT_THAT(std::string(table.status().message()), HasSubstr(fault));
  }
  EXPECT_FALSE(Countries::Parse("name,iso3\n").ok());
}

}  // namespace
}  // namespace hansa::node::catalogue
