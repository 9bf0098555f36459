#include "node/spreadsheet/number_format.h"

#include <gtest/gtest.h>

#include <string>

namespace hansa::node::spreadsheet {
namespace {

std::string Shown(absl::string_view stored, absl::string_view code, DayCount days = DayCount::k1900) {
  return ShownNumber(stored, ReadFormatCode(code), days).value_or("none");
}

TEST(NumberFormat, KeepsTheDigitsThatCount) {
  EXPECT_EQ(Shown("76.7", "General"), "76.7");
  EXPECT_EQ(Shown("0.30000000000000004", "General"), "0.3");
  EXPECT_EQ(Shown("98.499999999999986", "General"), "98.5");
  EXPECT_EQ(Shown("33.333333333333336", "General"), "33.333333333");
  EXPECT_EQ(Shown("0.99999999999999999", "General"), "1");
  EXPECT_EQ(Shown("4.2E-2", "General"), "0.042");
  EXPECT_EQ(Shown("1.5E+6", "General"), "1500000");
  EXPECT_EQ(Shown("-12", "General"), "-12");
  EXPECT_EQ(Shown("-0", "General"), "0");
  EXPECT_EQ(Shown("4.9E-324", "General"), "0");
  EXPECT_EQ(Shown("0.0000000005", "General"), "0.000000001");
  EXPECT_EQ(Shown("999999999999999", "General"), "999999999999999");
  EXPECT_EQ(Shown("1E+15", "General"), "none");
  EXPECT_EQ(Shown("1.7E+308", "General"), "none");
}

TEST(NumberFormat, ShowsAtLeastTheDecimalsItAsksFor) {
  EXPECT_EQ(Shown("76.7", "0.00"), "76.70");
  EXPECT_EQ(Shown("1234", "#,##0.0"), "1234.0");
  EXPECT_EQ(Shown("76.75", "0.0"), "76.75");
  EXPECT_EQ(Shown("5", "0.0##"), "5.0");
  EXPECT_EQ(Shown("5", "\"approx. \"0.0;[Red]-0.000"), "5.0");
  EXPECT_EQ(ShownNumber("5", BuiltInFormat(4), DayCount::k1900), "5.00");
}

TEST(NumberFormat, SaysThatItIsPercent) {
  EXPECT_EQ(Shown("0.767", "0.00%"), "76.70%");
  EXPECT_EQ(Shown("0.95", "0%"), "95%");
  EXPECT_EQ(Shown("0.07", "0%"), "7%");
  EXPECT_EQ(ShownNumber("1", BuiltInFormat(9), DayCount::k1900), "100%");
}

TEST(NumberFormat, ReadsDates) {
  EXPECT_EQ(Shown("45352", "yyyy-mm-dd"), "2024-03-01");
  EXPECT_EQ(Shown("45352.75", "d/m/yy h:mm"), "2024-03-01");
  EXPECT_EQ(Shown("1", "d.m.yyyy"), "1900-01-01");
  EXPECT_EQ(Shown("61", "d.m.yyyy"), "1900-03-01");
  EXPECT_EQ(Shown("43890", "yyyy-mm-dd", DayCount::k1904), "2024-03-01");
  EXPECT_EQ(Shown("-1", "yyyy"), "none");
  EXPECT_EQ(Shown("45352", "yyyy"), "2024") << "only the year is shown";
  EXPECT_EQ(Shown("45352", "yyyy\"\xEB\x85\x84\";@"), "2024");
  EXPECT_EQ(ReadFormatCode("[$-409]mmmm").kind, NumberFormat::Kind::kDate);
  EXPECT_EQ(ReadFormatCode("0\" days\"").kind, NumberFormat::Kind::kNumber);
  EXPECT_EQ(BuiltInFormat(14).kind, NumberFormat::Kind::kDate);
}

TEST(NumberFormat, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "x", "1x", "1e", "1e9999", "nan", "inf", ".", "-"})
    EXPECT_EQ(Shown(text, "0"), "none") << text;
}

}  // namespace
}  // namespace hansa::node::spreadsheet
