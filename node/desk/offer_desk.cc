// Acts on offers and partnerships. What is shown is in offer_desk_lists.cc, what is signed in offer_desk_text.cc.
#include "node/desk/offer_desk.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/offers.pb.h"
#include "node/domain/offers_reading.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::OffersRecord;
using domain::PartyState;
using replication::Hash;
using replication::Member;

constexpr absl::string_view kPublishing = "publishing an offer";
constexpr absl::string_view kReplying = "replying to an offer";
constexpr absl::string_view kAccepting = "accepting an offer";
constexpr absl::string_view kDeclining = "declining an offer";
constexpr absl::string_view kLeaving = "leaving a partnership";
constexpr absl::string_view kConcluding = "concluding a partnership or an offer";
constexpr absl::string_view kWithdrawing = "taking back a record";

constexpr std::size_t kWordsMax = 1000;
constexpr std::size_t kReplyMax = 4000;
constexpr std::size_t kOutcomeMax = 8000;
constexpr std::size_t kApprovedByMax = 200;

absl::Status Refused(absl::string_view doing, absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(doing, ": ", why));
}

// The value of an enumeration that is called so; nullopt if none is. Empty words are 0.
std::optional<int> ChoiceNamed(const google::protobuf::EnumDescriptor& type, absl::string_view words) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (domain::EnumWords(type, type.value(i)->number()) == words) return type.value(i)->number();
  }
  return std::nullopt;
}

absl::Status NoSuchChoice(absl::string_view doing, absl::string_view words,
                          const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> choices;
  for (int i = 1; i < type.value_count(); ++i) choices.push_back(domain::EnumWords(type, type.value(i)->number()));
  return absl::InvalidArgumentError(absl::StrCat(
      doing, ": ", domain::Quoted(words), " is not one of the choices; write one of: ", absl::StrJoin(choices, ", ")));
}

v1::Offer OfferOf(const OffersShelf& shelf, const OffersRecord& record) {
  v1::Offer offer;
  HANSA_CHECK(shelf.ReadNewest(record, replication::kOffer, offer) != nullptr);
  return offer;
}

// `record` as an answer to somebody whose act would change nothing.
PublishedEntry AsItStands(const NodeView& view, const OffersShelf& shelf, const OffersRecord& record,
                          std::string title) {
  PublishedEntry entry;
  entry.id = record.id;
  entry.member = view.slug;
  entry.collection = replication::kOffers;
  entry.sequence = shelf.RevisionsOf(record).back().place.seq;
  entry.revision = shelf.RevisionsOf(record).size();
  entry.title = std::move(title);
  entry.unchanged = true;
  return entry;
}

}  // namespace

absl::StatusOr<OfferDesk::Held> OfferDesk::Shelf(const NodeView& view) const {
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  return kept_.Get(views_, view.roster,
                   [this](const replication::Roster& roster) { return OffersShelf::Read(node_.feeds(), roster); });
}

absl::StatusOr<OfferDesk::Scene> OfferDesk::Look(absl::string_view doing) const {
  NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(doing, view, replication::kOffers));
  absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  return Scene(std::move(view), *std::move(shelf));
}

absl::StatusOr<PublishedEntry> OfferDesk::Sign(const Scene& scene, replication::Kind kind,
                                               const google::protobuf::Message& record, std::string title,
                                               const std::optional<replication::RecordId>& taken_back) {
  absl::StatusOr<std::string> payload = domain::EncodeRecord(record);
  HANSA_RETURN_IF_ERROR(payload.status());
  Publication publication{replication::kOffers, kind, taken_back, taken_back.has_value(), *std::move(payload)};
  const absl::StatusOr<std::vector<Published>> published = node_.Publish({std::move(publication)});
  HANSA_RETURN_IF_ERROR(published.status());
  HANSA_CHECK(published->size() == 1);
  // What was published is published, even if the views cannot follow now.
  node_.AwaitViews().IgnoreError();
  const Published& signed_entry = published->front();
  PublishedEntry entry;
  entry.id = signed_entry.record;
  entry.member = scene.view.slug;
  entry.collection = signed_entry.collection;
  entry.sequence = signed_entry.seq;
  entry.revision = 1;
  entry.held_by = signed_entry.held_by;
  entry.queued = signed_entry.queued;
  if (entry.queued) entry.warnings.emplace_back(kQueuedWords);
  entry.title = std::move(title);
  return entry;
}

