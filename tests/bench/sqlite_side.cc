// The only file that knows SQLite. A figure is an integer of billionths beside its digits: exact here as there.
#include "tests/bench/sqlite_side.h"

#include <sqlite3.h>

#include <cstdio>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/comparable.h"
#include "replication/check.h"

namespace hansa::bench {
namespace {

using node::domain::Observation;

// A row is found by city, year and cell; two indexes hold all that sums need, so that they read no row.
constexpr char kTables[] = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -65536;
CREATE TABLE city (member INTEGER PRIMARY KEY, slug TEXT UNIQUE, name TEXT, country TEXT, region TEXT);
CREATE TABLE observation (
  member INTEGER, year INTEGER, cell INTEGER, framework TEXT, record TEXT, billionths INTEGER, value TEXT,
  no_data_reason TEXT, unit TEXT, source_kind INTEGER, source TEXT, supplier TEXT, licence TEXT, period TEXT, area TEXT,
  level INTEGER, match INTEGER, derivation_note TEXT, language TEXT, note TEXT, approved_by TEXT,
  PRIMARY KEY (member, year, cell)) WITHOUT ROWID;
CREATE INDEX by_cell ON observation (cell, year, billionths, source_kind, level, match, language);
CREATE INDEX by_city ON observation (cell, member, year, billionths, source_kind, level, match, language);
)";

void Demand(int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  std::fprintf(stderr, "SQLite: %s\n", sqlite3_errstr(code));
  HANSA_CHECK(false);
}

// Gives values to the places of a statement, one after another.
class Binding {
 public:
  explicit Binding(sqlite3_stmt* statement) : statement_(statement) { Demand(sqlite3_reset(statement)); }
  Binding& Number(std::int64_t number) {
    Demand(sqlite3_bind_int64(statement_, ++place_, number));
    return *this;
  }
  // The text must stay until the statement has run.
  Binding& Text(absl::string_view text) {
    Demand(sqlite3_bind_text(statement_, ++place_, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
    return *this;
  }
  Binding& Nothing() {
    Demand(sqlite3_bind_null(statement_, ++place_));
    return *this;
  }

 private:
  sqlite3_stmt* statement_;
  int place_ = 0;
};

std::string TextAt(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? std::string()
                         : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

// Source kind, level, match and language from `column` on.
std::optional<node::domain::Grounds> GroundsAt(const node::catalogue::Measurement& measurement, sqlite3_stmt* row,
                                               int column) {
  Observation observation;
  observation.value = node::domain::Decimal::Parse("0").value();
  observation.source_kind = static_cast<node::domain::SourceKind>(sqlite3_column_int(row, column));
  observation.level = static_cast<node::domain::AreaLevel>(sqlite3_column_int(row, column + 1));
  observation.match = static_cast<node::domain::DefinitionMatch>(sqlite3_column_int(row, column + 2));
  observation.definition_language = TextAt(row, column + 3);
  return node::domain::GroundsOf(measurement, observation);
}

Observation ObservationAt(sqlite3_stmt* row, int column) {
  Observation observation;
  const std::string value = TextAt(row, column);
  if (!value.empty()) observation.value = node::domain::Decimal::Parse(value).value();
  observation.no_data_reason = TextAt(row, column + 1);
  observation.unit = TextAt(row, column + 2);
  observation.source_kind = static_cast<node::domain::SourceKind>(sqlite3_column_int(row, column + 3));
  observation.source = TextAt(row, column + 4);
  observation.supplier = TextAt(row, column + 5);
  observation.licence = TextAt(row, column + 6);
  observation.period = TextAt(row, column + 7);
  observation.area = TextAt(row, column + 8);
  observation.level = static_cast<node::domain::AreaLevel>(sqlite3_column_int(row, column + 9));
  observation.match = static_cast<node::domain::DefinitionMatch>(sqlite3_column_int(row, column + 10));
  observation.derivation_note = TextAt(row, column + 11);
  observation.definition_language = TextAt(row, column + 12);
  observation.note = TextAt(row, column + 13);
  observation.approved_by = TextAt(row, column + 14);
  return observation;
}

}  // namespace

void SqliteSide::Closing::operator()(sqlite3* database) const { sqlite3_close(database); }
void SqliteSide::Closing::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteSide::SqliteSide(const std::string& path, const node::catalogue::Catalogue& catalogue) : catalogue_(catalogue) {
  sqlite3* database = nullptr;
  Demand(sqlite3_open(path.c_str(), &database));
  database_.reset(database);
  Run(kTables);
  insert_ = Prepared("INSERT OR REPLACE INTO observation VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
}
SqliteSide::~SqliteSide() = default;

void SqliteSide::Run(const char* sql) { Demand(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr)); }

SqliteSide::Statement SqliteSide::Prepared(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  Demand(sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr));
  return Statement(statement);
}

void SqliteSide::AddCity(const SqliteCity& city) {
  const Statement statement = Prepared("INSERT INTO city VALUES (?,?,?,?,?)");
  Binding(statement.get()).Number(city.member).Text(city.slug).Text(city.name).Text(city.country).Text(city.region);
  Demand(sqlite3_step(statement.get()));
}

void SqliteSide::Add(std::uint32_t member, const node::domain::IndicatorSet& set, absl::string_view record) {
  if (!std::exchange(in_transaction_, true)) Run("BEGIN");
  for (const Observation& o : set.observations) {
    Binding row(insert_.get());
    row.Number(member).Number(set.year).Number(static_cast<std::int64_t>(catalogue_.FindCell(o.cell)->position));
    row.Text(set.framework_version).Text(record);
    if (o.value) {
      row.Number(static_cast<std::int64_t>(o.value->billionths())).Text(o.value->text());
    } else {
      row.Nothing().Nothing();
    }
    row.Text(o.no_data_reason).Text(o.unit).Number(static_cast<int>(o.source_kind)).Text(o.source).Text(o.supplier);
    row.Text(o.licence).Text(o.period).Text(o.area).Number(static_cast<int>(o.level));
    row.Number(static_cast<int>(o.match)).Text(o.derivation_note).Text(o.definition_language).Text(o.note);
    row.Text(o.approved_by);
    Demand(sqlite3_step(insert_.get()));
  }
}

void SqliteSide::Commit() {
  if (std::exchange(in_transaction_, false)) Run("COMMIT");
}

std::vector<node::summary::CellSummary> SqliteSide::Summary(const node::catalogue::Cell& cell, int year) {
  const auto column = static_cast<std::int64_t>(cell.position);
  const Statement rows = Prepared(R"(
SELECT now.billionths, now.source_kind, now.level, now.match, now.language,
       before.billionths, before.source_kind, before.level, before.match, before.language
FROM observation AS now LEFT JOIN observation AS before
  ON before.cell = now.cell AND before.member = now.member AND before.year =
     (SELECT MAX(year) FROM observation
      WHERE cell = now.cell AND member = now.member AND year < now.year AND billionths IS NOT NULL)
WHERE now.cell = ? AND now.year = ? AND now.billionths IS NOT NULL)");
  Binding(rows.get()).Number(column).Number(year);
  std::set<node::domain::Grounds> met;
  const auto figure_at = [&](int place) -> node::summary::Figure {
    if (sqlite3_column_type(rows.get(), place) == SQLITE_NULL) return {};
    const auto grounds = GroundsAt(*cell.measurement, rows.get(), place + 1);
    if (!grounds) return {};
    return {&*met.insert(*grounds).first, sqlite3_column_int64(rows.get(), place)};
  };
  std::vector<node::summary::CityFigures> cities;
  while (sqlite3_step(rows.get()) == SQLITE_ROW) cities.push_back({figure_at(0), figure_at(5)});
  return node::summary::SummariesOf(catalogue_, cell, cities);
}

SqliteSide::Counts SqliteSide::Coverage(int year) {
  const Statement rows = Prepared(
      "SELECT cell, COUNT(DISTINCT member), COUNT(DISTINCT CASE WHEN year = ? THEN member END) FROM observation "
      "GROUP BY cell");
  Binding(rows.get()).Number(year);
  Counts counts{std::vector<std::size_t>(catalogue_.cells().size()),
                std::vector<std::size_t>(catalogue_.cells().size())};
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    const auto cell = static_cast<std::size_t>(sqlite3_column_int64(rows.get(), 0));
    counts.chosen.at(cell) = static_cast<std::size_t>(sqlite3_column_int64(rows.get(), 1));
    counts.reporting.at(cell) = static_cast<std::size_t>(sqlite3_column_int64(rows.get(), 2));
  }
  return counts;
}

std::vector<std::string> SqliteSide::History(std::uint32_t member, const node::catalogue::Cell& cell) {
  const Statement rows = Prepared("SELECT value FROM observation WHERE member = ? AND cell = ? ORDER BY year");
  Binding(rows.get()).Number(member).Number(static_cast<std::int64_t>(cell.position));
  std::vector<std::string> values;
  while (sqlite3_step(rows.get()) == SQLITE_ROW) values.push_back(TextAt(rows.get(), 0));
  return values;
}

std::uint64_t SqliteSide::Export(const node::exports::ExportWriter& writer) {
  constexpr std::size_t kRowsPerPiece = 760;
  const Statement rows = Prepared(R"(
SELECT slug, name, country, region, framework, year, record, cell, value, no_data_reason, unit, source_kind, source,
       supplier, licence, period, area, level, match, derivation_note, language, note, approved_by
FROM city JOIN observation USING (member) ORDER BY slug, year, cell)");
  std::vector<node::exports::ExportRow> piece;
  std::uint64_t count = 0;
  std::size_t bytes = 0;
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    sqlite3_stmt* row = rows.get();
    Observation observation = ObservationAt(row, 8);
    observation.cell = catalogue_.cells()[static_cast<std::size_t>(sqlite3_column_int64(row, 7))].id;
    piece.push_back({TextAt(row, 0), TextAt(row, 1), TextAt(row, 2), TextAt(row, 3), TextAt(row, 4),
                     sqlite3_column_int(row, 5), 1, TextAt(row, 6), std::move(observation)});
    ++count;
    if (piece.size() < kRowsPerPiece) continue;
    bytes += writer.Rows(piece).size();
    piece.clear();
  }
  bytes += writer.Rows(piece).size();
  HANSA_CHECK(bytes > 0);
  return count;
}

}  // namespace hansa::bench
