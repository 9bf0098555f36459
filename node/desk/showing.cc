// What the desk shows: values and drafts, and what was said of a cell before.
#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/desk/cell_past.h"
#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "node/desk/indicator_desk.h"
#include "node/desk/record_office.h"
#include "node/domain/indicator_csv_writer.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

ShownObservation Shown(const projection::PublishedObservation& row) {
  return {row.slug, row.subject.year, row.observation, row.revision, true};
}

// Of each cell of a member the answer of its latest year, in the order they come in.
void KeepLatest(std::vector<ShownObservation>& rows) {
  std::map<std::pair<std::string, std::string>, int> latest;  // by slug and cell
  for (const ShownObservation& row : rows) {
    int& year = latest[{row.member, row.observation.cell}];
    year = std::max(year, row.year);
  }
  std::erase_if(rows, [&](const ShownObservation& row) {
    return row.year != latest.at({row.member, row.observation.cell});
  });
}

// Whether `folded` stands in what is said of where the answer comes from.
bool Says(const domain::Observation& observation, const std::string& folded) {
  if (folded.empty()) return true;
  constexpr std::array<absl::string_view, 7> kNotOfIt = {"cell",     "value", "unit", "source_kind",
                                                         "language", "match", "level"};
  for (const auto& [column, text] : domain::FieldsOf(observation)) {
    const bool of_it = std::find(kNotOfIt.begin(), kNotOfIt.end(), column) == kNotOfIt.end();
    if (of_it && absl::StrContains(domain::FoldedName(text), folded)) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::vector<ShownObservation>> IndicatorDesk::OwnRows(const NodeView& view,
                                                                     std::optional<int> year) const {
  std::map<int, std::vector<ShownObservation>> by_year;
  if (view.member != replication::kMemberUnknown) {
    const absl::StatusOr<std::vector<projection::PublishedObservation>> published =
        views_.ObservationsOf(*view.roster, {.member = view.member, .year = year, .cell = {}});
    HANSA_RETURN_IF_ERROR(published.status());
    for (const auto& row : *published) by_year[row.subject.year].push_back(Shown(row));
  }
  const absl::StatusOr<std::vector<int>> changed = ChangedYears(view);
  HANSA_RETURN_IF_ERROR(changed.status());
  const absl::StatusOr<std::set<int>> waiting = Waiting(view);
  HANSA_RETURN_IF_ERROR(waiting.status());
  for (auto& [each, of_year] : by_year) {
    for (ShownObservation& row : of_year) row.waits = waiting->contains(each);
  }
  for (const int each : *changed) {
    if (year && *year != each) continue;
    const absl::StatusOr<YearSheet> sheet = SheetOf(view, each);
    HANSA_RETURN_IF_ERROR(sheet.status());
    for (const Draft& draft : ChangedDrafts(catalogue_, *sheet)) {
      by_year[each].push_back({view.slug, each, draft.observation, 0, false, waiting->contains(each)});
    }
  }
  const auto place = [&](const ShownObservation& row) {
    const catalogue::Cell* cell = catalogue_.FindCell(row.observation.cell);
    return cell == nullptr ? catalogue_.cells().size() : cell->position;
  };
  std::vector<ShownObservation> rows;
  for (auto& [each, of_year] : by_year) {
    std::stable_sort(of_year.begin(), of_year.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    std::move(of_year.begin(), of_year.end(), std::back_inserter(rows));
  }
  return rows;
}

absl::StatusOr<std::vector<ShownObservation>> IndicatorDesk::Show(const ShowRequest& request) const {
  HANSA_RETURN_IF_ERROR(CheckYear("showing indicators", request.year));
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, request.part));
  const NodeView view = node_.View();
  const bool is_own = CheckIsCity("", view).ok() && (request.member.empty() || request.member == view.slug);
  absl::StatusOr<std::vector<ShownObservation>> rows =
      is_own ? OwnRows(view, request.year) : PublishedRows(view, request);
  HANSA_RETURN_IF_ERROR(rows.status());
  LeaveOutOthers(request, *rows);
  return rows;
}

absl::StatusOr<std::vector<ShownObservation>> IndicatorDesk::ShowPublished(const ShowRequest& request) const {
  HANSA_RETURN_IF_ERROR(CheckYear("showing indicators", request.year));
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, request.part));
  absl::StatusOr<std::vector<ShownObservation>> rows = PublishedRows(node_.View(), request);
  HANSA_RETURN_IF_ERROR(rows.status());
  LeaveOutOthers(request, *rows);
  if (request.latest_only) KeepLatest(*rows);
  return rows;
}

void IndicatorDesk::LeaveOutOthers(const ShowRequest& request, std::vector<ShownObservation>& rows) const {
  const std::string text = domain::FoldedName(request.text);
  std::erase_if(rows, [&](const ShownObservation& row) {
    const catalogue::Cell* cell = catalogue_.FindCell(row.observation.cell);
    const bool in_part = request.part.empty() || (cell != nullptr && IsPartOf(*cell, request.part));
    return !in_part || !Says(row.observation, text);
  });
}

absl::StatusOr<std::vector<ShownObservation>> IndicatorDesk::PublishedRows(const NodeView& view,
                                                                           const ShowRequest& request) const {
  projection::ObservationQuery query{.member = {}, .year = request.year, .cell = {}};
  if (!request.member.empty()) {
    const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(view, request.member);
    HANSA_RETURN_IF_ERROR(member.status());
    query.member = (*member)->number;
  }
  const absl::StatusOr<std::vector<projection::PublishedObservation>> published =
      views_.ObservationsOf(*view.roster, query);
  HANSA_RETURN_IF_ERROR(published.status());
  std::vector<ShownObservation> rows;
  for (const auto& row : *published) rows.push_back(Shown(row));
  return rows;
}

absl::StatusOr<std::vector<HistoryRow>> IndicatorDesk::History(const HistoryRequest& request) const {
  HANSA_RETURN_IF_ERROR(CheckYear("showing indicators", request.year));
  const NodeView view = node_.View();
  const bool own = request.member.empty() || request.member == view.slug;
  std::vector<HistoryRow> rows;
  if (!own || view.member != replication::kMemberUnknown) {
    const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(view, own ? view.slug : request.member);
    HANSA_RETURN_IF_ERROR(member.status());
    projection::PastQuery query{.cell = {}, .year = request.year};
    if (!request.cell.empty()) query.cell = request.cell;
    absl::StatusOr<std::vector<HistoryRow>> past =
        PastOf({node_.feeds(), catalogue_, views_, view}, (*member)->number, query);
    HANSA_RETURN_IF_ERROR(past.status());
    rows = *std::move(past);
  }
  if (rows.empty() && !request.cell.empty() && catalogue_.FindCell(request.cell) == nullptr) {
    return absl::NotFoundError(absl::StrCat("there is no cell ", domain::Quoted(request.cell), "; ",
                                            domain::CellAdvice(catalogue_, request.cell)));
  }
  return rows;
}

}  // namespace hansa::node::desk
