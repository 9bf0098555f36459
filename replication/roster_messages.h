// The roster's messages as plain structs, with their bytes. Decoding checks form (lengths, counts, known codes);
// whether an entry may say what it says is judged in roster_rules.h.
#ifndef HANSA_REPLICATION_ROSTER_MESSAGES_H_
#define HANSA_REPLICATION_ROSTER_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "replication/bytes.h"
#include "replication/statement.h"
#include "replication/strong_id.h"

namespace hansa::replication {

enum class MemberKind { kNotGiven = 0, kSecretariat = 1, kCity = 2, kAuthority = 3, kPartner = 4 };
enum class KeyRole { kNotGiven = 0, kExpert = 1, kSurveyAgency = 2, kAuthorityOfficer = 3 };

// "city", "secretariat", …; "roster" for kNotGiven, which stands for member 0.
const char* MemberKindName(MemberKind kind);
std::optional<MemberKind> MemberKindNamed(absl::string_view name);

struct LocalName {
  std::string language;  // BCP 47
  std::string text;
  friend bool operator==(const LocalName&, const LocalName&) = default;
};

// Signature by `key` over somebody's body.
struct PossessionProof {
  PublicKey key;
  Signature signature;
  friend bool operator==(const PossessionProof&, const PossessionProof&) = default;
};

struct Approval {
  PublicKey officer;
  Signature signature;
  friend bool operator==(const Approval&, const Approval&) = default;
};

// The payload of every roster entry.
struct RosterPayload {
  Bytes body;
  std::vector<Approval> approvals;
};

// What an applicant says of itself. Every text is NFC, without control characters, within roster.proto's lengths.
struct Application {
  MemberKind kind = MemberKind::kNotGiven;
  std::string slug;
  std::string name;
  std::vector<LocalName> names;
  std::string country;  // ISO 3166-1 alpha-3, or INT
  std::vector<std::string> endpoints;
  PublicKey writer;
  std::vector<PublicKey> tls;
  std::optional<Hash> endorsement_hash;
  Bytes nonce;  // 16 bytes
  KeyRole key_role = KeyRole::kNotGiven;
  std::string key_code;
  friend bool operator==(const Application&, const Application&) = default;
};

struct Recommendation {
  Hash application_hash;
  std::string slug;
  std::string country;
  std::optional<Hash> reason_hash;
};

struct WriteRight {
  MemberKind kind = MemberKind::kNotGiven;
  Collection collection;
  Sequence entries_max;
};
struct Policy {
  std::vector<WriteRight> rights;
};

struct MemberAdd {
  Member number;
  std::string region;
  Statement application;
  std::vector<PossessionProof> possession;
  std::optional<Statement> recommendation;
};

struct Consent {
  Member member;
  Incarnation incarnation;
  PublicKey writer;
  Hash pins_hash;
};
struct NewIncarnation {
  Bytes body;                        // a tagged Consent
  std::optional<Signature> consent;  // absent when officers approve
  Signature writer_possession;
  std::vector<PossessionProof> possession;
};

// What may change of a member. What is empty or absent stays as it was.
struct MemberUpdate {
  Member member;
  std::string name = {};
  std::vector<LocalName> names = {};
  std::string region = {};
  std::optional<std::vector<std::string>> endpoints = {};  // a list, also an empty one, replaces the one before
  std::vector<PublicKey> tls = {};
  std::optional<Statement> consent = {};         // over a tagged Consent of incarnation 0; for tls alone
  std::vector<PossessionProof> possession = {};  // by each of tls, in its order, over the consent's body
};

// The end of one feed: a checkpoint that its author signed.
struct Seal {
  Collection collection;
  Sequence len;
  Hash head;
  Signature author_signature;
  friend bool operator==(const Seal&, const Seal&) = default;
};

// Where all feeds of one incarnation end. A feed that is not named ends at length 0, also in collections of the future.
struct SealList {
  Member member;
  Incarnation incarnation;
  std::vector<Seal> seals;           // ascending by collection, each once, never the roster's
  std::optional<Statement> consent;  // over SealConsentBody(); absent when officers approve
};

enum class RevokeReason { kNotGiven = 0, kRetired = 1, kCompromised = 2 };
struct Revoke {
  Member member;
  RevokeReason reason = RevokeReason::kNotGiven;
  std::vector<Seal> seals;  // of the present incarnation, complete as in SealList
};

// A member is set aside in views, or shown again.
struct Standing {
  Member member;
  std::string note;  // one line for readers, may be empty
};

// How to show a form of a kind that a node does not know.
struct SchemaInfo {
  Kind kind;
  std::uint16_t schema_ver = 1;
  Bytes descriptor_set;  // a serialised FileDescriptorSet, kept as given
  std::string message;   // full name of the payload's message in it
  friend bool operator==(const SchemaInfo&, const SchemaInfo&) = default;
};

struct KeyGrant {
  KeyRole role = KeyRole::kNotGiven;
  Statement application;
  std::optional<Statement> grant;
};
struct KeyConsent {
  Hash application_hash;
  Member authority;
};

struct Framework {
  std::string id;
  std::string version;
  Hash catalogue_hash;
  friend bool operator==(const Framework&, const Framework&) = default;
};

struct NetworkInfo {
  std::string name;
  std::vector<LocalName> names;
  std::vector<std::string> hub_endpoints;
  friend bool operator==(const NetworkInfo&, const NetworkInfo&) = default;
};

// Encode gives the bytes to sign or store. Decode: INVALID_ARGUMENT with what is wrong.
// Application, Recommendation, Consent and KeyConsent are bodies of statements: their bytes begin with their tag.
Bytes Encode(const RosterPayload& payload);
Bytes Encode(const Application& application);
Bytes Encode(const Recommendation& recommendation);
Bytes Encode(const Policy& policy);
Bytes Encode(const MemberAdd& add);
Bytes Encode(const Consent& consent);
Bytes Encode(const NewIncarnation& incarnation);
Bytes Encode(const MemberUpdate& update);
Bytes Encode(const SealList& list);
Bytes Encode(const Revoke& revoke);
Bytes Encode(const Standing& standing);
Bytes Encode(const KeyGrant& grant);
Bytes Encode(const KeyConsent& consent);
Bytes Encode(const Framework& framework);
Bytes Encode(const NetworkInfo& info);
Bytes Encode(const SchemaInfo& schema);

absl::StatusOr<RosterPayload> DecodeRosterPayload(BytesView bytes);
absl::StatusOr<Application> DecodeApplication(BytesView body);
absl::StatusOr<Recommendation> DecodeRecommendation(BytesView body);
absl::StatusOr<Policy> DecodePolicy(BytesView bytes);
absl::StatusOr<MemberAdd> DecodeMemberAdd(BytesView bytes);
absl::StatusOr<Consent> DecodeConsent(BytesView body);
absl::StatusOr<NewIncarnation> DecodeNewIncarnation(BytesView bytes);
absl::StatusOr<MemberUpdate> DecodeMemberUpdate(BytesView bytes);
absl::StatusOr<SealList> DecodeSealList(BytesView bytes);
absl::StatusOr<Revoke> DecodeRevoke(BytesView bytes);
absl::StatusOr<Standing> DecodeStanding(BytesView bytes);
absl::StatusOr<KeyGrant> DecodeKeyGrant(BytesView bytes);
absl::StatusOr<KeyConsent> DecodeKeyConsent(BytesView body);
absl::StatusOr<Framework> DecodeFramework(BytesView bytes);
absl::StatusOr<NetworkInfo> DecodeNetworkInfo(BytesView bytes);
absl::StatusOr<SchemaInfo> DecodeSchemaInfo(BytesView bytes);

// What the present writer key signs to consent to `list`: the list without a consent, behind its tag.
Bytes SealConsentBody(const SealList& list);
absl::StatusOr<SealList> DecodeSealConsent(BytesView body);

// SHA-256 over the pins of TLS keys in the order listed: what a consent names them by.
Hash PinsHash(const Crypto& crypto, const std::vector<PublicKey>& tls);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROSTER_MESSAGES_H_
