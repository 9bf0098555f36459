#include "node/desk/place_desk.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/indicators.pb.h"
#include "node/desk/city_office.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::Lines;

constexpr absl::string_view kShowing = "showing how many people live in a city";
constexpr absl::string_view kSetting = "setting how many people live here";
constexpr absl::string_view kWithdrawing = "taking back how many people live here";

absl::Status CheckMaySet(absl::string_view doing, const NodeView& view) {
  HANSA_RETURN_IF_ERROR(CheckIsCity(doing, view));
  return CheckMayPublish(doing, view, replication::kIndicators);
}

// A text of the place, fit to be signed. Its length is for the schema to judge.
absl::StatusOr<std::string> Clean(absl::string_view field, absl::string_view text, Lines lines) {
  absl::StatusOr<std::string> clean = domain::CleanText(text, lines);
  if (!clean.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(kSetting, ": ", field, ": ", clean.status().message()));
  }
  return clean;
}

absl::StatusOr<v1::CityPlace> Understood(const PlaceSetting& setting) {
  if (setting.year != 0) HANSA_RETURN_IF_ERROR(CheckYear(kSetting, setting.year));
  absl::StatusOr<std::string> source = Clean("source", setting.source, Lines::kOne);
  HANSA_RETURN_IF_ERROR(source.status());
  absl::StatusOr<std::string> note = Clean("note", setting.note, Lines::kMany);
  HANSA_RETURN_IF_ERROR(note.status());
  v1::CityPlace place;
  place.set_population(setting.population);
  place.set_population_year(static_cast<std::uint32_t>(setting.year));
  place.set_source(*std::move(source));
  place.set_note(*std::move(note));
  return place;
}

}  // namespace

absl::StatusOr<ShownPlace> PlaceDesk::Show(absl::string_view member) const {
  const NodeView view = node_.View();
  if (member.empty()) HANSA_RETURN_IF_ERROR(CheckIsCity(kShowing, view));
  const absl::StatusOr<const replication::MemberRecord*> asked =
      MemberNamed(view, member.empty() ? absl::string_view(view.slug) : member);
  HANSA_RETURN_IF_ERROR(asked.status());
  if ((*asked)->kind != replication::MemberKind::kCity) {
    return Refusal(kShowing, absl::StrCat((*asked)->slug, " is no city; name a city"));
  }
  absl::StatusOr<std::optional<StandingPlace>> place = PlaceOf(node_.feeds(), views_, (*asked)->number);
  HANSA_RETURN_IF_ERROR(place.status());
  if (!place->has_value()) {
    return absl::NotFoundError(absl::StrCat((*asked)->slug,
                                            " has not said how many people live there; a city says it on its own node "
                                            "with `hansa place set`"));
  }
  return ShownPlace{(*asked)->slug, (*asked)->name, **std::move(place)};
}

absl::StatusOr<PublishedEntry> PlaceDesk::Set(const PlaceSetting& setting) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMaySet(kSetting, view));
  const absl::StatusOr<v1::CityPlace> place = Understood(setting);
  HANSA_RETURN_IF_ERROR(place.status());
  absl::StatusOr<std::string> payload = domain::EncodeRecord(*place);
  HANSA_RETURN_IF_ERROR(While(kSetting, payload.status()));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<std::optional<PlaceRecord>> own = PlaceRecordOf(node_.feeds(), views_, view.member);
  HANSA_RETURN_IF_ERROR(own.status());
  absl::StatusOr<PublishedEntry> entry;
  if (own->has_value() && (*own)->stands() && (*own)->said->SerializeAsString() == place->SerializeAsString()) {
    entry = Standing(view, (*own)->record);
  } else {
    Publication publication{
        .collection = replication::kIndicators, .kind = replication::kCityPlace, .record = std::nullopt};
    if (own->has_value()) publication.record = (*own)->record.key.id;
    publication.payload = *std::move(payload);
    entry = SignOne(node_, view, std::move(publication), own->has_value() ? (*own)->record.revisions.size() : 0);
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = TitleOf(*place);
  return entry;
}

absl::StatusOr<PublishedEntry> PlaceDesk::Withdraw() {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMaySet(kWithdrawing, view));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<std::optional<PlaceRecord>> own = PlaceRecordOf(node_.feeds(), views_, view.member);
  HANSA_RETURN_IF_ERROR(own.status());
  if (!own->has_value()) {
    return absl::NotFoundError(
        absl::StrCat(kWithdrawing, ": this city has never said it, so there is nothing to take back"));
  }
  const projection::RecordView& record = (*own)->record;
  absl::StatusOr<PublishedEntry> entry = (*own)->withdrawn() ? absl::StatusOr<PublishedEntry>(Standing(view, record))
                                                             : SignOne(node_, view,
                                                                       {.collection = replication::kIndicators,
                                                                        .kind = replication::kCityPlace,
                                                                        .record = record.key.id,
                                                                        .retract = true},
                                                                       record.revisions.size());
  if (entry.ok() && (*own)->said != nullptr) entry->title = TitleOf(*(*own)->said);
  return entry;
}

}  // namespace hansa::node::desk
