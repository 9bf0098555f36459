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
Bytes Encode(const KeyGrant& grant);
Bytes Encode(const KeyConsent& consent);
Bytes Encode(const Framework& framework);
Bytes Encode(const NetworkInfo& info);

absl::StatusOr<RosterPayload> DecodeRosterPayload(BytesView bytes);
absl::StatusOr<Application> DecodeApplication(BytesView body);
absl::StatusOr<Recommendation> DecodeRecommendation(BytesView body);
absl::StatusOr<Policy> DecodePolicy(BytesView bytes);
absl::StatusOr<MemberAdd> DecodeMemberAdd(BytesView bytes);
absl::StatusOr<Consent> DecodeConsent(BytesView body);
absl::StatusOr<NewIncarnation> DecodeNewIncarnation(BytesView bytes);
absl::StatusOr<KeyGrant> DecodeKeyGrant(BytesView bytes);
absl::StatusOr<KeyConsent> DecodeKeyConsent(BytesView body);
absl::StatusOr<Framework> DecodeFramework(BytesView bytes);
absl::StatusOr<NetworkInfo> DecodeNetworkInfo(BytesView bytes);

// SHA-256 over the pins of TLS keys in the order listed: what a consent names them by.
Hash PinsHash(const Crypto& crypto, const std::vector<PublicKey>& tls);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_ROSTER_MESSAGES_H_
