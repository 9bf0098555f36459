// What becomes of members, as the secretariat decides it on the hub.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/member_life_texts.h"
#include "node/cli/roster_change.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Done(Invocation& invocation, const v1::RosterChangeReply& reply) {
  for (const std::string& warning : reply.warnings()) invocation.Warn(warning);
  invocation.Report(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

// The roster's key is enough for these: nobody is asked to approve.
template <typename Request>
absl::StatusOr<int> ChangeStanding(Invocation& invocation) {
  Request request;
  request.set_slug(invocation.values().Text("MEMBER"));
  request.set_note(invocation.values().Text("--note"));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::RosterChangeReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  return Done(invocation, reply);
}

absl::StatusOr<int> Revoke(Invocation& invocation) {
  const Values& values = invocation.values();
  if (values.Has("--retired") == values.Has("--compromised")) {
    return absl::InvalidArgumentError(
        "say why the membership ends: --retired for who leaves, --compromised for a key that is not trusted any more");
  }
  v1::RevokeMemberRequest request;
  request.set_slug(values.Text("MEMBER"));
  request.set_reason(values.Has("--retired") ? "retired" : "compromised");
  for (const std::string& end : values.Texts("--at")) request.add_ends(end);
  return MakeChange<v1::RosterChangeReply>(invocation, std::move(request), Done);
}

absl::StatusOr<int> Recoveries(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListRecoveriesReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListRecoveriesRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

// `request` with the member and the file that it sent.
template <typename Request>
absl::Status ReadInto(const Invocation& invocation, Request& request) {
  request.set_slug(invocation.values().Text("MEMBER"));
  const absl::StatusOr<std::string> file = invocation.Read(invocation.values().Text("--request"));
  HANSA_RETURN_IF_ERROR(file.status());
  request.set_request(*file);
  return absl::OkStatus();
}

absl::StatusOr<int> Reinstate(Invocation& invocation) {
  v1::ReinstateMemberRequest request;
  HANSA_RETURN_IF_ERROR(ReadInto(invocation, request));
  return MakeChange<v1::RosterChangeReply>(invocation, std::move(request), Done);
}

absl::StatusOr<int> Seal(Invocation& invocation) {
  v1::SealMemberRequest request;
  HANSA_RETURN_IF_ERROR(ReadInto(invocation, request));
  request.set_even_so(invocation.values().Has("--even-so"));
  return MakeChange<v1::RosterChangeReply>(invocation, std::move(request), Done);
}

}  // namespace

std::vector<Command> MemberLifeCommands() {
  const Argument member{"MEMBER", "its slug"};
  const Option note{
      .name = "--note", .value = "TEXT", .help = "a line for readers; it stays in the list of members for ever"};
  const Option request{.name = "--request",
                       .value = "FILE",
                       .help = "the request that the member's node wrote with `hansa recover`",
                       .need = Need::kRequired};
  return {
      {.name = "suspend",
       .summary = "set a member aside: others do not show what it publishes (the secretariat, on the hub)",
       .details = "Its feeds and its connections go on. Suspending it twice changes nothing.",
       .example = "hansa suspend gb-bristol --note 'its figures are being looked at' --data league/hub",
       .arguments = {member},
       .options = {note},
       .run = ChangeStanding<v1::SuspendMemberRequest>},
      {.name = "resume",
       .summary = "show a suspended member again (the secretariat, on the hub)",
       .example = "hansa resume gb-bristol --data league/hub",
       .arguments = {member},
       .options = {note},
       .run = ChangeStanding<v1::ResumeMemberRequest>},
      {.name = "revoke",
       .summary = "end a membership for good (the secretariat, on the hub)",
       .details =
           "What the member published up to the end of each feed stays valid for ever; what lies beyond is not "
           "taken or shown any more. Each feed ends where the hub holds it now, unless --at names an earlier "
           "entry at which its author signed. Takes officers' approvals: by their keys at hand (named, or beside "
           "the hub's folder), or as files; approvals hold for the ends that were proposed, also when the member "
           "has published more since. There is no way back: number and name are never given again.",
       .example = "hansa revoke gb-bristol --compromised --at indicators:12 --data league/hub",
       .arguments = {member},
       .options =
           WithApprovalOptions({{.name = "--retired", .help = "it leaves the network"},
                                {.name = "--compromised", .help = "its key is not trusted any more"},
                                {.name = "--at",
                                 .value = "COLLECTION:LEN",
                                 .help = "end this feed after entry LEN, such as practices:12; 0 for nothing of it",
                                 .repeated = true}}),
       .run = Revoke},
      {.name = "recoveries",
       .summary = "members whose older feeds have no end yet, and what to make sure of by telephone",
       .details = "After a disk loss a member asks for a new key with a file that `hansa recover` writes; once it is "
                  "reinstated it asks for the end of its older feeds.",
       .example = "hansa recoveries --data league/hub",
       .run = Recoveries},
      {.name = "reinstate",
       .summary = "let a member go on under the new key that it asks for (the secretariat, on the hub)",
       .details = "Call the member first: `hansa recoveries` says what to make sure of. Takes officers' approvals, "
                  "unless the key that the member has now consents. Doing it twice changes nothing.",
       .example = "hansa reinstate gb-bristol --request request.json --data league/hub",
       .arguments = {member},
       .options = WithApprovalOptions({request}),
       .run = Reinstate},
      {.name = "seal",
       .summary = "end the older feeds of a member that goes on under a new key (the secretariat, on the hub)",
       .details =
           "Until then the member cannot publish. The request is compared with what the hub holds: where the hub "
           "holds more than it lets stand, nothing is done, unless --even-so is given.",
       .example = "hansa seal gb-bristol --request request.json --data league/hub",
       .arguments = {member},
       .options = WithApprovalOptions(
           {request, {.name = "--even-so", .help = "although the hub holds more than the request lets stand"}}),
       .run = Seal},
  };
}

}  // namespace hansa::node::cli
