#include "node/domain/likeness.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hansa::testing {
namespace {

using node::domain::Circumstances;
using node::domain::LikeCities;
using node::domain::LikeCity;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

TEST(Likeness, ACityWithNothingInCommonIsNotListed) {
  EXPECT_THAT(LikeCities(City("Bonn", "DEU", "Europe", {"2.1.3"}), {City("Osan", "KOR", "Asia", {"1.1.1"})}),
              IsEmpty());
  EXPECT_THAT(LikeCities(City("Bonn", "", ""), {City("Osan", "", "")}), IsEmpty()) << "what is not known is not alike";
}

}  // namespace
}  // namespace hansa::testing
