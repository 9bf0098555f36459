#include "replication/roster_messages.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "hansa/v1/roster.pb.h"
#include "replication/check.h"
#include "replication/roster_messages_form.h"

namespace hansa::replication {
namespace {

using namespace roster_form;

bool IsSlug(absl::string_view slug) {
  if (slug.empty() || slug.size() > kSlugMax || slug.front() == '-' || slug.back() == '-') return false;
  char before = 0;
  for (const char c : slug) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && (c != '-' || before == '-')) return false;
    before = c;
  }
  return true;
}

bool IsCountry(absl::string_view country) {
  if (country.size() != 3) return false;
  for (const char c : country) {
    if (c < 'A' || c > 'Z') return false;
  }
  return true;
}

absl::Status CheckApplication(const Application& application) {
  constexpr absl::string_view kName = "application";
  const bool signs_only = application.key_role != KeyRole::kNotGiven;
  if (signs_only != (application.kind == MemberKind::kNotGiven)) {
    return Invalid(kName, "it is either for a kind of member or for a key that signs statements");
  }
  if (!IsSlug(application.slug)) return Invalid(kName, "its slug is not lower-case letters, digits and single hyphens");
  if (!IsText(application.name, kNameBytesMax) || !AreNames(application.names)) {
    return Invalid(kName, "a name is empty, too long, or holds control characters");
  }
  if (!IsCountry(application.country)) return Invalid(kName, "its country is not three capital letters");
  if (application.endpoints.size() > kEndpointsMax) return Invalid(kName, "more than 8 endpoints");
  if (!AreEndpoints(application.endpoints)) {
    return Invalid(kName, "an endpoint is empty, too long, or holds control characters");
  }
  if (!signs_only && (application.tls.empty() || application.tls.size() > kTlsKeysMax)) {
    return Invalid(kName, "a node shows one or two TLS keys");
  }
  if (!application.key_code.empty() && !IsText(application.key_code, kSlugMax)) {
    return Invalid(kName, "its key code is too long or holds control characters");
  }
  if (application.nonce.size() != 16) return Invalid(kName, "its nonce is not 16 bytes");
  return absl::OkStatus();
}

}  // namespace

