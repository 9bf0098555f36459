// The half of frame_codec.h that turns bytes into frames.
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/replication.pb.h"
#include "node/wire/field_taker.h"
#include "node/wire/frame_codec.h"
#include "node/wire/frame_shape.h"
#include "replication/files.h"

namespace hansa::node::wire {
namespace {

namespace core = hansa::replication;

constexpr std::uint32_t kUnitField = 14;
constexpr std::uint32_t kCollectionMax = 255;
constexpr int kTreeChildren = 16;

void Take(bool present, const v1::RosterPosition& in, FieldTaker* taker, core::RosterPosition* out) {
  if (!present) return taker->Refuse("roster", "is missing");
  out->root_version = in.root_version();
  out->len = core::Sequence(in.len());
  taker->Take(in.head(), "roster.head", &out->head);
}

void Take(bool present, const v1::Checkpoint& in, FieldTaker* taker, core::Checkpoint* out) {
  if (!present) return taker->Refuse("checkpoint", "is missing");
  taker->Take(in.feed_id(), "checkpoint.feed_id", &out->feed);
  out->len = core::Sequence(in.len());
  taker->Take(in.head(), "checkpoint.head", &out->head);
  taker->Take(in.sig(), "checkpoint.sig", &out->signature);
}

core::Credit CreditOf(const v1::Credit& in) { return {in.live_bytes(), in.bulk_bytes()}; }

absl::StatusOr<core::Frame> Decode(const v1::Hello& in) {
  FieldTaker taker("Hello");
  core::Hello out;
  out.protocol_min = in.protocol_min();
  out.protocol_max = in.protocol_max();
  taker.Take(in.network_id(), "network_id", &out.network);
  out.member = core::Member(in.member());
  out.incarnation = core::Incarnation(in.incarnation());
  taker.Take(in.boot_id(), "boot_id", &out.boot);
  taker.AtMost(in.features_size(), kFeaturesMax, "features");
  out.features.assign(in.features().begin(), in.features().end());
  Take(in.has_roster(), in.roster(), &taker, &out.roster);
  taker.Take(in.interest(), "interest", &out.interest);
  taker.Take(in.assumed_peer_interest(), "assumed_peer_interest", &out.assumed_peer_interest);
  taker.Take(in.predicted_root(), "predicted_root", &out.predicted_root);
  if (!in.has_credit()) taker.Refuse("credit", "is missing");
  out.credit = CreditOf(in.credit());
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::RootWant& in) { return core::Frame(core::RootWant{in.from_version()}); }

absl::StatusOr<core::Frame> Decode(const v1::RootDocs& in) {
  return core::Frame(core::RootDocs{{in.documents().begin(), in.documents().end()}});
}

absl::StatusOr<core::Frame> Decode(const v1::Interest& in) {
  FieldTaker taker("Interest");
  core::Interest out;
  out.everything = in.everything();
  taker.AtMost(in.rows_size(), kCollectionMax + 1, "rows");
  for (const v1::InterestRow& row : in.rows()) {
    if (row.collection() > kCollectionMax) taker.Refuse("rows.collection", "is above 255");
    core::InterestRow& out_row = out.rows.emplace_back();
    out_row.collection = core::Collection(static_cast<std::uint16_t>(row.collection()));
    out_row.all = row.all();
    for (const std::uint32_t member : row.members()) out_row.members.emplace_back(member);
  }
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::ScopeRoot& in) {
  FieldTaker taker("ScopeRoot");
  core::ScopeRoot out;
  taker.Take(in.scope_id(), "scope_id", &out.scope);
  taker.Take(in.root(), "root", &out.root);
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::WrongScope& in) {
  FieldTaker taker("WrongScope");
  core::WrongScope out;
  Take(in.has_roster(), in.roster(), &taker, &out.roster);
  taker.Take(in.interest(), "interest", &out.interest);
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::TreeQuery& in) {
  FieldTaker taker("TreeQuery");
  core::TreeQuery out;
  taker.Take(in.scope_id(), "scope_id", &out.scope);
  out.flat = in.flat();
  taker.AtMost(in.paths_size(), kTreePathsMax, "paths");
  for (const std::string& path : in.paths()) taker.TakePath(path, &out.paths.emplace_back());
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::TreeReply& in) {
  FieldTaker taker("TreeReply");
  core::TreeReply out;
  taker.Take(in.scope_id(), "scope_id", &out.scope);
  taker.AtMost(in.nodes_size(), kTreePathsMax, "nodes");
  for (const v1::TreeNode& node : in.nodes()) {
    core::TreeReply::Node& out_node = out.nodes.emplace_back();
    taker.TakePath(node.path(), &out_node.path);
    if (node.children_size() != 0 && node.children_size() != kTreeChildren) {
      taker.Refuse("nodes.children", absl::StrCat("has ", node.children_size(), " digests instead of 16 or none"));
    }
    for (const std::string& child : node.children()) {
      taker.Take(child, "nodes.children", &out_node.children.emplace_back());
    }
  }
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::Rows& in) {
  FieldTaker taker("Rows");
  core::Rows out;
  taker.Take(in.scope_id(), "scope_id", &out.scope);
  taker.TakePath(in.path(), &out.path);
  taker.AtMost(in.rows_size(), kRowsMax, "rows");
  for (const v1::FeedRow& row : in.rows()) {
    core::FeedRow& out_row = out.rows.emplace_back();
    taker.Take(row.feed_id(), "rows.feed_id", &out_row.feed);
    out_row.len = core::Sequence(row.len());
    taker.Take(row.head(), "rows.head", &out_row.head);
  }
  out.last = in.last();
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::Want& in) {
  FieldTaker taker("Want");
  core::Want out;
  taker.Take(in.feed_id(), "feed_id", &out.feed);
  out.from = core::Sequence(in.from());
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::WantNack& in) {
  FieldTaker taker("WantNack");
  core::WantNack out;
  taker.Take(in.feed_id(), "feed_id", &out.feed);
  out.from = core::Sequence(in.from());
  out.reason = static_cast<core::NackReason>(in.reason());
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::WantPayload& in) {
  FieldTaker taker("WantPayload");
  core::WantPayload out;
  taker.Take(in.feed_id(), "feed_id", &out.feed);
  taker.AtMost(in.seqs_size(), kPayloadsMax, "seqs");
  for (const std::uint64_t seq : in.seqs()) out.seqs.emplace_back(seq);
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::Payloads& in) {
  FieldTaker taker("Payloads");
  core::Payloads out;
  taker.Take(in.feed_id(), "feed_id", &out.feed);
  taker.AtMost(in.items_size(), kPayloadsMax, "items");
  for (const v1::PayloadItem& item : in.items()) {
    core::Payloads::Item& out_item = out.items.emplace_back();
    out_item.seq = core::Sequence(item.seq());
    taker.Take(item.salt(), "items.salt", &out_item.payload.salt);
    out_item.payload.payload = item.payload();
    if (item.payload().empty() || item.payload().size() > core::kPayloadBytesMax) {
      taker.Refuse("items.payload",
                   absl::StrCat("has ", item.payload().size(), " bytes instead of 1 to ", core::kPayloadBytesMax));
    }
  }
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::Have& in) {
  FieldTaker taker("Have");
  core::Have out;
  Take(in.has_checkpoint(), in.checkpoint(), &taker, &out.checkpoint);
  out.unit = in.unit();
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::Ack& in) {
  FieldTaker taker("Ack");
  core::Ack out;
  taker.Take(in.feed_id(), "feed_id", &out.feed);
  out.durable_through = core::Sequence(in.durable_through());
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::ForkWant& in) {
  FieldTaker taker("ForkWant");
  core::ForkWant out;
  taker.Take(in.feed_id(), "feed_id", &out.feed);
  return taker.Result(out);
}

void TakeChunkIndex(std::uint32_t index, FieldTaker& taker, std::uint32_t* out) {
  if (index >= core::kChunksMax)
    taker.Refuse("index", absl::StrCat("is ", index, " instead of 0 to ", core::kChunksMax - 1));
  *out = index;
}

absl::StatusOr<core::Frame> Decode(const v1::FileWant& in) {
  FieldTaker taker("FileWant");
  core::FileWant out;
  taker.Take(in.feed_id(), "feed_id", &out.feed);
  out.seq = core::Sequence(in.seq());
  taker.Take(in.file(), "file", &out.file);
  TakeChunkIndex(in.index(), taker, &out.index);
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::FileChunk& in) {
  FieldTaker taker("FileChunk");
  core::FileChunk out;
  taker.Take(in.file(), "file", &out.file);
  TakeChunkIndex(in.index(), taker, &out.index);
  if (in.bytes().size() > core::kChunkBytes) {
    taker.Refuse("bytes",
                 absl::StrCat("has ", in.bytes().size(), " bytes, and at most ", core::kChunkBytes, " are allowed"));
  }
  out.bytes = in.bytes();
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::ForkProof& in) {
  FieldTaker taker("ForkProof");
  core::ForkProof out;
  Take(in.has_a(), in.a(), &taker, &out.a);
  Take(in.has_b(), in.b(), &taker, &out.b);
  out.headers.assign(in.headers().begin(), in.headers().end());
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> Decode(const v1::Claim& in) {
  FieldTaker taker("Claim");
  core::Claim out;
  taker.Take(in.previous(), "previous", &out.previous);
  taker.Take(in.next(), "next", &out.next);
  out.incarnation = core::Incarnation(in.incarnation());
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::ClaimReply& in) {
  FieldTaker taker("ClaimReply");
  core::ClaimReply out;
  taker.Take(in.next(), "next", &out.next);
  out.answer = static_cast<core::ClaimAnswer>(in.answer());
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::Ping& in) {
  FieldTaker taker("Ping");
  core::Ping out;
  out.nonce = in.nonce();
  out.answer = in.answer();
  Take(in.has_roster(), in.roster(), &taker, &out.roster);
  taker.TakeUnlessEmpty(in.scope_id(), "scope_id", &out.scope);
  taker.TakeUnlessEmpty(in.root(), "root", &out.root);
  return taker.Result(out);
}

absl::StatusOr<core::Frame> Decode(const v1::Close& in) {
  FieldTaker taker("Close");
  core::CloseFrame out;
  out.code = static_cast<core::CloseCode>(in.code());
  out.detail = in.detail();
  out.retry_after_s = in.retry_after_s();
  const auto characters = std::count_if(out.detail.begin(), out.detail.end(),
                                        [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80; });
  if (static_cast<std::size_t>(characters) > kCloseDetailCharactersMax) {
    taker.Refuse("detail", absl::StrCat("has more than ", kCloseDetailCharactersMax, " characters"));
  }
  return taker.Result(std::move(out));
}

absl::StatusOr<core::Frame> DecodeKind(const v1::Frame& in) {
  switch (in.frame_case()) {
    case v1::Frame::kHello:
      return Decode(in.hello());
    case v1::Frame::kRootWant:
      return Decode(in.root_want());
    case v1::Frame::kRootDocs:
      return Decode(in.root_docs());
    case v1::Frame::kInterest:
      return Decode(in.interest());
    case v1::Frame::kScopeRoot:
      return Decode(in.scope_root());
    case v1::Frame::kWrongScope:
      return Decode(in.wrong_scope());
    case v1::Frame::kTreeQuery:
      return Decode(in.tree_query());
    case v1::Frame::kTreeReply:
      return Decode(in.tree_reply());
    case v1::Frame::kRows:
      return Decode(in.rows());
    case v1::Frame::kWant:
      return Decode(in.want());
    case v1::Frame::kWantNack:
      return Decode(in.want_nack());
    case v1::Frame::kWantPayload:
      return Decode(in.want_payload());
    case v1::Frame::kPayloads:
      return Decode(in.payloads());
    case v1::Frame::kUnit:
      return core::Frame(core::UnitFrame{in.unit()});
    case v1::Frame::kHave:
      return Decode(in.have());
    case v1::Frame::kAck:
      return Decode(in.ack());
    case v1::Frame::kCredit:
      return core::Frame(CreditOf(in.credit()));
    case v1::Frame::kForkWant:
      return Decode(in.fork_want());
    case v1::Frame::kForkProof:
      return Decode(in.fork_proof());
    case v1::Frame::kClaim:
      return Decode(in.claim());
    case v1::Frame::kClaimReply:
      return Decode(in.claim_reply());
    case v1::Frame::kPing:
      return Decode(in.ping());
    case v1::Frame::kClose:
      return Decode(in.close());
    case v1::Frame::kFileWant:
      return Decode(in.file_want());
    case v1::Frame::kFileChunk:
      return Decode(in.file_chunk());
    case v1::Frame::FRAME_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError("the message holds no frame");
}

}  // namespace

absl::StatusOr<core::Frame> DecodeFrame(absl::string_view bytes) {
  const absl::StatusOr<FrameShape> shape = ReadFrameShape(bytes);
  if (!shape.ok()) return shape.status();
  // A unit is bytes already: no message is built around half a megabyte.
  if (shape->field == kUnitField) return core::Frame(core::UnitFrame{core::Bytes(shape->body)});
  // What is wrong comes back as a status; a peer must not be able to fill our standard error.
  const google::protobuf::LogSilencer silence;
  v1::Frame message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError(absl::StrCat("a frame of kind ", shape->field, " that is damaged"));
  }
  return DecodeKind(message);
}

}  // namespace hansa::node::wire
