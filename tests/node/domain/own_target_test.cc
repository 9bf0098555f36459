// Targets that others wrote: what is let through has the form its schema states, and only what the framework has is
// shown.
#include "node/domain/own_target.h"

#include <gtest/gtest.h>

#include <string>

#include "hansa/v1/indicators.pb.h"
#include "node/catalogue/current.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::catalogue::CurrentCatalogue;
using node::domain::CheckOwnTarget;
using node::domain::DecodeOwnTarget;

v1::OwnTarget Sound() {
  v1::OwnTarget target;
  target.set_cell("1.1.1/adult-literacy-rate#total");
  target.set_value("99.50");
  target.set_unit("percent");
  target.set_by_year(2030);
  target.set_framework_id(CurrentCatalogue().framework_id());
  target.set_framework_version(CurrentCatalogue().version());
  target.set_catalogue_sha256(CurrentCatalogue().sha256());
  return target;
}

absl::Status Decoded(const v1::OwnTarget& target) {
  v1::OwnTarget read;
  return DecodeOwnTarget(target.SerializeAsString(), read);
}

TEST(OwnTarget, ComesBackAsItWasWritten) {
  v1::OwnTarget read;
  EXPECT_THAT(DecodeOwnTarget(Sound().SerializeAsString(), read), IsOk());
  EXPECT_EQ(read.SerializeAsString(), Sound().SerializeAsString());
  EXPECT_THAT(CheckOwnTarget(CurrentCatalogue(), read), IsOk());
}

TEST(OwnTarget, AValueIsADecimal) {
  for (const char* value : {"", "1e3", "99,5", "099", "12345678901234567890", " 5", "NaN", "--1", "95 %"}) {
    v1::OwnTarget target = Sound();
    target.set_value(value);
    EXPECT_THAT(Decoded(target), StatusIs(StatusCode::kInvalidArgument, "value: ")) << value;
  }
}

TEST(OwnTarget, KeepsTheLimitsOfItsSchema) {
  const auto broken = [](auto change) {
    v1::OwnTarget target = Sound();
    change(target);
    return Decoded(target);
  };
  EXPECT_THAT(broken([](auto& t) { t.set_by_year(1899); }), StatusIs(StatusCode::kInvalidArgument, "by_year: 1899"));
  EXPECT_THAT(broken([](auto& t) { t.clear_by_year(); }), StatusIs(StatusCode::kInvalidArgument, "by_year: 0"));
  EXPECT_THAT(broken([](auto& t) { t.clear_cell(); }), StatusIs(StatusCode::kInvalidArgument, "cell: "));
  EXPECT_THAT(broken([](auto& t) { t.set_cell("1.1.1/Adult"); }), StatusIs(StatusCode::kInvalidArgument, "cell: "));
  EXPECT_THAT(broken([](auto& t) { t.set_catalogue_sha256("short"); }),
              StatusIs(StatusCode::kInvalidArgument, "catalogue_sha256: "));
  EXPECT_THAT(broken([](auto& t) { t.set_note(std::string(2001, 'x')); }),
              StatusIs(StatusCode::kInvalidArgument, "note: it has 2001 characters"));
  EXPECT_THAT(broken([](auto& t) { t.set_language("english please"); }),
              StatusIs(StatusCode::kInvalidArgument, "language: "));
  v1::OwnTarget read;
  EXPECT_THAT(DecodeOwnTarget("no target at all", read), StatusIs(StatusCode::kInvalidArgument));
}

TEST(OwnTarget, WhatTheFrameworkLacksIsSaid) {
  const auto fault = [](auto change) {
    v1::OwnTarget target = Sound();
    change(target);
    EXPECT_THAT(Decoded(target), IsOk());
    return CheckOwnTarget(CurrentCatalogue(), target);
  };
  EXPECT_THAT(fault([](auto& t) { t.set_framework_version("2030"); }),
              StatusIs(StatusCode::kInvalidArgument, "of the framework"));
  EXPECT_THAT(fault([](auto& t) { t.set_cell("9.9.9/gone"); }),
              StatusIs(StatusCode::kInvalidArgument, "there is no cell '9.9.9/gone'"));
  EXPECT_THAT(fault([](auto& t) { t.set_unit("years"); }), StatusIs(StatusCode::kInvalidArgument, "unit: "));
  EXPECT_THAT(fault([](auto& t) { t.set_value("101"); }),
              StatusIs(StatusCode::kInvalidArgument, "value: 101 is more than 100"));
}

}  // namespace
}  // namespace hansa::testing
