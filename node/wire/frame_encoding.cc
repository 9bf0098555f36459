// The half of frame_codec.h that turns frames into bytes.
#include <cstdint>
#include <string>
#include <variant>

#include "absl/strings/ascii.h"
#include "hansa/v1/replication.pb.h"
#include "node/wire/frame_codec.h"

namespace hansa::node::wire {
namespace {

namespace core = hansa::replication;

void Put(const core::RosterPosition& position, v1::RosterPosition* out) {
  out->set_root_version(position.root_version);
  out->set_len(position.len.value());
  out->set_head(position.head.str());
}

void Put(const core::Credit& credit, v1::Credit* out) {
  out->set_live_bytes(credit.live_bytes);
  out->set_bulk_bytes(credit.bulk_bytes);
}

void Put(const core::Checkpoint& checkpoint, v1::Checkpoint* out) {
  out->set_feed_id(checkpoint.feed.str());
  out->set_len(checkpoint.len.value());
  out->set_head(checkpoint.head.str());
  out->set_sig(checkpoint.signature.str());
}

void Encode(const core::Hello& hello, v1::Frame* frame) {
  v1::Hello* out = frame->mutable_hello();
  out->set_protocol_min(hello.protocol_min);
  out->set_protocol_max(hello.protocol_max);
  out->set_network_id(hello.network.str());
  out->set_member(hello.member.value());
  out->set_incarnation(hello.incarnation.value());
  out->set_boot_id(hello.boot.str());
  for (const std::string& feature : hello.features) out->add_features(feature);
  Put(hello.roster, out->mutable_roster());
  out->set_interest(hello.interest.str());
  out->set_assumed_peer_interest(hello.assumed_peer_interest.str());
  out->set_predicted_root(hello.predicted_root.str());
  Put(hello.credit, out->mutable_credit());
}

void Encode(const core::RootWant& want, v1::Frame* frame) {
  frame->mutable_root_want()->set_from_version(want.from_version);
}

void Encode(const core::RootDocs& docs, v1::Frame* frame) {
  v1::RootDocs* out = frame->mutable_root_docs();
  for (const core::Bytes& document : docs.documents) out->add_documents(document);
}

void Encode(const core::Interest& interest, v1::Frame* frame) {
  v1::Interest* out = frame->mutable_interest();
  out->set_everything(interest.everything);
  for (const core::InterestRow& row : interest.rows) {
    v1::InterestRow* out_row = out->add_rows();
    out_row->set_collection(row.collection.value());
    out_row->set_all(row.all);
    for (const core::Member member : row.members) out_row->add_members(member.value());
  }
}

void Encode(const core::ScopeRoot& root, v1::Frame* frame) {
  frame->mutable_scope_root()->set_scope_id(root.scope.str());
  frame->mutable_scope_root()->set_root(root.root.str());
}

void Encode(const core::WrongScope& wrong, v1::Frame* frame) {
  Put(wrong.roster, frame->mutable_wrong_scope()->mutable_roster());
  frame->mutable_wrong_scope()->set_interest(wrong.interest.str());
}

void Encode(const core::TreeQuery& query, v1::Frame* frame) {
  v1::TreeQuery* out = frame->mutable_tree_query();
  out->set_scope_id(query.scope.str());
  out->set_flat(query.flat);
  for (const core::Bytes& path : query.paths) out->add_paths(path);
}

void Encode(const core::TreeReply& reply, v1::Frame* frame) {
  v1::TreeReply* out = frame->mutable_tree_reply();
  out->set_scope_id(reply.scope.str());
  for (const core::TreeReply::Node& node : reply.nodes) {
    v1::TreeNode* out_node = out->add_nodes();
    out_node->set_path(node.path);
    for (const core::TreeDigest& child : node.children) out_node->add_children(child.str());
  }
}

void Encode(const core::Rows& rows, v1::Frame* frame) {
  v1::Rows* out = frame->mutable_rows();
  out->set_scope_id(rows.scope.str());
  out->set_path(rows.path);
  for (const core::FeedRow& row : rows.rows) {
    v1::FeedRow* out_row = out->add_rows();
    out_row->set_feed_id(row.feed.str());
    out_row->set_len(row.len.value());
    out_row->set_head(row.head.str());
  }
  out->set_last(rows.last);
}

void Encode(const core::Want& want, v1::Frame* frame) {
  frame->mutable_want()->set_feed_id(want.feed.str());
  frame->mutable_want()->set_from(want.from.value());
}

void Encode(const core::WantNack& nack, v1::Frame* frame) {
  v1::WantNack* out = frame->mutable_want_nack();
  out->set_feed_id(nack.feed.str());
  out->set_from(nack.from.value());
  out->set_reason(static_cast<v1::NackReason>(nack.reason));
}

void Encode(const core::WantPayload& want, v1::Frame* frame) {
  v1::WantPayload* out = frame->mutable_want_payload();
  out->set_feed_id(want.feed.str());
  for (const core::Sequence seq : want.seqs) out->add_seqs(seq.value());
}

void Encode(const core::Payloads& payloads, v1::Frame* frame) {
  v1::Payloads* out = frame->mutable_payloads();
  out->set_feed_id(payloads.feed.str());
  for (const core::Payloads::Item& item : payloads.items) {
    v1::PayloadItem* out_item = out->add_items();
    out_item->set_seq(item.seq.value());
    out_item->set_salt(item.payload.salt.str());
    out_item->set_payload(item.payload.payload);
  }
}

void Encode(const core::UnitFrame& unit, v1::Frame* frame) { frame->set_unit(unit.unit); }

void Encode(const core::Have& have, v1::Frame* frame) {
  Put(have.checkpoint, frame->mutable_have()->mutable_checkpoint());
  frame->mutable_have()->set_unit(have.unit);
}

void Encode(const core::Ack& ack, v1::Frame* frame) {
  frame->mutable_ack()->set_feed_id(ack.feed.str());
  frame->mutable_ack()->set_durable_through(ack.durable_through.value());
}

void Encode(const core::Credit& credit, v1::Frame* frame) { Put(credit, frame->mutable_credit()); }

void Encode(const core::ForkWant& want, v1::Frame* frame) { frame->mutable_fork_want()->set_feed_id(want.feed.str()); }

void Encode(const core::FileWant& want, v1::Frame* frame) {
  v1::FileWant* out = frame->mutable_file_want();
  out->set_feed_id(want.feed.str());
  out->set_seq(want.seq.value());
  out->set_file(want.file.str());
  out->set_index(want.index);
}

void Encode(const core::FileChunk& chunk, v1::Frame* frame) {
  v1::FileChunk* out = frame->mutable_file_chunk();
  out->set_file(chunk.file.str());
  out->set_index(chunk.index);
  out->set_bytes(chunk.bytes);
}

void Encode(const core::ForkProof& proof, v1::Frame* frame) {
  v1::ForkProof* out = frame->mutable_fork_proof();
  Put(proof.a, out->mutable_a());
  Put(proof.b, out->mutable_b());
  for (const core::Bytes& header : proof.headers) out->add_headers(header);
}

void Encode(const core::Claim& claim, v1::Frame* frame) {
  frame->mutable_claim()->set_previous(claim.previous.str());
  frame->mutable_claim()->set_next(claim.next.str());
  frame->mutable_claim()->set_incarnation(claim.incarnation.value());
}

void Encode(const core::ClaimReply& reply, v1::Frame* frame) {
  frame->mutable_claim_reply()->set_next(reply.next.str());
  frame->mutable_claim_reply()->set_answer(static_cast<v1::ClaimAnswer>(reply.answer));
}

void Encode(const core::Ping& ping, v1::Frame* frame) {
  v1::Ping* out = frame->mutable_ping();
  out->set_nonce(ping.nonce);
  out->set_answer(ping.answer);
  Put(ping.roster, out->mutable_roster());
  if (!ping.scope.is_zero()) out->set_scope_id(ping.scope.str());
  if (!ping.root.is_zero()) out->set_root(ping.root.str());
}

// How many bytes the UTF-8 character at the front of `text` has; 0 if none stands there.
std::size_t CharacterBytes(absl::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<std::uint8_t>(text[i]) & 0xC0) != 0x80) return 0;
  }
  const auto second = static_cast<std::uint8_t>(text[1]);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool beyond = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : size;
}

