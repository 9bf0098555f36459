#include "node/wire/address.h"

#include <limits>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "node/domain/text.h"

namespace hansa::node::wire {
namespace {

constexpr std::size_t kHostCharactersMax = 253;

absl::Status Refused(absl::string_view text, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat(domain::Quoted(text), " is not an address: ", why,
                   "; write HOST:PORT, such as hub.example.org:7400 or [2001:db8::7]:7400"));
}

bool IsHostCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_';
}

bool IsIpv6Character(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == ':' || c == '.' || c == '%';
}

}  // namespace

std::string Address::text() const {
  return host.find(':') == std::string::npos ? absl::StrCat(host, ":", port) : absl::StrCat("[", host, "]:", port);
}

absl::StatusOr<Address> ParseAddress(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos) return Refused(text, "the port is missing");
  absl::string_view host = text.substr(0, colon);
  const absl::string_view port_text = text.substr(colon + 1);

  std::uint32_t port = 0;
  const bool digits_only = port_text.find_first_not_of("0123456789") == absl::string_view::npos;
  if (!digits_only || !absl::SimpleAtoi(port_text, &port) || port > std::numeric_limits<std::uint16_t>::max()) {
    return Refused(text, "the port is not a number from 0 to 65535");
  }

  const bool bracketed = absl::ConsumePrefix(&host, "[");
  if (bracketed && !absl::ConsumeSuffix(&host, "]")) return Refused(text, "a bracket is missing");
  if (host.empty()) return Refused(text, "the host is missing");
  if (host.size() > kHostCharactersMax) return Refused(text, "the host is too long");
  for (const char c : host) {
    if (c == ':' && !bracketed) return Refused(text, "an IPv6 address goes in brackets");
    if (bracketed ? !IsIpv6Character(c) : !IsHostCharacter(c)) {
      return Refused(text, "a character that no host has");
    }
  }
  return Address{std::string(host), static_cast<std::uint16_t>(port)};
}

std::string AddressOfGrpcPeer(absl::string_view peer) {
  if (!absl::ConsumePrefix(&peer, "ipv4:")) absl::ConsumePrefix(&peer, "ipv6:");
  return absl::StrReplaceAll(peer, {{"%5B", "["}, {"%5D", "]"}, {"%25", "%"}});
}

}  // namespace hansa::node::wire
