#include "node/desk/progress_desk.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "node/desk/record_office.h"
#include "node/domain/indicator_codec.h"
#include "node/domain/indicator_csv_writer.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using replication::MemberRecord;

// An answer that does not say its level is of the city.
domain::Observation WithLevel(domain::Observation observation) {
  if (observation.level == domain::AreaLevel::kNotGiven) observation.level = domain::AreaLevel::kCity;
  return observation;
}

// Columns in which two answers differ, the cell aside.
std::vector<std::string> FieldsThatDiffer(const domain::Observation& before, const domain::Observation& after) {
  const std::vector<domain::Field> then = domain::FieldsOf(before), now = domain::FieldsOf(after);
  const std::set<domain::Field> old_fields(then.begin(), then.end());
  const std::set<domain::Field> new_fields(now.begin(), now.end());
  std::set<std::string> differing;
  for (const domain::Field& field : then) {
    if (!new_fields.contains(field)) differing.insert(field.first);
  }
  for (const domain::Field& field : now) {
    if (!old_fields.contains(field)) differing.insert(field.first);
  }
  return {differing.begin(), differing.end()};
}

std::vector<CellDifference> Differences(const catalogue::Catalogue& catalogue, const domain::IndicatorSet& before,
                                        const domain::IndicatorSet& after) {
  std::map<std::string, CellDifference> by_cell;
  for (const domain::Observation& observation : before.observations) by_cell[observation.cell].before = observation;
  for (const domain::Observation& observation : after.observations) by_cell[observation.cell].after = observation;
  std::vector<CellDifference> differences;
  for (auto& [cell, difference] : by_cell) {
    if (difference.before && difference.after) {
      const domain::Observation then = WithLevel(*difference.before), now = WithLevel(*difference.after);
      if (then == now) continue;
      difference.fields = FieldsThatDiffer(then, now);
    }
    difference.cell = cell;
    differences.push_back(std::move(difference));
  }
  const auto place = [&](const CellDifference& difference) {
    const catalogue::Cell* cell = catalogue.FindCell(difference.cell);
    return cell == nullptr ? catalogue.cells().size() : cell->position;
  };
  std::stable_sort(differences.begin(), differences.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return differences;
}

// Puts what the city means to reach, and what it does about it, beside its figures.
void Hang(const std::vector<StandingTarget>& targets, const std::vector<StandingStrategy>& strategies,
          Progress& progress) {
  for (CellProgress& cell : progress.cells) {
    const std::string& id = cell.cell->id;
    for (const StandingTarget& target : targets) {
      if (target.fault.empty() && target.cell == id) cell.target = target;
    }
    for (const StandingStrategy& strategy : strategies) {
      const bool is_on_it = std::find(strategy.cells.begin(), strategy.cells.end(), id) != strategy.cells.end();
      if (is_on_it && !strategy.starts_on.empty()) cell.strategies.push_back(strategy);
    }
  }
}

}  // namespace

absl::StatusOr<SetChoice> ParseSetChoice(absl::string_view text) {
  const std::size_t colon = text.find(':');
  const std::optional<int> year = domain::ParseYear(text.substr(0, colon));
  SetChoice choice{year.value_or(0), std::nullopt};
  bool is_sound = year.has_value();
  if (colon != absl::string_view::npos) {
    std::uint64_t revision = 0;
    is_sound = is_sound && absl::SimpleAtoi(text.substr(colon + 1), &revision) && revision > 0;
    choice.revision = revision;
  }
  if (is_sound) return choice;
  return absl::InvalidArgumentError(
      absl::StrCat(domain::Quoted(text), " is no year or revision; write one such as 2023 or 2023:1"));
}

absl::StatusOr<Progress> ProgressDesk::ProgressOf(absl::string_view member, absl::string_view part) const {
  const NodeView view = node_.View();
  if (member.empty()) HANSA_RETURN_IF_ERROR(CheckIsCity("showing progress", view));
  const absl::StatusOr<const MemberRecord*> who = MemberNamed(view, member.empty() ? view.slug : member);
  HANSA_RETURN_IF_ERROR(who.status());
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, part));
  absl::StatusOr<std::vector<projection::PublishedObservation>> published =
      views_.ObservationsOf(*view.roster, {.member = (*who)->number, .year = std::nullopt, .cell = std::nullopt});
  HANSA_RETURN_IF_ERROR(published.status());
  // By position of the cell, and whose word it is: what stands in the sets first. Words are not joined into one line.
  std::map<std::pair<std::size_t, std::string>, std::vector<domain::SeriesPoint>> points;
  for (projection::PublishedObservation& row : *published) {
    const catalogue::Cell* cell = catalogue_.FindCell(row.observation.cell);
    if (cell == nullptr || !IsPartOf(*cell, part)) continue;
    std::vector<domain::SeriesPoint>& of_word = points[{cell->position, row.observation.word_of}];
    of_word.push_back({row.subject.year, std::move(row.observation), row.revision});
  }
  Progress progress{std::string((*who)->slug), {}};
  progress.cells.reserve(points.size());
  for (auto& [place, of_cell] : points) {
    const catalogue::Cell& cell = catalogue_.cells()[place.first];
    progress.cells.push_back({&cell, domain::SeriesOf(*cell.measurement, std::move(of_cell)), std::nullopt, {}});
  }
  const auto targets = TargetsOf(node_.feeds(), views_, catalogue_, (*who)->number);
  HANSA_RETURN_IF_ERROR(targets.status());
  const auto strategies = StrategiesOf(node_.feeds(), views_, catalogue_, (*who)->number);
  HANSA_RETURN_IF_ERROR(strategies.status());
  Hang(*targets, *strategies, progress);
  return progress;
}

