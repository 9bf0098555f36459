// A text with tables and charts, before it is given the form of a page, a print or plain Markdown. Plain values of
// ours; as a message it is v1::Document. Promise: a document holds what is to be read and nothing of how it looks, so
// that every form of it says the same.
#ifndef HANSA_NODE_REPORT_DOCUMENT_H_
#define HANSA_NODE_REPORT_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace hansa::node::report {

// Levels of headings, 1 for the parts of the document.
inline constexpr int kHeadingLevelMax = 4;

struct Heading {
  int level = 1;  // 1 to kHeadingLevelMax; another is taken for the nearest of these
  std::string text = {};

  friend bool operator==(const Heading&, const Heading&) = default;
};

struct Paragraph {
  std::string label = {};     // what kind of text it is, such as 'Definition'; empty: none
  std::string text = {};      // plain; LF ends a line
  std::string language = {};  // BCP 47, where it is not that of the document; empty: it is, or is not known

  friend bool operator==(const Paragraph&, const Paragraph&) = default;
};

struct List {
  std::string label = {};               // what is listed; empty: none
  std::vector<std::string> items = {};  // in the order of reading

  friend bool operator==(const List&, const List&) = default;
};

struct Table {
  std::string caption = {};                         // what the table shows
  std::vector<std::string> header = {};             // one for each column
  std::vector<std::vector<std::string>> rows = {};  // each as many as the header has; a form fills up what is short
  std::vector<std::size_t> numeric = {};            // columns that hold numbers, from 0, ascending: set to the right

  friend bool operator==(const Table&, const Table&) = default;
};

// One value of a chart.
struct Dot {
  int year = 0;
  std::string value = {};  // decimal string; empty: there is no value for the year
  bool apart = false;      // it cannot be compared with the value before it: no line joins them

  friend bool operator==(const Dot&, const Dot&) = default;
};

// A moment that is marked on a chart.
struct Mark {
  int year = 0;
  std::string text = {};   // what happens then
  std::string value = {};  // decimal string where the mark is about a value, such as a target; empty: the year alone

  friend bool operator==(const Mark&, const Mark&) = default;
};

// One series of one city against the years, and never of two cities.
struct Chart {
  std::string caption = {};      // what the chart shows
  std::string unit = {};         // of the values, in words
  std::vector<Dot> dots = {};    // by year, each year once
  std::vector<Mark> marks = {};  // by year
  std::string least = {};        // that a value may be, decimal; empty: none
  std::string greatest = {};     // likewise

  friend bool operator==(const Chart&, const Chart&) = default;
};

using Block = std::variant<Heading, Paragraph, List, Table, Chart>;

struct Document {
  std::string title = {};          // never empty
  std::string author = {};         // whose document it is: a member of the network, never a person
  std::string language = {};       // of the words around the content, BCP 47
  std::uint64_t dated_ms = 0;      // when what it rests on was published, Unix milliseconds; 0: not known
  std::vector<Block> blocks = {};  // in the order of reading

  friend bool operator==(const Document&, const Document&) = default;
};

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_DOCUMENT_H_
