#include "node/domain/observation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/catalogue/current.h"

namespace hansa::node::domain {
namespace {

using ::testing::ElementsAre;

Observation Of(const char* cell) {
  Observation observation;
  observation.cell = cell;
  return observation;
}

Observation Of(const char* cell, const char* value) {
  Observation observation = Of(cell);
  observation.value = Decimal::Parse(value).value();
  return observation;
}

TEST(ObservationTest, CodesReadBackAsWhatTheyStandFor) {
  for (auto kind : {SourceKind::kNotGiven, SourceKind::kOfficialData, SourceKind::kSurvey, SourceKind::kExpertReview}) {
    EXPECT_EQ(ParseSourceKind(Code(kind)), kind);
  }
  for (auto level : {AreaLevel::kNotGiven, AreaLevel::kCity, AreaLevel::kRegion}) {
    EXPECT_EQ(ParseAreaLevel(Code(level)), level);
  }
  for (auto match : {DefinitionMatch::kNotGiven, DefinitionMatch::kExact, DefinitionMatch::kClose,
                     DefinitionMatch::kProxy, DefinitionMatch::kApproximate}) {
    EXPECT_EQ(ParseDefinitionMatch(Code(match)), match);
  }
  EXPECT_EQ(ParseSourceKind("Survey"), std::nullopt);
  EXPECT_EQ(ParseAreaLevel("country"), std::nullopt);
}

TEST(ObservationTest, ASetIsInTheOrderOfTheCatalogue) {
  const IndicatorSet set =
      MakeIndicatorSet(catalogue::CurrentCatalogue(), 2023,
                       {Of("9.9.9/unknown"), Of("2.4.2/internet-usage", "90"),
                        Of("1.1.1/adult-literacy-rate#total", "1"), Of("1.1.1/adult-literacy-rate#male", "1")});
  std::vector<std::string> cells;
  for (const Observation& observation : set.observations) cells.push_back(observation.cell);
  EXPECT_THAT(cells, ElementsAre("1.1.1/adult-literacy-rate#male", "1.1.1/adult-literacy-rate#total",
                                 "2.4.2/internet-usage", "9.9.9/unknown"));
  EXPECT_EQ(set.year, 2023);
  EXPECT_EQ(set.framework_version, "2013");
  EXPECT_EQ(set.catalogue_sha256, catalogue::CurrentCatalogue().sha256());
}

TEST(ObservationTest, TheCatalogueFillsInWhatItAloneCanAnswer) {
  Observation literacy = Of("1.1.1/adult-literacy-rate#total", "99");
  CompleteFromCatalogue(catalogue::CurrentCatalogue(), literacy);
  EXPECT_EQ(literacy.unit, "percent");
  EXPECT_EQ(literacy.source_kind, SourceKind::kOfficialData);

  Observation either = Of("2.3.1/employees-participation-in-education-and-training", "40");
  CompleteFromCatalogue(catalogue::CurrentCatalogue(), either);
  EXPECT_EQ(either.source_kind, SourceKind::kNotGiven) << "the row allows two kinds";

  Observation given = Of("1.1.1/adult-literacy-rate#total", "99");
  given.source_kind = SourceKind::kSurvey;
  CompleteFromCatalogue(catalogue::CurrentCatalogue(), given);
  EXPECT_EQ(given.source_kind, SourceKind::kSurvey);

  Observation empty = Of("1.1.1/adult-literacy-rate#total");
  CompleteFromCatalogue(catalogue::CurrentCatalogue(), empty);
  EXPECT_EQ(empty, Of("1.1.1/adult-literacy-rate#total"));
}

}  // namespace
}  // namespace hansa::node::domain
