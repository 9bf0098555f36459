#include "node/desk/place_records.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/indicators.pb.h"
#include "node/desk/practice_records.h"
#include "node/words/words.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {

using projection::RecordView;

absl::StatusOr<std::optional<PlaceRecord>> PlaceRecordOf(const storage::FeedStore& feeds,
                                                         const projection::Views& views, replication::Member member) {
  const absl::StatusOr<std::vector<RecordView>> records = views.RecordsOf(member, replication::kIndicators);
  HANSA_RETURN_IF_ERROR(records.status());
  const RecordView* last = nullptr;
  for (const RecordView& record : *records) {
    const bool is_later = last == nullptr || last->revisions.back().position < record.revisions.back().position;
    if (KindThatStands(record) == replication::kCityPlace && is_later) last = &record;
  }
  if (last == nullptr) return std::optional<PlaceRecord>();
  absl::StatusOr<PlaceRecord> place = WhatItSays<v1::CityPlace>(feeds, *last, replication::kCityPlace);
  HANSA_RETURN_IF_ERROR(place.status());
  return std::optional<PlaceRecord>(*std::move(place));
}

absl::StatusOr<std::optional<StandingPlace>> PlaceOf(const storage::FeedStore& feeds, const projection::Views& views,
                                                     replication::Member member) {
  const absl::StatusOr<std::optional<PlaceRecord>> record = PlaceRecordOf(feeds, views, member);
  HANSA_RETURN_IF_ERROR(record.status());
  if (!record->has_value() || (*record)->withdrawn()) return std::optional<StandingPlace>();
  StandingPlace place;
  place.id = (*record)->record.key.id;
  place.revision = (*record)->record.revisions.size();
  place.fault = (*record)->fault;
  if ((*record)->stands()) {
    const v1::CityPlace& said = *(*record)->said;
    place.population = said.population();
    place.year = static_cast<int>(said.population_year());
    place.source = said.source();
    place.note = said.note();
  }
  return std::optional<StandingPlace>(std::move(place));
}

absl::StatusOr<Populations> PopulationsOf(const storage::FeedStore& feeds, const projection::Views& views,
                                          const replication::Roster& roster) {
  Populations populations;
  for (const auto& [number, member] : roster.state().members) {
    if (member.kind != replication::MemberKind::kCity) continue;
    const absl::StatusOr<std::optional<StandingPlace>> place = PlaceOf(feeds, views, number);
    HANSA_RETURN_IF_ERROR(place.status());
    if (place->has_value() && (*place)->population > 0) populations.emplace(number, (*place)->population);
  }
  return populations;
}

std::string TitleOf(const v1::CityPlace& place) {
  const std::string count = words::Grouped(place.population());
  return place.population_year() == 0 ? absl::StrCat("residents: ", count, " (not dated)")
                                      : absl::StrCat("residents: ", count, " (", place.population_year(), ")");
}

}  // namespace hansa::node::desk
