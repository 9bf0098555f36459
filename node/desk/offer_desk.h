// The desk for offers and what comes of them: published from files, answered, signed, left, concluded, taken back.
// Promises: the text of a partnership is drawn from the offer alone, so that parties who never talk sign the same
// bytes; an act that would change nothing signs nothing; lists are by name, never by a count or value.
#ifndef HANSA_NODE_DESK_OFFER_DESK_H_
#define HANSA_NODE_DESK_OFFER_DESK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/kept_shelf.h"
#include "node/desk/offers_shelf.h"
#include "node/desk/practice_desk.h"
#include "node/desk/record_files.h"
#include "node/desk/record_office.h"
#include "node/desk/standing_links.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace google::protobuf {
class Message;
}
namespace hansa::v1 {
class Conclusion;
class Offer;
}  // namespace hansa::v1

namespace hansa::node::desk {

// One offer in a list; words as node.proto has them.
struct ListedOffer {
  replication::RecordId id;
  std::string member;  // slug
  std::string title;
  std::string summary;
  std::string state;
  std::string closed_because;  // a sentence, why nobody can take it up; empty: it can be taken up
  std::string direction;
  std::string kind;
  std::string standing;
  std::string language;
  std::vector<std::string> topics;
  std::string valid_until;
  std::uint64_t replies = 0;
  std::uint64_t revision = 0;
  std::vector<replication::Hash> partnerships;
};

// A reply or a decline that stands.
struct ReplyView {
  replication::RecordId id;
  std::string member;  // slug
  std::string intent;
  std::string text;
  std::string language;
  std::uint64_t claimed_time_ms = 0;
};

struct ShownOffer {
  ListedOffer offer;                         // as it stands now
  std::shared_ptr<const v1::Offer> content;  // of the revision asked for; null: as fault says
  std::string fault;                         // why the content cannot be shown; empty if it can
  std::vector<PracticeRevision> revisions;   // all, from the first
  std::vector<ReplyView> replies;            // by claimed time, then member and id
  std::vector<ReplyView> declines;
  std::vector<PartnershipView> partnerships;
  std::vector<ConclusionView> conclusions;  // of the offer itself, by its author
};

// An offer that fits another, with its reasons.
struct OfferMatch {
  ListedOffer offer;
  std::string member_name;           // of its author, as in the roster
  std::vector<std::string> reasons;  // sentences; never a score
};
struct MatchedOffer {
  ListedOffer offer;
  std::vector<OfferMatch> matches;  // by member name, title and id
};

struct OfferChange {
  std::string id;  // 6 to 32 hex digits
  domain::RecordFile file;
  std::string reason;             // may be empty
  std::uint64_t of_revision = 0;  // that was read, from 1; 0: whichever is there
};
struct ReplyGiven {
  std::string id, text, language, intent;
};
struct AcceptanceGiven {
  std::string id, with, note, approved_by;
  std::uint64_t revision =
      0;  // of the offer that was read, from 1; 0: whichever is there. A partnership's text is its id
};
struct ConclusionGiven {
  std::string id, how, outcome;
};
struct Reasoned {
  std::string id, reason;
};

// Thread-safe. Calls block on disk; acts also on the node, and when they return, lists show what they did.
//
// Ids are 6 digits and more of a record id or of a partnership: INVALID_ARGUMENT if they are not, or mean several
// things; NOT_FOUND if nothing begins so, or if it is not what is asked for. What the way of an offer does not allow
// (it is past, closed, concluded, withdrawn, another's) is FAILED_PRECONDITION, and so is a node that may not sign;
// then nothing was signed.
class OfferDesk {
 public:
  // `day_everywhere` gives the day it is where it is earliest on earth (UTC-12), YYYY-MM-DD. All must outlive the desk.
  OfferDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
            std::function<std::string()> day_everywhere)
      : node_(node), catalogue_(catalogue), views_(views), day_everywhere_(std::move(day_everywhere)) {}

  // Errors of the file as ReadOfferFile.
  //   NOT_FOUND            a cluster that it names is not here
  //   FAILED_PRECONDITION  its last day is over, and it is neither an account of the past nor an example
  absl::StatusOr<PublishedEntry> Publish(const domain::RecordFile& file);
  // The whole offer anew; files that it has stay where the new text names none. Signatures stay with the text that was
  // signed, and whoever accepts from then on signs the new one: the answer says so where there are any. Errors of the
  // file as Publish.
  //   FAILED_PRECONDITION  also: it is concluded, or was for one partner and has found it; it was revised since
  //                        `of_revision`, and says something else than the file; or a revision of it waits to be
  //                        signed, and `of_revision` is given
  absl::StatusOr<PublishedEntry> Revise(const OfferChange& change);
  // A revision of an own offer with other files: as SignWithFiles, where Revise allows it.
  absl::StatusOr<PublishedEntry> ChangeFiles(const FilesChange& change);
  absl::StatusOr<PublishedEntry> Reply(const ReplyGiven& given);
  // Signs; `partnership` becomes its id.
  //   FAILED_PRECONDITION  also: the offer was revised since `revision`, or a revision of it waits to be signed here,
  //                        where `revision` is given
  absl::StatusOr<PublishedEntry> Accept(const AcceptanceGiven& given, std::string& partnership);
  absl::StatusOr<PublishedEntry> Decline(const Reasoned& given);
  absl::StatusOr<PublishedEntry> Leave(const Reasoned& given, std::string& partnership);
  absl::StatusOr<PublishedEntry> Conclude(const ConclusionGiven& given, std::string& partnership);
  absl::StatusOr<PublishedEntry> Withdraw(const Reasoned& given);

