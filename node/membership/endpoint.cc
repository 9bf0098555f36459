#include "node/membership/endpoint.h"

#include <arpa/inet.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "node/domain/text.h"

namespace hansa::node::membership {
namespace {

constexpr std::size_t kLabelMax = 63;
constexpr std::uint32_t kPortMax = 65535;

// `what` is the whole sentence around the endpoint, such as 'the endpoint … has no port'.
absl::Status Refusal(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(what,
                                                 "; write HOST:PORT, such as hub.example.org:7400 "
                                                 "or [2001:db8::7]:7400"));
}

bool IsLabel(absl::string_view label) {
  if (label.empty() || label.size() > kLabelMax) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  for (const char c : label) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') return false;
  }
  return true;
}

bool IsIpv4(const std::string& host) {
  in_addr address;
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

bool IsIpv6(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool IsName(absl::string_view host) {
  const std::vector<absl::string_view> labels = absl::StrSplit(host, '.');
  for (absl::string_view label : labels) {
    if (!IsLabel(label)) return false;
  }
  // A last label of digits alone is a mistyped IPv4 address, never a name.
  return labels.back().find_first_not_of("0123456789") != absl::string_view::npos;
}

bool IsPort(absl::string_view text) {
  std::uint32_t port = 0;
  return text.find_first_not_of("0123456789") == absl::string_view::npos && text.size() <= 5 &&
         absl::SimpleAtoi(text, &port) && port >= 1 && port <= kPortMax;
}

}  // namespace

absl::Status CheckEndpoint(absl::string_view text) {
  if (text.size() > kEndpointBytesMax)
    return Refusal(absl::StrCat("the endpoint ", domain::Quoted(text), " is too long"));
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos)
    return Refusal(absl::StrCat("the endpoint ", domain::Quoted(text), " has no port"));
  if (!IsPort(text.substr(colon + 1))) {
    return Refusal(
        absl::StrCat("the endpoint ", domain::Quoted(text), " has no port from 1 to 65535 after its last colon"));
  }
  absl::string_view host = text.substr(0, colon);
  if (absl::ConsumePrefix(&host, "[")) {
    if (!absl::ConsumeSuffix(&host, "]") || !IsIpv6(std::string(host))) {
      return Refusal(absl::StrCat("the endpoint ", domain::Quoted(text), " has no IPv6 address between its brackets"));
    }
    return absl::OkStatus();
  }
  if (absl::StrContains(host, ":"))
    return Refusal(absl::StrCat("the endpoint ", domain::Quoted(text), " has an IPv6 address without brackets"));
  if (host.empty()) return Refusal(absl::StrCat("the endpoint ", domain::Quoted(text), " has no host"));
  if (!IsIpv4(std::string(host)) && !IsName(host))
    return Refusal(absl::StrCat("the endpoint ", domain::Quoted(text), " has no host that there can be"));
  return absl::OkStatus();
}

}  // namespace hansa::node::membership
