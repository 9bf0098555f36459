#include "node/cli/help.h"

#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/cli/command_words.h"
#include "node/cli/text_width.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"

namespace hansa::node::cli {
namespace {

struct Page {
  const char* name;
  const char* summary;
  const char* text;
};

constexpr Page kPages[] = {
    {"exit-codes", "what the exit code of every command says",
     "0  done\n"
     "1  failed; also `status --check` when not up to date, and `verify` when something is wrong\n"
     "2  usage: the command, an option or a value makes no sense\n"
     "3  not found: a file, a member, a cell\n"
     "4  refused by a rule; nothing was changed\n"
     "5  the node is not reachable\n"},
    {"json", "what --json promises",
     "Standard output holds one JSON object or array and nothing else, errors included:\n"
     "  {\"error\":{\"code\":\"not_found\",\"exit\":3,\"message\":\"…\"}}\n"
     "Names and types are kept; fields may be added. What is not given is null. Values of\n"
     "indicators are texts, kept as the city wrote them; counts and ages are numbers.\n"},
    {"data", "which node a command talks to",
     "--data DIR names the node's data folder, --socket PATH its socket. Without them it is\n"
     "$HANSA_DATA, else .local/share/hansa of this user, else /var/lib/hansa.\n"
     "`network found`, `init`, `apply`, `recommend`, `defer`, `approve`, `catalogue` and `help`\n"
     "need no running node.\n"},
    {"joining", "from application to member",
     "1. The city:       hansa init …, then hansa apply -o application.json\n"
     "2. The authority:  hansa recommend application.json --reason … -o recommendation.json\n"
     "3. The hub:        hansa admit application.json --recommendation recommendation.json\n"
     "All others leave out step 2. An authority needs officers' approvals: see hansa help admit.\n"},
    {"words", "the plain words and the protocol's own",
     "up to date as of 09:12               in sync: the last comparison with every connected\n"
     "                                     peer was equal\n"
     "waiting for the hub before publishing   the fence is locked\n"
     "a new key after disk loss            a new incarnation\n"
     "feed                                 the signed log of one member's one collection\n"
     "head                                 the hash that a feed ends in\n"},
};

std::string Usage(const Command& command) {
  std::string usage = absl::StrCat("hansa ", command.name);
  for (const Argument& argument : command.arguments) {
    absl::StrAppend(&usage, argument.need == Need::kRequired ? " " : " [", argument.name, argument.repeated ? "…" : "",
                    argument.need == Need::kRequired ? "" : "]");
  }
  for (const Option& option : command.options) {
    const std::string word = option.value.empty() ? option.name : absl::StrCat(option.name, " ", option.value);
    absl::StrAppend(&usage, " ", option.need == Need::kRequired ? word : absl::StrCat("[", word, "]"),
                    option.repeated ? "…" : "");
  }
  return usage;
}

std::string Options(const std::vector<Option>& options) {
  Table table({{"option"}, {"meaning"}});
  for (const Option& option : options) {
    table.Add({absl::StrCat(option.name, option.value.empty() ? "" : " ", option.value), option.help});
  }
  return table.Text({});
}

std::string Lines(const std::string& text, const Layout& layout) {
  std::string out;
  for (const std::string& line : Wrapped(text, static_cast<std::size_t>(layout.columns))) {
    absl::StrAppend(&out, line, "\n");
  }
  return out;
}

std::string CommandTable(const std::string& group, const Layout& layout) {
  Table table({{"command"}, {"what it does"}});
  for (const Command& command : Commands()) {
    if (group.empty() || absl::StartsWith(command.name, group + " ")) {
      table.Add({command.name, command.summary});
    }
  }
  return table.Text(layout);
}

std::vector<std::string> Topics() {
  std::set<std::string> topics;
  for (const Command& command : Commands()) {
    topics.insert(command.name);
    topics.insert(command.name.substr(0, command.name.find(' ')));
  }
  for (const Page& page : kPages) topics.insert(page.name);
  return {topics.begin(), topics.end()};
}

}  // namespace

std::string Overview(const Layout& layout) {
  Table pages({{"topic"}, {"about"}});
  for (const Page& page : kPages) pages.Add({page.name, page.summary});
  return absl::StrCat(
      "usage: hansa [--data DIR | --socket PATH] COMMAND … [--json] [--quiet] [--verbose] "
      "[--lang en|ko]\n"
      "A node of a league of cities: what it holds, what it publishes, who is in it.\n\n",
      CommandTable("", layout), "\n", pages.Text(layout),
      "\n`hansa help COMMAND` or `hansa help TOPIC` says more.\nexample: hansa status\n");
}

std::string HelpFor(const Command& command, const Layout& layout) {
  std::string text = absl::StrCat("usage: ", Usage(command), "\n", Lines(command.summary, layout));
  if (!command.details.empty()) absl::StrAppend(&text, Lines(command.details, layout));
  Table arguments({{"argument"}, {"meaning"}});
  for (const Argument& argument : command.arguments) arguments.Add({argument.name, argument.help});
  if (!arguments.empty()) absl::StrAppend(&text, "\n", arguments.Text(layout));
  if (!command.options.empty()) absl::StrAppend(&text, "\n", Options(command.options));
  return absl::StrCat(text, "\nwith every command:\n", Options(GlobalOptions()), "\nexample: ", command.example, "\n");
}

absl::StatusOr<std::string> HelpOn(const std::string& topic, const Layout& layout) {
  if (topic.empty()) return Overview(layout);
  if (const Command* command = FindCommand(topic)) return HelpFor(*command, layout);
  if (!CommandsIn(topic).empty()) {
    const std::string first = CommandsIn(topic).front();
    return absl::StrCat(CommandTable(topic, layout), "\nexample: hansa help ", topic, " ", first, "\n");
  }
  for (const Page& page : kPages) {
    if (topic == page.name) return std::string(page.text);
  }
  const std::string nearest = domain::Nearest(topic, Topics());
  return absl::NotFoundError(absl::StrCat("there is no help on ", domain::Quoted(topic), "; ",
                                          nearest.empty() ? std::string("`hansa help` lists commands and topics")
                                                          : absl::StrCat("did you mean `hansa help ", nearest, "`?")));
}

}  // namespace hansa::node::cli
