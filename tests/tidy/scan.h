// Reads the tree of the project as text and holds it to rules: which folder may use what, and what
// may stand in no file. Not a parser: a rule is a piece of text that must not occur, and a reason.
// Promise: nothing is judged by a rule that is not in the table, and a fault is named by file, line
// and reason.
#ifndef HANSA_TESTS_TIDY_SCAN_H_
#define HANSA_TESTS_TIDY_SCAN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::tidy {

// One file of the project: its path from the top of the tree, with '/', and all its text.
struct File {
  std::string path;
  std::string text = {};
};

enum class Where {
  kHeaders,  // .h
  kSources,  // .cc
  kCode,     // both
  kAnyText,  // every file that is read, comments and all
};

// What must not stand in `folder` and below. An empty `folder` means everywhere.
// For code, comments are left out and `banned` is looked for in what remains, strings included.
// What begins like a word must not follow a letter, digit or '_'; what begins with '/' must not go
// on a path.
struct Rule {
  std::string folder;
  Where where = Where::kCode;
  std::vector<std::string> banned;
  std::string because;
  // Files or folders below `folder` to which the rule does not apply.
  std::vector<std::string> except = {};
};

struct Fault {
  std::string path;
  int line = 0;  // from 1; 0 if the fault is the whole file's
  std::string what;
  std::string because;
};

// "path:line: what (because …)", one a line.
std::string ToText(const std::vector<Fault>& faults);

// Every text file of the project under `root`, in the order of their paths: code, schemas, scripts,
// build files and pages. Leaves out what is built, what version control keeps for itself, and data.
std::vector<File> ReadTree(const std::string& root);

// Whether `path` is `folder` or lies below it; every path lies below the empty folder.
bool LiesIn(absl::string_view path, absl::string_view folder);

// `text` with the comments of C++ replaced by blanks; lines keep their numbers.
std::string WithoutComments(absl::string_view text);

std::vector<Fault> Check(const File& file, const std::vector<Rule>& rules);

// Headers: a guard named after the path and a preface on the first line. All C++: at most 500
// lines.
std::vector<Fault> CheckShape(const File& file);

// Folders that must say what lives in them and do not: those at the top that hold files of ours,
// and each folder right below deploy/ and node/.
std::vector<Fault> CheckReadmes(const std::vector<File>& files);

}  // namespace hansa::tidy

#endif  // HANSA_TESTS_TIDY_SCAN_H_
