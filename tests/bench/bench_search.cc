// How fast records are read into the index and found, beside SQLite FTS5 with the same texts; and how long it takes to
// show one practice, beside reading all of them. The practices are
// generated: sentences of the real ones of the demonstration, drawn by a fixed rule, and each says so of itself.
//
//   bench_search [PRACTICES…]     such as 1000 10000; 1000 if none is given
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "hansa/v1/practices.pb.h"
#include "node/catalogue/current.h"
#include "node/desk/practice_desk.h"
#include "node/desk/practice_shelf.h"
#include "node/search/search_index.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "tests/testing/fake_node.h"

namespace hansa::bench {
namespace {

using node::search::IndexedRecord;
using node::search::SearchIndex;
using testing::Applicant;
using testing::Network;

constexpr char kGenerated[] = "generated";
constexpr std::size_t kSentencesEach = 16;
constexpr int kRounds = 21;

// Sentences and titles of the practices of the demonstration.
struct Real {
  std::vector<std::string> sentences, titles;
};

Real ReadReal() {
  Real real;
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(HANSA_SOURCE_DIR) + "/deploy/demo-data/practices")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file);
    const nlohmann::json practice = nlohmann::json::parse(in);
    real.titles.push_back(practice.at("title"));
    for (const char* field : {"summary", "problem", "done", "outcome"}) {
      if (!practice.contains(field)) continue;
      for (const absl::string_view sentence :
           absl::StrSplit(practice.at(field).get<std::string>(), ". ", absl::SkipEmpty())) {
        real.sentences.emplace_back(sentence);
      }
    }
  }
  HANSA_CHECK(!real.sentences.empty());
  return real;
}

std::vector<IndexedRecord> Generate(const Real& real, std::size_t count,
                                    const std::vector<replication::Member>& members) {
  std::mt19937 chance(2024);
  const auto& features = node::catalogue::CurrentCatalogue().features();
  std::vector<IndexedRecord> records;
  for (std::size_t i = 0; i < count; ++i) {
    IndexedRecord record;
    record.key = {members[i % members.size()], replication::kPractices,
                  testing::RecordNamed(absl::StrCat("generated practice ", i))};
    record.revision = 1;
    record.text.kind = "practice";
    record.text.language = "en";
    record.text.title = absl::StrCat(real.titles[chance() % real.titles.size()], " (", kGenerated, " ", i, ")");
    std::vector<std::string> sentences;
    for (std::size_t n = 0; n < kSentencesEach; ++n) {
      // Numbers and names that hardly recur, as in real accounts.
      sentences.push_back(
          absl::StrCat(real.sentences[chance() % real.sentences.size()], " place", chance() % (count + 1)));
    }
    record.text.parts = {absl::StrJoin(sentences, ". ")};
    record.text.features = {features[chance() % features.size()].id};
    record.text.years = {static_cast<int>(2015 + chance() % 10)};
    records.push_back(std::move(record));
  }
  return records;
}

// Milliseconds of this thread on a processor, which what others do on the machine does not lengthen.
double ProcessorMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}
double Took(const std::function<void()>& work) {
  const double begun = ProcessorMs();
  work();
  return ProcessorMs() - begun;
}
double Median(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) times.push_back(Took(work));
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

double ResidentMb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    double kb = 0;
    if (std::sscanf(line.c_str(), "VmRSS: %lf kB", &kb) == 1) return kb / 1000;
  }
  return 0;
}

// One table of FTS5, in memory, with the same texts.
class SqliteTexts {
 public:
  SqliteTexts() {
    HANSA_CHECK(sqlite3_open(":memory:", &database_) == SQLITE_OK);
    Run("CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize = 'porter unicode61 remove_diacritics 2')");
  }
  ~SqliteTexts() { sqlite3_close(database_); }
  SqliteTexts(const SqliteTexts&) = delete;
  SqliteTexts& operator=(const SqliteTexts&) = delete;

  void Add(const std::vector<IndexedRecord>& records) {
    Run("BEGIN");
    sqlite3_stmt* insert = Prepared("INSERT INTO texts VALUES (?, ?)");
    for (const IndexedRecord& record : records) {
      Bind(insert, 1, record.text.title);
      Bind(insert, 2, record.text.parts.front());
      HANSA_CHECK(sqlite3_step(insert) == SQLITE_DONE);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    Run("COMMIT");
  }
  // The first 20 with a piece of their text, and how many there are.
  std::int64_t Search(const std::string& match) {
    sqlite3_stmt* hits = Prepared(
        "SELECT title, snippet(texts, 1, '[', ']', '…', 30) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20");
    Bind(hits, 1, match);
    while (sqlite3_step(hits) == SQLITE_ROW) sqlite3_column_text(hits, 1);
    sqlite3_finalize(hits);
    sqlite3_stmt* count = Prepared("SELECT count(*) FROM texts WHERE texts MATCH ?");
    Bind(count, 1, match);
    HANSA_CHECK(sqlite3_step(count) == SQLITE_ROW);
    const std::int64_t found = sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    return found;
  }

 private:
  void Run(const char* sql) { HANSA_CHECK(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK); }
  sqlite3_stmt* Prepared(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    HANSA_CHECK(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) == SQLITE_OK);
    return statement;
  }
  static void Bind(sqlite3_stmt* statement, int place, const std::string& text) {
    HANSA_CHECK(sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT) ==
                SQLITE_OK);
  }

  sqlite3* database_ = nullptr;
};

