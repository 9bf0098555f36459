// The file an officer fills in for one year: every cell with its definition, what stands of it and what was said the
// year before. As CSV, or as a workbook that refuses what the framework does not allow.
// It is no report and compares no cities: all of it is about one.
// Promise: read back as it is (domain/indicator_csv.h), a template gives what stands, and nothing else.
#ifndef HANSA_NODE_SPREADSHEET_INDICATOR_TEMPLATE_H_
#define HANSA_NODE_SPREADSHEET_INDICATOR_TEMPLATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"

namespace hansa::node::spreadsheet {

// Values of rows that only experts rate are left out wherever they come from: a city does not rate itself.
struct TemplateRequest {
  const catalogue::Catalogue& catalogue;       // Must outlive the call.
  std::string language;                        // BCP 47: Korean, or English for any other.
  int year = 0;                                // domain::kYearMin to kYearMax.
  std::string city;                            // Name.
  std::string country;                         // Alpha-3.
  std::vector<std::string> cells;              // Empty for all. Ids the catalogue lacks are passed over.
  std::vector<domain::Observation> standing;   // What stands for the year, draft or published.
  std::vector<domain::Observation> last_year;  // What stands for the year before.
  std::string department;                      // Who is to fill it in, shown in the workbook; may be empty.
  std::uint64_t revision = 0;                  // That was published of the year last; 0: none ever was.
};

// UTF-8 with a byte order mark, so that a spreadsheet takes it for what it is; a header of codes, then one row for each
// cell in catalogue order. Texts that a spreadsheet would take for a formula are guarded.
std::string TemplateCsv(const TemplateRequest& request);

// Three sheets: one to fill in (a title, names of the columns, their codes in row 3, cells from row 4 on), the
// definitions, and help. The same request gives the same bytes.
//   RESOURCE_EXHAUSTED  no memory, or no room for temporary files
absl::StatusOr<std::string> TemplateXlsx(const TemplateRequest& request);

// Whether the texts of a template are there in `language`, BCP 47, or in what it is a form of; so too if it is empty.
bool HasTemplateTexts(absl::string_view language);

// Whether these are the sheets of a template, in any of its languages.
bool AreSheetsOfTemplate(absl::Span<const std::string> sheets);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_INDICATOR_TEMPLATE_H_
