// Codes as every authenticator app shows them.
#include "node/accounts/one_time_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace hansa::node::accounts {
namespace {

using ::testing::MatchesRegex;

// RFC 6238, appendix B: SHA-1, 8 digits, this secret.
constexpr char kSecret[] = "12345678901234567890";

TEST(OneTimeCodeTest, TheCodesAreThoseOfTheRfc) {
  const std::pair<std::int64_t, const char*> rows[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                       {1111111111, "14050471"}, {1234567890, "89005924"},
                                                       {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : rows) {
    const std::uint64_t step = StepAt(absl::FromUnixSeconds(seconds));
    EXPECT_EQ(CodeAt(kSecret, step, 8), code);
    EXPECT_EQ(CodeAt(kSecret, step), std::string(code).substr(2)) << "six digits are the last six";
  }
}

TEST(OneTimeCodeTest, SecretsAreReadAsTheyAreWritten) {
  // RFC 4648, section 10, without padding.
  EXPECT_EQ(FromBase32("MZXW6YTBOI"), "foobar");
  EXPECT_EQ(FromBase32("mzxw6"), "foo");
  EXPECT_EQ(FromBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), kSecret);
  EXPECT_EQ(FromBase32("MZXW6YT0"), std::nullopt);
  const std::string secret = NewCodeSecret();
  EXPECT_THAT(secret, MatchesRegex("[A-Z2-7]{32}"));
  EXPECT_EQ(FromBase32(secret)->size(), 20U);
  EXPECT_NE(NewCodeSecret(), secret);
}

TEST(OneTimeCodeTest, TheNeighboursOfNowAreTakenAndEachOnce) {
  const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const auto code = [](std::uint64_t step) { return CodeAt(kSecret, step); };
  constexpr std::uint64_t kNow = 60'000'000;
  EXPECT_EQ(StepOf(code(kNow), secret, kNow, 0), kNow);
  EXPECT_EQ(StepOf(code(kNow - 1), secret, kNow, 0), kNow - 1);
  EXPECT_EQ(StepOf(code(kNow + 1), secret, kNow, 0), kNow + 1);
  EXPECT_EQ(StepOf(code(kNow - 2), secret, kNow, 0), std::nullopt);
  EXPECT_EQ(StepOf(code(kNow + 2), secret, kNow, 0), std::nullopt);
  EXPECT_EQ(StepOf(code(kNow), secret, kNow, kNow), std::nullopt) << "it was used";
  EXPECT_EQ(StepOf(code(kNow + 1), secret, kNow, kNow), kNow + 1);
  EXPECT_EQ(StepOf("", secret, kNow, 0), std::nullopt);
  EXPECT_EQ(StepOf("12345", secret, kNow, 0), std::nullopt);
  EXPECT_EQ(StepOf(code(kNow), "", kNow, 0), std::nullopt) << "nobody's secret has no codes";
}

TEST(OneTimeCodeTest, AnAppReadsTheAddress) {
  EXPECT_EQ(CodeAddress("김 a", "MZXW6"), "otpauth://totp/Hansa:%EA%B9%80%20a?secret=MZXW6&issuer=Hansa");
}

}  // namespace
}  // namespace hansa::node::accounts
