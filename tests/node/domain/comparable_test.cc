#include "node/domain/comparable.h"

#include <gtest/gtest.h>

#include "node/catalogue/current.h"

namespace hansa::node::domain {
namespace {

const catalogue::Measurement& MeasurementOf(const char* cell) {
  return *catalogue::CurrentCatalogue().FindCell(cell)->measurement;
}

// A row whose two wordings ask for different things, and one whose wordings agree.
constexpr const char* kWordingsDiffer = "1.1.4/crime-level";
constexpr const char* kWordingsAgree = "1.1.1/adult-literacy-rate#total";

Observation Of(const char* cell) {
  Observation observation;
  observation.cell = cell;
  observation.value = Decimal::Parse("12.5").value();
  observation.source_kind = SourceKind::kOfficialData;
  return observation;
}

std::optional<Grounds> GroundsOf(const Observation& observation) {
  return domain::GroundsOf(MeasurementOf(observation.cell.c_str()), observation);
}

TEST(GroundsTest, NoDataCountsNowhere) {
  Observation observation = Of(kWordingsAgree);
  observation.value.reset();
  observation.no_data_reason = "not collected";
  EXPECT_EQ(GroundsOf(observation), std::nullopt);
}

TEST(GroundsTest, AValueOfAWiderAreaIsNotCounted) {
  Observation observation = Of(kWordingsAgree);
  observation.level = AreaLevel::kRegion;
  EXPECT_EQ(GroundsOf(observation), std::nullopt);
  observation.level = AreaLevel::kCity;
  EXPECT_NE(GroundsOf(observation), std::nullopt);
}

TEST(GroundsTest, SourceKindsAreNotPutTogether) {
  Observation survey = Of(kWordingsAgree);
  survey.source_kind = SourceKind::kSurvey;
  EXPECT_NE(GroundsOf(survey), GroundsOf(Of(kWordingsAgree)));
}

TEST(GroundsTest, LanguagesAreKeptApartOnlyWhereTheWordingsDiffer) {
  for (const char* cell : {kWordingsDiffer, kWordingsAgree}) {
    Observation korean = Of(cell), regional = Of(cell), english = Of(cell);
    korean.definition_language = "ko";
    regional.definition_language = "ko-KR";
    english.definition_language = "en";
    EXPECT_EQ(GroundsOf(korean), GroundsOf(regional)) << cell;
    EXPECT_EQ(GroundsOf(korean) == GroundsOf(english), cell == kWordingsAgree) << cell;
  }
}

TEST(GroundsTest, DeparturesFromTheDefinitionAreKeptApart) {
  const auto of = [](DefinitionMatch match) {
    Observation observation = Of(kWordingsAgree);
    observation.match = match;
    return GroundsOf(observation);
  };
  EXPECT_EQ(of(DefinitionMatch::kExact), of(DefinitionMatch::kNotGiven));
  EXPECT_EQ(of(DefinitionMatch::kExact), of(DefinitionMatch::kClose));
  EXPECT_NE(of(DefinitionMatch::kExact), of(DefinitionMatch::kProxy));
  EXPECT_NE(of(DefinitionMatch::kApproximate), of(DefinitionMatch::kProxy));
}

}  // namespace
}  // namespace hansa::node::domain
