// The messages that change a member or end it: updates, seals, revocations, standing; and schemas.
#include "hansa/v1/roster.pb.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/roster_messages.h"
#include "replication/roster_messages_form.h"

namespace hansa::replication {
namespace {

using namespace roster_form;

constexpr std::size_t kDescriptorBytesMax = 64 * 1024;
constexpr std::size_t kMessageNameMax = 200;
constexpr std::size_t kNoteBytesMax = 2000;  // 500 characters of at most 4 bytes

template <typename Field>
void PutSeals(const std::vector<Seal>& seals, Field* field) {
  for (const Seal& seal : seals) {
    v1::Seal* added = field->Add();
    added->set_collection(seal.collection.value());
    added->set_len(seal.len.value());
    added->set_head(seal.head.str());
    added->set_author_sig(seal.author_signature.str());
  }
}

template <typename Field>
absl::StatusOr<std::vector<Seal>> SealsOf(absl::string_view name, const Field& field) {
  std::vector<Seal> seals;
  Lengths lengths;
  std::uint32_t before = kRosterCollection.value();
  for (const v1::Seal& seal : field) {
    if (seal.collection() <= before || seal.collection() > kLastCollection.value()) {
      return Invalid(name, "its seals do not ascend by collection from 1 to 255");
    }
    if (seal.len() == 0) return Invalid(name, "a seal of length 0; a feed that ends there is not named");
    before = seal.collection();
    seals.push_back({Collection(static_cast<std::uint16_t>(seal.collection())), Sequence(seal.len()),
                     lengths.Take<Hash>(seal.head()), lengths.Take<Signature>(seal.author_sig())});
  }
  HANSA_RETURN_IF_ERROR(lengths.Verdict(name));
  return seals;
}

v1::SealList MessageOf(const SealList& list) {
  v1::SealList message;
  message.set_member(list.member.value());
  message.set_incarnation(list.incarnation.value());
  PutSeals(list.seals, message.mutable_seals());
  return message;
}

absl::StatusOr<SealList> SealListOf(const v1::SealList& message) {
  SealList list{Member(message.member()), Incarnation(message.incarnation()), {}, std::nullopt};
  absl::StatusOr<std::vector<Seal>> seals = SealsOf("seal list", message.seals());
  HANSA_RETURN_IF_ERROR(seals.status());
  list.seals = *std::move(seals);
  Lengths lengths;
  if (message.has_consent()) list.consent = lengths.TakeStatement(message.consent());
  HANSA_RETURN_IF_ERROR(lengths.Verdict("seal list"));
  return list;
}

absl::Status CheckMemberUpdate(const MemberUpdate& update) {
  constexpr absl::string_view kName = "member update";
  if ((!update.name.empty() && !IsText(update.name, kNameBytesMax)) || !AreNames(update.names)) {
    return Invalid(kName, "a name is too long or holds control characters");
  }
  if (!update.region.empty() && !IsText(update.region, kRegionBytesMax)) {
    return Invalid(kName, "its region cannot be read");
  }
  if (update.endpoints && update.endpoints->size() > kEndpointsMax) return Invalid(kName, "more than 8 endpoints");
  if (update.endpoints && !AreEndpoints(*update.endpoints)) {
    return Invalid(kName, "an endpoint is empty, too long, or holds control characters");
  }
  if (update.tls.size() > kTlsKeysMax) return Invalid(kName, "a node shows one or two TLS keys");
  return absl::OkStatus();
}

}  // namespace

Bytes Encode(const MemberUpdate& update) {
  v1::MemberUpdate message;
  message.set_member(update.member.value());
  message.set_name(update.name);
  PutNames(update.names, message.mutable_names());
  message.set_region(update.region);
  if (update.endpoints) {
    message.set_endpoints_given(true);
    for (const std::string& endpoint : *update.endpoints) message.add_endpoints(endpoint);
  }
  for (const PublicKey& key : update.tls) message.add_tls_pks(key.str());
  if (update.consent) Put(*update.consent, message.mutable_consent());
  PutProofs(update.possession, message.mutable_possession());
  return message.SerializeAsString();
}

absl::StatusOr<MemberUpdate> DecodeMemberUpdate(BytesView bytes) {
  absl::StatusOr<v1::MemberUpdate> message = Parse<v1::MemberUpdate>("member update", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  if (!message->endpoints_given() && message->endpoints_size() > 0) {
    return Invalid("member update", "endpoints that it says it does not give");
  }
  Lengths lengths;
  MemberUpdate update;
  update.member = Member(message->member());
  update.name = message->name();
  update.names = NamesOf(message->names());
  update.region = message->region();
  if (message->endpoints_given()) update.endpoints.emplace(message->endpoints().begin(), message->endpoints().end());
  for (const std::string& key : message->tls_pks()) update.tls.push_back(lengths.Take<PublicKey>(key));
  if (message->has_consent()) update.consent = lengths.TakeStatement(message->consent());
  update.possession = ProofsOf(message->possession(), lengths);
  HANSA_RETURN_IF_ERROR(lengths.Verdict("member update"));
  HANSA_RETURN_IF_ERROR(CheckMemberUpdate(update));
  return update;
}

Bytes Encode(const SealList& list) {
  v1::SealList message = MessageOf(list);
  if (list.consent) Put(*list.consent, message.mutable_consent());
  return message.SerializeAsString();
}

absl::StatusOr<SealList> DecodeSealList(BytesView bytes) {
  absl::StatusOr<v1::SealList> message = Parse<v1::SealList>("seal list", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  return SealListOf(*message);
}

Bytes SealConsentBody(const SealList& list) { return Tagged(kSealTag, MessageOf(list).SerializeAsString()); }

absl::StatusOr<SealList> DecodeSealConsent(BytesView body) {
  absl::StatusOr<v1::SealList> message = ParseTagged<v1::SealList>("consent to seals", kSealTag, body);
  HANSA_RETURN_IF_ERROR(message.status());
  if (message->has_consent()) return Invalid("consent to seals", "it holds another consent");
  return SealListOf(*message);
}

Bytes Encode(const Revoke& revoke) {
  v1::Revoke message;
  message.set_member(revoke.member.value());
  message.set_reason(static_cast<v1::Revoke::Reason>(revoke.reason));
  PutSeals(revoke.seals, message.mutable_seals());
  return message.SerializeAsString();
}

absl::StatusOr<Revoke> DecodeRevoke(BytesView bytes) {
  absl::StatusOr<v1::Revoke> message = Parse<v1::Revoke>("revocation", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  if (message->reason() == v1::Revoke::REASON_NOT_GIVEN || !v1::Revoke::Reason_IsValid(message->reason())) {
    return Invalid("revocation", "for a reason that this version does not know");
  }
  absl::StatusOr<std::vector<Seal>> seals = SealsOf("revocation", message->seals());
  HANSA_RETURN_IF_ERROR(seals.status());
  return Revoke{Member(message->member()), static_cast<RevokeReason>(message->reason()), *std::move(seals)};
}

Bytes Encode(const Standing& standing) {
  v1::Standing message;
  message.set_member(standing.member.value());
  message.set_note(standing.note);
  return message.SerializeAsString();
}

absl::StatusOr<Standing> DecodeStanding(BytesView bytes) {
  absl::StatusOr<v1::Standing> message = Parse<v1::Standing>("standing", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  if (!message->note().empty() && !IsText(message->note(), kNoteBytesMax)) {
    return Invalid("standing", "its note is too long or holds control characters");
  }
  return Standing{Member(message->member()), message->note()};
}

Bytes Encode(const SchemaInfo& schema) {
  v1::SchemaInfo message;
  message.set_kind(schema.kind.value());
  message.set_schema_ver(schema.schema_ver);
  message.set_descriptor_set(schema.descriptor_set);
  message.set_message(schema.message);
  return message.SerializeAsString();
}

absl::StatusOr<SchemaInfo> DecodeSchemaInfo(BytesView bytes) {
  absl::StatusOr<v1::SchemaInfo> message = Parse<v1::SchemaInfo>("schema", bytes);
  HANSA_RETURN_IF_ERROR(message.status());
  if (message->kind() > 0xFFFF || message->schema_ver() == 0 || message->schema_ver() > 0xFFFF) {
    return Invalid("schema", "of a kind or version that does not exist");
  }
  if (message->descriptor_set().empty() || message->descriptor_set().size() > kDescriptorBytesMax) {
    return Invalid("schema", "its descriptors are not 1 byte to 64 KiB");
  }
  if (!IsText(message->message(), kMessageNameMax)) return Invalid("schema", "it does not name a message");
  return SchemaInfo{Kind(static_cast<std::uint16_t>(message->kind())),
                    static_cast<std::uint16_t>(message->schema_ver()), message->descriptor_set(), message->message()};
}

}  // namespace hansa::replication
