// What one entry of offers says, for the book of offers: from its bytes and its author's key, by nothing else.
#ifndef HANSA_NODE_DOMAIN_OFFERS_READING_H_
#define HANSA_NODE_DOMAIN_OFFERS_READING_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "node/domain/offers_book.h"
#include "replication/crypto.h"
#include "replication/entry.h"
#include "replication/feed.h"
#include "replication/statement.h"

namespace hansa::v1 {
class Acceptance;
class AcceptanceBody;
class Offer;
}  // namespace hansa::v1

namespace hansa::node::domain {

// Whose feed an entry stands in. All must outlive the call only.
struct OffersAuthor {
  const replication::Crypto& crypto;
  const replication::NetworkId& network;
  const replication::FeedAuthor& author;
};

OfferFacts FactsOf(const v1::Offer& offer);

// `payload` is absent where it is not held. What cannot be read, or breaks a rule, says nothing.
OffersEntry ReadOffersEntry(const OffersAuthor& author, const replication::EntryHeader& header,
                            const std::optional<replication::Bytes>& payload);

// The statement as it is signed.
//   INVALID_ARGUMENT  its key or signature has not the length of one
absl::StatusOr<replication::Statement> StatementOf(const v1::Acceptance& acceptance);

// The text that a statement is over.
//   INVALID_ARGUMENT  not such a text
absl::Status ReadText(replication::BytesView body, v1::AcceptanceBody& text);

// Whether an acceptance counts: signed by its author's present key, for this network, over a text that names it or is
// open to it.
//   INVALID_ARGUMENT, UNAUTHENTICATED, FAILED_PRECONDITION  why it does not
absl::Status CheckAcceptance(const OffersAuthor& author, const v1::Acceptance& acceptance, v1::AcceptanceBody& text);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_OFFERS_READING_H_
