#include "tests/simulation/describe.h"

#include "absl/strings/str_cat.h"

namespace hansa::simulation {

using namespace replication;  // NOLINT: every frame there is

namespace {

template <typename Fixed>
std::string Short(const Fixed& bytes) {
  return bytes.hex().substr(0, 8);
}
std::string At(const RosterPosition& roster) {
  return absl::StrCat("roster ", roster.root_version, ":", roster.len.value(), ":", Short(roster.head));
}

struct Describer {
  const FeedNames& names;

  std::string operator()(const Hello& hello) const {
    return absl::StrCat("Hello network ", Short(hello.network), " member ", hello.member.value(), " ", At(hello.roster),
                        " predicts ", Short(hello.predicted_root));
  }
  std::string operator()(const RootWant& want) const { return absl::StrCat("RootWant ", want.from_version); }
  std::string operator()(const RootDocs& docs) const { return absl::StrCat("RootDocs ", docs.documents.size()); }
  std::string operator()(const Interest& interest) const {
    return interest.everything ? "Interest everything" : absl::StrCat("Interest ", interest.rows.size(), " rows");
  }
  std::string operator()(const ScopeRoot& root) const {
    return absl::StrCat("ScopeRoot ", Short(root.scope), " ", Short(root.root));
  }
  std::string operator()(const WrongScope& wrong) const { return absl::StrCat("WrongScope ", At(wrong.roster)); }
  std::string operator()(const TreeQuery& query) const {
    return absl::StrCat("TreeQuery ", Short(query.scope), query.flat ? " flat " : " ", query.paths.size());
  }
  std::string operator()(const TreeReply& reply) const { return absl::StrCat("TreeReply ", reply.nodes.size()); }
  std::string operator()(const Rows& rows) const {
    std::string text = absl::StrCat("Rows ", Short(rows.scope), rows.last ? " last" : "");
    for (const FeedRow& row : rows.rows) {
      if (row.len.value() > 0) absl::StrAppend(&text, " ", names(row.feed), "=", row.len.value());
    }
    return text;
  }
  std::string operator()(const Want& want) const {
    return absl::StrCat("Want ", names(want.feed), " from ", want.from.value());
  }
  std::string operator()(const WantNack& nack) const {
    return absl::StrCat("WantNack ", names(nack.feed), " from ", nack.from.value(), " reason ",
                        static_cast<int>(nack.reason));
  }
  std::string operator()(const WantPayload& want) const {
    return absl::StrCat("WantPayload ", names(want.feed), " ", want.seqs.size());
  }
  std::string operator()(const Payloads& payloads) const {
    return absl::StrCat("Payloads ", names(payloads.feed), " ", payloads.items.size());
  }
  std::string operator()(const UnitFrame& frame) const {
    const absl::StatusOr<TransferUnit> unit = DecodeUnit(frame.unit);
    if (!unit.ok()) return "Unit that cannot be read";
    return absl::StrCat("Unit ", names(unit->feed), " ", unit->from.value(), "..", unit->end.len.value());
  }
  std::string operator()(const Have& have) const {
    return absl::StrCat("Have ", names(have.checkpoint.feed), " ", have.checkpoint.len.value(), ":",
                        Short(have.checkpoint.head), have.unit.empty() ? "" : " with unit");
  }
  std::string operator()(const Ack& ack) const {
    return absl::StrCat("Ack ", names(ack.feed), " ", ack.durable_through.value());
  }
  std::string operator()(const Credit& credit) const {
    return absl::StrCat("Credit ", credit.live_bytes, " ", credit.bulk_bytes);
  }
  std::string operator()(const ForkWant& want) const { return absl::StrCat("ForkWant ", names(want.feed)); }
  std::string operator()(const ForkProof& proof) const {
    return absl::StrCat("ForkProof ", names(proof.a.feed), " ", proof.a.len.value(), " ", proof.b.len.value());
  }
  std::string operator()(const FileWant& want) const {
    return absl::StrCat("FileWant ", names(want.feed), " ", want.seq.value(), " ", Short(want.file), " ", want.index);
  }
  std::string operator()(const FileChunk& chunk) const {
    return absl::StrCat("FileChunk ", Short(chunk.file), " ", chunk.index, chunk.bytes.empty() ? " not to be had" : "");
  }
  std::string operator()(const Claim& claim) const {
    return absl::StrCat("Claim ", Short(claim.previous), " ", Short(claim.next), " as ", claim.incarnation.value());
  }
  std::string operator()(const ClaimReply& reply) const {
    return absl::StrCat("ClaimReply ", Short(reply.next), " ", static_cast<int>(reply.answer));
  }
  std::string operator()(const Ping& ping) const {
    return absl::StrCat(ping.answer ? "Pong " : "Ping ", ping.nonce, " ", At(ping.roster), " ", Short(ping.scope), " ",
                        Short(ping.root));
  }
  std::string operator()(const CloseFrame& close) const {
    return absl::StrCat("Close ", static_cast<int>(close.code), " ", close.detail);
  }
};

// Fixed bytes come with two or three of tag and length.
struct Sizer {
  std::size_t operator()(const Hello& hello) const { return 244 + 16 * hello.features.size(); }
  std::size_t operator()(const RootWant&) const { return 4; }
  std::size_t operator()(const RootDocs& docs) const {
    std::size_t bytes = 4;
    for (const Bytes& document : docs.documents) bytes += 4 + document.size();
    return bytes;
  }
  std::size_t operator()(const Interest& interest) const {
    std::size_t bytes = 4;
    for (const InterestRow& row : interest.rows) bytes += 6 + 2 * row.members.size();
    return bytes;
  }
  std::size_t operator()(const ScopeRoot&) const { return 30; }
  std::size_t operator()(const WrongScope&) const { return 80; }
  std::size_t operator()(const TreeQuery& query) const {
    std::size_t bytes = 16;
    for (const Bytes& path : query.paths) bytes += 2 + path.size();
    return bytes;
  }
  std::size_t operator()(const TreeReply& reply) const {
    std::size_t bytes = 12;
    for (const TreeReply::Node& node : reply.nodes) bytes += 6 + node.path.size() + 18 * node.children.size();
    return bytes;
  }
  std::size_t operator()(const Rows& rows) const { return 16 + rows.path.size() + 60 * rows.rows.size(); }
  std::size_t operator()(const Want&) const { return 24; }
  std::size_t operator()(const WantNack&) const { return 26; }
  std::size_t operator()(const WantPayload& want) const { return 22 + 3 * want.seqs.size(); }
  std::size_t operator()(const Payloads& payloads) const {
    std::size_t bytes = 22;
    for (const Payloads::Item& item : payloads.items) bytes += 44 + item.payload.payload.size();
    return bytes;
  }
  std::size_t operator()(const UnitFrame& frame) const { return 8 + frame.unit.size(); }
  std::size_t operator()(const Have& have) const { return 130 + have.unit.size(); }
  std::size_t operator()(const Ack&) const { return 24; }
  std::size_t operator()(const Credit&) const { return 14; }
  std::size_t operator()(const ForkWant&) const { return 20; }
  std::size_t operator()(const ForkProof& proof) const {
    std::size_t bytes = 260;
    for (const Bytes& header : proof.headers) bytes += 3 + header.size();
    return bytes;
  }
  std::size_t operator()(const FileWant&) const { return 58; }
  std::size_t operator()(const FileChunk& chunk) const { return 40 + chunk.bytes.size(); }
  std::size_t operator()(const Claim&) const { return 38; }
  std::size_t operator()(const ClaimReply&) const { return 22; }
  std::size_t operator()(const Ping&) const { return 84; }
  std::size_t operator()(const CloseFrame& close) const { return 10 + close.detail.size(); }
};

}  // namespace

std::string Describe(const Frame& frame, const FeedNames& names) { return std::visit(Describer{names}, frame); }
std::size_t BytesOf(const Frame& frame) { return std::visit(Sizer{}, frame); }

}  // namespace hansa::simulation
