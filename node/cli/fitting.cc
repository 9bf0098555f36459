#include "node/cli/fitting.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "node/catalogue/current.h"

namespace hansa::node::cli {
namespace {

using Words = std::vector<std::string>;

// What a few commands ask for by words of their own.
struct Row {
  const char* name;   // of the command
  const char* asked;  // name of the argument or option
  Words words;
};

const std::vector<Row>& Rows() {
  static const auto* const rows = new std::vector<Row>{
      {.name = "init",
       .asked = "--kind",
       .words = {"city", "partner", "authority", "expert", "survey-agency", "secretariat"}},
      {.name = "follow",
       .asked = "COLLECTION",
       .words = {"indicators", "practices", "offers", "reviews", "dialogue", "notices", "strategies"}},
      {.name = "webhooks add",
       .asked = "--on",
       .words = {"indicators", "practices", "offers", "aggregates", "reviews", "dialogue", "notices", "strategies"}},
      {.name = "user add", .asked = "--role", .words = {"reader", "editor", "publisher", "administrator"}},
      {.name = "user role", .asked = "ROLE", .words = {"reader", "editor", "publisher", "administrator"}},
      {.name = "keep", .asked = "WHAT", .words = {"all", "followed"}},
      {.name = "offers list",
       .asked = "--state",
       .words = {"open", "closed", "past", "agreed", "concluded", "withdrawn"}},
      {.name = "offers reply", .asked = "--intent", .words = {"interested", "question", "answer"}},
      {.name = "offers conclude",
       .asked = "--how",
       .words = {"completed", "ended early", "continued otherwise", "filled", "without result"}},
      {.name = "erase", .asked = "--reason", .words = {"personal-data", "law", "mistake", "rights", "lost"}},
      {.name = "search",
       .asked = "--kind",
       .words = {"practice", "offer", "strategy", "guidance", "opportunity", "call", "recognition", "cluster", "topic",
                 "question"}},
      {.name = "notices add", .asked = "KIND", .words = {"guidance", "opportunity", "call", "recognition", "cluster"}},
      {.name = "notices list",
       .asked = "--kind",
       .words = {"guidance", "opportunity", "call", "recognition", "cluster"}},
      {.name = "mark",
       .asked = "MARK",
       .words = {"answered", "outdated", "disputed", "off-topic", "duplicate", "against-rules", "lifted"}},
      {.name = "completion", .asked = "SHELL", .words = {"bash", "zsh"}},
  };
  return *rows;
}

Words Features() {
  Words ids;
  for (const catalogue::Feature& feature : catalogue::CurrentCatalogue().features()) ids.push_back(feature.id);
  return ids;
}

Words Cells() {
  Words ids;
  for (const catalogue::Cell& cell : catalogue::CurrentCatalogue().cells()) ids.push_back(cell.id);
  return ids;
}

Words ActionPoints() {
  Words ids;
  for (const catalogue::Commitment& commitment : catalogue::CurrentCatalogue().commitments()) {
    for (const catalogue::ActionPoint& point : commitment.action_points) ids.push_back(point.id);
  }
  return ids;
}

// Parts, areas and features, and commitments and action points beside them.
Words Subjects() {
  const catalogue::Catalogue& all = catalogue::CurrentCatalogue();
  Words ids;
  for (const catalogue::Part& part : all.parts()) ids.push_back(part.id);
  for (const catalogue::Area& area : all.areas()) ids.push_back(area.id);
  for (const std::string& id : Features()) ids.push_back(id);
  for (const catalogue::Commitment& commitment : all.commitments()) ids.push_back(commitment.id);
  for (const std::string& id : ActionPoints()) ids.push_back(id);
  return ids;
}

// Whatever `hansa catalogue` shows: a row without a breakdown is its own cell.
Words CatalogueRows() {
  Words ids = Subjects();
  for (const catalogue::Measurement& row : catalogue::CurrentCatalogue().measurements()) ids.push_back(row.id);
  for (const std::string& cell : Cells()) {
    if (std::find(ids.begin(), ids.end(), cell) == ids.end()) ids.push_back(cell);
  }
  return ids;
}

Words Countries() {
  Words codes;
  for (const catalogue::Country& country : catalogue::KnownCountries().all()) codes.push_back(country.iso3);
  codes.emplace_back("INT");  // of no country
  return codes;
}

// The pages of help, and what it says of commands by their first word.
Words HelpTopics() {
  Words topics = FirstWords();
  for (const char* page : {"exit-codes", "json", "data", "files", "joining", "words"}) topics.emplace_back(page);
  return topics;
}

Fitting OneOf(Words words) { return {.kind = Fitting::Kind::kWords, .words = std::move(words)}; }

// `value` is what stands for it in the help: the same in all commands means the same.
Fitting ByValue(const std::string& value) {
  for (const char* file : {"FILE", "PATH", "APPLICATION", "PROPOSAL", "REPORT"}) {
    if (value == file) return {.kind = Fitting::Kind::kFile};
  }
  if (value == "DIR") return {.kind = Fitting::Kind::kFolder};
  if (value == "MEMBER") return {.kind = Fitting::Kind::kMember};
  if (value == "CELL") return OneOf(Cells());
  if (value == "ROW") return OneOf(CatalogueRows());
  if (value == "F") return OneOf(Features());
  if (value == "BDx.y") return OneOf(ActionPoints());
  if (value == "C" || value == "ISO3") return OneOf(Countries());
  if (value == "FEATURE") return OneOf(Features());
  if (value == "SUBJECT") return OneOf(Subjects());
  if (value == "AREA") {
    return OneOf({"city", "district", "town", "rural", "metropolitan-area", "region", "island", "other"});
  }
  if (value == "TOPIC") return OneOf(HelpTopics());
  if (value == "MORE") return {.kind = Fitting::Kind::kSecondWord};
  if (value.find('|') != std::string::npos) return OneOf(absl::StrSplit(value, '|'));
  return {};
}

Fitting Find(const std::string& command, const std::string& asked, const std::string& value) {
  for (const Row& row : Rows()) {
    if (command == row.name && asked == row.asked) return OneOf(row.words);
  }
  return ByValue(value);
}

}  // namespace

Fitting FittingFor(const Command& command, const Argument& argument) {
  return Find(command.name, argument.name, argument.name);
}

Fitting FittingFor(const Command& command, const Option& option) {
  return Find(command.name, option.name, option.value);
}

std::vector<std::string> FirstWords() {
  Words words;
  for (const Command& command : Commands()) {
    const std::string first = command.name.substr(0, command.name.find(' '));
    if (std::find(words.begin(), words.end(), first) == words.end()) words.push_back(first);
  }
  return words;
}

std::vector<Option> ProgramOptions() {
  return {{.name = "--help", .help = "say what a command does, and end"},
          {.name = "--version", .help = "say the program's version, and end"}};
}

}  // namespace hansa::node::cli
