#include "node/desk/offers_shelf.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/offers.pb.h"
#include "node/domain/offers_reading.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::OffersRecord;
using replication::Hash;
using replication::Member;

constexpr std::size_t kEntriesAtOnce = 256;
constexpr std::size_t kHexMin = 6;

bool IsHex(absl::string_view text, std::size_t size_max) {
  return text.size() >= kHexMin && text.size() <= size_max && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isxdigit(static_cast<unsigned char>(c)) &&
                  !absl::ascii_isupper(static_cast<unsigned char>(c));
         });
}

}  // namespace

absl::StatusOr<OffersShelf> OffersShelf::Read(const storage::FeedStore& feeds, const replication::Roster& roster,
                                              const replication::Crypto& crypto) {
  OffersShelf shelf(roster, crypto);
  std::vector<domain::OffersEntry> entries;
  for (const auto& [feed, author] : roster.feeds()) {
    if (author.collection != replication::kOffers) continue;
    HANSA_RETURN_IF_ERROR(shelf.ReadFeed(feeds, feed, author, entries));
  }
  for (auto& [record, revisions] : shelf.revisions_) {
    std::sort(revisions.begin(), revisions.end(),
              [](const ShelfEntry& a, const ShelfEntry& b) { return a.place < b.place; });
  }
  shelf.book_ = domain::BookOf(entries);
  return shelf;
}

absl::Status OffersShelf::ReadFeed(const storage::FeedStore& feeds, const replication::FeedId& feed,
                                   const replication::FeedAuthor& author, std::vector<domain::OffersEntry>& entries) {
  replication::Sequence from(1);
  while (true) {
    absl::StatusOr<std::vector<storage::StoredEntry>> read = feeds.ReadEntries(feed, from, kEntriesAtOnce);
    if (absl::IsNotFound(read.status())) return absl::OkStatus();
    HANSA_RETURN_IF_ERROR(read.status());
    if (read->empty()) return absl::OkStatus();
    for (storage::StoredEntry& stored : *read) {
      const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.entry.header);
      HANSA_RETURN_IF_ERROR(header.status());
      ShelfEntry entry{{author.incarnation, header->seq},
                       replication::EntryHash(*crypto_, stored.entry.header),
                       header->kind,
                       header->retract || header->kind == replication::kOfferWithdrawal,
                       header->claimed_time_ms,
                       author,
                       std::nullopt};
      if (stored.entry.payload) entry.payload = std::move(stored.entry.payload->payload);
      entries.push_back(domain::ReadOffersEntry({*crypto_, roster_->network(), author}, *header, entry.payload));
      revisions_[entries.back().record].push_back(std::move(entry));
    }
    from = replication::Sequence(read->back().seq.value() + 1);
  }
}

std::string OffersShelf::SlugOf(Member member) const {
  const replication::MemberRecord* record = roster_->state().Find(member);
  return record == nullptr ? absl::StrCat("member ", member.value()) : record->slug;
}

const std::vector<ShelfEntry>& OffersShelf::RevisionsOf(const OffersRecord& record) const {
  return revisions_.at(record);
}

const ShelfEntry* OffersShelf::ReadNewest(const OffersRecord& record, replication::Kind kind,
                                          google::protobuf::Message& message) const {
  const std::vector<ShelfEntry>& revisions = revisions_.at(record);
  for (auto revision = revisions.rbegin(); revision != revisions.rend(); ++revision) {
    if (revision->kind != kind || revision->retracted || !revision->payload) continue;
    if (domain::DecodeRecord(*revision->payload, message).ok()) return &*revision;
  }
  return nullptr;
}

v1::Reference OffersShelf::ReferenceTo(const OffersRecord& record) const {
  const std::vector<ShelfEntry>& revisions = revisions_.at(record);
  const auto newest = std::find_if(revisions.rbegin(), revisions.rend(),
                                   [](const ShelfEntry& revision) { return !revision.retracted; });
  HANSA_CHECK(newest != revisions.rend());
  v1::Reference reference;
  reference.set_member(record.author.value());
  reference.set_collection(replication::kOffers.value());
  reference.set_record_id(record.id.str());
  reference.set_entry_hash(newest->entry_hash.str());
  return reference;
}

