// The same figures in SQLite, as somebody would keep them who needs no more than one table: what the views are measured
// beside. It is no part of the node.
#ifndef HANSA_TESTS_BENCH_SQLITE_SIDE_H_
#define HANSA_TESTS_BENCH_SQLITE_SIDE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "node/exports/export_writer.h"
#include "node/summary/cell_summary.h"

struct sqlite3;
struct sqlite3_stmt;

namespace hansa::bench {

// Who a row is about.
struct SqliteCity {
  std::uint32_t member = 0;
  std::string slug, name, country, region;
};

// Not thread-safe. Whatever SQLite refuses ends the program: there is nothing to measure then.
class SqliteSide {
 public:
  // Makes the file `path` anew.
  SqliteSide(const std::string& path, const node::catalogue::Catalogue& catalogue);
  ~SqliteSide();
  SqliteSide(const SqliteSide&) = delete;
  SqliteSide& operator=(const SqliteSide&) = delete;

  void AddCity(const SqliteCity& city);
  // One set of one city, in one transaction with those since the last Commit.
  void Add(std::uint32_t member, const node::domain::IndicatorSet& set, absl::string_view record);
  void Commit();

  std::vector<node::summary::CellSummary> Summary(const node::catalogue::Cell& cell, int year);
  // Cities that answer each cell: in `year`, and ever. By position in the catalogue.
  struct Counts {
    std::vector<std::size_t> reporting, chosen;
  };
  Counts Coverage(int year);
  // The values that one city gave for a cell, by year.
  std::vector<std::string> History(std::uint32_t member, const node::catalogue::Cell& cell);
  // All rows by name, year and catalogue, through the same writer. Returns rows.
  std::uint64_t Export(const node::exports::ExportWriter& writer);

 private:
  struct Closing {
    void operator()(sqlite3* database) const;
    void operator()(sqlite3_stmt* statement) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Closing>;

  void Run(const char* sql);
  Statement Prepared(const char* sql);

  const node::catalogue::Catalogue& catalogue_;
  std::unique_ptr<sqlite3, Closing> database_;
  Statement insert_;
  bool in_transaction_ = false;
};

}  // namespace hansa::bench

#endif  // HANSA_TESTS_BENCH_SQLITE_SIDE_H_
