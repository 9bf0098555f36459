#include "tests/system/forge/altering.h"

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::forge {

using replication::Bytes;
using replication::BytesView;
using replication::TransferUnit;

absl::StatusOr<Bytes> AlterPayload(BytesView unit, absl::string_view from, absl::string_view to) {
  if (from.size() != to.size() || from.empty()) {
    return absl::InvalidArgumentError("altering: give two texts of the same length");
  }
  absl::StatusOr<TransferUnit> decoded = replication::DecodeUnit(unit);
  HANSA_RETURN_IF_ERROR(decoded.status());
  for (replication::Entry& entry : decoded->entries) {
    if (!entry.payload) continue;
    const std::size_t at = BytesView(entry.payload->payload).find(from);
    if (at == BytesView::npos) continue;
    entry.payload->payload.replace(at, to.size(), to.data(), to.size());
    return replication::EncodeUnit(*decoded);
  }
  return absl::NotFoundError(absl::StrCat("altering: no payload has '", from, "' in it"));
}

absl::StatusOr<Bytes> ComputeHashesAnew(BytesView unit) {
  const replication::Crypto& crypto = replication::SodiumCrypto();
  absl::StatusOr<TransferUnit> decoded = replication::DecodeUnit(unit);
  HANSA_RETURN_IF_ERROR(decoded.status());
  bool is_first = true;
  replication::Hash head;
  for (replication::Entry& entry : decoded->entries) {
    absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(entry.header);
    HANSA_RETURN_IF_ERROR(header.status());
    if (!is_first) header->prev = head;
    if (entry.payload) header->payload_commit = replication::PayloadCommit(crypto, *entry.payload);
    entry.header = replication::EncodeHeader(*header);
    head = replication::EntryHash(crypto, entry.header);
    is_first = false;
  }
  decoded->end.head = head;
  return replication::EncodeUnit(*decoded);
}

absl::StatusOr<Bytes> AlterSignature(BytesView unit) {
  absl::StatusOr<TransferUnit> decoded = replication::DecodeUnit(unit);
  HANSA_RETURN_IF_ERROR(decoded.status());
  decoded->end.signature.data()[0] ^= 1;
  return replication::EncodeUnit(*decoded);
}

replication::Checkpoint MadeUpCheckpoint(const replication::NetworkId& network, const replication::FeedId& feed,
                                         replication::Sequence len, const replication::Signer& signer) {
  const replication::Crypto& crypto = replication::SodiumCrypto();
  const replication::Hash head = crypto.Sha256(absl::StrCat("no entry of ", feed.hex()));
  const Bytes message = replication::CheckpointMessage(network, feed, len, head);
  return {feed, len, head, signer.Sign(message)};
}

}  // namespace hansa::forge