const char* MemberKindName(MemberKind kind) {
  static constexpr std::array<const char*, 5> kNames = {"roster", "secretariat", "city", "authority", "partner"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<MemberKind> MemberKindNamed(absl::string_view name) {
  for (const MemberKind kind :
       {MemberKind::kSecretariat, MemberKind::kCity, MemberKind::kAuthority, MemberKind::kPartner}) {
    if (name == MemberKindName(kind)) return kind;
  }
  return std::nullopt;
}

Bytes Encode(const RosterPayload& payload) {
  v1::RosterPayload message;
  message.set_body(payload.body);
  for (const Approval& approval : payload.approvals) {
    v1::Approval* added = message.add_approvals();
    added->set_signer_pk(approval.officer.str());
    added->set_sig(approval.signature.str());
  }
  return message.SerializeAsString();
}

absl::StatusOr<RosterPayload> DecodeRosterPayload(BytesView bytes) {
  absl::StatusOr<v1::RosterPayload> message = Parse<v1::RosterPayload>("roster entry", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  RosterPayload payload{message->body(), {}};
  if (message->approvals_size() > 16) return Invalid("roster entry", "more than 16 approvals");
  Lengths lengths;
  for (const v1::Approval& approval : message->approvals()) {
    payload.approvals.push_back(
        {lengths.Take<PublicKey>(approval.signer_pk()), lengths.Take<Signature>(approval.sig())});
  }
  HANSA_RETURN_IF_ERROR(lengths.Verdict("roster entry"));
  return payload;
}

Bytes Encode(const Application& application) {
  v1::Application message;
  message.set_kind(static_cast<v1::MemberKind>(application.kind));
  message.set_slug(application.slug);
  message.set_name(application.name);
  PutNames(application.names, message.mutable_names());
  message.set_country(application.country);
  for (const std::string& endpoint : application.endpoints) message.add_endpoints(endpoint);
  message.set_writer_pk(application.writer.str());
  for (const PublicKey& key : application.tls) message.add_tls_pks(key.str());
  if (application.endorsement_hash) message.set_endorsement_hash(application.endorsement_hash->str());
  message.set_nonce(application.nonce);
  message.set_key_role(static_cast<v1::KeyRole>(application.key_role));
  message.set_key_code(application.key_code);
  return Tagged(kApplicationTag, message.SerializeAsString());
}

absl::StatusOr<Application> DecodeApplication(BytesView body) {
  absl::StatusOr<v1::Application> message = ParseTagged<v1::Application>("application", kApplicationTag, body);
  HANSA_RETURN_IF_ERROR(message.status());
  if (!v1::MemberKind_IsValid(message->kind()) || !v1::KeyRole_IsValid(message->key_role())) {
    return Invalid("application", "of a kind that this version does not know");
  }
  Lengths lengths;
  Application application;
  application.kind = static_cast<MemberKind>(message->kind());
  application.slug = message->slug();
  application.name = message->name();
  application.names = NamesOf(message->names());
  application.country = message->country();
  application.endpoints.assign(message->endpoints().begin(), message->endpoints().end());
  application.writer = lengths.Take<PublicKey>(message->writer_pk());
  for (const std::string& key : message->tls_pks()) application.tls.push_back(lengths.Take<PublicKey>(key));
  application.endorsement_hash = lengths.TakeOptional<Hash>(message->endorsement_hash());
  application.nonce = message->nonce();
  application.key_role = static_cast<KeyRole>(message->key_role());
  application.key_code = message->key_code();
  HANSA_RETURN_IF_ERROR(lengths.Verdict("application"));
  HANSA_RETURN_IF_ERROR(CheckApplication(application));
  return application;
}

Bytes Encode(const Recommendation& recommendation) {
  v1::Recommendation message;
  message.set_application_hash(recommendation.application_hash.str());
  message.set_slug(recommendation.slug);
  message.set_country(recommendation.country);
  if (recommendation.reason_hash) message.set_reason_hash(recommendation.reason_hash->str());
  return Tagged(kRecommendationTag, message.SerializeAsString());
}

absl::StatusOr<Recommendation> DecodeRecommendation(BytesView body) {
  absl::StatusOr<v1::Recommendation> message =
      ParseTagged<v1::Recommendation>("recommendation", kRecommendationTag, body);
  HANSA_RETURN_IF_ERROR(message.status());
  Lengths lengths;
  Recommendation recommendation{lengths.Take<Hash>(message->application_hash()), message->slug(), message->country(),
                                lengths.TakeOptional<Hash>(message->reason_hash())};
  HANSA_RETURN_IF_ERROR(lengths.Verdict("recommendation"));
  return recommendation;
}

Bytes Encode(const Policy& policy) {
  v1::Policy message;
  for (const WriteRight& right : policy.rights) {
    v1::WriteRight* added = message.add_rights();
    added->set_kind(static_cast<v1::MemberKind>(right.kind));
    added->set_collection(right.collection.value());
    added->set_entries_max(right.entries_max.value());
  }
  return message.SerializeAsString();
}

absl::StatusOr<Policy> DecodePolicy(BytesView bytes) {
  absl::StatusOr<v1::Policy> message = Parse<v1::Policy>("policy", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  if (message->rights_size() > 1024) return Invalid("policy", "more than 1,024 rights");
  Policy policy;
  for (const v1::WriteRight& right : message->rights()) {
    if (!v1::MemberKind_IsValid(right.kind()) || right.collection() > 255) {
      return Invalid("policy", "a right for a kind or collection that does not exist");
    }
    policy.rights.push_back({static_cast<MemberKind>(right.kind()),
                             Collection(static_cast<std::uint16_t>(right.collection())),
                             Sequence(right.entries_max())});
  }
  return policy;
}

Bytes Encode(const MemberAdd& add) {
  v1::MemberAdd message;
  message.set_number(add.number.value());
  message.set_region(add.region);
  Put(add.application, message.mutable_application());
  PutProofs(add.possession, message.mutable_possession());
  if (add.recommendation) Put(*add.recommendation, message.mutable_recommendation());
  return message.SerializeAsString();
}

absl::StatusOr<MemberAdd> DecodeMemberAdd(BytesView bytes) {
  absl::StatusOr<v1::MemberAdd> message = Parse<v1::MemberAdd>("new member", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  Lengths lengths;
  MemberAdd add;
  add.number = Member(message->number());
  add.region = message->region();
  add.application = lengths.TakeStatement(message->application());
  add.possession = ProofsOf(message->possession(), lengths);
  if (message->has_recommendation()) add.recommendation = lengths.TakeStatement(message->recommendation());
  if (!add.region.empty() && !IsText(add.region, kRegionBytesMax))
    return Invalid("new member", "its region cannot be read");
  HANSA_RETURN_IF_ERROR(lengths.Verdict("new member"));
  return add;
}

Bytes Encode(const Consent& consent) {
  v1::Consent message;
  message.set_member(consent.member.value());
  message.set_incarnation(consent.incarnation.value());
  message.set_writer_pk(consent.writer.str());
  message.set_pins_hash(consent.pins_hash.str());
  return Tagged(kConsentTag, message.SerializeAsString());
}

absl::StatusOr<Consent> DecodeConsent(BytesView body) {
  absl::StatusOr<v1::Consent> message = ParseTagged<v1::Consent>("consent", kConsentTag, body);
  HANSA_RETURN_IF_ERROR(message.status());
  Lengths lengths;
  Consent consent{Member(message->member()), Incarnation(message->incarnation()),
                  lengths.Take<PublicKey>(message->writer_pk()), lengths.Take<Hash>(message->pins_hash())};
  HANSA_RETURN_IF_ERROR(lengths.Verdict("consent"));
  return consent;
}

Bytes Encode(const NewIncarnation& incarnation) {
  v1::NewIncarnation message;
  message.set_body(incarnation.body);
  if (incarnation.consent) message.set_consent_sig(incarnation.consent->str());
  message.set_writer_sig(incarnation.writer_possession.str());
  PutProofs(incarnation.possession, message.mutable_possession());
  return message.SerializeAsString();
}

absl::StatusOr<NewIncarnation> DecodeNewIncarnation(BytesView bytes) {
  absl::StatusOr<v1::NewIncarnation> message = Parse<v1::NewIncarnation>("new incarnation", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  Lengths lengths;
  NewIncarnation incarnation{message->body(), lengths.TakeOptional<Signature>(message->consent_sig()),
                             lengths.Take<Signature>(message->writer_sig()), ProofsOf(message->possession(), lengths)};
  HANSA_RETURN_IF_ERROR(lengths.Verdict("new incarnation"));
  return incarnation;
}

Bytes Encode(const KeyGrant& grant) {
  v1::KeyGrant message;
  message.set_role(static_cast<v1::KeyRole>(grant.role));
  Put(grant.application, message.mutable_application());
  if (grant.grant) Put(*grant.grant, message.mutable_grant());
  return message.SerializeAsString();
}

absl::StatusOr<KeyGrant> DecodeKeyGrant(BytesView bytes) {
  absl::StatusOr<v1::KeyGrant> message = Parse<v1::KeyGrant>("key", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  if (!v1::KeyRole_IsValid(message->role())) return Invalid("key", "of a role that this version does not know");
  Lengths lengths;
  KeyGrant grant{static_cast<KeyRole>(message->role()), lengths.TakeStatement(message->application()), std::nullopt};
  if (message->has_grant()) grant.grant = lengths.TakeStatement(message->grant());
  HANSA_RETURN_IF_ERROR(lengths.Verdict("key"));
  return grant;
}

Bytes Encode(const KeyConsent& consent) {
  v1::KeyConsent message;
  message.set_application_hash(consent.application_hash.str());
  message.set_authority(consent.authority.value());
  return Tagged(kKeyConsentTag, message.SerializeAsString());
}

absl::StatusOr<KeyConsent> DecodeKeyConsent(BytesView body) {
  absl::StatusOr<v1::KeyConsent> message = ParseTagged<v1::KeyConsent>("key consent", kKeyConsentTag, body);
  HANSA_RETURN_IF_ERROR(message.status());
  Lengths lengths;
  KeyConsent consent{lengths.Take<Hash>(message->application_hash()), Member(message->authority())};
  HANSA_RETURN_IF_ERROR(lengths.Verdict("key consent"));
  return consent;
}

Bytes Encode(const Framework& framework) {
  v1::Framework message;
  message.set_id(framework.id);
  message.set_version(framework.version);
  message.set_catalogue_hash(framework.catalogue_hash.str());
  return message.SerializeAsString();
}

absl::StatusOr<Framework> DecodeFramework(BytesView bytes) {
  absl::StatusOr<v1::Framework> message = Parse<v1::Framework>("framework", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  Lengths lengths;
  Framework framework{message->id(), message->version(), lengths.Take<Hash>(message->catalogue_hash())};
  HANSA_RETURN_IF_ERROR(lengths.Verdict("framework"));
  if (!IsText(framework.id, 100) || !IsText(framework.version, 100)) {
    return Invalid("framework", "its id or version cannot be read");
  }
  return framework;
}

Bytes Encode(const NetworkInfo& info) {
  v1::NetworkInfo message;
  message.set_name(info.name);
  PutNames(info.names, message.mutable_names());
  for (const std::string& endpoint : info.hub_endpoints) message.add_hub_endpoints(endpoint);
  return message.SerializeAsString();
}

absl::StatusOr<NetworkInfo> DecodeNetworkInfo(BytesView bytes) {
  absl::StatusOr<v1::NetworkInfo> message = Parse<v1::NetworkInfo>("network information", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  NetworkInfo info{
      message->name(), NamesOf(message->names()), {message->hub_endpoints().begin(), message->hub_endpoints().end()}};
  if (!IsText(info.name, kNameBytesMax) || !AreNames(info.names)) {
    return Invalid("network information", "a name is empty, too long, or holds control characters");
  }
  if (info.hub_endpoints.size() > kEndpointsMax) return Invalid("network information", "more than 8 endpoints");
  if (!AreEndpoints(info.hub_endpoints)) {
    return Invalid("network information", "an endpoint is empty, too long, or holds control characters");
  }
  return info;
}

Hash PinsHash(const Crypto& crypto, const std::vector<PublicKey>& tls) {
  ByteWriter writer;
  for (const PublicKey& key : tls) writer.Raw(PinOf(crypto, key).view());
  return crypto.Sha256(writer.bytes());
}

}  // namespace hansa::replication