absl::StatusOr<PublishedEntry> OfferDesk::Publish(const domain::RecordFile& file) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kPublishing);
  HANSA_RETURN_IF_ERROR(scene.status());
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Offer>> offer =
      ReadFile(kPublishing, *scene, file, StandingLinks(), warnings);
  HANSA_RETURN_IF_ERROR(offer.status());
  const std::string said = domain::SaidBy(**offer);
  for (const auto& [record, line] : scene->shelf.book().offers) {
    if (record.author != scene->view.member || line.state == domain::OfferState::kWithdrawn) continue;
    if (domain::SaidBy(OfferOf(scene->shelf, record)) != said) continue;
    PublishedEntry entry = AsItStands(scene->view, scene->shelf, record, (*offer)->title());
    entry.warnings = std::move(warnings);
    return entry;
  }
  HANSA_RETURN_IF_ERROR(CheckLastDay(kPublishing, v1::Offer(), **offer, warnings));
  absl::StatusOr<PublishedEntry> entry = Sign(*scene, replication::kOffer, **offer, (*offer)->title());
  if (entry.ok()) entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

// The offer that an id means; of a reply, the one it answers; of a partnership, the one it came of.
absl::StatusOr<OffersRecord> OfferDesk::OfferMeant(absl::string_view doing, const Scene& scene,
                                                   const Meant& meant) const {
  const domain::OffersBook& book = scene.shelf.book();
  std::optional<OffersRecord> offer = meant.record;
  if (meant.partnership) offer = book.partnerships.at(*meant.partnership).offer;
  if (offer && !book.offers.contains(*offer)) {
    // A partnership may name an offer of somebody whose records are not kept here.
    const auto said = book.records.find(*offer);
    const auto* reply = said == book.records.end() ? nullptr : std::get_if<domain::ReplyFacts>(&said->second.says);
    offer = reply == nullptr ? std::nullopt : std::optional<OffersRecord>(reply->offer);
  }
  if (offer && book.offers.contains(*offer)) return *offer;
  return absl::NotFoundError(absl::StrCat(doing, ": this is no offer; hansa offers list shows them"));
}

std::string OfferDesk::WhyClosed(const OffersShelf& shelf, const OffersRecord& record) const {
  const domain::OfferLine& line = shelf.book().offers.at(record);
  switch (line.state) {
    case domain::OfferState::kPast:
      return "the offer is of the past; it can be read, not taken up";
    case domain::OfferState::kWithdrawn:
      return "the offer was taken back by its author";
    default:
      break;
  }
  if (HasEnded(shelf.roster(), record.author)) {
    return "the author of the offer is no longer a member of the network; it can be read, not taken up";
  }
  if (line.state == domain::OfferState::kConcluded) return "the offer is concluded; ask its author for a new one";
  if (!domain::IsClosed(line.facts, day_everywhere_())) return "";
  return absl::StrCat("the last day of the offer was ", line.facts.last_day, "; ask its author for a new one");
}

absl::Status OfferDesk::CheckOpen(absl::string_view doing, const Scene& scene, const OffersRecord& record) const {
  const std::string why = WhyClosed(scene.shelf, record);
  if (!why.empty()) return Refused(doing, why);
  const v1::Offer offer = OfferOf(scene.shelf, record);
  const auto& to = offer.addressed_to();
  const bool for_us = to.empty() || record.author == scene.view.member ||
                      std::find(to.begin(), to.end(), scene.view.member.value()) != to.end();
  return for_us ? absl::OkStatus() : Refused(doing, "the offer is addressed to others");
}

