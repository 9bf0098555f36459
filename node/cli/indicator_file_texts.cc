#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/indicator_words.h"
#include "node/cli/table.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"
#include "node/spreadsheet/indicator_template.h"

namespace hansa::node::cli {

std::string ReadAsLines(const v1::ReadAs& read_as, const words::Words& words) {
  if (read_as.kind() == "xlsx") {
    const std::vector<std::string> sheets(read_as.sheets().begin(), read_as.sheets().end());
    if (sheets.size() < 2 || spreadsheet::AreSheetsOfTemplate(sheets)) return "";
    return absl::StrCat(Printable(words("read the sheet {0} of {1}; another is read with --sheet", read_as.sheet(),
                                        absl::StrJoin(sheets, ", "))),
                        "\n");
  }
  std::string line;
  if (!read_as.encoding().empty() && read_as.encoding() != "UTF-8") {
    absl::StrAppend(&line, words("read as {0}", read_as.encoding()), "\n");
  }
  if (read_as.decimal() == "either") {
    absl::StrAppend(
        &line, words("columns are parted by semicolons or tabs, so 12,5 is read as 12.5; --decimal says otherwise"),
        "\n");
  }
  return line;
}

std::string TextOf(const v1::ListDepartmentsReply& departments, const Layout& layout) {
  const words::Words& words = layout.words;
  if (departments.cells().empty()) {
    return absl::StrCat(words("no cell is assigned to a department; hansa indicators assign does that"), "\n");
  }
  Table table({{words("cell")}, {words("department")}});
  for (const v1::AssignedCell& row : departments.cells()) table.Add({row.cell(), row.department()});
  return table.Text(layout);
}

}  // namespace hansa::node::cli
