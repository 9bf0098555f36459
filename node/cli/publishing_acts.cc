#include "node/cli/publishing_acts.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "hansa/v1/node_records.pb.h"
#include "node/cli/exit_code.h"
#include "node/cli/folder_examination.h"
#include "node/cli/peer_learning_json.h"
#include "node/desk/doctor_findings.h"
#include "replication/check.h"

namespace hansa::node::cli {

namespace {

// Whose words the title of what is published is in.
enum class Title { kOfAuthor, kOurs };

absl::StatusOr<int> Published(Invocation& invocation, const google::protobuf::Message& request, Act act, Title title) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::PublishedRecord reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  v1::PublishedRecord in_words = reply;
  if (title == Title::kOurs) in_words.set_title(invocation.words().Translated(reply.title()));
  invocation.Report(JsonOf(reply), TextOf(in_words, act, invocation.layout()));
  for (const std::string& warning : reply.warnings()) invocation.Warn(warning);
  if (!reply.unchanged()) WarnOfClock(invocation);
  return kDone;
}

}  // namespace

absl::StatusOr<int> PublishedBy(Invocation& invocation, const google::protobuf::Message& request, Act act) {
  return Published(invocation, request, act, Title::kOfAuthor);
}

absl::StatusOr<int> PublishedUntitledBy(Invocation& invocation, const google::protobuf::Message& request, Act act) {
  return Published(invocation, request, act, Title::kOurs);
}

void WarnOfClock(Invocation& invocation) {
  const std::optional<desk::Finding> clock = desk::ClockTrouble(absl::Now(), BuiltOn());
  if (clock) invocation.Warn(absl::StrCat(clock->what, "; ", clock->remedy));
}

}  // namespace hansa::node::cli
