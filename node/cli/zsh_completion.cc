#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "node/cli/command_words.h"
#include "node/cli/completion.h"
#include "node/cli/fitting.h"

namespace hansa::node::cli {
namespace {

// What does not depend on the table, before and after what does.
constexpr char kHead[] = R"zsh(#compdef hansa
# Completion of hansa for zsh; `hansa completion zsh` made it.

# The members that the running node knows; the node is the one that was named before.
_hansa_members() {
  local -a slugs
  slugs=(${(f)"$($hansa_program completion members 2>/dev/null)"})
  compadd "$@" -a slugs
}

# Second words of the command whose first word stands before.
_hansa_after_first() {
  local -a before
  before=(${words[2,CURRENT-1]:#-*})
  _hansa_second "$before[1]"
}
)zsh";

constexpr char kTail[] = R"zsh(
_hansa_group() {
  local curcontext=$curcontext state line ret=1
  typeset -A opt_args
  local first=$words[1]
  _arguments -C -A '-*' $hansa_global '1: :->second' '*:: :->rest' && ret=0
  case $state in
    second) _hansa_second $first && ret=0 ;;
    rest) _hansa_run "$first $line[1]" && ret=0 ;;
  esac
  return ret
}

_hansa() {
  local curcontext=$curcontext state line ret=1
  typeset -A opt_args
  local -a hansa_program hansa_global
  integer i
  hansa_program=("${${(Q)words[1]}/#\~\//$HOME/}")
  whence -- $hansa_program >/dev/null || hansa_program=(hansa)   # typed by another name
  for ((i = 2; i < CURRENT; i++)); do
    case $words[i] in
      --data|--socket) ((i + 1 < CURRENT)) && hansa_program+=($words[i] "${${(Q)words[++i]}/#\~\//$HOME/}") ;;
      --data=*|--socket=*) hansa_program+=("${(Q)words[i]}") ;;
    esac
  done
  _hansa_globals
  _arguments -C -A '-*' $hansa_global '1: :->first' '*:: :->rest' && ret=0
  case $state in
    first) _hansa_first && ret=0 ;;
    rest)
      if _hansa_is_group $line[1]; then
        _hansa_group && ret=0
      else
        _hansa_run $line[1] && ret=0
      fi
      ;;
  esac
  return ret
}

if [[ $funcstack[1] == _hansa ]]; then
  _hansa "$@"
else
  compdef _hansa hansa
fi
)zsh";

// The parts of what _arguments and _describe take end at a colon or a bracket.
std::string Part(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"}, {":", "\\:"}, {"[", "\\["}, {"]", "\\]"}});
}

// One word in a list that zsh reads as code, in a part: every mark is escaped.
std::string Word(absl::string_view word) {
  std::string out;
  for (const char c : word) {
    const bool is_plain = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '/';
    absl::StrAppend(&out, is_plain ? "" : "\\", std::string(1, c));
  }
  return out;
}

std::string Action(const Fitting& fitting) {
  switch (fitting.kind) {
    case Fitting::Kind::kAnything:
      return " ";
    case Fitting::Kind::kFile:
      return "_files";
    case Fitting::Kind::kFolder:
      return "_files -/";
    case Fitting::Kind::kMember:
      return "_hansa_members";
    case Fitting::Kind::kSecondWord:
      return "_hansa_after_first";
    case Fitting::Kind::kWords:
      break;
  }
  std::string list;
  for (const std::string& word : fitting.words) absl::StrAppend(&list, list.empty() ? "" : " ", Word(word));
  return absl::StrCat("(", list, ")");
}

std::string Spec(const Command& command, const Option& option, const words::Words& words) {
  std::string spec = option.repeated ? "*" : "";
  absl::StrAppend(&spec, option.name, !option.value.empty() && absl::StartsWith(option.name, "--") ? "=" : "", "[",
                  Part(words(option.help)), "]");
  if (!option.value.empty()) {
    absl::StrAppend(&spec, ":", Part(option.value), ":", Action(FittingFor(command, option)));
  }
  return ShellQuoted(spec);
}

