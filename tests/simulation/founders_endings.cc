// What ends something: feeds, memberships, payloads. Written as protobuf, since the core has no structs for the ends
// yet that it would encode.
#include "hansa/v1/roster.pb.h"
#include "replication/collections.h"
#include "tests/simulation/founders.h"

namespace hansa::simulation {

using replication::Bytes;

namespace {

constexpr std::uint16_t kOrderItem = 2;
constexpr std::uint16_t kApprovalsItem = 3;
constexpr replication::Kind kErasureOrder{257};

void Write(const Founders::Ends& ends, google::protobuf::RepeatedPtrField<v1::Seal>& seals) {
  for (const auto& [collection, end] : ends) {
    v1::Seal& seal = *seals.Add();
    seal.set_collection(collection.value());
    seal.set_len(end.len.value());
    seal.set_head(end.head.str());
    seal.set_author_sig(end.signature.str());
  }
}

}  // namespace

RosterEntry Founders::Seals(replication::Member member, replication::Incarnation incarnation, const Ends& ends) const {
  v1::SealList list;
  list.set_member(member.value());
  list.set_incarnation(incarnation.value());
  Write(ends, *list.mutable_seals());
  return {replication::roster_kind::kSeal, list.SerializeAsString(), true};
}

RosterEntry Founders::Revocation(replication::Member member, bool is_compromised, const Ends& ends) const {
  v1::Revoke revoke;
  revoke.set_member(member.value());
  revoke.set_reason(is_compromised ? v1::Revoke::REASON_COMPROMISED : v1::Revoke::REASON_RETIRED);
  Write(ends, *revoke.mutable_seals());
  return {replication::roster_kind::kRevoke, revoke.SerializeAsString(), true};
}

RosterEntry Founders::Suspension(replication::Member member, bool ends) const {
  v1::Standing standing;
  standing.set_member(member.value());
  return {ends ? replication::roster_kind::kResume : replication::roster_kind::kSuspend, standing.SerializeAsString(),
          true};
}

replication::NewEntry Founders::Order(const replication::FeedId& feed, replication::Sequence seq,
                                      const replication::Hash& entry_hash, bool is_approved) {
  constexpr std::uint16_t kMistake = 3;
  replication::NewEntry order;
  order.kind = kErasureOrder;
  order.record = chance_.Bytes<replication::RecordId>();
  const Bytes what =
      replication::ByteWriter().Raw(feed.view()).U64(seq.value()).Raw(entry_hash.view()).U16(kMistake).bytes();
  order.ext.push_back({kOrderItem, what});
  if (is_approved) {
    const replication::Statement approval =
        replication::SignStatement(crypto(), network(), replication::StatementType::kApproval, *officer_,
                                   replication::ApprovalBody(crypto(), order.kind, order.record, what));
    order.ext.push_back({kApprovalsItem, approval.signer.str() + approval.signature.str()});
  }
  return order;
}

}  // namespace hansa::simulation
