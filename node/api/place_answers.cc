#include "node/api/place_answers.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "hansa/v1/node_places.pb.h"
#include "hansa/v1/node_records.pb.h"
#include "node/api/published_record.h"
#include "node/desk/place_desk.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

// A year that is none stays none, whatever its size.
int YearAsGiven(std::uint32_t year) {
  return static_cast<int>(std::min(year, std::uint32_t{std::numeric_limits<std::int32_t>::max()}));
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::GetPlaceRequest& request, v1::GetPlaceReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto shown = parts.places.Show(request.member());
  HANSA_RETURN_IF_ERROR(shown.status());
  const desk::StandingPlace& place = shown->place;
  reply.set_id(place.id.hex());
  reply.set_member(shown->member);
  reply.set_name(shown->name);
  reply.set_population(place.population);
  reply.set_year(static_cast<std::uint32_t>(place.year));
  reply.set_source(place.source);
  reply.set_note(place.note);
  reply.set_revision(static_cast<std::uint32_t>(place.revision));
  reply.set_fault(place.fault);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::SetPlaceRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.places.Set({.population = request.population(),
                                       .year = YearAsGiven(request.population_year()),
                                       .source = request.source(),
                                       .note = request.note()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawPlaceRequest&, v1::PublishedRecord& reply) {
  const auto entry = parts.places.Withdraw();
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