std::string Spec(const Command& command, const Argument& argument, int position, const words::Words& words) {
  return ShellQuoted(absl::StrCat(argument.repeated ? std::string("*") : absl::StrCat(position),
                                  argument.need == Need::kRequired || argument.repeated ? ":" : "::",
                                  Part(words(argument.help)), ":", Action(FittingFor(command, argument))));
}

std::string GlobalSpecs(const words::Words& words) {
  std::string specs;
  for (const Option& option : GlobalOptions()) absl::StrAppend(&specs, "    ", Spec({}, option, words), "\n");
  for (const Option& option : ProgramOptions()) absl::StrAppend(&specs, "    ", Spec({}, option, words), "\n");
  return absl::StrCat("\n_hansa_globals() {\n  hansa_global=(\n", specs, "  )\n}\n");
}

// An item of _describe: the word up to its colon, then what it does.
std::string Described(const std::string& word, const std::string& what) {
  return ShellQuoted(absl::StrCat(Part(word), ":", Part(what)));
}

std::string First(const words::Words& words) {
  std::string items, groups;
  for (const std::string& first : FirstWords()) {
    const Command* command = FindCommand(first);
    std::string what = command != nullptr ? words(command->summary) : std::string();
    if (command == nullptr) {
      for (const std::string& second : CommandsIn(first)) absl::StrAppend(&what, what.empty() ? "" : ", ", second);
      absl::StrAppend(&groups, groups.empty() ? "" : "|", first);
    }
    absl::StrAppend(&items, "    ", Described(first, what), "\n");
  }
  return absl::StrCat("\n_hansa_first() {\n  local -a commands\n  commands=(\n", items, "  )\n  _describe -t commands ",
                      ShellQuoted(words("command")), " commands\n}\n\n_hansa_is_group() {\n  [[ $1 == (", groups,
                      ") ]]\n}\n");
}

std::string Second(const words::Words& words) {
  std::string branches;
  for (const std::string& first : FirstWords()) {
    if (FindCommand(first) != nullptr) continue;
    absl::StrAppend(&branches, "    ", first, ") commands=(\n");
    for (const std::string& second : CommandsIn(first)) {
      const Command* command = FindCommand(absl::StrCat(first, " ", second));
      absl::StrAppend(&branches, "      ", Described(second, words(command->summary)), "\n");
    }
    absl::StrAppend(&branches, "    ) ;;\n");
  }
  return absl::StrCat("\n_hansa_second() {\n  local -a commands\n  case $1 in\n", branches,
                      "    *) return 1 ;;\n  esac\n  _describe -t commands ", ShellQuoted(words("command")),
                      " commands\n}\n");
}

std::string Run(const words::Words& words) {
  std::string branches;
  for (const Command& command : Commands()) {
    absl::StrAppend(&branches, "    ", ShellQuoted(command.name), ") specs+=(\n");
    for (const Option& option : command.options) {
      // Its own, not that of all commands.
      for (const Option& global : GlobalOptions()) {
        if (global.name != option.name) continue;
        branches.insert(branches.rfind("specs+="), absl::StrCat("specs=(${specs:#", option.name, "*}) && "));
      }
      absl::StrAppend(&branches, "      ", Spec(command, option, words), "\n");
    }
    int position = 0;
    for (const Argument& argument : command.arguments) {
      absl::StrAppend(&branches, "      ", Spec(command, argument, ++position, words), "\n");
    }
    absl::StrAppend(&branches, "    ) ;;\n");
  }
  return absl::StrCat("\n# Options and arguments of a command.\n_hansa_run() {\n  local -a specs\n",
                      "  specs=(${hansa_global:#--version*})\n  case $1 in\n", branches,
                      "    *) return 1 ;;\n  esac\n  _arguments $specs\n}\n");
}

}  // namespace

std::string ZshCompletion(const words::Words& words) {
  return absl::StrCat(kHead, GlobalSpecs(words), First(words), Second(words), Run(words), kTail);
}

}  // namespace hansa::node::cli
