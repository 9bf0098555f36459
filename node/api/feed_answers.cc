#include <optional>
#include <string>

#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/api/feed_summaries.h"
#include "node/api/who.h"
#include "node/desk/verifier.h"

namespace hansa::node::api {
namespace {

// nullopt where no member is named: all of them.
absl::StatusOr<std::optional<replication::Member>> Chosen(const NodeView& view, const std::string& slug) {
  if (slug.empty()) return std::optional<replication::Member>();
  const absl::StatusOr<replication::Member> member = MemberCalled(view, slug);
  if (!member.ok()) return member.status();
  return std::optional<replication::Member>(*member);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::ListFeedsRequest& request, v1::ListFeedsReply& reply) {
  const NodeView view = parts.node.View();
  const auto member = Chosen(view, request.member());
  if (!member.ok()) return member.status();
  return ListFeedsOf(parts.node, view, *member, *reply.mutable_feeds());
}

absl::Status Answer(ApiParts& parts, const v1::VerifyRequest& request, v1::VerifyReply& reply) {
  const NodeView view = parts.node.View();
  const auto member = Chosen(view, request.member());
  if (!member.ok()) return member.status();
  if (view.roster == nullptr) {
    return absl::FailedPreconditionError(
        "there is no roster here yet, so nothing to verify by; wait until a peer was reached");
  }
  const auto report = desk::VerifyHeld(parts.node.feeds(), *view.roster, *member);
  if (!report.ok()) return report.status();
  reply.set_feeds(report->feeds);
  reply.set_entries(report->entries);
  reply.set_bytes(report->bytes);
  reply.set_signatures(report->signatures);
  reply.set_ok(report->ok());
  for (const desk::VerifyProblem& problem : report->problems) {
    v1::VerifyProblem& out = *reply.add_problems();
    out.set_member(problem.member);
    out.set_collection(problem.collection);
    out.set_sequence(problem.sequence.value());
    out.set_what(problem.what);
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ReindexRequest&, v1::ReindexReply& reply) {
  const absl::StatusOr<std::uint64_t> entries = parts.node.Reindex();
  if (!entries.ok()) return entries.status();
  reply.set_entries(*entries);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
