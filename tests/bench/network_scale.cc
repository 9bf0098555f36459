// What the views cost at the size of the network: a store of generated cities, each with its signed feed, read into the
// views and asked for summaries, coverage, a city's history and an export, and beside it the same from one table of
// SQLite, in the same run. Cells differ from round to round, so that each is read from the disk's cache once.
// Promise: exits 1 unless both give the same figures.
//   bench_network_scale [CITIES [ROUNDS [YEARS [alone]]]]
// With `alone` SQLite is left out: it takes by far the longest to be filled.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "node/desk/export_desk.h"
#include "node/desk/network_desk.h"
#include "node/domain/indicator_codec.h"
#include "node/exports/export_writer.h"
#include "storage/rocks_database.h"
#include "tests/bench/generated_network.h"
#include "tests/bench/sqlite_side.h"
#include "tests/testing/temp_folder.h"

namespace hansa::bench {
namespace {

using node::catalogue::Cell;
using node::summary::CellSummary;
using replication::Member;
using testing::Must;

// What a piece of work took: by the clock, and of the processor for this thread alone, which others on the machine
// disturb less.
struct Span {
  double seconds = 0;
  double processor = 0;
};
double ProcessorSeconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}
// Of work that other threads help with, `clock` is that of the whole process.
Span SpanOf(const std::function<void()>& work, clockid_t clock = CLOCK_THREAD_CPUTIME_ID) {
  const auto begun = std::chrono::steady_clock::now();
  const double processor = ProcessorSeconds(clock);
  work();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  return {seconds.count(), ProcessorSeconds(clock) - processor};
}

// Milliseconds of each round, ascending.
struct Times {
  std::vector<double> ms;
  std::vector<double> processor_ms;

