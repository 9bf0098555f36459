// The text that the parties of an offer sign, and whom its author takes.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/offers.pb.h"
#include "node/desk/offer_desk.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::OffersRecord;
using domain::PartyState;
using replication::Hash;
using replication::Member;

absl::Status Refused(absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat("accepting an offer: ", why));
}

absl::StatusOr<replication::Bytes> BytesOf(const v1::AcceptanceBody& text) {
  const absl::StatusOr<std::string> bytes = domain::EncodeRecord(text);
  HANSA_RETURN_IF_ERROR(bytes.status());
  return replication::Tagged(replication::kAcceptanceTag, *bytes);
}

Hash IdOf(const replication::Bytes& text) { return replication::SodiumCrypto().Sha256(text); }

bool IsSignedHere(const domain::OffersBook& book, const Hash& text) {
  const auto found = book.partnerships.find(text);
  if (found == book.partnerships.end()) return false;
  const auto& parties = found->second.parties;
  return std::any_of(parties.begin(), parties.end(),
                     [](const auto& party) { return party.second.state == PartyState::kSigned; });
}

// The organizations that an offer names stand at the side of its author.
void PutDaysAndOrganizations(const v1::Offer& offer, Member author, v1::AcceptanceBody& text) {
  text.set_starts_on(offer.starts_on());
  text.set_ends_on(offer.ends_on());
  for (const v1::Organization& organization : offer.organizations()) {
    v1::CarryingOrganization& carrying = *text.add_organizations();
    *carrying.mutable_organization() = organization;
    carrying.set_member(author.value());
  }
}

}  // namespace

// The text that everybody who takes up this offer signs. It is drawn from the offer alone. Texts once named neither
// days nor organizations: where somebody stands by such a text of this revision, and by no other, all who follow sign
// that.
absl::StatusOr<replication::Bytes> OfferDesk::DrawText(const Scene& scene, const OffersRecord& record,
                                                       const std::string& with) const {
  v1::Offer offer;
  const ShelfEntry* read = scene.shelf.ReadNewest(record, replication::kOffer, offer);
  v1::AcceptanceBody text;
  *text.mutable_offer() = scene.shelf.ReferenceTo(record);
  // The words that are signed are those of the revision that is pointed at.
  if (read == nullptr || read->entry_hash.view() != text.offer().entry_hash()) {
    return Refused(
        "the present revision of the offer is not here or cannot be read; accept it once it has come, or ask "
        "its author");
  }
  text.set_title(offer.title());
  text.set_language(offer.language());
  text.set_terms(!offer.terms().empty() ? offer.terms() : !offer.text().empty() ? offer.text() : offer.summary());
  text.set_aim(offer.aim());
  text.set_kind(offer.kind());
  if (offer.has_subjects()) *text.mutable_subjects() = offer.subjects();
  std::set<std::uint32_t> parties = {record.author.value()};
  const bool for_one = offer.partners() == v1::PARTNER_COUNT_ONE;
  if (for_one) {
    Member other = scene.view.member;
    if (other == record.author) {
      const absl::StatusOr<Member> chosen = PartnerOf(scene, record, with);
      HANSA_RETURN_IF_ERROR(chosen.status());
      other = *chosen;
    }
    parties.insert(other.value());
  }
  for (const std::uint32_t party : parties) text.add_parties(party);
  text.set_open_to_others(!for_one);
  const absl::StatusOr<replication::Bytes> shorter = BytesOf(text);
  HANSA_RETURN_IF_ERROR(shorter.status());
  PutDaysAndOrganizations(offer, record.author, text);
  absl::StatusOr<replication::Bytes> whole = BytesOf(text);
  HANSA_RETURN_IF_ERROR(whole.status());
  const bool is_begun = IsSignedHere(scene.shelf.book(), IdOf(*shorter));
  return is_begun && !IsSignedHere(scene.shelf.book(), IdOf(*whole)) ? shorter : whole;
}

// Whom the author of an offer for one partner takes: who has signed, and where there are several, the one it names.
absl::StatusOr<Member> OfferDesk::PartnerOf(const Scene& scene, const OffersRecord& record,
                                            const std::string& with) const {
  std::set<Member> signers;
  for (const Hash& text : scene.shelf.book().offers.at(record).partnerships) {
    for (const auto& [member, party] : scene.shelf.book().partnerships.at(text).parties) {
      if (member != record.author && party.state == PartyState::kSigned) signers.insert(member);
    }
  }
  if (!with.empty()) {
    const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(scene.view, with);
    HANSA_RETURN_IF_ERROR(member.status());
    if (signers.contains((*member)->number)) return (*member)->number;
    return Refused(absl::StrCat(with, " has not accepted this offer; hansa offers show says who has"));
  }
  const bool is_signed = !signers.empty();
  std::erase_if(signers, [&](Member member) { return HasEnded(*scene.view.roster, member); });
  if (signers.empty() && is_signed) {
    return Refused("who has accepted your offer is no longer a member of the network; wait for a partner to sign");
  }
  if (signers.empty()) return Refused("nobody has accepted your offer yet; wait for a partner to sign");
  if (signers.size() == 1) return *signers.begin();
  std::vector<std::string> slugs;
  slugs.reserve(signers.size());
  for (const Member member : signers) slugs.push_back(SlugOf(scene.view, member));
  std::sort(slugs.begin(), slugs.end());
  return Refused(absl::StrCat("your offer is for one partner and several have accepted it: ",
                              absl::StrJoin(slugs, ", "), "; choose one with --with"));
}

}  // namespace hansa::node::desk
