// How offers and partnerships stand, from the records held. Promise: a pure function of the set of entries, so that
// nodes that hold the same entries show the same, in whatever order these came, and however often.
//
// A partnership is a text, known by the hash of the bytes that its parties sign. It was agreed once every party that
// the text names has signed at some time, and at least two members have. It is in force while at least two of those who
// signed are left. Nothing here is ordered by anything but names and ids.
#ifndef HANSA_NODE_DOMAIN_OFFERS_BOOK_H_
#define HANSA_NODE_DOMAIN_OFFERS_BOOK_H_

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "absl/types/span.h"
#include "node/domain/noted_record.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace hansa::node::domain {

// A record of offers, by its author.
struct OffersRecord {
  replication::Member author;
  replication::RecordId id;
  friend auto operator<=>(const OffersRecord&, const OffersRecord&) = default;
};

// Where an entry stands in all that its author ever wrote about offers.
using OffersPlace = NotedPlace;

struct OfferFacts {
  bool is_past = false;     // an account of an offer of the past
  bool is_example = false;  // for a demonstration
  bool for_one = false;     // one partner is looked for
  std::string last_day;     // YYYY-MM-DD, the earlier of deadline and validity; empty: none
};
struct ReplyFacts {
  OffersRecord offer;
};
struct DeclineFacts {
  OffersRecord declined;  // an offer or a reply
};
// Of an acceptance whose statement holds; one whose statement does not is no acceptance (std::monostate).
struct AcceptanceFacts {
  replication::Hash text;  // SHA-256 of the signed body
  std::set<replication::Member> needed;
  bool open_to_others = false;
  std::optional<OffersRecord> offer;
};
struct LeavingFacts {
  replication::Hash text;
};
struct ConclusionFacts {
  std::optional<replication::Hash> text;  // absent: it is the offer that is concluded
  std::optional<OffersRecord> offer;
};

// One entry. What cannot be read, or was taken back, says nothing.
struct OffersEntry {
  OffersRecord record;
  OffersPlace place;
  bool retracted = false;
  std::variant<std::monostate, OfferFacts, ReplyFacts, DeclineFacts, AcceptanceFacts, LeavingFacts, ConclusionFacts>
      says;
};

enum class OfferState { kOpen, kPast, kAgreed, kConcluded, kWithdrawn };
enum class PartyState { kAwaited, kSigned, kLeft };
enum class PartnershipState { kProposed, kInForce, kEnded, kConcluded };
// As people and scripts read them: "open", "in force", …
const char* StateName(OfferState state);
const char* StateName(PartyState state);
const char* StateName(PartnershipState state);

struct OfferLine {
  OfferState state = OfferState::kOpen;
  OfferFacts facts;  // of the last revision that can be read
  std::set<OffersRecord> replies;
  std::set<OffersRecord> declines;           // of the offer itself, by members that have signed nothing of it since
  std::set<replication::Hash> partnerships;  // whose text names it, and its author as a party
  std::set<OffersRecord> conclusions;        // by its author
};

struct Party {
  PartyState state = PartyState::kAwaited;
  bool needed = false;
  std::optional<OffersRecord> acceptance;  // the one that stands; of those who left, the last
  std::optional<OffersPlace> place;        // of that acceptance
  friend bool operator==(const Party&, const Party&) = default;
};

// Concluded once one whom the text names and who stands by it has concluded it, or all who stand by it have.
struct Partnership {
  PartnershipState state = PartnershipState::kProposed;
  std::map<replication::Member, Party> parties;
  std::optional<OffersRecord> offer;
  std::set<OffersRecord> conclusions;  // of an agreed text, by members that stand by it
};

struct OffersBook {
  std::map<OffersRecord, OfferLine> offers;
  std::map<replication::Hash, Partnership> partnerships;
  // Every record with what its last entry says; taken back: std::monostate.
  std::map<OffersRecord, OffersEntry> records;
};

// The book of `entries`: all revisions of all records, in any order, with or without repetitions.
OffersBook BookOf(absl::Span<const OffersEntry> entries);

// Whether its last day is over wherever on earth one is. `day_everywhere`: the day it is now where it is earliest
// (UTC-12), YYYY-MM-DD.
bool IsClosed(const OfferFacts& offer, const std::string& day_everywhere);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_OFFERS_BOOK_H_