absl::StatusOr<PublishedEntry> OfferDesk::Reply(const ReplyGiven& given) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kReplying);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<Meant> meant = scene->shelf.Find(given.id, scene->view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const absl::StatusOr<OffersRecord> record = OfferMeant(kReplying, *scene, *meant);
  HANSA_RETURN_IF_ERROR(record.status());
  const absl::StatusOr<std::string> text = CleanReason(kReplying, given.text, kReplyMax);
  HANSA_RETURN_IF_ERROR(text.status());
  if (text->empty()) return absl::InvalidArgumentError(absl::StrCat(kReplying, ": the text is empty; say something"));
  const std::optional<int> intent = ChoiceNamed(*v1::ReplyIntent_descriptor(), given.intent);
  if (!intent || *intent == v1::REPLY_INTENT_PROPOSAL) {
    return absl::InvalidArgumentError(
        absl::StrCat(kReplying, ": ", domain::Quoted(given.intent),
                     " is not one of the choices; write one of: interested, question, answer"));
  }
  HANSA_RETURN_IF_ERROR(CheckOpen(kReplying, *scene, *record));
  const v1::Offer offer = OfferOf(scene->shelf, *record);
  v1::OfferReply reply;
  *reply.mutable_offer() = scene->shelf.ReferenceTo(*record);
  reply.set_text(*text);
  reply.set_language(given.language);  // empty: nobody said; it need not be that of the offer
  reply.set_intent(static_cast<v1::ReplyIntent>(*intent));
  if (meant->record && *meant->record != *record)
    *reply.mutable_in_reply_to() = scene->shelf.ReferenceTo(*meant->record);
  return Sign(*scene, replication::kOfferReply, reply, offer.title());
}

absl::StatusOr<PublishedEntry> OfferDesk::Accept(const AcceptanceGiven& given, std::string& partnership) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kAccepting);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<Meant> meant = scene->shelf.Find(given.id, scene->view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const absl::StatusOr<std::string> note = CleanReason(kAccepting, given.note, kWordsMax);
  HANSA_RETURN_IF_ERROR(note.status());
  const absl::StatusOr<std::string> role = CleanReason(kAccepting, given.approved_by, kApprovedByMax);
  HANSA_RETURN_IF_ERROR(role.status());
  const absl::StatusOr<replication::Bytes> body = TextMeant(*scene, *meant, given);
  HANSA_RETURN_IF_ERROR(body.status());
  v1::AcceptanceBody text;
  HANSA_RETURN_IF_ERROR(domain::ReadText(*body, text));
  const Hash id = replication::SodiumCrypto().Sha256(*body);
  partnership = id.hex();
  const Member own = scene->view.member;
  const auto& parties = text.parties();
  if (!text.open_to_others() && std::find(parties.begin(), parties.end(), own.value()) == parties.end()) {
    return Refused(kAccepting, "this partnership is between others");
  }
  const auto known = scene->shelf.book().partnerships.find(id);
  if (known != scene->shelf.book().partnerships.end()) {
    if (known->second.state == domain::PartnershipState::kConcluded) {
      return Refused(kAccepting, "the partnership is concluded");
    }
    const auto party = known->second.parties.find(own);
    if (party != known->second.parties.end() && party->second.state == PartyState::kSigned) {
      return AsItStands(scene->view, scene->shelf, *party->second.acceptance, text.title());
    }
  }
  if (!text.open_to_others()) {
    for (const std::uint32_t party : parties) {
      if (!HasEnded(*scene->view.roster, Member(party))) continue;
      return Refused(kAccepting, PartyHasEnded(SlugOf(scene->view, Member(party))));
    }
  }
  const absl::StatusOr<replication::Statement> statement = node_.Sign(replication::StatementType::kAcceptance, *body);
  HANSA_RETURN_IF_ERROR(statement.status());
  v1::Acceptance acceptance;
  acceptance.mutable_statement()->set_body(statement->body);
  acceptance.mutable_statement()->set_signer_pk(statement->signer.str());
  acceptance.mutable_statement()->set_sig(statement->signature.str());
  acceptance.set_note(*note);
  acceptance.set_approved_by(*role);
  return Sign(*scene, replication::kOfferAcceptance, acceptance, text.title());
}

