// A city's figures as an officer keeps them: in an Indicator CSV, or in a sheet of a workbook. Reading finds
// every problem at once and decides nothing: whoever imports takes all accepted rows, or none if
// there are errors.
#ifndef HANSA_NODE_DOMAIN_INDICATOR_CSV_H_
#define HANSA_NODE_DOMAIN_INDICATOR_CSV_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/check_past.h"
#include "node/domain/observation.h"
#include "node/domain/problem.h"
#include "node/domain/table.h"
#include "node/domain/written_number.h"

namespace hansa::node::domain {

// After this many errors and warnings a file is not read further; the last error says so.
inline constexpr std::size_t kProblemsMax = 10'000;

// What is known of a file beside its rows.
struct IndicatorInput {
  std::string file;                        // Name for messages.
  std::optional<int> year = std::nullopt;  // Year of all rows, where the person named one; 1900 to 2200.
  std::string city;                        // Name of the city that imports.
  std::string country;                     // Its country, alpha-3.
  bool skip_others = false;                // Leave rows of others and of whole countries out, and count them.
  DecimalSign decimal_sign = DecimalSign::kPointUnsaid;
  // What the city says already. What a file has no column for stays as it stands there, as long as the answer is of the
  // same kind: a value, or a reason for none. Null: nothing stands. Must outlive the call only.
  const PastValues* standing = nullptr;
};

struct YearlyObservation {
  std::int64_t row = 0;  // Where it stood in the file.
  int year = 0;
  // Of the published set that the row was made from; 0: nothing was ever published. nullopt: the file does not say.
  std::optional<std::uint64_t> revision = std::nullopt;
  Observation observation;  // Has a value or a reason for no data; texts in NFC; unit filled in.
};

struct IndicatorCsvContent {
  std::vector<YearlyObservation> accepted;  // In the order of the file. Not to be used if there are errors.
  std::vector<Problem> errors;
  std::vector<Problem> warnings;
  std::int64_t skipped = 0;    // Rows of others left out.
  std::int64_t unchanged = 0;  // Rows without a value, which change nothing.
};

// Of a sheet, a value a row or years across (table_layout.h).
IndicatorCsvContent ReadIndicatorTable(const catalogue::Catalogue& catalogue, const Table& table,
                                       const IndicatorInput& input);

struct IndicatorCsvInput {
  std::string file;         // The others as in IndicatorInput.
  absl::string_view bytes;  // UTF-8, with or without a byte order mark; commas between columns.
  std::optional<int> year;
  std::string city;
  std::string country;
  bool skip_others = false;
};
IndicatorCsvContent ReadIndicatorCsv(const catalogue::Catalogue& catalogue, const IndicatorCsvInput& input);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_INDICATOR_CSV_H_
