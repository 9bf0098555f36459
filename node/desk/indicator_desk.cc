#include "node/desk/indicator_desk.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/desk/city_office.h"
#include "node/domain/indicator_columns.h"
#include "node/domain/slug.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using domain::Problem;

// The country of a member by the letters its name begins with, alpha-3; INT for none.
std::string CountryOf(absl::string_view slug) {
  const std::string iso2 = absl::AsciiStrToUpper(slug.substr(0, slug.find('-')));
  const catalogue::Country* country = catalogue::KnownCountries().FindByIso2(iso2);
  return country == nullptr ? std::string(domain::kInternational) : country->iso3;
}

std::vector<int> YearsOf(const domain::IndicatorCsvContent& content, std::optional<int> asked) {
  std::vector<int> years;
  for (const domain::YearlyObservation& row : content.accepted) years.push_back(row.year);
  if (asked && *asked >= domain::kYearMin && *asked <= domain::kYearMax) years.push_back(*asked);
  std::sort(years.begin(), years.end());
  years.erase(std::unique(years.begin(), years.end()), years.end());
  return years;
}

}  // namespace

IndicatorDesk::IndicatorDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
                             std::function<int()> today_year)
    : node_(node), catalogue_(catalogue), views_(views), today_year_(std::move(today_year)), drafts_(node.tables()) {}

absl::StatusOr<YearSheet> IndicatorDesk::SheetOf(const NodeView& view, int year) const {
  YearSheet sheet{year, {}, {}};
  absl::StatusOr<std::vector<projection::PublishedObservation>> published =
      views_.ObservationsOf(*view.roster, {.member = view.member, .year = year, .cell = {}});
  HANSA_RETURN_IF_ERROR(published.status());
  for (projection::PublishedObservation& row : *published) {
    const bool ours =
        row.subject.framework_id == catalogue_.framework_id() && row.subject.framework_version == catalogue_.version();
    if (ours) sheet.published.push_back(std::move(row.observation));
  }
  absl::MutexLock lock(&drafts_mutex_);
  absl::StatusOr<std::vector<Draft>> drafts = drafts_.Of(year);
  HANSA_RETURN_IF_ERROR(drafts.status());
  sheet.drafts = *std::move(drafts);
  return sheet;
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

absl::StatusOr<DraftReport> IndicatorDesk::Import(const ImportRequest& request) {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity("importing indicators", view));
  if (request.bytes.size() > kImportBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("importing ", request.file, ": larger than ", kImportBytesMax, " bytes; split it by year"));
  }
  return Take(view,
              domain::ReadIndicatorCsv(catalogue_, {request.file, request.bytes, request.year, view.name,
                                                    CountryOf(view.slug), request.skip_others}),
              request.year);
}

absl::StatusOr<DraftReport> IndicatorDesk::Take(const NodeView& view, domain::IndicatorCsvContent content,
                                                std::optional<int> year_asked) {
  DraftReport report;
  report.ok = content.errors.empty();
  report.skipped = content.skipped;
  report.unchanged = content.unchanged;
  report.errors = std::move(content.errors);
  report.warnings = std::move(content.warnings);
  std::vector<DraftChange> rows;
  for (domain::YearlyObservation& row : content.accepted) {
    domain::CompleteFromCatalogue(catalogue_, row.observation);
    rows.push_back({{row.year, row.observation}, DraftChange::Act::kKeep});
  }
  if (report.ok) {
    report.accepted = static_cast<std::int64_t>(rows.size());
    absl::MutexLock lock(&drafts_mutex_);
    HANSA_RETURN_IF_ERROR(drafts_.Apply(rows));
  }
  report.years = YearsOf(content, year_asked);
  for (const int year : report.years) {
    const absl::StatusOr<YearSheet> sheet = SheetOf(view, year);
    HANSA_RETURN_IF_ERROR(sheet.status());
    const domain::CheckReport check = CheckForPublishing(catalogue_, CompleteSet(catalogue_, *sheet), today_year_());
    report.completeness.reported += check.completeness.reported;
    report.completeness.of += check.completeness.of;
  }
  if (report.years.empty()) report.completeness.of = catalogue_.cells().size();
  return report;
}

absl::StatusOr<DraftReport> IndicatorDesk::Edit(const EditRequest& request) {
  constexpr absl::string_view kEditing = "entering an indicator";
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity(kEditing, view));
  HANSA_RETURN_IF_ERROR(CheckYear(kEditing, request.year));
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
      domain::ReadIndicatorCsv(catalogue_, {"", csv, std::nullopt, view.name, CountryOf(view.slug), false});
  if (content.unchanged > 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(kEditing, ": ", request.cell, " has neither a value nor a reason for none in ", request.year,
                     "; give one with hansa indicators set or hansa indicators no-data"));
  }
  for (auto* const problems : {&content.errors, &content.warnings}) {
    for (Problem& problem : *problems) problem.row = 0;
  }
  return Take(view, std::move(content), request.year);
}

absl::StatusOr<std::int64_t> IndicatorDesk::Discard(const DiscardRequest& request) {
  constexpr absl::string_view kDiscarding = "discarding a draft";
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity(kDiscarding, view));
  HANSA_RETURN_IF_ERROR(CheckYear(kDiscarding, request.year));
  absl::MutexLock lock(&drafts_mutex_);
  const absl::StatusOr<std::vector<Draft>> drafts = drafts_.Of(request.year);
  HANSA_RETURN_IF_ERROR(drafts.status());
  std::vector<DraftChange> changes;
  for (const Draft& draft : *drafts) {
    if (request.cell.empty() || draft.observation.cell == request.cell)
      changes.push_back({draft, DraftChange::Act::kDrop});
  }
  if (changes.empty() && !request.cell.empty() && catalogue_.FindCell(request.cell) == nullptr) {
    return absl::NotFoundError(absl::StrCat(kDiscarding, ": there is no cell ", domain::Quoted(request.cell), "; ",
                                            domain::CellAdvice(catalogue_, request.cell)));
  }
  HANSA_RETURN_IF_ERROR(drafts_.Apply(changes));
  return static_cast<std::int64_t>(changes.size());
}

absl::Status IndicatorDesk::AddYear(const NodeView& view, int year, DraftReport& report) const {
  const absl::StatusOr<YearSheet> sheet = SheetOf(view, year);
  HANSA_RETURN_IF_ERROR(sheet.status());
  domain::CheckReport check = CheckForPublishing(catalogue_, CompleteSet(catalogue_, *sheet), today_year_());
  report.ok = report.ok && check.ok();
  report.accepted += static_cast<std::int64_t>(ChangedDrafts(catalogue_, *sheet).size());
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
  if (year) {
    report.years = {*year};
  } else {
    absl::StatusOr<std::vector<int>> changed = ChangedYears(view);
    HANSA_RETURN_IF_ERROR(changed.status());
    report.years = *std::move(changed);
  }
  for (const int each : report.years) HANSA_RETURN_IF_ERROR(AddYear(view, each, report));
  return report;
}

}  // namespace hansa::node::desk
