#include "node/webhooks/webhook_url.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "node/webhooks/webhook.h"
#include "replication/check.h"

namespace hansa::node::webhooks {
namespace {

constexpr absl::string_view kHttps = "https://";
constexpr absl::string_view kHttp = "http://";

absl::Status Fault(absl::string_view what) { return absl::InvalidArgumentError(absl::StrCat("the address: ", what)); }

absl::Status CheckBytes(absl::string_view url) {
  if (url.size() > kUrlBytesMax) {
    return Fault(absl::StrCat("it has more than ", kUrlBytesMax, " bytes; give a shorter one"));
  }
  const bool is_plain = std::all_of(url.begin(), url.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c)) && !absl::StrContains("\"<>\\^`{|}", c);
  });
  if (!is_plain) return Fault("it has bytes that no address has; write them percent-encoded, such as %20");
  if (absl::StrContains(url, '#')) return Fault("what stands behind # is not sent; leave it out");
  return absl::OkStatus();
}

absl::Status CheckPort(absl::string_view port) {
  std::uint32_t number = 0;
  const bool is_number = !port.empty() && std::all_of(port.begin(), port.end(), absl::ascii_isdigit);
  if (is_number && absl::SimpleAtoi(port, &number) && number >= 1 && number <= 65535) return absl::OkStatus();
  return Fault("its port is no number from 1 to 65535; write it as in https://example.org:8443/");
}

// The bytes of an address that is written in numbers; empty for a name.
std::string NumbersOf(absl::string_view host) {
  unsigned char bytes[16];
  if (inet_pton(AF_INET, std::string(host).c_str(), bytes) == 1) return std::string(bytes, bytes + 4);
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') return "";
  const std::string inside(host.substr(1, host.size() - 2));
  return inet_pton(AF_INET6, inside.c_str(), bytes) == 1 ? std::string(bytes, bytes + 16) : "";
}

bool IsName(absl::string_view host) {
  if (host.empty() || host.size() > 253 || host.front() == '.' || host.front() == '-') return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_';
  });
}

struct Authority {
  absl::string_view host;
  absl::string_view port;  // with its colon; empty if none is given
};
Authority Split(absl::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == absl::string_view::npos ? 0 : bracket);
  if (colon == absl::string_view::npos) return {authority, ""};
  return {authority.substr(0, colon), authority.substr(colon)};
}

}  // namespace

absl::Status InTheClear() {
  return absl::InvalidArgumentError(
      "http is not encrypted: whoever carries it could read it; use https, or an address of this machine or of a "
      "private network");
}

bool IsHttps(absl::string_view url) { return absl::StartsWithIgnoreCase(url, kHttps); }

absl::Status CheckUrl(absl::string_view url) {
  HANSA_RETURN_IF_ERROR(CheckBytes(url));
  const bool is_https = IsHttps(url);
  if (!is_https && !absl::StartsWithIgnoreCase(url, kHttp)) {
    return Fault("it begins with neither https:// nor http://; write it in full");
  }
  const absl::string_view rest = url.substr(is_https ? kHttps.size() : kHttp.size());
  const absl::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (absl::StrContains(authority, '@')) {
    return Fault("it holds a user or a password, which would be shown; leave them out, the signature says who sends");
  }
  const Authority parts = Split(authority);
  if (!parts.port.empty()) HANSA_RETURN_IF_ERROR(CheckPort(parts.port.substr(1)));
  const std::string numbers = NumbersOf(parts.host);
  if (numbers.empty() && !IsName(parts.host)) return Fault("it names no host; write it as in https://example.org/hook");
  if (!is_https && !numbers.empty() && !IsOwnNetwork(numbers)) return InTheClear();
  return absl::OkStatus();
}

bool IsOwnNetwork(absl::string_view address) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(address[i]); };
  if (address.size() == 4) {
    return at(0) == 127 || at(0) == 10 || (at(0) == 172 && (at(1) & 0xF0) == 16) || (at(0) == 192 && at(1) == 168);
  }
  if (address.size() != 16) return false;
  const absl::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);
  if (absl::StartsWith(address, mapped)) return IsOwnNetwork(address.substr(12));
  const absl::string_view loopback("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
  return address == loopback || (at(0) & 0xFE) == 0xFC;
}

}  // namespace hansa::node::webhooks