absl::StatusOr<Meant> OffersShelf::Find(absl::string_view hex, Member own) const {
  const std::string digits = absl::AsciiStrToLower(hex);
  if (!IsHex(digits, 2 * Hash::kSize)) {
    return absl::InvalidArgumentError(
        absl::StrCat("finding a record: ", domain::Quoted(hex),
                     " is no id, which is 6 to 64 hex digits; copy its beginning from a list"));
  }
  std::vector<Meant> found;
  for (const auto& [record, revisions] : revisions_) {
    if (!absl::StartsWith(record.id.hex(), digits)) continue;
    if (record.author == own && digits.size() == 2 * replication::RecordId::kSize) return Meant{record, std::nullopt};
    found.push_back({record, std::nullopt});
  }
  for (const auto& [text, partnership] : book_.partnerships) {
    if (absl::StartsWith(text.hex(), digits)) found.push_back({std::nullopt, text});
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return absl::NotFoundError(absl::StrCat("no offer and no partnership here begins with ", digits,
                                            "; hansa offers list and hansa partnerships show their ids"));
  }
  return absl::InvalidArgumentError(absl::StrCat(found.size(), " ids begin with ", digits, "; give more digits"));
}

replication::Bytes OffersShelf::TextBytes(const Hash& text) const {
  for (const auto& [member, party] : book_.partnerships.at(text).parties) {
    if (!party.acceptance) continue;
    for (const ShelfEntry& revision : revisions_.at(*party.acceptance)) {
      v1::Acceptance acceptance;
      if (revision.kind != replication::kOfferAcceptance || !revision.payload) continue;
      if (!domain::DecodeRecord(*revision.payload, acceptance).ok()) continue;
      if (crypto_->Sha256(acceptance.statement().body()) == text) return acceptance.statement().body();
    }
  }
  HANSA_CHECK(false && "a partnership without an acceptance");
  return "";
}

std::uint64_t OffersShelf::RevisionWith(const OffersRecord& record, absl::string_view entry_hash) const {
  const auto found = revisions_.find(record);
  if (found == revisions_.end()) return 0;
  for (std::size_t i = 0; i < found->second.size(); ++i) {
    if (found->second[i].entry_hash.view() == entry_hash) return i + 1;
  }
  return 0;
}

// In its own words: of its last leaving of this text, or of the taking back of its acceptance.
std::string OffersShelf::ReasonOfLeaving(const Hash& text, Member member, const domain::Party& party) const {
  std::optional<domain::OffersPlace> last;
  std::string reason;
  for (auto record = revisions_.lower_bound({member, replication::RecordId()});
       record != revisions_.end() && record->first.author == member; ++record) {
    for (const ShelfEntry& entry : record->second) {
      if (!entry.payload || (last && entry.place < *last)) continue;
      v1::Leaving leaving;
      v1::OfferWithdrawal withdrawal;
      if (entry.kind == replication::kOfferLeaving && domain::DecodeRecord(*entry.payload, leaving).ok()) {
        if (leaving.agreement_hash() != text.view()) continue;
        reason = leaving.reason();
      } else if (record->first == party.acceptance && entry.kind == replication::kOfferWithdrawal &&
                 domain::DecodeRecord(*entry.payload, withdrawal).ok()) {
        reason = withdrawal.reason();
      } else {
        continue;
      }
      last = entry.place;
    }
  }
  return reason;
}

PartyView OffersShelf::ViewOf(const Hash& text, Member member, const domain::Party& party) const {
  PartyView shown;
  shown.member = SlugOf(member);
  shown.state = party.state;
  shown.needed = party.needed;
  const replication::MemberRecord* const listed = roster_->state().Find(member);
  if (listed != nullptr) shown.membership = replication::MemberStateName(listed->state);
  if (party.state == domain::PartyState::kLeft) shown.left_because = ReasonOfLeaving(text, member, party);
  if (!party.acceptance) return shown;
  shown.acceptance = party.acceptance->id;
  for (const ShelfEntry& revision : revisions_.at(*party.acceptance)) {
    if (revision.place != party.place) continue;
    shown.key = revision.author.writer.hex();
    shown.signed_ms = revision.claimed_time_ms;
    v1::Acceptance acceptance;
    if (!revision.payload || !domain::DecodeRecord(*revision.payload, acceptance).ok()) continue;
    shown.note = acceptance.note();
    shown.approved_by = acceptance.approved_by();
  }
  return shown;
}

