// What the editors noted, in Korean: all of it is there, and what is wrong with the file is named.
#include "node/catalogue/notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "node/catalogue/current.h"
#include "node/catalogue/embedded.h"

namespace hansa::node::catalogue {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string FaultOf(absl::string_view json) { return std::string(ParseKoreanNotes(json).status().message()); }

TEST(NotesTest, EachNoteAndCheckOfTheFrameworkHasItsKorean) {
  const absl::StatusOr<KoreanNotes> notes = ParseKoreanNotes(KoreanNotesJson());
  ASSERT_TRUE(notes.ok()) << notes.status();
  EXPECT_THAT(FindUntranslated(KeyFeaturesJson(), *notes), IsEmpty());
  const std::string missing = absl::StrJoin(FindUntranslated(KeyFeaturesJson(), {}), "\n");
  EXPECT_THAT(missing, HasSubstr("no Korean for 'When all three are given, the total lies between the other two.'"));
  EXPECT_THAT(missing, HasSubstr("no Korean for 'The age of pre-primary education follows the national system"));
}

TEST(NotesTest, AreReadInTheLanguageThatIsAskedFor) {
  const Measurement* const row = CurrentCatalogue().FindMeasurement("2.1.1/enrolment-in-pre-primary-education");
  ASSERT_NE(row, nullptr);
  ASSERT_FALSE(row->notes.empty() || row->checks.empty());
  for (const Text& text : {row->notes.front().text, row->checks.front().text}) {
    EXPECT_NE(text.In("ko"), text.In("en"));
    EXPECT_EQ(text.In("fr"), text.en);
  }
}

TEST(NotesTest, WhatIsWrongWithTheFileIsNamed) {
  EXPECT_THAT(FaultOf("["), HasSubstr("mend it"));
  EXPECT_THAT(FaultOf(R"([{"en": "A"}])"), HasSubstr("'ko' not found"));
  EXPECT_THAT(FaultOf(R"([{"en": "A", "ko": ""}])"), HasSubstr("a sentence is empty beside 'A'"));
  EXPECT_THAT(FaultOf(R"([{"en": "A", "ko": "B"}, {"en": "A", "ko": "C"}])"), HasSubstr("'A' stands twice"));
}

}  // namespace
}  // namespace hansa::node::catalogue
