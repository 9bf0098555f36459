// What the desk shows of offers and partnerships.
#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/offers.pb.h"
#include "node/desk/offer_desk.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::OffersRecord;
using replication::Hash;

constexpr absl::string_view kShowing = "showing an offer";
constexpr const char* kStates[] = {"open", "closed", "past", "agreed", "concluded", "withdrawn"};

std::vector<std::string> TopicsOf(const v1::Offer& offer) {
  std::vector<std::string> topics(offer.subjects().features().begin(), offer.subjects().features().end());
  topics.insert(topics.end(), offer.subjects().action_points().begin(), offer.subjects().action_points().end());
  topics.insert(topics.end(), offer.subjects().tags().begin(), offer.subjects().tags().end());
  return topics;
}

const char* StandingOf(const v1::Offer& offer) {
  if (offer.standing() == v1::OFFER_STANDING_HISTORICAL) return "historical";
  return offer.standing() == v1::OFFER_STANDING_EXAMPLE ? "example" : "real";
}

std::vector<ReplyView> RepliesOf(const OffersShelf& shelf, const std::set<OffersRecord>& records) {
  std::vector<ReplyView> replies;
  for (const OffersRecord& record : records) {
    ReplyView view{record.id, shelf.SlugOf(record.author), "", "", "", 0};
    v1::OfferReply reply;
    v1::Decline decline;
    if (const ShelfEntry* entry = shelf.ReadNewest(record, replication::kOfferReply, reply)) {
      view.intent = domain::EnumWords(*v1::ReplyIntent_descriptor(), reply.intent());
      view.text = reply.text();
      view.language = reply.language();
      view.claimed_time_ms = entry->claimed_time_ms;
    } else if (const ShelfEntry* no = shelf.ReadNewest(record, replication::kOfferDecline, decline)) {
      view.intent = "declined";
      view.text = decline.reason();
      view.language = decline.language();
      view.claimed_time_ms = no->claimed_time_ms;
    }
    replies.push_back(std::move(view));
  }
  std::sort(replies.begin(), replies.end(), [](const ReplyView& a, const ReplyView& b) {
    return std::tie(a.claimed_time_ms, a.member, a.id) < std::tie(b.claimed_time_ms, b.member, b.id);
  });
  return replies;
}

PracticeRevision RevisionOf(const ShelfEntry& entry, std::uint64_t number) {
  PracticeRevision revision{number, entry.place.seq, entry.entry_hash, entry.claimed_time_ms, "", entry.retracted};
  if (!entry.payload) return revision;
  v1::Offer offer;
  v1::OfferWithdrawal withdrawal;
  if (entry.kind == replication::kOffer && domain::DecodeRecord(*entry.payload, offer).ok()) {
    revision.reason = offer.revision_reason();
  } else if (entry.kind == replication::kOfferWithdrawal && domain::DecodeRecord(*entry.payload, withdrawal).ok()) {
    revision.reason = withdrawal.reason();
  }
  return revision;
}

// Of a revision, from 1, or of the present one (0), what it says. An earlier one never stands in for it.
void PutContent(const OffersShelf& shelf, const OffersRecord& record, std::uint64_t revision, ShownOffer& shown) {
  const std::vector<ShelfEntry>& revisions = shelf.RevisionsOf(record);
  const ShelfEntry& asked = revisions[revision == 0 ? revisions.size() - 1 : revision - 1];
  auto content = std::make_shared<v1::Offer>();
  if (asked.retracted) {
    shown.fault = "it was taken back by its author";
  } else if (asked.kind == replication::kOffer && asked.payload &&
             domain::DecodeRecord(*asked.payload, *content).ok()) {
    shown.content = std::move(content);
  } else {
    shown.fault = "this revision cannot be shown: it was erased, has not arrived or cannot be read";
  }
}

}  // namespace

ListedOffer OfferDesk::Line(const OffersShelf& shelf, const OffersRecord& record, const domain::OfferLine& line) const {
  v1::Offer offer;
  HANSA_CHECK(shelf.ReadNewest(record, replication::kOffer, offer) != nullptr);
  ListedOffer listed;
  listed.id = record.id;
  listed.member = shelf.SlugOf(record.author);
  listed.title = offer.title();
  listed.summary = offer.summary();
  listed.closed_because = WhyClosed(shelf, record);
  const bool closed = line.state == domain::OfferState::kOpen && !listed.closed_because.empty();
  listed.state = closed ? "closed" : domain::StateName(line.state);
  listed.direction = offer.direction() == v1::OFFER_DIRECTION_REQUEST ? "request" : "offer";
  listed.kind =
      !offer.kind_words().empty() ? offer.kind_words() : domain::EnumWords(*v1::OfferKind_descriptor(), offer.kind());
  listed.standing = StandingOf(offer);
  listed.language = offer.language();
  listed.topics = TopicsOf(offer);
  listed.valid_until = line.facts.last_day;
  listed.replies = line.replies.size();
  listed.revision = shelf.RevisionsOf(record).size();
  listed.partnerships.assign(line.partnerships.begin(), line.partnerships.end());
  return listed;
}

