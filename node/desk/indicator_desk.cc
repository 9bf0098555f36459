#include "node/desk/indicator_desk.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/city_office.h"
#include "node/domain/checks.h"
#include "node/domain/indicator_columns.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using domain::Problem;

}  // namespace

IndicatorDesk::IndicatorDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
                             std::function<int()> today_year, ReadFile read_file)
    : node_(node),
      catalogue_(catalogue),
      views_(views),
      today_year_(std::move(today_year)),
      read_file_(std::move(read_file)),
      departments_(node.tables()),
      waiting_(node.tables()),
      drafts_(node.tables()) {}

absl::StatusOr<YearSheet> IndicatorDesk::SheetOf(const NodeView& view, int year) const {
  YearSheet sheet{year, {}, {}};
  HANSA_RETURN_IF_ERROR(CountRevisions(view, sheet));
  absl::StatusOr<std::vector<projection::PublishedObservation>> published = views_.ObservationsOf(
      *view.roster, {.member = view.member, .year = year, .cell = {}, .standing = projection::Standing::kInSet});
  HANSA_RETURN_IF_ERROR(published.status());
  for (projection::PublishedObservation& row : *published) {
    if (IsOfFramework(row)) sheet.published.push_back(std::move(row.observation));
  }
  absl::MutexLock lock(&drafts_mutex_);
  absl::StatusOr<std::vector<Draft>> drafts = drafts_.Of(year);
  HANSA_RETURN_IF_ERROR(drafts.status());
  sheet.drafts = *std::move(drafts);
  return sheet;
}

absl::StatusOr<std::vector<projection::RecordView>> IndicatorDesk::RecordsOf(const NodeView& view, int year) const {
  if (view.member == replication::kMemberUnknown) return std::vector<projection::RecordView>();
  absl::StatusOr<std::vector<projection::RecordView>> records = views_.SetsOf(view.member);
  HANSA_RETURN_IF_ERROR(records.status());
  const projection::SetSubject subject{year, catalogue_.framework_id(), catalogue_.version()};
  std::erase_if(*records, [&](const auto& record) { return projection::SubjectOf(record) != subject; });
  std::sort(records->begin(), records->end(), [](const projection::RecordView& a, const projection::RecordView& b) {
    return a.revisions.back().position < b.revisions.back().position;
  });
  return records;
}

absl::Status IndicatorDesk::CountRevisions(const NodeView& view, YearSheet& sheet) const {
  const absl::StatusOr<std::vector<projection::RecordView>> records = RecordsOf(view, sheet.year);
  HANSA_RETURN_IF_ERROR(records.status());
  if (records->empty()) return absl::OkStatus();
  const std::vector<projection::Revision>& revisions = records->back().revisions;
  sheet.newest = revisions.size();
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    if (revisions[i].retracted) sheet.taken_back = i + 1;
  }
  return absl::OkStatus();
}

bool IndicatorDesk::IsOfFramework(const projection::PublishedObservation& row) const {
  return row.subject.framework_id == catalogue_.framework_id() && row.subject.framework_version == catalogue_.version();
}

absl::StatusOr<std::vector<int>> IndicatorDesk::ChangedYears(const NodeView& view) const {
  absl::StatusOr<std::vector<int>> years;
  {
    absl::MutexLock lock(&drafts_mutex_);
    years = drafts_.Years();
  }
  HANSA_RETURN_IF_ERROR(years.status());
  std::vector<int> changed;
  for (const int year : *years) {
    const absl::StatusOr<YearSheet> sheet = SheetOf(view, year);
    HANSA_RETURN_IF_ERROR(sheet.status());
    if (!ChangedDrafts(catalogue_, *sheet).empty()) changed.push_back(year);
  }
  return changed;
}

absl::Status IndicatorDesk::CheckMayChange(const std::string& cell, const std::vector<std::string>& departments) const {
  if (departments.empty()) return absl::OkStatus();
  const absl::StatusOr<std::set<std::string>> theirs = departments_.CellsOfAny(catalogue_, departments);
  HANSA_RETURN_IF_ERROR(theirs.status());
  return theirs->contains(cell) ? absl::OkStatus() : OfAnotherDepartment(cell);
}

absl::StatusOr<DraftReport> IndicatorDesk::Edit(const EditRequest& request) {
  constexpr absl::string_view kEditing = "entering an indicator";
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity(kEditing, view));
  HANSA_RETURN_IF_ERROR(CheckYear(kEditing, request.year));
  HANSA_RETURN_IF_ERROR(CheckMayChange(request.cell, request.departments));
  if (catalogue_.FindCell(request.cell) == nullptr) {
    return absl::NotFoundError(absl::StrCat(kEditing, ": there is no cell ", domain::Quoted(request.cell), "; ",
                                            domain::CellAdvice(catalogue_, request.cell)));
  }
  const absl::StatusOr<YearSheet> sheet = SheetOf(view, request.year);
  HANSA_RETURN_IF_ERROR(sheet.status());
  std::map<std::string, std::string> fields;
  if (const domain::Observation* stands = FindStanding(*sheet, request.cell)) {
    for (auto& [column, text] : domain::FieldsOf(*stands)) fields[column] = std::move(text);
  }
  for (const auto& [column, text] : request.fields) {
    if (!domain::IsIndicatorColumn(catalogue_, column)) {
      return absl::InvalidArgumentError(absl::StrCat(kEditing, ": there is no field ", domain::Quoted(column),
                                                     "; see hansa catalogue ", request.cell));
    }
    if (column == "value" && !text.empty()) fields.erase("no_data_reason");
    if (column == "no_data_reason" && !text.empty()) fields.erase("value");
    fields[column] = text;
  }
  fields["cell"] = request.cell;
  fields["year"] = absl::StrCat(request.year);
  std::vector<std::string> columns;
  columns.reserve(fields.size() + 1);
  for (const auto& [column, text] : fields) columns.push_back(column);
  if (!fields.contains("value")) columns.push_back("value");  // a file without it is none
  const std::string csv = domain::CsvOf(columns, {std::vector<domain::Field>(fields.begin(), fields.end())});
  domain::IndicatorCsvContent content =
      domain::ReadIndicatorCsv(catalogue_, {"", csv, std::nullopt, view.name, OwnCountry(view.slug), false});
  if (content.unchanged > 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(kEditing, ": ", request.cell, " has neither a value nor a reason for none in ", request.year,
                     "; give one with hansa indicators set or hansa indicators no-data"));
  }
  for (auto* const problems : {&content.errors, &content.warnings}) {
    for (Problem& problem : *problems) problem.row = 0;
  }
  return Take(view, std::move(content), {.year = request.year, .dry_run = false});
}

