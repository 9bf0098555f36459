// A day, or a time of a day in some zone, as people announce it (hansa/v1/reference.proto, Moment): how it is written,
// and when it is over. Pure: the zones are those that the library of Unicode brings along, and no clock is read.
#ifndef HANSA_NODE_DOMAIN_MOMENT_H_
#define HANSA_NODE_DOMAIN_MOMENT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hansa::node::domain {

struct AnnouncedMoment {
  std::string date;  // YYYY-MM-DD; empty: there is no such moment
  std::string time;  // HH:MM; empty: the whole day
  std::string zone;  // IANA name, such as Asia/Seoul; empty: not given

  friend bool operator==(const AnnouncedMoment&, const AnnouncedMoment&) = default;
};

// '2027-03-31 17:00 Asia/Seoul': what is given of it, with a space between; empty for none.
std::string WrittenMoment(const AnnouncedMoment& moment);
// The way back: the day, then a time, then all the rest as the zone. Nothing is judged.
AnnouncedMoment SplitMoment(absl::string_view written);

// Whether the library knows a zone called so; capitals count.
bool IsKnownZone(absl::string_view zone);

// The first instant at which `moment`, which has a sound date, is over. A day is over when it has ended in its zone. A
// zone that is not given or not known: when the day, whatever the time, has ended everywhere on earth (UTC-12).
absl::Time EndOf(const AnnouncedMoment& moment);

// The day it is at `now` in the place on earth where it is earliest (UTC-12), YYYY-MM-DD.
std::string DayEverywhere(absl::Time now);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_MOMENT_H_
