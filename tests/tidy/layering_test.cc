// The architecture as a test: the tree holds to the table of layers.h, and the table catches what
// it is there for.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tidy/layers.h"
#include "tests/tidy/scan.h"

namespace hansa::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::vector<File>& Tree() {
  static const auto* tree = new std::vector<File>(ReadTree(HANSA_SOURCE_DIR));
  return *tree;
}

std::string Faults(const std::string& path, const std::string& text) {
  return ToText(Check({.path = path, .text = text}, Layers()));
}

TEST(Layering, TheTreeIsReadAtAll) {
  std::vector<std::string> rooms_seen;
  for (const std::string room : {"node", "replication", "storage", "tests"}) {
    for (const File& file : Tree()) {
      if (LiesIn(file.path, room) && !file.text.empty()) {
        rooms_seen.push_back(room);
        break;
      }
    }
  }
  EXPECT_THAT(rooms_seen, ElementsAre("node", "replication", "storage", "tests"));
}

TEST(Layering, EveryFileKeepsToItsFolder) {
  std::vector<Fault> faults;
  for (const File& file : Tree()) {
    for (const Fault& fault : Check(file, Layers())) faults.push_back(fault);
  }
  EXPECT_EQ(ToText(faults), "");
}

TEST(Layering, EveryFileHasItsShape) {
  std::vector<Fault> faults;
  for (const File& file : Tree()) {
    for (const Fault& fault : CheckShape(file)) faults.push_back(fault);
  }
  EXPECT_EQ(ToText(faults), "");
}

TEST(Layering, EveryFolderSaysWhatLivesInIt) { EXPECT_EQ(ToText(CheckReadmes(Tree())), ""); }

// What each rule is there to catch, planted where it must not be.
struct Planted {
  std::string path;
  std::string line;
};

TEST(LayeringTable, CatchesWhatIsPlanted) {
  const std::vector<Planted> cases = {
      {"replication/session.cc", "#include <thread>"},
      {"replication/session.cc", "#include <mutex>"},
      {"replication/session.cc", "#include <chrono>"},
      {"replication/session.cc", "#include \"absl/time/clock.h\""},
      {"replication/session.cc", "  now = absl::Now();"},
      {"replication/session.cc", "#include <unordered_map>"},
      {"replication/session.h", "  absl::flat_hash_map<int, int> peers_;"},
      {"replication/session.h", "#include \"hansa/v1/roster.pb.h\""},
      {"replication/session.cc", "#include <grpcpp/grpcpp.h>"},
      {"replication/session.cc", "#include \"rocksdb/db.h\""},
      {"replication/session.cc", "#include \"storage/feed_store.h\""},
      {"replication/session.cc", "#include \"node/wire/conversation.h\""},
      {"replication/session.cc", "#include <iostream>"},
      {"replication/session.cc", "#include <fstream>"},
      {"replication/session.cc", "#include <sys/socket.h>"},
      {"replication/session.cc", "  if (rand() % 2) return;"},
      {"storage/feed_store.h", "#include \"rocksdb/db.h\""},
      {"storage/feed_store.cc", "#include <grpcpp/grpcpp.h>"},
      {"storage/feed_store.cc", "#include \"node/daemon.h\""},
      {"node/domain/checks.cc", "#include <mutex>"},
      {"node/domain/checks.cc", "#include \"storage/feed_store.h\""},
      {"node/summary/coverage.cc", "#include \"node/projection/views.h\""},
      {"node/summary/coverage.cc", "  double mean = 0;"},
      {"node/spreadsheet/indicator_template.cc", "#include <xlsxwriter.h>"},
      {"node/spreadsheet/table_file.cc", "#include <pugixml.hpp>"},
      {"node/desk/indicator_files.cc", "#include <zip.h>"},
      {"node/importing/reading_process.cc", "#include <seccomp.h>"},
      {"node/spreadsheet/template_rows.cc", "#include \"node/desk/drafts.h\""},
      {"node/spreadsheet/template_rows.cc", "  const absl::Time now = absl::Now();"},
      {"node/exports/csv_export.cc", "  double value = 0;"},
      {"node/exports/csv_export.cc", "#include \"node/projection/views.h\""},
      {"node/report/report_front.cc", "#include \"node/projection/views.h\""},
      {"node/report/pdf_form.cc", "#include <cairo.h>"},
      {"node/search/search_index.cc", "#include <xapian.h>"},
      {"node/markdown/safe_html.cc", "#include <cmark-gfm.h>"},
      {"node/markdown/safe_html.cc", "#include \"node/cli/text_width.h\""},
      {"node/search/search_index.cc", "#include \"node/desk/practice_desk.h\""},
      {"node/domain/text.h", "#include <unicode/unistr.h>"},
      {"node/domain/indicator_csv.h", "#include <csv.h>"},
      {"node/catalogue/catalogue.h", "#include \"nlohmann/json.hpp\""},
      {"node/catalogue/catalogue.cc", "#include \"node/domain/decimal.h\""},
      {"node/projection/current.cc", "#include <grpcpp/grpcpp.h>"},
      {"node/projection/current.cc", "#include \"rocksdb/db.h\""},
      {"node/wire/conversation.h", "#include <grpcpp/grpcpp.h>"},
      {"node/wire/frames.h", "#include \"hansa/v1/replication.pb.h\""},
      {"node/cli/main.h", "#include \"CLI/CLI.hpp\""},
      {"node/web/gateway.h", "#include <boost/beast.hpp>"},
      {"node/daemon.cc", "#include <grpcpp/grpcpp.h>"},
      {"node/daemon.cc", "  mutex_.AwaitWithTimeout(absl::Condition(&done), absl::Seconds(1));"},
      {"node/daemon.cc", "#include \"tests/testing/temp_folder.h\""},
      {"README.md", absl::StrCat("Look in /ho", "me/someone/hansa")},
      {"deploy/demo", absl::StrCat("cp ../sha", "red/data .")},
      {"node/daemon.cc", absl::StrCat("// TO", "DO: later")},
  };
  for (const Planted& planted : cases) {
    EXPECT_THAT(Faults(planted.path, planted.line + "\n"), Not(IsEmpty())) << planted.path << ": " << planted.line;
  }
}

