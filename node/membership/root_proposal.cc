#include "node/membership/root_proposal.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/membership/json_file.h"
#include "node/membership/statement_file.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::Bytes;
using replication::BytesView;
using replication::NetworkId;
using replication::PublicKey;
using replication::RootChain;
using replication::RootDocument;
using replication::RootSignature;
using replication::Signature;
using replication::SignedRoot;
using replication::SodiumCrypto;

constexpr char kProposalForm[] = "root-proposal";
constexpr char kSignatureForm[] = "root-signature";
// By as many keys as two versions have.
constexpr std::size_t kSignaturesMax = 2 * replication::kRootKeysMax;

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

bool Holds(const std::vector<PublicKey>& keys, const PublicKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::size_t CountNew(const std::vector<PublicKey>& keys, const std::vector<PublicKey>& before) {
  return static_cast<std::size_t>(
      std::count_if(keys.begin(), keys.end(), [&before](const PublicKey& key) { return !Holds(before, key); }));
}

std::string WordsOfRootKeys(const RootDocument& before, const RootDocument& next) {
  if (next.root_keys == before.root_keys && next.threshold == before.threshold) return "root keys as before";
  return absl::StrCat("root keys, ", next.threshold, " of ", next.root_keys.size(), " to sign together, ",
                      CountNew(next.root_keys, before.root_keys), " new");
}

std::string WordsOfOfficers(const RootDocument& before, const RootDocument& next) {
  if (next.officer_keys == before.officer_keys && next.approvals == before.approvals) return "officers as before";
  return absl::StrCat("officers, ", next.approvals, " of ", next.officer_keys.size(), " to approve together, ",
                      CountNew(next.officer_keys, before.officer_keys), " new");
}

std::string WordsOfRoster(const RootDocument& before, const RootDocument& next) {
  if (next.roster_incarnation == before.roster_incarnation) return "roster key as before";
  return absl::StrCat("a new key writes the roster, after entry ",
                      next.previous_roster ? next.previous_roster->len.value() : 0);
}

// The chain of a proposal file.
absl::StatusOr<RootChain> ReadChain(const JsonReader& json) {
  std::vector<SignedRoot> versions;
  for (const JsonReader& version : json.Objects("versions")) {
    absl::StatusOr<SignedRoot> root = replication::DecodeSignedRoot(version.Base64("document"));
    HANSA_RETURN_IF_ERROR(root.status());
    versions.push_back(*std::move(root));
  }
  HANSA_RETURN_IF_ERROR(json.status());
  if (versions.empty()) return Refused("the proposal was altered: it holds no root document; ask for it again");
  absl::StatusOr<RootChain> chain = RootChain::Begin(SodiumCrypto(), std::move(versions.front()));
  HANSA_RETURN_IF_ERROR(chain.status());
  for (std::size_t i = 1; i < versions.size(); ++i) {
    HANSA_RETURN_IF_ERROR(chain->Append(SodiumCrypto(), std::move(versions[i])));
  }
  return chain;
}

std::vector<RootSignature> ReadSignatures(const JsonReader& json) {
  std::vector<RootSignature> signatures;
  for (const JsonReader& signature : json.Objects("signatures")) {
    signatures.push_back(
        {static_cast<std::uint16_t>(signature.Number("key", std::numeric_limits<std::uint16_t>::max())),
         static_cast<std::uint32_t>(signature.Number("version", std::numeric_limits<std::uint32_t>::max())),
         signature.Hex<Signature>("signature")});
  }
  return signatures;
}

}  // namespace

std::vector<SignedRoot> VersionsOf(const RootChain& chain) {
  std::vector<SignedRoot> versions;
  for (const Bytes& bytes : chain.SignedFrom(1)) {
    absl::StatusOr<SignedRoot> root = replication::DecodeSignedRoot(bytes);
    HANSA_CHECK(root.ok());
    versions.push_back(*std::move(root));
  }
  return versions;
}

absl::StatusOr<RootProposal> RootProposalOf(RootChain chain, Bytes body) {
  absl::StatusOr<RootDocument> next = replication::DecodeRootBody(body);
  if (!next.ok()) return Refused(next.status().message());
  // Signed by nobody, it lacks signatures and nothing else.
  RootChain tried = chain;
  const absl::Status status = tried.Append(SodiumCrypto(), SignedRoot{body, {}});
  if (!absl::IsUnauthenticated(status)) return Refused(status.message());
  return RootProposal{std::move(chain), std::move(body), *std::move(next)};
}

std::string RootInWords(const RootDocument& before, const RootDocument& next) {
  return absl::StrCat("version ", next.version, " of the root document: ", WordsOfRootKeys(before, next), "; ",
                      WordsOfOfficers(before, next), "; ", WordsOfRoster(before, next));
}

