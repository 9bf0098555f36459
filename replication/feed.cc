#include "replication/feed.h"

namespace hansa::replication {

FeedId FeedIdOf(const Crypto& crypto, const NetworkId& network, const FeedAuthor& author) {
  const Hash hash = crypto.Sha256(ByteWriter()
                                      .Tag("hansa/feed/1")
                                      .Raw(network.view())
                                      .U32(author.member.value())
                                      .U16(author.collection.value())
                                      .U32(author.incarnation.value())
                                      .Raw(author.writer.view())
                                      .bytes());
  return *FeedId::From(hash.view().substr(0, FeedId::kSize));
}

Bytes CheckpointMessage(const NetworkId& network, const FeedId& feed, Sequence len, const Hash& head) {
  return ByteWriter()
      .Tag("hansa/ckpt/1")
      .Raw(network.view())
      .Raw(feed.view())
      .U64(len.value())
      .Raw(head.view())
      .bytes();
}

bool IsSignedBy(const Crypto& crypto, const NetworkId& network, const Checkpoint& checkpoint, const PublicKey& writer) {
  return crypto.Verify(writer, CheckpointMessage(network, checkpoint.feed, checkpoint.len, checkpoint.head),
                       checkpoint.signature);
}

}  // namespace hansa::replication
