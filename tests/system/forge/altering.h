// What somebody between author and reader might do to a unit, or make up. Pure.
#ifndef HANSA_TESTS_SYSTEM_FORGE_ALTERING_H_
#define HANSA_TESTS_SYSTEM_FORGE_ALTERING_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/crypto.h"
#include "replication/feed.h"
#include "replication/transfer_unit.h"

namespace hansa::forge {

// `unit` with `from` replaced by `to`, once, in the first payload it stands in. Nothing else is changed, so the
// payload no longer matches its commitment. Both texts have the same length.
//   NOT_FOUND         no payload has `from` in it
//   INVALID_ARGUMENT  the lengths differ, or it is no unit
absl::StatusOr<replication::Bytes> AlterPayload(replication::BytesView unit, absl::string_view from,
                                                absl::string_view to);

// `unit` with every commitment, every link of the chain and the head computed anew from what is in it, so that only the
// author's signature is wrong.
//   INVALID_ARGUMENT  it is no unit
absl::StatusOr<replication::Bytes> ComputeHashesAnew(replication::BytesView unit);

// `unit` with one bit of its last signature flipped.
//   INVALID_ARGUMENT  it is no unit
absl::StatusOr<replication::Bytes> AlterSignature(replication::BytesView unit);

// A checkpoint over `len` entries of `feed` with a made-up head: false, or with the author's key a second history.
replication::Checkpoint MadeUpCheckpoint(const replication::NetworkId& network, const replication::FeedId& feed,
                                         replication::Sequence len, const replication::Signer& signer);

}  // namespace hansa::forge

#endif  // HANSA_TESTS_SYSTEM_FORGE_ALTERING_H_
