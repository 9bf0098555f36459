// Everything held of offers at one moment, read from the feeds: the book, and the records behind it. The same for the
// feeds of a node and for those of a bundle.
#ifndef HANSA_NODE_DESK_OFFERS_SHELF_H_
#define HANSA_NODE_DESK_OFFERS_SHELF_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/domain/offers_book.h"
#include "replication/crypto.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace google::protobuf {
class Message;
}
namespace hansa::v1 {
class Acceptance;
class AcceptanceBody;
class Reference;
}  // namespace hansa::v1

namespace hansa::node::desk {

// One revision of a record of offers.
struct ShelfEntry {
  domain::OffersPlace place;
  replication::Hash entry_hash;
  replication::Kind kind;
  bool retracted = false;
  std::uint64_t claimed_time_ms = 0;  // Unix milliseconds by the author's clock
  replication::FeedAuthor author;
  std::optional<replication::Bytes> payload;
};

// A party as it can be shown.
struct PartyView {
  std::string member;  // slug
  domain::PartyState state = domain::PartyState::kAwaited;
  std::optional<replication::RecordId> acceptance;
  std::string key;  // hex; empty while it is awaited
  std::uint64_t signed_ms = 0;
  bool needed = false;
  std::string note;          // its own word to its signature; may be empty
  std::string approved_by;   // a role; may be empty
  std::string left_because;  // empty: it has not left, or did not say why
  std::string membership;    // "member", "suspended", "retired", …; empty: the roster does not name it
};

// An organization that carries a partnership, as the text has it.
struct CarriedBy {
  std::string name;
  std::string member;  // slug, at whose side it stands; empty: at all of them
  std::string role;
  std::string country;
  std::string web;
};

// That an offer or a partnership is over, as one who may say so said it.
struct ConclusionView {
  replication::RecordId id;
  std::string member;   // slug
  std::string how;      // as the words of v1::ConclusionKind
  std::string outcome;  // may be empty
  std::string language;
  std::string ended_on;
  std::uint64_t claimed_time_ms = 0;
};

struct PartnershipView {
  replication::Hash id;
  std::string title;
  domain::PartnershipState state = domain::PartnershipState::kProposed;
  std::optional<domain::OffersRecord> offer;
  std::string offered_by;            // slug; empty: no offer led to it
  std::uint64_t offer_revision = 0;  // of which the text was drawn, from 1; 0: no offer, or it is not held
  std::vector<PartyView> parties;    // by slug
  std::string language;
  std::string terms;
  std::string aim;
  std::string starts_on;
  std::string ends_on;
  bool open_to_others = false;
  std::string
      signing_closed;  // a sentence, why nobody can sign it any more; empty: as open_to_others says. By the desk
  std::string kind;
  std::vector<std::string> features, action_points, tags;
  std::vector<CarriedBy> organizations;
  std::vector<ConclusionView> conclusions;  // by member
};

struct SignatureCheck {
  std::string member;     // slug
  std::string key;        // hex
  std::string signature;  // hex
  bool ok = false;
  std::string what;  // why not
};

// One partnership, checked again from the signed bytes.
struct PartnershipProof {
  PartnershipView partnership;
  std::vector<SignatureCheck> signatures;
  std::vector<std::string> problems;  // what is missing or wrong, in words
  bool ok() const { return problems.empty(); }
};

// What an id may mean.
struct Meant {
  std::optional<domain::OffersRecord> record;
  std::optional<replication::Hash> partnership;
};

class OffersShelf {
 public:
  // `roster` must outlive the shelf.
  //   DATA_LOSS  a feed is damaged
  static absl::StatusOr<OffersShelf> Read(const storage::FeedStore& feeds, const replication::Roster& roster,
                                          const replication::Crypto& crypto = replication::SodiumCrypto());

  const domain::OffersBook& book() const { return book_; }
  const replication::Roster& roster() const { return *roster_; }
  std::string SlugOf(replication::Member member) const;

  // All revisions, ascending by place; the record must be in the book.
  const std::vector<ShelfEntry>& RevisionsOf(const domain::OffersRecord& record) const;
  // The newest revision of `kind` that `message` could read; nullptr if there is none.
  const ShelfEntry* ReadNewest(const domain::OffersRecord& record, replication::Kind kind,
                               google::protobuf::Message& message) const;
  // Points at the newest revision that is not a withdrawal.
  v1::Reference ReferenceTo(const domain::OffersRecord& record) const;

  // Records and partnerships whose id begins with `hex`, 6 to 64 hex digits. `own` comes first where a whole record id
  // is shared.
  //   INVALID_ARGUMENT  not such digits, or several begin so
  //   NOT_FOUND         nothing does
  absl::StatusOr<Meant> Find(absl::string_view hex, replication::Member own) const;

  // The signed bytes of a text, from any acceptance held.
  replication::Bytes TextBytes(const replication::Hash& text) const;
  PartnershipView View(const replication::Hash& text) const;
  // Those of `records` that can be read, by member.
  std::vector<ConclusionView> Conclusions(const std::set<domain::OffersRecord>& records) const;
  PartnershipProof Prove(const replication::Hash& text) const;

 private:
  explicit OffersShelf(const replication::Roster& roster, const replication::Crypto& crypto)
      : roster_(&roster), crypto_(&crypto) {}

  PartyView ViewOf(const replication::Hash& text, replication::Member member, const domain::Party& party) const;
  std::string ReasonOfLeaving(const replication::Hash& text, replication::Member member,
                              const domain::Party& party) const;
  // Which revision of `record` has this hash, from 1; 0: none that is held.
  std::uint64_t RevisionWith(const domain::OffersRecord& record, absl::string_view entry_hash) const;
  absl::Status ReadFeed(const storage::FeedStore& feeds, const replication::FeedId& feed,
                        const replication::FeedAuthor& author, std::vector<domain::OffersEntry>& entries);

  const replication::Roster* roster_;
  const replication::Crypto* crypto_;
  domain::OffersBook book_;
  std::map<domain::OffersRecord, std::vector<ShelfEntry>> revisions_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_OFFERS_SHELF_H_