  static double Middle(const std::vector<double>& times) { return times[(times.size() - 1) / 2]; }
};
Times TimesOf(int rounds, const std::function<void(std::size_t)>& work) {
  Times times;
  for (int round = 0; round < rounds; ++round) {
    const Span span = SpanOf([&] { work(static_cast<std::size_t>(round)); });
    times.ms.push_back(1000 * span.seconds);
    times.processor_ms.push_back(1000 * span.processor);
  }
  std::sort(times.ms.begin(), times.ms.end());
  std::sort(times.processor_ms.begin(), times.processor_ms.end());
  return times;
}

void PrintHead() {
  std::printf("\n%-27s %37s   %37s   %s\n", "", "Hansa: least  median    most processor",
              "SQLite: least  median    most processor", "ratio");
}
// `theirs` are empty where SQLite is left out.
void PrintTimes(const char* what, const Times& ours, const Times& theirs) {
  std::printf("%-27s", what);
  for (const Times* times : {&ours, &theirs}) {
    if (times->ms.empty()) continue;
    std::printf(" %12.1f %7.1f %7.1f %8.1f  ", times->ms.front(), Times::Middle(times->ms), times->ms.back(),
                Times::Middle(times->processor_ms));
  }
  if (!theirs.ms.empty()) std::printf(" %5.2f", Times::Middle(theirs.processor_ms) / Times::Middle(ours.processor_ms));
  std::printf("\n");
}
// How many a second, by the clock and by the processor.
void PrintRates(const char* what, double count, const Span& ours, const Span& theirs) {
  std::printf("%-27s", what);
  for (const Span* span : {&ours, &theirs}) {
    if (span->seconds > 0) std::printf(" %28.0f %8.0f  ", count / span->seconds, count / span->processor);
  }
  if (theirs.seconds > 0) std::printf(" %5.2f", theirs.processor / ours.processor);
  std::printf("\n");
}

bool AreSame(const std::vector<CellSummary>& a, const std::vector<CellSummary>& b) {
  const auto same = [](const CellSummary& x, const CellSummary& y) {
    return x.cell == y.cell && x.group == y.group && x.n == y.n && x.spread == y.spread && x.levels == y.levels &&
           x.movement == y.movement;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

class Measuring {
 public:
  Measuring(const GeneratedShape& shape, int rounds, bool is_alone) : rounds_(rounds), land_(shape) {
    if (!is_alone) sqlite_.emplace(folder_.path() + "/figures.sqlite", node::catalogue::CurrentCatalogue());
    std::printf("%u generated cities, %d years, %zu cells, %d rounds\n", land_.cities(), shape.years, Cells().size(),
                rounds);
  }

  // Returns whether both gave the same figures.
  bool Run() {
    Fill();
    PrintHead();
    Read();
    Summaries();
    Counts();
    Histories();
    Exports();
    if (sqlite_ && same_) std::printf("both gave the same figures\n");
    return same_;
  }

 private:
  static const std::vector<Cell>& Cells() { return node::catalogue::CurrentCatalogue().cells(); }
  const Cell& CellOf(std::size_t round) const { return Cells()[round * 7 % Cells().size()]; }
  int last_year() const { return land_.shape().first_year + land_.shape().years - 1; }

  void Fill() {
    const Span span = SpanOf([&] { observations_ = land_.PublishTo(database_->feeds()); });
    std::printf("%llu observations signed and stored in %.0f s\n", static_cast<unsigned long long>(observations_),
                span.seconds);
    for (std::uint32_t i = 0; sqlite_ && i < land_.cities(); ++i) {
      const replication::MemberRecord& city = *land_.roster().state().Find(land_.member(i));
      sqlite_->AddCity({city.number.value(), city.slug, city.name, city.country, city.region});
    }
  }

  // From signed feeds into rows, on both sides.
  void Read() {
    const Span ours = SpanOf([&] { Must(views_->CatchUp(land_.roster())); });
    const Span theirs = TheirSpan([&] {
      for (const storage::HeldFeed& feed : Must(database_->feeds().Feeds())) {
        for (const storage::StoredEntry& stored :
             Must(database_->feeds().ReadEntries(feed.feed, replication::Sequence(1), 256))) {
          const replication::EntryHeader header = Must(replication::DecodeHeader(stored.entry.header));
          sqlite_->Add(feed.author.member.value(),
                       Must(node::domain::DecodeIndicatorSet(stored.entry.payload->payload)), header.record.hex());
        }
        sqlite_->Commit();
      }
    });
    const node::projection::RecordCounts counts = Must(views_->Counts());
    HANSA_CHECK(counts.faulty == 0 && counts.unknown == 0);  // else other figures are measured than were generated
    PrintRates("read, observations/s", static_cast<double>(observations_), ours, theirs);
  }

  void Summaries() {
    std::vector<std::vector<CellSummary>> ours(static_cast<std::size_t>(rounds_));
    std::vector<std::vector<CellSummary>> theirs(ours.size());
    const Times one = TimesOf(rounds_, [&](std::size_t round) {
      ours[round] = Must(desk_.Summary({.year = last_year(), .part = CellOf(round).id})).regions[0].cells;
    });
    const Times other =
        TheirTimes(rounds_, [&](std::size_t round) { theirs[round] = sqlite_->Summary(CellOf(round), last_year()); });
    for (std::size_t round = 0; round < ours.size(); ++round) Compare("summary", AreSame(ours[round], theirs[round]));
    PrintTimes("summary of a cell, ms", one, other);

    const int few = std::min(rounds_, 3);
    const Times year =
        TimesOf(few, [&](std::size_t round) { Must(desk_.Summary({.year = last_year() - static_cast<int>(round)})); });
    const Times other_year = TheirTimes(few, [&](std::size_t round) {
      for (const Cell& cell : Cells()) sqlite_->Summary(cell, last_year() - static_cast<int>(round));
    });
    PrintTimes("summary of a year, ms", year, other_year);
  }

  void Counts() {
    const int few = std::min(rounds_, 3);
    std::vector<node::summary::CellCoverage> ours;
    SqliteSide::Counts theirs;
    const Times one = TimesOf(few, [&](std::size_t) { ours = Must(desk_.Coverage(last_year())).counts.cells; });
    const Times other = TheirTimes(few, [&](std::size_t) { theirs = sqlite_->Coverage(last_year()); });
    for (std::size_t i = 0; sqlite_ && i < ours.size(); ++i) {
      Compare("coverage", ours[i].reporting == theirs.reporting[i] && ours[i].chosen == theirs.chosen[i]);
    }
    PrintTimes("coverage, ms", one, other);
  }

  void Histories() {
    const auto city = [&](std::size_t round) { return static_cast<std::uint32_t>(round) * 37 % land_.cities(); };
    std::vector<std::vector<std::string>> ours(static_cast<std::size_t>(rounds_));
    const Times shown = TimesOf(rounds_, [&](std::size_t round) {
      const auto rows = Must(views_->ObservationsOf(
          land_.roster(), {.member = land_.member(city(round)), .year = {}, .cell = CellOf(round).id}));
      for (const auto& row : rows) {
        ours[round].push_back(row.observation.value ? row.observation.value->text() : "");
      }
    });
    std::vector<std::vector<std::string>> theirs(ours.size());
    const Times other = TheirTimes(rounds_, [&](std::size_t round) {
      theirs[round] = sqlite_->History(land_.member(city(round)).value(), CellOf(round));
    });
    Compare("history", ours == theirs);
    PrintTimes("a city's cell by year, ms", shown, other);
    const Times every = TimesOf(rounds_, [&](std::size_t round) {
      Must(views_->HistoryOf(land_.member(city(round)), {.cell = CellOf(round).id, .year = {}}));
    });
    PrintTimes("with every revision, ms", every, other);
  }

  void Exports() {
    const node::desk::ExportDesk desk(node_, node::catalogue::CurrentCatalogue(), *views_, [] { return absl::Now(); });
    std::uint64_t rows = 0;
    const Span ours = SpanOf(
        [&] {
          std::string next;
          do {
            node::desk::ExportPiece piece = Must(desk.Piece({.format = "csv", .year = {}}, next));
            rows += piece.rows;
            next = std::move(piece.next);
          } while (!next.empty());
        },
        CLOCK_PROCESS_CPUTIME_ID);
    const auto writer = Must(node::exports::MakeExportWriter(
        "csv", {.catalogue = node::catalogue::CurrentCatalogue(), .prepared = absl::Now()}));
    std::uint64_t their_rows = 0;
    const Span theirs = TheirSpan([&] { their_rows = sqlite_->Export(*writer); });
    Compare("export", rows == observations_ && their_rows == observations_);
    PrintRates("export as CSV, rows/s", static_cast<double>(rows), ours, theirs);
  }

  // `what` is said where both differ.
  // Nothing where SQLite is left out.
  Span TheirSpan(const std::function<void()>& work) const { return sqlite_ ? SpanOf(work) : Span(); }
  Times TheirTimes(int rounds, const std::function<void(std::size_t)>& work) const {
    return sqlite_ ? TimesOf(rounds, work) : Times();
  }
  void Compare(const char* what, bool same) {
    if (!sqlite_) return;
    if (!same && same_) std::printf("%s: FIGURES DIFFER\n", what);
    same_ = same_ && same;
  }

  const int rounds_;
  const GeneratedNetwork land_;
  const testing::TempFolder folder_;
  const std::unique_ptr<storage::Database> database_ = Must(storage::Database::Open(folder_.path() + "/store"));
  testing::FakeNode node_{land_.network(), land_.applicant(0)};
  const std::unique_ptr<node::projection::Views> views_ =
      Must(node::projection::Views::Open(database_->feeds(), database_->tables(), node::catalogue::CurrentCatalogue()));
  const node::desk::NetworkDesk desk_{node_, node::catalogue::CurrentCatalogue(), *views_};
  std::optional<SqliteSide> sqlite_;  // absent: left out
  std::uint64_t observations_ = 0;
  bool same_ = true;
};

}  // namespace
}  // namespace hansa::bench

int main(int argc, char** argv) {
  const auto number = [&](int place, int usual) {
    const int given = place < argc ? std::atoi(argv[place]) : usual;
    return given > 0 ? given : usual;
  };
  hansa::bench::GeneratedShape shape;
  shape.cities = static_cast<std::uint32_t>(number(1, 200));
  shape.years = number(3, 10);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  return hansa::bench::Measuring(shape, number(2, 9), argc > 4).Run() ? 0 : 1;
}
