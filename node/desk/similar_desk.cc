#include "node/desk/similar_desk.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/city_office.h"
#include "node/desk/place_records.h"
#include "node/desk/record_office.h"
#include "node/desk/standing_texts.h"
#include "node/desk/target_records.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using replication::Member;

bool IsCity(const replication::MemberRecord& member) { return member.kind == replication::MemberKind::kCity; }

}  // namespace

absl::StatusOr<SimilarDesk::Cities> SimilarDesk::ReadCities(const NodeView& view) const {
  std::map<Member, std::set<std::string>> features, area_kinds;
  const absl::StatusOr<std::vector<StandingText>> texts =
      StandingTexts(views_, node_.feeds(), view, {replication::kPractices, replication::kStrategies});
  HANSA_RETURN_IF_ERROR(texts.status());
  for (const StandingText& each : *texts) {
    features[each.key.member].insert(each.text.features.begin(), each.text.features.end());
    if (!each.text.area_kind.empty()) area_kinds[each.key.member].insert(each.text.area_kind);
  }
  Cities cities;
  for (const auto& [number, member] : view.roster->state().members) {
    if (!IsCity(member)) continue;
    const absl::StatusOr<std::vector<StandingTarget>> targets = TargetsOf(node_.feeds(), views_, catalogue_, number);
    HANSA_RETURN_IF_ERROR(targets.status());
    std::set<std::string>& works_on = features[number];
    for (const StandingTarget& target : *targets) {
      const catalogue::Cell* cell = target.fault.empty() ? catalogue_.FindCell(target.cell) : nullptr;
      if (cell != nullptr) works_on.insert(cell->measurement->feature);
    }
    absl::StatusOr<std::optional<StandingPlace>> place = PlaceOf(node_.feeds(), views_, number);
    HANSA_RETURN_IF_ERROR(place.status());
    domain::Circumstances city{member.slug, member.name, member.country, member.region, area_kinds[number], {}};
    if (place->has_value() && (*place)->population > 0) {
      city.residents = domain::Residents{(*place)->population, (*place)->year, std::move((*place)->source)};
    }
    city.area_kinds.erase("other");
    for (const catalogue::Feature& feature : catalogue_.features()) {
      if (works_on.contains(feature.id)) city.features.push_back(feature.id);
    }
    cities.emplace(number, std::move(city));
  }
  return cities;
}

absl::StatusOr<SimilarCities> SimilarDesk::Find(absl::string_view member, Muting muting) const {
  const NodeView view = node_.View();
  if (member.empty()) HANSA_RETURN_IF_ERROR(CheckIsCity("finding cities in like circumstances", view));
  const absl::StatusOr<const replication::MemberRecord*> asked =
      MemberNamed(view, member.empty() ? absl::string_view(view.slug) : member);
  HANSA_RETURN_IF_ERROR(asked.status());
  if (!IsCity(**asked)) {
    return absl::FailedPreconditionError(
        absl::StrCat("finding cities in like circumstances: ", (*asked)->slug, " is no city; name a city"));
  }
  const auto kept = kept_.Get(views_, view.roster, [&](const replication::Roster&) { return ReadCities(view); });
  HANSA_RETURN_IF_ERROR(kept.status());
  const domain::Circumstances& own = (*kept)->shelf.at((*asked)->number);
  std::vector<domain::Circumstances> cities;
  for (const auto& [number, city] : (*kept)->shelf) {
    const bool is_here = view.roster->state().Find(number)->state == replication::MemberState::kMember;
    if (is_here || number == (*asked)->number) cities.push_back(city);
  }
  const absl::StatusOr<std::set<Member>> muted = LeftOutHere(node_, muting);
  HANSA_RETURN_IF_ERROR(muted.status());
  SimilarCities similar{own.slug, domain::LikeCities(own, cities), {}, 0};
  similar.muted = std::erase_if(similar.cities, [slugs = SlugsOf(view, *muted)](const domain::LikeCity& city) {
    return slugs.contains(city.slug);
  });
  if (!own.residents) {
    similar.remarks.push_back(absl::StrCat("population is not compared: ", own.slug,
                                           " has not said how many people live there; a city says it on its own node "
                                           "with `hansa place set`"));
  }
  if (own.features.empty()) {
    similar.remarks.push_back(absl::StrCat(
        own.slug, " names no features in practices, strategies or targets that are held here, so none are compared"));
  }
  if (own.area_kinds.empty()) {
    similar.remarks.push_back(
        absl::StrCat("no practice of ", own.slug, " says what kind of place it comes from, so that is not compared"));
  }
  return similar;
}

}  // namespace hansa::node::desk
