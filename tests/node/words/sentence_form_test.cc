#include "node/words/sentence_form.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hansa::node::words {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

TEST(SentenceForm, PlacesAreFilledByTheirNumber) {
  EXPECT_EQ(Filled("{1} of {0}, {1}", {"ten", "two"}), "two of ten, two");
  EXPECT_EQ(Filled("no place", {"x"}), "no place");
}

TEST(SentenceForm, WhatIsNoPlaceStays) {
  EXPECT_EQ(Filled("between { and }, {x}, {", {"filled"}), "between { and }, {x}, {");
  EXPECT_EQ(Filled("{0} {1}", {"only one"}), "only one {1}");
}

TEST(SentenceForm, AFillingThatLooksLikeAPlaceIsNotFilledAgain) { EXPECT_EQ(Filled("{0}", {"{0}"}), "{0}"); }

TEST(SentenceForm, ALineIsRecognisedByWhatStandsAroundThePlaces) {
  EXPECT_THAT(SentenceForm("cannot read {0}").Match("cannot read a.csv"), Optional(ElementsAre("a.csv")));
  EXPECT_THAT(SentenceForm("{0} is not {1}; write {2}").Match("Bonn is not a year; write 2024"),
              Optional(ElementsAre("Bonn", "a year", "2024")));
  EXPECT_THAT(SentenceForm("{1} after {0}").Match("b after a"), Optional(ElementsAre("a", "b")));
  EXPECT_THAT(SentenceForm("as it is").Match("as it is"), Optional(IsEmpty()));
}

TEST(SentenceForm, AnotherLineIsNot) {
  EXPECT_EQ(SentenceForm("cannot read {0}").Match("cannot write a.csv"), std::nullopt);
  EXPECT_EQ(SentenceForm("cannot read {0}").Match("cannot read "), std::nullopt);
  EXPECT_EQ(SentenceForm("{0} is full").Match("the disk is full now"), std::nullopt);
  EXPECT_EQ(SentenceForm("as it is").Match("as it was"), std::nullopt);
  EXPECT_EQ(SentenceForm("{0}, {1}").Match("a"), std::nullopt);
  EXPECT_EQ(SentenceForm("{0} and {1}").Match(""), std::nullopt);
}

TEST(SentenceForm, APlaceThatStandsTwiceHoldsTheSameTwice) {
  EXPECT_THAT(SentenceForm("{0} is {0}").Match("x is x"), Optional(ElementsAre("x")));
  EXPECT_EQ(SentenceForm("{0} is {0}").Match("x is y"), std::nullopt);
}

}  // namespace
}  // namespace hansa::node::words
