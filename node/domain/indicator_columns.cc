#include "node/domain/indicator_columns.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

constexpr std::array<const char*, 21> kColumns = {
    "cell",   "measurement_id", "breakdown",   "value",    "year", "unit",    "source_kind",
    "source", "licence",        "supplier",    "period",   "area", "level",   "match",
    "note",   "no_data_reason", "approved_by", "language", "city", "country", "derivation_note"};

// What stands in a template to be read by people, or in an export beside the figures.
constexpr std::array<const char*, 14> kSilentColumns = {
    "title",           "definition",       "other_wording",  "difference", "expected_source",
    "last_year_value", "last_year_source", "last_year_note", "part",       "feature",
    "member",          "region",           "framework",      "record"};

// In an export: whose word an answer is that stands beside the sets. It can be read, and not set.
constexpr absl::string_view kWordOf = "word_of";
// In a template and in an export: which revision of the set stood when the file was made. So too.
constexpr absl::string_view kRevision = "revision";

Problem HeaderProblem(const TableRow& header, Explanation fault) {
  return {"", header.row, "", "", std::move(fault.rule), std::move(fault.what), std::move(fault.remedy)};
}

// Why a header without the columns we need may lack them.
std::string HeaderAdvice(const TableRow& header) {
  if (header.cells.size() == 1) {
    if (absl::StrContains(header.cells.front(), ";"))
      return "save the file with commas, not semicolons, between columns";
    if (absl::StrContains(header.cells.front(), "\t")) return "save the file with commas, not tabs, between columns";
  }
  return "begin the file with a header such as cell,year,value,source";
}

}  // namespace

bool IsIndicatorColumn(const catalogue::Catalogue& catalogue, absl::string_view name) {
  const std::vector<std::string>& codes = catalogue.attribute_codes();
  return std::find(kColumns.begin(), kColumns.end(), name) != kColumns.end() ||
         std::binary_search(codes.begin(), codes.end(), name);
}

IndicatorColumns IndicatorColumns::Read(const catalogue::Catalogue& catalogue, const TableRow& header,
                                        std::vector<Problem>& errors, std::vector<Problem>& warnings) {
  IndicatorColumns columns;
  columns.count_ = header.cells.size();
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::string name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(header.cells[i]));
    if (!IsIndicatorColumn(catalogue, name) && name != kWordOf && name != kRevision) {
      const bool silent = std::find(kSilentColumns.begin(), kSilentColumns.end(), name) != kSilentColumns.end();
      if (!name.empty() && !silent) unknown.push_back(Quoted(header.cells[i]));
      continue;
    }
    if (!columns.positions_.emplace(name, i).second) {
      errors.push_back(HeaderProblem(
          header, {rule_id::kColumnTwice, absl::StrCat("the column '", name, "' stands twice"), "remove one of them"}));
      errors.back().column = name;
      continue;
    }
  }
  if (!columns.Has("cell") && !columns.Has("measurement_id")) {
    errors.push_back(HeaderProblem(
        header, {rule_id::kNoCellColumn, "there is no column 'cell' (or 'measurement_id')", HeaderAdvice(header)}));
  } else if (!columns.Has("value") && !columns.Has("no_data_reason")) {
    errors.push_back(
        HeaderProblem(header, {rule_id::kNoValueColumn, "there is no column 'value'", HeaderAdvice(header)}));
  }
  if (!unknown.empty() && errors.empty()) {
    warnings.push_back(HeaderProblem(
        header, {rule_id::kUnknownColumns, absl::StrCat("unknown columns: ", absl::StrJoin(unknown, ", ")),
                 "they are not imported, so rename them if they should be"}));
  }
  return columns;
}

bool IndicatorColumns::Has(absl::string_view column) const {
  return positions_.find(std::string(column)) != positions_.end();
}

bool IndicatorColumns::IsNumber(const TableRow& row, absl::string_view column) const {
  const auto found = positions_.find(std::string(column));
  return found != positions_.end() && std::binary_search(row.numbers.begin(), row.numbers.end(), found->second);
}

absl::string_view IndicatorColumns::Text(const TableRow& row, absl::string_view column) const {
  const auto found = positions_.find(std::string(column));
  if (found == positions_.end() || found->second >= row.cells.size()) return "";
  return row.cells[found->second];
}

}  // namespace hansa::node::domain
