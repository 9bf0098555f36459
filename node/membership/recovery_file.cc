#include "node/membership/recovery_file.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/membership/member_change.h"
#include "node/membership/statement_file.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::membership {
namespace {

using replication::Bytes;
using replication::Consent;
using replication::Crypto;
using replication::MemberRecord;
using replication::NetworkId;
using replication::PossessionProof;
using replication::PublicKey;
using replication::Roster;
using replication::Signature;
using replication::Signer;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;

constexpr char kForm[] = "recovery";
constexpr char kConsentKey[] = "consent";
constexpr std::uint64_t kNumberMax = std::numeric_limits<std::uint32_t>::max();

absl::Status Altered(absl::string_view what) {
  return absl::FailedPreconditionError(
      absl::StrCat("the request for a new key was altered: ", what, "; ask the member to run `hansa recover` again"));
}

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

PossessionProof ProofBy(const NetworkId& network, StatementType type, const Signer& key, const Bytes& body) {
  const Statement statement = SignStatement(SodiumCrypto(), network, type, key, body);
  return {statement.signer, statement.signature};
}

JsonWriter ToJson(const PossessionProof& proof) {
  JsonWriter json;
  json.Hex("key", proof.key.view()).Hex("sig", proof.signature.view());
  return json;
}

PossessionProof ProofIn(const JsonReader& json) { return {json.Hex<PublicKey>("key"), json.Hex<Signature>("sig")}; }

bool Holds(const NetworkId& network, StatementType type, const PossessionProof& proof, const Bytes& body) {
  return SodiumCrypto().IsValidPoint(proof.key) &&
         IsSigned(SodiumCrypto(), network, type, {body, proof.key, proof.signature});
}

absl::Status CheckSignatures(const NetworkId& network, const RecoveryFile& file) {
  const Bytes& body = file.by_new_key.body;
  const PossessionProof by_new{file.by_new_key.signer, file.by_new_key.signature};
  if (file.says.writer != by_new.key || !Holds(network, StatementType::kWriterPossession, by_new, body)) {
    return Altered("it is not signed by the new key");
  }
  std::vector<PublicKey> tls;
  for (const PossessionProof& proof : file.possession) {
    if (!Holds(network, StatementType::kTlsPossession, proof, body)) {
      return Altered("a proof of possession of a TLS key is false");
    }
    tls.push_back(proof.key);
  }
  if (tls.empty() || replication::PinsHash(SodiumCrypto(), tls) != file.says.pins_hash) {
    return Altered("a proof of possession of a TLS key is missing or too many");
  }
  if (file.by_old_key && !Holds(network, StatementType::kConsent, *file.by_old_key, body)) {
    return Altered("the consent of the old key is false");
  }
  return absl::OkStatus();
}

absl::Status CheckIsOf(const RecoveryFile& file, const MemberRecord& member) {
  if (file.says.member != member.number) {
    return Refused(absl::StrCat("the request is of member ", file.says.member.value(), " (", file.slug, "), and ",
                                member.slug, " is member ", member.number.value()));
  }
  if (!member.is_live()) {
    return Refused(absl::StrCat(member.slug, " is no member of the network any more, and cannot come back"));
  }
  if (file.says.writer == member.present().writer) {
    return absl::AlreadyExistsError(
        absl::StrCat(member.slug, " goes on under that key already, incarnation ", member.present().number.value()));
  }
  const std::uint32_t next = member.present().number.value() + 1;
  if (file.says.incarnation.value() != next) {
    return Refused(absl::StrCat("the request is for incarnation ", file.says.incarnation.value(), ", and the next of ",
                                member.slug, " is ", next,
                                ": ask the member to run `hansa recover` with --incarnation ", next - 1));
  }
  return absl::OkStatus();
}

}  // namespace

RecoveryFile SignRecovery(const NetworkId& network, const NewLife& life) {
  RecoveryFile file;
  file.slug = life.slug;
  file.says = {life.member, life.incarnation, life.writer.public_key(),
               replication::PinsHash(SodiumCrypto(), {life.tls.public_key()})};
  const Bytes body = Encode(file.says);
  file.by_new_key = SignStatement(SodiumCrypto(), network, StatementType::kWriterPossession, life.writer, body);
  file.possession = {ProofBy(network, StatementType::kTlsPossession, life.tls, body)};
  if (life.old_writer != nullptr) {
    file.by_old_key = ProofBy(network, StatementType::kConsent, *life.old_writer, body);
  }
  return file;
}

std::string EncodeRecovery(const NetworkId& network, const RecoveryFile& file) {
  JsonWriter json(kForm);
  json.Text("slug", file.slug)
      .Number("member", file.says.member.value())
      .Number("incarnation", file.says.incarnation.value());
  PutStatement(network, file.by_new_key, json);
  std::vector<JsonWriter> proofs;
  for (const PossessionProof& proof : file.possession) proofs.push_back(ToJson(proof));
  json.Objects("possession", proofs);
  if (file.by_old_key) json.Object(kConsentKey, ToJson(*file.by_old_key));
  return json.text();
}

absl::StatusOr<RecoveryFile> ReadRecovery(absl::string_view bytes, const NetworkId& network) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  HANSA_RETURN_IF_ERROR(CheckNetwork(*json, network));
  RecoveryFile file;
  file.slug = json->Text("slug");
  const std::uint64_t member = json->Number("member", kNumberMax);
  const std::uint64_t incarnation = json->Number("incarnation", kNumberMax);
  file.by_new_key = StatementIn(*json);
  for (const JsonReader& proof : json->Objects("possession")) file.possession.push_back(ProofIn(proof));
  if (const std::optional<JsonReader> consent = json->Optional(kConsentKey)) file.by_old_key = ProofIn(*consent);
  HANSA_RETURN_IF_ERROR(json->status());
  const absl::StatusOr<Consent> says = replication::DecodeConsent(file.by_new_key.body);
  if (!says.ok()) return Altered("it does not say who asks for what");
  file.says = *says;
  HANSA_RETURN_IF_ERROR(CheckSignatures(network, file));
  if (member != says->member.value() || incarnation != says->incarnation.value()) {
    return Altered("it shows another member or incarnation than was signed");
  }
  return file;
}

absl::StatusOr<ReinstateDraft> DraftReinstatement(const ReinstateRequest& request, const Roster& roster) {
  const absl::StatusOr<const MemberRecord*> found = MemberCalled(roster, request.slug);
  HANSA_RETURN_IF_ERROR(found.status());
  const MemberRecord& member = **found;
  const absl::StatusOr<RecoveryFile> file = ReadRecovery(request.request, roster.network());
  HANSA_RETURN_IF_ERROR(file.status());
  HANSA_RETURN_IF_ERROR(CheckIsOf(*file, member));
  ReinstateDraft draft;
  draft.says = file->says;
  draft.by_consent = file->by_old_key && file->by_old_key->key == member.present().writer;
  replication::NewIncarnation fresh{file->by_new_key.body, std::nullopt, file->by_new_key.signature, file->possession};
  if (draft.by_consent) fresh.consent = file->by_old_key->signature;
  draft.entry = {{roster.network(), replication::roster_kind::kIncarnation, RandomRecordId(), Encode(fresh)},
                 draft.by_consent ? 0 : roster.JudgeOfNext().approvals,
                 member.slug,
                 absl::StrCat("letting ", member.slug, " go on under a new key")};
  return draft;
}

}  // namespace hansa::node::membership
