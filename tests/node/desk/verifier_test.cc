#include "node/desk/verifier.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/memory_store.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using node::desk::VerifyHeld;
using node::desk::VerifyReport;
using replication::Sequence;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A store whose disk went bad: what it reads is not always what was written.
class LyingStore final : public storage::FeedStore {
 public:
  absl::Status Append(absl::Span<const replication::VerifiedUnit> units) override { return honest_.Append(units); }
  absl::Status Drop(absl::Span<const replication::FeedId> feeds) override { return honest_.Drop(feeds); }
  absl::StatusOr<std::vector<storage::HeldFeed>> Feeds() const override {
    absl::StatusOr<std::vector<storage::HeldFeed>> held = honest_.Feeds();
    if (held.ok() && spoil_held) {
      for (storage::HeldFeed& feed : *held) spoil_held(feed);
    }
    return held;
  }
  absl::StatusOr<storage::HeldFeed> Feed(const replication::FeedId& feed) const override { return honest_.Feed(feed); }
  absl::Status WritePayloads(const replication::FeedId& feed,
                             absl::Span<const replication::Payloads::Item> items) override {
    return honest_.WritePayloads(feed, items);
  }
  absl::Status ErasePayloads(const replication::FeedId& feed, absl::Span<const Sequence> seqs) override {
    return honest_.ErasePayloads(feed, seqs);
  }
  absl::StatusOr<std::optional<storage::HeldFeed>> CutFeed(const replication::Checkpoint& seal) override {
    return honest_.CutFeed(seal);
  }
  absl::StatusOr<storage::Quarantine> Quarantined(const replication::FeedId& feed) const override {
    return honest_.Quarantined(feed);
  }
  absl::StatusOr<std::vector<storage::Quarantine>> AllQuarantined() const override { return honest_.AllQuarantined(); }
  absl::Status DropQuarantine(const replication::FeedId& feed) override { return honest_.DropQuarantine(feed); }
  absl::StatusOr<std::vector<replication::Payloads::Item>> ReadPayloads(
      const replication::FeedId& feed, absl::Span<const Sequence> seqs) const override {
    return honest_.ReadPayloads(feed, seqs);
  }
  absl::StatusOr<replication::Bytes> ReadHeader(const replication::FeedId& feed, Sequence seq) const override {
    return honest_.ReadHeader(feed, seq);
  }
  absl::StatusOr<std::vector<storage::StoredHeader>> ErasureHeaders() const override {
    return honest_.ErasureHeaders();
  }
  using FeedStore::ReadUnit;
  absl::StatusOr<replication::Bytes> ReadUnit(const replication::FeedId& feed, Sequence from,
                                              std::size_t bytes_max) const override {
    absl::StatusOr<replication::Bytes> bytes = honest_.ReadUnit(feed, from, bytes_max);
    if (bytes.ok() && spoil_unit) return spoil_unit(*std::move(bytes));
    return bytes;
  }
  absl::StatusOr<std::vector<storage::StoredEntry>> ReadEntries(const replication::FeedId& feed, Sequence from,
                                                                std::size_t count) const override {
    absl::StatusOr<std::vector<storage::StoredEntry>> entries = honest_.ReadEntries(feed, from, count);
    if (entries.ok() && spoil_entry) {
      for (storage::StoredEntry& entry : *entries) spoil_entry(entry);
    }
    return entries;
  }
  absl::StatusOr<std::vector<replication::Checkpoint>> Checkpoints(const replication::FeedId& feed) const override {
    absl::StatusOr<std::vector<replication::Checkpoint>> all = honest_.Checkpoints(feed);
    if (all.ok() && spoil_checkpoint) {
      for (replication::Checkpoint& checkpoint : *all) spoil_checkpoint(checkpoint);
    }
    return all;
  }

  std::function<void(storage::HeldFeed&)> spoil_held;
  std::function<absl::StatusOr<replication::Bytes>(replication::Bytes)> spoil_unit;
  std::function<void(storage::StoredEntry&)> spoil_entry;
  std::function<void(replication::Checkpoint&)> spoil_checkpoint;

 private:
  storage::MemoryFeedStore honest_;
};

class VerifierTest : public ::testing::Test {
 protected:
  VerifierTest() {
    network_.AdmitAuthority(germany_);
    bonn_number_ = network_.AdmitCity(bonn_, germany_);
    Must(store_.Append(network_.units()));
    writer_.emplace(network_.id(), *network_.roster().PresentFeed(bonn_number_, replication::kIndicators),
                    bonn_.writer);
    for (int i = 1; i <= 5; ++i) {
      const auto unit = writer_->Publish(
          {EntryOf(replication::kIndicatorSet, RecordNamed(absl::StrCat(i)), absl::StrCat("payload number ", i))});
      Must(store_.Append({&unit, 1}));
    }
  }
  VerifyReport Verify(std::optional<replication::Member> member = std::nullopt) {
    return Must(VerifyHeld(store_, network_.roster(), member));
  }
  VerifyReport VerifyBonn() { return Verify(bonn_number_); }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_ = CityNamed("de-bonn", "DEU");
  replication::Member bonn_number_;
  std::optional<FeedWriter> writer_;
  LyingStore store_;
};

