#include "node/door/same_origin.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hansa::node::door {
namespace {

absl::Status FromElsewhere() {
  return absl::PermissionDeniedError(
      "this was not asked by a page of this node; open the page of this node and go on there");
}

// The name that was asked, without its port, in lower case.
std::string NameOf(absl::string_view host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  if (colon != absl::string_view::npos && (bracket == absl::string_view::npos || colon > bracket)) {
    host = host.substr(0, colon);
  }
  return absl::AsciiStrToLower(host);
}
bool IsOfThisMachine(const std::string& name) { return name == "localhost" || name == "127.0.0.1" || name == "[::1]"; }

}  // namespace

absl::StatusOr<Reached> ReachedBy(const HttpRequest& request, const std::vector<std::string>& names) {
  const auto is_host = [](const auto& head) { return head.first == "host"; };
  const bool is_one = std::count_if(request.headers.begin(), request.headers.end(), is_host) == 1;
  const std::string name = is_one ? NameOf(request.Header("host")) : "";
  if (IsOfThisMachine(name)) {
    // Whoever came through a proxy did not ask for this machine, and is not on it.
    if (request.Header("x-forwarded-for").empty() && request.Header("forwarded").empty()) return Reached::kHere;
    return absl::UnavailableError(
        "the proxy before this node hides the name that it was asked by; have it pass the Host head on as it came");
  }
  if (std::find(names.begin(), names.end(), name) != names.end()) return Reached::kByProxy;
  return absl::UnavailableError("this node is not known by that name; start hansad with --http-name and the name");
}

absl::Status CheckSameOrigin(const HttpRequest& request, Reached reached) {
  const absl::string_view site = request.Header("sec-fetch-site");
  const absl::string_view origin = request.Header("origin");
  if (site.empty() && origin.empty()) return FromElsewhere();
  if (!site.empty() && site != "same-origin") return FromElsewhere();
  const std::string own =
      absl::StrCat(reached == Reached::kHere ? "http://" : "https://", absl::AsciiStrToLower(request.Header("host")));
  if (!origin.empty() && origin != own) return FromElsewhere();
  return absl::OkStatus();
}

absl::Status CheckMayChange(const HttpRequest& request, Reached reached) {
  const absl::Status same = CheckSameOrigin(request, reached);
  if (!same.ok()) return same;
  // A DELETE without a body has no type, and no page elsewhere can have one sent.
  if (request.method == "DELETE" && request.body.empty()) return absl::OkStatus();
  const absl::string_view type = request.Header("content-type");
  const std::string bare = absl::AsciiStrToLower(absl::StripAsciiWhitespace(type.substr(0, type.find(';'))));
  if (bare == "application/json" || bare == "application/proto") return absl::OkStatus();
  return absl::InvalidArgumentError("what is sent here is JSON; send it with Content-Type: application/json");
}

bool IsAskedByOwnPage(const HttpRequest& request) {
  const absl::string_view site = request.Header("sec-fetch-site");
  return site.empty() || site == "same-origin" || site == "none";
}

absl::string_view CookieValue(const HttpRequest& request, absl::string_view name) {
  absl::string_view value;
  int found = 0;
  for (const auto& [head, cookies] : request.headers) {
    if (head != "cookie") continue;
    for (absl::string_view cookie : absl::StrSplit(cookies, ';')) {
      cookie = absl::StripAsciiWhitespace(cookie);
      const std::size_t equals = cookie.find('=');
      if (equals == absl::string_view::npos || cookie.substr(0, equals) != name) continue;
      value = cookie.substr(equals + 1);
      ++found;
    }
  }
  return found == 1 ? value : absl::string_view();
}

}  // namespace hansa::node::door