struct Asked {
  const char* what;
  const char* text;   // as hansa takes it
  const char* match;  // as FTS5 does
};
constexpr Asked kAsked[] = {{"a word of nearly all", "learning", "learning"},
                            {"two words", "festival teachers", "festival teachers"},
                            {"a phrase", "\"learning city\"", "\"learning city\""},
                            {"without a word", "city -festival", "city NOT festival"},
                            {"a rare word", "place7", "place7"},
                            {"nothing but the order", "", nullptr}};

void Measure(const Real& real, std::size_t count) {
  Network network = Network::Founded();
  const Applicant germany = testing::AuthorityOf("DEU");
  network.AdmitAuthority(germany);
  std::vector<replication::Member> members;
  for (int i = 0; i < 50; ++i) {
    members.push_back(network.AdmitCity(testing::CityNamed(absl::StrCat("de-generated-", i), "DEU"), germany));
  }
  const std::vector<IndexedRecord> records = Generate(real, count, members);
  std::size_t bytes = 0;
  for (const IndexedRecord& record : records) bytes += record.text.title.size() + record.text.parts.front().size();
  std::printf("%zu practices, %zu bytes each; milliseconds of the processor, medians of %d\n", count, bytes / count,
              kRounds);

  const double resident = ResidentMb();
  SearchIndex index;
  const double indexing = Took([&] {
    for (const IndexedRecord& record : records) index.Put(0, record);
  });
  const double took_mb = ResidentMb() - resident;
  SqliteTexts texts;
  const double inserting = Took([&] { texts.Add(records); });
  const double n = static_cast<double>(count);
  std::printf("  %-24s hansa %8.0f/s   sqlite %8.0f/s   sqlite : hansa %5.2f   (index: %.0f MB)\n", "indexing",
              n / indexing * 1e3, n / inserting * 1e3, inserting / indexing, took_mb);
  const node::search::SearchContext context{network.roster(), node::catalogue::CurrentCatalogue()};
  for (const Asked& asked : kAsked) {
    std::uint64_t found = 0;
    const double hansa = Median([&] { found = index.Search({.text = asked.text}, context).records; });
    if (asked.match == nullptr) {
      std::printf("  %-24s hansa %8.2f ms  %6zu found\n", asked.what, hansa, static_cast<std::size_t>(found));
      continue;
    }
    std::int64_t also_found = 0;
    const double sqlite = Median([&] { also_found = texts.Search(asked.match); });
    std::printf("  %-24s hansa %8.2f ms  %6zu found   sqlite %8.2f ms  %6lld found   sqlite : hansa %5.2f\n",
                asked.what, hansa, static_cast<std::size_t>(found), sqlite, static_cast<long long>(also_found),
                sqlite / hansa);
  }
}

// One practice among them all, as it is shown: what stands around it alone, and beside that everything held of
// practices, as a list of them reads it.
void MeasureShowing(const Real& real, std::size_t count) {
  constexpr std::size_t kCities = 50;
  Network network = Network::Founded();
  testing::AdoptCurrentFramework(network);
  const Applicant germany = testing::AuthorityOf("DEU");
  network.AdmitAuthority(germany);
  std::vector<Applicant> cities;
  std::vector<replication::Member> members;
  for (std::size_t i = 0; i < kCities; ++i) {
    cities.push_back(testing::CityNamed(absl::StrCat("de-generated-", i), "DEU"));
    members.push_back(network.AdmitCity(cities.back(), germany));
  }
  testing::FakeNode node(network, cities.front());
  std::vector<testing::FeedWriter> writers;
  for (std::size_t i = 0; i < kCities; ++i) {
    writers.emplace_back(network.roster().network(), *network.roster().PresentFeed(members[i], replication::kPractices),
                         cities[i].writer);
  }
  const std::vector<IndexedRecord> records = Generate(real, count, members);
  for (std::size_t i = 0; i < count; ++i) {
    v1::Practice practice;
    practice.set_title(records[i].text.title);
    practice.set_language("en");
    practice.set_done(records[i].text.parts.front().substr(0, 8000));
    node.Receive(writers[i % kCities].Publish(
        {testing::EntryOf(replication::kPractice, records[i].key.id, practice.SerializeAsString())}));
  }
  testing::Must(node.AwaitViews());
  const node::desk::PracticeDesk desk(node, node::catalogue::CurrentCatalogue(), node.views());
  const node::NodeView view = node.View();
  const std::string id = records[count / 2].key.id.hex();
  const double one = Median([&] { HANSA_CHECK(desk.Show(id, 0).ok()); });
  const double all =
      Median([&] { HANSA_CHECK(node::desk::PracticeShelf::Read(node.views(), node.feeds(), view).ok()); });
  std::printf("  %-24s around it %8.3f ms   all that is held %8.2f ms\n", "showing one practice", one, all);
}

int Main(int argc, char** argv) {
  const Real real = ReadReal();
  std::vector<std::uint32_t> counts;
  for (int i = 1; i < argc; ++i) {
    std::uint32_t count = 0;
    if (!absl::SimpleAtoi(argv[i], &count) || count == 0) return 2;
    counts.push_back(count);
  }
  if (counts.empty()) counts = {1000};
  for (const std::uint32_t count : counts) {
    Measure(real, count);
    MeasureShowing(real, count);
  }
  return 0;
}

}  // namespace
}  // namespace hansa::bench

int main(int argc, char** argv) { return hansa::bench::Main(argc, argv); }
