#include "node/cli/place_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "hansa/v1/node_places.pb.h"
#include "node/cli/json_parts.h"

namespace hansa::node::cli {

std::string JsonOf(const v1::GetPlaceReply& place) {
  const json::Json json = {{"id", place.id()},
                           {"member", place.member()},
                           {"name", place.name()},
                           {"population", json::OrNull(place.population())},
                           {"year", json::OrNull(std::uint64_t{place.year()})},
                           {"source", json::OrNull(place.source())},
                           {"note", json::OrNull(place.note())},
                           {"revision", place.revision()},
                           {"fault", json::OrNull(place.fault())}};
  return json::Text(json);
}

}  // namespace hansa::node::cli
