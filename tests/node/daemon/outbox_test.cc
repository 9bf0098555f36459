// Since when the oldest publication waits, and of which records some do.
#include "node/daemon/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replication/collections.h"
#include "storage/memory_store.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using node::Outbox;
using node::Outgoing;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::UnorderedElementsAre;

Outgoing WrittenAt(std::uint64_t unix_ms) {
  replication::NewEntry entry;
  entry.kind = replication::kPractice;
  entry.claimed_time_ms = unix_ms;
  return {replication::kPractices, {entry}};
}

TEST(OutboxTest, TellsSinceWhenTheOldestWaitsAlsoAfterARestart) {
  storage::MemoryTables tables;
  Outbox outbox = Must(Outbox::Open(tables));
  EXPECT_EQ(Must(outbox.OldestSince()), std::nullopt);
  ASSERT_THAT(outbox.Add(WrittenAt(1'000)), IsOk());
  ASSERT_THAT(outbox.Add(WrittenAt(2'000)), IsOk());
  EXPECT_THAT(Must(outbox.OldestSince()), Optional(absl::FromUnixMillis(1'000)));

  Outbox again = Must(Outbox::Open(tables));
  EXPECT_EQ(again.size(), 2u);
  EXPECT_THAT(Must(again.OldestSince()), Optional(absl::FromUnixMillis(1'000)));
  ASSERT_THAT(again.RemoveOldest(), IsOk());
  EXPECT_THAT(Must(again.OldestSince()), Optional(absl::FromUnixMillis(2'000)));
  ASSERT_THAT(again.SetOldestAside(absl::FailedPreconditionError("a rule refuses it")), IsOk());
  EXPECT_EQ(Must(again.OldestSince()), std::nullopt);
  EXPECT_EQ(again.set_aside(), 1u);
}

Outgoing WaitingFor(const std::vector<const char*>& records) {
  Outgoing outgoing{replication::kPractices, {}};
  for (const char* const name : records) {
    outgoing.entries.emplace_back();
    outgoing.entries.back().kind = replication::kPractice;
    outgoing.entries.back().record = RecordNamed(name);
  }
  return outgoing;
}

TEST(OutboxTest, TellsOfWhichRecordsSomethingWaitsAlsoAfterARestart) {
  storage::MemoryTables tables;
  Outbox outbox = Must(Outbox::Open(tables));
  EXPECT_THAT(outbox.records(), IsEmpty());
  ASSERT_THAT(outbox.Add(WaitingFor({"one", "two"})), IsOk());
  ASSERT_THAT(outbox.Add(WaitingFor({"two"})), IsOk());
  ASSERT_THAT(outbox.Add(WaitingFor({"three"})), IsOk());
  Outbox again = Must(Outbox::Open(tables));
  for (const Outbox* each : {&outbox, &again}) {
    EXPECT_THAT(each->records(), UnorderedElementsAre(RecordNamed("one"), RecordNamed("two"), RecordNamed("three")));
  }
  ASSERT_THAT(again.RemoveOldest(), IsOk());
  EXPECT_THAT(again.records(), UnorderedElementsAre(RecordNamed("two"), RecordNamed("three")));
  ASSERT_THAT(again.SetOldestAside(absl::FailedPreconditionError("a rule refuses it")), IsOk());
  EXPECT_THAT(again.records(), UnorderedElementsAre(RecordNamed("three")));
}

}  // namespace
}  // namespace hansa::testing
