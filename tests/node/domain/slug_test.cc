#include "node/domain/slug.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;

TEST(SlugTest, AcceptsMembersNames) {
  for (const char* slug : {"kr-osan", "fi-espoo", "int-uil", "gb-derby", "kr-nam-gu-busan", "co-bogota2"}) {
    EXPECT_TRUE(CheckSlug(slug).ok()) << CheckSlug(slug);
  }
  EXPECT_TRUE(CheckSlug("fi-" + std::string(60, 'a')).ok()) << "63 characters";
}

TEST(SlugTest, RefusesOthersAndShowsTheForm) {
  const std::string refused[] = {"",          "espoo",     "roster",    "FI-espoo",
                                 "fi-Espoo",  "fi_espoo",  "fi-",       "-fi-espoo",
                                 "fi--espoo", "fi-espoo-", "fi-bogotá", "zz-nowhere",
                                 "uk-derby",  "fin-espoo", "fi-es poo", "fi-" + std::string(61, 'a')};
  for (const std::string& slug : refused) {
    const absl::Status status = CheckSlug(slug);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << slug;
    EXPECT_THAT(std::string(status.message()), HasSubstr("fi-espoo")) << slug;
  }
}

TEST(SlugTest, HoldsAMemberToItsCountry) {
  EXPECT_TRUE(CheckSlugOf({.slug = "kr-osan", .country = "KOR"}).ok());
  EXPECT_TRUE(CheckSlugOf({.slug = "int-uil", .country = "INT"}).ok());
  EXPECT_THAT(std::string(CheckSlugOf({.slug = "fi-osan", .country = "KOR"}).message()),
              HasSubstr("call it 'kr-osan'"));
  EXPECT_THAT(std::string(CheckSlugOf({.slug = "int-osan", .country = "KOR"}).message()),
              HasSubstr("call it 'kr-osan'"));
  EXPECT_THAT(std::string(CheckSlugOf({.slug = "de-bonn", .country = "INT"}).message()),
              HasSubstr("call it 'int-bonn'"));
  EXPECT_THAT(std::string(CheckSlugOf({.slug = "kr-osan", .country = "KR"}).message()),
              HasSubstr("three capital letters"));
}

}  // namespace
}  // namespace hansa::node::domain
