#include "node/catalogue/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "node/catalogue/current.h"
#include "node/catalogue/embedded.h"

namespace hansa::node::catalogue {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// The rows of the 2013 edition in its order, with unit and number of cells. Whoever changes one
// changes the framework, which is a new version.
struct Row {
  const char* id;
  const char* unit;
  std::size_t cells;
};
constexpr Row kRows[] = {
    {"1.1.1/adult-literacy-rate", "percent", 3},
    {"1.1.2/participation-rate-in-election", "percent", 1},
    {"1.1.2/participation-in-volunteering-and-community-activities", "percent", 1},
    {"1.1.3/gender-equality-in-politics", "percent", 1},
    {"1.1.3/gender-equality-in-business-management", "percent", 1},
    {"1.1.4/crime-level", "per-100000-inhabitants", 1},
    {"1.1.4/social-mobility", "percent", 1},
    {"1.2.1/gdp-per-capita", "usd-ppp-per-capita", 1},
    {"1.2.1/urban-poverty", "percent", 1},
    {"1.2.2/unemployment-rate", "percent", 3},
    {"1.2.3/human-resources-in-science-and-technology", "percent", 1},
    {"1.2.3/patent-filing", "per-100000-inhabitants", 1},
    {"1.2.4/participation-in-cultural-activities", "visits-per-inhabitant-per-month", 1},
    {"1.2.5/participation-in-physical-exercise-and-sports", "percent", 1},
    {"1.3.1/co2-emissions", "tonnes-per-capita", 1},
    {"1.3.1/waste-management", "kg-per-capita-per-year", 1},
    {"1.3.2/living-condition", "percent", 1},
    {"1.3.2/public-transportation", "rating-1-5", 1},
    {"1.3.3/education-for-sustainable-development", "rating-1-5", 1},
    {"1.3.3/environmental-stewardship", "rating-1-5", 1},
    {"2.1.1/enrolment-in-pre-primary-education", "percent", 3},
    {"2.1.2/mean-years-of-schooling", "years", 3},
    {"2.1.3/participation-in-adult-learning-and-education", "percent", 1},
    {"2.1.4/support-for-disadvantaged-groups", "rating-1-5", 1},
    {"2.1.4/support-for-senior-citizens", "rating-1-5", 1},
    {"2.2.1/infrastructure", "per-100000-inhabitants", 1},
    {"2.2.1/policy-initiative-for-supporting-learning-in-families", "rating-1-5", 1},
    {"2.2.2/participation-in-community-learning", "percent", 1},
    {"2.2.2/participation-in-family-learning", "percent", 1},
    {"2.2.3/development-of-learning-resources-through-indigenous-knowledge", "count", 1},
    {"2.3.1/employees-participation-in-education-and-training", "percent", 1},
    {"2.3.1/migrant-workers-participation-in-education-and-training", "rating-1-5", 1},
    {"2.3.2/learning-organizations", "rating-1-5", 1},
    {"2.3.3/employers-financial-commitment-to-skill-development", "percent", 2},
    {"2.3.4/youth-involvement-in-education-and-employment", "percent", 1},
    {"2.3.4/training-for-the-unemployed", "percent", 1},
    {"2.4.1/ict-training-for-administrators-teachers-and-educators", "percent", 2},
    {"2.4.2/use-of-ict-for-class-activities", "percent", 2},
    {"2.4.2/mobile-penetration-rate", "percent", 1},
    {"2.4.2/internet-usage", "percent", 1},
    {"2.4.2/participation-in-learning-through-the-internet", "hours-per-week", 1},
    {"2.5.1/paradigm-shift-in-education-and-learning", "rating-1-5", 1},
    {"2.5.2/learning-to-live-together", "percent", 1},
    {"2.5.3/availability-of-appropriately-trained-teachers-educators", "learners-per-teacher", 4},
    {"2.5.4/learner-friendly-environment", "percent", 2},
    {"2.6.1/advocacy-for-learning", "rating-1-5", 1},
    {"2.6.2/information-and-services", "percent", 1},
    {"2.6.3/recognition-and-reward-of-learning-outcomes", "rating-1-5", 1},
    {"3.1.1/leadership", "rating-1-5", 1},
    {"3.1.2/public-policy-and-strategy", "rating-1-5", 1},
    {"3.1.3/measures-to-monitor-progress", "rating-1-5", 1},
    {"3.2.1/mechanisms-for-stakeholder-coordination", "rating-1-5", 1},
    {"3.2.2/stakeholders-participation", "rating-1-5", 1},
    {"3.2.2/private-sectors-commitment", "rating-1-5", 1},
    {"3.3.1/financial-investment-in-education-and-learning", "percent", 1},
    {"3.3.1/distribution-of-public-education-expenditure", "percent", 2},
    {"3.3.2/effective-use-of-resources", "rating-1-5", 1},
    {"3.3.3/subsidies-to-disadvantaged-groups", "rating-1-5", 1},
    {"3.3.4/citizens-contribution-to-helping-other-citizens-learn", "percent", 1},
    {"3.3.5/international-partnership", "rating-1-5", 1},
};

const Catalogue& Framework() { return CurrentCatalogue(); }

TEST(CatalogueTest, HasTheCountsOfThe2013Edition) {
  EXPECT_EQ(Framework().parts().size(), 3u);
  EXPECT_EQ(Framework().areas().size(), 12u);
  EXPECT_EQ(Framework().features().size(), 42u);
  EXPECT_EQ(Framework().measurements().size(), 60u);
  EXPECT_EQ(Framework().cells().size(), 76u);
  EXPECT_EQ(Framework().units().size(), 11u);
  EXPECT_EQ(Framework().commitments().size(), 12u);
  std::size_t attributes = 0;
  for (const Measurement& measurement : Framework().measurements()) {
    attributes += measurement.attributes.size();
  }
  EXPECT_EQ(attributes, 8u);
  EXPECT_EQ(Framework().attribute_codes().size(), 7u) << "summary_of_answers serves two rows";
}

TEST(CatalogueTest, HoldsAllSixtyMeasurementsInOrder) {
  ASSERT_EQ(std::size(kRows), Framework().measurements().size());
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    const Measurement& measurement = Framework().measurements()[i];
    EXPECT_EQ(measurement.id, kRows[i].id);
    EXPECT_EQ(measurement.unit, kRows[i].unit) << measurement.id;
    EXPECT_EQ(measurement.cells.size(), kRows[i].cells) << measurement.id;
    EXPECT_EQ(Framework().FindMeasurement(kRows[i].id), &measurement);
    EXPECT_NE(Framework().FindFeature(measurement.feature), nullptr) << measurement.id;
    EXPECT_NE(Framework().FindUnit(measurement.unit), nullptr) << measurement.id;
    EXPECT_THAT(measurement.definition.en, Not(IsEmpty())) << measurement.id;
    EXPECT_THAT(measurement.definition.ko, Not(IsEmpty())) << measurement.id;
  }
}

