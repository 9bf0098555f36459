#include "node/cli/man_pages.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "node/api/version.h"
#include "node/cli/command.h"
#include "node/cli/fitting.h"
#include "node/cli/help.h"
#include "node/cli/man_page.h"
#include "node/daemon/option_table.h"

namespace hansa::node::cli {
namespace {

constexpr int kCommands = 1;  // the section of what everybody types
constexpr int kDaemons = 8;   // of what whoever runs the machine does
constexpr char kProgramPage[] = "`hansa`(1)";
constexpr char kDaemonPage[] = "`hansad`(8)";

struct Making {
  const Layout& layout;
  const std::string& date;

  const words::Words& words() const { return layout.words; }
};

std::string NameOfPage(const Command& command) {
  return absl::StrCat("hansa-", absl::StrReplaceAll(command.name, {{" ", "-"}}));
}

ManPage Begun(const Making& making, const std::string& name, int section, const std::string& summary) {
  const words::Words& words = making.words();
  ManPage page({.name = name,
                .section = section,
                .date = making.date,
                .source = absl::StrCat("Hansa ", api::Version()),
                .volume = section == kCommands ? words("commands of Hansa") : words("programs of Hansa")});
  page.Heading(words("NAME"));
  page.Line(absl::StrCat(ManEscaped(name), " \\- ", ManEscaped(summary)));
  return page;
}

PageFile Finished(const Making& making, const std::string& name, int section, const ManPage& page) {
  const words::Language language = making.words().language();
  const std::string below = language == words::Language::kEnglish ? "" : absl::StrCat(LanguageTag(language), "/");
  return {.path = absl::StrCat(below, "man", section, "/", name, ".", section), .text = page.text()};
}

// What stays on one line.
constexpr char kGap[] = "\\ ";

// An option, or what stands for an argument, as a synopsis has it.
std::string Asked(const std::string& made, Need need, bool repeated) {
  const std::string all = absl::StrCat(made, repeated ? absl::StrCat(kGap, "…") : "");
  return need == Need::kRequired ? all : absl::StrCat("[", all, "]");
}

std::string Term(const std::string& name, const std::string& value) {
  return absl::StrCat(ManPage::Bold(name), value.empty() ? "" : absl::StrCat(kGap, ManPage::Slanted(value)));
}

std::string Synopsis(const Command& command) {
  std::vector<std::string> parts = {ManPage::Bold(absl::StrCat("hansa ", command.name))};
  for (const Argument& argument : command.arguments) {
    parts.push_back(Asked(ManPage::Slanted(argument.name), argument.need, argument.repeated));
  }
  for (const Option& option : command.options) {
    parts.push_back(Asked(Term(option.name, option.value), option.need, option.repeated));
  }
  return absl::StrJoin(parts, " ");
}

void AddOptions(const std::vector<Option>& options, const words::Words& words, ManPage& page) {
  for (const Option& option : options) page.Entry(Term(option.name, option.value), words(option.help));
}

// What `hansa help` says on `topic`, under a heading of its own.
void AddTopic(const Making& making, const std::string& heading, const std::string& topic, ManPage& page) {
  const absl::StatusOr<std::string> text = HelpOn(topic, making.layout);
  if (!text.ok()) return;
  page.Heading(heading);
  page.Verbatim(*text);
}

struct Reference {
  std::string name;
  int section = kCommands;
};

void AddSeeAlso(const std::vector<Reference>& others, const words::Words& words, ManPage& page) {
  page.Heading(words("SEE ALSO"));
  page.Line(absl::StrJoin(others, ", ", [](std::string* out, const Reference& other) {
    absl::StrAppend(out, ManPage::Bold(other.name), "(", other.section, ")");
  }));
}

// Those that begin with the same word; help, for one that is alone.
std::vector<Reference> Neighbours(const Command& command) {
  const std::string group = absl::StrCat(command.name.substr(0, command.name.find(' ')), " ");
  std::vector<Reference> found = {{"hansa"}, {"hansad", kDaemons}};
  for (const Command& other : Commands()) {
    if (other.name != command.name && absl::StartsWith(other.name, group)) found.push_back({NameOfPage(other)});
  }
  return found;
}

PageFile PageOf(const Making& making, const Command& command) {
  const words::Words& words = making.words();
  const std::string name = NameOfPage(command);
  ManPage page = Begun(making, name, kCommands, words(command.summary));
  page.Heading(words("SYNOPSIS"));
  page.Line(Synopsis(command));
  if (!command.details.empty()) {
    page.Heading(words("DESCRIPTION"));
    page.Paragraph(words(command.details));
  }
  if (!command.arguments.empty()) page.Heading(words("ARGUMENTS"));
  for (const Argument& argument : command.arguments) {
    page.Entry(ManPage::Slanted(argument.name), words(argument.help));
  }
  page.Heading(words("OPTIONS"));
  AddOptions(command.options, words, page);
  page.Paragraph(
      words("The options that every command takes, such as `--json`, and the exit codes are in {0}.", kProgramPage));
  page.Heading(words("EXAMPLE"));
  page.Verbatim(command.example);
  AddSeeAlso(Neighbours(command), words, page);
  return Finished(making, name, kCommands, page);
}

void AddSurroundings(const words::Words& words, ManPage& page) {
  page.Heading(words("ENVIRONMENT"));
  page.Entry(ManPage::Bold("HANSA_DATA"), words("The node's data folder, where no option names one."));
  page.Entry(ManPage::Bold("LC_ALL, LC_MESSAGES, LANG"),
             words("The language of answers, where `--lang` names none: the first of these that is set."));
  page.Entry(ManPage::Bold("NO_COLOR"), words("If it is set to anything, a terminal gets nothing in bold."));
  page.Heading(words("FILES"));
  page.Entry(ManPage::Slanted("~/.local/share/hansa"), words("The data folder, where nothing names another."));
  page.Entry(ManPage::Slanted("/var/lib/hansa"), words("The data folder of the machine, where this user has none."));
  page.Entry(ManPage::Slanted("DIR/run/hansa.sock"),
             words("In the data folder: the socket on which the running node answers its owner."));
  page.Entry(ManPage::Slanted("DIR/charter.json"),
             words("In the data folder: the charter, the public file that every member starts from."));
}

PageFile PageOfProgram(const Making& making) {
  const words::Words& words = making.words();
  ManPage page = Begun(making, "hansa", kCommands, words("ask and tell a node of a network of learning cities"));
  page.Heading(words("SYNOPSIS"));
  std::string synopsis = ManPage::Bold("hansa");
  for (const Option& option : GlobalOptions()) {
    absl::StrAppend(&synopsis, " ", Asked(Term(option.name, option.value), Need::kOptional, false));
  }
  page.Line(absl::StrCat(synopsis, " ", ManPage::Slanted(words("COMMAND")), " …"));
  page.Heading(words("DESCRIPTION"));
  page.Paragraph(
      words("Every member of a network of learning cities runs a node that owns its data: {0}. `hansa` is what people "
            "and scripts type to it. It asks the running node over a socket; founding a network, joining it and "
            "reading the framework need no node.",
            kDaemonPage));
  page.Heading(words("COMMANDS"));
  for (const Command& command : Commands()) page.Entry(ManPage::Bold(command.name), words(command.summary));
  page.Heading(words("OPTIONS"));
  page.Paragraph(words("They may stand before or after the command."));
  AddOptions(GlobalOptions(), words, page);
  AddOptions(ProgramOptions(), words, page);
  AddTopic(making, words("EXIT STATUS"), "exit-codes", page);
  AddTopic(making, words("OUTPUT FOR PROGRAMS"), "json", page);
  AddSurroundings(words, page);
  AddTopic(making, words("JOINING A NETWORK"), "joining", page);
  std::vector<Reference> others = {{"hansad", kDaemons}};
  for (const Command& command : Commands()) others.push_back({NameOfPage(command)});
  AddSeeAlso(others, words, page);
  return Finished(making, "hansa", kCommands, page);
}

PageFile PageOfDaemon(const Making& making) {
  const words::Words& words = making.words();
  ManPage page = Begun(making, "hansad", kDaemons, words("the node of one member of a network of learning cities"));
  page.Heading(words("SYNOPSIS"));
  std::string synopsis = ManPage::Bold("hansad");
  for (const DaemonOption& option : kDaemonOptions) {
    absl::StrAppend(&synopsis, " ", Asked(Term(option.name, option.value), Need::kOptional, false));
  }
  page.Line(synopsis);
  page.Heading(words("DESCRIPTION"));
  page.Paragraph(
      words("Keeps what its member publishes and what it was told to keep of others, exchanges it with other nodes, "
            "and answers {0} on a socket. It stays in the foreground and tells systemd when it is ready.",
            kProgramPage));
  page.Paragraph(
      words("SIGTERM and SIGINT end it in order, with exit code 0; a second signal ends it at once. A second node on "
            "the same data folder ends with exit code 1 and says who holds it."));
  page.Heading(words("OPTIONS"));
  for (const DaemonOption& option : kDaemonOptions) page.Entry(Term(option.name, option.value), words(option.help));
  AddOptions(ProgramOptions(), words, page);
  page.Heading(words("EXIT STATUS"));
  page.Entry("0", words("it was told to end, and did in order"));
  page.Entry("1", words("it could not start or go on; one line on standard error says why"));
  page.Entry("2", words("an option or the configuration makes no sense"));
  page.Heading(words("FILES"));
  page.Entry(ManPage::Slanted("DIR/run/endpoints.json"),
             words("The addresses in use, once the node is ready; gone when it has ended."));
  page.Entry(ManPage::Slanted("DIR/run/hansa.sock"), words("The socket on which it answers its owner."));
  page.Entry(ManPage::Slanted("DIR/log/hansad.log"), words("What it did, in the words of the protocol."));
  page.Entry(ManPage::Slanted("DIR/accounts"), words("Who may sign in on its page, and who did what there."));
  page.Heading(words("EXAMPLE"));
  page.Verbatim(kDaemonHelp.example);
  AddSeeAlso({{"hansa"}, {"hansa-init"}, {"hansa-network-found"}}, words, page);
  return Finished(making, "hansad", kDaemons, page);
}

}  // namespace

std::vector<PageFile> ManPages(const Layout& layout, const std::string& date) {
  const Making making{layout, date};
  std::vector<PageFile> pages = {PageOfProgram(making)};
  for (const Command& command : Commands()) pages.push_back(PageOf(making, command));
  pages.push_back(PageOfDaemon(making));
  return pages;
}

}  // namespace hansa::node::cli
