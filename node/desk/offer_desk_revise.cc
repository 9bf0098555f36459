// Offers read from files, and published anew. An acceptance is of a text and stays with it; what is agreed is not
// touched.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/offers.pb.h"
#include "node/desk/notice_records.h"
#include "node/desk/offer_desk.h"
#include "node/domain/noted_record.h"
#include "node/domain/notice_reading.h"
#include "node/domain/offers_reading.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::OffersRecord;

constexpr absl::string_view kRevising = "revising an offer";

// Whether somebody else stands by a text that came of the offer.
bool IsSigned(const domain::OffersBook& book, const OffersRecord& record) {
  for (const replication::Hash& text : book.offers.at(record).partnerships) {
    const auto& parties = book.partnerships.at(text).parties;
    const bool is_signed = std::any_of(parties.begin(), parties.end(), [&](const auto& party) {
      return party.first != record.author && party.second.state == domain::PartyState::kSigned;
    });
    if (is_signed) return true;
  }
  return false;
}

constexpr char kSignedWords[] =
    "who has accepted the offer stays with the text that was signed; whoever accepts it from now on signs the new one";

}  // namespace

absl::StatusOr<std::shared_ptr<v1::Offer>> OfferDesk::ReadFile(absl::string_view doing, const Scene& scene,
                                                               const domain::RecordFile& file,
                                                               const StandingLinks& standing,
                                                               std::vector<std::string>& warnings) const {
  auto offer = std::make_shared<v1::Offer>();
  absl::StatusOr<domain::FileRemarks> remarks = domain::ReadOfferFile(file, catalogue_, *offer);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(doing, scene.view, *remarks));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<std::vector<domain::NotedRevision>> clusters =
      FindClusters(doing, views_, node_.feeds(), scene.view, remarks->clusters, standing);
  HANSA_RETURN_IF_ERROR(clusters.status());
  for (const domain::NotedRevision& cluster : *clusters) domain::Point(cluster, *offer->add_clusters());
  warnings = std::move(remarks->warnings);
  return offer;
}

absl::Status OfferDesk::CheckLastDay(absl::string_view doing, const v1::Offer& present, const v1::Offer& offer,
                                     std::vector<std::string>& warnings) const {
  const domain::OfferFacts facts = domain::FactsOf(offer);
  if (facts.is_past || !domain::IsClosed(facts, day_everywhere_())) return absl::OkStatus();
  const domain::OfferFacts before = domain::FactsOf(present);
  const bool stands_so = !before.is_past && before.is_example == facts.is_example;
  if (stands_so && before.last_day == facts.last_day) return absl::OkStatus();
  if (facts.is_example) {
    warnings.push_back(absl::StrCat("the last day of the example was ", facts.last_day, "; nobody can answer it"));
    return absl::OkStatus();
  }
  return Refusal(doing, absl::StrCat("the last day of the offer was ", facts.last_day,
                                     ", so nobody could answer it; give a later day or, if it is an account of the "
                                     "past, status = \"historical\""));
}

absl::StatusOr<OffersRecord> OfferDesk::OwnToRevise(absl::string_view doing, const Scene& scene,
                                                    absl::string_view id) const {
  const absl::StatusOr<Meant> meant = scene.shelf.Find(id, scene.view.member);
  HANSA_RETURN_IF_ERROR(meant.status());
  const domain::OffersBook& book = scene.shelf.book();
  if (!meant->record || !book.offers.contains(*meant->record)) {
    return absl::NotFoundError(absl::StrCat(doing, ": this is no offer; hansa offers list shows them"));
  }
  const OffersRecord& record = *meant->record;
  if (record.author != scene.view.member) {
    return Refusal(doing, absl::StrCat(record.id.hex(), " is of ", SlugOf(scene.view, record.author),
                                       "; only its author can change it"));
  }
  const domain::OfferLine& line = book.offers.at(record);
  if (line.state == domain::OfferState::kWithdrawn) {
    return Refusal(doing, absl::StrCat(record.id.hex(), " was taken back; add it anew"));
  }
  if (line.state == domain::OfferState::kConcluded) {
    return Refusal(doing, "the offer is concluded; publish a new one");
  }
  if (line.facts.for_one && line.state == domain::OfferState::kAgreed) {
    return Refusal(doing, "the offer is for one partner and has found it; publish a new one");
  }
  return record;
}

absl::StatusOr<PublishedEntry> OfferDesk::Revise(const OfferChange& change) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(kRevising);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<std::string> reason = CleanReason(kRevising, change.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  const absl::StatusOr<OffersRecord> record = OwnToRevise(kRevising, *scene, change.id);
  HANSA_RETURN_IF_ERROR(record.status());
  if (change.of_revision != 0) HANSA_RETURN_IF_ERROR(CheckNoneWaits(kRevising, scene->view, record->id));
  v1::Offer present;
  const ShelfEntry* read = scene->shelf.ReadNewest(*record, replication::kOffer, present);
  HANSA_CHECK(read != nullptr);
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Offer>> offer =
      ReadFile(kRevising, *scene, change.file, StandingLinks(present), warnings);
  HANSA_RETURN_IF_ERROR(offer.status());
  const bool is_present = read == &scene->shelf.RevisionsOf(*record).back();
  KeepFiles(present.attachments(), *(*offer)->mutable_attachments());
  // What no file can say.
  *(*offer)->mutable_addressed_to() = present.addressed_to();
  if (present.has_on_behalf_of()) *(*offer)->mutable_on_behalf_of() = present.on_behalf_of();
  PublishedEntry entry;
  if (is_present && domain::SaidBy(present) == domain::SaidBy(**offer)) {
    entry.id = record->id;
    entry.member = scene->view.slug;
    entry.collection = replication::kOffers;
    entry.sequence = scene->shelf.RevisionsOf(*record).back().place.seq;
    entry.revision = scene->shelf.RevisionsOf(*record).size();
    entry.unchanged = true;
  } else {
    HANSA_RETURN_IF_ERROR(CheckStillStands(
        kRevising, record->id, {.read = change.of_revision, .present = scene->shelf.RevisionsOf(*record).size()}));
    HANSA_RETURN_IF_ERROR(CheckLastDay(kRevising, present, **offer, warnings));
    (*offer)->set_revision_reason(*reason);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(**offer);
    HANSA_RETURN_IF_ERROR(payload.status());
    absl::StatusOr<PublishedEntry> published = SignOne(node_, scene->view,
                                                       {.collection = replication::kOffers,
                                                        .kind = replication::kOffer,
                                                        .record = record->id,
                                                        .payload = *std::move(payload)},
                                                       scene->shelf.RevisionsOf(*record).size());
    HANSA_RETURN_IF_ERROR(published.status());
    entry = *std::move(published);
    if (IsSigned(scene->shelf.book(), *record)) entry.warnings.emplace_back(kSignedWords);
  }
  entry.title = (*offer)->title();
  entry.warnings.insert(entry.warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> OfferDesk::ChangeFiles(const FilesChange& change) {
  absl::MutexLock lock(&publishing_);
  const absl::StatusOr<Scene> scene = Look(change.doing);
  HANSA_RETURN_IF_ERROR(scene.status());
  const absl::StatusOr<OffersRecord> record = OwnToRevise(change.doing, *scene, change.id);
  HANSA_RETURN_IF_ERROR(record.status());
  absl::StatusOr<PublishedEntry> entry = SignWithFiles(node_, views_, change);
  if (entry.ok() && IsSigned(scene->shelf.book(), *record)) entry->warnings.emplace_back(kSignedWords);
  return entry;
}

}  // namespace hansa::node::desk
