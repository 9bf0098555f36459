// One command as it runs: what was typed, where to print, how to reach the node. What it promises:
// with --json, standard output holds one JSON value and nothing else.
#ifndef HANSA_NODE_CLI_INVOCATION_H_
#define HANSA_NODE_CLI_INVOCATION_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/cli/command.h"
#include "node/cli/console.h"
#include "node/cli/node_client.h"
#include "node/cli/table.h"

namespace hansa::node::cli {

// Greatest size of a file that is read whole, in bytes.
inline constexpr std::size_t kInputBytesMax = 25 * 1024 * 1024;

// Not thread-safe. Everything it is made of outlives it.
class Invocation {
 public:
  Invocation(const Values& values, const Globals& globals, Console& console)
      : values_(values), globals_(globals), console_(console) {}

  const Values& values() const { return values_; }
  bool json() const { return globals_.json; }
  bool verbose() const { return globals_.verbose; }
  Layout layout() const;
  // en or ko: that of --lang, else of the surroundings.
  std::string language() const;
  words::Words words() const;

  // What was asked for, in the one form or the other: `json` with --json, else `text`.
  void Show(const std::string& json, const std::string& text);
  // The same, at once, for what goes on: a line in a stream that somebody reads as it grows. False if nobody reads it
  // any more.
  bool Stream(const std::string& json, const std::string& text);
  // What was done: `json` with --json, else `sentences`, which --quiet leaves out.
  void Report(const std::string& json, const std::string& sentences);
  // The lines below are put into the reader's language, if they are not in it already.
  // One line on standard error that explains an exit code other than 0 after Show.
  void Complain(absl::string_view line);
  // One line on standard error of what was done and may not be as meant; not with --quiet.
  void Warn(absl::string_view line);
  // A line on standard error while something takes long; only on a terminal.
  void Progress(absl::string_view line);

  // A line that nobody should see: typed on the terminal after `question`, or else the next of standard input.
  std::string ReadHidden(absl::string_view question);
  // Whether a person types it.
  bool IsTyped() const { return console_.read_hidden != nullptr; }

  // The data folder: --data, else $HANSA_DATA, else that of this user or of the machine.
  std::string DataFolder() const;
  // That of --data or of the surroundings; nullopt where --socket alone says whom to ask.
  std::optional<std::string> DataFolderIfNamed() const;

  // The running node.
  //   UNAVAILABLE  none runs; the message says how to start it
  absl::StatusOr<NodeClient> Node() const;

  // The content of a file that was named by `argument`; "-" is standard input.
  //   NOT_FOUND            no such file
  //   PERMISSION_DENIED, INVALID_ARGUMENT  it cannot be read, or is larger than `bytes_max`
  absl::StatusOr<std::string> Read(const std::string& file, std::size_t bytes_max = kInputBytesMax) const;
  // Whether a command may write a file to `file`, which "-" makes standard output.
  //   INVALID_ARGUMENT  it may not: with --json standard output is for JSON alone
  absl::Status CheckOutput(const std::string& file) const;
  // Writes `content` to `file`, whole or not at all; an older one is replaced.
  absl::Status Write(const std::string& file, const std::string& content) const;

 private:
  const Values& values_;
  const Globals& globals_;
  Console& console_;
};

// What `asked` names, if Hansa speaks it; else the language of the surroundings, if Hansa speaks that; else English.
words::Language LanguageFor(const std::string& asked, const Console& console);

// How errors call a file that was named by `argument`.
std::string NameOf(const std::string& argument);

// Whether asking the node failed since this user may not use its socket, and not since no node runs.
bool IsKeptOut(const absl::Status& asked);

// What a question was about, before what the node said of it.
absl::Status About(absl::string_view what, const absl::Status& status);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_INVOCATION_H_