absl::StatusOr<std::vector<ListedOffer>> OfferDesk::List(absl::string_view member, absl::string_view state) const {
  const NodeView view = node_.View();
  std::optional<replication::Member> author;
  if (!member.empty()) {
    const absl::StatusOr<const replication::MemberRecord*> named = MemberNamed(view, member);
    HANSA_RETURN_IF_ERROR(named.status());
    author = (*named)->number;
  }
  if (!state.empty() && std::find(std::begin(kStates), std::end(kStates), state) == std::end(kStates)) {
    return absl::InvalidArgumentError(
        absl::StrCat("listing offers: ", domain::Quoted(state),
                     " is no state of an offer; write one of: ", absl::StrJoin(kStates, ", ")));
  }
  const absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  std::vector<ListedOffer> offers;
  for (const auto& [record, line] : (*shelf)->shelf.book().offers) {
    if (author && record.author != *author) continue;
    ListedOffer listed = Line((*shelf)->shelf, record, line);
    if (state.empty() ? listed.state != "withdrawn" : listed.state == state) offers.push_back(std::move(listed));
  }
  std::sort(offers.begin(), offers.end(), [](const ListedOffer& a, const ListedOffer& b) {
    return std::tie(a.member, a.title, a.id) < std::tie(b.member, b.title, b.id);
  });
  return offers;
}

absl::StatusOr<ShownOffer> OfferDesk::Show(absl::string_view id, std::uint64_t revision) const {
  NodeView view = node_.View();
  absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const absl::StatusOr<Meant> meant = (*shelf)->shelf.Find(id, view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const Scene scene(std::move(view), *std::move(shelf));
  const absl::StatusOr<OffersRecord> record = OfferMeant(kShowing, scene, *meant);
  HANSA_RETURN_IF_ERROR(record.status());
  const domain::OfferLine& line = scene.shelf.book().offers.at(*record);
  ShownOffer shown;
  shown.offer = Line(scene.shelf, *record, line);
  const std::vector<ShelfEntry>& revisions = scene.shelf.RevisionsOf(*record);
  if (revision > revisions.size()) {
    return absl::NotFoundError(absl::StrCat(kShowing, ": ", record->id.hex(), " has no revision ", revision,
                                            "; its last is ", revisions.size()));
  }
  for (std::size_t i = 0; i < revisions.size(); ++i) shown.revisions.push_back(RevisionOf(revisions[i], i + 1));
  PutContent(scene.shelf, *record, revision, shown);
  shown.replies = RepliesOf(scene.shelf, line.replies);
  shown.declines = RepliesOf(scene.shelf, line.declines);
  for (const Hash& text : line.partnerships) shown.partnerships.push_back(ViewOf(scene.shelf, text));
  shown.conclusions = scene.shelf.Conclusions(line.conclusions);
  return shown;
}

PartnershipView OfferDesk::ViewOf(const OffersShelf& shelf, const Hash& text) const {
  PartnershipView view = shelf.View(text);
  const domain::Partnership& partnership = shelf.book().partnerships.at(text);
  if (partnership.offer && shelf.book().offers.contains(*partnership.offer)) {
    view.signing_closed = WhyClosed(shelf, *partnership.offer);
  }
  if (!view.signing_closed.empty() || view.open_to_others) return view;
  for (const auto& [member, party] : partnership.parties) {
    if (HasEnded(shelf.roster(), member)) view.signing_closed = PartyHasEnded(shelf.SlugOf(member));
  }
  return view;
}

absl::StatusOr<std::vector<PartnershipView>> OfferDesk::Partnerships(absl::string_view member) const {
  const NodeView view = node_.View();
  std::optional<replication::Member> party;
  if (!member.empty()) {
    const absl::StatusOr<const replication::MemberRecord*> named = MemberNamed(view, member);
    HANSA_RETURN_IF_ERROR(named.status());
    party = (*named)->number;
  }
  const absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  std::vector<PartnershipView> partnerships;
  for (const auto& [text, partnership] : (*shelf)->shelf.book().partnerships) {
    if (!party || partnership.parties.contains(*party)) partnerships.push_back(ViewOf((*shelf)->shelf, text));
  }
  std::sort(partnerships.begin(), partnerships.end(), [](const PartnershipView& a, const PartnershipView& b) {
    return std::tie(a.title, a.id) < std::tie(b.title, b.id);
  });
  return partnerships;
}

absl::StatusOr<Hash> OfferDesk::PartnershipNamed(absl::string_view id) const {
  const NodeView view = node_.View();
  const absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const absl::StatusOr<Meant> meant = (*shelf)->shelf.Find(id, view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  return PartnershipMeant("finding a partnership", (*shelf)->shelf, *meant, replication::kMemberUnknown);
}

absl::StatusOr<PartnershipProof> OfferDesk::Prove(absl::string_view id) const {
  const absl::StatusOr<Hash> text = PartnershipNamed(id);
  HANSA_RETURN_IF_ERROR(text.status());
  const absl::StatusOr<Held> shelf = Shelf(node_.View());
  HANSA_RETURN_IF_ERROR(shelf.status());
  if (!(*shelf)->shelf.book().partnerships.contains(*text))
    return absl::NotFoundError("the partnership is not held any more");
  PartnershipProof proof = (*shelf)->shelf.Prove(*text);
  proof.partnership = ViewOf((*shelf)->shelf, *text);
  return proof;
}

}  // namespace hansa::node::desk
