// Reading the tree and looking for text: see scan.h.
#include "tests/tidy/scan.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace hansa::tidy {
namespace {

namespace fs = std::filesystem;

constexpr int kLinesMax = 500;

bool IsHeader(absl::string_view path) { return absl::EndsWith(path, ".h"); }
bool IsSource(absl::string_view path) { return absl::EndsWith(path, ".cc"); }
bool IsCode(absl::string_view path) { return IsHeader(path) || IsSource(path); }

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Files of these endings are read; a file without an ending is read if it is a script or a known
// name.
bool IsOurText(const fs::path& path) {
  static const std::set<std::string> endings = {".cc",   ".h",    ".proto",  ".md",  ".txt",     ".cmake",
                                                ".json", ".toml", ".py",     ".sh",  ".service", ".S",
                                                ".in",   ".ts",   ".svelte", ".css", ".html",    ".yml"};
  const std::string ending = path.extension().string();
  const std::string name = path.filename().string();
  // The catalogue is data whose texts are others'; the licence is what it is.
  if (name == "LICENSE" || name == "key_features.json" || name == "commitments.json") return false;
  return ending.empty() || absl::StartsWith(name, ".clang") || endings.count(ending) > 0;
}

bool IsLeftOut(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name == "build" || name == ".git" || name == "node_modules" || name == "__pycache__";
}

bool IsWordCharacter(char c) { return absl::ascii_isalnum(c) || c == '_'; }

bool IsPathCharacter(char c) { return IsWordCharacter(c) || c == '.' || c == '-'; }

bool Occurs(absl::string_view line, absl::string_view banned) {
  for (std::size_t at = line.find(banned); at != absl::string_view::npos; at = line.find(banned, at + 1)) {
    if (at == 0) return true;
    const char before = line[at - 1];
    const bool inside_a_word = IsWordCharacter(banned.front()) && IsWordCharacter(before);
    const bool inside_a_path = banned.front() == '/' && IsPathCharacter(before);
    if (!inside_a_word && !inside_a_path) return true;
  }
  return false;
}

bool Applies(const Rule& rule, absl::string_view path) {
  if (!LiesIn(path, rule.folder)) return false;
  for (const std::string& exception : rule.except) {
    if (LiesIn(path, exception)) return false;
  }
  switch (rule.where) {
    case Where::kHeaders:
      return IsHeader(path);
    case Where::kSources:
      return IsSource(path);
    case Where::kCode:
      return IsCode(path);
    case Where::kAnyText:
      return true;
  }
  return false;
}

std::string GuardOf(absl::string_view path) {
  std::string guard = "HANSA_";
  for (const char c : path) guard += absl::ascii_isalnum(c) ? absl::ascii_toupper(c) : '_';
  return guard + "_";
}

}  // namespace

std::string ToText(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) {
    absl::StrAppend(&text, fault.path, fault.line > 0 ? absl::StrCat(":", fault.line) : "", ": ", fault.what,
                    " (because ", fault.because, ")\n");
  }
  return text;
}