TEST(CatalogueTest, EveryCellKnowsItsPlace) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < Framework().cells().size(); ++i) {
    const Cell& cell = Framework().cells()[i];
    EXPECT_EQ(cell.position, i);
    EXPECT_EQ(Framework().FindCell(cell.id), &cell);
    EXPECT_TRUE(ids.insert(cell.id).second) << cell.id;
    EXPECT_EQ(cell.member == nullptr, !absl::StrContains(cell.id, "#")) << cell.id;
    EXPECT_TRUE(absl::StartsWith(cell.id, cell.measurement->id));
  }
}

TEST(CatalogueTest, CountsCellsByKindOfValue) {
  std::map<ValueType, int> cells;
  for (const Cell& cell : Framework().cells()) ++cells[cell.measurement->value_type];
  EXPECT_EQ(cells[ValueType::kPercentage], 40);
  EXPECT_EQ(cells[ValueType::kNumber], 15);
  EXPECT_EQ(cells[ValueType::kRating], 20);
  EXPECT_EQ(cells[ValueType::kInteger], 1);
}

TEST(CatalogueTest, FindsNothingUnderAnIdItLacks) {
  EXPECT_EQ(Framework().FindCell("1.1.1/adult-literacy-rate"), nullptr) << "it has three parts";
  EXPECT_EQ(Framework().FindCell(""), nullptr);
  EXPECT_EQ(Framework().FindMeasurement("1.1.1"), nullptr);
  EXPECT_EQ(Framework().FindFeature("4.1.1"), nullptr);
  EXPECT_EQ(Framework().FindUnit("miles"), nullptr);
}

