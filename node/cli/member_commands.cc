// Who is in the network, and letting somebody in.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/roster_change.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Members(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListMembersReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListMembersRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Member(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetMemberRequest request;
  request.set_slug(invocation.values().Text("MEMBER"));
  v1::GetMemberReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> RosterLog(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  std::vector<v1::RosterEntrySummary> log;
  for (bool more = true; more;) {
    v1::ListRosterEntriesRequest request;
    request.set_after(log.size());  // sequences begin anew where another key has taken the roster over
    v1::ListRosterEntriesReply reply;
    HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
    log.insert(log.end(), reply.entries().begin(), reply.entries().end());
    more = !reply.entries().empty() && log.size() < reply.length();
  }
  invocation.Show(JsonOf(log), TextOf(log, invocation.layout()));
  return kDone;
}

absl::Status ReadFiles(const Invocation& invocation, v1::AdmitRequest& request) {
  const Values& values = invocation.values();
  const absl::StatusOr<std::string> application = invocation.Read(values.Text("APPLICATION"));
  HANSA_RETURN_IF_ERROR(application.status());
  request.set_application(*application);
  if (values.Has("--recommendation")) {
    const auto recommendation = invocation.Read(values.Text("--recommendation"));
    HANSA_RETURN_IF_ERROR(recommendation.status());
    if (recommendation->empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(values.Text("--recommendation"), " is empty; give a recommendation file"));
    }
    request.set_recommendation(*recommendation);
  }
  return absl::OkStatus();
}

absl::StatusOr<int> Done(Invocation& invocation, const v1::AdmitReply& reply) {
  const words::Words words = invocation.words();
  const std::string sentence =
      reply.already()
          ? words("{0} is in the network already; nothing was changed", reply.slug())
          : words("done: {0} (roster entry {1})", Printable(words.Translated(reply.words())), reply.sequence());
  invocation.Report(JsonOf(reply), absl::StrCat(sentence, "\n"));
  return kDone;
}

absl::StatusOr<int> Admit(Invocation& invocation) {
  v1::AdmitRequest request;
  HANSA_RETURN_IF_ERROR(ReadFiles(invocation, request));
  return MakeChange<v1::AdmitReply>(invocation, std::move(request), Done);
}

}  // namespace

std::vector<Command> MemberCommands() {
  return {
      {.name = "admit",
       .summary = "admit an applicant to the network (the secretariat, on the hub)",
       .details = "A city needs the recommendation of its country's national authority. An authority or a further "
                  "secretariat node needs officers' approvals, an expert or a survey agency one of them: by their keys "
                  "at hand (named, or beside the hub's folder), or as files. Admitting somebody twice changes nothing.",
       .example = "hansa admit application.json --recommendation recommendation.json --data league/hub",
       .arguments = {{"APPLICATION", "the application file of the applicant"}},
       .options = WithApprovalOptions(
           {{.name = "--recommendation", .value = "FILE", .help = "of the national authority, for a city"}}),
       .run = Admit},
      {.name = "members",
       .summary = "who is in the network, by name",
       .example = "hansa members --json",
       .run = Members},
      {.name = "member",
       .summary = "one member, and what is held of it",
       .example = "hansa member gb-bristol",
       .arguments = {{"MEMBER", "its slug; this node's own if left out", Need::kOptional}},
       .run = Member},
      {.name = "roster log",
       .summary = "every entry of the roster, and whether it is valid",
       .example = "hansa roster log",
       .run = RosterLog},
  };
}

}  // namespace hansa::node::cli