std::vector<ConclusionView> OffersShelf::Conclusions(const std::set<OffersRecord>& records) const {
  std::vector<ConclusionView> conclusions;
  for (const OffersRecord& record : records) {
    v1::Conclusion conclusion;
    const ShelfEntry* entry = ReadNewest(record, replication::kOfferConclusion, conclusion);
    if (entry == nullptr) continue;
    conclusions.push_back({record.id, SlugOf(record.author),
                           domain::EnumWords(*v1::ConclusionKind_descriptor(), conclusion.kind()), conclusion.outcome(),
                           conclusion.language(), conclusion.ended_on(), entry->claimed_time_ms});
  }
  std::stable_sort(conclusions.begin(), conclusions.end(),
                   [](const ConclusionView& a, const ConclusionView& b) { return a.member < b.member; });
  return conclusions;
}

PartnershipView OffersShelf::View(const Hash& text) const {
  const domain::Partnership& partnership = book_.partnerships.at(text);
  v1::AcceptanceBody body;
  HANSA_CHECK(domain::ReadText(TextBytes(text), body).ok());
  PartnershipView view;
  view.id = text;
  view.title = body.title();
  view.state = partnership.state;
  view.offer = partnership.offer;
  if (partnership.offer) {
    view.offered_by = SlugOf(partnership.offer->author);
    view.offer_revision = RevisionWith(*partnership.offer, body.offer().entry_hash());
  }
  view.language = body.language();
  view.terms = body.terms();
  view.aim = body.aim();
  view.starts_on = body.starts_on();
  view.ends_on = body.ends_on();
  view.open_to_others = body.open_to_others();
  view.kind = domain::EnumWords(*v1::OfferKind_descriptor(), body.kind());
  const v1::Subjects& subjects = body.subjects();
  view.features.assign(subjects.features().begin(), subjects.features().end());
  view.action_points.assign(subjects.action_points().begin(), subjects.action_points().end());
  view.tags.assign(subjects.tags().begin(), subjects.tags().end());
  for (const v1::CarryingOrganization& each : body.organizations()) {
    const v1::Organization& named = each.organization();
    view.organizations.push_back({named.name(), each.member() == 0 ? "" : SlugOf(Member(each.member())), each.role(),
                                  named.country(), named.web()});
  }
  for (const auto& [member, party] : partnership.parties) view.parties.push_back(ViewOf(text, member, party));
  std::sort(view.parties.begin(), view.parties.end(),
            [](const PartyView& a, const PartyView& b) { return a.member < b.member; });
  view.conclusions = Conclusions(partnership.conclusions);
  return view;
}

PartnershipProof OffersShelf::Prove(const Hash& text) const {
  PartnershipProof proof{View(text), {}, {}};
  for (const auto& [record, revisions] : revisions_) {
    for (const ShelfEntry& revision : revisions) {
      v1::Acceptance acceptance;
      if (revision.kind != replication::kOfferAcceptance || revision.retracted || !revision.payload) continue;
      if (!domain::DecodeRecord(*revision.payload, acceptance).ok()) continue;
      if (crypto_->Sha256(acceptance.statement().body()) != text) continue;
      v1::AcceptanceBody body;
      const absl::Status holds =
          domain::CheckAcceptance({*crypto_, roster_->network(), revision.author}, acceptance, body);
      SignatureCheck& check = proof.signatures.emplace_back();
      check.member = SlugOf(record.author);
      check.key = absl::BytesToHexString(acceptance.statement().signer_pk());
      check.signature = absl::BytesToHexString(acceptance.statement().sig());
      check.ok = holds.ok();
      check.what = std::string(holds.message());
    }
  }
  std::stable_sort(proof.signatures.begin(), proof.signatures.end(),
                   [](const SignatureCheck& a, const SignatureCheck& b) { return a.member < b.member; });
  for (const PartyView& party : proof.partnership.parties) {
    if (party.needed && party.state == domain::PartyState::kAwaited) {
      proof.problems.push_back(absl::StrCat(party.member, " has not signed"));
    }
  }
  if (proof.problems.empty() && proof.partnership.parties.size() < 2) {
    proof.problems.push_back("only one member has signed, and a partnership takes two");
  }
  return proof;
}

}  // namespace hansa::node::desk