TEST(LayeringTable, AllowsEachLibraryAtHome) {
  EXPECT_EQ(Faults("node/wire/conversation.cc", "#include <grpcpp/grpcpp.h>\n"), "");
  EXPECT_EQ(Faults("storage/rocks_feed_store.cc", "#include \"rocksdb/db.h\"\n"), "");
  EXPECT_EQ(Faults("node/domain/text.cc", "#include <unicode/unistr.h>\n"), "");
  EXPECT_EQ(Faults("replication/roster.cc", "#include \"hansa/v1/roster.pb.h\"\n"), "");
  EXPECT_EQ(Faults("storage/feed_store.cc", "#include \"replication/feed.h\"\n#include <thread>\n"), "");
}

TEST(LayeringTable, NamesFileLineAndReason) {
  const std::vector<Fault> faults =
      Check({.path = "replication/feed.cc", .text = "// A feed.\n\n#include <thread>\n"}, Layers());
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_THAT(faults[0], Field(&Fault::line, 3));
  EXPECT_EQ(ToText(faults), absl::StrCat("replication/feed.cc:3: '#include <thread>' must not stand here (because ",
                                         faults[0].because, ")\n"));
  EXPECT_NE(faults[0].because, "");
}

TEST(LayeringTable, EveryRuleHasAReasonAndCatchesItsOwnText) {
  for (const Rule& rule : Layers()) {
    EXPECT_NE(rule.because, "");
    const std::string name = rule.where == Where::kSources ? "planted.cc" : "planted.h";
    const std::string path = rule.folder.empty() ? name : absl::StrCat(rule.folder, "/", name);
    for (const std::string& banned : rule.banned) {
      EXPECT_THAT(Check({.path = path, .text = banned}, {rule}), SizeIs(1)) << rule.folder << ": " << banned;
    }
  }
}

TEST(LayeringTable, CommentsAreNotCode) {
  EXPECT_EQ(Faults("replication/feed.cc", "// never #include <thread>\n/* nor\n absl::Now() */\n"), "");
  EXPECT_EQ(WithoutComments("a /* b\nc */ d // e\nf"), "a     \n     d     \nf");
  EXPECT_EQ(WithoutComments("\"//\" '\"' // x"), "\"//\" '\"'     ");
  EXPECT_EQ(WithoutComments("1'000 // x"), "1'000     ");
}

TEST(LayeringTable, AWordInsideALongerWordIsAnotherWord) {
  EXPECT_EQ(Faults("replication/feed.cc", "Operand(1);\n"), "");
  EXPECT_NE(Faults("replication/feed.cc", "(rand());\n"), "");
  const std::string middle = absl::StrCat("/ro", "ot/");
  EXPECT_EQ(Faults("replication/feed.cc", absl::StrCat("\"hansa", middle, "1\"\n")), "");
  EXPECT_NE(Faults("replication/feed.cc", absl::StrCat("\"", middle, "1\"\n")), "");
}

TEST(Shape, LongFilesWrongGuardsAndMissingPrefacesAreFaults) {
  const std::string guard = "#ifndef HANSA_NODE_A_B_H_\n#define HANSA_NODE_A_B_H_\n";
  EXPECT_THAT(CheckShape({.path = "node/a/b.h", .text = "// B.\n" + guard}), IsEmpty());
  EXPECT_THAT(CheckShape({.path = "node/a/c.h", .text = "// C.\n" + guard}), SizeIs(1));
  EXPECT_THAT(CheckShape({.path = "node/a/b.h", .text = guard}), SizeIs(1));
  std::string text = "// Long.\n";
  for (int i = 0; i < 499; ++i) text += "\n";
  EXPECT_THAT(CheckShape({.path = "node/a.cc", .text = text}), IsEmpty());
  EXPECT_THAT(CheckShape({.path = "node/a.cc", .text = text + "\n"}), SizeIs(1));
}

TEST(Readmes, AFolderWithoutOneIsAFault) {
  EXPECT_THAT(CheckReadmes({{.path = "node/README.md"}, {.path = "node/wire/a.cc"}}), SizeIs(1));
  EXPECT_THAT(CheckReadmes({{.path = "node/README.md"}, {.path = "node/wire/README.md"}, {.path = "node/wire/a.cc"}}),
              IsEmpty());
  EXPECT_THAT(CheckReadmes({{.path = "storage/a.cc"}}), SizeIs(1));
}

}  // namespace
}  // namespace hansa::tidy
