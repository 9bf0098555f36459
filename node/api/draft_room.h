// Whether the disk has room for drafts: they give way to what others publish, and that to own words.
#ifndef HANSA_NODE_API_DRAFT_ROOM_H_
#define HANSA_NODE_API_DRAFT_ROOM_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::node::api {

//   RESOURCE_EXHAUSTED  the disk is filling up
absl::Status CheckRoomForDrafts(const ApiParts& parts);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_DRAFT_ROOM_H_
