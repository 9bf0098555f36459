#include "replication/statement.h"

namespace hansa::replication {
namespace {
constexpr std::size_t kTagBytes = 16;
}  // namespace

Bytes StatementMessage(const Crypto& crypto, const NetworkId& network, StatementType type, BytesView body) {
  return ByteWriter()
      .Tag("hansa/stmt/1")
      .Raw(network.view())
      .U16(static_cast<std::uint16_t>(type))
      .Raw(crypto.Sha256(body).view())
      .bytes();
}

Statement SignStatement(const Crypto& crypto, const NetworkId& network, StatementType type, const Signer& signer,
                        Bytes body) {
  const Signature signature = signer.Sign(StatementMessage(crypto, network, type, body));
  return {std::move(body), signer.public_key(), signature};
}

bool IsSigned(const Crypto& crypto, const NetworkId& network, StatementType type, const Statement& statement) {
  return crypto.Verify(statement.signer, StatementMessage(crypto, network, type, statement.body), statement.signature);
}

Bytes ApprovalBody(const Crypto& crypto, Kind kind, const RecordId& nonce, BytesView approved) {
  return ByteWriter().U16(kind.value()).Raw(nonce.view()).Raw(crypto.Sha256(approved).view()).bytes();
}

Bytes Tagged(absl::string_view tag, BytesView message) { return ByteWriter().Tag(tag).Raw(message).bytes(); }

bool HasTag(absl::string_view tag, BytesView body) {
  return body.size() >= kTagBytes && body.substr(0, kTagBytes) == ByteWriter().Tag(tag).bytes();
}

BytesView WithoutTag(BytesView body) { return body.size() < kTagBytes ? BytesView() : body.substr(kTagBytes); }

}  // namespace hansa::replication
