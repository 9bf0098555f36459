// Heads of answers, in the words of HTTP. Pure.
#ifndef HANSA_NODE_DOOR_HEADS_H_
#define HANSA_NODE_DOOR_HEADS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/door/http_server.h"

namespace hansa::node::door {

// What every answer carries, unless it has a head of that name: it is no page that another may frame, run, guess the
// type of or keep.
void AddSafeHeads(HttpResponse& response);

// The file is saved under this name (ASCII, no quotes).
void AddSaveAs(absl::string_view name, HttpResponse& response);
// `address` (relative) tells how to read what is answered.
void AddDescribedBy(absl::string_view address, HttpResponse& response);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_HEADS_H_