  // Of one member, or of all; in one state, or in all but withdrawn. By slug, title, then id.
  absl::StatusOr<std::vector<ListedOffer>> List(absl::string_view member, absl::string_view state) const;
  // `revision` is from 1; 0: the present one.
  //   NOT_FOUND  also: there is no such revision
  absl::StatusOr<ShownOffer> Show(absl::string_view id, std::uint64_t revision = 0) const;
  // What fits an offer that can be taken up, or, where `id` is empty, each open one of this node's member. By title,
  // then id.
  absl::StatusOr<std::vector<MatchedOffer>> Matches(absl::string_view id) const;
  // Those that a member is party of, or all. By title, then id.
  absl::StatusOr<std::vector<PartnershipView>> Partnerships(absl::string_view member) const;
  absl::StatusOr<PartnershipProof> Prove(absl::string_view id) const;
  // The partnership that an id means; an offer means the only one that came of it.
  absl::StatusOr<replication::Hash> PartnershipNamed(absl::string_view id) const;

 private:
  // What an act begins with: who acts, and what is there.
  using Held = std::shared_ptr<const KeptShelf<OffersShelf>::Kept>;
  struct Scene {
    Scene(NodeView who, Held what) : view(std::move(who)), held(std::move(what)), shelf(held->shelf) {}
    NodeView view;
    Held held;
    const OffersShelf& shelf;
  };
  absl::StatusOr<Scene> Look(absl::string_view doing) const;
  absl::StatusOr<std::shared_ptr<v1::Offer>> ReadFile(absl::string_view doing, const Scene& scene,
                                                      const domain::RecordFile& file, const StandingLinks& standing,
                                                      std::vector<std::string>& warnings) const;
  // Of a last day that `present` does not name.
  //   FAILED_PRECONDITION  it is over; of an example that is only remarked on
  absl::Status CheckLastDay(absl::string_view doing, const v1::Offer& present, const v1::Offer& offer,
                            std::vector<std::string>& warnings) const;
  absl::StatusOr<domain::OffersRecord> OwnToRevise(absl::string_view doing, const Scene& scene,
                                                   absl::string_view id) const;
  absl::StatusOr<Held> Shelf(const NodeView& view) const;
  // As a new record, or as the end of `taken_back`.
  absl::StatusOr<PublishedEntry> Sign(const Scene& scene, replication::Kind kind,
                                      const google::protobuf::Message& record, std::string title,
                                      const std::optional<replication::RecordId>& taken_back = std::nullopt);
  absl::StatusOr<domain::OffersRecord> OfferMeant(absl::string_view doing, const Scene& scene,
                                                  const Meant& meant) const;
  absl::StatusOr<replication::Hash> PartnershipMeant(absl::string_view doing, const OffersShelf& shelf,
                                                     const Meant& meant, replication::Member own) const;
  static absl::Status CheckNotSigned(const Scene& scene, const domain::OffersRecord& offer);
  // Why nobody can take it up, whoever it is addressed to; empty if it can be taken up.
  std::string WhyClosed(const OffersShelf& shelf, const domain::OffersRecord& offer) const;
  absl::Status CheckOpen(absl::string_view doing, const Scene& scene, const domain::OffersRecord& offer) const;
  // With why nobody can sign it any more.
  PartnershipView ViewOf(const OffersShelf& shelf, const replication::Hash& text) const;
  absl::StatusOr<replication::Bytes> TextMeant(const Scene& scene, const Meant& meant,
                                               const AcceptanceGiven& given) const;
  absl::StatusOr<replication::Member> PartnerOf(const Scene& scene, const domain::OffersRecord& offer,
                                                const std::string& with) const;
  absl::StatusOr<PublishedEntry> ConcludeOffer(const Scene& scene, const Meant& meant, v1::Conclusion conclusion);
  absl::StatusOr<replication::Bytes> DrawText(const Scene& scene, const domain::OffersRecord& offer,
                                              const std::string& with) const;
  ListedOffer Line(const OffersShelf& shelf, const domain::OffersRecord& record, const domain::OfferLine& line) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  const std::function<std::string()> day_everywhere_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
  mutable KeptShelf<OffersShelf> kept_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_OFFER_DESK_H_
