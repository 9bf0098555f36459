#include "node/spreadsheet/indicator_template.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/indicator_csv_writer.h"
#include "node/domain/text.h"
#include "node/spreadsheet/template_definitions.h"
#include "node/spreadsheet/template_help.h"
#include "node/spreadsheet/template_rows.h"
#include "node/spreadsheet/template_sheet.h"
#include "node/spreadsheet/template_words.h"
#include "node/spreadsheet/workbook_writer.h"

namespace hansa::node::spreadsheet {

std::string TemplateCsv(const TemplateRequest& request) {
  constexpr char kByteOrderMark[] = "\xef\xbb\xbf";
  std::vector<std::string> columns;
  for (const TemplateColumn& column : TemplateColumns(request.catalogue)) columns.push_back(column.code);
  std::vector<std::vector<domain::Field>> rows;
  for (TemplateRow& row : TemplateRows(request)) rows.push_back(std::move(row.fields));
  return absl::StrCat(kByteOrderMark, domain::CsvOf(columns, rows));
}

absl::StatusOr<std::string> TemplateXlsx(const TemplateRequest& request) {
  WorkbookWriter workbook;
  WriteTemplateSheet(request, workbook);
  WriteTemplateDefinitions(request, workbook);
  WriteTemplateHelp(request, workbook);
  return std::move(workbook).Bytes();
}

bool HasTemplateTexts(absl::string_view language) {
  return language.empty() || domain::IsOfLanguage(language, TemplateLanguage(language));
}

bool AreSheetsOfTemplate(absl::Span<const std::string> sheets) {
  const auto are_in = [&](const char* language) {
    return sheets.size() == 3 && sheets[0] == Words().fill_in_sheet.In(language) &&
           sheets[1] == Words().definitions_sheet.In(language) && sheets[2] == Words().help_sheet.In(language);
  };
  return are_in("en") || are_in("ko");
}

}  // namespace hansa::node::spreadsheet