std::string FittingDetail(absl::string_view detail) {
  std::string fitting;
  for (std::size_t n = 0; n < kCloseDetailCharactersMax && !detail.empty(); ++n) {
    const std::size_t size = CharacterBytes(detail);
    if (size == 0) {
      fitting.push_back('?');
      detail.remove_prefix(1);
    } else {
      fitting.append(detail.data(), size);
      detail.remove_prefix(size);
    }
  }
  return fitting;
}

void Encode(const core::CloseFrame& close, v1::Frame* frame) {
  v1::Close* out = frame->mutable_close();
  out->set_code(static_cast<v1::CloseCode>(close.code));
  out->set_detail(FittingDetail(close.detail));
  out->set_retry_after_s(close.retry_after_s);
}

}  // namespace

std::string EncodeFrame(const core::Frame& frame) {
  v1::Frame message;
  std::visit([&message](const auto& kind) { Encode(kind, &message); }, frame);
  return message.SerializeAsString();
}

std::size_t EncodedBytesMax(const core::Frame& frame) {
  const bool data = std::holds_alternative<core::UnitFrame>(frame) || std::holds_alternative<core::Have>(frame) ||
                    std::holds_alternative<core::Payloads>(frame) || std::holds_alternative<core::ForkProof>(frame) ||
                    std::holds_alternative<core::FileChunk>(frame);
  return data ? kDataFrameBytesMax : kControlFrameBytesMax;
}

}  // namespace hansa::node::wire
