// The table of layers.h. To allow something, change the table here and say why in the same change.
#include "tests/tidy/layers.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace hansa::tidy {
namespace {

using Texts = std::vector<std::string>;

Texts All(std::initializer_list<Texts> parts) {
  Texts all;
  for (const Texts& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

// Written in pieces, so that this file does not break the rules it states.
const std::string kMark = std::string("TO") + "DO";
const std::string kOtherMark = std::string("FIX") + "ME";

Texts Waiting() {
  return {"#include <thread>", "#include <mutex>",  "#include <shared_mutex>", "#include <condition_variable>",
          "#include <future>", "#include <atomic>", "absl/synchronization/",   "std::this_thread"};
}

Texts Clocks() {
  return {"#include <chrono>", "#include <ctime>", "#include <time.h>",
          "absl/time/clock.h", "absl::Now(",       "absl::SleepFor("};
}

Texts Chance() {
  return {"#include <random>", "absl/random/", "rand(", "srand(", "random(", "randombytes_", "RAND_bytes"};
}

Texts Outside() {
  return {"#include <iostream>",
          "#include <fstream>",
          "#include <filesystem>",
          "#include <sys/",
          "#include <netinet/",
          "#include <unistd.h>",
          "#include <fcntl.h>",
          "fopen(",
          "getenv("};
}

Texts HashOrder() {
  return {"#include <unordered_map>", "#include <unordered_set>", "flat_hash_", "node_hash_", "std::unordered_"};
}

Texts Grpc() { return {"#include <grpc", "#include \"grpc", ".grpc.pb.h"}; }

// Headers that cost seconds wherever they go.
Texts Heavy() {
  return {".pb.h",   "google/protobuf", "rocksdb/", "boost/",   "CLI/",     "nlohmann/",   "spdlog",
          "toml++",  "unicode/",        "<csv.h>",  "sodium.h", "openssl/", "xlsxwriter",  "pugixml",
          "<zip.h>", "seccomp.h",       "xapian",   "cmark",    "<curl/",   "<prometheus/"};
}

std::vector<Rule> Direction() {
  return {
      {.folder = "replication",
       .banned = {"#include \"storage/", "#include \"node/", "#include \"deploy/", "#include \"tests/"},
       .because = "the core knows nobody"},
      {.folder = "storage",
       .banned = {"#include \"node/", "#include \"deploy/", "#include \"tests/"},
       .because = "the store serves the node and knows only the core"},
      {.folder = "node",
       .banned = {"#include \"deploy/", "#include \"tests/"},
       .because = "what is shipped does not rest on how it is tried"},
      {.folder = "node/domain",
       .banned = {"#include \"storage/", "#include \"node/wire/", "#include \"node/cli/", "#include \"node/projection/",
                  "#include \"node/web/"},
       .because = "the domain is what is true of cities, whoever stores or sends it"},
      {.folder = "node/summary",
       .banned = {"#include \"storage/", "#include \"node/wire/", "#include \"node/cli/", "#include \"node/projection/",
                  "#include \"node/desk/", "#include \"node/web/"},
       .because = "a summary is what values say together, whoever stores or shows them"},
      {.folder = "node/spreadsheet",
       .banned = {"#include \"storage/", "#include \"node/wire/", "#include \"node/cli/", "#include \"node/projection/",
                  "#include \"node/desk/", "#include \"node/exports/"},
       .because = "a file is made of what it is given, whoever keeps or sends it"},
      {.folder = "node/exports",
       .banned = {"#include \"storage/", "#include \"node/wire/", "#include \"node/cli/", "#include \"node/projection/",
                  "#include \"node/desk/"},
       .because = "a file is made of what it is given, whoever keeps or sends it"},
      {.folder = "node/report",
       .banned = {"#include \"storage/", "#include \"node/wire/", "#include \"node/cli/", "#include \"node/projection/",
                  "#include \"node/desk/"},
       .because = "a report is made of what it is given of one city, whoever keeps or shows it"},
      {.folder = "node/catalogue",
       .banned = {"#include \"storage/", "#include \"node/domain/", "#include \"node/wire/", "#include \"node/cli/",
                  "#include \"node/projection/", "#include \"node/web/"},
       .because = "the framework is data that others use"},
      {.folder = "node/markdown",
       .banned = {"#include \"storage/", "#include \"node/wire/", "#include \"node/cli/", "#include \"node/projection/",
                  "#include \"node/desk/", "#include \"node/api/", "#include \"node/web/"},
       .because = "a text is made safe in the same way for every door"},
      {.folder = "node/webhooks",
       .banned = {"#include \"node/wire/", "#include \"node/cli/", "#include \"node/api/", "#include \"node/daemon/"},
       .because = "a hook is told the same however it was added, and in which process"},
      {.folder = "node/accounts",
       .banned = {"#include \"node/wire/", "#include \"node/cli/", "#include \"node/api/", "#include \"node/door/",
                  "#include \"node/desk/", "#include \"node/projection/"},
       .because = "who may sign in is the same at every door, and before there is a node"},
      {.folder = "node/search",
       .banned = {"#include \"node/wire/", "#include \"node/cli/", "#include \"node/desk/", "#include \"node/web/"},
       .because = "what is found is the same whoever asks for it"},
      {.folder = "node/projection",
       .banned = {"#include \"node/wire/", "#include \"node/cli/", "#include \"node/web/"},
       .because = "a view is the same whoever asks for it"},
  };
}

std::vector<Rule> Purity() {
  const Texts impure = All({Waiting(), Clocks(), Chance(), Outside(), Grpc(), {"rocksdb/"}});
  return {
      {.folder = "replication",
       .banned = All({impure, HashOrder()}),
       .because = "the core is pure: same state and same event, same effects; time and chance are "
                  "arguments"},
      {.folder = "node/domain", .banned = All({impure, HashOrder()}), .because = "the domain is as pure as the core"},
      {.folder = "node/summary",
       .banned = All({impure, HashOrder(), {"double ", "float "}}),
       .because = "a summary is exact and the same everywhere: whole numbers, no chance, no order of hashes"},
      {.folder = "node/spreadsheet",
       .banned = All({Waiting(),
                      Chance(),
                      Grpc(),
                      HashOrder(),
                      {"#include <chrono>", "absl/time/clock.h", "absl::Now(", "rocksdb/", "#include <fstream>",
                       "#include <filesystem>"}}),
       .because = "the same values give the same file, and the same file the same values"},
      {.folder = "node/exports",
       .banned = All({impure, HashOrder(), {"double ", "float "}}),
       .because = "the same values give the same file, digit by digit"},
      {.folder = "node/report",
       .banned = All({impure, HashOrder()}),
       .because = "the same year of a city gives the same report, on every node"},
      {.folder = "node/markdown",
       .banned = All({impure, HashOrder()}),
       .because = "the same text looks the same, whenever and wherever it is read"},
      {.folder = "node/catalogue",
       .banned = All({Waiting(), Clocks(), Chance(), Grpc(), {"rocksdb/"}}),
       .because = "the catalogue is loaded once and never waits"},
  };
}

std::vector<Rule> Libraries() {
  return {
      {.folder = "",
       .where = Where::kHeaders,
       .banned = Heavy(),
       .because = "heavy libraries stay in .cc files, so that a change costs one object",
       // It takes the library's forward declarations alone.
       .except = {"tests", "node/cli/json_parts.h"}},
      {.folder = "",
       .where = Where::kHeaders,
       .banned = Grpc(),
       .because = "seconds of compile time in every file that includes it",
       .except = {"tests"}},
      {.folder = "storage", .banned = Grpc(), .because = "the store does not talk to anyone"},
      {.folder = "node",
       .where = Where::kSources,
       .banned = Grpc(),
       .because = "foreign bytes have one door, and the node's own API another",
       .except = {"node/wire", "node/api", "node/cli", "node/grpc_status.cc"}},
      {.folder = "",
       .banned = {"AwaitWithTimeout(", "AwaitWithDeadline(", "WaitWithTimeout(", "WaitWithDeadline("},
       .because =
           "Abseil's waits with a timeout go by the wall clock, which people set; node/timed_condition.h does not",
       .except = {"tests"}},
      {.folder = "node",
       .banned = {"xlsxwriter"},
       .because = "one file writes workbooks, and holds texts to be no formulas",
       .except = {"node/spreadsheet/workbook_writer.cc"}},
      {.folder = "node",
       .banned = {"pugixml", "<zip.h>"},
       .because = "a stranger's workbook is opened in one place, within its limits",
       .except = {"node/spreadsheet/workbook_reader.cc", "node/spreadsheet/zip_archive.cc"}},
      {.folder = "node",
       .banned = {"<cairo", "<pango/"},
       .because = "one file draws, and its headers stay with it",
       .except = {"node/report/pdf_canvas.cc"}},
      {.folder = "node",
       .banned = {"<curl/"},
       .because = "one file speaks HTTP, with its limits, and its headers stay with it",
       .except = {"node/webhooks/http_post.cc"}},
      {.folder = "node",
       .banned = {"boost/"},
       .because = "one file answers by HTTP, with its limits, and its headers stay with it",
       .except = {"node/door/http_server.cc"}},
      {.folder = "node",
       .banned = {"<prometheus/"},
       .because = "one file writes figures for Prometheus",
       .except = {"node/door/metrics.cc"}},
      {.folder = "node",
       .banned = {"seccomp.h"},
       .because = "what a process may do is said in one place",
       .except = {"node/importing/confinement.cc"}},
      {.folder = "node",
       .banned = {"xapian"},
       .because = "one file knows the library that finds words, and keeps it in memory",
       .except = {"node/search/full_text.cc"}},
      {.folder = "node",
       .banned = {"<cmark"},
       .because = "what others wrote in Markdown is read in one place, and leaves it safe",
       .except = {"node/markdown/pieces.cc"}},
      {.folder = "node", .banned = {"rocksdb/"}, .because = "RocksDB stands behind the interfaces of storage/"},
  };
}

std::vector<Rule> Anywhere() {
  return {
      {.folder = "",
       .where = Where::kAnyText,
       .banned = {std::string("/wo") + "rk/", std::string("/ro") + "ot/", std::string("/ho") + "me/",
                  std::string("/Us") + "ers/"},
       .because = "a path of one machine means nothing on another"},
      {.folder = "",
       .where = Where::kAnyText,
       .banned = {std::string("../sha") + "red", std::string("work/sha") + "red"},
       .because = "a clone has nothing beside it; copy what is needed and say where it is from"},
      {.folder = "",
       .where = Where::kAnyText,
       .banned = {kMark, kOtherMark},
       .because = "what is left to do is not left in the code"},
  };
}

}  // namespace

std::vector<Rule> Layers() {
  std::vector<Rule> rules;
  for (const std::vector<Rule>& part : {Direction(), Purity(), Libraries(), Anywhere()}) {
    rules.insert(rules.end(), part.begin(), part.end());
  }
  return rules;
}

}  // namespace hansa::tidy
