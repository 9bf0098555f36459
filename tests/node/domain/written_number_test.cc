#include "node/domain/written_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;

// What a number is read as: its digits, 'no value', or what is wrong with it and what to do.
std::string Understood(absl::string_view text, DecimalSign sign = DecimalSign::kPointUnsaid, bool percent = true) {
  const auto read = ReadNumber(text, sign, percent);
  if (const auto* number = std::get_if<Decimal>(&read)) return number->text();
  if (std::holds_alternative<NoValue>(read)) return "no value";
  const auto& fault = std::get<Explanation>(read);
  return absl::StrCat("refused: ", fault.what, "; ", fault.remedy);
}

TEST(WrittenNumbers, KeepTheirDigits) {
  EXPECT_EQ(Understood("76.70"), "76.70");
  EXPECT_EQ(Understood("0"), "0");
  EXPECT_EQ(Understood("-3.5"), "-3.5");
  EXPECT_EQ(Understood("76,70", DecimalSign::kComma), "76.70");
  EXPECT_EQ(Understood("76,70", DecimalSign::kEither), "76.70");
  EXPECT_EQ(Understood("76.70", DecimalSign::kEither), "76.70");
}

TEST(WrittenNumbers, MayHaveTheirThousandsParted) {
  EXPECT_EQ(Understood("1 234 567"), "1234567");
  EXPECT_EQ(Understood("1\xC2\xA0"
                       "234.5"),
            "1234.5");
  EXPECT_EQ(Understood("1'234.5"), "1234.5");
  EXPECT_EQ(Understood("1,234,567"), "1234567");
  EXPECT_EQ(Understood("12,34,567"), "1234567");
  EXPECT_EQ(Understood("1,234.50"), "1234.50");
  EXPECT_EQ(Understood("1.234.567,8", DecimalSign::kComma), "1234567.8");
  EXPECT_EQ(Understood("1.234.567"), "1234567");
  EXPECT_EQ(Understood("1.234", DecimalSign::kComma), "1234");
}

TEST(WrittenNumbers, MayHaveAPercentSignWhereTheRowIsInPercent) {
  EXPECT_EQ(Understood("95 %"), "95");
  EXPECT_EQ(Understood("95.0%"), "95.0");
  EXPECT_EQ(Understood("９５．５％"), "95.5");
  EXPECT_THAT(Understood("95%", DecimalSign::kPoint, false), HasSubstr("is in percent, and the row is not"));
}

TEST(WrittenNumbers, MayBeWrittenInTheDigitsOfAnyScript) {
  EXPECT_EQ(Understood("٤٥"), "45");
  EXPECT_EQ(Understood("४५.५"), "45.5");
  EXPECT_EQ(Understood("−4"), "-4");
}

TEST(WrittenNumbers, AreNoValueWhereTheySaySo) {
  for (const char* sign : {"..", "…", "n/a", "N/A", ":", "no data", "자료 없음", " "}) {
    EXPECT_EQ(Understood(sign), "no value") << sign;
  }
}

TEST(WrittenNumbers, AreNeverGuessed) {
  EXPECT_THAT(Understood("1,234"), HasSubstr("could be 1234 or 1.234"));
  EXPECT_THAT(Understood("1.234", DecimalSign::kEither), HasSubstr("could be 1234 or 1.234"));
  EXPECT_THAT(Understood("12,5"), HasSubstr("write 12.5, or import with --decimal comma"));
  EXPECT_THAT(Understood("12.5", DecimalSign::kComma), HasSubstr("write 12,5, or import with --decimal point"));
  EXPECT_THAT(Understood("-"), HasSubstr("may mean nought or no data"));
  EXPECT_THAT(Understood("—"), HasSubstr("may mean nought or no data"));
}

