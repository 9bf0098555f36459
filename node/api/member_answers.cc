#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/api/feed_summaries.h"
#include "node/api/who.h"

namespace hansa::node::api {
namespace {

using replication::MemberRecord;

constexpr std::uint32_t kRosterEntriesAtOnce = 1'000;

void Put(const NodeView& view, const MemberRecord& member, v1::MemberSummary& out) {
  out.set_slug(member.slug);
  out.set_number(member.number.value());
  out.set_name(member.name);
  out.set_kind(replication::MemberKindName(member.kind));
  out.set_country(member.country);
  out.set_region(member.region);
  out.set_state(replication::MemberStateName(member.state));
  if (member.recommended_by) out.set_recommended_by(SlugOf(view, *member.recommended_by));
  for (const std::string& endpoint : member.endpoints) out.add_endpoints(endpoint);
  out.set_since(member.since.value());
  out.set_incarnation(member.present().number.value());
  out.set_writer_key(member.present().writer.hex());
  for (const replication::PublicKey& key : member.present().tls) out.add_tls_keys(key.hex());
}

// MEMBER_ADD for 2, as the schemas call it.
std::string RosterKindName(replication::Kind kind) {
  const std::string& name = v1::Kind_Name(static_cast<v1::Kind>(kind.value()));
  if (name.empty()) return absl::StrCat(kind.value());
  return std::string(absl::StripPrefix(name, "KIND_ROSTER_"));
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::ListMembersRequest&, v1::ListMembersReply& reply) {
  const NodeView view = parts.node.View();
  if (view.roster == nullptr) return absl::OkStatus();
  std::vector<const MemberRecord*> members;
  for (const auto& [number, member] : view.roster->state().members) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const MemberRecord* a, const MemberRecord* b) { return a->slug < b->slug; });
  for (const MemberRecord* member : members) Put(view, *member, *reply.add_members());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetMemberRequest& request, v1::GetMemberReply& reply) {
  const NodeView view = parts.node.View();
  const auto number = MemberCalled(view, request.slug());
  if (!number.ok()) return number.status();
  const MemberRecord* member = view.roster == nullptr ? nullptr : view.roster->state().Find(*number);
  if (member == nullptr) {
    return absl::NotFoundError("'roster' stands for the roster itself, which is no member; see `hansa roster log`");
  }
  Put(view, *member, *reply.mutable_member());
  return ListFeedsOf(parts.node, view, *number, *reply.mutable_feeds());
}

absl::Status Answer(ApiParts& parts, const v1::ListRosterEntriesRequest& request, v1::ListRosterEntriesReply& reply) {
  const NodeView view = parts.node.View();
  if (view.roster == nullptr) return absl::OkStatus();
  const std::vector<replication::RosterLine>& lines = view.roster->lines();
  reply.set_length(lines.size());
  const std::uint32_t asked = request.count_max() == 0 ? kRosterEntriesAtOnce : request.count_max();
  const std::size_t from = std::min<std::uint64_t>(request.after(), lines.size());
  const std::size_t to = std::min<std::uint64_t>(lines.size(), from + std::min(asked, kRosterEntriesAtOnce));
  for (std::size_t i = from; i < to; ++i) {
    const replication::RosterLine& line = lines[i];
    v1::RosterEntrySummary& out = *reply.add_entries();
    out.set_sequence(line.seq.value());
    out.set_kind(line.kind.value());
    out.set_kind_name(RosterKindName(line.kind));
    out.set_valid(line.valid);
    out.set_why_void(line.why_void);
    out.set_claimed_time_ms(line.claimed_time_ms);
    out.set_subject(line.subject);
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
