// Open offers and requests that fit each other, each with its reasons (domain/offer_matches.h).
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/offers.pb.h"
#include "node/desk/offer_desk.h"
#include "node/domain/offer_matches.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::OffersRecord;

constexpr absl::string_view kMatching = "looking for what fits";

template <typename List>
std::vector<std::string> Texts(const List& list) {
  return {list.begin(), list.end()};
}

domain::OpenOffer Described(const OffersShelf& shelf, const OffersRecord& record) {
  v1::Offer offer;
  HANSA_CHECK(shelf.ReadNewest(record, replication::kOffer, offer) != nullptr);
  const replication::MemberRecord* author = shelf.roster().state().Find(record.author);
  domain::OpenOffer open;
  open.record = record;
  open.member_name = author == nullptr ? shelf.SlugOf(record.author) : author->name;
  open.title = offer.title();
  open.is_request = offer.direction() == v1::OFFER_DIRECTION_REQUEST;
  open.is_example = offer.standing() == v1::OFFER_STANDING_EXAMPLE;
  // 'other' says nothing that two could have in common.
  const bool has_kind = offer.kind() != v1::OFFER_KIND_OTHER;
  open.kind = has_kind ? domain::EnumWords(*v1::OfferKind_descriptor(), offer.kind()) : offer.kind_words();
  open.features = Texts(offer.subjects().features());
  open.actions = Texts(offer.subjects().action_points());
  open.topics = Texts(offer.subjects().tags());
  open.working_languages = Texts(offer.working_languages());
  for (const std::uint32_t member : offer.addressed_to()) open.addressed_to.insert(replication::Member(member));
  open.starts_on = offer.starts_on();
  open.ends_on = offer.ends_on();
  return open;
}

}  // namespace

absl::StatusOr<std::vector<MatchedOffer>> OfferDesk::Matches(absl::string_view id) const {
  NodeView view = node_.View();
  absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const Scene scene(std::move(view), *std::move(shelf));
  std::optional<OffersRecord> asked;
  if (!id.empty()) {
    const absl::StatusOr<Meant> meant = scene.shelf.Find(id, scene.view.member);
    HANSA_RETURN_IF_ERROR(meant.status());
    const absl::StatusOr<OffersRecord> offer = OfferMeant(kMatching, scene, *meant);
    HANSA_RETURN_IF_ERROR(offer.status());
    HANSA_RETURN_IF_ERROR(CheckOpen(kMatching, scene, *offer));
    asked = *offer;
  }
  std::map<OffersRecord, ListedOffer> lines;
  std::vector<domain::OpenOffer> open;
  for (const auto& [record, line] : scene.shelf.book().offers) {
    ListedOffer listed = Line(scene.shelf, record, line);
    // One that was agreed and looks for more is open to those who ask about it.
    if (listed.state != "open" && record != asked) continue;
    lines.emplace(record, std::move(listed));
    open.push_back(Described(scene.shelf, record));
  }
  std::vector<MatchedOffer> matched;
  for (const domain::OpenOffer& offer : open) {
    if (asked ? offer.record != *asked : offer.record.author != scene.view.member) continue;
    MatchedOffer& found = matched.emplace_back();
    found.offer = lines.at(offer.record);
    for (domain::FittingOffer& fits : domain::MatchesOf(offer, open)) {
      const replication::MemberRecord* author = scene.shelf.roster().state().Find(fits.record.author);
      found.matches.push_back({lines.at(fits.record), author == nullptr ? "" : author->name, std::move(fits.reasons)});
    }
  }
  std::sort(matched.begin(), matched.end(), [](const MatchedOffer& a, const MatchedOffer& b) {
    return std::tie(a.offer.title, a.offer.id) < std::tie(b.offer.title, b.offer.id);
  });
  return matched;
}

}  // namespace hansa::node::desk