std::string InWords(const RootProposal& proposal) { return RootInWords(proposal.chain.newest(), proposal.next); }

bool SaysItIsARootProposal(absl::string_view bytes) { return JsonReader::Parse(kProposalForm, bytes).ok(); }

std::string EncodeRootProposal(const RootProposal& proposal) {
  std::vector<JsonWriter> versions;
  for (const Bytes& document : proposal.chain.SignedFrom(1)) versions.emplace_back().Base64("document", document);
  JsonWriter json(kProposalForm);
  json.Text("what", InWords(proposal))
      .Hex("network", proposal.chain.network().view())
      .Base64("body", proposal.body)
      .Objects("versions", versions);
  return json.text();
}

absl::StatusOr<RootProposal> DecodeRootProposal(absl::string_view bytes) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kProposalForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  Bytes body = json->Base64("body");
  const std::string what = json->Text("what");
  const NetworkId network = json->Hex<NetworkId>("network");
  absl::StatusOr<RootChain> chain = ReadChain(*json);
  HANSA_RETURN_IF_ERROR(json->status());
  if (!chain.ok()) return Refused(chain.status().message());
  if (chain->network() != network) {
    return Refused("the proposal was altered: its root documents are of another network; ask for it again");
  }
  absl::StatusOr<RootProposal> proposal = RootProposalOf(*std::move(chain), std::move(body));
  HANSA_RETURN_IF_ERROR(proposal.status());
  HANSA_RETURN_IF_ERROR(CheckCopy(*json, "what", InWords(*proposal)));
  return proposal;
}

bool MaySign(const RootProposal& proposal, const PublicKey& key) {
  return Holds(proposal.chain.newest().root_keys, key) || Holds(proposal.next.root_keys, key);
}

absl::StatusOr<std::string> SignRoot(const RootProposal& proposal, const replication::Signer& key) {
  std::vector<JsonWriter> signatures;
  for (const RootDocument* of : {&proposal.chain.newest(), &proposal.next}) {
    const auto found = std::find(of->root_keys.begin(), of->root_keys.end(), key.public_key());
    if (found == of->root_keys.end()) continue;
    signatures.emplace_back()
        .Number("key", static_cast<std::uint64_t>(found - of->root_keys.begin()))
        .Number("version", of->version)
        .Hex("signature", key.Sign(replication::RootMessage(proposal.body)).view());
  }
  if (signatures.empty()) {
    return Refused(absl::StrCat("the key is no root key of version ", proposal.chain.newest().version, " or ",
                                proposal.next.version,
                                " of the root document; give one of the files that `hansa network "
                                "found` or `hansa root` made for the holders of root keys"));
  }
  JsonWriter json(kSignatureForm);
  json.Text("what", InWords(proposal))
      .Hex("network", proposal.chain.network().view())
      .Number("version", proposal.next.version)
      .Base64("body", proposal.body)
      .Objects("signatures", signatures);
  return json.text();
}

absl::StatusOr<std::string> SignRootFile(const SignRootOptions& options) {
  const absl::StatusOr<RootProposal> proposal = DecodeRootProposal(options.proposal);
  HANSA_RETURN_IF_ERROR(proposal.status());
  const absl::StatusOr<replication::Seed> seed = ReadKey(options.key_file);
  if (absl::IsDataLoss(seed.status())) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.key_file, " is no root key; give one of the files that `hansa network found` made"));
  }
  HANSA_RETURN_IF_ERROR(seed.status());
  return SignRoot(*proposal, *replication::SodiumSigner(*seed));
}

absl::StatusOr<RootSignatures> DecodeRootSignatures(absl::string_view bytes) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kSignatureForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  RootSignatures file{json->Hex<NetworkId>("network"), json->Base64("body"), {}, ReadSignatures(*json)};
  const std::uint64_t version = json->Number("version", std::numeric_limits<std::uint32_t>::max());
  HANSA_RETURN_IF_ERROR(json->status());
  absl::StatusOr<RootDocument> document = replication::DecodeRootBody(file.body);
  if (!document.ok()) return absl::InvalidArgumentError(document.status().message());
  file.document = *std::move(document);
  if (file.document.version != version) {
    return Refused(
        "an approval was altered: it names another version than was signed; ask its signer to approve again");
  }
  if (file.signatures.empty() || file.signatures.size() > kSignaturesMax) {
    return absl::InvalidArgumentError("an approval holds no signature, or too many; ask its signer to approve again");
  }
  return file;
}

}  // namespace hansa::node::membership