TEST_F(VerifierTest, EverythingHeldIsCounted) {
  const VerifyReport report = Verify();
  EXPECT_TRUE(report.ok());
  EXPECT_EQ(report.feeds, 2u);
  EXPECT_EQ(report.entries, 6u + 5u);  // four of the founding, two admissions; five of Bonn
  EXPECT_EQ(report.signatures, 6u + 5u);
  std::uint64_t bytes = 0;
  for (const auto& held : Must(store_.Feeds())) bytes += held.bytes;
  EXPECT_EQ(report.bytes, bytes);
}

TEST_F(VerifierTest, OneMemberAloneCanBeVerified) {
  EXPECT_EQ(VerifyBonn().entries, 5u);
  EXPECT_EQ(VerifyBonn().feeds, 1u);
  EXPECT_EQ(Verify(replication::kRosterWriter).entries, 6u);
  EXPECT_EQ(Verify(replication::Member(4711)).feeds, 0u);
}

TEST_F(VerifierTest, AFlippedByteOfAPayloadIsFoundAndPlaced) {
  store_.spoil_unit = [](replication::Bytes bytes) {
    const std::size_t at = bytes.find("payload number 3");
    if (at != replication::Bytes::npos) bytes[at] = 'P';
    return bytes;
  };
  const VerifyReport report = VerifyBonn();
  EXPECT_FALSE(report.ok());
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_EQ(report.problems[0].member, "de-bonn");
  EXPECT_EQ(report.problems[0].collection, "indicators");
  EXPECT_EQ(report.problems[0].sequence, Sequence(3));
  EXPECT_THAT(report.problems[0].what, HasSubstr("commitment"));
  EXPECT_TRUE(Verify(replication::kRosterWriter).ok());
}

TEST_F(VerifierTest, EveryFlippedByteIsFound) {
  const auto held = Must(store_.Feeds());
  const auto bonn = std::find_if(held.begin(), held.end(),
                                 [&](const storage::HeldFeed& feed) { return feed.author.member == bonn_number_; });
  ASSERT_NE(bonn, held.end());
  const std::size_t size = Must(store_.ReadUnit(bonn->feed, Sequence(1))).size();
  for (std::size_t at = 0; at < size; ++at) {
    store_.spoil_unit = [at](replication::Bytes bytes) {
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ 1);
      return bytes;
    };
    ASSERT_FALSE(VerifyBonn().ok()) << "byte " << at;
  }
}

TEST_F(VerifierTest, AStoreThatCannotServeAUnitIsPlacedByItsEntries) {
  store_.spoil_unit = [](const replication::Bytes&) -> absl::StatusOr<replication::Bytes> {
    return absl::DataLossError("what is stored does not chain");
  };
  store_.spoil_entry = [](storage::StoredEntry& entry) {
    if (entry.seq == Sequence(4)) entry.entry.payload->payload[0] = 'P';
  };
  const VerifyReport report = VerifyBonn();
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_EQ(report.problems[0].sequence, Sequence(4));
  EXPECT_THAT(report.problems[0].what, HasSubstr("does not chain"));
}

TEST_F(VerifierTest, ACheckpointThatItsAuthorDidNotSignIsFound) {
  store_.spoil_checkpoint = [](replication::Checkpoint& checkpoint) {
    if (checkpoint.len == Sequence(2)) checkpoint.signature.data()[5] ^= 1;
  };
  VerifyReport report = VerifyBonn();
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_EQ(report.problems[0].sequence, Sequence(2));
  EXPECT_EQ(report.signatures, 4u);
  store_.spoil_checkpoint = [](replication::Checkpoint& checkpoint) {
    if (checkpoint.len == Sequence(2)) checkpoint.head.data()[5] ^= 1;
  };
  report = VerifyBonn();
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_THAT(report.problems[0].what, HasSubstr("another entry"));
}

TEST_F(VerifierTest, AFeedThatNobodyMayWriteIsAProblem) {
  const Network young = Network::Founded();
  const VerifyReport report = Must(VerifyHeld(store_, young.roster(), bonn_number_));
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_THAT(report.problems[0].what, HasSubstr("does not name this feed"));
}

TEST_F(VerifierTest, AnEndThatIsNotTheFeedsIsFound) {
  store_.spoil_held = [](storage::HeldFeed& feed) { feed.newest.head.data()[0] ^= 1; };
  EXPECT_FALSE(VerifyBonn().ok());
}

}  // namespace
}  // namespace hansa::testing
