// What an account may be called, and what may be its password.
#include "node/accounts/account.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "node/accounts/password.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::accounts {
namespace {

using hansa::testing::Must;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// "é" as one character, and as a letter with a mark.
constexpr char kOne[] = "caf\xc3\xa9 au lait, merci";
constexpr char kTwo[] = "cafe\xcc\x81 au lait, merci";

TEST(AccountTest, NamesAreShortLinesOfText) {
  EXPECT_EQ(Must(CleanName("  김지영 ")), "김지영");
  EXPECT_FALSE(CleanName("").ok());
  EXPECT_FALSE(CleanName("a\nb").ok());
  EXPECT_FALSE(CleanName(std::string(61, 'a')).ok());
  EXPECT_FALSE(CleanName("a\xe2\x80\xae"
                         "b")
                   .ok())
      << "it would read backwards";
}

TEST(AccountTest, OfAPasswordOnlyTheLengthCountsAndThatItIsNotTheName) {
  EXPECT_THAT(CleanNewPassword("kim", "eleven char").status().message(), HasSubstr("12"));
  EXPECT_EQ(Must(CleanNewPassword("kim", "twelve chars")), "twelve chars");
  EXPECT_EQ(Must(CleanNewPassword("kim", "aaaaaaaaaaaa")), "aaaaaaaaaaaa");
  EXPECT_EQ(Must(CleanNewPassword("kim", "열두 글자가 되는 문장임")), "열두 글자가 되는 문장임")
      << "characters, not bytes";
  EXPECT_FALSE(CleanNewPassword("Kim.Jiyoung.Osan", "kim.jiyoung.osan").ok());
  EXPECT_FALSE(CleanNewPassword("kim", std::string(1025, 'a')).ok());
  EXPECT_FALSE(CleanNewPassword("kim", "twelve chars\xff").ok());
}

TEST(AccountTest, APasswordIsTheSameOnEveryKeyboard) {
  EXPECT_EQ(Must(CleanNewPassword("kim", kTwo)), kOne);
  EXPECT_EQ(TypedPassword(kTwo), kOne);
  EXPECT_EQ(TypedPassword("  spaces count  "), "  spaces count  ");
  EXPECT_EQ(TypedPassword("\xff"), "");
}

TEST(AccountTest, WhatIsKeptOfAPasswordCostsAGuesserTimeAndMemory) {
  const std::string hashed = Must(HashedPassword("a few words together", PasswordCost()));
  EXPECT_THAT(hashed, StartsWith("$argon2id$v=19$m=65536,t=3,p=1$"));
  EXPECT_TRUE(Must(IsPassword("a few words together", hashed)));
  EXPECT_FALSE(Must(IsPassword("a few words togethe", hashed)));
  EXPECT_NE(Must(HashedPassword("a few words together", PasswordCost())), hashed) << "each has a salt of its own";
}

TEST(AccountTest, WhatStandsForNobodyCostsAsMuch) {
  const std::string nobody = HashOfNobody(PasswordCost());
  EXPECT_THAT(nobody, StartsWith("$argon2id$v=19$m=65536,t=3,p=1$"));
  EXPECT_EQ(nobody.size(), Must(HashedPassword("a few words together", PasswordCost())).size());
  EXPECT_FALSE(Must(IsPassword("", nobody)));
}

TEST(AccountTest, RolesAreOrderedByWhatTheyMayDo) {
  EXPECT_LT(Role::kNobody, Role::kPublic);
  EXPECT_LT(Role::kPublic, Role::kReader);
  EXPECT_LT(Role::kReader, Role::kEditor);
  EXPECT_LT(Role::kEditor, Role::kPublisher);
  EXPECT_LT(Role::kPublisher, Role::kAdministrator);
  EXPECT_EQ(RoleNamed("publisher"), Role::kPublisher);
  EXPECT_EQ(RoleNamed("public"), std::nullopt) << "nobody has an account of that kind";
  EXPECT_EQ(RoleNamed("nobody"), std::nullopt);
}

}  // namespace
}  // namespace hansa::node::accounts