// The bytes to sign: those of a partnership that is there, or those that the offer gives.
absl::StatusOr<replication::Bytes> OfferDesk::TextMeant(const Scene& scene, const Meant& meant,
                                                        const AcceptanceGiven& given) const {
  if (meant.partnership) {
    const std::optional<OffersRecord>& offer = scene.shelf.book().partnerships.at(*meant.partnership).offer;
    if (offer && scene.shelf.book().offers.contains(*offer))
      HANSA_RETURN_IF_ERROR(CheckOpen(kAccepting, scene, *offer));
    return scene.shelf.TextBytes(*meant.partnership);
  }
  const absl::StatusOr<OffersRecord> record = OfferMeant(kAccepting, scene, meant);
  HANSA_RETURN_IF_ERROR(record.status());
  HANSA_RETURN_IF_ERROR(CheckOpen(kAccepting, scene, *record));
  if (given.revision != 0) HANSA_RETURN_IF_ERROR(CheckNoneWaits(kAccepting, scene.view, record->id));
  HANSA_RETURN_IF_ERROR(CheckStillStands(kAccepting, record->id,
                                         {.read = given.revision, .present = scene.shelf.RevisionsOf(*record).size()}));
  const domain::OfferLine& line = scene.shelf.book().offers.at(*record);
  const absl::StatusOr<replication::Bytes> text = DrawText(scene, *record, given.with);
  HANSA_RETURN_IF_ERROR(text.status());
  // An offer for one partner that has found it takes no other; those who signed may do so again.
  const Hash id = replication::SodiumCrypto().Sha256(*text);
  const bool is_new = line.facts.for_one && !line.partnerships.contains(id);
  if (is_new && line.state == domain::OfferState::kAgreed) {
    return Refused(kAccepting, "the offer is for one partner and has found it");
  }
  // Whom the author would take has signed another text, of before a revision.
  if (is_new && record->author == scene.view.member) {
    return Refused(kAccepting,
                   "your partner has signed the text of an earlier revision; hansa offers show names that "
                   "partnership: accept it by its id, or wait until your partner accepts the offer as it stands");
  }
  return text;
}

// Whoever stands by a partnership has said yes.
absl::Status OfferDesk::CheckNotSigned(const Scene& scene, const OffersRecord& offer) {
  for (const Hash& text : scene.shelf.book().offers.at(offer).partnerships) {
    const domain::Partnership& partnership = scene.shelf.book().partnerships.at(text);
    const auto party = partnership.parties.find(scene.view.member);
    if (party == partnership.parties.end() || party->second.state != PartyState::kSigned) continue;
    if (partnership.state == domain::PartnershipState::kConcluded) {
      return Refused(kDeclining, "you have signed the partnership that came of it, and it is concluded");
    }
    return Refused(kDeclining, "you have signed the partnership that came of it; hansa offers leave leaves it");
  }
  return absl::OkStatus();
}

