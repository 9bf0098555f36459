// Records as JSON objects: the same record comes back, and what does not fit is said with its place.
#include "node/domain/record_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "node/domain/record_form.h"
#include "tests/node/domain/random_records.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::domain::FillFromJson;
using node::domain::JsonNames;
using node::domain::RecordJson;
using ::testing::Contains;
using ::testing::Not;

absl::Status TryFill(const std::string& json) {
  v1::Practice practice;
  return FillFromJson(json, practice);
}
auto IsRefused(const std::string& how) { return StatusIs(StatusCode::kInvalidArgument, how); }

TEST(RecordJsonTest, EveryRecordComesBackFromItsJson) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    RandomRecords random(seed + 1000);
    for (const auto& record : EveryRecord()) {
      random.Fill(*record);
      const std::string json = RecordJson(*record);
      const std::unique_ptr<pb::Message> again(record->New());
      ASSERT_THAT(FillFromJson(json, *again), IsOk()) << json;
      ASSERT_EQ(again->DebugString(), record->DebugString()) << json;
      ASSERT_EQ(RecordJson(*again), json);
    }
  }
}

TEST(RecordJsonTest, SubjectsLieFlatChoicesAreWordsAndBytesAreHex) {
  v1::Offer offer;
  offer.set_kind(v1::OFFER_KIND_STAFF_EXCHANGE);
  offer.mutable_subjects()->add_features("2.1.3");
  offer.add_addressed_to(10);
  offer.add_clusters()->set_record_id("\x01\xff");
  EXPECT_EQ(nlohmann::json::parse(RecordJson(offer)), nlohmann::json::parse(R"({
    "kind": "staff exchange", "features": ["2.1.3"], "addressed_to": [10], "clusters": [{"record_id": "01ff"}]})"));
  v1::Offer read;
  ASSERT_THAT(FillFromJson(R"({"kind": "Staff-Exchange", "features": ["2.1.3"], "addressed_to": [10],
                               "clusters": [{"record_id": "01FF"}]})",
                           read),
              IsOk());
  EXPECT_EQ(read.DebugString(), offer.DebugString());
}

TEST(RecordJsonTest, WhatIsNotGivenIsLeftOut) {
  EXPECT_EQ(RecordJson(v1::Offer()), "{}");
  v1::Practice practice;
  ASSERT_THAT(FillFromJson(R"({"title": null, "tags": [], "contact": null})", practice), IsOk());
  EXPECT_EQ(RecordJson(practice), "{}");
}

TEST(RecordJsonTest, TheNamesAreThoseOfTheSchemaWithSubjectsFlat) {
  const std::vector<std::string> names = JsonNames(v1::Practice());
  EXPECT_EQ(names.front(), "title");
  EXPECT_THAT(names, Contains("action_points"));
  EXPECT_THAT(names, Not(Contains("subjects")));
  EXPECT_THAT(TryFill(R"({"subjects": {"features": []}})"), IsRefused("'subjects': there is no such field"));
}

TEST(RecordJsonTest, WhatIsNoObjectIsRefused) {
  EXPECT_THAT(TryFill(""), IsRefused("not JSON"));
  EXPECT_THAT(TryFill("{"), IsRefused("not JSON"));
  EXPECT_THAT(TryFill("7"), IsRefused("the file: it is not an object of names and values"));
  EXPECT_THAT(TryFill(R"({"links": [7]})"), IsRefused("links 1: it is not an object"));
  EXPECT_THAT(TryFill(R"({"year": 1e400})"), IsRefused("not JSON"));
}

TEST(RecordJsonTest, WhatDoesNotFitIsRefusedWithItsPlace) {
  EXPECT_THAT(TryFill(R"({"links": [{"url": "u"}, {"urll": "u"}]})"),
              IsRefused("links 2: 'urll': there is no such field; did you mean url?"));
  EXPECT_THAT(TryFill(R"({"title": ["T"]})"), IsRefused("title: it is not a text"));
  EXPECT_THAT(TryFill(R"({"tags": ["a", 7]})"), IsRefused("tags 2: it is not a text"));
  EXPECT_THAT(TryFill(R"({"tags": [null]})"), IsRefused("tags 1: it is not a text"));
  EXPECT_THAT(TryFill(R"({"year": 4294967296})"), IsRefused("year: it is not a whole number"));
  EXPECT_THAT(TryFill(R"({"year": 2019.0})"), IsRefused("year: it is not a whole number"));
  EXPECT_THAT(TryFill(R"({"area_kind": 1})"), IsRefused("area_kind: it is not one of the choices; write one of: city"));
  EXPECT_THAT(TryFill(R"({"clusters": [{"record_id": "0x1"}]})"), IsRefused("clusters 1: record_id: it is not a row"));
  EXPECT_THAT(TryFill(R"({"clusters": [{"record_id": "abc"}]})"), IsRefused("it is not a row of hex digits"));
  v1::AcceptanceBody text;
  EXPECT_THAT(FillFromJson(R"({"open_to_others": "yes"})", text), IsRefused("it is neither true nor false"));
}

}  // namespace
}  // namespace hansa::testing
