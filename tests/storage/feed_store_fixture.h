// What the tests of the contract of FeedStore share: a store of either kind, a city that publishes, a receiver.
#ifndef HANSA_TESTS_STORAGE_FEED_STORE_FIXTURE_H_
#define HANSA_TESTS_STORAGE_FEED_STORE_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

#include "tests/storage/store_under_test.h"
#include "tests/testing/feeds.h"

namespace hansa::storage {

// `unit` as it comes from somebody who does not have these payloads.
inline replication::VerifiedUnit WithoutPayloads(const replication::VerifiedUnit& unit,
                                                 std::initializer_list<std::uint64_t> seqs) {
  replication::TransferUnit bare = unit.unit();
  for (const std::uint64_t seq : seqs) bare.entries[seq - bare.from.value()].payload = std::nullopt;
  const replication::EntryHeader& first = unit.headers().front();
  const replication::FeedTail tail{replication::Sequence(first.seq.value() - 1), first.prev};
  return testing::Must(replication::VerifiedUnit::Verify(replication::SodiumCrypto(), testing::TestNetwork(),
                                                         unit.author(), tail, std::move(bare)));
}

// Payload `seq` of `unit`, as it is asked for and comes alone.
inline replication::Payloads::Item PayloadIn(const replication::VerifiedUnit& unit, std::uint64_t seq) {
  return {replication::Sequence(seq), *unit.unit().entries[seq - unit.unit().from.value()].payload};
}

class FeedStoreFixture : public ::testing::TestWithParam<StoreKind> {
 protected:
  FeedStore& feeds() { return store_->feeds(); }
  absl::Status Append(const replication::VerifiedUnit& unit) { return feeds().Append({unit}); }
  void CloseAndOpen() { store_->CloseAndOpen(); }
  replication::TransferUnit ReadUnit(const testing::TestAuthor& author, std::uint64_t from) {
    return testing::Must(
        replication::DecodeUnit(testing::Must(feeds().ReadUnit(author.feed(), replication::Sequence(from)))));
  }
  // Reads the whole feed as a receiver would, verifying every unit; returns how many units it took.
  int ReceiveAll(const testing::TestAuthor& author) {
    replication::FeedTail tail;
    int units = 0;
    while (tail.len < author.tail().len) {
      replication::TransferUnit unit = ReadUnit(author, tail.len.value() + 1);
      tail = testing::Must(replication::VerifiedUnit::Verify(replication::SodiumCrypto(), testing::TestNetwork(),
                                                             author.author(), tail, std::move(unit)))
                 .tail();
      ++units;
    }
    EXPECT_EQ(tail, author.tail());
    return units;
  }

  testing::TestAuthor city_{10};

 private:
  std::unique_ptr<StoreUnderTest> store_ = GetParam().make();
};

}  // namespace hansa::storage

#endif  // HANSA_TESTS_STORAGE_FEED_STORE_FIXTURE_H_