absl::StatusOr<PublishedEntry> OfferDesk::Decline(const Reasoned& given) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kDeclining);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<Meant> meant = scene->shelf.Find(given.id, scene->view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const absl::StatusOr<std::string> reason = CleanReason(kDeclining, given.reason, kWordsMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  const absl::StatusOr<OffersRecord> offer = OfferMeant(kDeclining, *scene, *meant);
  HANSA_RETURN_IF_ERROR(offer.status());
  const OffersRecord declined = meant->record.value_or(*offer);
  if (declined.author == scene->view.member) {
    return Refused(kDeclining, "this is your own; hansa offers withdraw takes it back");
  }
  if (declined != *offer && offer->author != scene->view.member) {
    return Refused(kDeclining, "a reply is declined by the author of the offer");
  }
  if (scene->shelf.book().records.at(declined).retracted) return Refused(kDeclining, "it was taken back already");
  if (declined == *offer) HANSA_RETURN_IF_ERROR(CheckNotSigned(*scene, *offer));
  // One that has lapsed since is said anew.
  const std::set<OffersRecord>& of_offer = scene->shelf.book().offers.at(*offer).declines;
  for (const auto& [record, entry] : scene->shelf.book().records) {
    const auto* said = entry.retracted ? nullptr : std::get_if<domain::DeclineFacts>(&entry.says);
    if (said == nullptr || record.author != scene->view.member || said->declined != declined) continue;
    if (declined == *offer && !of_offer.contains(record)) continue;
    return AsItStands(scene->view, scene->shelf, record, OfferOf(scene->shelf, *offer).title());
  }
  v1::Decline decline;
  *decline.mutable_declined() = scene->shelf.ReferenceTo(declined);
  decline.set_reason(*reason);
  const v1::Offer content = OfferOf(scene->shelf, *offer);
  return Sign(*scene, replication::kOfferDecline, decline, content.title());
}

// The partnership that an id means; an offer or acceptance means the only one that came of it.
absl::StatusOr<Hash> OfferDesk::PartnershipMeant(absl::string_view doing, const OffersShelf& shelf, const Meant& meant,
                                                 Member own) const {
  if (meant.partnership) return *meant.partnership;
  std::set<Hash> candidates;
  for (const auto& [text, partnership] : shelf.book().partnerships) {
    const auto party = partnership.parties.find(own);
    const bool is_ours = own == replication::kMemberUnknown ||
                         (party != partnership.parties.end() && party->second.state != PartyState::kAwaited);
    const bool is_acceptance = std::any_of(partnership.parties.begin(), partnership.parties.end(),
                                           [&](const auto& row) { return row.second.acceptance == meant.record; });
    if ((partnership.offer == meant.record && is_ours) || is_acceptance) candidates.insert(text);
  }
  if (candidates.size() == 1) return *candidates.begin();
  if (candidates.empty()) {
    return absl::NotFoundError(
        absl::StrCat(doing, ": no partnership of yours came of this; hansa partnerships shows all"));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      doing, ": several partnerships came of this offer; give the id of one, hansa partnerships shows them"));
}

absl::StatusOr<PublishedEntry> OfferDesk::Leave(const Reasoned& given, std::string& partnership) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kLeaving);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<Meant> meant = scene->shelf.Find(given.id, scene->view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const absl::StatusOr<std::string> reason = CleanReason(kLeaving, given.reason, kWordsMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  const absl::StatusOr<Hash> text = PartnershipMeant(kLeaving, scene->shelf, *meant, scene->view.member);
  HANSA_RETURN_IF_ERROR(text.status());
  partnership = text->hex();
  const domain::Partnership& known = scene->shelf.book().partnerships.at(*text);
  const PartnershipView shown = scene->shelf.View(*text);
  const auto party = known.parties.find(scene->view.member);
  if (party == known.parties.end() || party->second.state == PartyState::kAwaited) {
    return Refused(kLeaving, "you have not signed it, so there is nothing to leave");
  }
  if (party->second.state == PartyState::kLeft) {
    return AsItStands(scene->view, scene->shelf, *party->second.acceptance, shown.title);
  }
  if (known.state == domain::PartnershipState::kConcluded) return Refused(kLeaving, "the partnership is concluded");
  v1::Leaving leaving;
  leaving.set_agreement_hash(text->str());
  *leaving.mutable_acceptance() = scene->shelf.ReferenceTo(*party->second.acceptance);
  leaving.set_reason(*reason);
  return Sign(*scene, replication::kOfferLeaving, leaving, shown.title);
}

absl::StatusOr<PublishedEntry> OfferDesk::Conclude(const ConclusionGiven& given, std::string& partnership) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kConcluding);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<Meant> meant = scene->shelf.Find(given.id, scene->view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const absl::StatusOr<std::string> outcome = CleanReason(kConcluding, given.outcome, kOutcomeMax);
  HANSA_RETURN_IF_ERROR(outcome.status());
  const std::optional<int> how =
      ChoiceNamed(*v1::ConclusionKind_descriptor(), given.how.empty() ? "completed" : given.how);
  if (!how) return NoSuchChoice(kConcluding, given.how, *v1::ConclusionKind_descriptor());
  v1::Conclusion conclusion;
  conclusion.set_kind(static_cast<v1::ConclusionKind>(*how));
  conclusion.set_outcome(*outcome);
  if (!meant->partnership) return ConcludeOffer(*scene, *meant, std::move(conclusion));

  partnership = meant->partnership->hex();
  const domain::Partnership& known = scene->shelf.book().partnerships.at(*meant->partnership);
  const PartnershipView shown = scene->shelf.View(*meant->partnership);
  const auto party = known.parties.find(scene->view.member);
  if (party == known.parties.end() || party->second.state == PartyState::kAwaited) {
    return Refused(kConcluding, "you have not signed this partnership; its parties conclude it");
  }
  if (party->second.state == PartyState::kLeft) {
    return Refused(kConcluding, "you have left this partnership; its parties conclude it");
  }
  if (known.state == domain::PartnershipState::kProposed) {
    return Refused(kConcluding, "not all have signed yet; hansa offers leave takes your signature back");
  }
  for (const OffersRecord& record : known.conclusions) {
    if (record.author == scene->view.member) return AsItStands(scene->view, scene->shelf, record, shown.title);
  }
  conclusion.set_agreement_hash(meant->partnership->str());
  if (known.offer && scene->shelf.book().records.contains(*known.offer) &&
      !scene->shelf.book().records.at(*known.offer).retracted) {
    *conclusion.mutable_offer() = scene->shelf.ReferenceTo(*known.offer);
  }
  return Sign(*scene, replication::kOfferConclusion, conclusion, shown.title);
}

