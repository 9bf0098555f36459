// A table for people: columns aligned by what a terminal shows, wrapped to fit it, without boxes.
// In a pipe every row is one line, however long.
#ifndef HANSA_NODE_CLI_TABLE_H_
#define HANSA_NODE_CLI_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "node/words/words.h"

namespace hansa::node::cli {

// How text is laid out for whoever reads it.
struct Layout {
  int columns = 0;          // of the terminal; 0: not a terminal
  bool charts = false;      // the terminal shows the characters that charts are drawn with
  bool bold = false;        // escapes are understood
  bool verbose = false;     // details are asked for
  words::Words words = {};  // in the reader's language
};

enum class Align { kLeft, kRight };

class Table {
 public:
  struct Column {
    std::string title;
    Align align = Align::kLeft;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as columns.
  void Add(std::vector<std::string> cells) { rows_.push_back({std::move(cells), {}}); }
  // A line of its own under the row that was added last, across all columns; on a terminal it is wrapped. An empty one
  // leaves no trace.
  void Under(std::string line);
  bool empty() const { return rows_.empty(); }

  // Title line and rows, each with a line end; nothing at all without rows.
  std::string Text(const Layout& layout) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::vector<std::string> under;
  };

  std::vector<std::size_t> Widths(const Layout& layout) const;
  void AppendRow(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                 std::string& text) const;

  const std::vector<Column> columns_;
  std::vector<Row> rows_;
};

// `text` in bold, if that is understood.
std::string Bold(const std::string& text, const Layout& layout);
// 1,234,567.
std::string Grouped(std::uint64_t number);
// 12 B, 3.4 kB, 1.2 MB, in every language.
std::string BytesInWords(std::uint64_t bytes);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_TABLE_H_
