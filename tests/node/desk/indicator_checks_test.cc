// The desk holds a draft against the city's own earlier years: what is published, and drafts laid over it.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class IndicatorChecksTest : public DeskTest {
 protected:
  std::vector<std::string> Asked(std::optional<int> year = std::nullopt) {
    std::vector<std::string> asked;
    for (const auto& problem : Must(desk_.Check(year)).warnings) asked.push_back(problem.what);
    return asked;
  }
};

TEST_F(IndicatorChecksTest, ADraftIsHeldAgainstWhatIsPublished) {
  ImportsRow(kUnemployment, 2021, "5.1");
  Publishes();
  ImportsRow(kUnemployment, 2023, "0.049");
  EXPECT_THAT(Asked(2023), ElementsAre("0.049 is about 1/100 of 5.1, the value of 2021"));
  EXPECT_TRUE(Must(desk_.Check(2023)).ok) << "a doubt does not block";
  ImportsRow(kUnemployment, 2023, "4.9");
  EXPECT_THAT(Asked(2023), IsEmpty());
}

TEST_F(IndicatorChecksTest, AnEarlierDraftStandsInThePlaceOfWhatIsPublished) {
  ImportsRow(kUnemployment, 2021, "5.1");
  Publishes();
  ImportsRow(kUnemployment, 2021, "15.1");
  ImportsRow(kUnemployment, 2022, "5.2");
  EXPECT_THAT(Asked(2022), ElementsAre("the value went from 15.1 in 2021 to 5.2"));
  EXPECT_THAT(Asked(), ElementsAre("2022: the value went from 15.1 in 2021 to 5.2"));
  ASSERT_TRUE(Imports("cell,year,value,no_data_reason\n1.2.2/unemployment-rate#total,2021,,under revision\n").ok);
  EXPECT_THAT(Asked(2022), IsEmpty());
}

TEST_F(IndicatorChecksTest, AnotherCitysValuesAreNotLookedAt) {
  AachenPublishes(2021, kUnemployment, "60");
  ImportsRow(kUnemployment, 2022, "0.6");
  EXPECT_THAT(Asked(2022), IsEmpty());
}

TEST_F(IndicatorChecksTest, ADoubtIsPublishedAndAnUnexpectedSourceIsNot) {
  ImportsRow(kUnemployment, 2021, "5.1");
  ImportsRow(kUnemployment, 2022, "15.1");
  EXPECT_THAT(Asked(2022), ElementsAre("the value went from 5.1 in 2021 to 15.1"));
  EXPECT_EQ(Publishes().sets.size(), 2u);
  const std::string head = "cell,year,value,source,source_kind,note\n";
  ASSERT_TRUE(Imports(absl::StrCat(head, kUnemployment, ",2023,15,an agency,survey,\n")).ok);
  EXPECT_THAT(desk_.Publish({.year = 2023, .reason = ""}),
              StatusIs(StatusCode::kFailedPrecondition, "say in a note why it measures the same"));
  ASSERT_TRUE(Imports(absl::StrCat(head, kUnemployment, ",2023,15,an agency,survey,there is no register\n")).ok);
  EXPECT_EQ(Publishes(2023).sets.size(), 1u);
}

TEST_F(IndicatorChecksTest, OnlyWhatWasLookedAtIsPublished) {
  ImportsRow(kUnemployment, 2021, "5.1");
  const std::string seen = Must(desk_.Check(2021)).draft;
  EXPECT_EQ(seen.size(), 64u);
  EXPECT_EQ(Must(desk_.Check(2021)).draft, seen);
  EXPECT_EQ(Must(desk_.Check(std::nullopt)).draft, seen) << "it is the only year";
  ImportsRow(kUnemployment, 2021, "5.2");
  EXPECT_NE(Must(desk_.Check(2021)).draft, seen);
  EXPECT_THAT(desk_.Publish({.year = 2021, .reason = "", .draft = seen}),
              StatusIs(StatusCode::kFailedPrecondition, "look at it again"));
  ImportsRow(kUnemployment, 2021, "5.1");
  EXPECT_EQ(Must(desk_.Publish({.year = 2021, .reason = "", .draft = seen})).sets.size(), 1u);
  EXPECT_THAT(desk_.Publish({.year = 2021, .reason = "", .draft = seen}), StatusIs(StatusCode::kFailedPrecondition))
      << "what is published has changed";
}

}  // namespace
}  // namespace hansa::testing
