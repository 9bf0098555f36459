#include "node/domain/likeness.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hansa::testing {
namespace {

using node::domain::Circumstances;
using node::domain::LikeCities;
using node::domain::LikeCity;
using node::domain::Residents;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Circumstances City(const std::string& name, const std::string& country, const std::string& region,
                   std::vector<std::string> features = {}) {
  return {"slug-" + name, name, country, region, {}, std::move(features)};
}

std::vector<std::string> NamesOf(const std::vector<LikeCity>& cities) {
  std::vector<std::string> names;
  for (const LikeCity& city : cities) names.push_back(city.name);
  return names;
}

TEST(Likeness, IsSaidInWords) {
  Circumstances bonn = City("Bonn", "DEU", "Europe", {"1.1.1", "2.1.3", "3.1.2"});
  bonn.area_kinds = {"city", "district"};
  Circumstances cork = City("Cork", "IRL", "Europe", {"3.1.2", "2.1.3"});
  cork.area_kinds = {"district", "island"};
  const std::vector<LikeCity> like = LikeCities(bonn, {cork});
  ASSERT_EQ(like.size(), 1u);
  EXPECT_THAT(like[0].reasons,
              ElementsAre("in the same region, Europe", "practices from the same kind of place, district",
                          "both work on 2.1.3, 3.1.2"));
  EXPECT_THAT(like[0].features, ElementsAre("2.1.3", "3.1.2"));
}

TEST(Likeness, IsByNameHoweverMuchIsInCommon) {
  const Circumstances bonn = City("Bonn", "DEU", "Europe", {"2.1.3"});
  const std::vector<Circumstances> others = {City("Trier", "DEU", "Europe", {"2.1.3"}), bonn,
                                             City("Zug", "CHE", "Europe"), City("Aachen", "CHE", "Europe")};
  EXPECT_THAT(NamesOf(LikeCities(bonn, others)), ElementsAre("Aachen", "Trier", "Zug"));
}

TEST(Likeness, OfLikeSizeIsAtMostTwiceAsManyPeopleWhicheverIsAsked) {
  const auto reasons = [](std::uint64_t own, std::uint64_t theirs) {
    Circumstances bonn = City("Bonn", "DEU", "Europe"), osan = City("Osan", "KOR", "Asia");
    bonn.residents = Residents{own, 2021, "Census"};
    osan.residents = Residents{theirs, 0, "GeoNames"};
    const std::vector<LikeCity> like = LikeCities(bonn, {osan});
    return like.empty() ? std::vector<std::string>() : like[0].reasons;
  };
  EXPECT_THAT(
      reasons(472'465, 261'136),
      ElementsAre("about as many people: 472,465 (2021, from 'Census') and 261,136 (not dated, from 'GeoNames')"));
  for (const auto& [smaller, larger] : {std::pair(5, 10), std::pair(5, 9), std::pair(1, 1), std::pair(1, 2)}) {
    EXPECT_THAT(reasons(smaller, larger), SizeIs(1)) << smaller << " " << larger;
    EXPECT_THAT(reasons(larger, smaller), SizeIs(1)) << smaller << " " << larger;
  }
  for (const auto& [smaller, larger] : {std::pair(5, 11), std::pair(1, 3), std::pair(4, 9)}) {
    EXPECT_THAT(reasons(smaller, larger), IsEmpty()) << smaller << " " << larger;
    EXPECT_THAT(reasons(larger, smaller), IsEmpty()) << smaller << " " << larger;
  }
}

TEST(Likeness, SizeChangesNoOrder) {
  Circumstances bonn = City("Bonn", "DEU", "Europe");
  bonn.residents = Residents{100, 2021, "Census"};
  std::vector<Circumstances> others = {City("Trier", "FRA", "A"), City("Aachen", "CHE", "B"), City("Zug", "ITA", "C")};
  std::uint64_t count = 100;
  for (Circumstances& other : others) other.residents = Residents{count -= 10, 2021, "Census"};
  EXPECT_THAT(NamesOf(LikeCities(bonn, others)), ElementsAre("Aachen", "Trier", "Zug"));
}

TEST(Likeness, ACityWithNothingInCommonIsNotListed) {
  EXPECT_THAT(LikeCities(City("Bonn", "DEU", "Europe", {"2.1.3"}), {City("Osan", "KOR", "Asia", {"1.1.1"})}),
              IsEmpty());
  EXPECT_THAT(LikeCities(City("Bonn", "", ""), {City("Osan", "", "")}), IsEmpty()) << "what is not known is not alike";
}

}  // namespace
}  // namespace hansa::testing
