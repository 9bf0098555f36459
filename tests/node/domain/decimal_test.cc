#include "node/domain/decimal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "absl/strings/str_cat.h"

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;

Decimal Number(const std::string& text) {
  const auto number = Decimal::Parse(text);
  EXPECT_TRUE(number.ok()) << number.status();
  return number.value();
}

TEST(DecimalTest, KeepsWhatWasWritten) {
  for (const char* text : {"0", "-0", "0.0", "76.70", "76.7", "-12", "999999999999999.999999999",
                           "-999999999999999.999999999", "100", "0.000000001", "5.0"}) {
    EXPECT_EQ(Number(text).text(), text);
  }
}

struct Refused {
  const char* text;
  const char* advice;
};

class DecimalRefusal : public ::testing::TestWithParam<Refused> {};

TEST_P(DecimalRefusal, SaysWhatToWrite) {
  const auto number = Decimal::Parse(GetParam().text);
  ASSERT_FALSE(number.ok()) << GetParam().text;
  EXPECT_EQ(number.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(number.status().message()), HasSubstr(GetParam().advice));
}

INSTANTIATE_TEST_SUITE_P(
    All, DecimalRefusal,
    ::testing::Values(Refused{"", "or give a reason for no data"}, Refused{"1,5", "full stop for decimals"},
                      Refused{"1,234.5", "no thousands"}, Refused{"+1", "leave out the plus sign"},
                      Refused{"1e3", "without an exponent"}, Refused{"1E3", "without an exponent"},
                      Refused{"１", "digits 0 to 9"}, Refused{"٣", "digits 0 to 9"}, Refused{"−5", "digits 0 to 9"},
                      Refused{"NaN", "write digits"}, Refused{"inf", "write digits"}, Refused{"7%", "percent sign"},
                      Refused{"007", "leading zeros"}, Refused{"00", "leading zeros"}, Refused{".5", "write digits"},
                      Refused{"5.", "write digits"}, Refused{"-", "write digits"}, Refused{"--1", "write digits"},
                      Refused{"1 000", "write digits"}, Refused{" 1", "write digits"}, Refused{"1 ", "write digits"},
                      Refused{"1\n", "write digits"}, Refused{"1.2.3", "write digits"}, Refused{"0x10", "write digits"},
                      Refused{"1000000000000000", "at most 15 digits"}, Refused{"0.1234567891", "9 after it"},
                      Refused{"-.5", "write digits"}, Refused{"n/a", "write digits"}));

TEST(DecimalTest, ComparesByNumberAndNotByText) {
  EXPECT_TRUE(Compare(Number("1.5"), Number("1.50")) == 0);
  EXPECT_TRUE(Compare(Number("0"), Number("-0.000")) == 0);
  EXPECT_FALSE(Number("1.5") == Number("1.50")) << "as written they are two";
  EXPECT_TRUE(Compare(Number("9"), Number("10")) < 0);
  EXPECT_TRUE(Compare(Number("-9"), Number("-10")) > 0);
  EXPECT_TRUE(Compare(Number("100.000000001"), 100) > 0);
  EXPECT_TRUE(Compare(Number("99.999999999"), 100) < 0);
  EXPECT_TRUE(Compare(Number("100.0"), 100) == 0);
  EXPECT_TRUE(Compare(Number("0.1"), Number("0.10000000")) == 0);
}

TEST(DecimalTest, TellsWholeNumbers) {
  EXPECT_TRUE(Number("12").is_whole());
  EXPECT_TRUE(Number("-12.000").is_whole());
  EXPECT_FALSE(Number("12.000000001").is_whole());
}

// A number put together from parts must read back as these parts, and compare as they do.
TEST(DecimalTest, AgreesWithWholeArithmeticOnManyNumbers) {
  std::mt19937_64 chance(20250101);  // The seed is part of the test.
  const auto draw = [&] {
    const bool negative = chance() % 2 == 0;
    std::uint64_t whole = chance() % 1'000'000'000'000'000u;
    for (std::uint64_t cut = chance() % 16; cut > 0; --cut) whole /= 10;
    const int digits = static_cast<int>(chance() % 10);
    std::string fraction;
    absl::int128 billionths = absl::int128(whole) * 1'000'000'000;
    std::int64_t weight = 100'000'000;
    for (int i = 0; i < digits; ++i, weight /= 10) {
      const int digit = static_cast<int>(chance() % 10);
      absl::StrAppend(&fraction, digit);
      billionths += digit * weight;
    }
    const std::string text = absl::StrCat(negative ? "-" : "", whole, digits == 0 ? "" : ".", fraction);
    return std::pair(text, negative ? -billionths : billionths);
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto [a, a_billionths] = draw();
    const auto [b, b_billionths] = draw();
    ASSERT_EQ(Number(a).text(), a);
    ASSERT_TRUE(Number(a).billionths() == a_billionths) << a;
    ASSERT_EQ(Compare(Number(a), Number(b)) < 0, a_billionths < b_billionths) << a << " " << b;
  }
}

// Whatever is not in the grammar is refused: random strings over the characters that numbers are
// made of, judged by a second reading of the grammar.
TEST(DecimalTest, AcceptsTheGrammarAndNothingElse) {
  const auto fits = [](absl::string_view text) {
    std::size_t i = text.substr(0, 1) == "-" ? 1 : 0;
    const auto digits = [&] {
      const std::size_t start = i;
      while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
      return i - start;
    };
    const std::size_t start = i;
    const std::size_t whole = digits();
    if (whole == 0 || whole > 15 || (whole > 1 && text[start] == '0')) return false;
    if (i == text.size()) return true;
    if (text[i++] != '.') return false;
    const std::size_t fraction = digits();
    return fraction >= 1 && fraction <= 9 && i == text.size();
  };
  std::mt19937 chance(7);
  constexpr char kAlphabet[] = "0011223456789.-,e+ ";
  int accepted = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text(chance() % 8, ' ');
    for (char& c : text) c = kAlphabet[chance() % (sizeof(kAlphabet) - 1)];
    const bool ok = Decimal::Parse(text).ok();
    ASSERT_EQ(ok, fits(text)) << "'" << text << "'";
    accepted += ok ? 1 : 0;
  }
  EXPECT_GT(accepted, 10'000) << "the alphabet must make enough numbers to mean something";
}

TEST(DecimalTest, BillionthsAreWrittenWithoutTrailingZeros) {
  EXPECT_EQ(TextOfBillionths(0), "0");
  EXPECT_EQ(TextOfBillionths(1), "0.000000001");
  EXPECT_EQ(TextOfBillionths(-1'500'000'000), "-1.5");
  EXPECT_EQ(TextOfBillionths(10'000'000'000), "10");
  for (const char* text : {"76.7", "-0.25", "999999999999999.999999999", "1"}) {
    EXPECT_EQ(TextOfBillionths(Decimal::Parse(text).value().billionths()), text);
  }
}

}  // namespace
}  // namespace hansa::node::domain