absl::StatusOr<ProgressDesk::Chosen> ProgressDesk::SetChosen(const MemberRecord& member,
                                                             const SetChoice& choice) const {
  const absl::StatusOr<std::vector<projection::RecordView>> records = views_.SetsOf(member.number);
  HANSA_RETURN_IF_ERROR(records.status());
  const projection::RecordView* found = nullptr;
  for (const projection::RecordView& record : *records) {
    const auto subject = projection::SubjectOf(record);
    if (!subject || subject->year != choice.year) continue;
    if (found == nullptr || found->revisions.back().position < record.revisions.back().position) found = &record;
  }
  const std::string what = absl::StrCat("the indicators of ", member.slug, " for ", choice.year);
  if (found == nullptr) return absl::NotFoundError(absl::StrCat(what, ": nothing was published"));
  const std::uint64_t count = found->revisions.size();
  const std::uint64_t number = choice.revision.value_or(count);
  if (number == 0 || number > count) {
    return absl::NotFoundError(absl::StrCat(what, ": there is no revision ", number, "; the last is ", count));
  }
  const projection::Revision& revision = found->revisions[number - 1];
  if (!revision.is_showable_set()) {
    const auto refused = [&](absl::string_view is) {
      return absl::FailedPreconditionError(absl::StrCat(what, ": ", is));
    };
    if (revision.retracted) {
      return refused(absl::StrCat("revision ", number, " took back what the one before said; name another, such as ",
                                  choice.year, ":1"));
    }
    return refused(absl::StrCat("revision ", number, " cannot be shown; name another, such as ", choice.year, ":1"));
  }
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(node_.feeds(), revision.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  absl::StatusOr<domain::IndicatorSet> set = domain::DecodeIndicatorSet(*payload);
  HANSA_RETURN_IF_ERROR(set.status());
  return Chosen{*std::move(set), {choice.year, number}};
}

absl::StatusOr<SetDifference> ProgressDesk::Difference(absl::string_view member, const SetChoice& before,
                                                       const SetChoice& after) const {
  const NodeView view = node_.View();
  if (member.empty()) HANSA_RETURN_IF_ERROR(CheckIsCity("comparing indicators", view));
  const absl::StatusOr<const MemberRecord*> who = MemberNamed(view, member.empty() ? view.slug : member);
  HANSA_RETURN_IF_ERROR(who.status());
  const absl::StatusOr<Chosen> then = SetChosen(**who, before);
  HANSA_RETURN_IF_ERROR(then.status());
  const absl::StatusOr<Chosen> now = SetChosen(**who, after);
  HANSA_RETURN_IF_ERROR(now.status());
  return SetDifference{std::string((*who)->slug), then->choice, now->choice,
                       Differences(catalogue_, then->set, now->set)};
}

absl::StatusOr<Beside> ProgressDesk::BesideEachOther(const BesideRequest& request) const {
  constexpr absl::string_view kDoing = "side by side";
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckYear(kDoing, request.from));
  HANSA_RETURN_IF_ERROR(CheckYear(kDoing, request.to));
  if (request.from && request.to && *request.from > *request.to) {
    return absl::InvalidArgumentError(
        absl::StrCat(kDoing, ": the years end before they begin; write the earlier one first"));
  }
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, request.part));
  std::map<std::string, replication::Member> members;
  for (const std::string& slug : request.members) {
    const absl::StatusOr<const MemberRecord*> member = MemberNamed(view, slug);
    HANSA_RETURN_IF_ERROR(member.status());
    members[(*member)->slug] = (*member)->number;
  }
  if (members.size() < 2) {
    return absl::InvalidArgumentError(
        absl::StrCat(kDoing, ": name at least two cities, such as --members gb-bristol,kr-suwon"));
  }
  Beside beside;
  for (const auto& [slug, number] : members) beside.members.push_back(slug);
  for (const catalogue::Cell& cell : catalogue_.cells()) {
    if (!IsPartOf(cell, request.part)) continue;
    for (const auto& [slug, number] : members) {
      absl::StatusOr<std::vector<projection::PublishedObservation>> rows =
          views_.ObservationsOf(*view.roster, {.member = number, .year = std::nullopt, .cell = cell.id});
      HANSA_RETURN_IF_ERROR(rows.status());
      for (projection::PublishedObservation& row : *rows) {
        const int year = row.subject.year;
        if ((request.from && year < *request.from) || (request.to && year > *request.to)) continue;
        beside.rows.push_back({slug, year, std::move(row.observation), row.revision, true});
      }
    }
  }
  return beside;
}

}  // namespace hansa::node::desk
