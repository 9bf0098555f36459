// By which name the node was asked, and whether a request that may change something was made by a page of this node
// itself. A page elsewhere can have a browser send requests here, with its cookies even; what it cannot do is have them
// look like this. Pure.
#ifndef HANSA_NODE_DOOR_SAME_ORIGIN_H_
#define HANSA_NODE_DOOR_SAME_ORIGIN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/door/http_server.h"

namespace hansa::node::door {

// How browsers reach the node by the name they asked for.
enum class Reached {
  kHere,     // this machine, by plain HTTP
  kByProxy,  // one of the names of --http-name, by HTTPS
};

// What is answered to who asks by a name that is none of the node's: 421, as HTTP calls it.
inline constexpr int kMisdirected = 421;
// `names` are those of --http-name, in lower case.
//   UNAVAILABLE  it was asked by another name, or by one that a proxy made up; says what to do
absl::StatusOr<Reached> ReachedBy(const HttpRequest& request, const std::vector<std::string>& names);

// The browser says the request comes from this very origin: by Sec-Fetch-Site, by Origin, and by both where both are
// there.
//   PERMISSION_DENIED  it says otherwise, or nothing
absl::Status CheckSameOrigin(const HttpRequest& request, Reached reached);
// That, and the media type is one that no form and no page elsewhere can send unasked.
//   PERMISSION_DENIED  as above
//   INVALID_ARGUMENT   neither application/json nor application/proto
absl::Status CheckMayChange(const HttpRequest& request, Reached reached);

// Whether a cookie of this request counts: it may come along with a request that another page caused.
bool IsAskedByOwnPage(const HttpRequest& request);

// The value of a cookie; empty: it is not there, or there twice.
absl::string_view CookieValue(const HttpRequest& request, absl::string_view name);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_SAME_ORIGIN_H_
