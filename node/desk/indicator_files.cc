// Files of indicators: what a person fills in comes from here, and what is filled in comes back.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/city_office.h"
#include "node/desk/indicator_desk.h"
#include "node/domain/checks.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"
#include "node/spreadsheet/indicator_template.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using domain::DecimalSign;

std::vector<int> YearsOf(const domain::IndicatorCsvContent& content, std::optional<int> asked) {
  std::vector<int> years;
  for (const domain::YearlyObservation& row : content.accepted) years.push_back(row.year);
  if (asked && *asked >= domain::kYearMin && *asked <= domain::kYearMax) years.push_back(*asked);
  std::sort(years.begin(), years.end());
  years.erase(std::unique(years.begin(), years.end()), years.end());
  return years;
}

// Programs for spreadsheets write commas between columns where a point stands before the decimals, and semicolons or
// tabs where a comma does.
DecimalSign SignOf(const spreadsheet::TableFile& file) {
  return file.separator == ";" || file.separator == "\t" ? DecimalSign::kEither : DecimalSign::kPointUnsaid;
}

std::string Code(DecimalSign sign) {
  if (sign == DecimalSign::kEither) return "either";
  return sign == DecimalSign::kComma ? "comma" : "point";
}

// What stands for the city once `rows` are in its draft of the year.
void LayOver(YearSheet& sheet, const std::vector<DraftChange>& rows) {
  for (const DraftChange& row : rows) {
    if (row.draft.year != sheet.year) continue;
    const auto same = [&](const Draft& draft) { return draft.observation.cell == row.draft.observation.cell; };
    const auto found = std::find_if(sheet.drafts.begin(), sheet.drafts.end(), same);
    if (found == sheet.drafts.end()) {
      sheet.drafts.push_back(row.draft);
    } else {
      *found = row.draft;
    }
  }
}

// Those of `changes` that `rows` speak of.
void AddChanges(std::vector<ChangedAnswer> changes, const std::vector<DraftChange>& rows, DraftReport& report) {
  for (ChangedAnswer& change : changes) {
    const bool is_named = std::any_of(rows.begin(), rows.end(), [&](const DraftChange& row) {
      return row.draft.year == change.year && row.draft.observation.cell == change.draft.cell;
    });
    if (is_named) report.changes.push_back(std::move(change));
  }
}

// What happened since the row's file was made, of the revision `made_from`.
std::string Since(const YearSheet& sheet, std::uint64_t made_from) {
  if (made_from < sheet.taken_back) {
    return made_from == 0
               ? "the row was made before anything was published for the year, which was taken back since"
               : absl::StrCat("the row was made from revision ", made_from, ", and the year was taken back since");
  }
  if (made_from == 0) {
    return absl::StrCat("the row was made before anything was published for the year, and revision ", sheet.newest,
                        " has been published since");
  }
  return absl::StrCat("the row was made from revision ", made_from, ", and revision ", sheet.newest,
                      " has been published since");
}

// Says which of `rows`, made of what stands at the same place of `accepted`, would change what was published after
// their file was made, or bring back what was taken back after that.
void WarnOfLaterRevision(const YearSheet& sheet, const std::vector<DraftChange>& rows,
                         const std::vector<domain::YearlyObservation>& accepted, const std::string& file,
                         DraftReport& report) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::optional<std::uint64_t> made_from = accepted[i].revision;
    if (rows[i].draft.year != sheet.year || !made_from || *made_from >= sheet.newest) continue;
    const std::string& cell = rows[i].draft.observation.cell;
    const bool is_change = std::any_of(report.changes.begin(), report.changes.end(), [&](const ChangedAnswer& change) {
      return change.year == sheet.year && change.draft.cell == cell;
    });
    if (!is_change && *made_from >= sheet.taken_back) continue;
    report.warnings.push_back({file, accepted[i].row, "value", cell, domain::rule_id::kEarlierRevision,
                               Since(sheet, *made_from),
                               "compare it with what is published, and discard it if that is right"});
  }
}

}  // namespace

absl::StatusOr<DraftReport> IndicatorDesk::Import(const ImportRequest& request) {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity("importing indicators", view));
  if (request.bytes.size() > kImportBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("importing ", request.file, ": larger than ", kImportBytesMax, " bytes; split it by year"));
  }
  const absl::StatusOr<spreadsheet::TableFile> file = read_file_(request.bytes, request.form);
  HANSA_RETURN_IF_ERROR(file.status());
  const DecimalSign sign = request.decimal_sign.value_or(SignOf(*file));
  const absl::StatusOr<domain::PastValues> standing = OwnValues(view);
  HANSA_RETURN_IF_ERROR(standing.status());
  domain::IndicatorCsvContent content;
  if (!file->fault || !file->table.rows.empty()) {
    content = domain::ReadIndicatorTable(catalogue_, file->table,
                                         {.file = request.file,
                                          .year = request.year,
                                          .city = view.name,
                                          .country = OwnCountry(view.slug),
                                          .skip_others = request.skip_others,
                                          .decimal_sign = sign,
                                          .standing = &*standing});
  }
  if (file->fault) {
    const domain::CsvFault& fault = *file->fault;
    content.errors.push_back({request.file, fault.row, "", "", fault.rule, fault.what, fault.remedy});
  }
  HANSA_RETURN_IF_ERROR(KeepToDepartments(request.departments, request.file, content));
  absl::StatusOr<DraftReport> report =
      Take(view, std::move(content), {.year = request.year, .dry_run = request.dry_run, .file = request.file});
  if (report.ok()) {
    report->read_as = {file->kind, file->encoding, file->separator, Code(sign), file->table.sheet, file->sheets};
  }
  return report;
}

