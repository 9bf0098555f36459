#include "node/cli/help.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/cli/arguments.h"
#include "node/cli/command_words.h"
#include "node/cli/dialogue_examples.h"
#include "node/cli/file_examples.h"
#include "node/cli/notice_examples.h"
#include "node/cli/text_width.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"

namespace hansa::node::cli {
namespace {

// A page is wrapped to it where there is no terminal.
constexpr std::size_t kPageColumns = 88;

// What all commands share, in the reader's language.
struct Page {
  const char* name;
  std::string summary;
  std::string text;
};

std::string Lines(const std::string& text, std::size_t columns) {
  std::string out;
  for (const std::string& line : Wrapped(text, columns)) absl::StrAppend(&out, line, "\n");
  return out;
}
std::string Lines(const std::string& text, const Layout& layout) {
  return Lines(text, static_cast<std::size_t>(layout.columns));
}

// Sentences, one after the other.
std::string Paragraph(const std::vector<std::string>& sentences, const Layout& layout) {
  const std::size_t columns = layout.columns > 0 ? static_cast<std::size_t>(layout.columns) : kPageColumns;
  return Lines(absl::StrJoin(sentences, " "), columns);
}

struct Term {
  std::string name;
  std::string value;
};

// What is typed, alike in every language.
struct Typed {
  const char* example;
};
constexpr Typed kSynopsis = {
    .example = "hansa [--data DIR | --socket PATH] COMMAND … [--json] [--quiet] [--verbose] [--lang en|ko]"};
constexpr Typed kError = {.example = "{\"error\":{\"code\":\"not_found\",\"exit\":3,\"message\":\"…\"}}"};
constexpr Typed kFirstCommand = {.example = "hansa status"};
constexpr Typed kWithoutNode = {.example =
                                    "`network found`, `init`, `apply`, `recommend`, `defer`, `approve`, `restore`, "
                                    "`key show`, `review rate`, `survey deliver`, `user`, `audit log`, `catalogue`, "
                                    "`completion`, `manual`, `help`"};

// Names in a column, what they mean beside them.
std::string Terms(const std::vector<Term>& terms) {
  std::size_t widest = 0;
  for (const Term& term : terms) widest = std::max(widest, WidthOf(term.name));
  std::string out;
  for (const Term& term : terms) {
    const std::string blank(widest - WidthOf(term.name) + 2, ' ');
    absl::StrAppend(&out, term.name, blank, term.value, "\n");
  }
  return out;
}

std::string ExitCodes(const words::Words& words) {
  return Terms(
      {{"0", words("done")},
       {"1", words("failed; also `status --check` when not up to date or the disk is full, `verify`, "
                   "`network verify-summary` and `partnerships --verify` when something is wrong, `doctor` when it "
                   "finds more than notes, and `webhooks test` when nobody took it")},
       {"2", words("usage: the command, an option or a value makes no sense")},
       {"3", words("not found: a file, a member, a cell; also `network verify-summary` when what it compares "
                   "with is not here")},
       {"4", words("refused by a rule; nothing was changed")},
       {"5", words("the node is not reachable")}});
}

std::string AboutJson(const Layout& layout) {
  const words::Words& words = layout.words;
  return absl::StrCat(
      Paragraph({words("Standard output holds one JSON object or array and nothing else, errors included:")}, layout),
      "  ", kError.example, "\n",
      Paragraph({words("Names and types are kept; fields may be added."), words("What is not given is null."),
                 words("Values of indicators are texts, kept as the city wrote them; counts and ages are numbers."),
                 words("Messages of errors and help are in the reader's language; all else is the same in each.")},
                layout));
}

std::string AboutData(const Layout& layout) {
  const words::Words& words = layout.words;
  return Paragraph({words("--data DIR names the node's data folder, --socket PATH its socket."),
                    words("Without them it is $HANSA_DATA, else .local/share/hansa of this user, else /var/lib/hansa."),
                    words("{0} need no running node.", kWithoutNode.example)},
                   layout);
}

std::string AboutJoining(const Layout& layout) {
  const words::Words& words = layout.words;
  return absl::StrCat(Terms({{words("1. The city:"), words("hansa init …, then hansa apply -o application.json")},
                             {.name = words("2. The authority:"),
                              .value = "hansa recommend application.json --reason … -o recommendation.json"},
                             {.name = words("3. The hub:"),
                              .value = "hansa admit application.json --recommendation recommendation.json"}}),
                      Paragraph({words("All others leave out step 2."),
                                 words("An authority needs officers' approvals: see hansa help admit.")},
                                layout));
}

std::string AboutFiles(const Layout& layout) {
  const words::Words& words = layout.words;
  return absl::StrCat(
      Paragraph({words("A record is one file: a JSON object, or Markdown with a head in TOML between lines of +++."),
                 words("The names of fields are the same in both forms; a title and its language are always needed.")},
                layout),
      "\n", Paragraph({words("A practice in Markdown:")}, layout), "\n", kPracticeExample.example, "\n",
      Paragraph({words("A practice in another language, for `hansa practices translate`:")}, layout), "\n",
      kTranslationExample.example, "\n", Paragraph({words("An offer in JSON:")}, layout), "\n", kOfferExample.example,
      "\n", Paragraph({words("A strategy or an action in Markdown:")}, layout), "\n", kStrategyExample.example, "\n",
      Paragraph({words("A report for review in Markdown:")}, layout), "\n", kReportExample.example, "\n",
      Paragraph({words("The result of a survey, which is JSON alone:")}, layout), "\n", kSurveyExample.example, "\n",
      Paragraph(
          {words("Guidance in Markdown, then an opportunity in JSON, a call for data, a cluster and a recognition; "
                 "`hansa notices add` takes each by its kind:")},
          layout),
      "\n", kGuidanceExample.example, "\n", kOpportunityExample.example, "\n", kCallExample.example, "\n",
      kClusterExample.example, "\n", kRecognitionExample.example, "\n",
      Paragraph({words("A topic to talk about in Markdown, for `hansa topics add`:")}, layout), "\n",
      kTopicExample.example, "\n",
      Terms(
          {{.name = "features, action_points", .value = words("what it is about; `hansa catalogue` lists them")},
           {"language", words("of the texts: a tag such as en, ko or pt-BR")},
           {.name = "source, licence", .value = words("where it comes from, and under which terms others may use it")},
           {"contact", words("role, office, web, mailbox, telephone: of an office, never the name of a person")},
           {"kind", words("exchange, study visit, project, expertise, funding, …, or in your own words")},
           {"partners", words("one or several")},
           {"status", words("historical: an account of the past; example: marked so wherever it is shown")},
           {"deadline", words("a day, then a time and its zone if you like; valid_until is the last day of all")},
           {.name = "due, begins, ends", .value = words("of notices, written as a deadline")},
           {.name = "audience",
            .value = words("of a notice: countries, regions, members by their slugs, words; without it, everyone")},
           {"clusters", words("of a practice, an offer or an opportunity: ids of clusters that it belongs to")},
           {.name = "translation_of, replaces",
            .value = words("of a notice: the id of the one that it says in another language, and, of guidance, of the "
                           "one whose place it takes")},
           {"cells", words("of a strategy: on whose series it is shown; without them, those of its features")},
           {"built_on", words("of a practice: practices of others that it builds on, by their ids, what was changed "
                              "and what came of it")},
           {"method", words("of a translation: people, machine-checked or machine; what is left out is shown from the "
                            "original")},
           {"about", words("of a topic: a record that it starts from, by its id")},
           {.name = "part_of, practices",
            .value = words("of a strategy: records by their ids, of the strategy that an action belongs to, and of "
                           "practices that tell more")}}),
      "\n",
      Paragraph({words("What does not fit is refused with the file, the line or field, and what to do; nothing is "
                       "signed then.")},
                layout));
}

std::string PlainWords(const words::Words& words) {
  return Terms(
      {{words("up to date as of 09:12"), words("in sync: the last comparison with every connected peer was equal")},
       {words("waiting for the hub before publishing"), words("the fence is locked")},
       {words("new key after disk loss"), words("a new incarnation")},
       {words("keeps everything"), words("the interest is in all; else in what is followed")},
       {words("entry"), words("one signed record in a feed")},
       {words("feed"), words("the signed log of one member's one collection")},
       {words("head"), words("the hash that a feed ends in")}});
}

std::vector<Page> Pages(const Layout& layout) {
  const words::Words& words = layout.words;
  return {{"exit-codes", words("what the exit code of every command says"), ExitCodes(words)},
          {"json", words("what --json promises"), AboutJson(layout)},
          {"data", words("which node a command talks to"), AboutData(layout)},
          {"joining", words("from application to member"), AboutJoining(layout)},
          {"files", words("records as files, with an example of each"), AboutFiles(layout)},
          {"words", words("the plain words and the protocol's own"), PlainWords(words)}};
}

std::string Options(const std::vector<Option>& options, const Layout& layout) {
  Table table({{layout.words("option")}, {layout.words("meaning")}});
  for (const Option& option : options) {
    table.Add({absl::StrCat(option.name, option.value.empty() ? "" : " ", option.value), layout.words(option.help)});
  }
  return table.Text(layout);
}

std::string CommandTable(const std::string& group, const Layout& layout) {
  Table table({{layout.words("command")}, {layout.words("what it does")}});
  for (const Command& command : Commands()) {
    if (group.empty() || absl::StartsWith(command.name, group + " ")) {
      table.Add({command.name, layout.words(command.summary)});
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
  for (const Page& page : Pages({})) topics.insert(page.name);
  return {topics.begin(), topics.end()};
}

}  // namespace

std::string Overview(const Layout& layout) {
  const words::Words& words = layout.words;
  Table pages({{words("topic")}, {words("about")}});
  for (const Page& page : Pages(layout)) pages.Add({page.name, page.summary});
  return absl::StrCat(words("usage: {0}", kSynopsis.example), "\n",
                      words("A node of a league of cities: what it holds, what it publishes, who is in it."), "\n\n",
                      CommandTable("", layout), "\n", pages.Text(layout), "\n",
                      words("`hansa help COMMAND` or `hansa help TOPIC` says more."), "\n",
                      words("example: {0}", kFirstCommand.example), "\n");
}

std::string HelpFor(const Command& command, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text = absl::StrCat(words("usage: {0}", UsageOf(command)), "\n", Lines(words(command.summary), layout));
  if (!command.details.empty()) absl::StrAppend(&text, Lines(words(command.details), layout));
  Table arguments({{words("argument")}, {words("meaning")}});
  for (const Argument& argument : command.arguments) arguments.Add({argument.name, words(argument.help)});
  if (!arguments.empty()) absl::StrAppend(&text, "\n", arguments.Text(layout));
  if (!command.options.empty()) absl::StrAppend(&text, "\n", Options(command.options, layout));
  return absl::StrCat(text, "\n", words("with every command:"), "\n", Options(GlobalOptions(), layout), "\n",
                      words("example: {0}", command.example), "\n");
}

absl::StatusOr<std::string> HelpOn(const std::string& topic, const Layout& layout) {
  if (topic.empty()) return Overview(layout);
  if (const Command* command = FindCommand(topic)) return HelpFor(*command, layout);
  std::string help;
  if (!CommandsIn(topic).empty()) {
    const std::string first = CommandsIn(topic).front();
    help = absl::StrCat(CommandTable(topic, layout), "\n", layout.words("example: hansa help {0} {1}", topic, first),
                        "\n");
  }
  for (const Page& page : Pages(layout)) {  // 'files' is both
    if (topic == page.name) absl::StrAppend(&help, help.empty() ? "" : "\n", page.text);
  }
  if (!help.empty()) return help;
  const std::string nearest = domain::Nearest(topic, Topics());
  return absl::NotFoundError(absl::StrCat("there is no help on ", domain::Quoted(topic), "; ",
                                          nearest.empty() ? std::string("`hansa help` lists commands and topics")
                                                          : absl::StrCat("did you mean `hansa help ", nearest, "`?")));
}

}  // namespace hansa::node::cli
