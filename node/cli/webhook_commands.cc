// Hooks: programs of the city that are told by HTTP what is new on this node.
#include <string>
#include <vector>

#include "hansa/v1/node_webhooks.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/webhook_json.h"
#include "node/cli/webhook_texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Add(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::AddWebhookRequest request;
  request.set_url(values.Text("URL"));
  for (const std::string& name : values.Texts("--on")) request.add_on(name);
  for (const std::string& topic : values.Texts("--topic")) request.add_topics(topic);
  request.set_with_muted(values.Has("--with-muted"));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::AddWebhookReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  // The secret is asked for, so that --quiet does not leave it out.
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> List(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListWebhooksReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListWebhooksRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Remove(Invocation& invocation) {
  v1::RemoveWebhookRequest request;
  request.set_id(invocation.values().Text("ID"));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::RemoveWebhookReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Report(JsonOfRemoved(request.id(), reply.url()),
                    invocation.words()("hook {0} is told no more; its secret is destroyed", request.id()) + "\n");
  return kDone;
}

absl::StatusOr<int> Test(Invocation& invocation) {
  v1::TestWebhookRequest request;
  request.set_id(invocation.values().Text("ID"));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::TestWebhookReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(request.id(), reply), reply.taken() ? TextOf(reply, invocation.layout()) : "");
  if (reply.taken()) return kDone;
  invocation.Complain(invocation.words()("the test was not taken: {0}", reply.why_not()));
  return kFailed;
}

absl::StatusOr<int> Secret(Invocation& invocation) {
  if (!invocation.values().Has("--rotate")) {
    return absl::InvalidArgumentError(
        "the secret was shown when the hook was added, and is not shown again; make a new one with --rotate");
  }
  v1::RotateWebhookSecretRequest request;
  request.set_id(invocation.values().Text("ID"));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::RotateWebhookSecretReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(request.id(), reply), TextOf(reply, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> WebhookCommands() {
  const Argument id{"ID", "its 8 digits, as the list of hooks shows them"};
  return {
      {.name = "webhooks add",
       .summary = "tell another program by HTTP what is new here, signed",
       .details = "What `hansa news` tells from now on is sent to URL as JSON, a piece at a time and in order, and "
                  "again until "
                  "it is taken, for up to three days. The signature is that of Standard Webhooks, for which there are "
                  "libraries in most languages. The secret is shown once.",
       .example = "hansa webhooks add https://learning.example.org/hansa --on practices",
       .arguments = {{"URL", "https; or http within the city's own network"}},
       .options =
           {{.name = "--on",
             .value = "COLLECTION",
             .help = "only this collection: indicators, practices, offers, aggregates, reviews, notices, dialogue or "
                     "strategies; own: what your own member publishes, instead of news",
             .repeated = true},
            {.name = "--topic",
             .value = "TOPIC",
             .help = "only what is about a followed topic: its feature, its action point or its words",
             .repeated = true},
            WithMutedOption()},
       .run = Add},
      {.name = "webhooks list",
       .summary = "the hooks of this node, and how it goes with each",
       .example = "hansa webhooks list",
       .run = List},
      {.name = "webhooks remove",
       .summary = "tell a hook no more, and destroy its secret",
       .example = "hansa webhooks remove 5fd8c16a",
       .arguments = {id},
       .run = Remove},
      {.name = "webhooks test",
       .summary = "send a test to a hook now; a paused one goes on if it is taken",
       .example = "hansa webhooks test 5fd8c16a",
       .arguments = {id},
       .run = Test},
      {.name = "webhooks secret",
       .summary = "give a hook a new secret",
       .details = "What is sent is signed with the older secret as well for a day, so that nothing is lost meanwhile.",
       .example = "hansa webhooks secret 5fd8c16a --rotate",
       .arguments = {id},
       .options = {{.name = "--rotate", .help = "make a new secret and show it once"}},
       .run = Secret},
  };
}

}  // namespace hansa::node::cli
