// What was published last, as a file for readers of web feeds and for a city's website.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/output_file.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<std::string> FormOf(const std::string& file) {
  const std::string ending = absl::AsciiStrToLower(std::filesystem::path(file).extension().string());
  if (ending == ".atom" || ending == ".xml") return std::string("atom");
  if (ending == ".json") return std::string("json");
  return absl::InvalidArgumentError(
      absl::StrCat("the ending of ", domain::Quoted(file),
                   " names no form of a feed; write a file that ends in .atom, .xml or .json"));
}

absl::StatusOr<int> WebFeed(Invocation& invocation) {
  const Values& values = invocation.values();
  const words::Words words = invocation.words();
  const std::string file = values.Text("-o");
  absl::StatusOr<std::string> form = FormOf(file);
  HANSA_RETURN_IF_ERROR(form.status());
  v1::MakeWebFeedRequest request;
  request.set_form(*std::move(form));
  request.set_member(values.Text("--member"));
  for (const std::string& kind : values.Texts("--kind")) request.add_kinds(kind);
  request.set_feature(values.Text("--feature"));
  request.set_action(values.Text("--action"));
  request.set_address(values.Text("--address"));
  request.set_own_address(values.Text("--feed-address"));
  request.set_limit(values.Number("--limit").value_or(0));
  request.set_language(invocation.language());
  request.set_with_muted(values.Has("--with-muted"));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::MakeWebFeedReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  absl::StatusOr<OutputFile> output = OutputFile::Begin(file);
  HANSA_RETURN_IF_ERROR(output.status());
  HANSA_RETURN_IF_ERROR(output->Add(reply.content()));
  HANSA_RETURN_IF_ERROR(output->Done());
  const nlohmann::ordered_json json = {{"file", file},
                                       {"title", reply.title()},
                                       {"media_type", reply.media_type()},
                                       {"records", reply.records()},
                                       {"bytes", reply.content().size()},
                                       {"muted", reply.muted()}};
  invocation.Report(
      json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n",
      absl::StrCat(words("'{0}' written to {1}", reply.title(), file), "\n", MutedLine(reply.muted(), words)));
  return kDone;
}

}  // namespace

std::vector<Command> WebFeedCommands() {
  constexpr std::uint32_t kRecordsMax = 500;
  return {{.name = "webfeed",
           .summary = "what was published last, as a feed for readers and websites",
           .details =
               "The newest first, each record under an id that stays the same on every node and for ever. The ending "
               "of the file says its form: .atom or .xml for Atom, .json for JSON Feed. Write it where a web server "
               "shows it, and write it again as often as it is to be new.",
           .example = "hansa webfeed --member gb-bristol --kind practice --address https://learning.example.org -o "
                      "practices.atom",
           .options = {{.name = "-o", .value = "FILE", .help = "ends in .atom, .xml or .json", .need = Need::kRequired},
                       {.name = "--member", .value = "MEMBER", .help = "of one member alone; its slug"},
                       {.name = "--kind",
                        .value = "KIND",
                        .help = "practice, offer, strategy, guidance, opportunity, call, recognition, cluster, topic "
                                "or question; without it all but the last two",
                        .repeated = true},
                       {.name = "--feature", .value = "FEATURE", .help = "about one key feature, such as 2.1.3"},
                       {.name = "--action", .value = "ACTION", .help = "about one action point, such as BD1.2"},
                       {.name = "--address",
                        .value = "URL",
                        .help = "of the page on which the records are read; without it the texts have no links"},
                       {.name = "--feed-address", .value = "URL", .help = "where the file itself is read"},
                       {.name = "--limit",
                        .value = "N",
                        .help = "so many records at the most; 50 if it is not given",
                        .number = NumberRange{1, kRecordsMax}},
                       WithMutedOption()},
           .run = WebFeed}};
}

}  // namespace hansa::node::cli
