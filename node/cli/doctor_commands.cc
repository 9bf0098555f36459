// What may be wrong with a node, its folder, its machine and its way to the others, and what to do about each.
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/doctor_texts.h"
#include "node/cli/exit_code.h"
#include "node/cli/folder_examination.h"
#include "node/cli/invocation.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "storage/files.h"

namespace hansa::node::cli {
namespace {

using replication::Pin;

// What the node said of itself, among what was found here.
StoreSeen Take(const v1::ExamineReply& reply, desk::Examination& examination) {
  for (const v1::ExamineCheck& check : reply.checks()) {
    examination.checks.push_back({check.name(), check.done(), check.why_not()});
  }
  for (const v1::ExamineFinding& finding : reply.findings()) {
    examination.findings.push_back(
        {finding.check(), desk::FindingLevelNamed(finding.level()), finding.what(), finding.remedy()});
  }
  StoreSeen seen;
  for (const v1::ClaimedTime& claim : reply.claimed()) {
    seen.claims.push_back({absl::FromUnixMillis(static_cast<std::int64_t>(claim.at_ms())), claim.member()});
  }
  seen.own = reply.member();
  seen.now = absl::FromUnixMillis(reply.now_ms());
  for (const std::string& hex : reply.hub_pins()) {
    if (const std::optional<Pin> pin = Pin::FromHexText(hex)) seen.hub_pins.insert(*pin);
  }
  return seen;
}

absl::Status AskNode(const Invocation& invocation, v1::ExamineReply& reply) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  return node->Ask(v1::ExamineRequest(), reply);
}

// A folder with a node in it, whatever state that is in.
absl::Status CheckIsNode(const std::string& folder) {
  const absl::StatusOr<Identity> identity = ReadIdentity(NodePaths(folder).identity);
  if (identity.ok() && identity->is_key_file()) {
    return absl::FailedPreconditionError(
        absl::StrCat(folder, " holds a key file, not a node; there is nothing to examine"));
  }
  // One that has lost only this file is examined.
  return absl::IsNotFound(identity.status()) && !storage::SpaceOf(folder).ok() ? identity.status() : absl::OkStatus();
}

// Asks the node, if one runs; else looks into its store.
StoreSeen ExamineNode(Invocation& invocation, const std::optional<std::string>& folder,
                      desk::Examination& examination) {
  v1::ExamineReply reply;
  const absl::Status answered = AskNode(invocation, reply);
  // That it answers with an error is no proof that it is well, but that it runs.
  const bool runs = !absl::IsUnavailable(answered);
  Judge(desk::NodeAnswer{folder.value_or("DIR"), runs ? absl::OkStatus() : answered, IsKeptOut(answered)}, examination);
  if (answered.ok()) return Take(reply, examination);
  if (!runs && folder) return ExamineStoppedStore(*folder, examination);
  for (const char* check : {desk::check::kChain, desk::check::kIndex, desk::check::kPeers, desk::check::kFence}) {
    examination.NotMade(check, answered.message());
  }
  return {};
}

absl::StatusOr<int> Doctor(Invocation& invocation) {
  const std::optional<std::string> folder = invocation.DataFolderIfNamed();
  if (folder) HANSA_RETURN_IF_ERROR(CheckIsNode(*folder));
  invocation.Progress(invocation.words()("checking everything that is held …"));
  desk::Examination examination;
  const StoreSeen seen = ExamineNode(invocation, folder, examination);
  ExamineClock(seen, examination);
  if (folder) {
    ExamineFolder(*folder, examination);
    ExamineHubs(*folder, seen.hub_pins, examination);
  } else {
    for (const char* check : {desk::check::kDisk, desk::check::kSpace, desk::check::kFiles, desk::check::kFormat,
                              desk::check::kSetAside, desk::check::kHub}) {
      examination.NotMade(check, "no data folder was named; give --data DIR");
    }
  }
  invocation.Show(JsonOf(examination), TextOf(examination, invocation.layout()));
  if (examination.Faults() == 0) return kDone;
  invocation.Complain(invocation.words().Counted(examination.Faults(),
                                                 "the doctor found {0} thing that is not as it should be",
                                                 "the doctor found {0} things that are not as they should be"));
  return kFailed;
}

}  // namespace

std::vector<Command> DoctorCommands() {
  return {
      {.name = "doctor",
       .summary = "what may be wrong with this node and its machine, each with what to do",
       .details =
           "With the node running or stopped, as the user it runs as. Looks at the disk (whether it is quick, slow, or "
           "says too soon that a write is safe), the room on it, who may read the folder and its keys, the clock, "
           "versions of files, every hash and signature held, the views against what was published, the neighbours, "
           "the way to the hub (and whether somebody opens the connection on the way), what was set aside after "
           "earlier damage, and whether the node may publish. Exits 1 if anything was found but notes, which "
           "tell what is another's to mend. A check that could not be made says why. Another member's machine that is "
           "off is no finding. Changes nothing.",
       .example = "hansa doctor && echo 'all is well'",
       .run = Doctor},
  };
}

}  // namespace hansa::node::cli