TEST(WrittenNumbers, AreOneNumberOnceAPersonSaidWhichSignIsTheDecimalOne) {
  EXPECT_THAT(Understood("-39,432"),
              HasSubstr("import with --decimal point if it is -39432, --decimal comma if it is -39.432"));
  EXPECT_THAT(Understood("39.432", DecimalSign::kEither),
              HasSubstr("import with --decimal point if it is 39.432, --decimal comma if it is 39432"));
  EXPECT_EQ(Understood("39,432", DecimalSign::kPoint), "39432");
  EXPECT_EQ(Understood("39,432", DecimalSign::kComma), "39.432");
  EXPECT_EQ(Understood("39.432", DecimalSign::kPoint), "39.432");
  EXPECT_EQ(Understood("39.432", DecimalSign::kComma), "39432");
  EXPECT_EQ(Understood("12,345,678", DecimalSign::kPoint), "12345678");
  EXPECT_EQ(Understood("1,234.5", DecimalSign::kPoint), "1234.5");
  EXPECT_THAT(Understood("0,432", DecimalSign::kPoint), HasSubstr("has a comma before the decimals"));
  EXPECT_THAT(Understood("12,5", DecimalSign::kPoint), HasSubstr("has a comma before the decimals"));
}

TEST(WrittenNumbers, HaveNoSignWhereTheyAreNought) {
  EXPECT_EQ(Understood("-0"), "0");
  EXPECT_EQ(Understood("-0.00"), "0.00");
  EXPECT_EQ(Understood("−0,0", DecimalSign::kComma), "0.0");
  EXPECT_EQ(Understood("-0.01"), "-0.01");
}

TEST(WrittenNumbers, AreRefusedByNameWithWhatToWrite) {
  EXPECT_THAT(Understood("#DIV/0!"), HasSubstr("fault of the spreadsheet's own formula"));
  EXPECT_THAT(Understood("~5"), HasSubstr("write the number alone"));
  EXPECT_THAT(Understood("5 (p)"), HasSubstr("write the number alone"));
  EXPECT_THAT(Understood("5*"), HasSubstr("write the number alone"));
  EXPECT_THAT(Understood("1e6"), HasSubstr("write the number out, without an exponent"));
  EXPECT_THAT(Understood("many"), HasSubstr("is not a number"));
  EXPECT_THAT(Understood("1 23"), HasSubstr("write the number alone"));
  EXPECT_THAT(Understood("1.2.3"), HasSubstr("write digits with a full stop"));
  EXPECT_THAT(Understood("+5"), HasSubstr("leave out the plus sign"));
  EXPECT_THAT(Understood("1,2,3"), HasSubstr("write the number alone"));
  EXPECT_THAT(Understood("--5"), HasSubstr("'--5'"));
  EXPECT_THAT(Understood("5%%"), HasSubstr("write the number alone"));
  EXPECT_THAT(Understood("\xFF\xFE"), HasSubstr("is not a number"));
}

TEST(WrittenNumbers, AreTheSameHoweverACountryWritesThem) {
  // Each number of thousands, with each kind of separator and decimals that leave no doubt.
  for (const char* whole : {"1", "12", "123", "1234", "123456", "1234567"}) {
    for (const std::string& decimals : {std::string("5"), std::string("25"), std::string("1234")}) {
      const std::string number = absl::StrCat(whole, ".", decimals);
      std::string grouped;
      const std::string digits = whole;
      for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) grouped += '_';
        grouped += digits[i];
      }
      const auto with = [&](const std::string& mark, char decimal) {
        std::string text;
        for (const char c : grouped) text += c == '_' ? mark : std::string(1, c);
        return text + decimal + decimals;
      };
      for (const char* mark : {"", " ", "'", ","}) {
        EXPECT_EQ(Understood(with(mark, '.')), number);
        EXPECT_EQ(Understood(with(mark, '.'), DecimalSign::kEither), number);
      }
      for (const char* mark : {"", " ", "'", "."}) EXPECT_EQ(Understood(with(mark, ','), DecimalSign::kComma), number);
    }
  }
}

}  // namespace
}  // namespace hansa::node::domain
