#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/feed_summaries.h"
#include "node/api/member_life_answers.h"
#include "node/domain/text.h"
#include "node/membership/seal_request.h"
#include "node/membership/seals.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

using replication::Hash;
using replication::IncarnationKeys;
using replication::MemberRecord;

// What a person who holds the roster's key makes sure of before an older feed gets its end.
constexpr const char* kChecks[] = {
    "call the member by a number that you had before, never one that came with a request: did its people ask for this?",
    "let them read out the new key that `hansa recover` showed them: is it the one here?",
    "if its machine was lost or copied: is the old one off for good?",
    "do its feeds end where the copies here end? what lies beyond an end is not shown any more",
};

absl::Status Put(const RunningNode& node, const NodeView& view, const MemberRecord& member, const IncarnationKeys& keys,
                 v1::OlderLife& out) {
  out.set_incarnation(keys.number.value());
  out.set_writer_key(keys.writer.hex());
  google::protobuf::RepeatedPtrField<v1::FeedSummary> feeds;
  HANSA_RETURN_IF_ERROR(ListFeedsOf(node, view, member.number, feeds));
  for (const v1::FeedSummary& feed : feeds) {
    if (feed.incarnation() == keys.number.value()) *out.add_feeds() = feed;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::ListRecoveriesRequest&, v1::ListRecoveriesReply& reply) {
  const NodeView view = parts.node.View();
  if (view.roster == nullptr) return absl::OkStatus();
  std::map<std::string, const MemberRecord*> by_slug;
  for (const auto& [number, member] : view.roster->state().members) by_slug[member.slug] = &member;
  for (const auto& [slug, member] : by_slug) {
    const std::vector<IncarnationKeys> unsealed = membership::UnsealedOf(*member, view.roster->state());
    if (unsealed.empty()) continue;
    v1::Recovery& out = *reply.add_recoveries();
    out.set_slug(slug);
    out.set_number(member->number.value());
    out.set_incarnation(member->present().number.value());
    out.set_writer_key(member->present().writer.hex());
    out.set_state(replication::MemberStateName(member->state));
    for (const IncarnationKeys& keys : unsealed) {
      HANSA_RETURN_IF_ERROR(Put(parts.node, view, *member, keys, *out.add_older()));
    }
  }
  for (const char* check : kChecks) reply.add_checks(check);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetOwnLifeRequest&, v1::GetOwnLifeReply& reply) {
  const NodeView view = parts.node.View();
  reply.set_slug(view.slug);
  reply.set_fence(FenceName(view.fence));
  reply.set_in_sync(view.in_sync);
  reply.set_state(view.state);
  const MemberRecord* member =
      view.roster == nullptr ? nullptr : view.roster->state().Find(absl::string_view(view.slug));
  if (member == nullptr) return absl::OkStatus();
  reply.set_number(member->number.value());
  reply.set_incarnation(member->present().number.value());
  reply.set_writer_key(member->present().writer.hex());
  reply.set_state(replication::MemberStateName(member->state));
  for (const IncarnationKeys& keys : member->incarnations) {
    if (keys.number != member->present().number) reply.add_earlier_writer_keys(keys.writer.hex());
  }
  const absl::StatusOr<std::vector<replication::SealList>> lists =
      membership::SealListsHeld(*member, *view.roster, parts.node.feeds());
  HANSA_RETURN_IF_ERROR(lists.status());
  for (const replication::SealList& list : *lists) reply.add_unsealed(replication::SealConsentBody(list));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::EndFeedsRequest&, v1::EndFeedsReply& reply) {
  const absl::StatusOr<std::uint64_t> ended = parts.node.EndFeeds();
  HANSA_RETURN_IF_ERROR(ended.status());
  reply.set_feeds(*ended);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ConfirmFeedRequest& request, v1::ConfirmFeedReply& reply) {
  const std::optional<replication::Collection> collection = replication::CollectionNamed(request.collection());
  if (!collection) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no collection ", domain::Quoted(request.collection()), "; `hansa feeds` lists them"));
  }
  const std::optional<Hash> head = Hash::FromHexText(request.head());
  if (!head || request.length() == 0) {
    return absl::InvalidArgumentError(
        "where a feed ends is a number of entries and the hash of the last, 64 hex digits");
  }
  HANSA_RETURN_IF_ERROR(parts.node.ConfirmFeed({*collection, replication::Sequence(request.length()), *head}));
  reply.set_fence(FenceName(parts.node.View().fence));
  return absl::OkStatus();
}

}  // namespace hansa::node::api