absl::StatusOr<PublishedEntry> OfferDesk::ConcludeOffer(const Scene& scene, const Meant& meant,
                                                        v1::Conclusion conclusion) {
  const absl::StatusOr<OffersRecord> record = OfferMeant(kConcluding, scene, meant);
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->author != scene.view.member)
    return Refused(kConcluding, "an offer is concluded by its author; hansa offers leave leaves a partnership");
  const domain::OfferLine& line = scene.shelf.book().offers.at(*record);
  const v1::Offer offer = OfferOf(scene.shelf, *record);
  if (line.state == domain::OfferState::kWithdrawn) return Refused(kConcluding, "the offer was taken back");
  if (line.state == domain::OfferState::kPast) return Refused(kConcluding, "the offer is of the past");
  if (!line.conclusions.empty()) return AsItStands(scene.view, scene.shelf, *line.conclusions.begin(), offer.title());
  *conclusion.mutable_offer() = scene.shelf.ReferenceTo(*record);
  return Sign(scene, replication::kOfferConclusion, conclusion, offer.title());
}

absl::StatusOr<PublishedEntry> OfferDesk::Withdraw(const Reasoned& given) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kWithdrawing);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<Meant> meant = scene->shelf.Find(given.id, scene->view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const absl::StatusOr<std::string> reason = CleanReason(kWithdrawing, given.reason, kWordsMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  if (!meant->record) {
    return Refused(kWithdrawing, "a partnership is not taken back; hansa offers leave leaves it");
  }
  if (meant->record->author != scene->view.member) {
    return Refused(kWithdrawing, absl::StrCat("it is of ", SlugOf(scene->view, meant->record->author),
                                              "; only its author can take it back"));
  }
  const domain::OffersEntry& entry = scene->shelf.book().records.at(*meant->record);
  if (entry.retracted) return AsItStands(scene->view, scene->shelf, *meant->record, "");
  const bool may = std::holds_alternative<domain::OfferFacts>(entry.says) ||
                   std::holds_alternative<domain::ReplyFacts>(entry.says) ||
                   std::holds_alternative<domain::AcceptanceFacts>(entry.says) ||
                   std::holds_alternative<domain::DeclineFacts>(entry.says);
  if (!may) return Refused(kWithdrawing, "a leaving or a conclusion stands; it cannot be taken back");
  v1::OfferWithdrawal withdrawal;
  withdrawal.set_reason(*reason);
  absl::StatusOr<PublishedEntry> done = Sign(*scene, replication::kOfferWithdrawal, withdrawal, "", meant->record->id);
  if (done.ok()) done->revision = scene->shelf.RevisionsOf(*meant->record).size() + 1;
  return done;
}

}  // namespace hansa::node::desk