std::vector<File> ReadTree(const std::string& root) {
  std::vector<File> files;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    if (it->is_directory() && IsLeftOut(it->path())) it.disable_recursion_pending();
    if (!it->is_regular_file() || !IsOurText(it->path())) continue;
    files.push_back({.path = fs::relative(it->path(), root).generic_string(), .text = ReadAll(it->path())});
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

bool LiesIn(absl::string_view path, absl::string_view folder) {
  if (folder.empty() || path == folder) return true;
  return absl::StartsWith(path, absl::StrCat(folder, "/"));
}

std::string WithoutComments(absl::string_view text) {
  enum class In { kCode, kString, kCharacter, kLineComment, kComment } in = In::kCode;
  std::string result(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool commented = in == In::kLineComment || in == In::kComment;
    if (commented && c != '\n') result[i] = ' ';
    if (in == In::kCode) {
      if (c == '/' && (next == '/' || next == '*')) {
        in = next == '/' ? In::kLineComment : In::kComment;
        result[i] = result[i + 1] = ' ';
        ++i;
      } else if (c == '"') {
        in = In::kString;
      } else if (c == '\'' && (i == 0 || !IsWordCharacter(text[i - 1]))) {  // not as in 1'000
        in = In::kCharacter;
      }
    } else if (in == In::kLineComment) {
      if (c == '\n') in = In::kCode;
    } else if (in == In::kComment) {
      if (c == '*' && next == '/') {
        in = In::kCode;
        result[++i] = ' ';
      }
    } else if (c == '\\') {
      ++i;
    } else if (c == '\n' || (in == In::kString && c == '"') || (in == In::kCharacter && c == '\'')) {
      in = In::kCode;
    }
  }
  return result;
}

std::vector<Fault> Check(const File& file, const std::vector<Rule>& rules) {
  std::vector<const Rule*> applying;
  for (const Rule& rule : rules) {
    if (Applies(rule, file.path)) applying.push_back(&rule);
  }
  if (applying.empty()) return {};

  const std::string code = IsCode(file.path) ? WithoutComments(file.text) : file.text;
  const std::vector<absl::string_view> code_lines = absl::StrSplit(code, '\n');
  const std::vector<absl::string_view> text_lines = absl::StrSplit(file.text, '\n');
  std::vector<Fault> faults;
  for (const Rule* rule : applying) {
    const auto& lines = rule->where == Where::kAnyText ? text_lines : code_lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (const std::string& banned : rule->banned) {
        if (Occurs(lines[i], banned)) {
          faults.push_back({.path = file.path,
                            .line = static_cast<int>(i) + 1,
                            .what = absl::StrCat("'", banned, "' must not stand here"),
                            .because = rule->because});
        }
      }
    }
  }
  return faults;
}

std::vector<Fault> CheckShape(const File& file) {
  std::vector<Fault> faults;
  if (!IsCode(file.path)) return faults;
  const auto lines = static_cast<int>(std::count(file.text.begin(), file.text.end(), '\n'));
  if (lines > kLinesMax) {
    faults.push_back({.path = file.path,
                      .what = absl::StrCat(lines, " lines; at most ", kLinesMax, ": divide it by what it is about"),
                      .because = "a file is read whole"});
  }
  if (IsHeader(file.path)) {
    if (!absl::StartsWith(file.text, "//")) {
      faults.push_back({.path = file.path,
                        .line = 1,
                        .what = "the first line is no comment: say what the file is and what it promises",
                        .because = "a reader starts there"});
    }
    const std::string guard = GuardOf(file.path);
    if (!absl::StrContains(file.text, absl::StrCat("#ifndef ", guard, "\n#define ", guard, "\n"))) {
      faults.push_back({.path = file.path,
                        .what = absl::StrCat("the include guard is not ", guard),
                        .because = "two headers with one guard hide each other"});
    }
  }
  return faults;
}

std::vector<Fault> CheckReadmes(const std::vector<File>& files) {
  std::set<std::string> folders;
  std::set<std::string> present;
  for (const File& file : files) {
    const std::vector<std::string> parts = absl::StrSplit(file.path, '/');
    present.insert(file.path);
    if (parts.size() < 2 || absl::StartsWith(parts[0], ".")) continue;
    folders.insert(parts[0]);
    if (parts.size() > 2 && (parts[0] == "node" || parts[0] == "deploy")) {
      folders.insert(absl::StrCat(parts[0], "/", parts[1]));
    }
  }
  std::vector<Fault> faults;
  for (const std::string& folder : folders) {
    if (present.count(folder + "/README.md") > 0) continue;
    faults.push_back({.path = folder,
                      .what = "has no README.md: what lives here, what must never come in, where to start reading",
                      .because = "a folder is a room with a purpose"});
  }
  return faults;
}

}  // namespace hansa::tidy
