#include "node/cli/command.h"

#include <iterator>
#include <utility>

#include "absl/strings/numbers.h"
#include "node/domain/observation.h"

namespace hansa::node::cli {

std::string Values::Text(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second.back();
}

std::optional<std::uint32_t> Values::Number(const std::string& name) const {
  std::uint32_t number = 0;
  if (!Has(name) || !absl::SimpleAtoi(Text(name), &number)) return std::nullopt;
  return number;
}

std::vector<std::string> Values::Texts(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

const std::vector<Option>& GlobalOptions() {
  static const auto* const options = new std::vector<Option>{
      {.name = "--data", .value = "DIR", .help = "the node's data folder; else $HANSA_DATA, else the one found"},
      {.name = "--socket", .value = "PATH", .help = "the node's socket, where it is not in the data folder"},
      {.name = "--json", .help = "print one JSON value and nothing else, errors included"},
      {.name = "--quiet", .help = "print what was asked for and errors, no remarks"},
      {.name = "--verbose", .help = "details, in the words of the protocol"},
      {.name = "--lang", .value = "en|ko", .help = "language of what is said to you; else that of the environment"},
  };
  return *options;
}

const std::vector<Command>& Commands() {
  static const auto* const commands = [] {
    auto* all = new std::vector<Command>();
    for (auto group :
         {JoiningCommands,    MemberCommands,   MemberLifeCommands, RootCommands,      StatusCommands,
          FeedCommands,       DoctorCommands,   BackupCommands,     CatalogueCommands, IndicatorFileCommands,
          IndicatorCommands,  ProgressCommands, TargetCommands,     PlaceCommands,     StrategyCommands,
          ReportCommands,     WebFeedCommands,  WebhookCommands,    ReviewCommands,    SurveyCommands,
          SummaryCommands,    ExportCommands,   PracticeCommands,   FileCommands,      HolderCommands,
          SearchCommands,     NoticeCommands,   ClusterCommands,    TopicCommands,     DialogueCommands,
          FollowingCommands,  OfferCommands,    RecoveryCommands,   ErasureCommands,   UserCommands,
          CompletionCommands, HelpCommands}) {
      std::vector<Command> part = group();
      all->insert(all->end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
    }
    return all;
  }();
  return *commands;
}

const Command* FindCommand(absl::string_view name) {
  for (const Command& command : Commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

Option YearOption(std::string help, Need need) {
  return {.name = "--year",
          .value = "YEAR",
          .help = std::move(help),
          .need = need,
          .number = NumberRange{domain::kYearMin, domain::kYearMax}};
}

}  // namespace hansa::node::cli
