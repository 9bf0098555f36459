#include "node/domain/moment.h"

#include <unicode/gregocal.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <memory>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"

namespace hansa::node::domain {
namespace {

// Where a day ends last on earth, as an offset from UTC.
constexpr absl::Duration kLastOnEarth = absl::Hours(12);

int NumberAt(absl::string_view text, std::size_t at, std::size_t size) {
  int number = 0;
  return text.size() >= at + size && absl::SimpleAtoi(text.substr(at, size), &number) ? number : 0;
}

absl::CivilDay DayOf(absl::string_view date) {
  return absl::CivilDay(NumberAt(date, 0, 4), NumberAt(date, 5, 2), NumberAt(date, 8, 2));
}

// The instant that clocks of `zone` show as `shown`, which is known.
absl::Time InZone(absl::CivilMinute shown, const std::string& zone) {
  UErrorCode status = U_ZERO_ERROR;
  // The calendar takes the zone over.
  icu::GregorianCalendar calendar(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)), status);
  calendar.clear();
  calendar.set(static_cast<int>(shown.year()), shown.month() - 1, shown.day(), shown.hour(), shown.minute());
  const UDate milliseconds = calendar.getTime(status);
  return U_SUCCESS(status) ? absl::FromUnixMillis(static_cast<std::int64_t>(milliseconds)) : absl::InfiniteFuture();
}

}  // namespace

std::string WrittenMoment(const AnnouncedMoment& moment) {
  std::vector<absl::string_view> parts;
  for (const std::string* part : {&moment.date, &moment.time, &moment.zone}) {
    if (!part->empty()) parts.emplace_back(*part);
  }
  return absl::StrJoin(parts, " ");
}

AnnouncedMoment SplitMoment(absl::string_view written) {
  const std::vector<std::string> parts = absl::StrSplit(written, ' ', absl::SkipEmpty());
  AnnouncedMoment moment;
  if (!parts.empty()) moment.date = parts[0];
  if (parts.size() > 1) moment.time = parts[1];
  // All the rest, so that what is too much is seen there.
  if (parts.size() > 2) moment.zone = absl::StrJoin(parts.begin() + 2, parts.end(), " ");
  return moment;
}

bool IsKnownZone(absl::string_view zone) {
  UErrorCode status = U_ZERO_ERROR;
  char region[8];
  icu::TimeZone::getRegion(icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), static_cast<int>(zone.size()))),
                           region, sizeof region, status);
  return U_SUCCESS(status);
}

absl::Time EndOf(const AnnouncedMoment& moment) {
  const absl::CivilDay day = DayOf(moment.date);
  const absl::CivilMinute midnight(day + 1);
  if (moment.zone.empty() || !IsKnownZone(moment.zone)) {
    return absl::FromCivil(midnight, absl::UTCTimeZone()) + kLastOnEarth;
  }
  if (moment.time.empty()) return InZone(midnight, moment.zone);
  const absl::CivilMinute shown(day.year(), day.month(), day.day(), NumberAt(moment.time, 0, 2),
                                NumberAt(moment.time, 3, 2));
  return InZone(shown, moment.zone);
}

std::string DayEverywhere(absl::Time now) {
  return absl::FormatTime("%Y-%m-%d", now - kLastOnEarth, absl::UTCTimeZone());
}

}  // namespace hansa::node::domain
