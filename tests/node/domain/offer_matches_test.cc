// Which offers and requests fit each other, and why.
#include "node/domain/offer_matches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/node/domain/offers_chronicle.h"

namespace hansa::testing {
namespace {

using node::domain::FittingOffer;
using node::domain::MatchesOf;
using node::domain::OpenOffer;
using replication::Member;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

OpenOffer By(std::uint32_t member, const std::string& title, bool is_request) {
  OpenOffer offer;
  offer.record = OffersRecordOf(member, title);
  offer.member_name = absl::StrCat("City ", member);
  offer.title = title;
  offer.is_request = is_request;
  offer.features = {"2.1.3"};
  return offer;
}

std::vector<std::string> ReasonsOf(const OpenOffer& offer, const OpenOffer& other) {
  const std::vector<FittingOffer> matches = MatchesOf(offer, {other});
  return matches.empty() ? std::vector<std::string>() : matches[0].reasons;
}

TEST(OfferMatches, AnOfferFitsARequestThatHasASubjectInCommon) {
  OpenOffer offer = By(10, "Visit us", false), request = By(11, "We look for a visit", true);
  EXPECT_THAT(ReasonsOf(offer, request), ElementsAre("both are about the features 2.1.3"));
  EXPECT_THAT(ReasonsOf(request, offer), ElementsAre("both are about the features 2.1.3")) << "both ways";
  request.features = {"1.1.1"};
  offer.actions = request.actions = {"BD1.2"};
  EXPECT_THAT(ReasonsOf(offer, request), ElementsAre("both are about the action points BD1.2"));
  request.actions = {};
  offer.topics = {"Museums", "reading"};
  request.topics = {"museums"};
  EXPECT_THAT(ReasonsOf(offer, request), ElementsAre("both name the topics Museums")) << "however it is cased";
  request.topics = {};
  EXPECT_THAT(ReasonsOf(offer, request), IsEmpty());
}

TEST(OfferMatches, KindLanguagesAndDaysAreReasonsOnlyBesideASubject) {
  OpenOffer offer = By(10, "Visit us", false), request = By(11, "We look for a visit", true);
  offer.kind = request.kind = "study visit";
  offer.working_languages = {"ko", "en"};
  request.working_languages = {"en", "fr"};
  offer.starts_on = "2026-03-01";
  offer.ends_on = "2026-06-30";
  request.starts_on = "2026-05-01";
  EXPECT_THAT(ReasonsOf(offer, request),
              ElementsAre("both are about the features 2.1.3", "both are of one kind: study visit", "both work in en",
                          "both have time from 2026-05-01 to 2026-06-30"));
  request.features = {};
  EXPECT_THAT(ReasonsOf(offer, request), IsEmpty());
}

TEST(OfferMatches, WhatIsAddressedToSomebodyFitsThemAndNobodyElse) {
  OpenOffer offer = By(10, "For City 11", false), request = By(11, "Anything", true), other = By(12, "Anything", true);
  offer.addressed_to = {Member(11)};
  request.features = {};
  EXPECT_THAT(ReasonsOf(request, offer), ElementsAre("it is addressed to City 11"));
  EXPECT_THAT(ReasonsOf(offer, request), ElementsAre("this offer is addressed to City 11"));
  EXPECT_THAT(ReasonsOf(other, offer), IsEmpty());
  EXPECT_THAT(ReasonsOf(offer, other), IsEmpty());
}

TEST(OfferMatches, TwoOffersTwoRequestsAndOnesOwnDoNotFit) {
  EXPECT_THAT(ReasonsOf(By(10, "a", false), By(11, "b", false)), IsEmpty());
  EXPECT_THAT(ReasonsOf(By(10, "a", true), By(11, "b", true)), IsEmpty());
  EXPECT_THAT(ReasonsOf(By(10, "a", true), By(10, "b", false)), IsEmpty());
}

TEST(OfferMatches, DaysThatDoNotMeetAreAgainstIt) {
  OpenOffer offer = By(10, "Visit us", false), request = By(11, "We look for a visit", true);
  offer.starts_on = "2026-03-01";
  offer.ends_on = "2026-03-10";
  request.starts_on = request.ends_on = "2026-03-11";
  EXPECT_THAT(ReasonsOf(offer, request), IsEmpty());
  request.starts_on = "2026-03-10";
  EXPECT_THAT(ReasonsOf(offer, request).back(), "both have time from 2026-03-10 to 2026-03-10");
  request.ends_on = "";
  EXPECT_THAT(ReasonsOf(offer, request).back(), "both have time from 2026-03-10 to 2026-03-10");
}

TEST(OfferMatches, ListsAreByNameAndTitleHoweverManyReasonsThereAre) {
  const OpenOffer offer = By(10, "Visit us", false);
  std::vector<OpenOffer> others = {By(11, "b", true), By(11, "a", true), By(12, "a", true)};
  others[2].kind = offer.kind;
  others[2].is_example = true;
  std::mt19937 chance(1);
  for (int round = 0; round < 6; ++round) {
    std::shuffle(others.begin(), others.end(), chance);
    std::vector<std::string> titles;
    for (const FittingOffer& match : MatchesOf(offer, others)) {
      for (const OpenOffer& other : others) {
        if (other.record == match.record) titles.push_back(absl::StrCat(other.member_name, " ", other.title));
      }
    }
    ASSERT_THAT(titles, ElementsAre("City 11 a", "City 11 b", "City 12 a"));
  }
  for (const OpenOffer& other : others) {
    if (other.is_example) {
      EXPECT_EQ(ReasonsOf(offer, other).back(), "it is an example, for a demonstration");
    }
  }
}

}  // namespace
}  // namespace hansa::testing
