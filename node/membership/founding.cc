#include "node/membership/founding.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/slug.h"
#include "node/domain/text.h"
#include "node/membership/applicant.h"
#include "node/membership/application.h"
#include "node/membership/endpoint.h"
#include "node/membership/founding_policy.h"
#include "node/membership/proposal.h"
#include "node/membership/quorum.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/roster.h"

namespace hansa::node::membership {
namespace {

using replication::Bytes;
using replication::Kind;
using replication::MemberKind;
using replication::NetworkId;
using replication::NewEntry;
using replication::PublicKey;
using replication::RecordId;
using replication::RootChain;
using replication::RootDocument;
using replication::RosterPayload;
using replication::Seed;
using replication::SodiumCrypto;
using replication::SodiumSigner;
using replication::VerifiedUnit;
namespace roster_kind = replication::roster_kind;

constexpr char kHubSlug[] = "int-uil";

absl::Status Invalid(absl::string_view what) { return absl::InvalidArgumentError(what); }

std::vector<Seed> RandomSeeds(std::uint32_t count) {
  std::vector<Seed> seeds;
  seeds.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) seeds.push_back(RandomSeed());
  return seeds;
}

PublicKey PublicKeyOf(const Seed& seed) { return SodiumSigner(seed)->public_key(); }

std::vector<PublicKey> PublicKeysOf(const std::vector<Seed>& seeds) {
  std::vector<PublicKey> keys;
  keys.reserve(seeds.size());
  for (const Seed& seed : seeds) keys.push_back(PublicKeyOf(seed));
  return keys;
}

NewEntry MakeEntry(Kind kind, const RecordId& record, absl::Time now, const RosterPayload& payload) {
  NewEntry entry;
  entry.kind = kind;
  entry.record = record;
  entry.claimed_time_ms = static_cast<std::uint64_t>(absl::ToUnixMillis(now));
  entry.payload = replication::SaltedPayload{RandomSalt(), Encode(payload)};
  return entry;
}

// The policy, approved by as many of the officers as any later one needs.
NewEntry PolicyEntry(const FoundOptions& options, const FoundingKeys& keys, const NetworkId& network) {
  const Proposal proposal{network, roster_kind::kPolicy, RandomRecordId(), Encode(FoundingPolicy())};
  RosterPayload payload{proposal.body, {}};
  for (std::uint32_t i = 0; i < options.approvals; ++i) {
    payload.approvals.push_back(Approve(proposal, *SodiumSigner(keys.officers[i])));
  }
  return MakeEntry(proposal.kind, proposal.record, options.now, payload);
}

Bytes FrameworkBody() {
  const catalogue::Catalogue& framework = catalogue::CurrentCatalogue();
  return Encode(replication::Framework{framework.framework_id(), framework.version(),
                                       *replication::Hash::From(framework.sha256())});
}

Bytes NetworkInfoBody(const FoundOptions& options) {
  replication::NetworkInfo info{options.name, {}, {options.hub}};
  if (!options.language.empty()) info.names.push_back({options.language, options.name});
  return Encode(info);
}

Bytes HubBody(const FoundOptions& options, const FoundingKeys& keys, const NetworkId& network) {
  const Identity identity = HubIdentity(options);
  const auto writer = SodiumSigner(keys.writer);
  const auto tls = SodiumSigner(keys.tls);
  const ApplicationFile file = SignApplication(network, {identity, *writer, tls.get()}, std::nullopt);
  return Encode(
      replication::MemberAdd{replication::kFirstSecretariat, "", file.statement, file.possession, std::nullopt});
}

// What any other node will find when it folds the entries.
absl::Status JudgeAll(const RootChain& root, const VerifiedUnit& unit) {
  replication::Roster roster(SodiumCrypto(), root);
  for (const replication::Entry& entry : unit.unit().entries) {
    const replication::RosterLine& line = roster.Fold(entry);
    if (!line.valid) {
      return absl::InternalError(
          absl::StrCat("entry ", line.seq.value(), " of the founding would be void: ", line.why_void));
    }
  }
  return absl::OkStatus();
}

}  // namespace

