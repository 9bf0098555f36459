// Who is in the network, and letting somebody in.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"
#include "node/membership/admission.h"
#include "node/membership/proposal.h"
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
    request.set_after(log.empty() ? 0 : log.back().sequence());
    v1::ListRosterEntriesReply reply;
    HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
    log.insert(log.end(), reply.entries().begin(), reply.entries().end());
    more = !reply.entries().empty() && log.back().sequence() < reply.length();
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
  for (const std::string& file : values.Texts("--approval")) {
    const absl::StatusOr<std::string> approval = invocation.Read(file);
    HANSA_RETURN_IF_ERROR(approval.status());
    request.add_approvals(*approval);
  }
  return absl::OkStatus();
}

// The officers' keys at hand: those named, else those that a founding left beside the hub's folder.
std::vector<std::string> KeysAtHand(const Invocation& invocation) {
  std::vector<std::string> keys = invocation.values().Texts("--officer-key");
  const std::optional<std::string> folder = invocation.DataFolderIfNamed();
  if (keys.empty() && folder) keys = membership::OfficerKeysBeside(*folder);
  return keys;
}

// Signs here, so that no officer's key ever reaches the node.
absl::Status ApproveWith(const std::vector<std::string>& keys, const v1::AdmitReply& proposed,
                         v1::AdmitRequest& request) {
  for (const std::string& key : keys) {
    if (static_cast<std::uint32_t>(request.approvals_size()) >= proposed.approvals_needed()) break;
    const absl::StatusOr<std::string> approval =
        membership::ApproveFile({.proposal = proposed.proposal(), .officer_key_file = key});
    HANSA_RETURN_IF_ERROR(approval.status());
    request.add_approvals(*approval);
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

absl::StatusOr<int> WriteProposal(Invocation& invocation, const v1::AdmitReply& proposed) {
  const std::string& path = invocation.values().Text("-o");
  HANSA_RETURN_IF_ERROR(invocation.Write(path, proposed.proposal()));
  const words::Words words = invocation.words();
  const std::string sentence =
      words(proposed.approvals_needed() == 1 ? "wrote the proposal {0}: {1}; {2} approval needed"
                                             : "wrote the proposal {0}: {1}; {2} approvals needed",
            path, Printable(words.Translated(proposed.words())), Grouped(proposed.approvals_needed()));
  invocation.Report(JsonOf(WrittenFile{.form = "proposal", .path = path, .words = proposed.words()}),
                    absl::StrCat(sentence, "\n", words("nothing was changed"), "\n"));
  return kDone;
}

absl::StatusOr<int> Admit(Invocation& invocation) {
  v1::AdmitRequest request;
  HANSA_RETURN_IF_ERROR(ReadFiles(invocation, request));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  request.set_propose_only(true);
  v1::AdmitReply proposed;
  HANSA_RETURN_IF_ERROR(node->Ask(request, proposed));
  if (proposed.already()) return Done(invocation, proposed);
  if (invocation.values().Has("-o")) return WriteProposal(invocation, proposed);
  HANSA_RETURN_IF_ERROR(ApproveWith(KeysAtHand(invocation), proposed, request));
  request.set_propose_only(false);
  v1::AdmitReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  return Done(invocation, reply);
}

}  // namespace

std::vector<Command> MemberCommands() {
  return {
      {.name = "admit",
       .summary = "admit an applicant to the network (the secretariat, on the hub)",
       .details = "A city needs the recommendation of its country's national authority. An authority or a "
                  "further secretariat node needs officers' approvals: by their keys at hand (named, or beside "
                  "the hub's folder), or as files. Admitting somebody twice changes nothing.",
       .example = "hansa admit application.json --recommendation recommendation.json --data league/hub",
       .arguments = {{"APPLICATION", "the application file of the applicant"}},
       .options = {{.name = "--recommendation", .value = "FILE", .help = "of the national authority, for a city"},
                   {.name = "--approval", .value = "FILE", .help = "an officer's approval", .repeated = true},
                   {.name = "--officer-key",
                    .value = "FILE",
                    .help = "an officer's key to approve with; read here, not by the node",
                    .repeated = true},
                   {.name = "-o", .value = "PROPOSAL", .help = "write a proposal to approve, and change nothing"}},
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
