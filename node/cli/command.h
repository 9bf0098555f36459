// One command of `hansa`: what it is called, what it takes, what it does. The table of commands is
// the only place that knows them; parsing, help and suggestions read it.
#ifndef HANSA_NODE_CLI_COMMAND_H_
#define HANSA_NODE_CLI_COMMAND_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::cli {

class Invocation;

enum class Need { kRequired, kOptional };

// Bounds of a whole number, inclusive.
struct NumberRange {
  std::uint32_t min = 0;
  std::uint32_t max = 0;
};

// What stands without a name, such as FILE.
struct Argument {
  std::string name = {};  // in capitals
  std::string help = {};
  Need need = Need::kRequired;
  bool repeated = false;  // the last argument may stand there several times
};

struct Option {
  std::string name = {};   // such as "--year" or "-o"
  std::string value = {};  // what stands for it in help, such as "Y"; empty for a flag
  std::string help = {};
  Need need = Need::kOptional;
  bool repeated = false;
  std::optional<NumberRange> number = {};  // the value is a whole number
};

struct Command {
  std::string name = {};  // one word, or two such as "indicators import"
  std::string summary = {};
  std::string details = {};  // more for the help of the command; may be empty
  std::string example = {};
  std::vector<Argument> arguments = {};
  std::vector<Option> options = {};
  // Prints what was asked for and returns the exit code. An error is printed by the caller: it is
  // one line that says what failed and what to do.
  std::function<absl::StatusOr<int>(Invocation&)> run = {};
};

// What was typed after the command, by the name of argument or option.
class Values {
 public:
  void Add(const std::string& name, std::string value) { values_[name].push_back(std::move(value)); }
  bool Has(const std::string& name) const { return values_.count(name) > 0; }
  // The only value; empty if there is none.
  std::string Text(const std::string& name) const;
  // nullopt if there is none. Only for options with a NumberRange.
  std::optional<std::uint32_t> Number(const std::string& name) const;
  std::vector<std::string> Texts(const std::string& name) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

// What may be given before or after any command.
struct Globals {
  std::string data = {};    // empty: the default folder
  std::string socket = {};  // empty: the data folder's
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  std::string language = {};  // en or ko; empty: as the surroundings say
};
const std::vector<Option>& GlobalOptions();

// Every command, in the order of the help.
const std::vector<Command>& Commands();
// nullptr when none is called so.
const Command* FindCommand(absl::string_view name);

// The groups that Commands() is put together from.
std::vector<Command> JoiningCommands();
std::vector<Command> MemberCommands();
std::vector<Command> RootCommands();
std::vector<Command> MemberLifeCommands();
std::vector<Command> RecoveryCommands();
std::vector<Command> ErasureCommands();
std::vector<Command> FileCommands();
std::vector<Command> HolderCommands();
std::vector<Command> StatusCommands();
std::vector<Command> FeedCommands();
std::vector<Command> BackupCommands();
std::vector<Command> DoctorCommands();
std::vector<Command> CatalogueCommands();
std::vector<Command> IndicatorFileCommands();
std::vector<Command> IndicatorCommands();
std::vector<Command> ProgressCommands();
std::vector<Command> TargetCommands();
std::vector<Command> PlaceCommands();
std::vector<Command> StrategyCommands();
std::vector<Command> ReportCommands();
std::vector<Command> WebFeedCommands();
std::vector<Command> UserCommands();
std::vector<Command> WebhookCommands();
std::vector<Command> ReviewCommands();
std::vector<Command> SurveyCommands();
std::vector<Command> SummaryCommands();
std::vector<Command> ExportCommands();
std::vector<Command> PracticeCommands();
std::vector<Command> SearchCommands();
std::vector<Command> NoticeCommands();
std::vector<Command> ClusterCommands();
std::vector<Command> DialogueCommands();
std::vector<Command> TopicCommands();
std::vector<Command> FollowingCommands();
std::vector<Command> OfferCommands();
std::vector<Command> CompletionCommands();
std::vector<Command> HelpCommands();

// The option that several commands have.
Option YearOption(std::string help, Need need = Need::kOptional);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_COMMAND_H_
