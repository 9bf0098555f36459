#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "node/cli/command_words.h"
#include "node/cli/completion.h"
#include "node/cli/fitting.h"

namespace hansa::node::cli {
namespace {

// What does not depend on the table. `cur` is what is being typed, `fitting` what fits there.
constexpr char kFixed[] = R"sh(
# Offers those of the words given that go on from what is typed, as one would have to type them.
_hansa_offer() {
  local word
  for word; do
    printf -v word %q "$word"
    [[ $word == "$cur"* ]] && COMPREPLY+=("$prefix$word")
  done
}

_hansa_fit() {
  local -a found
  case ${fitting[0]} in
    file) compopt -o default ;;    # readline completes files itself, with its own quoting
    folder) compopt -o dirnames ;;
    member) mapfile -t found < <("${program[@]}" completion members 2>/dev/null) && _hansa_offer "${found[@]}" ;;
    second) _hansa_second "${arguments[0]}" && _hansa_offer "${second[@]}" ;;
    words) _hansa_offer "${fitting[@]:1}" ;;
  esac
}

# Which node is meant; quotes and a leading ~ as the shell would take them, nothing else is expanded.
_hansa_node() {
  local value=${2//[\"\'\\]/}
  case $1 in
    --data | --socket) program+=("$1" "${value/#\~\//$HOME/}") ;;
  esac
}

