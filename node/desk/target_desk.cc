#include "node/desk/target_desk.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "hansa/v1/indicators.pb.h"
#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "node/domain/written_number.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using domain::Decimal;
using domain::Explanation;
using domain::Lines;

constexpr absl::string_view kSetting = "setting a target";
constexpr absl::string_view kWithdrawing = "withdrawing a target";

absl::Status Refusal(absl::string_view what) { return absl::InvalidArgumentError(absl::StrCat(kSetting, ": ", what)); }
absl::Status Refusal(absl::string_view field, const Explanation& fault) {
  return Refusal(absl::StrCat(field, ": ", fault.what, "; ", fault.remedy));
}

absl::StatusOr<const catalogue::Cell*> CellNamed(absl::string_view doing, const catalogue::Catalogue& catalogue,
                                                 absl::string_view id) {
  if (const catalogue::Cell* cell = catalogue.FindCell(id)) return cell;
  return absl::NotFoundError(
      absl::StrCat(doing, ": there is no cell ", domain::Quoted(id), "; ", domain::CellAdvice(catalogue, id)));
}

absl::StatusOr<Decimal> ValueIn(const catalogue::Measurement& measurement, absl::string_view text) {
  const auto number = domain::ReadNumber(text, domain::DecimalSign::kPointUnsaid, measurement.unit == "percent");
  if (const auto* fault = std::get_if<Explanation>(&number)) return Refusal("value", *fault);
  const auto* const value = std::get_if<Decimal>(&number);
  if (value == nullptr) {
    return Refusal(absl::StrCat("value: ", domain::Quoted(text),
                                " is no number; write the one that is to be reached, such as 95"));
  }
  if (const auto fault = domain::CheckValue(measurement, *value)) return Refusal("value", *fault);
  return *value;
}

// A text of the target, fit to be signed. Its length is for the schema to judge.
absl::StatusOr<std::string> Clean(absl::string_view field, absl::string_view text, Lines lines) {
  absl::StatusOr<std::string> clean = domain::CleanText(text, lines);
  if (!clean.ok()) return Refusal(absl::StrCat(field, ": ", clean.status().message()));
  return clean;
}

std::string SaidBy(v1::OwnTarget target) {
  target.clear_revision_reason();
  return target.SerializeAsString();
}

}  // namespace

absl::Status TargetDesk::CheckMaySet(absl::string_view doing, const NodeView& view) const {
  HANSA_RETURN_IF_ERROR(CheckIsCity(doing, view));
  HANSA_RETURN_IF_ERROR(CheckMayPublish(doing, view, replication::kIndicators));
  return CheckFramework(doing, catalogue_, view);
}

absl::StatusOr<v1::OwnTarget> TargetDesk::Understood(const TargetSetting& setting) const {
  const absl::StatusOr<const catalogue::Cell*> cell = CellNamed(kSetting, catalogue_, setting.cell);
  HANSA_RETURN_IF_ERROR(cell.status());
  const absl::StatusOr<Decimal> value = ValueIn(*(*cell)->measurement, setting.value);
  HANSA_RETURN_IF_ERROR(value.status());
  HANSA_RETURN_IF_ERROR(CheckYear(kSetting, setting.by_year));
  absl::StatusOr<std::string> note = Clean("note", setting.note, Lines::kMany);
  HANSA_RETURN_IF_ERROR(note.status());
  absl::StatusOr<std::string> language = Clean("language", setting.language, Lines::kOne);
  HANSA_RETURN_IF_ERROR(language.status());
  absl::StatusOr<std::string> approved_by = Clean("approved_by", setting.approved_by, Lines::kOne);
  HANSA_RETURN_IF_ERROR(approved_by.status());
  v1::OwnTarget target;
  target.set_cell((*cell)->id);
  target.set_value(value->text());
  target.set_unit((*cell)->measurement->unit);
  target.set_by_year(static_cast<std::uint32_t>(setting.by_year));
  target.set_framework_id(catalogue_.framework_id());
  target.set_framework_version(catalogue_.version());
  target.set_catalogue_sha256(catalogue_.sha256());
  target.set_note(*std::move(note));
  target.set_language(*std::move(language));
  target.set_approved_by(*std::move(approved_by));
  return target;
}

absl::StatusOr<std::optional<TargetRecord>> TargetDesk::OwnRecord(const NodeView& view, absl::string_view cell) const {
  absl::StatusOr<std::vector<TargetRecord>> records = TargetRecordsOf(node_.feeds(), views_, view.member);
  HANSA_RETURN_IF_ERROR(records.status());
  for (TargetRecord& record : *records) {
    const bool is_it = record.said != nullptr && record.said->cell() == cell &&
                       record.said->framework_id() == catalogue_.framework_id() &&
                       record.said->framework_version() == catalogue_.version();
    if (is_it) return std::optional<TargetRecord>(std::move(record));
  }
  return std::optional<TargetRecord>();
}

