// How a workbook shows a number: what its format makes of the digits that are stored. A workbook stores binary
// fractions written out in up to seventeen digits and shows fifteen; so do we, and by arithmetic on the digits alone.
#ifndef HANSA_NODE_SPREADSHEET_NUMBER_FORMAT_H_
#define HANSA_NODE_SPREADSHEET_NUMBER_FORMAT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::spreadsheet {

// Where the days of a workbook are counted from.
enum class DayCount { k1900, k1904 };

struct NumberFormat {
  enum class Kind { kNumber, kPercent, kDate, kYear };
  Kind kind = Kind::kNumber;
  int decimals = 0;  // At least so many are shown; 0 to 9.

  friend bool operator==(const NumberFormat&, const NumberFormat&) = default;
};

// Of a format code such as '0.00%' or 'yyyy-mm-dd'; only its first section counts.
NumberFormat ReadFormatCode(absl::string_view code);
// Of a format that every workbook has by number (ECMA-376, 18.8.30); a plain number for others.
NumberFormat BuiltInFormat(int id);

// A stored number, such as '0.767' or '4.2E-2', as plain digits: at most fifteen that count, at most nine after the
// stop, at least those the format shows; '76.70%' in percent, '2024-03-01' for a date, '2024' where only its year is
// shown. nullopt if it is no number, or
// larger than fifteen digits.
std::optional<std::string> ShownNumber(absl::string_view stored, const NumberFormat& format, DayCount days);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_NUMBER_FORMAT_H_
