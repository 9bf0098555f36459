#include "node/domain/moment.h"

#include <gtest/gtest.h>

namespace hansa::testing {
namespace {

using node::domain::AnnouncedMoment;
using node::domain::DayEverywhere;
using node::domain::EndOf;
using node::domain::IsKnownZone;
using node::domain::SplitMoment;
using node::domain::WrittenMoment;

absl::Time Utc(int year, int month, int day, int hour = 0, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(year, month, day, hour, minute), absl::UTCTimeZone());
}

TEST(Moment, IsWrittenOnOneLineAndReadBack) {
  for (const AnnouncedMoment& moment :
       {AnnouncedMoment{}, AnnouncedMoment{"2027-03-31", "", ""}, AnnouncedMoment{"2027-03-31", "17:00", ""},
        AnnouncedMoment{"2027-03-31", "17:00", "Asia/Seoul"}}) {
    EXPECT_EQ(SplitMoment(WrittenMoment(moment)), moment);
  }
  EXPECT_EQ(SplitMoment(" 2027-03-31  17:00 a b").zone, "a b") << "what is too much is seen";
}

TEST(Moment, OnlyNamesOfZonesAreKnown) {
  for (const char* zone : {"Asia/Seoul", "Europe/Berlin", "Etc/UTC", "America/Argentina/Buenos_Aires"}) {
    EXPECT_TRUE(IsKnownZone(zone)) << zone;
  }
  for (const char* zone : {"", "Asia/Soul", "asia/seoul", "GMT+5", "Mars/Base"})
    EXPECT_FALSE(IsKnownZone(zone)) << zone;
}

TEST(Moment, ATimeEndsInItsZone) {
  EXPECT_EQ(EndOf({"2027-03-31", "17:00", "Asia/Seoul"}), Utc(2027, 3, 31, 8));
  // Summer time began on the 28th.
  EXPECT_EQ(EndOf({"2027-03-31", "17:00", "Europe/Berlin"}), Utc(2027, 3, 31, 15));
  EXPECT_EQ(EndOf({"2027-03-27", "17:00", "Europe/Berlin"}), Utc(2027, 3, 27, 16));
}

TEST(Moment, ADayEndsWithItsLastMinuteInItsZone) {
  EXPECT_EQ(EndOf({"2027-03-31", "", "Asia/Seoul"}), Utc(2027, 3, 31, 15));
  EXPECT_EQ(EndOf({"2027-12-31", "", "America/New_York"}), Utc(2028, 1, 1, 5));
}

TEST(Moment, WithoutAZoneItEndsOnceTheDayHasEndedEverywhere) {
  EXPECT_EQ(EndOf({"2027-03-31", "", ""}), Utc(2027, 4, 1, 12));
  EXPECT_EQ(EndOf({"2027-03-31", "09:00", ""}), Utc(2027, 4, 1, 12)) << "whatever the time";
  EXPECT_EQ(EndOf({"2027-03-31", "09:00", "Mars/Base"}), Utc(2027, 4, 1, 12)) << "nor where nobody knows the zone";
  EXPECT_EQ(EndOf({"2028-02-29", "", ""}), Utc(2028, 3, 1, 12));
  EXPECT_EQ(DayEverywhere(Utc(2027, 4, 1, 11, 59)), "2027-03-31");
  EXPECT_EQ(DayEverywhere(Utc(2027, 4, 1, 12)), "2027-04-01");
}

}  // namespace
}  // namespace hansa::testing