FoundingKeys RandomKeys(const FoundOptions& options) {
  return {RandomSeeds(options.root_keys), RandomSeeds(options.officers), RandomSeed(), RandomSeed(), RandomSeed()};
}

absl::StatusOr<FoundOptions> CleanOptions(FoundOptions options) {
  absl::StatusOr<std::string> name = domain::CleanText(options.name, domain::Lines::kOne);
  if (!name.ok()) {
    return Invalid(absl::StrCat("the network's name cannot be used: ", name.status().message()));
  }
  if (name->empty() || domain::CharacterCount(*name) > kNameCharactersMax) {
    return Invalid(
        absl::StrCat("the network's name has 1 to ", kNameCharactersMax, " characters; give it with --name"));
  }
  options.name = *std::move(name);
  if (options.out.empty()) return Invalid("no folder to found the network in; give one");
  HANSA_RETURN_IF_ERROR(CheckEndpoint(options.hub));
  HANSA_RETURN_IF_ERROR(CheckQuorum({"root keys", options.root_keys, "threshold", options.threshold}));
  HANSA_RETURN_IF_ERROR(CheckQuorum({"officers", options.officers, "number of approvals", options.approvals}));
  if (!options.language.empty() && !domain::IsLanguageTag(options.language)) {
    return Invalid(
        absl::StrCat("there is no language ", domain::Quoted(options.language), "; give a tag such as en or ko"));
  }
  absl::StatusOr<Identity> hub = CleanApplicant(HubIdentity(options));
  HANSA_RETURN_IF_ERROR(hub.status());
  options.secretariat = std::move(hub->name);
  return options;
}

Identity HubIdentity(const FoundOptions& options) {
  return {MemberKind::kSecretariat, replication::KeyRole::kNotGiven,     kHubSlug,
          options.secretariat,      std::string(domain::kInternational), {options.hub}};
}

Charter CharterOf(const FoundOptions& options, const FoundingKeys& keys) {
  RootDocument document;
  document.root_keys = PublicKeysOf(keys.roots);
  document.threshold = options.threshold;
  document.roster_writer = PublicKeyOf(keys.roster);
  document.officer_keys = PublicKeysOf(keys.officers);
  document.approvals = options.approvals;
  Charter charter{options.name, {EncodeRootBody(document), {}}, {}};
  const Bytes message = replication::RootMessage(charter.root.body);
  for (std::uint16_t i = 0; i < options.threshold; ++i) {
    charter.root.signatures.push_back({i, document.version, SodiumSigner(keys.roots[i])->Sign(message)});
  }
  charter.hubs.push_back({options.hub, {replication::PinOf(SodiumCrypto(), PublicKeyOf(keys.tls))}});
  return charter;
}

absl::StatusOr<VerifiedUnit> FirstEntries(const FoundOptions& options, const FoundingKeys& keys,
                                          const Charter& charter) {
  const absl::StatusOr<RootChain> root = RootChain::Begin(SodiumCrypto(), charter.root);
  HANSA_RETURN_IF_ERROR(root.status());
  const NetworkId network = root->network();
  const replication::Roster empty(SodiumCrypto(), *root);
  const std::vector<NewEntry> entries = {
      PolicyEntry(options, keys, network),
      MakeEntry(roster_kind::kFramework, RandomRecordId(), options.now, {FrameworkBody(), {}}),
      MakeEntry(roster_kind::kNetworkInfo, RandomRecordId(), options.now, {NetworkInfoBody(options), {}}),
      MakeEntry(roster_kind::kMemberAdd, RandomRecordId(), options.now, {HubBody(options, keys, network), {}})};
  absl::StatusOr<VerifiedUnit> unit =
      VerifiedUnit::Sign(SodiumCrypto(), network, empty.author(), *SodiumSigner(keys.roster), {}, entries);
  HANSA_RETURN_IF_ERROR(unit.status());
  HANSA_RETURN_IF_ERROR(JudgeAll(*root, *unit));
  return unit;
}

}  // namespace hansa::node::membership