TEST(CatalogueTest, SaysWhatALiteracyRateIsInBothLanguages) {
  const Measurement* m = Framework().FindMeasurement("1.1.1/adult-literacy-rate");
  ASSERT_NE(m, nullptr);
  EXPECT_EQ(m->title.In("en"), "Adult literacy rate");
  EXPECT_EQ(m->title.In("ko-KR"), "성인 문해율");
  EXPECT_EQ(m->title.In("fr"), m->title.en);
  EXPECT_EQ(m->range.min, 0);
  EXPECT_EQ(m->range.max, 100);
  EXPECT_THAT(m->cells, ElementsAre("1.1.1/adult-literacy-rate#male", "1.1.1/adult-literacy-rate#female",
                                    "1.1.1/adult-literacy-rate#total"));
  EXPECT_THAT(m->source_kinds, ElementsAre("official_data"));
  EXPECT_TRUE(Framework().FindCell("1.1.1/adult-literacy-rate#total")->member->is_total);
}

TEST(CatalogueTest, AsksForTheYearOfAnElection) {
  const Measurement* m = Framework().FindMeasurement("1.1.2/participation-rate-in-election");
  ASSERT_NE(m, nullptr);
  const Attribute* attribute = m->FindAttribute("election_year");
  ASSERT_NE(attribute, nullptr);
  EXPECT_EQ(attribute->type, AttributeType::kYear);
  EXPECT_TRUE(attribute->required);
  EXPECT_EQ(m->FindAttribute("conversion"), nullptr);
}

TEST(CatalogueTest, TiesFortyTwoActionPointsToFeatures) {
  int points = 0;
  int tied = 0;
  for (const Commitment& commitment : Framework().commitments()) {
    for (const ActionPoint& point : commitment.action_points) {
      ++points;
      if (point.feature.empty()) continue;
      ++tied;
      EXPECT_EQ(Framework().FindFeature(point.feature)->action_point, point.id);
    }
  }
  EXPECT_EQ(points, 50);
  EXPECT_EQ(tied, 42);
  EXPECT_NE(Framework().FindActionPoint("BD12.5"), nullptr);
  EXPECT_EQ(Framework().FindActionPoint("BD13.1"), nullptr);
}

TEST(CatalogueTest, NamesItselfByIdVersionAndHash) {
  EXPECT_EQ(Framework().framework_id(), "unesco-gnlc-key-features");
  EXPECT_EQ(Framework().version(), "2013");
  EXPECT_THAT(Framework().languages(), ElementsAre("en", "ko"));
  EXPECT_EQ(Framework().sha256().size(), 32u);
  // As sha256sum prints it. Another hash is another framework.
  EXPECT_EQ(Framework().sha256_hex(), "5826ca152e4e59dbfacd47cda06d301e148e788c0e8eba68efc66866030790c0");
  EXPECT_THAT(Framework().rights(), Not(IsEmpty()));
}

TEST(CatalogueTest, RefusesWhatIsNotAFramework) {
  EXPECT_EQ(Catalogue::Parse({"{", CommitmentsJson(), KoreanNotesJson()}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Catalogue::Parse({"{}", CommitmentsJson(), KoreanNotesJson()}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Catalogue::Parse({KeyFeaturesJson(), "[]", KoreanNotesJson()}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace hansa::node::catalogue