absl::StatusOr<std::int64_t> IndicatorDesk::Discard(const DiscardRequest& request) {
  constexpr absl::string_view kDiscarding = "discarding a draft";
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity(kDiscarding, view));
  HANSA_RETURN_IF_ERROR(CheckYear(kDiscarding, request.year));
  if (!request.cell.empty()) HANSA_RETURN_IF_ERROR(CheckMayChange(request.cell, request.departments));
  absl::MutexLock lock(&drafts_mutex_);
  const absl::StatusOr<std::vector<Draft>> drafts = drafts_.Of(request.year);
  HANSA_RETURN_IF_ERROR(drafts.status());
  std::vector<DraftChange> changes;
  for (const Draft& draft : *drafts) {
    if (!request.cell.empty() && draft.observation.cell != request.cell) continue;
    if (!CheckMayChange(draft.observation.cell, request.departments).ok()) continue;
    changes.push_back({draft, DraftChange::Act::kDrop});
  }
  if (changes.empty() && !request.cell.empty() && catalogue_.FindCell(request.cell) == nullptr) {
    return absl::NotFoundError(absl::StrCat(kDiscarding, ": there is no cell ", domain::Quoted(request.cell), "; ",
                                            domain::CellAdvice(catalogue_, request.cell)));
  }
  HANSA_RETURN_IF_ERROR(drafts_.Apply(changes));
  return static_cast<std::int64_t>(changes.size());
}

absl::StatusOr<domain::PastValues> IndicatorDesk::OwnValues(const NodeView& view) const {
  domain::PastValues values;
  const absl::StatusOr<std::vector<projection::PublishedObservation>> published = views_.ObservationsOf(
      *view.roster,
      {.member = view.member, .year = std::nullopt, .cell = {}, .standing = projection::Standing::kInSet});
  HANSA_RETURN_IF_ERROR(published.status());
  for (const projection::PublishedObservation& row : *published) {
    if (IsOfFramework(row)) values.Set(row.subject.year, row.observation);
  }
  absl::MutexLock lock(&drafts_mutex_);
  const absl::StatusOr<std::vector<int>> years = drafts_.Years();
  HANSA_RETURN_IF_ERROR(years.status());
  for (const int year : *years) {
    const absl::StatusOr<std::vector<Draft>> drafts = drafts_.Of(year);
    HANSA_RETURN_IF_ERROR(drafts.status());
    for (const Draft& draft : *drafts) values.Set(year, draft.observation);
  }
  return values;
}

absl::Status IndicatorDesk::AddYear(const NodeView& view, int year, const domain::PastValues& past,
                                    DraftReport& report) const {
  const absl::StatusOr<YearSheet> sheet = SheetOf(view, year);
  HANSA_RETURN_IF_ERROR(sheet.status());
  domain::CheckReport check =
      domain::CheckIndicatorSet(catalogue_, CompleteSet(catalogue_, *sheet), past, today_year_());
  report.ok = report.ok && check.ok();
  report.accepted += static_cast<std::int64_t>(ChangedDrafts(catalogue_, *sheet).size());
  for (ChangedAnswer& change : ChangedAnswers(catalogue_, *sheet)) report.changes.push_back(std::move(change));
  report.completeness.reported += check.completeness.reported;
  report.completeness.of += check.completeness.of;
  const auto append = [&](std::vector<Problem>& from, std::vector<Problem>& to) {
    for (Problem& problem : from) {
      if (report.years.size() > 1) problem.what = absl::StrCat(year, ": ", problem.what);
      to.push_back(std::move(problem));
    }
  };
  append(check.errors, report.errors);
  append(check.warnings, report.warnings);
  return absl::OkStatus();
}

absl::StatusOr<DraftReport> IndicatorDesk::Check(std::optional<int> year) const {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity("checking indicators", view));
  HANSA_RETURN_IF_ERROR(CheckYear("checking indicators", year));
  DraftReport report;
  absl::StatusOr<Chosen> chosen = ChosenYears(view, year);
  HANSA_RETURN_IF_ERROR(chosen.status());
  report.years = std::move(chosen->years);
  const absl::StatusOr<domain::PastValues> past = OwnValues(view);
  HANSA_RETURN_IF_ERROR(past.status());
  std::vector<Plan> plans;
  for (const int each : report.years) {
    HANSA_RETURN_IF_ERROR(AddYear(view, each, *past, report));
    absl::StatusOr<Plan> plan = PlanOf(view, each);
    HANSA_RETURN_IF_ERROR(plan.status());
    plans.push_back(*std::move(plan));
  }
  WarnOfWaiting(chosen->waiting, report);
  // A set that cannot be written has errors, and cannot be published.
  report.draft = HashOf(plans).value_or("");
  return report;
}

}  // namespace hansa::node::desk
