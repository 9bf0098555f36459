#include "node/summary/contribution.h"

#include <gtest/gtest.h>

#include "node/catalogue/current.h"

namespace hansa::node::summary {
namespace {

using domain::DefinitionMatch;
using domain::Observation;
using domain::SourceKind;

const catalogue::Measurement& MeasurementOf(const char* cell) {
  return *catalogue::CurrentCatalogue().FindCell(cell)->measurement;
}

// A row whose two wordings ask for different things, and one whose wordings agree.
constexpr const char* kWordingsDiffer = "1.1.4/crime-level";
constexpr const char* kWordingsAgree = "1.1.1/adult-literacy-rate#total";

Observation Of(const char* cell) {
  Observation observation;
  observation.cell = cell;
  observation.value = domain::Decimal::Parse("12.5").value();
  observation.source_kind = SourceKind::kOfficialData;
  return observation;
}

std::optional<Group> GroupOf(const Observation& observation) {
  return summary::GroupOf(MeasurementOf(observation.cell.c_str()), observation);
}

TEST(GroupTest, NoDataCountsNowhere) {
  Observation observation = Of(kWordingsAgree);
  observation.value.reset();
  observation.no_data_reason = "not collected";
  EXPECT_EQ(GroupOf(observation), std::nullopt);
}

TEST(GroupTest, AValueOfAWiderAreaIsNotCounted) {
  Observation observation = Of(kWordingsAgree);
  observation.level = domain::AreaLevel::kRegion;
  EXPECT_EQ(GroupOf(observation), std::nullopt);
  observation.level = domain::AreaLevel::kCity;
  EXPECT_NE(GroupOf(observation), std::nullopt);
}

TEST(GroupTest, SourceKindsAreNotPutTogether) {
  Observation survey = Of(kWordingsAgree);
  survey.source_kind = SourceKind::kSurvey;
  EXPECT_NE(GroupOf(survey), GroupOf(Of(kWordingsAgree)));
}

TEST(GroupTest, LanguagesAreKeptApartOnlyWhereTheWordingsDiffer) {
  for (const char* cell : {kWordingsDiffer, kWordingsAgree}) {
    Observation korean = Of(cell), regional = Of(cell), english = Of(cell);
    korean.definition_language = "ko";
    regional.definition_language = "ko-KR";
    english.definition_language = "en";
    EXPECT_EQ(GroupOf(korean), GroupOf(regional)) << cell;
    EXPECT_EQ(GroupOf(korean) == GroupOf(english), cell == kWordingsAgree) << cell;
  }
}

TEST(GroupTest, DeparturesFromTheDefinitionAreKeptApart) {
  const auto of = [](DefinitionMatch match) {
    Observation observation = Of(kWordingsAgree);
    observation.match = match;
    return GroupOf(observation);
  };
  EXPECT_EQ(of(DefinitionMatch::kExact), of(DefinitionMatch::kNotGiven));
  EXPECT_EQ(of(DefinitionMatch::kExact), of(DefinitionMatch::kClose));
  EXPECT_NE(of(DefinitionMatch::kExact), of(DefinitionMatch::kProxy));
  EXPECT_NE(of(DefinitionMatch::kApproximate), of(DefinitionMatch::kProxy));
}

}  // namespace
}  // namespace hansa::node::summary
