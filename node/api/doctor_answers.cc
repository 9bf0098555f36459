// What only the running node can look at: what it holds, what it shows of it, whom it sees, whether it may publish.
#include <optional>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/desk/doctor_findings.h"
#include "node/desk/store_examination.h"
#include "node/desk/verifier.h"
#include "node/files/file_keeper.h"
#include "node/projection/views.h"
#include "node/webhooks/webhook_desk.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

void ExamineChain(const RunningNode& node, const replication::Roster& roster, desk::Examination& examination) {
  const absl::StatusOr<desk::VerifyReport> report = desk::VerifyHeld(node.feeds(), roster, std::nullopt);
  if (report.ok()) return Judge(*report, examination);
  desk::JudgeUnreadable(report.status(), examination);
}

void ExamineIndex(ApiParts& parts, const replication::Roster& roster, desk::Examination& examination) {
  absl::StatusOr<projection::IndexDifference> found = parts.views.CompareWithFeeds(roster);
  // A feed that was cut a moment ago differs until the views have been built again, which is under way.
  if (found.ok() && found->differing() > 0) {
    const absl::Status read = parts.node.AwaitViews();
    found = read.ok() ? parts.views.CompareWithFeeds(roster) : read;
  }
  if (!found.ok()) return examination.NotMade(desk::check::kIndex, found.status().message());
  Judge(*found, examination);
}

void Put(const desk::Examination& examination, v1::ExamineReply& reply) {
  for (const desk::Check& check : examination.checks) {
    v1::ExamineCheck& out = *reply.add_checks();
    out.set_name(check.name);
    out.set_done(check.done);
    out.set_why_not(check.why_not);
  }
  for (const desk::Finding& finding : examination.findings) {
    v1::ExamineFinding& out = *reply.add_findings();
    out.set_check(finding.check);
    out.set_level(desk::FindingLevelName(finding.level));
    out.set_what(finding.what);
    out.set_remedy(finding.remedy);
  }
}

void Put(const std::vector<desk::ClockFacts::Claim>& claims, v1::ExamineReply& reply) {
  for (const desk::ClockFacts::Claim& claim : claims) {
    const auto at_ms = static_cast<std::uint64_t>(absl::ToUnixMillis(claim.at));
    v1::ClaimedTime& out = *reply.add_claimed();
    out.set_member(claim.member);
    out.set_at_ms(at_ms);
    if (reply.newest_claimed_ms() >= at_ms) continue;
    reply.set_newest_claimed_ms(at_ms);
    reply.set_newest_claimed_by(claim.member);
  }
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::ExamineRequest&, v1::ExamineReply& reply) {
  const NodeView view = parts.node.View();
  desk::Examination examination;
  reply.set_member(view.slug);
  reply.set_now_ms(absl::ToUnixMillis(absl::Now()));
  if (view.roster == nullptr) {
    const char* const no_roster = "the list of members has not come yet, so there is nothing to compare with";
    examination.NotMade(desk::check::kChain, no_roster);
    examination.NotMade(desk::check::kIndex, no_roster);
    desk::JudgePeers(view, {}, examination);
  } else {
    ExamineChain(parts.node, *view.roster, examination);
    ExamineIndex(parts, *view.roster, examination);
    desk::JudgePeers(view, desk::HubSlugs(*view.roster), examination);
    const auto claims = desk::NewestClaims(parts.node.feeds(), *view.roster);
    HANSA_RETURN_IF_ERROR(claims.status());
    Put(*claims, reply);
    for (const replication::Pin& pin : desk::HubPins(*view.roster)) reply.add_hub_pins(pin.hex());
  }
  desk::JudgeAttachments(parts.file_keeper.Totals(), examination);
  desk::JudgeMended(view, examination);
  desk::JudgeFence(view, examination);
  if (parts.webhooks != nullptr) parts.webhooks->Judge(examination);
  Put(examination, reply);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
