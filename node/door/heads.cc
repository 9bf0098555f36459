#include "node/door/heads.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"

namespace hansa::node::door {

void AddSafeHeads(HttpResponse& response) {
  constexpr std::array<std::pair<const char*, const char*>, 7> kHeads = {
      {{"content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
       {"x-content-type-options", "nosniff"},
       {"referrer-policy", "no-referrer"},
       {"cross-origin-opener-policy", "same-origin"},
       {"cross-origin-resource-policy", "same-origin"},
       {"permissions-policy", "geolocation=(), camera=(), microphone=()"},
       {"cache-control", "no-store"}}};
  for (const auto& [name, value] : kHeads) {
    const bool is_there = std::any_of(response.headers.begin(), response.headers.end(),
                                      [name = name](const auto& head) { return head.first == name; });
    if (!is_there) response.headers.emplace_back(name, value);
  }
}

void AddSaveAs(absl::string_view name, HttpResponse& response) {
  response.headers.emplace_back("content-disposition", absl::StrCat("attachment; filename=\"", name, "\""));
}

void AddDescribedBy(absl::string_view address, HttpResponse& response) {
  response.headers.emplace_back("link", absl::StrCat("<", address, ">; rel=\"describedby\""));
}

}  // namespace hansa::node::door
