// How a text or a number of ours fits into the cell of a spreadsheet, which cuts long texts and computes in binary
// fractions.
#ifndef HANSA_NODE_SPREADSHEET_CELL_FORM_H_
#define HANSA_NODE_SPREADSHEET_CELL_FORM_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::spreadsheet {

// `text`, valid UTF-8, if it has at most `units_max` UTF-16 units, which is how a spreadsheet counts; else its
// beginning and '…'. Never half a character.
std::string CutTo(absl::string_view text, std::size_t units_max);

// How many lines `text` takes in a column of `width` characters; a letter of Korean, Chinese or Japanese is as wide as
// two. An estimate: fonts differ.
std::size_t LinesIn(absl::string_view text, double width);

// The number that a spreadsheet computes with for `text`, of domain::Decimal's grammar. It is a binary fraction, of
// which a spreadsheet shows fifteen digits, so up to fifteen come back as they were written; nullopt for more, which
// are better kept as text.
std::optional<double> KeptNumber(absl::string_view text);

// A number format, such as 0.00 for 76.70, that shows the decimals `text` was written with.
std::string ShowsDecimalsOf(absl::string_view text);
// The same for a cell that a person may type over: further decimals show too. Empty, for the spreadsheet's own choice,
// unless `text` ends in a zero that would get lost.
std::string KeepsDecimalsOf(absl::string_view text);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_CELL_FORM_H_
