#include "node/domain/csv_table.h"

#include <csv.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

constexpr std::size_t kChunkBytes = 16'384;
constexpr unsigned char kOptions = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL;
constexpr char kUtf8Remedy[] = "save it as 'CSV UTF-8', or name its encoding with --encoding";

// Gathers what libcsv reports cell by cell and line end by line end.
class Records {
 public:
  Records(const CsvLimits& limits, absl::FunctionRef<bool(const TableRow&)> take) : limits_(limits), take_(take) {
    row_.row = 1;
  }

  void Cell(absl::string_view text) {
    if (stopped_) return;
    after_return_ = false;
    if (row_.cells.size() == limits_.columns_max) {
      return Stop(rule_id::kTooManyColumns, absl::StrCat("the row has more than ", limits_.columns_max, " columns"),
                  "remove the columns that hold no values");
    }
    if (text.size() > limits_.cell_bytes_max) {
      return Stop(rule_id::kCellTooLong,
                  absl::StrCat("the row has a cell of more than ", limits_.cell_bytes_max, " bytes"),
                  "shorten it; if it is not that long, a quotation mark is not closed");
    }
    if (!IsUtf8(text)) return Stop(rule_id::kNotUtf8, "the row is not UTF-8", kUtf8Remedy);
    row_.cells.emplace_back(text);
  }

  // `end` is the byte that ended the line, negative at the end of the file.
  void LineEnd(int end) {
    if (stopped_) return;
    // The second half of CR LF ends nothing.
    if (end == '\n' && std::exchange(after_return_, false) && row_.cells.empty()) return;
    after_return_ = end == '\r';
    if (!row_.cells.empty() && row_.row > limits_.rows_max + 1) {
      return Stop(rule_id::kTooManyRows,
                  absl::StrCat("the row is beyond the ", limits_.rows_max, " rows a file may have"), "split the file");
    }
    if (!row_.cells.empty() && !take_(row_)) stopped_ = true;
    row_.cells.clear();
    ++row_.row;
  }

  void Stop(absl::string_view rule, absl::string_view what, absl::string_view remedy) {
    if (stopped_) return;
    stopped_ = true;
    fault_ = CsvFault{row_.row, std::string(rule), std::string(what), std::string(remedy)};
  }

  bool stopped() const { return stopped_; }
  const std::optional<CsvFault>& fault() const { return fault_; }

 private:
  const CsvLimits limits_;
  const absl::FunctionRef<bool(const TableRow&)> take_;
  TableRow row_;
  bool after_return_ = false;
  bool stopped_ = false;
  std::optional<CsvFault> fault_;
};

void OnCell(void* text, std::size_t size, void* records) {
  static_cast<Records*>(records)->Cell({static_cast<const char*>(text), size});
}

void OnLineEnd(int end, void* records) { static_cast<Records*>(records)->LineEnd(end); }

// libcsv's parser for as long as a file is read.
class Parser {
 public:
  explicit Parser(char separator) : ready_(csv_init(&parser_, kOptions) == 0) {
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    if (separator == '\t') csv_set_space_func(&parser_, IsSpace);  // or else it would be white space to be cut off
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  bool Feed(absl::string_view chunk, Records& records) {
    return ready_ && csv_parse(&parser_, chunk.data(), chunk.size(), OnCell, OnLineEnd, &records) == chunk.size();
  }
  bool Finish(Records& records) { return csv_fini(&parser_, OnCell, OnLineEnd, &records) == 0; }
  std::size_t held_bytes() { return csv_get_buffer_size(&parser_); }

 private:
  static int IsSpace(unsigned char byte) { return byte == ' ' ? 1 : 0; }

  csv_parser parser_{};
  bool ready_;
};

std::optional<CsvFault> CheckStart(absl::string_view bytes) {
  if (absl::StartsWith(bytes, "\xFF\xFE") || absl::StartsWith(bytes, "\xFE\xFF")) {
    return CsvFault{0, rule_id::kNotUtf8, "the file is UTF-16", kUtf8Remedy};
  }
  if (absl::StartsWith(bytes, "PK\x03\x04")) {
    return CsvFault{0, rule_id::kUnknownForm, "the file is a spreadsheet, not CSV", "save the sheet as 'CSV UTF-8'"};
  }
  const std::size_t nul = bytes.find('\0');
  if (nul == absl::string_view::npos) return std::nullopt;
  const auto line = std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
  return CsvFault{line + 1, rule_id::kNulByte, "the row holds a NUL byte", "save the file again as 'CSV UTF-8'"};
}

}  // namespace

std::optional<CsvFault> ReadCsv(absl::string_view bytes, const CsvLimits& limits,
                                absl::FunctionRef<bool(const TableRow&)> take) {
  if (std::optional<CsvFault> fault = CheckStart(bytes)) return fault;
  absl::string_view rest = absl::StripPrefix(bytes, "\xEF\xBB\xBF");
  Records records(limits, take);
  Parser parser(limits.separator);
  bool well_formed = true;
  while (well_formed && !rest.empty() && !records.stopped()) {
    const absl::string_view chunk = rest.substr(0, kChunkBytes);
    rest.remove_prefix(chunk.size());
    well_formed = parser.Feed(chunk, records);
    if (parser.held_bytes() > limits.cell_bytes_max + 2 * kChunkBytes) {
      records.Stop(rule_id::kQuotationMarks, "the row has a quotation mark that is not closed",
                   "close it, or write \"\" for a quotation mark inside a cell");
    }
  }
  if (well_formed && !records.stopped()) well_formed = parser.Finish(records);
  if (!well_formed) {
    records.Stop(rule_id::kQuotationMarks,
                 "the row has a quotation mark where none may stand, or one that is not closed",
                 "put the whole cell in quotation marks and write \"\" for one inside it");
  }
  return records.fault();
}

std::string CsvRecord(absl::Span<const std::string> cells) {
  std::string record;
  for (const std::string& cell : cells) {
    if (&cell != cells.data()) record += ',';
    // White space at an end would be cut off, and a line of one empty cell is no record.
    const bool plain = cell.find_first_of(",\"\r\n \t") == std::string::npos && (!cell.empty() || cells.size() > 1);
    absl::StrAppend(&record, plain ? cell : absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\""));
  }
  return record + "\r\n";
}

}  // namespace hansa::node::domain
