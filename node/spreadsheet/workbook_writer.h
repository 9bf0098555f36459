// A workbook (.xlsx) as we write one: sheets of texts and numbers, with what an officer needs to fill them in. It knows
// no indicator, and reads nothing.
// Promise: the same calls give the same bytes; no text of ours or anybody's is ever a formula; and a number keeps the
// digits it was written with.
//
// The bytes are put together in memory. The library underneath keeps each part of the file, while it writes it, in a
// temporary file that has no name any more (in TMPDIR or /tmp); nothing stays behind.
#ifndef HANSA_NODE_SPREADSHEET_WORKBOOK_WRITER_H_
#define HANSA_NODE_SPREADSHEET_WORKBOOK_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "node/domain/decimal.h"

namespace hansa::node::spreadsheet {

// What a spreadsheet can hold; what is longer is cut and ends with '…'. In UTF-16 units, as it counts them.
inline constexpr std::size_t kCellTextMax = 32'767;
inline constexpr std::size_t kPromptTitleMax = 32;
inline constexpr std::size_t kPromptTextMax = 255;

// Counted from 1 both ways, as a spreadsheet counts: {1, 1} is A1. At most 1,048,576 rows and 16,384 columns.
struct Place {
  std::int64_t row = 1;
  std::int64_t column = 1;
};

// From `first` to `last`, both included.
struct Block {
  Place first;
  Place last;
};

enum class Style {
  kPlain,      // One line.
  kWrapped,    // As many lines as it takes.
  kTitle,      // Large and bold; one line.
  kHeader,     // What a column is called.
  kCode,       // Small and grey: what a program looks for.
  kReference,  // Grey ground: there to be read.
  kInput,      // To be filled in: the only style that a protected sheet leaves open.
  kClosed,     // Darker ground: not to be filled in.
  kError,      // Red ground.
  kWarning,    // Amber ground.
};

// What a spreadsheet shows beside a cell when it is chosen. An empty text shows nothing.
struct Prompt {
  std::string title;
  std::string text;
};

// A refusal of what may not be typed.
struct Rule {
  Prompt prompt;   // Before typing.
  Prompt refusal;  // After typing something else.
};

struct Bounds {
  std::int64_t min = 0;
  std::optional<std::int64_t> max;
};

// How a sheet prints: as long as it takes, and so many pages wide.
struct Paper {
  int pages_wide = 1;
  std::int64_t rows_above = 0;    // On every page.
  std::int64_t columns_left = 0;  // On every page.
};

// The workbook's memory: of the library, and seen in the .cc only.
struct Book;

// One sheet of a WorkbookWriter, and good as long as that is. What fails is reported by WorkbookWriter::Bytes.
class Sheet {
 public:
  // Always as text, whatever it looks like; an input cell takes what is typed over it as text too, so that 2023-12 does
  // not become a day in December.
  void Text(Place place, absl::string_view text, Style style);
  // As a number that shows the decimals that `value` was written with; in an input cell, more of them too when more are
  // typed. As text if a spreadsheet would not keep it digit for digit, which is so beyond 15 digits.
  void Number(Place place, const domain::Decimal& value, Style style);
  // Nothing but the style; an input cell may take a number.
  void Blank(Place place, Style style);
  // A remark that shows when the pointer rests on the cell. One for each place.
  void Comment(Place place, absl::string_view text);

  // What may be typed into `block`. Choices are at most 255 characters together; blank is always allowed.
  void AllowChoices(Block block, absl::Span<const std::string> choices, const Rule& rule);
  void AllowDecimals(Block block, Bounds bounds, const Rule& rule);
  void AllowWhole(Block block, Bounds bounds, const Rule& rule);
  // Anything, with something to read first.
  void Explain(Block block, const Prompt& prompt);

  // In characters of the body text. Set it before what stands in the column: rows are made high enough for the wrapped
  // texts that come after.
  void Width(std::int64_t column, double characters);
  void Hide(std::int64_t column);
  // In points, whatever stands in the row.
  void Height(std::int64_t row, double points);
  // Keeps the rows above and the columns before `place` in sight.
  void Freeze(Place place);
  // Buttons that narrow the rows by what stands in them; the first row of `block` holds them. Never over a column of
  // values: nobody is to put cities in the order of those.
  void Filter(Block block);
  // Only input cells can be changed; there is no password, so whoever means to can open it.
  void Protect();
  // Printed on A4 across.
  void Print(const Paper& paper);

 private:
  friend class WorkbookWriter;
  Sheet(Book* book, std::size_t number) : book_(book), number_(number) {}

  Book* book_;
  std::size_t number_;
};

// Not thread-safe. Holds the whole workbook in memory: some hundred bytes for each cell.
class WorkbookWriter {
 public:
  WorkbookWriter();
  WorkbookWriter(WorkbookWriter&&) noexcept;
  WorkbookWriter& operator=(WorkbookWriter&&) noexcept;
  ~WorkbookWriter();

  // Sheets stand in the order they were added, and the first is in front. A name has 1 to 31 characters, none of
  // []:*?/\, and no two are alike.
  Sheet AddSheet(absl::string_view name);

  // The file. Or the first thing that failed:
  //   INVALID_ARGUMENT    a call asked for what no spreadsheet can hold
  //   RESOURCE_EXHAUSTED  no memory, or no room for temporary files
  absl::StatusOr<std::string> Bytes() &&;

 private:
  std::unique_ptr<Book> book_;
};

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_WORKBOOK_WRITER_H_
