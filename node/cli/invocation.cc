#include "node/cli/invocation.h"

#include <filesystem>
#include <iterator>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/cli/text_width.h"
#include "node/node_folder.h"

namespace hansa::node::cli {
namespace {

constexpr char kMachineFolder[] = "/var/lib/hansa";
constexpr int kOutputMode = 0644;

bool IsFolder(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

// `text` on one line.
std::string OneLine(absl::string_view text) { return Printable(text); }

}  // namespace

Layout Invocation::layout() const {
  return {.columns = console_.columns,
          .charts = console_.columns > 0 && console_.utf8,
          .bold = console_.bold,
          .verbose = globals_.verbose,
          .words = words()};
}

words::Words Invocation::words() const { return words::Words(LanguageFor(globals_.language, console_)); }

std::string Invocation::language() const { return words::LanguageTag(LanguageFor(globals_.language, console_)); }

void Invocation::Show(const std::string& json, const std::string& text) {
  console_.out << (globals_.json ? json : text);
}

bool Invocation::Stream(const std::string& json, const std::string& text) {
  Show(json, text);
  console_.out.flush();
  return console_.out.good();
}

void Invocation::Report(const std::string& json, const std::string& sentences) {
  if (globals_.json || !globals_.quiet) Show(json, sentences);
}

void Invocation::Complain(absl::string_view line) {
  console_.err << "hansa: " << OneLine(words().Translated(line)) << "\n";
}

void Invocation::Warn(absl::string_view line) {
  if (!globals_.quiet)
    console_.err << "hansa: " << words()("warning") << ": " << OneLine(words().Translated(line)) << "\n";
}

void Invocation::Progress(absl::string_view line) {
  if (console_.err_is_terminal && !globals_.quiet) console_.err << OneLine(words().Translated(line)) << "\n";
}

std::string Invocation::ReadHidden(absl::string_view question) {
  if (console_.read_hidden) {
    console_.err << question << std::flush;
    const std::string line = console_.read_hidden();
    console_.err << "\n";
    return line;
  }
  std::string line;
  std::getline(console_.in, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::optional<std::string> Invocation::DataFolderIfNamed() const {
  if (!globals_.data.empty()) return globals_.data;
  if (!globals_.socket.empty()) return std::nullopt;
  return DataFolder();
}

std::string Invocation::DataFolder() const {
  if (!globals_.data.empty()) return globals_.data;
  const std::optional<std::string> named = console_.environment("HANSA_DATA");
  if (named && !named->empty()) return *named;
  const std::optional<std::string> home = console_.environment("HOME");
  if (!home || home->empty()) return kMachineFolder;
  const std::string own = absl::StrCat(*home, "/.local/share/hansa");
  return !IsFolder(own) && IsFolder(kMachineFolder) ? kMachineFolder : own;
}

bool IsKeptOut(const absl::Status& asked) { return absl::StrContains(asked.message(), "may not use"); }

absl::StatusOr<NodeClient> Invocation::Node() const {
  const std::string folder = DataFolder();
  const bool by_socket = !globals_.socket.empty();
  const std::string socket = by_socket ? globals_.socket : NodePaths(folder).socket;
  absl::StatusOr<NodeClient> client = NodeClient::Dial(socket);
  if (client.ok()) return client;
  if (IsKeptOut(client.status())) {
    return absl::UnavailableError(absl::StrCat("cannot reach the node: you may not use the socket ", socket,
                                               "; run hansa as the user of the node"));
  }
  const std::string where = by_socket ? absl::StrCat("the socket ", socket) : folder;
  return absl::UnavailableError(absl::StrCat("no node is running on ", where, " (", client.status().message(),
                                             "); start it with: hansad --data ", by_socket ? "DIR" : folder));
}

absl::StatusOr<std::string> Invocation::Read(const std::string& file, std::size_t bytes_max) const {
  if (file != "-") {
    absl::StatusOr<std::string> bytes = ReadFile(file, bytes_max);
    return bytes.ok() ? bytes : About(absl::StrCat("cannot read ", file), bytes.status());
  }
  std::string bytes;
  std::istreambuf_iterator<char> from(console_.in), end;
  while (from != end && bytes.size() <= bytes_max) bytes.push_back(*from++);
  if (bytes.size() <= bytes_max) return bytes;
  return absl::InvalidArgumentError(
      absl::StrCat("standard input is longer than ", bytes_max / (1024 * 1024), " MiB; give a smaller file"));
}

absl::Status Invocation::CheckOutput(const std::string& file) const {
  if (file != "-" || !globals_.json) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "with --json standard output is one JSON value and nothing else; name a file with -o, or leave --json out");
}

absl::Status Invocation::Write(const std::string& file, const std::string& content) const {
  if (file == "-") {
    return absl::InvalidArgumentError("-o writes a file, and '-' is not one; name the file");
  }
  const absl::Status status = WriteFileAtomically(file, content, kOutputMode);
  return status.ok() ? status : About(absl::StrCat("cannot write ", file), status);
}

words::Language LanguageFor(const std::string& asked, const Console& console) {
  if (const auto language = words::LanguageNamed(asked)) return *language;
  return words::LanguageOf(console.environment);
}

std::string NameOf(const std::string& argument) { return argument == "-" ? "standard input" : argument; }

absl::Status About(absl::string_view what, const absl::Status& status) {
  if (status.ok() || absl::StrContains(status.message(), what)) return status;
  return absl::Status(status.code(), absl::StrCat(what, ": ", status.message()));
}

}  // namespace hansa::node::cli
