#include "replication/root_document.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "hansa/v1/root.pb.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/feed.h"

namespace hansa::replication {
namespace {

absl::Status Invalid(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("root document: ", what));
}

template <typename Field>
absl::StatusOr<std::vector<PublicKey>> KeysOf(const Field& field) {
  std::vector<PublicKey> keys;
  for (const std::string& bytes : field) {
    const std::optional<PublicKey> key = PublicKey::From(bytes);
    if (!key) return Invalid("a key is not 32 bytes");
    keys.push_back(*key);
  }
  if (keys.empty() || keys.size() > kRootKeysMax) return Invalid("1 to 16 keys are allowed");
  if (std::set<PublicKey>(keys.begin(), keys.end()).size() != keys.size()) return Invalid("a key stands twice");
  return keys;
}

absl::Status CheckNumbers(const RootDocument& document) {
  if (document.version == 0) return Invalid("version 0; the first is 1");
  if (document.version == 1 && (!document.prev_hash.is_zero() || document.from_len.value() != 0)) {
    return Invalid("version 1 follows nothing");
  }
  if (document.roster_incarnation.value() == 0) return Invalid("roster incarnation 0; the first is 1");
  if (document.threshold == 0 || document.threshold > document.root_keys.size()) {
    return Invalid("the threshold must be 1 to the number of root keys");
  }
  if (document.approvals == 0 || document.approvals > document.officer_keys.size()) {
    return Invalid("the approvals needed must be 1 to the number of officer keys");
  }
  const std::optional<RosterSeal>& seal = document.previous_roster;
  if (seal && (seal->len.value() == 0) != seal->head.is_zero()) {
    return Invalid("the seal of the previous roster has a zero head exactly at length 0");
  }
  return absl::OkStatus();
}

absl::Status CheckPoints(const Crypto& crypto, const RootDocument& document) {
  for (const std::vector<PublicKey>& keys :
       {document.root_keys, document.officer_keys, std::vector<PublicKey>{document.roster_writer}}) {
    for (const PublicKey& key : keys) {
      if (!crypto.IsValidPoint(key)) return Invalid("a key is not a valid Ed25519 point");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckThreshold(const Crypto& crypto, const RootDocument& signers, const SignedRoot& root) {
  std::set<std::uint16_t> good;
  for (const RootSignature& signature : root.signatures) {
    if (signature.of_version != signers.version || signature.key_index >= signers.root_keys.size()) continue;
    if (crypto.Verify(signers.root_keys[signature.key_index], RootMessage(root.body), signature.signature)) {
      good.insert(signature.key_index);
    }
  }
  if (good.size() >= signers.threshold) return absl::OkStatus();
  return absl::UnauthenticatedError(absl::StrCat("root document: signed by ", good.size(), " of the ",
                                                 signers.threshold, " root keys of version ", signers.version,
                                                 " that it needs"));
}

// A seal that is signed is a checkpoint by the key of the roster that it ends.
absl::Status CheckSeal(const Crypto& crypto, const NetworkId& network, const RootDocument& before,
                       const RosterSeal& seal) {
  if (seal.author_signature.is_zero()) return absl::OkStatus();
  const FeedAuthor author{kRosterWriter, kRosterCollection, before.roster_incarnation, before.roster_writer, {}};
  const Checkpoint end{FeedIdOf(crypto, network, author), seal.len, seal.head, seal.author_signature};
  if (IsSignedBy(crypto, network, end, before.roster_writer)) return absl::OkStatus();
  return Invalid("the seal of the previous roster is not a checkpoint that its key signed");
}

absl::Status CheckStep(const Crypto& crypto, const NetworkId& network, const RootDocument& before,
                       const SignedRoot& signed_before, const RootDocument& next) {
  if (next.version != before.version + 1) return Invalid("versions are walked one by one");
  if (next.prev_hash != RootHash(crypto, signed_before.body)) return Invalid("does not follow the version before it");
  const std::uint32_t roster = next.roster_incarnation.value();
  const std::uint32_t roster_before = before.roster_incarnation.value();
  if (roster == roster_before) {
    if (next.from_len < before.from_len) return Invalid("from_len goes back");
    if (next.roster_writer != before.roster_writer) return Invalid("another roster key in the same incarnation");
    return absl::OkStatus();
  }
  if (roster != roster_before + 1) return Invalid("roster incarnations are walked one by one");
  if (next.from_len.value() != 0) return Invalid("from_len is 0 where a roster incarnation starts");
  if (!next.previous_roster) return Invalid("a new roster incarnation needs the seal of the one before");
  return CheckSeal(crypto, network, before, *next.previous_roster);
}

}  // namespace

Bytes EncodeRootBody(const RootDocument& document) {
  v1::RootDocument message;
  message.set_version(document.version);
  message.set_prev_hash(document.prev_hash.str());
  for (const PublicKey& key : document.root_keys) message.add_root_keys(key.str());
  message.set_threshold(document.threshold);
  message.set_roster_incarnation(document.roster_incarnation.value());
  message.set_roster_writer_key(document.roster_writer.str());
  for (const PublicKey& key : document.officer_keys) message.add_officer_keys(key.str());
  message.set_approvals(document.approvals);
  message.set_from_len(document.from_len.value());
  if (document.previous_roster) {
    v1::RosterSeal* seal = message.mutable_previous_roster();
    seal->set_len(document.previous_roster->len.value());
    seal->set_head(document.previous_roster->head.str());
    if (!document.previous_roster->author_signature.is_zero()) {
      seal->set_author_sig(document.previous_roster->author_signature.str());
    }
  }
  return message.SerializeAsString();
}

absl::StatusOr<RootDocument> DecodeRootBody(BytesView body) {
  v1::RootDocument message;
  if (body.size() > 64 * 1024 || !message.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return Invalid("cannot be read");
  }
  RootDocument document;
  document.version = message.version();
  const std::optional<Hash> prev_hash = Hash::From(message.prev_hash());
  const std::optional<PublicKey> writer = PublicKey::From(message.roster_writer_key());
  if (!prev_hash || !writer) return Invalid("prev_hash and the roster key are 32 bytes each");
  document.prev_hash = *prev_hash;
  document.roster_writer = *writer;
  absl::StatusOr<std::vector<PublicKey>> root_keys = KeysOf(message.root_keys());
  HANSA_RETURN_IF_ERROR(root_keys.status());
  absl::StatusOr<std::vector<PublicKey>> officer_keys = KeysOf(message.officer_keys());
  HANSA_RETURN_IF_ERROR(officer_keys.status());
  document.root_keys = *std::move(root_keys);
  document.officer_keys = *std::move(officer_keys);
  document.threshold = message.threshold();
  document.approvals = message.approvals();
  document.roster_incarnation = Incarnation(message.roster_incarnation());
  document.from_len = Sequence(message.from_len());
  if (message.has_previous_roster()) {
    const v1::RosterSeal& seal = message.previous_roster();
    const std::optional<Hash> head = Hash::From(seal.head());
    if (!head || (!seal.author_sig().empty() && seal.author_sig().size() != Signature::kSize)) {
      return Invalid("the seal of the previous roster cannot be read");
    }
    document.previous_roster =
        RosterSeal{Sequence(seal.len()), *head, Signature::From(seal.author_sig()).value_or(Signature())};
  }
  HANSA_RETURN_IF_ERROR(CheckNumbers(document));
  return document;
}

Bytes EncodeSignedRoot(const SignedRoot& root) {
  v1::SignedRootDocument message;
  message.set_body(root.body);
  for (const RootSignature& signature : root.signatures) {
    v1::RootSignature* added = message.add_signatures();
    added->set_key_index(signature.key_index);
    added->set_of_version(signature.of_version);
    added->set_sig(signature.signature.str());
  }
  return message.SerializeAsString();
}

absl::StatusOr<SignedRoot> DecodeSignedRoot(BytesView bytes) {
  v1::SignedRootDocument message;
  if (bytes.size() > 64 * 1024 || !message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Invalid("cannot be read");
  }
  SignedRoot root{message.body(), {}};
  for (const v1::RootSignature& signature : message.signatures()) {
    const std::optional<Signature> value = Signature::From(signature.sig());
    if (!value || signature.key_index() > 0xFFFF) return Invalid("a signature cannot be read");
    root.signatures.push_back({static_cast<std::uint16_t>(signature.key_index()), signature.of_version(), *value});
  }
  return root;
}

Bytes RootMessage(BytesView body) { return ByteWriter().Tag("hansa/root/1").Raw(body).bytes(); }
Hash RootHash(const Crypto& crypto, BytesView body) { return crypto.Sha256(RootMessage(body)); }

NetworkId NetworkIdOf(const Crypto& crypto, BytesView body_of_version_1) {
  const Hash hash = crypto.Sha256(ByteWriter().Tag("hansa/network/1").Raw(body_of_version_1).bytes());
  return *NetworkId::From(hash.view().substr(0, NetworkId::kSize));
}

absl::StatusOr<RootChain> RootChain::Begin(const Crypto& crypto, SignedRoot version_1) {
  absl::StatusOr<RootDocument> document = DecodeRootBody(version_1.body);
  HANSA_RETURN_IF_ERROR(document.status());
  if (document->version != 1) return Invalid("a network begins with version 1");
  HANSA_RETURN_IF_ERROR(CheckPoints(crypto, *document));
  HANSA_RETURN_IF_ERROR(CheckThreshold(crypto, *document, version_1));
  RootChain chain;
  chain.network_ = NetworkIdOf(crypto, version_1.body);
  chain.documents_.push_back(*std::move(document));
  chain.signed_.push_back(std::move(version_1));
  return chain;
}

absl::Status RootChain::Append(const Crypto& crypto, SignedRoot next) {
  absl::StatusOr<RootDocument> document = DecodeRootBody(next.body);
  HANSA_RETURN_IF_ERROR(document.status());
  HANSA_RETURN_IF_ERROR(CheckStep(crypto, network_, newest(), signed_.back(), *document));
  HANSA_RETURN_IF_ERROR(CheckPoints(crypto, *document));
  HANSA_RETURN_IF_ERROR(CheckThreshold(crypto, newest(), next));
  HANSA_RETURN_IF_ERROR(CheckThreshold(crypto, *document, next));
  documents_.push_back(*std::move(document));
  signed_.push_back(std::move(next));
  return absl::OkStatus();
}

std::vector<Bytes> RootChain::SignedFrom(std::uint32_t from_version) const {
  std::vector<Bytes> result;
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    if (documents_[i].version >= from_version) result.push_back(EncodeSignedRoot(signed_[i]));
  }
  return result;
}

const RootDocument& RootChain::JudgeOf(Incarnation roster, Sequence seq) const {
  const RootDocument* judge = nullptr;
  for (const RootDocument& document : documents_) {
    if (document.roster_incarnation == roster && document.from_len < seq) judge = &document;
  }
  HANSA_CHECK(judge != nullptr);
  return *judge;
}

std::vector<RosterLife> RootChain::Rosters() const {
  std::vector<RosterLife> lives;
  for (const RootDocument& document : documents_) {
    if (!lives.empty() && lives.back().number == document.roster_incarnation) continue;
    if (!lives.empty()) lives.back().seal = document.previous_roster;
    lives.push_back({document.roster_incarnation, document.roster_writer, std::nullopt});
  }
  return lives;
}

RootDocument RootChain::Next(const Crypto& crypto, Sequence roster_len) const {
  RootDocument next = newest();
  next.version = newest().version + 1;
  next.prev_hash = RootHash(crypto, signed_.back().body);
  next.from_len = roster_len;
  next.previous_roster.reset();
  return next;
}

RootDocument RootChain::NextWithRoster(const Crypto& crypto, const PublicKey& writer,
                                       const RosterSeal& end_of_old) const {
  RootDocument next = Next(crypto, Sequence(0));
  next.roster_incarnation = Incarnation(newest().roster_incarnation.value() + 1);
  next.roster_writer = writer;
  next.previous_roster = end_of_old;
  return next;
}

}  // namespace hansa::replication
