#include "node/desk/city_office.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/desk/record_office.h"
#include "node/domain/observation.h"
#include "node/domain/slug.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {}  // namespace

absl::Status CheckIsCity(absl::string_view doing, const NodeView& view) {
  if (view.role == replication::MemberKindName(replication::MemberKind::kCity)) {
    return absl::OkStatus();
  }
  if (view.role == replication::MemberKindName(replication::MemberKind::kPartner)) return Refusal(doing, kPartnerWords);
  return Refusal(doing, view.role.empty()
                            ? "indicators are written by cities, and this node's member is not a city; run this on the "
                              "city's own node"
                            : absl::StrCat("indicators are written by cities, and this node's member is of kind ",
                                           view.role, "; run this on the city's own node"));
}

absl::Status CheckMayWrite(absl::string_view doing, const NodeView& view) {
  HANSA_RETURN_IF_ERROR(CheckIsNotEnded(doing, view));
  HANSA_RETURN_IF_ERROR(CheckHoldsKey(doing, view));
  if (view.member == replication::kMemberUnknown) {
    return Refusal(doing, absl::StrCat(view.slug.empty() ? "this city" : view.slug,
                                       " is not a member of the network yet; the draft is kept, "
                                       "publish once the secretariat has admitted the city"));
  }
  if (view.roster->PresentFeed(view.member, replication::kIndicators)) return absl::OkStatus();
  return Refusal(doing, "the network's policy does not let cities write indicators; ask the secretariat");
}

absl::Status CheckFramework(absl::string_view doing, const catalogue::Catalogue& catalogue, const NodeView& view) {
  const std::optional<replication::Framework>& framework = view.roster->state().framework;
  if (!framework) return Refusal(doing, "the network names no framework; ask the secretariat");
  if (framework->id == catalogue.framework_id() && framework->version == catalogue.version() &&
      framework->catalogue_hash.view() == catalogue.sha256()) {
    return absl::OkStatus();
  }
  return Refusal(doing, absl::StrCat("the network uses ", framework->id, " ", framework->version, " (",
                                     framework->catalogue_hash.hex().substr(0, 12), "), and this program knows ",
                                     catalogue.framework_id(), " ", catalogue.version(), " (",
                                     catalogue.sha256_hex().substr(0, 12),
                                     "); install the version of Hansa that the network uses"));
}

std::string OwnCountry(absl::string_view slug) {
  const std::string iso2 = absl::AsciiStrToUpper(slug.substr(0, slug.find('-')));
  const catalogue::Country* country = catalogue::KnownCountries().FindByIso2(iso2);
  return country == nullptr ? std::string(domain::kInternational) : country->iso3;
}

absl::Status CheckYear(absl::string_view doing, std::optional<int> year) {
  if (!year || (*year >= domain::kYearMin && *year <= domain::kYearMax)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(doing, ": ", *year, " is not a year from 1900 to 2200; write four digits, such as 2023"));
}

}  // namespace hansa::node::desk
