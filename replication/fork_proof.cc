#include "replication/fork_proof.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/entry.h"

namespace hansa::replication {
namespace {

constexpr std::size_t kCheckpointBytes = 8 + Hash::kSize + Signature::kSize;

absl::Status NoProof(absl::string_view why) { return absl::InvalidArgumentError(absl::StrCat("fork proof: ", why)); }

std::size_t EncodedBytes(const ForkProof& proof) {
  std::size_t bytes = FeedId::kSize + 2 * kCheckpointBytes + 4;
  for (const Bytes& header : proof.headers) bytes += header.size();
  return bytes;
}

absl::Status CheckSize(const ForkProof& proof) {
  if (proof.headers.size() > kForkHeadersMax) return NoProof("more than 4,096 headers");
  if (EncodedBytes(proof) > kForkProofBytesMax) return NoProof("over 900 KiB");
  return absl::OkStatus();
}

absl::Status CheckCheckpoints(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                              const ForkProof& proof) {
  const FeedId feed = FeedIdOf(crypto, network, author);
  for (const Checkpoint* checkpoint : {&proof.a, &proof.b}) {
    if (checkpoint->feed != feed) return NoProof("a checkpoint of another feed");
    // Before its first entry a feed has one history.
    if (checkpoint->len == Sequence(0)) return NoProof("a checkpoint of no entries");
    if (!IsSignedBy(crypto, network, *checkpoint, author.writer)) {
      return NoProof("a checkpoint that is not its author's");
    }
  }
  return absl::OkStatus();
}

// From a's end to b's: one chain, and it does not begin at a's head.
absl::Status CheckHeaders(const Crypto& crypto, const ForkProof& proof) {
  if (proof.b.len <= proof.a.len || proof.headers.size() != proof.b.len.value() - proof.a.len.value()) {
    return NoProof("not the headers from the shorter checkpoint to the longer");
  }
  Hash prev;
  std::uint64_t seq = proof.a.len.value();
  for (const Bytes& bytes : proof.headers) {
    const absl::StatusOr<EntryHeader> header = DecodeHeader(bytes);
    HANSA_RETURN_IF_ERROR(header.status());
    if (header->feed != proof.a.feed || header->seq != Sequence(++seq)) return NoProof("a header of another place");
    const bool is_first = &bytes == &proof.headers.front();
    if (is_first && header->prev == proof.a.head) return NoProof("the headers follow the shorter checkpoint");
    if (!is_first && header->prev != prev) return NoProof("a header does not follow the one before it");
    prev = EntryHash(crypto, bytes);
  }
  if (prev != proof.b.head) return NoProof("the headers do not end at the longer checkpoint");
  return absl::OkStatus();
}

std::optional<ForkProof> IfProven(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                                  ForkProof proof) {
  if (!CheckForkProof(crypto, network, author, proof).ok()) return std::nullopt;
  return proof;
}

void Write(ByteWriter& writer, const Checkpoint& checkpoint) {
  writer.U64(checkpoint.len.value()).Raw(checkpoint.head.view()).Raw(checkpoint.signature.view());
}

Checkpoint ReadCheckpoint(ByteReader& reader, const FeedId& feed) {
  Checkpoint checkpoint;
  checkpoint.feed = feed;
  checkpoint.len = Sequence(reader.U64());
  checkpoint.head = reader.Take<Hash>();
  checkpoint.signature = reader.Take<Signature>();
  return checkpoint;
}

Bytes ReadHeader(ByteReader& reader) {
  const BytesView fixed = reader.Raw(kHeaderBytes);
  if (!reader.ok()) return {};
  const std::uint16_t ext_len = ByteReader(fixed.substr(6, 2)).U16();
  return absl::StrCat(fixed, reader.Raw(ext_len));
}

}  // namespace

absl::Status CheckForkProof(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                            const ForkProof& proof) {
  HANSA_RETURN_IF_ERROR(CheckSize(proof));
  HANSA_RETURN_IF_ERROR(CheckCheckpoints(crypto, network, author, proof));
  if (proof.a.len != proof.b.len) return CheckHeaders(crypto, proof);
  if (proof.a.head == proof.b.head) return NoProof("the same checkpoint twice");
  if (!proof.headers.empty()) return NoProof("headers between checkpoints of one length");
  return absl::OkStatus();
}

std::optional<ForkProof> ProveFork(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                                   const Checkpoint& own, const Checkpoint& other) {
  return IfProven(crypto, network, author, {own, other, {}});
}

std::optional<ForkProof> ProveFork(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author,
                                   const Checkpoint& own, const TransferUnit& other) {
  if (other.end.len == own.len) return ProveFork(crypto, network, author, own, other.end);
  if (other.from.value() == 0 || own.len.value() < other.from.value() - 1) return std::nullopt;
  const std::uint64_t ours = own.len.value() - (other.from.value() - 1);  // entries of the unit that we have too
  ForkProof proof{own, other.end, {}};
  for (std::uint64_t i = ours; i < other.entries.size(); ++i) proof.headers.push_back(other.entries[i].header);
  return IfProven(crypto, network, author, std::move(proof));
}

Bytes EncodeForkProof(const ForkProof& proof) {
  HANSA_CHECK(proof.a.feed == proof.b.feed);
  ByteWriter writer;
  writer.Raw(proof.a.feed.view());
  Write(writer, proof.a);
  Write(writer, proof.b);
  writer.U32(static_cast<std::uint32_t>(proof.headers.size()));
  for (const Bytes& header : proof.headers) writer.Raw(header);
  return std::move(writer).bytes();
}

absl::StatusOr<ForkProof> DecodeForkProof(BytesView bytes) {
  if (bytes.size() > kForkProofBytesMax) return NoProof("over 900 KiB");
  ByteReader reader(bytes);
  ForkProof proof;
  const FeedId feed = reader.Take<FeedId>();
  proof.a = ReadCheckpoint(reader, feed);
  proof.b = ReadCheckpoint(reader, feed);
  const std::uint32_t count = reader.U32();
  if (count > kForkHeadersMax) return NoProof("more than 4,096 headers");
  for (std::uint32_t i = 0; reader.ok() && i < count; ++i) proof.headers.push_back(ReadHeader(reader));
  if (!reader.at_end()) return NoProof("its end does not fit its bytes");
  return proof;
}

}  // namespace hansa::replication
