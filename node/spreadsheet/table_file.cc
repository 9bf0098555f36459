#include "node/spreadsheet/table_file.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/domain/problem.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"
#include "node/spreadsheet/text_encoding.h"
#include "node/spreadsheet/workbook_fault.h"
#include "node/spreadsheet/workbook_reader.h"

namespace hansa::node::spreadsheet {
namespace {

using domain::CsvFault;
using domain::Quoted;

constexpr char kZip[] = "PK\x03\x04";
constexpr char kOldOffice[] = "\xD0\xCF\x11\xE0";
// A workbook with a password is packed into an old kind of file, under this name in UTF-16.
constexpr absl::string_view kEncrypted("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
constexpr char kOpenDocument[] = "mimetypeapplication/vnd.oasis.opendocument";
// In a ZIP archive the name and content of a first part that is not packed stand here.
constexpr std::size_t kFirstPart = 30;

CsvFault FaultOf(absl::string_view rule, const absl::Status& status) {
  domain::Explanation explanation = domain::Explain(rule, status.message());
  return {0, std::move(explanation.rule), std::move(explanation.what), std::move(explanation.remedy)};
}

void ReadSheet(absl::string_view bytes, const FileForm& form, TableFile& file) {
  file.kind = "xlsx";
  absl::StatusOr<Workbook> workbook = ReadWorkbook(bytes, form.sheet, ZipLimits(), SheetLimits());
  if (!workbook.ok()) {
    file.fault = FaultOf(RuleOf(workbook.status()), workbook.status());
    return;
  }
  file.sheets = std::move(workbook->sheets);
  file.table = std::move(workbook->table);
}

// Of the first line that is not empty, outside quotation marks; a comma where there is none of them.
char SeparatorOf(absl::string_view utf8) {
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  std::array<int, 3> counts = {};
  bool quoted = false;
  for (const char c : utf8) {
    if (c == '"') quoted = !quoted;
    const auto found = std::find(kSeparators.begin(), kSeparators.end(), c);
    if (!quoted && found != kSeparators.end()) ++counts[static_cast<std::size_t>(found - kSeparators.begin())];
    const bool any = std::any_of(counts.begin(), counts.end(), [](int count) { return count > 0; });
    if (!quoted && c == '\n' && any) break;
  }
  return kSeparators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

// The first line with a letter beyond ASCII in it, in the encoding that the file looks like.
CsvFault NotUtf8(absl::string_view bytes) {
  const std::string guess = LikelyEncoding(bytes);
  const absl::StatusOr<std::string> utf8 = guess.empty() ? absl::StatusOr<std::string>("") : ToUtf8(bytes, guess);
  if (guess.empty() || !utf8.ok()) {
    return {0, domain::rule_id::kNotUtf8, "the file is not UTF-8",
            "save it as 'CSV UTF-8', or name its encoding with --encoding"};
  }
  std::int64_t row = 1;
  std::int64_t shown_row = 1;
  std::string shown;
  std::string line;
  for (const char c : *utf8) {
    if (c == '\n') {
      ++row;
      line.clear();
      continue;
    }
    line += c;
    if (!shown.empty() && shown_row != row) break;
    if (static_cast<unsigned char>(c) >= 0x80 || !shown.empty()) {
      shown = line;
      shown_row = row;
    }
  }
  while (!shown.empty() && !domain::IsUtf8(shown)) shown.pop_back();
  return {shown_row, domain::rule_id::kNotUtf8,
          absl::StrCat("the file is not UTF-8; read as ", guess, " this row begins ", Quoted(shown)),
          absl::StrCat("if that is right, import again with --encoding ", guess,
                       "; else name the encoding it was saved in")};
}

void ReadText(absl::string_view bytes, const FileForm& form, TableFile& file) {
  file.kind = "csv";
  const std::string marked = MarkedEncoding(bytes);
  file.encoding = !form.encoding.empty() ? form.encoding : marked.empty() ? "UTF-8" : marked;
  std::string converted;
  absl::string_view utf8 = bytes;
  if (!absl::EqualsIgnoreCase(file.encoding, "UTF-8")) {
    absl::StatusOr<std::string> text = ToUtf8(bytes, file.encoding);
    if (!text.ok()) {
      file.fault = FaultOf(domain::rule_id::kUnfitEncoding, text.status());
      return;
    }
    converted = *std::move(text);
    utf8 = converted;
  } else if (!domain::IsUtf8(bytes)) {
    file.fault = NotUtf8(bytes);
    return;
  }
  utf8 = absl::StripPrefix(utf8, "\xEF\xBB\xBF");
  domain::CsvLimits limits;
  limits.separator = SeparatorOf(utf8);
  file.separator = std::string(1, limits.separator);
  file.fault = domain::ReadCsv(utf8, limits, [&](const domain::TableRow& row) {
    const auto blank = [](const std::string& text) { return absl::StripAsciiWhitespace(text).empty(); };
    if (!std::all_of(row.cells.begin(), row.cells.end(), blank)) file.table.rows.push_back(row);
    return true;
  });
}

}  // namespace

bool operator==(const TableFile& a, const TableFile& b) {
  const auto parts = [](const TableFile& file) {
    return std::tie(file.kind, file.encoding, file.separator, file.sheets, file.table);
  };
  const auto fault = [](const TableFile& file) {
    return file.fault ? std::tuple(file.fault->row, file.fault->rule, file.fault->what, file.fault->remedy)
                      : std::tuple<std::int64_t, std::string, std::string, std::string>(-1, "", "", "");
  };
  return parts(a) == parts(b) && fault(a) == fault(b);
}

TableFile ReadTableFile(absl::string_view bytes, const FileForm& form) {
  TableFile file;
  if (absl::StartsWith(bytes, kOldOffice) && absl::StrContains(bytes, kEncrypted)) {
    file.fault = CsvFault{0, domain::rule_id::kWorkbookPassword, "the workbook is protected by a password",
                          "save it again without one"};
  } else if (absl::StartsWith(bytes, kOldOffice)) {
    file.fault =
        CsvFault{0, domain::rule_id::kUnknownForm, "the file is a workbook of an old kind, or one with a password",
                 "save it as an XLSX workbook without a password, or as CSV"};
  } else if (absl::StartsWith(bytes, kZip) &&
             absl::StartsWith(bytes.substr(std::min(bytes.size(), kFirstPart)), kOpenDocument)) {
    file.fault = CsvFault{0, domain::rule_id::kUnknownForm, "the file is an OpenDocument sheet",
                          "save it as an XLSX workbook, or as CSV"};
  } else if (absl::StartsWith(bytes, kZip)) {
    ReadSheet(bytes, form, file);
  } else {
    ReadText(bytes, form, file);
  }
  return file;
}

}  // namespace hansa::node::spreadsheet
