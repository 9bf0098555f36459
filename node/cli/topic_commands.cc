// Topics to talk about: from files into the network, and what was said to them.
#include <string>
#include <utility>
#include <vector>

#include "hansa/v1/node_dialogue.pb.h"
#include "node/cli/command.h"
#include "node/cli/dialogue_acts.h"
#include "node/cli/dialogue_json.h"
#include "node/cli/dialogue_texts.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/notice_acts.h"
#include "node/cli/publishing_acts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Open(Invocation& invocation, const std::string& revises) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::OpenTopicRequest request;
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_revises(revises);
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Add(Invocation& invocation) { return Open(invocation, ""); }
absl::StatusOr<int> Revise(Invocation& invocation) { return Open(invocation, invocation.values().Text("ID")); }

absl::StatusOr<int> List(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const Values& values = invocation.values();
  v1::ListTopicsRequest request;
  request.set_feature(values.Text("--feature"));
  request.set_action(values.Text("--action"));
  request.set_member(values.Text("--member"));
  request.set_with_muted(values.Has("--with-muted"));
  v1::ListTopicsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> TopicCommands() {
  const Argument id{"ID", "record of a topic, or its first 6 digits and more"};
  const Argument file{"FILE", "a JSON object, or Markdown with a TOML head; or '-'"};
  return {
      {.name = "topics add",
       .summary = "open a topic to talk about: everyone in the network will see it",
       .details =
           "`hansa help files` shows a file. A record that it starts from stands in it by its id. Adding the same "
           "file twice changes nothing.",
       .example = "hansa topics add evenings.md",
       .arguments = {file},
       .run = Add},
      {.name = "topics list",
       .summary = "the topics held, by member and title",
       .example = "hansa topics list --feature 2.1.3",
       .options = {{.name = "--feature", .value = "F", .help = "about this feature, such as 2.1.3"},
                   {.name = "--action", .value = "BDx.y", .help = "about this action point, such as BD1.2"},
                   {.name = "--member", .value = "MEMBER", .help = "published by this member; its slug"},
                   WithMutedOption()},
       .run = List},
      {.name = "topics show",
       .summary = "one topic, and what was said to it",
       .example = "hansa topics show 5fd8c16a9a30",
       .arguments = {id},
       .options = {WithMutedOption()},
       .run = ShowThread},
      {.name = "topics revise",
       .summary = "publish a topic anew; earlier versions stay readable",
       .example = "hansa topics revise 5fd8c16a9a30 evenings.md --reason 'a clearer question'",
       .arguments = {id, file},
       .options = {{.name = "--reason", .value = "TEXT", .help = "why it is revised"}},
       .run = Revise},
      {.name = "topics withdraw",
       .summary = "take back a topic; its history stays readable",
       .example = "hansa topics withdraw 5fd8c16a9a30",
       .arguments = {id},
       .run = WithdrawWord},
  };
}

}  // namespace hansa::node::cli
