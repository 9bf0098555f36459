// Clusters, themes that cities work on together; and what a member says that it took part in.
#include <cstdint>
#include <string>
#include <vector>

#include "hansa/v1/node_notices.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/notice_acts.h"
#include "node/cli/notice_json.h"
#include "node/cli/notice_texts.h"
#include "node/cli/publishing_acts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Add(Invocation& invocation) { return AddNotice(invocation, "cluster"); }
absl::StatusOr<int> List(Invocation& invocation) { return ListNotices(invocation, "cluster"); }

absl::StatusOr<int> Join(Invocation& invocation) {
  v1::JoinClusterRequest request;
  request.set_cluster(invocation.values().Text("ID"));
  request.set_joined_on(invocation.values().Text("--since"));
  request.set_note(invocation.values().Text("--note"));
  request.set_language(invocation.values().Text("--language"));
  return PublishedBy(invocation, request, Act::kJoined);
}

absl::StatusOr<int> Leave(Invocation& invocation) {
  v1::LeaveClusterRequest request;
  request.set_cluster(invocation.values().Text("ID"));
  return PublishedBy(invocation, request, Act::kLeft);
}

absl::StatusOr<int> TakePart(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::TakePartRequest request;
  request.set_event(values.Text("EVENT"));
  request.set_title(values.Text("--title"));
  request.set_starts_on(values.Text("--from"));
  request.set_ends_on(values.Text("--to"));
  request.set_participants(values.Number("--people").value_or(0));
  request.set_role(values.Text("--role"));
  request.set_outcome(values.Text("--outcome"));
  request.set_language(values.Text("--language"));
  for (const std::string& feature : values.Texts("--feature")) request.add_features(feature);
  for (const std::string& action : values.Texts("--action")) request.add_actions(action);
  request.set_revises(values.Text("--revises"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> ListTakenPart(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListTakenPartRequest request;
  request.set_event(invocation.values().Text("--event"));
  request.set_member(invocation.values().Text("--member"));
  v1::ListTakenPartReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> WithdrawTakenPart(Invocation& invocation) {
  v1::WithdrawTakenPartRequest request;
  request.set_id(invocation.values().Text("ID"));
  return PublishedBy(invocation, request, Act::kWithdrawn);
}

std::vector<Option> TakenPartOptions() {
  constexpr std::uint32_t kPeopleMax = 4'000'000'000;
  return {{.name = "--title", .value = "TEXT", .help = "what it was, where it has no record here"},
          {.name = "--from", .value = "DAY", .help = "first day, such as 2026-10-05"},
          {.name = "--to", .value = "DAY", .help = "last day"},
          {.name = "--people",
           .value = "N",
           .help = "how many people took part for the member",
           .number = NumberRange{1, kPeopleMax}},
          {.name = "--role", .value = "TEXT", .help = "in what part, such as host, speaker, guest; a role, no person"},
          {.name = "--outcome", .value = "TEXT", .help = "what was taken home"},
          {.name = "--language", .value = "TAG", .help = "language of these texts, such as ko"},
          {.name = "--feature",
           .value = "F",
           .help = "a feature that it served; may be given several times",
           .repeated = true},
          {.name = "--action",
           .value = "BDx.y",
           .help = "an action point that it served; may be given several times",
           .repeated = true},
          {.name = "--revises", .value = "ID", .help = "the record that this one replaces"}};
}

}  // namespace

std::vector<Command> ClusterCommands() {
  const Argument id{"ID", "record of a cluster, or its first 6 digits and more"};
  return {
      {.name = "clusters add",
       .summary = "publish a cluster: a theme that cities work on together",
       .details = "The secretariat, authorities and partners may, as the network's policy says; cities then join. "
                  "`hansa help files` shows a file. Revise it and take it back as any notice.",
       .example = "hansa clusters add literacy.json",
       .arguments = {{"FILE", "a JSON object, or Markdown with a TOML head; or '-'"}},
       .run = Add},
      {.name = "clusters list",
       .summary = "the clusters held, by first day and title",
       .example = "hansa clusters list --open",
       .options = NoticeFilters(),
       .run = List},
      {.name = "clusters show",
       .summary = "one cluster, the members that have joined it, and what belongs to it",
       .details = "Members are by name; practices, offers and opportunities by kind and title.",
       .example = "hansa clusters show 5fd8c16a9a30",
       .arguments = {id},
       .options = {NoticeRevisionOption()},
       .run = ShowNotice},
      {.name = "clusters join",
       .summary = "join a cluster: everyone in the network will see it",
       .details = "Joining anew with another day or note replaces what was said before.",
       .example = "hansa clusters join 5fd8c16a9a30 --note 'we bring our reading plan' --language en",
       .arguments = {id},
       .options = {{.name = "--since", .value = "DAY", .help = "since when; else from the day of publication"},
                   {.name = "--note", .value = "TEXT", .help = "what you want to give and to learn"},
                   {.name = "--language", .value = "TAG", .help = "language of the note, such as ko"}},
       .run = Join},
      {.name = "clusters leave",
       .summary = "leave a cluster; that you were in it stays readable",
       .example = "hansa clusters leave 5fd8c16a9a30",
       .arguments = {id},
       .run = Leave},
      {.name = "took-part add",
       .summary = "say that you took part in an event, an offer, a cluster or a topic",
       .details = "What has a record here is named by its id; else --title says what it was. Saying it again about the "
                  "same record replaces what was said before.",
       .example = "hansa took-part add 8d1366908b71 --from 2026-10-05 --role host --language en --feature 2.6.1",
       .arguments = {{"EVENT", "an opportunity, offer, cluster or topic, or its first 6 digits and more",
                      Need::kOptional}},
       .options = TakenPartOptions(),
       .run = TakePart},
      {.name = "took-part list",
       .summary = "who took part in what, by member and first day",
       .example = "hansa took-part list --member gb-bristol",
       .options = {{.name = "--event", .value = "ID", .help = "in this opportunity, offer, cluster or topic"},
                   {.name = "--member", .value = "MEMBER", .help = "said by this member; its slug"}},
       .run = ListTakenPart},
      {.name = "took-part withdraw",
       .summary = "take back that you took part; its history stays readable",
       .example = "hansa took-part withdraw 8d1366908b71",
       .arguments = {{"ID", "record of it, or its first 6 digits and more"}},
       .run = WithdrawTakenPart},
  };
}

}  // namespace hansa::node::cli
