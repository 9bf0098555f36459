#include "node/cli/command_words.h"

#include <cstddef>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"

namespace hansa::node::cli {
namespace {

std::string FirstWord(const std::string& name) { return name.substr(0, name.find(' ')); }
std::string SecondWord(const std::string& name) {
  const std::size_t space = name.find(' ');
  return space == std::string::npos ? std::string() : name.substr(space + 1);
}

std::vector<std::string> FirstWords() {
  std::set<std::string> words;
  for (const Command& command : Commands()) words.insert(FirstWord(command.name));
  return {words.begin(), words.end()};
}

// The whole names of commands whose second word is `word`: `hansa import` means one of them.
std::vector<std::string> CommandsEndingIn(const std::string& word) {
  std::vector<std::string> names;
  for (const Command& command : Commands()) {
    if (SecondWord(command.name) == word) names.push_back(command.name);
  }
  return names;
}

bool TakesValue(const std::string& word) {
  for (const Option& option : GlobalOptions()) {
    if (option.name == word) return !option.value.empty();
  }
  return false;
}

// Index of the next word that is no flag and no value of one, from `from` on.
std::size_t NextPlain(const std::vector<std::string>& words, std::size_t from) {
  for (std::size_t i = from; i < words.size(); ++i) {
    if (words[i].empty() || words[i][0] != '-') return i;
    if (TakesValue(words[i])) ++i;
  }
  return words.size();
}

absl::Status NoSuchCommand(const std::string& word) {
  const std::vector<std::string> ending = CommandsEndingIn(word);
  std::string meant = ending.empty() ? domain::Nearest(word, FirstWords()) : ending.front();
  return absl::InvalidArgumentError(absl::StrCat(
      "there is no command ", domain::Quoted(word), "; ",
      meant.empty() ? std::string("`hansa help` lists them") : absl::StrCat("did you mean `hansa ", meant, "`?")));
}

absl::Status NoSuchCommandIn(const std::string& group, const std::string& word) {
  const std::vector<std::string> there = CommandsIn(group);
  const std::string meant = domain::Nearest(word, there);
  return absl::InvalidArgumentError(
      absl::StrCat("there is no command ", domain::Quoted(absl::StrCat(group, " ", word)), "; ",
                   meant.empty() ? absl::StrCat("there are: ", absl::StrJoin(there, ", "))
                                 : absl::StrCat("did you mean `hansa ", group, " ", meant, "`?")));
}

std::vector<std::string> Without(const std::vector<std::string>& words, std::size_t first, std::size_t second) {
  std::vector<std::string> others;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != first && i != second) others.push_back(words[i]);
  }
  return others;
}

}  // namespace

std::vector<std::string> CommandsIn(const std::string& group) {
  std::vector<std::string> second;
  for (const Command& command : Commands()) {
    if (FirstWord(command.name) == group && command.name != group) {
      second.push_back(SecondWord(command.name));
    }
  }
  return second;
}

absl::StatusOr<CommandWords> FindCommandWords(const std::vector<std::string>& words) {
  const std::size_t first = NextPlain(words, 0);
  if (first == words.size()) return CommandWords{.others = words};
  const std::string& word = words[first];
  if (const Command* command = FindCommand(word)) {
    return CommandWords{.command = command, .others = Without(words, first, first), .before = first};
  }
  if (CommandsIn(word).empty()) return NoSuchCommand(word);
  const std::size_t second = NextPlain(words, first + 1);
  if (second == words.size()) {
    return CommandWords{.group = word, .others = Without(words, first, first)};
  }
  const Command* command = FindCommand(absl::StrCat(word, " ", words[second]));
  if (command == nullptr) return NoSuchCommandIn(word, words[second]);
  return CommandWords{.command = command, .others = Without(words, first, second), .before = first};
}

}  // namespace hansa::node::cli
