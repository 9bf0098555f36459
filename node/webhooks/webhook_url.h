// Where a hook may send. Promise: nothing of an address reaches a header or the wire but what such an address is made
// of; in the clear, nothing leaves the city's own network.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_URL_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_URL_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hansa::node::webhooks {

// https to anywhere; http to this machine or a private address, or to a name, which is looked at when it is called.
//   INVALID_ARGUMENT  not such an address: another scheme, no host, a user or password, a fragment, more than
//                     kUrlBytesMax bytes, or bytes that must be percent-encoded; or http to an address of the internet
absl::Status CheckUrl(absl::string_view url);

bool IsHttps(absl::string_view url);

// Whether an address is this machine or of a private network. `address` is 4 or 16 bytes in network order: 127/8, 10/8,
// 172.16/12, 192.168/16; ::1, fc00::/7, and the former as seen from IPv6. Of any other length: false.
bool IsOwnNetwork(absl::string_view address);

// What is wrong with http to an address outside, and what to do.
absl::Status InTheClear();

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_URL_H_