absl::Status IndicatorDesk::KeepToDepartments(const std::vector<std::string>& departments, const std::string& file,
                                              domain::IndicatorCsvContent& content) const {
  if (departments.empty()) return absl::OkStatus();
  const absl::StatusOr<std::set<std::string>> theirs = departments_.CellsOfAny(catalogue_, departments);
  HANSA_RETURN_IF_ERROR(theirs.status());
  for (const domain::YearlyObservation& row : content.accepted) {
    const std::string& cell = row.observation.cell;
    if (theirs->contains(cell)) continue;
    const domain::Explanation fault =
        domain::Explain(domain::rule_id::kOtherDepartment, OfAnotherDepartment(cell).message());
    content.errors.push_back({file, row.row, "cell", cell, fault.rule, fault.what, fault.remedy});
  }
  return absl::OkStatus();
}

absl::StatusOr<DraftReport> IndicatorDesk::Take(const NodeView& view, domain::IndicatorCsvContent content,
                                                const Taking& taking) {
  DraftReport report;
  report.ok = content.errors.empty();
  report.dry_run = taking.dry_run;
  report.skipped = content.skipped;
  report.unchanged = content.unchanged;
  report.errors = std::move(content.errors);
  report.warnings = std::move(content.warnings);
  std::vector<DraftChange> rows;
  for (domain::YearlyObservation& row : content.accepted) {
    domain::CompleteFromCatalogue(catalogue_, row.observation);
    rows.push_back({{row.year, row.observation}, DraftChange::Act::kKeep});
  }
  if (!report.ok) rows.clear();
  report.accepted = static_cast<std::int64_t>(rows.size());
  report.years = YearsOf(content, taking.year);
  for (const int year : report.years) {
    absl::StatusOr<YearSheet> sheet = SheetOf(view, year);
    HANSA_RETURN_IF_ERROR(sheet.status());
    LayOver(*sheet, rows);
    AddChanges(ChangedAnswers(catalogue_, *sheet), rows, report);
    WarnOfLaterRevision(*sheet, rows, content.accepted, taking.file, report);
    const domain::Completeness complete = domain::CompletenessOf(catalogue_, CompleteSet(catalogue_, *sheet));
    report.completeness.reported += complete.reported;
    report.completeness.of += complete.of;
  }
  if (report.years.empty()) report.completeness.of = catalogue_.cells().size();
  if (taking.dry_run) {
    for (DraftChange& row : rows) {
      report.rows.push_back({view.slug, row.draft.year, std::move(row.draft.observation), 0, false});
    }
    return report;
  }
  if (!report.ok) return report;
  absl::MutexLock lock(&drafts_mutex_);
  HANSA_RETURN_IF_ERROR(drafts_.Apply(rows));
  return report;
}

absl::StatusOr<std::string> IndicatorDesk::Template(const TemplateRequest& request) const {
  constexpr absl::string_view kMaking = "making a template";
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckIsCity(kMaking, view));
  HANSA_RETURN_IF_ERROR(CheckYear(kMaking, request.year));
  spreadsheet::TemplateRequest form{.catalogue = catalogue_,
                                    .language = request.language,
                                    .year = request.year,
                                    .city = view.name,
                                    .country = OwnCountry(view.slug),
                                    .cells = {},
                                    .standing = {},
                                    .last_year = {},
                                    .department = request.department};
  if (!request.department.empty()) {
    absl::StatusOr<std::vector<std::string>> cells = departments_.CellsOf(catalogue_, request.department);
    HANSA_RETURN_IF_ERROR(cells.status());
    if (cells->empty()) {
      return absl::NotFoundError(absl::StrCat(kMaking, ": no cells are assigned to ",
                                              domain::Quoted(request.department),
                                              "; assign some with hansa indicators assign"));
    }
    form.cells = *std::move(cells);
  }
  const absl::StatusOr<YearSheet> sheet = SheetOf(view, request.year);
  HANSA_RETURN_IF_ERROR(sheet.status());
  form.standing = CompleteSet(catalogue_, *sheet).observations;
  form.revision = sheet->newest;
  if (request.year > domain::kYearMin) {
    const absl::StatusOr<YearSheet> before = SheetOf(view, request.year - 1);
    HANSA_RETURN_IF_ERROR(before.status());
    form.last_year = CompleteSet(catalogue_, *before).observations;
  }
  if (request.format == TemplateRequest::Format::kCsv) return spreadsheet::TemplateCsv(form);
  return spreadsheet::TemplateXlsx(form);
}

}  // namespace hansa::node::desk
