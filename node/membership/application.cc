#include "node/membership/application.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "node/membership/applicant.h"
#include "node/membership/own_folder.h"
#include "node/membership/statement_file.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::Application;
using replication::Crypto;
using replication::MemberKind;
using replication::NetworkId;
using replication::PossessionProof;
using replication::PublicKey;
using replication::Signature;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;

constexpr char kForm[] = "application";
constexpr char kMayor[] = "mayor";
constexpr char kHolder[] = "holder";
constexpr char kMayorsWords[] = "the mayor's words";
constexpr char kHoldersName[] = "the holder's name";

absl::Status Altered(absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat("the application was altered or is incomplete: ", what,
                                                    "; ask the applicant to run `hansa apply` again"));
}

std::string Encoded(const NetworkId& network, const ApplicationFile& file) {
  JsonWriter json(kForm);
  json.Text("kind", RoleOf(file.application))
      .Text("slug", file.application.slug)
      .Text("name", file.application.name)
      .Text("country", file.application.country);
  PutStatement(network, file.statement, json);
  std::vector<JsonWriter> proofs;
  for (const PossessionProof& proof : file.possession) {
    proofs.emplace_back().Hex("key", proof.key.view()).Hex("sig", proof.signature.view());
  }
  json.Objects("possession", proofs);
  if (file.mayor) json.Object(kMayor, ToJson(*file.mayor));
  if (file.holder) json.Object(kHolder, ToJson(*file.holder));
  return json.text();
}

// Judged before the body is read at all.
absl::Status CheckSignature(const NetworkId& network, const Statement& statement) {
  if (SodiumCrypto().IsValidPoint(statement.signer) &&
      IsSigned(SodiumCrypto(), network, StatementType::kApplication, statement)) {
    return absl::OkStatus();
  }
  return Altered("its signature is false");
}

