// Authors with keys and feeds for tests: everything they publish is chained and signed as in earnest.
#ifndef HANSA_TESTS_TESTING_FEEDS_H_
#define HANSA_TESTS_TESTING_FEEDS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "replication/collections.h"
#include "replication/crypto.h"
#include "replication/feed.h"
#include "replication/transfer_unit.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {

// The network that all test authors belong to.
inline replication::NetworkId TestNetwork() {
  std::array<std::uint8_t, replication::NetworkId::kSize> bytes;
  bytes.fill(0x4e);
  return replication::NetworkId(bytes);
}

// The same key for the same number, on every run.
inline replication::Seed TestSeed(std::uint32_t number) {
  std::array<std::uint8_t, replication::Seed::kSize> bytes{};
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return replication::Seed(bytes);
}

// An entry whose payload is `text`; its salt and record id differ from `number` to number.
inline replication::NewEntry TextEntry(replication::Kind kind, std::uint32_t number, std::string text) {
  replication::NewEntry entry;
  entry.kind = kind;
  std::array<std::uint8_t, replication::RecordId::kSize> record{};
  std::array<std::uint8_t, replication::Salt::kSize> salt{};
  salt.fill(0x5a);
  for (std::size_t i = 0; i < 4; ++i) record[i] = salt[i] = static_cast<std::uint8_t>(number >> (8 * i));
  entry.record = replication::RecordId(record);
  entry.payload = replication::SaltedPayload{replication::Salt(salt), std::move(text)};
  return entry;
}

// One writer of one feed. Remembers where the feed ends.
class TestAuthor {
 public:
  explicit TestAuthor(std::uint32_t member, replication::Collection collection = replication::kIndicators,
                      std::uint32_t incarnation = 1)
      : signer_(replication::SodiumSigner(TestSeed(member * 256 + incarnation))),
        author_{replication::Member(member), collection, replication::Incarnation(incarnation), signer_->public_key(),
                replication::Sequence(1000000)} {}

  const replication::FeedAuthor& author() const { return author_; }
  const replication::Signer& signer() const { return *signer_; }
  const replication::FeedTail& tail() const { return tail_; }
  replication::FeedId feed() const { return FeedIdOf(replication::SodiumCrypto(), TestNetwork(), author_); }

  // Signs what follows the last publish, and moves on.
  replication::VerifiedUnit Publish(const std::vector<replication::NewEntry>& entries) {
    replication::VerifiedUnit unit = Must(
        replication::VerifiedUnit::Sign(replication::SodiumCrypto(), TestNetwork(), author_, *signer_, tail_, entries));
    tail_ = unit.tail();
    return unit;
  }
  // `count` entries of `payload_bytes` each, all different.
  replication::VerifiedUnit PublishSome(std::size_t count, std::size_t payload_bytes = 100) {
    std::vector<replication::NewEntry> entries;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t number = ++made_;
      const replication::Kind kind(static_cast<std::uint16_t>(author_.collection.value() * 256 + 1));
      std::string text =
          "entry " + std::to_string(number) + " of member " + std::to_string(author_.member.value()) + ". ";
      for (std::uint32_t noise = number; text.size() < payload_bytes;) {
        noise = noise * 1664525u + 1013904223u;
        text.push_back(static_cast<char>(noise >> 24));
      }
      text.resize(payload_bytes);
      entries.push_back(TextEntry(kind, number, std::move(text)));
    }
    return Publish(entries);
  }
  // Goes back to an earlier end, as a restored backup would: what is published next forks the feed.
  void Return(const replication::FeedTail& tail) { tail_ = tail; }

 private:
  std::unique_ptr<replication::Signer> signer_;
  replication::FeedAuthor author_;
  replication::FeedTail tail_;
  std::uint32_t made_ = 0;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_FEEDS_H_
