// The demo's real figures, read as plain rows, and what must be true of them.
// Promise: each row can be traced to a source that is listed with it, under a licence that is
// named.
#ifndef HANSA_TESTS_TIDY_DEMO_ROWS_H_
#define HANSA_TESTS_TIDY_DEMO_ROWS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hansa::tidy {

// A row of a CSV file by the name of its column.
using Row = std::map<std::string, std::string>;

// The rows of a CSV text whose first row names the columns; nullopt if it is no CSV or a row has
// another width.
std::optional<std::vector<Row>> ReadCsv(const std::string& text);

struct DemoCity {
  std::string name;
  std::string country;  // ISO 3166-1 alpha-3
};

// What is wrong with the rows of one city's file, in words; nothing if all is well. `sources` are
// the rows of sources.csv.
std::vector<std::string> ProblemsOf(const DemoCity& city, const std::vector<Row>& rows,
                                    const std::vector<Row>& sources);

}  // namespace hansa::tidy

#endif  // HANSA_TESTS_TIDY_DEMO_ROWS_H_