absl::Status CheckKeys(const NetworkId& network, const ApplicationFile& file) {
  const Crypto& crypto = SodiumCrypto();
  const Application& application = file.application;
  if (file.statement.signer != application.writer) {
    return Altered("it is not signed by the key that it applies with");
  }
  if (file.possession.size() != application.tls.size()) {
    return Altered("a proof of possession of a TLS key is missing or too many");
  }
  for (std::size_t i = 0; i < file.possession.size(); ++i) {
    const PossessionProof& proof = file.possession[i];
    const Statement by_tls{file.statement.body, proof.key, proof.signature};
    if (proof.key != application.tls[i] || !crypto.IsValidPoint(proof.key) ||
        !IsSigned(crypto, network, StatementType::kTlsPossession, by_tls)) {
      return Altered("a proof of possession of a TLS key is false");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckCopies(const JsonReader& json, const Application& application) {
  HANSA_RETURN_IF_ERROR(CheckCopy(json, "kind", RoleOf(application)));
  HANSA_RETURN_IF_ERROR(CheckCopy(json, "slug", application.slug));
  HANSA_RETURN_IF_ERROR(CheckCopy(json, "name", application.name));
  return CheckCopy(json, "country", application.country);
}

Identity IdentityIn(const Application& application) {
  return {application.kind, application.key_role, application.slug,
          application.name, application.country,  application.endpoints};
}

// A key file is known by its code alone: its name in the body is the code.
absl::Status CheckKeyFile(const Application& application) {
  if (application.key_role == replication::KeyRole::kNotGiven) return absl::OkStatus();
  if (application.name == application.slug && application.key_code == application.slug && application.tls.empty()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "the application of a key names a person or a node; make it again with `hansa apply`");
}

// Names in other languages stand in the roster for ever, so they must be fit to be shown.
absl::Status CheckOtherNames(const Application& application) {
  for (const replication::LocalName& name : application.names) {
    if (!domain::IsLanguageTag(name.language) || !domain::CheckText(name.text, domain::Lines::kOne).ok() ||
        domain::CharacterCount(name.text) > kNameCharactersMax) {
      return absl::InvalidArgumentError("a name in another language cannot be shown; the applicant must apply again");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckFile(const JsonReader& json, const NetworkId& network, const ApplicationFile& file) {
  const Application& application = file.application;
  HANSA_RETURN_IF_ERROR(CheckKeys(network, file));
  HANSA_RETURN_IF_ERROR(CheckCopies(json, application));
  HANSA_RETURN_IF_ERROR(CheckApplicant(IdentityIn(application)));
  HANSA_RETURN_IF_ERROR(CheckOtherNames(application));
  HANSA_RETURN_IF_ERROR(CheckKeyFile(application));
  if (file.mayor && application.kind != MemberKind::kCity) {
    return Altered("only a city has a mayor's words");
  }
  if (file.holder && application.kind != MemberKind::kNotGiven) {
    return Altered("only a key has a holder");
  }
  HANSA_RETURN_IF_ERROR(CheckWords(kMayorsWords, file.mayor, application.endorsement_hash));
  return CheckWords(kHoldersName, file.holder, application.endorsement_hash);
}

}  // namespace

const char* RoleOf(const Application& application) { return RoleName(application.kind, application.key_role); }

replication::Hash HashOf(const ApplicationFile& file) { return SodiumCrypto().Sha256(file.statement.body); }

ApplicationFile SignApplication(const NetworkId& network, const Applicant& applicant, std::optional<SaltedText> mayor) {
  const Identity& identity = applicant.identity;
  ApplicationFile file;
  Application& application = file.application;
  application.kind = identity.kind;
  application.slug = identity.slug;
  application.name = identity.name;
  application.country = identity.country;
  application.endpoints = identity.endpoints;
  application.writer = applicant.writer.public_key();
  application.nonce = RandomRecordId().str();
  if (mayor) application.endorsement_hash = HashOf(*mayor);
  if (identity.is_key_file()) {
    application.key_role = identity.key_role;
    application.key_code = identity.slug;
    application.name = identity.slug;
    file.holder = SaltedText{identity.name, RandomSalt()};
    application.endorsement_hash = HashOf(*file.holder);
  }
  if (applicant.tls != nullptr) application.tls.push_back(applicant.tls->public_key());
  file.mayor = std::move(mayor);

  const Crypto& crypto = SodiumCrypto();
  const replication::Bytes body = Encode(application);
  file.statement = SignStatement(crypto, network, StatementType::kApplication, applicant.writer, body);
  if (applicant.tls != nullptr) {
    const Statement by_tls = SignStatement(crypto, network, StatementType::kTlsPossession, *applicant.tls, body);
    file.possession.push_back({by_tls.signer, by_tls.signature});
  }
  return file;
}

absl::StatusOr<std::string> MakeApplication(const ApplyOptions& options) {
  const absl::StatusOr<OwnFolder> own = OpenOwnFolder(options.folder);
  HANSA_RETURN_IF_ERROR(own.status());
  // The folder may have been edited by hand since it was set up.
  HANSA_RETURN_IF_ERROR(CheckApplicant(own->identity));
  std::optional<SaltedText> mayor;
  if (!options.mayor.empty()) {
    if (own->identity.kind != MemberKind::kCity) {
      return absl::InvalidArgumentError(
          absl::StrCat(own->identity.slug, " is no city, so no mayor speaks for it; leave --mayor out"));
    }
    absl::StatusOr<SaltedText> words = Salted(kMayorsWords, options.mayor);
    HANSA_RETURN_IF_ERROR(words.status());
    mayor = *std::move(words);
  }
  return Encoded(own->network,
                 SignApplication(own->network, {own->identity, *own->writer, own->tls.get()}, std::move(mayor)));
}

absl::StatusOr<ApplicationFile> ReadApplication(absl::string_view bytes, const NetworkId& network) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  HANSA_RETURN_IF_ERROR(CheckNetwork(*json, network));
  ApplicationFile file;
  file.statement = StatementIn(*json);
  for (const JsonReader& proof : json->Objects("possession")) {
    file.possession.push_back({proof.Hex<PublicKey>("key"), proof.Hex<Signature>("sig")});
  }
  file.mayor = ReadSalted(*json, kMayor);
  file.holder = ReadSalted(*json, kHolder);
  HANSA_RETURN_IF_ERROR(json->status());
  HANSA_RETURN_IF_ERROR(CheckSignature(network, file.statement));
  absl::StatusOr<Application> application = replication::DecodeApplication(file.statement.body);
  HANSA_RETURN_IF_ERROR(application.status());
  file.application = *std::move(application);
  HANSA_RETURN_IF_ERROR(CheckFile(*json, network, file));
  return file;
}

}  // namespace hansa::node::membership
