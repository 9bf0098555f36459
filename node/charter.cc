#include "node/charter.h"

#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "node/membership/endpoint.h"
#include "node/membership/json_file.h"
#include "replication/check.h"

namespace hansa::node {
namespace {

using membership::JsonReader;
using membership::JsonWriter;
using replication::NetworkId;
using replication::Pin;
using replication::RootSignature;
using replication::Signature;
using replication::SodiumCrypto;

constexpr char kForm[] = "charter";
constexpr std::size_t kHubsMax = 9;  // as many as the secretariat may have nodes
constexpr std::size_t kPinsMax = 2;

absl::Status Invalid(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("this is no charter file: ", what, "; ask the secretariat for it again"));
}

replication::SignedRoot ReadRoot(const JsonReader& json) {
  replication::SignedRoot root{json.Base64("body"), {}};
  for (const JsonReader& signature : json.Objects("signatures")) {
    const std::uint64_t index = signature.Number("key", std::numeric_limits<std::uint16_t>::max());
    const std::uint64_t version = signature.Number("version", std::numeric_limits<std::uint32_t>::max());
    const std::optional<Signature> value = Signature::From(signature.Base64("signature"));
    // A signature of another length is none; the threshold then misses it.
    if (!value) continue;
    root.signatures.push_back({static_cast<std::uint16_t>(index), static_cast<std::uint32_t>(version), *value});
  }
  return root;
}

absl::Status CheckHubs(const std::vector<HubAddress>& hubs) {
  if (hubs.empty() || hubs.size() > kHubsMax) return Invalid("it names no hub, or more than nine");
  for (const HubAddress& hub : hubs) {
    const absl::Status endpoint = membership::CheckEndpoint(hub.endpoint);
    if (!endpoint.ok()) return Invalid(endpoint.message());
    if (hub.pins.empty() || hub.pins.size() > kPinsMax) {
      return Invalid(absl::StrCat("the hub ", hub.endpoint, " has no key, or more than two"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::string EncodeCharter(const Charter& charter) {
  JsonWriter root;
  root.Base64("body", charter.root.body);
  std::vector<JsonWriter> signatures;
  for (const RootSignature& signature : charter.root.signatures) {
    signatures.emplace_back()
        .Number("key", signature.key_index)
        .Number("version", signature.of_version)
        .Base64("signature", signature.signature.view());
  }
  root.Objects("signatures", signatures);
  std::vector<JsonWriter> hubs;
  for (const HubAddress& hub : charter.hubs) {
    std::vector<std::string> pins;
    for (const Pin& pin : hub.pins) pins.push_back(pin.hex());
    hubs.emplace_back().Text("endpoint", hub.endpoint).Texts("pins", pins);
  }
  JsonWriter json(kForm);
  json.Text("name", charter.name).Hex("network", NetworkOf(charter).view()).Object("root", root).Objects("hubs", hubs);
  return json.text();
}

absl::StatusOr<Charter> DecodeCharter(const std::string& json) {
  const absl::StatusOr<JsonReader> file = JsonReader::Parse(kForm, json);
  HANSA_RETURN_IF_ERROR(file.status());
  Charter charter;
  charter.name = file->Text("name");
  const NetworkId network = file->Hex<NetworkId>("network");
  if (const std::optional<JsonReader> root = file->Object("root")) charter.root = ReadRoot(*root);
  for (const JsonReader& hub : file->Objects("hubs")) {
    HubAddress address{hub.Text("endpoint"), {}};
    for (const std::string& pin : hub.Texts("pins")) {
      const std::optional<Pin> value = Pin::FromHexText(pin);
      if (!value) return Invalid("a pin is not 64 hex digits");
      address.pins.push_back(*value);
    }
    charter.hubs.push_back(std::move(address));
  }
  HANSA_RETURN_IF_ERROR(file->status());
  const absl::Status name = domain::CheckText(charter.name, domain::Lines::kOne);
  if (!name.ok() || charter.name.empty()) return Invalid("its name is empty or cannot be shown");
  HANSA_RETURN_IF_ERROR(CheckHubs(charter.hubs));
  const absl::StatusOr<replication::RootChain> chain = replication::RootChain::Begin(SodiumCrypto(), charter.root);
  if (!chain.ok()) return Invalid(chain.status().message());
  if (chain->network() != network) return Invalid("its root document is of another network");
  return charter;
}

NetworkId NetworkOf(const Charter& charter) { return replication::NetworkIdOf(SodiumCrypto(), charter.root.body); }

}  // namespace hansa::node