absl::StatusOr<PublishedEntry> TargetDesk::Set(const TargetSetting& setting) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMaySet(kSetting, view));
  absl::StatusOr<v1::OwnTarget> target = Understood(setting);
  HANSA_RETURN_IF_ERROR(target.status());
  absl::StatusOr<std::string> reason = Clean("reason", setting.reason, Lines::kMany);
  HANSA_RETURN_IF_ERROR(reason.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<std::optional<TargetRecord>> own = OwnRecord(view, target->cell());
  HANSA_RETURN_IF_ERROR(own.status());
  const bool stands = own->has_value() && !(*own)->withdrawn() && (*own)->fault.empty();
  const bool keeps_year = stands && (*own)->said->by_year() == target->by_year();
  if (const int present = today_year_(); setting.by_year < present && !keeps_year) {
    return absl::FailedPreconditionError(
        absl::StrCat(kSetting, ": the year ", setting.by_year, " is over; name ", present, " or a later one"));
  }
  absl::StatusOr<PublishedEntry> entry;
  if (stands && SaidBy(*(*own)->said) == SaidBy(*target)) {
    entry = Standing(view, (*own)->record);
  } else {
    if (own->has_value()) target->set_revision_reason(*std::move(reason));
    absl::StatusOr<std::string> payload = domain::EncodeRecord(*target);
    if (!payload.ok()) {
      return absl::Status(payload.status().code(), absl::StrCat(kSetting, ": ", payload.status().message()));
    }
    Publication publication{
        .collection = replication::kIndicators, .kind = replication::kOwnTarget, .record = std::nullopt};
    if (own->has_value()) publication.record = (*own)->record.key.id;
    publication.payload = *std::move(payload);
    entry = SignOne(node_, view, std::move(publication), own->has_value() ? (*own)->record.revisions.size() : 0);
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = TitleOf(*target);
  return entry;
}

absl::StatusOr<PublishedEntry> TargetDesk::Withdraw(absl::string_view cell) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMaySet(kWithdrawing, view));
  const absl::StatusOr<const catalogue::Cell*> known = CellNamed(kWithdrawing, catalogue_, cell);
  HANSA_RETURN_IF_ERROR(known.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<std::optional<TargetRecord>> own = OwnRecord(view, cell);
  HANSA_RETURN_IF_ERROR(own.status());
  if (!own->has_value()) {
    return absl::NotFoundError(absl::StrCat(kWithdrawing, ": this city has no target for ", domain::Quoted(cell),
                                            "; hansa indicators targets shows those it has"));
  }
  const projection::RecordView& record = (*own)->record;
  absl::StatusOr<PublishedEntry> entry = (*own)->withdrawn() ? absl::StatusOr<PublishedEntry>(Standing(view, record))
                                                             : SignOne(node_, view,
                                                                       {.collection = replication::kIndicators,
                                                                        .kind = replication::kOwnTarget,
                                                                        .record = record.key.id,
                                                                        .retract = true},
                                                                       record.revisions.size());
  if (entry.ok()) entry->title = TitleOf(*(*own)->said);
  return entry;
}

absl::StatusOr<std::vector<ListedTarget>> TargetDesk::List(const TargetQuery& query) const {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, query.part));
  std::string slug = query.member;
  if (slug.empty() && CheckIsCity("", view).ok()) slug = view.slug;
  if (!query.member.empty()) HANSA_RETURN_IF_ERROR(MemberNamed(view, query.member).status());
  std::vector<ListedTarget> listed;
  for (const auto& [number, member] : view.roster->state().members) {
    if (!slug.empty() && slug != member.slug) continue;
    absl::StatusOr<std::vector<StandingTarget>> targets = TargetsOf(node_.feeds(), views_, catalogue_, number);
    HANSA_RETURN_IF_ERROR(targets.status());
    for (StandingTarget& target : *targets) {
      const catalogue::Cell* const cell = catalogue_.FindCell(target.cell);
      const bool is_asked_for = query.part.empty() || (cell != nullptr && IsPartOf(*cell, query.part));
      if (is_asked_for) listed.push_back({member.slug, std::move(target)});
    }
  }
  std::stable_sort(listed.begin(), listed.end(),
                   [](const ListedTarget& a, const ListedTarget& b) { return a.member < b.member; });
  return listed;
}

}  // namespace hansa::node::desk