_hansa() {
  local -a line=() arguments=() fitting=() firsts=() second=() own=() global=() program=()
  local cur word glued='' option='' first='' command='' no_options='' prefix=''
  COMPREPLY=()

  # Put together again what bash has split at = and :.
  for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if [[ $word == [=:]* || $glued ]] && ((${#line[@]} > 1)); then
      line[-1]+=$word
    else
      line+=("$word")
    fi
    [[ $word == *[=:] ]] && glued=1 || glued=''
  done
  cur=${line[-1]}
  program=("${line[0]/#\~\//$HOME/}")
  type -P -- "${program[0]}" >/dev/null || program=(hansa)   # typed by another name

  # What stands before.
  for word in "${line[@]:1:${#line[@]}-2}"; do
    if [[ $option ]]; then
      _hansa_node "$option" "$word"
      option=''
    elif [[ ! $no_options && $word == -- ]]; then
      no_options=1
    elif [[ ! $no_options && $word == --*=* ]]; then
      _hansa_node "${word%%=*}" "${word#*=}"
    elif [[ ! $no_options && $word == -?* ]]; then
      _hansa_value "$command" "$word" && option=$word
    elif [[ ! $first ]]; then
      first=$word
      _hansa_second "$first" || command=$first
    elif [[ ! $command ]]; then
      command="$first $word"
    else
      arguments+=("$word")
    fi
  done

  # What comes next.
  if [[ ! $option && ! $no_options && $cur == --*=* ]]; then
    option=${cur%%=*}
    [[ $COMP_WORDBREAKS == *=* ]] || prefix="$option="   # bash replaces only what follows a break
    cur=${cur#*=}
    _hansa_value "$command" "$option" && _hansa_fit
  elif [[ $option ]]; then
    _hansa_value "$command" "$option" && _hansa_fit
  elif [[ ! $no_options && $cur == -* ]]; then
    _hansa_options "$command" && _hansa_offer "${own[@]}" "${global[@]}"
  elif [[ ! $first ]]; then
    _hansa_first && _hansa_offer "${firsts[@]}"
  elif [[ ! $command ]]; then
    _hansa_second "$first" && _hansa_offer "${second[@]}"
  elif _hansa_argument "$command" "$((${#arguments[@]} + 1))"; then
    _hansa_fit
  elif [[ ! $no_options ]]; then
    _hansa_options "$command" && _hansa_offer "${own[@]}" "${global[@]}"
  fi
  return 0
}

complete -F _hansa hansa
)sh";

// As items of an array; what a shell could take for more than letters is quoted.
std::string Listed(const std::vector<std::string>& words) {
  return absl::StrJoin(words, " ", [](std::string* out, const std::string& word) {
    const bool is_plain = std::all_of(word.begin(), word.end(), [](char c) {
      return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '/';
    });
    absl::StrAppend(out, is_plain ? word : ShellQuoted(word));
  });
}

std::string Array(const Fitting& fitting) {
  switch (fitting.kind) {
    case Fitting::Kind::kAnything:
      return "(any)";
    case Fitting::Kind::kFile:
      return "(file)";
    case Fitting::Kind::kFolder:
      return "(folder)";
    case Fitting::Kind::kMember:
      return "(member)";
    case Fitting::Kind::kSecondWord:
      return "(second)";
    case Fitting::Kind::kWords:
      return absl::StrCat("(words ", Listed(fitting.words), ")");
  }
  return "(any)";
}

std::string Branch(const std::string& pattern, const std::string& what) {
  return absl::StrCat("    ", pattern, ") ", what, " ;;\n");
}

// A function that is true if one of `branches` was taken.
std::string Choosing(const std::string& comment, const std::string& name, const std::string& on,
                     const std::string& branches) {
  return absl::StrCat("\n# ", comment, "\n", name, "() {\n  case ", on, " in\n", branches, "    *) return 1 ;;\n",
                      "  esac\n}\n");
}

std::string FirstWordsAndSeconds() {
  std::string groups;
  for (const std::string& first : FirstWords()) {
    const std::vector<std::string> second = CommandsIn(first);
    if (FindCommand(first) != nullptr || second.empty()) continue;
    absl::StrAppend(&groups, Branch(first, absl::StrCat("second=(", Listed(second), ")")));
  }
  return absl::StrCat(
      "\n_hansa_first() { firsts=(", Listed(FirstWords()), "); }\n",
      Choosing("The second words of the commands that begin with $1; false if it is a command by itself, or none.",
               "_hansa_second", "$1", groups));
}

std::string OptionValues() {
  std::string branches;
  for (const Command& command : Commands()) {
    for (const Option& option : command.options) {
      if (option.value.empty()) continue;
      absl::StrAppend(&branches, Branch(ShellQuoted(absl::StrCat(command.name, " ", option.name)),
                                        absl::StrCat("fitting=", Array(FittingFor(command, option)))));
    }
  }
  for (const Option& option : GlobalOptions()) {
    if (option.value.empty()) continue;
    absl::StrAppend(&branches, Branch(absl::StrCat("*", ShellQuoted(absl::StrCat(" ", option.name))),
                                      absl::StrCat("fitting=", Array(FittingFor({}, option)))));
  }
  return Choosing("What fits after option $2 of command $1; false if it takes no value.", "_hansa_value", "\"$1 $2\"",
                  branches);
}

std::string Arguments() {
  std::string branches;
  for (const Command& command : Commands()) {
    int position = 0;
    for (const Argument& argument : command.arguments) {
      const std::string at = argument.repeated ? absl::StrCat(ShellQuoted(command.name + " "), "*")
                                               : ShellQuoted(absl::StrCat(command.name, " ", ++position));
      absl::StrAppend(&branches, Branch(at, absl::StrCat("fitting=", Array(FittingFor(command, argument)))));
    }
  }
  return Choosing("What fits as argument $2 of command $1, from 1; false if there is no such argument.",
                  "_hansa_argument", "\"$1 $2\"", branches);
}

// Of all commands, but for those that `command` has itself by the same name.
std::vector<std::string> GlobalNames(const std::vector<std::string>& own) {
  std::vector<std::string> names;
  for (const Option& option : GlobalOptions()) {
    if (std::find(own.begin(), own.end(), option.name) == own.end()) names.push_back(option.name);
  }
  names.emplace_back("--help");
  return names;
}

std::string Options() {
  std::string branches = Branch("''", absl::StrCat("global=(", Listed(GlobalNames({})), " --version)"));
  for (const Command& command : Commands()) {
    std::vector<std::string> own;
    for (const Option& option : command.options) own.push_back(option.name);
    absl::StrAppend(&branches, Branch(ShellQuoted(command.name),
                                      absl::StrCat("own=(", Listed(own), ") global=(", Listed(GlobalNames(own)), ")")));
  }
  return Choosing("The options of command $1; false if there is no such command.", "_hansa_options", "$1", branches);
}

}  // namespace

std::string ShellQuoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::string BashCompletion() {
  return absl::StrCat("# Completion of hansa for bash; `hansa completion bash` made it.\n", FirstWordsAndSeconds(),
                      OptionValues(), Arguments(), Options(), kFixed);
}

}  // namespace hansa::node::cli
