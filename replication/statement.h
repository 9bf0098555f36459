// What somebody signs once and others carry in their records: applications, recommendations, consents, approvals.
// The bytes signed are kept as received; their frozen form is in replication/protocol.md.
#ifndef HANSA_REPLICATION_STATEMENT_H_
#define HANSA_REPLICATION_STATEMENT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "replication/bytes.h"
#include "replication/crypto.h"
#include "replication/strong_id.h"

namespace hansa::replication {

enum class StatementType : std::uint16_t {
  kApplication = 1,       // by the applicant's writer key
  kTlsPossession = 2,     // by a TLS key, over the body of an application or consent
  kRecommendation = 3,    // by a national authority
  kConsent = 4,           // by a writer key
  kApproval = 5,          // by an officer key of the root document
  kRating = 6,            // by an expert
  kSurveyDelivery = 7,    // by a survey agency
  kAcceptance = 8,        // by a party of a partnership
  kWriterPossession = 9,  // by a new writer key, over the body of a consent
};

// The 16 tag bytes that a body of each form begins with (padded with NUL).
inline constexpr char kApplicationTag[] = "hansa/apply/1";
inline constexpr char kRecommendationTag[] = "hansa/recomm/1";
inline constexpr char kConsentTag[] = "hansa/consent/1";
inline constexpr char kSealTag[] = "hansa/seal/1";
inline constexpr char kKeyConsentTag[] = "hansa/keygrant/1";
inline constexpr char kRatingTag[] = "hansa/rating/1";
inline constexpr char kSurveyTag[] = "hansa/survey/1";
inline constexpr char kAcceptanceTag[] = "hansa/accept/1";

struct Statement {
  Bytes body;
  PublicKey signer;
  Signature signature;
  friend bool operator==(const Statement&, const Statement&) = default;
};

// What a statement's signature is over.
Bytes StatementMessage(const Crypto& crypto, const NetworkId& network, StatementType type, BytesView body);

Statement SignStatement(const Crypto& crypto, const NetworkId& network, StatementType type, const Signer& signer,
                        Bytes body);
bool IsSigned(const Crypto& crypto, const NetworkId& network, StatementType type, const Statement& statement);

// The body of an approval: what is approved is one kind, under one nonce (the entry's record id), with one content.
Bytes ApprovalBody(const Crypto& crypto, Kind kind, const RecordId& nonce, BytesView approved);

// A message with its tag before it, whether a body begins with a tag, and the body after its 16 tag bytes.
Bytes Tagged(absl::string_view tag, BytesView message);
bool HasTag(absl::string_view tag, BytesView body);
BytesView WithoutTag(BytesView body);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_STATEMENT_H_
